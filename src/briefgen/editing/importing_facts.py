"""`briefgen import facts`: the rows of a table become facts of a base, checked as all facts are.

Each row is read by what reads facts files and checked against the whole base; what is wrong with
it is told with its row and column. Good rows are added though others are bad.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from briefgen.bounds import enough_memory_for
from briefgen.collector import collector_paused
from briefgen.editing.fact_rows import Duplicate, FactRows, RefusedRow
from briefgen.editing.held_base import names_in, read_held_base
from briefgen.editing.import_rows import ImportRow, first_few
from briefgen.editing.rejects_file import rejects_format, write_rejects
from briefgen.editing.table_sources import TableSources
from briefgen.errors import InputError, Origin, Problem, UsageError, one_line
from briefgen.facts.files import BaseFile, read_bytes
from briefgen.facts.model import Base, DateIs, Fact
from briefgen.facts.tables.columns import TableMapping, plan_columns, untold_in_words
from briefgen.facts.tables.reading import read_table
from briefgen.facts.tables.rejects import RejectsFormat, rejected_rows
from briefgen.facts.tables.row_as_fact import RowMaker, fact_entry, is_exact
from briefgen.facts.tables.table import Table
from briefgen.folders import at_home
from briefgen.keeping import Replaced
from briefgen.suggestions import shown
from briefgen.values import valueclass
from briefgen.writing.plan import Plan, bases_alone

FIRST = 3
"""How many of the coming facts are shown as they will be printed."""


@valueclass(frozen=True, slots=True)
class ImportedFacts:
    """What came of a table."""

    added: tuple[str, ...]
    """Ids, in the table's order."""
    duplicates: tuple[Duplicate, ...]
    refused: tuple[RefusedRow, ...]
    warnings: tuple[str, ...]
    date_is_assumed: Mapping[DateIs, int]
    """How many of the added say by their kind alone what their date means, by what that is."""
    target: str
    """The path of the file that the facts were added to, or would be."""
    sources: tuple[str, ...] = ()
    """Ids of sources that they brought, added to sources.yaml."""
    rows: int = 0
    """How many the table has."""
    first: tuple[Fact, ...] = ()
    """The first of the added, to be looked at."""
    base: Base | None = None
    """The base with the sources that they brought."""
    rejects: Replaced | None = None
    """What came of writing the refused rows, where that was asked for and there are any."""


def import_facts(
    file: Path,
    base: Path,
    *,
    mapping: TableMapping | None = None,
    to: str | None = None,
    sheet: str | None = None,
    dry_run: bool = False,
    rejects: Path | None = None,
    moment: datetime | None = None,
) -> ImportedFacts:
    """Add the facts in a table (CSV, Excel workbook, JSON) to the base in the folder `base`.

    `mapping` says what columns are where their names do not, and what holds for all rows; `to` is a
    file in the base's facts folder, `imported.yaml` if not said. With `dry_run` nothing is written.
    `rejects` is a file for the refused rows (CSV, XLSX, JSON), written before the facts are, a
    workbook dated `moment`.

    Raises `InputError` when the table or the base cannot be used, `UsageError` for a `mapping` or
    `to` that does not fit, `OutputError` when the file cannot be written. Faulty rows are no
    errors: they are `refused`.
    """
    coming = ComingFacts(file, base, mapping=mapping, to=to, sheet=sheet)
    format_ = rejects_format(rejects, file, base) if rejects is not None else None
    with bases_alone([coming.target]) as warning:
        plan, made = coming.plan()
        if not dry_run:
            if rejects is not None and format_ is not None and made.refused:
                data = coming.rejects(made.refused, format_, moment)
                made = replace(made, rejects=write_rejects(rejects, data))
            plan.write()
    return replace(made, warnings=(*made.warnings, warning)) if warning else made


def read_fact_table(file: Path, sheet: str | None = None) -> Table:
    """The table in a file. Raises `InputError`."""
    data = read_bytes(BaseFile("facts", file.name, file, str(file)))
    if isinstance(data, Problem):
        raise InputError.from_problems([data])
    with enough_memory_for(str(file)):
        return read_table(data, str(file), sheet=sheet)


def refuse_without_rows(table: Table, file: Path) -> None:
    """Raise `InputError` for a table that has nothing to import."""
    if not table.rows:
        raise InputError(
            f"there is no {table.row_word} to import",
            hint="write a fact below the header"
            if table.row_word == "row"
            else "write an object for each fact",
            origin=Origin(str(file)),
        )


class ComingFacts:
    """The rows of a table on their way into the base in the folder `base`.

    The table is read once, the base each time that it is asked what becomes of them. Raises as
    `import_facts` does.
    """

    def __init__(
        self,
        file: Path,
        base: Path,
        *,
        mapping: TableMapping | None = None,
        to: str | None = None,
        sheet: str | None = None,
        table: Table | None = None,
    ) -> None:
        """`table`: what is in the file, where that has been read."""
        self._file, self._base, self.target = file, base, _target(base, to)
        with collector_paused():
            self.table = table if table is not None else read_fact_table(file, sheet)
            self._columns = plan_columns(
                self.table.columns,
                mapping or TableMapping(),
                str(file),
                self.table.column_word,
                shared_header=self.table.shared_header,
            )
        refuse_without_rows(self.table, file)

    @property
    def rows(self) -> list[ImportRow]:
        """What becomes of each row."""
        with collector_paused():
            sorted_ = self._sorted(None)
        faults = _by_row(sorted_.refused)
        new = {made.row: made.fact.id for made in sorted_.made}
        same = {duplicate.row: duplicate.why for duplicate in sorted_.duplicates}
        texts = {made.row: made.fact.statement for made in sorted_.made}
        rows = []
        for row in self.table.rows:
            number = row.number
            text = texts.get(number) or sorted_.maker.statement(row)
            said = (f"{self.table.row_word} {number}", one_line(text))
            if number in faults:
                rows.append(ImportRow(number, *said, "fault", "; ".join(faults[number])))
            elif number in same:
                rows.append(ImportRow(number, *said, "same", same[number]))
            else:
                rows.append(ImportRow(number, *said, "new", new[number]))
        return rows

    def rejects(
        self, refused: Sequence[RefusedRow], format_: RejectsFormat, moment: datetime | None = None
    ) -> bytes:
        """The refused rows as a table, to be mended and imported again."""
        then = moment or datetime.now(UTC)
        return rejected_rows(self.table, self._columns, _by_row(refused), format_, then)

    def plan(self, only: Collection[int] | None = None) -> tuple[Plan, ImportedFacts]:
        """The new facts added, not written yet; `only` those of these rows.

        Raises `InputError` if the base as it is would lose facts by them.
        """
        with collector_paused():
            rows = self._sorted(only)
            facts = [made.fact for made in rows.made]
            brought = rows.sources.cited_by(cite.source for fact in facts for cite in fact.cites)
            change = Plan()
            if brought:
                change.add(self._base / "sources.yaml", [new.entry for new in brought])
            if facts:
                change.add(self.target, [fact_entry(fact) for fact in facts])
        return change, ImportedFacts(
            tuple(fact.id for fact in facts),
            tuple(rows.duplicates),
            tuple(sorted(rows.refused, key=lambda refused: refused.row)),
            tuple(one_line(told) for told in self._warnings(rows, [new.likely for new in brought])),
            rows.date_is_assumed(),
            str(self.target),
            tuple(str(new.entry["id"]) for new in brought),
            len(self.table.rows),
            tuple(facts[:FIRST]),
            replace(rows.held.base, sources=rows.sources.all),
        )

    def _warnings(self, rows: FactRows, likely: Sequence[str]) -> Iterator[str]:
        yield from untold_in_words(self._columns, self.table)
        yield from (f"{self._file}: {note}" for note in self.table.notes)
        numbers = rows.maker.day_numbers
        if numbers:
            row, serial, day = numbers[0]
            start = 1904 if self.table.days_from_1904 else 1900
            yield (
                f"dates that are numbers of days, as spreadsheets count them from {start}: "
                f"{len(numbers):,}; {self.table.row_word} {row}: {serial} is {day}"
            )
        if rows.respelt:
            old, made = rows.respelt[0]
            number = f"{len(rows.respelt):,}"
            yield f"ids that are written another way here: {number}; {shown(old)} is {made}"
        yield from first_few([each for each in likely if each], "may be what is there already")
        notes = [
            f"{note} ({number:,} source{'' if number == 1 else 's'})"
            for note, number in rows.sources.notes.items()
        ]
        yield from first_few(notes, "remarks on sources")

    def _sorted(self, only: Collection[int] | None) -> FactRows:
        held = read_held_base(self._base)
        plan = self._columns
        sources = TableSources(
            held.base.sources, held.source_ids, plan.dates, self.table.days_from_1904
        )
        maker = RowMaker(
            self.table, plan, names_in(held.base), is_exact(self.table), sources.source_of
        )
        rows = FactRows(str(self._file), self.table, held, maker, sources)
        rows.refuse_faulty_constants()
        for row in self.table.rows:
            if only is None or row.number in only:
                rows.read(row)
        rows.check()
        return rows


def _by_row(refused: Sequence[RefusedRow]) -> dict[int, list[str]]:
    """What is wrong with each row, as the person is told."""
    why: dict[int, list[str]] = {}
    for each in refused:
        where = f"{shown(each.column)}: " if each.column else ""
        why.setdefault(each.row, []).append(f"{where}{each.message}")
    return why


# --- where to --------------------------------------------------------------------------------


def _target(base: Path, to: str | None) -> Path:
    """The file to add to: within the base's facts folder, however it is named."""
    folder = base / "facts"
    if to is None:
        return folder / "imported.yaml"
    inside = folder.resolve()
    named = at_home(to)
    places = (named, base / named, folder / named)
    found = next((place for place in places if place.resolve().is_relative_to(inside)), None)
    if found is None or not to or found.resolve() == inside:
        raise UsageError(
            f"--to: {to!r} is not in the facts folder of the base",
            hint=f"name a file in {folder}, such as {folder / 'imported.yaml'}",
        )
    name = found.resolve().relative_to(inside)
    if found.suffix != ".yaml" or any(part.startswith(".") for part in name.parts):
        raise UsageError(
            f"--to: {to!r} would not be read as facts",
            hint="end the name in .yaml, and start no part of it with a dot",
        )
    return found
