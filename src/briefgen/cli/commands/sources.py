"""`briefgen sources`: what facts are cited from."""

from __future__ import annotations

import argparse

from briefgen.cli.edge import DONE, FOUND
from briefgen.cli.faults import name_faults
from briefgen.cli.listing import add_json, print_list
from briefgen.cli.selection_flags import add_base
from briefgen.errors import UsageError

DESCRIPTION = """\
List the sources of a fact base with their date and grade (NATO Admiralty: A completely reliable
to E unreliable, F cannot be judged). --json gives CSL-JSON, which reference managers read."""

EXAMPLES = """\
  briefgen sources
  briefgen sources --json > sources.json"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_base(parser)
    add_json(parser, "CSL-JSON with id and custom")
    parser.add_argument("--export", metavar="FORMAT", help=argparse.SUPPRESS)


def run(arguments: argparse.Namespace) -> int:
    """List them."""
    if arguments.export is not None:
        raise UsageError(
            "briefgen sources --export is not built yet", hint="use --json for CSL-JSON"
        )
    from briefgen.workspace.choices import sources
    from briefgen.workspace.places import find_base

    found, rows, problems = sources(find_base(arguments.base))
    print_list(arguments, found, rows)
    return FOUND if name_faults(problems) else DONE
