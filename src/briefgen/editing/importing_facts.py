"""`briefgen import facts`: the rows of a table become facts of a base, checked as all facts are.

Each row is read by what reads facts files and checked against the whole base; what is wrong with
it is told with its row and column. Good rows are added though others are bad.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeAlias

from briefgen.collector import collector_paused
from briefgen.editing.import_rows import ImportRow
from briefgen.errors import InputError, Origin, Problem, UsageError, one_line
from briefgen.facts.check import check_references
from briefgen.facts.definitions import Definition, FileRecord
from briefgen.facts.files import (
    BaseFile,
    fatal_of_folder,
    list_base_files,
    read_bytes,
)
from briefgen.facts.formats import FACT
from briefgen.facts.model import DATE_MEANINGS, Base, DateIs, Fact
from briefgen.facts.read import FileContent, assemble_base, fatal_of_files, read_base_file
from briefgen.facts.tables.columns import REQUIRED, plan_columns
from briefgen.facts.tables.merged_cells import column_letter
from briefgen.facts.tables.reading import read_table
from briefgen.facts.tables.row_as_fact import Names, RowMaker, fact_entry, is_exact
from briefgen.facts.tables.table import CellFault, Table, TableRow
from briefgen.facts.timing import effective_date_is, without_assumed
from briefgen.folders import at_home
from briefgen.index.fold import fold_words
from briefgen.reading.shapes import FAULT, Report
from briefgen.reading.yaml_tree import Scalar
from briefgen.small_words import SMALL_WORDS
from briefgen.suggestions import shown
from briefgen.values import valueclass
from briefgen.writing.plan import Plan, bases_alone


@valueclass(frozen=True, slots=True)
class RefusedRow:
    """One thing that is wrong with a row."""

    row: int
    column: str
    """The column's name as the table has it; empty for the row as a whole."""
    message: str
    """What is wrong and what to do."""
    told: str
    """All of it in one line, the file's name included."""


@valueclass(frozen=True, slots=True)
class Duplicate:
    """A row that the base has already."""

    row: int
    id: str
    existing: str
    why: str
    told: str


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


def import_facts(
    file: Path,
    base: Path,
    *,
    mapping: Mapping[str, str] | None = None,
    to: str | None = None,
    sheet: str | None = None,
    dry_run: bool = False,
) -> ImportedFacts:
    """Add the facts in a table (CSV, Excel workbook, JSON) to the base in the folder `base`.

    `mapping` says which column is which field where names do not; `to` is a file in the base's
    facts folder, `imported.yaml` if not said. With `dry_run` nothing is written.

    Raises `InputError` when the table or the base cannot be used, `UsageError` for a `mapping` or
    `to` that does not fit, `OutputError` when the file cannot be written. Faulty rows are no
    errors: they are `refused`.
    """
    coming = ComingFacts(file, base, mapping=mapping, to=to, sheet=sheet)
    with bases_alone([coming.target]) as warning:
        plan, made = coming.plan()
        if not dry_run:
            plan.write()
    return replace(made, warnings=(*made.warnings, warning)) if warning else made


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
        mapping: Mapping[str, str] | None = None,
        to: str | None = None,
        sheet: str | None = None,
    ) -> None:
        self._file, self._base, self.target = file, base, _target(base, to)
        data = read_bytes(BaseFile("facts", file.name, file, str(file)))
        if isinstance(data, Problem):
            raise InputError.from_problems([data])
        with collector_paused():
            self._table = table = read_table(data, str(file), sheet=sheet)
            self._columns = plan_columns(table.columns, mapping or {}, str(file), table.column_word)
            if not table.rows:
                raise InputError(
                    f"there is no {table.row_word} to import",
                    hint="write a fact below the header"
                    if table.row_word == "row"
                    else "write an object for each fact",
                    origin=Origin(str(file)),
                )

    @property
    def rows(self) -> list[ImportRow]:
        """What becomes of each row."""
        with collector_paused():
            sorted_ = self._sorted(None)
        faults: dict[int, list[str]] = {}
        for refused in sorted_.refused:
            where = f"{shown(refused.column)}: " if refused.column else ""
            faults.setdefault(refused.row, []).append(f"{where}{refused.message}")
        new = {made.row: made.fact.id for made in sorted_.made}
        same = {duplicate.row: duplicate.why for duplicate in sorted_.duplicates}
        place = self._columns.column("statement")
        rows = []
        for row in self._table.rows:
            number = row.number
            text = row.cells[place] if place is not None and place < len(row.cells) else ""
            said = (f"{self._table.row_word} {number}", one_line(str(text)))
            if number in faults:
                rows.append(ImportRow(number, *said, "fault", "; ".join(faults[number])))
            elif number in same:
                rows.append(ImportRow(number, *said, "same", same[number]))
            else:
                rows.append(ImportRow(number, *said, "new", new[number]))
        return rows

    def plan(self, only: Collection[int] | None = None) -> tuple[Plan, ImportedFacts]:
        """The new facts added, not written yet; `only` those of these rows.

        Raises `InputError` if the base as it is would lose facts by them.
        """
        with collector_paused():
            rows = self._sorted(only)
            entries = [fact_entry(made.fact) for made in rows.made]
            change = Plan()
            if entries:
                change.add(self.target, entries)
        table = self._table
        warnings = [
            one_line(f"{table.column_word} {shown(column)} is not imported; {hint}")
            for column, hint in self._columns.untold
            if column or _has_text_without_header(table)
        ]
        warnings += [one_line(f"{self._file}: {note}") for note in table.notes]
        return change, ImportedFacts(
            tuple(made.fact.id for made in rows.made),
            tuple(rows.duplicates),
            tuple(sorted(rows.refused, key=lambda refused: refused.row)),
            tuple(warnings),
            rows.date_is_assumed(),
            str(self.target),
        )

    def _sorted(self, only: Collection[int] | None) -> _Rows:
        held = _read_base(self._base)
        maker = RowMaker(self._table, self._columns, _names(held.base), is_exact(self._table))
        rows = _Rows(str(self._file), self._table, held)
        for row in self._table.rows:
            if only is None or row.number in only:
                rows.read(row, maker)
        rows.check()
        return rows


def _has_text_without_header(table: Table) -> bool:
    unnamed = [place for place, column in enumerate(table.columns) if not column]
    return any(
        str(row.cells[place]).strip()
        for row in table.rows
        for place in unnamed
        if place < len(row.cells)
    )


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


# --- the base --------------------------------------------------------------------------------


@dataclass(slots=True)
class _Held:
    """The base as it is."""

    base: Base
    records: list[tuple[str, FileRecord]]
    ids: dict[str, str]
    """Ids of facts, faulty ones included, and where they stand."""
    statements: _Statements
    problems: frozenset[tuple[str, str]]
    """What is wrong across its files already."""


def _read_base(folder: Path) -> _Held:
    files, folder_problems = list_base_files(folder)
    contents = [read_base_file(file) for file in files]
    records = [(content.file.shown_as, content.record) for content in contents]
    check = check_references(records)
    fatal = [*fatal_of_folder(folder_problems), *check.fatal, *fatal_of_files(contents)]
    base = assemble_base(str(folder), contents)
    if fatal or base is None:
        raise InputError.from_problems(fatal)
    return _Held(
        base,
        records,
        {
            definition.id: f"{path}:{definition.line}"
            for path, record in records
            for definition in record.definitions
            if definition.kind == "fact" and definition.id
        },
        _Statements(_all_facts(contents)),
        frozenset((str(problem.origin), problem.message) for problem in check.problems),
    )


def _all_facts(contents: Iterable[FileContent]) -> list[Fact]:
    return [fact for content in contents for fact in content.facts]


_StatementKey: TypeAlias = tuple[str, str]
"""A statement and its date: what a fact without an id is known again by, and by its sources."""


def _statement_key(fact: Fact) -> _StatementKey:
    return " ".join(fact.statement.split()).casefold(), fact.date.text if fact.date else ""


class _Statements:
    """Facts by what they state, so that one that says no more is known again."""

    def __init__(self, facts: Iterable[Fact] = ()) -> None:
        self._known: dict[_StatementKey, dict[str, frozenset[str]]] = {}
        for fact in facts:
            self.add(fact)

    def add(self, fact: Fact) -> None:
        self._known.setdefault(_statement_key(fact), {})[fact.id] = _sources_of(fact)

    def find(self, fact: Fact) -> str | None:
        """The id of a fact with the same statement and date that rests on these sources, too."""
        sources = _sources_of(fact)
        alike = self._known.get(_statement_key(fact), {})
        return next((id_ for id_, others in alike.items() if sources <= others), None)


def _sources_of(fact: Fact) -> frozenset[str]:
    return frozenset(cited.source for cited in fact.cites)


def _names(base: Base) -> Names:
    """What topics and actors are called, for tables that do not say ids. Ids go first."""
    topics = [(topic.label, id_) for id_, topic in base.topics.items()]
    actors = [
        (name, id_) for id_, actor in base.actors.items() for name in (actor.name, *actor.aliases)
    ]
    return {
        "topics": _unique(topics) | {id_: id_ for id_ in base.topics},
        "actors": _unique(actors) | {id_: id_ for id_ in base.actors},
    }


def _unique(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Names that mean one thing only."""
    found: dict[str, set[str]] = {}
    for name, id_ in pairs:
        found.setdefault(name.strip().casefold(), set()).add(id_)
    return {name: next(iter(ids)) for name, ids in found.items() if len(ids) == 1}


# --- rows ------------------------------------------------------------------------------------


@valueclass(frozen=True, slots=True)
class _Made:
    """A row that was read as a fact."""

    row: int
    fact: Fact
    definition: Definition


@dataclass(slots=True)
class _Rows:
    """Rows on their way to facts."""

    name: str
    table: Table
    held: _Held
    made: list[_Made] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    ids: dict[str, int] = field(default_factory=dict)
    """Ids that the table's rows have taken, and the rows."""
    statements: _Statements = field(default_factory=_Statements)

    def read(self, row: TableRow, maker: RowMaker) -> None:
        """Read one row: it becomes a fact, a duplicate or a refusal."""
        whole = [fault for fault in row.faults if fault.column < 0]
        if whole:
            self.refuse(row.number, 0, f"{whole[0].message}; {whole[0].hint}")
            return
        node, faults = maker.node(row)
        there = {key.text for key, _ in node.pairs}
        spoilt = {maker.plan.fields[f.column] for f in faults if f.column < len(maker.plan.fields)}
        missing = [key for key in REQUIRED if key not in there]
        for key in missing:
            if key not in spoilt:
                column = maker.plan.column(key)
                assert column is not None  # else the table had been refused
                faults.append(CellFault(column, "nothing stands here", f"every fact needs {key}"))
        made_id = "id" not in there and "id" not in spoilt
        if made_id:
            node.pairs.insert(0, (Scalar("id", row.number, 0), Scalar(_NO_ID, row.number, 0)))
        report = Report(self.name)
        value = FACT.read(node, report)
        for fault in faults:
            self.refuse(row.number, fault.column + 1, f"{fault.message}; {fault.hint}")
        for problem in report.problems:
            # What is said of the row as a whole where keys are missing is that they are.
            column = problem.origin.column or 0
            if problem.severity == "error" and (column or not (missing or spoilt)):
                self.refuse(row.number, column, problem.sentence)
        if faults or report.errors or value is FAULT:
            return
        fact: Fact = without_assumed(value, maker.assumed(row), self.held.base.sources)
        self._take(row.number, self._named(fact) if made_id else fact, made_id, report)

    def _take(self, row: int, fact: Fact, made_id: bool, report: Report) -> None:
        held = self.held.statements.find(fact) if made_id else None
        existing = held or (self.statements.find(fact) if made_id else None)
        if existing is not None:
            where = held or f"{self.table.row_word} {self.ids[existing]}"
            why = f"{where} has the same statement, date and source"
            self._duplicate(row, existing, existing, why)
        elif fact.id in self.held.ids:
            self._duplicate(row, fact.id, fact.id, f"the id is taken at {self.held.ids[fact.id]}")
        elif fact.id in self.ids:
            where = f"{self.table.row_word} {self.ids[fact.id]}"
            self._duplicate(row, fact.id, fact.id, f"the id is that of {where}")
        else:  # two who say the same under ids of their own are two facts
            self.ids[fact.id] = row
            self.statements.add(fact)
            definition = Definition("fact", fact.id, row, 0, fact.status, False, tuple(report.uses))
            self.made.append(_Made(row, fact, definition))

    def _duplicate(self, row: int, id_: str, existing: str, why: str) -> None:
        place = f"{self.name}: {self.table.row_word} {row}"
        self.duplicates.append(
            Duplicate(row, id_, existing, why, one_line(f"{place}: not added: {why}"))
        )

    def refuse(self, row: int, column: int, sentence: str) -> None:
        """Note what is wrong with a row; `column` counts from 1, 0 is the row as a whole."""
        names = self.table.columns
        name = ""
        if column:
            name = names[column - 1] if column <= len(names) else column_letter(column)
        place = f"{self.name}: {self.table.row_word} {row}"
        if name:
            place += f", {self.table.column_word} {shown(name)}"
        self.refused.append(
            RefusedRow(row, name, one_line(sentence), one_line(f"{place}: {sentence}"))
        )

    def date_is_assumed(self) -> dict[DateIs, int]:
        """How many dated facts are without `date_is`, by what holds then."""
        sources = self.held.base.sources
        found = Counter(
            effective_date_is(made.fact, sources)
            for made in self.made
            if made.fact.date is not None and made.fact.date_is is None
        )
        return {means: found[means] for means in DATE_MEANINGS if means in found}

    # --- ids -----------------------------------------------------------------------------

    def _named(self, fact: Fact) -> Fact:
        """The fact with an id from its statement and year: the same for it every time."""
        statement, date = _statement_key(fact)
        words = [word for word in fold_words(statement) if word.isascii()]
        stem = ""
        for word in [word for word in words if word not in SMALL_WORDS]:
            longer = f"{stem}-{word}" if stem else word[:_MOST_OF_AN_ID]
            if len(longer) > _MOST_OF_AN_ID:
                break
            stem = longer
        if not stem:
            stem = f"fact-{hashlib.sha256(repr((statement, date)).encode()).hexdigest()[:8]}"
        year = date[:4]
        if year.isdigit() and year not in stem.split("-"):
            stem = f"{stem}-{year}"
        name, number = stem, 2
        while name in self.held.ids or name in self.ids:
            name, number = f"{stem}-{number}", number + 1
        return replace(fact, id=name)

    # --- across rows ---------------------------------------------------------------------

    def check(self) -> None:
        """Refuse the rows that do not fit the base, or that need one which does not.

        Raises `InputError` if the base as it is would lose facts by them.
        """
        while self.made:
            record = FileRecord("facts", tuple(made.definition for made in self.made))
            check = check_references([*self.held.records, (self.name, record)])
            bad: set[int] = set()
            for problem in check.problems:
                if problem.severity != "error":
                    continue
                if problem.origin.path == self.name:
                    row = problem.origin.line or 0
                    bad.add(row)
                    self.refuse(row, problem.origin.column or 0, problem.sentence)
                elif (str(problem.origin), problem.message) not in self.held.problems:
                    raise InputError(
                        f"the base would be at fault with these facts: {problem.message}",
                        hint=problem.hint,
                        origin=problem.origin,
                    )
            if not bad:
                return
            self.made = [made for made in self.made if made.row not in bad]


_MOST_OF_AN_ID = 48
_NO_ID = "an-id-that-is-made-later"
