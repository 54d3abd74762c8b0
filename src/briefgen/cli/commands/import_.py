"""`briefgen import`: a bibliography's sources, or a table's facts, into a fact base."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from briefgen.cli.edge import DONE, FOUND, NOT_DONE, say, tell_done
from briefgen.cli.faults import name_warnings
from briefgen.cli.flags import add_base, add_flag, base_to_add_to
from briefgen.errors import UsageError
from briefgen.folders import at_home

if TYPE_CHECKING:
    from briefgen.editing.importing_facts import ImportedFacts
    from briefgen.editing.importing_sources import ImportedSources
    from briefgen.facts.model import DateIs

WHAT = ("sources", "facts")
FORMATS = ("bib", "biblatex", "bibtex", "ris", "csl.json", "yaml")

DESCRIPTION = """\
Add entries to a fact base: the sources of a bibliography (BibTeX, RIS, CSL-JSON, CSL-YAML), or the
facts of a table (CSV, Excel, JSON). Files of the base only grow: every line that is there stays as
it is. What the base has already is named and not added again; rows that cannot be read are named
with row and column, and the others are added.

Prints the ids that were added, one a line. Exit status 1 if something was left out, 2 if nothing
could be done."""

EXAMPLES = """\
  briefgen import sources library.bib --base our-facts
  briefgen import facts table.csv --base our-facts --dry-run      what would be done
  briefgen import facts table.xlsx --base our-facts --sheet 2013 --to trade.yaml
  briefgen import facts tabelle.csv --base our-facts --map Datum=date --map Quelle=cites"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("what", metavar="sources|facts", choices=WHAT, help="what to import")
    add_flag(parser, "file", "file", metavar="FILE", help="where it is")
    add_base(parser)
    parser.add_argument("--dry-run", action="store_true", help="say what would be done, do nothing")
    parser.add_argument(
        "--json",
        action="store_true",
        help="JSON: an object with added, duplicates, refused, target",
    )
    sources = parser.add_argument_group("sources")
    sources.add_argument(
        "--format",
        metavar="F",
        choices=FORMATS,
        help=f"{', '.join(FORMATS)} (default: as the file's name ends)",
    )
    sources.add_argument(
        "--add-anyway",
        action="store_true",
        default=None,
        help="add entries that seem to be there already, too",
    )
    facts = parser.add_argument_group("facts")
    facts.add_argument(
        "--map",
        metavar="COLUMN=FIELD",
        action="append",
        help="this column is that field of a fact; COLUMN= leaves it out (repeatable)",
    )
    facts.add_argument(
        "--to",
        metavar="FILE",
        help="add to this file in the base's facts/ (default: imported.yaml)",
    )
    facts.add_argument("--sheet", metavar="NAME", help="the sheet of a workbook")


def run(arguments: argparse.Namespace) -> int:
    """Import them."""
    return _sources(arguments) if arguments.what == "sources" else _facts(arguments)


def _refuse(arguments: argparse.Namespace, names: Sequence[str], other: str) -> None:
    for name in names:
        if getattr(arguments, name) is not None:
            flag = f"--{name.replace('_', '-')}"
            raise UsageError(f"{flag} is for {other}", hint=f"leave {flag} out")


# --- sources ---------------------------------------------------------------------------------


def _sources(arguments: argparse.Namespace) -> int:
    from briefgen.editing.importing_sources import import_sources

    _refuse(arguments, ("map", "to", "sheet"), "facts")
    made = import_sources(
        at_home(arguments.file),
        base_to_add_to(arguments),
        format_=arguments.format,
        dry_run=arguments.dry_run,
        anyway=bool(arguments.add_anyway),
    )
    name_warnings(made.warnings)
    for incoming, existing, why in made.duplicates:
        say(f"not added: {incoming}: {existing} is there already ({why})")
    for refused in made.refused:
        say(f"error: {refused}")
    return _report(
        arguments,
        "source",
        made,
        duplicates=[
            {"incoming": incoming, "existing": existing, "why": why}
            for incoming, existing, why in made.duplicates
        ],
        refused=list(made.refused),
    )


# --- facts -----------------------------------------------------------------------------------


def _facts(arguments: argparse.Namespace) -> int:
    from briefgen.editing.importing_facts import import_facts

    _refuse(arguments, ("format", "add_anyway"), "sources")
    made = import_facts(
        at_home(arguments.file),
        base_to_add_to(arguments),
        mapping=_mapping(arguments.map or ()),
        to=arguments.to,
        sheet=arguments.sheet,
        dry_run=arguments.dry_run,
    )
    name_warnings(made.warnings)
    for refused in made.refused:
        say(f"error: {refused.told}")
    for duplicate in made.duplicates:
        say(duplicate.told)
    if arguments.dry_run and made.date_is_assumed:
        say(_assumed(made.date_is_assumed))
    return _report(
        arguments,
        "fact",
        made,
        duplicates=[
            {"row": each.row, "id": each.id, "existing": each.existing, "why": each.why}
            for each in made.duplicates
        ],
        refused=[
            {"row": each.row, "column": each.column, "message": each.message}
            for each in made.refused
        ],
        more={"date_is_assumed": dict(made.date_is_assumed)},
    )


def _assumed(counts: Mapping[DateIs, int]) -> str:
    """What is taken for granted of facts that do not say what their dates mean."""
    number = sum(counts.values())
    whose = "1 fact does" if number == 1 else f"{number} facts do"
    what = ", ".join(f"{means} ({count})" for means, count in counts.items())
    return f"{whose} not say what the date means; the kind does: {what}"


def _mapping(said: Sequence[str]) -> dict[str, str]:
    """`--map COLUMN=FIELD`, each of them. The last `=` parts the two: columns may hold one."""
    mapping: dict[str, str] = {}
    for each in said:
        column, sign, field = each.rpartition("=")
        if not sign or not column.strip():
            raise UsageError(
                f"--map: {each!r} is no COLUMN=FIELD", hint="write it as --map Datum=date"
            )
        mapping[column.strip()] = field.strip()
    return mapping


# --- both ------------------------------------------------------------------------------------


def _report(
    arguments: argparse.Namespace,
    what: str,
    made: ImportedSources | ImportedFacts,
    *,
    duplicates: list[dict[str, Any]],
    refused: list[Any],
    more: Mapping[str, Any] = MappingProxyType({}),
) -> int:
    """Print what was added, say how much that is; what comes back is the exit status."""
    if arguments.json:
        from briefgen.cli.json_text import json_text

        said = json_text(
            {
                "added": list(made.added),
                "duplicates": duplicates,
                "refused": refused,
                "warnings": list(made.warnings),
                "target": made.target,
                **more,
            }
        )
    else:
        said = "\n".join(made.added)
    if said:
        (print if arguments.dry_run else tell_done)(said)
    _say_what(arguments, what, len(made.added), made.target)
    if refused and not made.added:
        return NOT_DONE
    return FOUND if refused or duplicates else DONE


def _say_what(arguments: argparse.Namespace, what: str, number: int, target: str) -> None:
    counted = f"{number or 'no'} {what}{'' if number == 1 else 's'}"
    if arguments.dry_run:
        say(f"{counted} would be added to {target}; nothing was written")
    elif number:
        say(f"{counted} added to {target}")
    else:
        say(f"{counted} added")
