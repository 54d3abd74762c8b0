"""`briefgen actors`: who facts are about."""

from __future__ import annotations

import argparse

from briefgen.cli.edge import DONE, FOUND
from briefgen.cli.faults import name_faults
from briefgen.cli.flags import add_base
from briefgen.cli.printing import add_json, print_list

DESCRIPTION = """\
List the actors of a fact base: states, organisations, people, places and assets, with the other
names they go by."""

EXAMPLES = """\
  briefgen actors
  briefgen facts --actor russia"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_base(parser)
    add_json(parser, "whole records")


def run(arguments: argparse.Namespace) -> int:
    """List them."""
    from briefgen.pipeline.listings.choices import actors
    from briefgen.pipeline.places import find_base

    found, problems = actors(find_base(arguments.base))
    rows = [
        (
            item["id"],
            item["kind"],
            item["name"] + (f" (also {', '.join(item['aliases'])})" if item["aliases"] else ""),
        )
        for item in found
    ]
    print_list(arguments, found, rows)
    return FOUND if name_faults(problems) else DONE
