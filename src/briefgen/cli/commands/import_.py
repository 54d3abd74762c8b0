"""`briefgen import`: a bibliography's sources, or a table's facts, into a fact base."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from briefgen.cli.edge import DONE, FOUND, NOT_DONE, say, tell_done
from briefgen.cli.faults import name_warnings
from briefgen.cli.flags import add_base, add_flag, base_to_add_to
from briefgen.errors import UsageError
from briefgen.folders import at_home
from briefgen.many_problems import first_lines

if TYPE_CHECKING:
    from briefgen.editing.importing_facts import ImportedFacts
    from briefgen.editing.importing_sources import ImportedSources
    from briefgen.facts.model import DateIs
    from briefgen.facts.tables.columns import TableMapping

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
  briefgen import facts tabelle.csv --base our-facts --map Datum=date --map Quelle=cites
  briefgen import facts treaties.csv --base our-facts --map Signed=date --dates day-first \\
    --set kind=agreement --set topics=trade --set 'statement={Name} was signed.' \\
    --set 'source.title={Name}' --set source.type=treaty --map Link=source.URL"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("what", metavar="sources|facts", choices=WHAT, help="what to import")
    add_flag(parser, "file", "file", metavar="FILE", help="where it is")
    add_base(parser, to_add_to=True)
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
        "--set",
        metavar="FIELD=TEXT",
        action="append",
        help="what a field says in rows that leave it empty; {COLUMN} in it is what that column "
        "says (repeatable)",
    )
    facts.add_argument(
        "--dates",
        choices=("day-first", "month-first"),
        help="what stands first in dates such as 11/06/2023",
    )
    facts.add_argument(
        "--empty",
        metavar="TEXT",
        action="append",
        help="cells that say this say nothing, as NA (repeatable)",
    )
    facts.add_argument(
        "--to",
        metavar="FILE",
        help="add to this file in the base's facts/ (default: imported.yaml)",
    )
    add_flag(
        facts,
        "file",
        "--rejects",
        metavar="FILE",
        help="write the rows that are refused to this .csv, .xlsx or .json, with the reasons",
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

    _refuse(arguments, ("map", "set", "dates", "empty", "rejects", "to", "sheet"), "facts")
    made = import_sources(
        at_home(arguments.file),
        base_to_add_to(arguments),
        format_=arguments.format,
        dry_run=arguments.dry_run,
        anyway=bool(arguments.add_anyway),
    )
    name_warnings(made.warnings)
    for line in first_lines(
        f"not added: {incoming}: {existing} is there already ({why})"
        for incoming, existing, why in made.duplicates
    ):
        say(line)
    for refused in first_lines(made.refused):
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
    from briefgen.cli import table_import
    from briefgen.editing.importing_facts import import_facts
    from briefgen.pipeline.clock import moment

    _refuse(arguments, ("format", "add_anyway"), "sources")
    base = base_to_add_to(arguments)
    made = import_facts(
        at_home(arguments.file),
        base,
        mapping=_mapping(arguments),
        to=arguments.to,
        sheet=arguments.sheet,
        dry_run=arguments.dry_run,
        rejects=None if arguments.rejects is None else at_home(arguments.rejects),
        moment=moment()[0],
    )
    name_warnings(made.warnings)
    table_import.tell_refused(made)
    first = table_import.look_at_first(made) if arguments.dry_run else ()

    def tell_what_is_tried() -> None:
        if first and not arguments.json:
            table_import.tell_first(first, len(made.added))
        if arguments.dry_run and made.date_is_assumed:
            say(_assumed(made.date_is_assumed))

    status = _report(
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
        more={
            "sources": list(made.sources),
            "date_is_assumed": dict(made.date_is_assumed),
            **({"first": [each._asdict() for each in first]} if arguments.dry_run else {}),
        },
        before_count=tell_what_is_tried,
    )
    if made.sources:
        _say_what(arguments, "source", len(made.sources), str(base / "sources.yaml"))
    if arguments.rejects and table_import.tell_rejects(made, arguments.rejects, arguments.dry_run):
        return FOUND
    return status


def _assumed(counts: Mapping[DateIs, int]) -> str:
    """What is taken for granted of facts that do not say what their dates mean."""
    number = sum(counts.values())
    whose = "1 fact does" if number == 1 else f"{number} facts do"
    what = ", ".join(f"{means} ({count})" for means, count in counts.items())
    return f"{whose} not say what the date means; the kind does: {what}"


def _mapping(arguments: argparse.Namespace) -> TableMapping:
    from briefgen.facts.tables.columns import TableMapping
    from briefgen.facts.tables.fields import field_named

    return TableMapping(
        _columns(arguments.map or ()),
        _fillings(arguments.set or (), lambda name: field_named(name, "--set")),
        arguments.dates,
        frozenset(arguments.empty or ()),
    )


def _columns(said: Sequence[str]) -> dict[str, str]:
    """`--map COLUMN=FIELD`, each of them. The last `=` parts the two: columns may hold one."""
    mapping: dict[str, str] = {}
    for each in said:
        column, sign, field = each.rpartition("=")
        if not sign or not column.strip():
            raise UsageError(
                f"--map: {each!r} is no COLUMN=FIELD", hint="write it as --map Datum=date"
            )
        if column.strip() in mapping:
            raise UsageError(f"--map: {column.strip()} is named twice", hint="leave one out")
        mapping[column.strip()] = field.strip()
    return mapping


def _fillings(said: Sequence[str], named: Callable[[str], str]) -> dict[str, str]:
    """`--set FIELD=TEXT`, each of them. Said twice of one field, topics and the like add up."""
    from briefgen.facts.tables.fields import LISTED_FIELDS

    fillings: dict[str, str] = {}
    for each in said:
        name, sign, text = each.partition("=")
        if not sign or not name.strip():
            raise UsageError(
                f"--set: {each!r} is no FIELD=TEXT", hint="write it as --set kind=agreement"
            )
        field = named(name)
        if field in fillings and field not in (*LISTED_FIELDS, "cites"):
            raise UsageError(f"--set: {field} is set twice", hint="leave one out")
        fillings[field] = f"{fillings[field]}; {text}" if field in fillings else text
    return fillings


# --- both ------------------------------------------------------------------------------------


def _report(
    arguments: argparse.Namespace,
    what: str,
    made: ImportedSources | ImportedFacts,
    *,
    duplicates: list[dict[str, Any]],
    refused: list[Any],
    more: Mapping[str, Any] = MappingProxyType({}),
    before_count: Callable[[], None] = lambda: None,
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
    before_count()
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
