"""`briefgen complete`: the words that a completion script offers, one a line. Not for people."""

from __future__ import annotations

import argparse

from briefgen.cli.edge import DONE

DESCRIPTION = "The words that a completion script offers."
EXAMPLES = ""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("what", choices=("topics", "actors", "sources", "templates", "styles"))


def run(arguments: argparse.Namespace) -> int:
    """Print them."""
    from briefgen.pipeline.listings.choices import ids

    for word in ids(arguments.what):
        print(word)
    return DONE
