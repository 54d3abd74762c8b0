"""A file that is to be imported: what is in it, and what would become of each of its rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from briefgen.brief.words import listed
from briefgen.editing.fact_rows import RefusedRow
from briefgen.editing.import_rows import ImportRow
from briefgen.editing.importing_facts import ComingFacts, read_fact_table, refuse_without_rows
from briefgen.editing.importing_sources import ComingSources
from briefgen.editing.rejects_file import rejects_format, write_rejects
from briefgen.facts.tables.columns import TableMapping
from briefgen.facts.tables.table import Table
from briefgen.gui.view_models.sources.table_form import (
    FormValues,
    automatic,
    in_the_window,
    still_missing,
)
from briefgen.gui.view_models.words import capital
from briefgen.keeping import Replaced
from briefgen.pipeline.clock import moment
from briefgen.pipeline.printed_facts import PrintedFact, printed_facts
from briefgen.writing.plan import Plan

What = Literal["sources", "facts"]
IMPORTABLE = (
    "Sources and facts (*.bib *.biblatex *.bibtex *.ris *.json *.yaml *.yml *.csv *.tsv *.xlsx)"
    ";;All files (*)"
)
_TABLES = (".csv", ".tsv", ".tab", ".xlsx", ".xlsm")


def what_is_in(file: Path) -> What:
    """Whether a file looks like a table of facts or like a bibliography."""
    suffix = file.suffix.lower()
    if suffix in _TABLES:
        return "facts"
    if suffix == ".json":
        try:
            with file.open("rb") as opened:
                start = opened.read(200_000)
        except OSError:
            return "sources"
        if b'"statement"' in start:
            return "facts"
        return "facts" if start.lstrip()[:1] == b"[" and b'"type"' not in start else "sources"
    return "sources"


class Unexplained(NamedTuple):
    """A table whose columns say too little: a form has to be filled in first."""

    table: Table
    why: str
    """What is missing, in a sentence; empty where nothing is."""


class Preview(NamedTuple):
    """A file as read, nothing of it written yet."""

    what: What
    coming: ComingSources | ComingFacts
    rows: Sequence[ImportRow]
    warnings: Sequence[str]
    """What is to be told of the file as a whole."""
    target: str
    """The file of the base that it goes into."""
    table: Table | None = None
    """Of facts: what was read."""
    refused: tuple[RefusedRow, ...] = ()


def preview(file: Path, base: Path, to: str = "") -> Preview | Unexplained:
    """Read a file that is to go into the base in the folder `base`; facts into its file `to`.

    Raises `BriefgenError` where nothing of it can be used.
    """
    if what_is_in(file) == "facts":
        table = read_fact_table(file)
        missing = still_missing(FormValues(automatic(table), {}))
        if missing:
            refuse_without_rows(table, file)
            return Unexplained(table, f"Its columns do not say {listed(missing, 'and')}.")
        return preview_of_table(file, base, table, None, to)
    sources = ComingSources(file, base)
    _, made = sources.plan()
    # The others are told in the rows.
    warnings = tuple(note for note in made.warnings if note.startswith(str(file)))
    return Preview("sources", sources, sources.rows, warnings, _name(made.target, base))


def preview_of_table(
    file: Path, base: Path, table: Table, mapping: TableMapping | None, to: str = ""
) -> Preview:
    """What becomes of each row of a table that has been read. Raises `BriefgenError`."""
    coming = ComingFacts(file, base, mapping=mapping, to=to or None, table=table)
    rows = [row._replace(words=in_the_window(row.words)) for row in coming.rows]
    _, made = coming.plan()
    warnings = tuple(in_the_window(note) for note in made.warnings)
    return Preview("facts", coming, rows, warnings, _name(made.target, base), table, made.refused)


class FirstFacts(NamedTuple):
    """What the first rows of a table would give."""

    facts: tuple[PrintedFact, ...]
    said: str
    """How many of how many rows, in words."""
    refused: str
    """What is wrong with the first row that is refused; empty where none is."""


def first_facts(file: Path, base: Path, table: Table, mapping: TableMapping) -> FirstFacts:
    """The first facts as they will be printed, from a table's first rows.

    Raises `BriefgenError` where the mapping cannot be used.
    """
    coming = ComingFacts(file, base, mapping=mapping, table=table)
    numbers = [row.number for row in table.rows[:_LOOKED_AT]]
    _, made = coming.plan(frozenset(numbers))
    facts = printed_facts(made.first, made.base) if made.base is not None else ()
    bad = len({each.row for each in made.refused})
    of = f"Of the first {len(numbers):,} rows" if len(numbers) < len(table.rows) else "Of all rows"
    said = (
        f"{of}: {len(made.added):,} new, {len(made.duplicates):,} there already, {bad:,} refused."
    )
    first = made.refused[0] if made.refused else None
    refused = f"{table.row_word} {first.row}: {first.message}" if first is not None else ""
    return FirstFacts(facts, said, capital(in_the_window(refused)))


_LOOKED_AT = 200
"""Rows of a table that are tried while its form is filled in."""


def _name(target: str, base: Path) -> str:
    return Path(target).relative_to(base).as_posix()


def rejects_of(shown: Preview, file: Path, base: Path, path: Path) -> Callable[[], Replaced]:
    """What writes the refused rows of a table into a file. Raises `BriefgenError`."""
    coming = shown.coming
    assert isinstance(coming, ComingFacts)
    data = coming.rejects(shown.refused, rejects_format(path, file, base), moment()[0])
    return lambda: write_rejects(path, data)


def planned(shown: Preview, only: Collection[int]) -> Plan:
    """The ticked rows added. Raises `BriefgenError` where they cannot be."""
    return shown.coming.plan(only)[0]


def counted(rows: Sequence[ImportRow]) -> str:
    """How many rows there are of each state, in words."""
    counts = Counter[str](row.state for row in rows)
    said = [
        f"{counts[state]:,} {words}"
        for state, words in (
            ("new", "new"),
            ("same", "there already"),
            ("fault", "with a fault"),
        )
        if counts[state]
    ]
    return ", ".join(said) or "nothing in it"
