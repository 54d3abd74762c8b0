"""Rows of a table on their way to facts of a base: read, known again, named, checked."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace

from briefgen.bibliography.identity import free_id, id_of_key
from briefgen.editing.held_base import HeldBase, Statements, statement_key
from briefgen.editing.readable_ids import id_of_words
from briefgen.editing.table_sources import TableSources
from briefgen.errors import InputError, UsageError, one_line
from briefgen.facts.check import check_references
from briefgen.facts.definitions import Definition, FileRecord
from briefgen.facts.formats import FACT
from briefgen.facts.model import DATE_MEANINGS, DateIs, Fact
from briefgen.facts.tables.columns import REQUIRED
from briefgen.facts.tables.fields import SOURCE_PREFIX, TELLING, is_of_source
from briefgen.facts.tables.filled_cells import Cells, is_empty
from briefgen.facts.tables.merged_cells import column_letter
from briefgen.facts.tables.row_as_fact import CellsError, RowMaker
from briefgen.facts.tables.table import CellFault, Table, TableRow
from briefgen.facts.timing import effective_date_is, without_assumed
from briefgen.patterns import ID
from briefgen.reading.shapes import FAULT, Report
from briefgen.reading.yaml_tree import Mapping as MappingNode
from briefgen.reading.yaml_tree import Scalar
from briefgen.suggestions import shown
from briefgen.values import valueclass


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
class MadeFact:
    """A row that was read as a fact."""

    row: int
    fact: Fact
    definition: Definition


@dataclass(slots=True)
class FactRows:
    """Rows on their way to facts."""

    name: str
    table: Table
    held: HeldBase
    maker: RowMaker
    sources: TableSources
    made: list[MadeFact] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    ids: dict[str, int] = field(default_factory=dict)
    """Ids that the table's rows have taken, and the rows."""
    statements: Statements = field(default_factory=Statements)
    respelt: list[tuple[str, str]] = field(default_factory=list)
    """Ids of the table that no fact can have, and what is made of them."""
    _taken: set[str] = field(default_factory=set)
    _tried: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._taken = set(self.held.ids)

    def read(self, row: TableRow) -> None:
        """Read one row: it becomes a fact, a duplicate or a refusal."""
        whole = [fault for fault in row.faults if fault.column < 0]
        if whole:
            self.refuse(row.number, 0, f"{whole[0].message}; {whole[0].hint}")
            return
        plan = self.maker.plan
        node, faults = self.maker.node(row)
        self._respell_id(node)
        there = {key.text for key, _ in node.pairs}
        spoilt = {plan.field_at(fault.column) for fault in faults}
        if any(map(is_of_source, spoilt)):
            spoilt.add("cites")
        missing = [key for key in REQUIRED if key not in there]
        faults += [self._nothing(key, row) for key in missing if key not in spoilt]
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
        fact: Fact = without_assumed(value, self.maker.assumed(row), self.sources.all)
        self._take(row.number, self._named(fact) if made_id else fact, made_id, report)

    def _nothing(self, key: str, row: TableRow) -> CellFault:
        """That a row says nothing of what every fact needs."""
        plan = self.maker.plan
        column = plan.column(key)
        if column is None or plan.sources_vary:
            telling = (plan.column(f"{SOURCE_PREFIX}{name}") for name in TELLING)
            column = next((each for each in (column, *telling) if each is not None), -1)
        filling = plan.filling_at(column)
        if filling is not None and filling.columns and not filling.is_a_column:
            empty = [
                shown(self.table.columns[each])
                for each in filling.columns
                if each >= len(row.cells) or is_empty(row.cells[each], plan)
            ]
            where = " and ".join(dict.fromkeys(empty)) or "what it is made of"
            return CellFault(column, f"nothing stands in {where}", f"every fact needs {key}")
        return CellFault(column, "nothing stands here", f"every fact needs {key}")

    def _respell_id(self, node: MappingNode) -> None:
        """Make an id of what a table has for one; without letters to make it of there is none."""
        given = node.get("id")
        if self.maker.exact or not isinstance(given, Scalar) or ID.fullmatch(given.text):
            return
        made = id_of_key(given.text)
        node.pairs = [pair for pair in node.pairs if pair[0].text != "id"]
        if made:
            self.respelt.append((given.text, made))
            scalar = Scalar(made, given.line, given.column)
            node.pairs.insert(0, (Scalar("id", given.line, given.column), scalar))

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
            self._taken.add(fact.id)
            self.statements.add(fact)
            definition = Definition("fact", fact.id, row, 0, fact.status, False, tuple(report.uses))
            self.made.append(MadeFact(row, fact, definition))

    def _duplicate(self, row: int, id_: str, existing: str, why: str) -> None:
        place = f"{self.name}: {self.table.row_word} {row}"
        self.duplicates.append(
            Duplicate(row, id_, existing, why, one_line(f"{place}: not added: {why}"))
        )

    def refuse(self, row: int, column: int, sentence: str) -> None:
        """Note what is wrong with a row; `column` counts from 1, 0 is the row as a whole.

        One cell that is two fields is at fault once.
        """
        last = self.refused[-1] if self.refused else None
        if last is not None and (last.row, last.message) == (row, one_line(sentence)):
            return
        names = self.table.columns
        name = ""
        place = f"{self.name}: {self.table.row_word} {row}"
        filling = self.maker.plan.filling_at(column - 1)
        if filling is not None and filling.is_a_column:
            column = filling.columns[0] + 1
            filling = None
        if filling is not None:
            name = filling.field
            place += f", the {name} that is set"
        elif column:
            name = names[column - 1] if column <= len(names) else column_letter(column)
            place += f", {self.table.column_word} {shown(name)}"
        self.refused.append(
            RefusedRow(row, name, one_line(sentence), one_line(f"{place}: {sentence}"))
        )

    def date_is_assumed(self) -> dict[DateIs, int]:
        """How many dated facts are without `date_is`, by what holds then."""
        sources = self.sources.all
        found = Counter(
            effective_date_is(made.fact, sources)
            for made in self.made
            if made.fact.date is not None and made.fact.date_is is None
        )
        return {means: found[means] for means in DATE_MEANINGS if means in found}

    # --- ids -----------------------------------------------------------------------------

    def _named(self, fact: Fact) -> Fact:
        """The fact with an id from its statement and year: the same for it every time."""
        statement, date = statement_key(fact)
        year = date[:4] if date[:4].isdigit() else ""
        stem = id_of_words(statement, year, "fact")
        return replace(fact, id=free_id(stem, self._taken, self._tried))

    # --- across rows ---------------------------------------------------------------------

    def check(self) -> None:
        """Refuse the rows that do not fit the base, or that need one which does not.

        Raises `InputError` if the base as it is would lose facts by them.
        """
        while self.made:
            record = FileRecord("facts", tuple(made.definition for made in self.made))
            new = (f"{self.name}: sources", self.sources.record())
            check = check_references([*self.held.records, new, (self.name, record)])
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

    def refuse_faulty_constants(self) -> None:
        """Refuse what is set for all rows where no fact could have it: once, not for each row.

        Raises `UsageError`.
        """
        constant = [each for each in self.maker.plan.fillings if not each.columns]
        if not constant:
            return
        cells: Cells = {
            each.field: (self.maker.plan.place_of(each), each.text_alone) for each in constant
        }
        try:
            self.sources.check_constants(cells)
        except CellsError as error:
            fault = error.faults[0]
            self._refuse_constant(fault.column, f"{fault.message}; {fault.hint}")
        node, faults = self.maker.node_of(cells, 0)
        if faults:
            self._refuse_constant(faults[0].column, f"{faults[0].message}; {faults[0].hint}")
        report = Report(self.name)
        FACT.read(node, report)
        uses = tuple(report.uses)
        record = FileRecord("facts", (Definition("fact", "x", 0, 0, "current", False, uses),))
        check = check_references([*self.held.records, (self.name, record)])
        for problem in (*report.problems, *check.problems):
            column = problem.origin.column
            if problem.severity == "error" and problem.origin.path == self.name and column:
                self._refuse_constant(column - 1, problem.sentence)

    def _refuse_constant(self, place: int, sentence: str) -> None:
        filling = self.maker.plan.filling_at(place)
        assert filling is not None  # nothing else was read
        message, _, hint = sentence.partition("; ")
        raise UsageError(f"--set {filling.field}={filling.text}: {message}", hint=hint)


_NO_ID = "an-id-that-is-made-later"
