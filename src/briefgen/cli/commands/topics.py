"""`briefgen topics`: what there is to write about."""

from __future__ import annotations

import argparse

from briefgen.cli.edge import DONE, FOUND
from briefgen.cli.faults import name_faults
from briefgen.cli.flags import add_base
from briefgen.cli.printing import add_json, print_list

DESCRIPTION = """\
List the topics of a fact base, each with how many current facts it has, those of its children
among them. A dot makes a child: energy.oil is part of energy."""

EXAMPLES = """\
  briefgen topics
  briefgen facts --topic energy                  takes energy.oil along"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_base(parser)
    add_json(parser, "{id, label, parent, facts}")


def run(arguments: argparse.Namespace) -> int:
    """List them."""
    from briefgen.pipeline.listings.choices import topics
    from briefgen.pipeline.places import find_base

    found, problems = topics(find_base(arguments.base))
    rows = [(item["id"], _count(item["facts"]), item["label"]) for item in found]
    print_list(arguments, found, rows)
    return FOUND if name_faults(problems) else DONE


def _count(number: int) -> str:
    return f"{number} fact" if number == 1 else f"{number} facts"
