"""`briefgen styles`: find a citation style."""

from __future__ import annotations

import argparse

from briefgen.cli.edge import DONE, say
from briefgen.cli.printing import add_json, print_list

DESCRIPTION = """\
List citation styles (CSL), those whose id or title has all the words. There are thousands, so
give a word or two. A style of your own works, too: name its .csl file where a style is asked
for."""

EXAMPLES = """\
  briefgen styles chicago notes
  briefgen styles ieee
  briefgen export --style chicago-notes-bibliography"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("words", metavar="WORDS", nargs="*", help="words of its id or title")
    add_json(parser, "{id, title, kind, parent}")


def run(arguments: argparse.Namespace) -> int:
    """List them."""
    from briefgen.pipeline.listings.choices import styles

    found = styles(" ".join(arguments.words))
    print_list(arguments, found, [(item["id"], item["kind"], item["title"]) for item in found])
    if not found:
        say("no style has all these words; try fewer, or 'briefgen styles' for all")
    return DONE
