"""`briefgen facts`: the facts that a selection picks, for people and for programs."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from itertools import zip_longest
from typing import TYPE_CHECKING

from briefgen.cli.edge import DONE, FOUND, print_unchanged, say, tell_done
from briefgen.cli.faults import name_faults, name_kept, name_warnings
from briefgen.cli.flags import add_base, add_flag, add_force, check_force
from briefgen.cli.selection_flags import add_selection, read_selection
from briefgen.direction import for_people

if TYPE_CHECKING:
    from briefgen.facts.model import Base, Fact

DESCRIPTION = """\
List the facts that a selection picks, oldest first, each with its date, its id and its sources.
The same flags pick the facts of a brief: look here before you export. --json, --csv and --xlsx
hand whole records on to other programs."""

EXAMPLES = """\
  briefgen facts --topic energy --from 2011 --to 2013
  briefgen facts --text '"oil price" Rosneft' --kind figure
  briefgen facts --actor russia --min-reliability B --json
  briefgen facts --status draft --status retracted         what is not current
  briefgen facts --topic trade --xlsx trade.xlsx"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_base(parser)
    form = parser.add_argument_group("in which form").add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="JSON: an array of whole records")
    form.add_argument("--csv", action="store_true", help="CSV, one fact a row")
    add_flag(form, "file", "--xlsx", metavar="OUT", help="an Excel workbook, written to OUT")
    add_force(parser, "--xlsx")
    add_selection(parser)


def run(arguments: argparse.Namespace) -> int:
    """List the facts."""
    check_force(arguments, "--xlsx")
    from briefgen.pipeline.bases import list_facts
    from briefgen.pipeline.places import find_base

    found = list_facts(find_base(arguments.base), read_selection(arguments))
    if arguments.xlsx is not None:
        from briefgen.pipeline.listings.tables import write_workbook

        path, done = write_workbook(arguments.xlsx, found, force=arguments.force)
        tell_done(path)
        name_kept(done.kept)
        name_warnings([done.warning] if done.warning else [])
    elif arguments.json:
        from briefgen.facts.tables.export import facts_to_json

        sys.stdout.write(facts_to_json(found.base, found.facts))
    elif arguments.csv:
        from briefgen.facts.tables.export import facts_to_csv

        print_unchanged(facts_to_csv(found.base, found.facts))
    elif found.facts:
        from briefgen.cli.terminal import width

        for line in listing(found.base, found.facts, width()):
            print(line)
    else:
        say(f"no fact in {found.base.title} matches; take away a filter, or see 'briefgen topics'")
    name_warnings(found.warnings)
    return FOUND if name_faults(found.problems) else DONE


def listing(base: Base, facts: tuple[Fact, ...], width: int) -> Iterator[str]:
    """The facts as people read them: date, statement, and below it the id and the sources."""
    from briefgen.cli.columns import wrap
    from briefgen.cli.terminal import paint
    from briefgen.dates import date_in_plain_words
    from briefgen.text_width import text_width

    dates = [date_in_plain_words(fact.date) if fact.date else "no date" for fact in facts]
    column = min(max(text_width(date) for date in dates), 24) + 2
    room = max(width - column, 24)
    for fact, date in zip(facts, dates, strict=True):
        status = "" if fact.status == "current" else f"({fact.status}) "
        statement = wrap(status + " ".join(fact.statement.split()), room)
        below = wrap(f"{fact.id}: {_sources(base, fact)}", room)
        right = [
            *map(for_people, statement),
            *(paint(for_people(line), "dim", sys.stdout) for line in below),
        ]
        for start, text in zip_longest(wrap(date, column - 2), right, fillvalue=""):
            gap = " " * (column - text_width(start))
            yield (paint(start, "accent", sys.stdout) + gap + text).rstrip()


def _sources(base: Base, fact: Fact) -> str:
    return "; ".join(
        dict.fromkeys(" ".join(base.sources[cite.source].title.split()) for cite in fact.cites)
    )
