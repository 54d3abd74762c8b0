"""One row of a table as the node that a facts file would hold, its places the row and column.

`FACT.read` reads it like any other fact, and its problems then say row and column. Sequences and
texts get the line of their row and the column of their cell, both from 1; the row as a whole has
column 0.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from briefgen.facts.formats import FACT
from briefgen.facts.model import Fact
from briefgen.facts.tables.cell_dates import date_in_cell, is_day_number
from briefgen.facts.tables.cell_words import (
    CellError,
    parts_of_cell,
    read_citations,
    read_figures,
    refuse_many,
)
from briefgen.facts.tables.columns import ASSUMED, DERIVED, REQUIRED, ColumnPlan
from briefgen.facts.tables.export import COLUMNS, FORMER_COLUMNS, text_of_csv_cell
from briefgen.facts.tables.fields import DATE_FIELDS, LISTED_FIELDS, TEXT_FIELDS, is_of_source
from briefgen.facts.tables.filled_cells import (
    Cells,
    brings_source,
    cell_word,
    control_fault,
    fill,
    is_empty,
)
from briefgen.facts.tables.table import CUT_MARK, CellFault, Table, TableRow
from briefgen.patterns import LINE_BREAK, UNPRINTABLE
from briefgen.reading.yaml_tree import Mapping as MappingNode
from briefgen.reading.yaml_tree import Node, Scalar
from briefgen.reading.yaml_tree import Sequence as SequenceNode
from briefgen.suggestions import shown

Names = Mapping[str, Mapping[str, str]]
"""For `topics` and `actors`: from what they are called, in small letters, to their ids."""


@dataclass(slots=True)
class RowMaker:
    """Makes nodes of a table's rows."""

    table: Table
    plan: ColumnPlan
    names: Names
    exact: bool = False
    """The table is as `briefgen facts` writes it: no space in it is a slip of the hand."""
    source_of: Callable[[Cells], tuple[int, str]] = lambda cells: (-1, "")
    """The source that a row's cells describe: the place that it is told by, and its id.

    Raises `CellsError`.
    """
    day_numbers: list[tuple[int, str, str]] = dataclasses.field(default_factory=list)
    """Dates that were numbers of days: the row, the number, the day."""

    def node(self, row: TableRow) -> tuple[MappingNode, list[CellFault]]:
        """The row as keys and values, without what cannot be read, and what that is."""
        faults = [fault for fault in row.faults if self._matters(fault)]
        cells = self._cells(row, faults)
        faults += fill(cells, row, self.table, self.plan)
        if brings_source(cells, self.plan):
            try:
                cells["cites"] = self.source_of(cells)
            except CellsError as error:
                faults += error.faults
                cells.pop("cites", None)
        node, more = self.node_of(cells, row.number)
        return node, [*faults, *more]

    def node_of(self, cells: Cells, row: int) -> tuple[MappingNode, list[CellFault]]:
        """What these cells say, as keys and values, and what cannot be read of it."""
        faults: list[CellFault] = []
        pairs: list[tuple[Scalar, Node]] = []
        for field, (column, value) in cells.items():
            if field in ("quote", "locator", ASSUMED) or is_of_source(field):
                continue
            try:
                node = self._field(field, value, column, row, cells)
            except CellError as error:
                faults.append(CellFault(column, error.message, error.hint))
                continue
            if node is not None:
                pairs.append((Scalar(field, row, column + 1), node))
        if "cites" not in cells:
            for field in ("quote", "locator"):
                if field in cells:
                    faults.append(
                        CellFault(cells[field][0], f"a {field} without a source", "name the source")
                    )
        return MappingNode(pairs, row, 0), faults

    def statement(self, row: TableRow) -> str:
        """What a row says, whatever is wrong with it; else the first text that it has."""
        cells = self._cells(row, [])
        fill(cells, row, self.table, self.plan)
        texts = (cell_word(cell) for cell in row.cells if not is_empty(cell, self.plan))
        return cell_word(cells["statement"][1]) if "statement" in cells else next(texts, "")

    def assumed(self, row: TableRow) -> frozenset[str]:
        """The fields of a row that only say what holds where a fact does not say it."""
        column = self.plan.column(ASSUMED)
        value = row.cells[column] if column is not None and column < len(row.cells) else None
        if not isinstance(value, list):
            value = _separated(str(value or "")).split(";", _MOST_ASSUMED)
        return frozenset(str(name).strip() for name in value)

    def _matters(self, fault: CellFault) -> bool:
        return not 0 <= fault.column < len(self.plan.fields) or self.plan.uses(fault.column)

    def _cells(self, row: TableRow, faults: list[CellFault]) -> Cells:
        """What each field of the row holds, empty cells left out."""
        cells: Cells = {}
        fields = self.plan.fields
        for column, value in enumerate(row.cells):
            if is_empty(value, self.plan):
                continue
            if column >= len(fields):
                faults.append(
                    CellFault(
                        column,
                        f"{shown(str(value))} stands beyond the last column",
                        'put texts that hold the separator in "quotes"',
                    )
                )
                break
            field = fields[column]
            if field is None:
                continue
            if isinstance(value, str):
                bad = UNPRINTABLE.search(value)
                if bad:
                    faults.append(CellFault(column, *control_fault(bad.group())))
                    continue
                if value.endswith(CUT_MARK):
                    faults.append(
                        CellFault(
                            column, "the text was cut for Excel", "take it from CSV or JSON instead"
                        )
                    )
                    continue
                if _LOST in value and self.table.from_csv:
                    faults.append(
                        CellFault(column, "a character was lost here (U+FFFD)", "write it again")
                    )
                    continue
                if self.table.from_csv:
                    value = text_of_csv_cell(value)
                if field in TEXT_FIELDS and not self.exact and is_json_list(value):
                    faults.append(
                        CellFault(column, "expected text, found a list", "write it as one value")
                    )
                    continue
            cells[field] = (column, value)
        return cells

    def _field(
        self,
        field: str,
        value: Any,
        column: int,
        row: int,
        cells: Cells,
    ) -> Node | None:
        place = (row, column + 1)
        if isinstance(value, (list, dict)):
            refuse_many(len(value))
            if field in ("topics", "actors") and isinstance(value, list):
                value = [self._id(field, item) if isinstance(item, str) else item for item in value]
            return node_at(value or None, place)
        text = cell_word(value)
        if field in LISTED_FIELDS:
            ids = [self._id(field, part) for part in _parts(text) if part.strip()]
            return node_at(ids or None, place)
        if field == "cites":
            quotes, locator = (
                str(cells[other][1]) if other in cells else "" for other in ("quote", "locator")
            )
            entries = read_citations(text, quotes if self.exact else _tidy_lines(quotes), locator)
            return node_at(entries, place)
        if field == "figures":
            return node_at(read_figures(text) or None, place)
        if field == "key":
            return node_at(_truth(text), place)
        if field in ("kind", "status", "date_is"):
            return Scalar(text.strip().lower(), *place)
        if field in DATE_FIELDS and not self.exact:
            return Scalar(self.date(text, row), *place)
        if field in ("id", "date", "said", "credibility", "recorded", "checked"):
            return Scalar(text.strip(), *place)
        return Scalar(text if self.exact else " ".join(text.split()), *place)

    def date(self, text: str, row: int) -> str:
        """A date as EDTF. Raises `CellError`."""
        found = date_in_cell(text, self.plan.dates, from_1904=self.table.days_from_1904)
        if is_day_number(text):
            self.day_numbers.append((row, text.strip(), found))
        return found

    def _id(self, field: str, text: str) -> str:
        """An id, or the id of what is called so."""
        return self.names.get(field, {}).get(text.strip().casefold(), text.strip())


def is_exact(table: Table) -> bool:
    """Whether a table is one that `briefgen facts` wrote, or objects with the keys of facts."""
    if table.row_word == "row":
        return table.columns in (COLUMNS, FORMER_COLUMNS)
    return {"id", *REQUIRED} <= set(table.columns) <= {*FACT.keys, *DERIVED}


_LOST = "\ufffd"
"""What programs write in the place of a character that they cannot."""


def is_json_list(text: str) -> bool:
    """Whether a text is a list or an object as JSON writes it, and nothing that people write."""
    if not text.startswith(('["', "[[", "[{", '{"')):
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


_MOST_ASSUMED = 20
"""Fields that a row may leave to be assumed, and more."""


def _separated(text: str) -> str:
    return LINE_BREAK.sub(";", text.replace(",", ";"))


def _parts(text: str) -> list[str]:
    return parts_of_cell(_separated(text), ";")


def _tidy_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


class CellsError(ValueError):
    """Cells that together say something faulty."""

    def __init__(self, faults: Sequence[CellFault]) -> None:
        super().__init__(faults[0].message)
        self.faults = faults


_TRUE = frozenset(("true", "yes", "1", "x", "y", "✓", "✔"))
_FALSE = frozenset(("false", "no", "0", "n", "-", "–"))


def _truth(text: str) -> bool:
    word = text.strip().casefold()
    if word not in _TRUE and word not in _FALSE:
        raise CellError(f"{shown(text)} is neither yes nor no", "write yes or no")
    return word in _TRUE


_MOST_LEVELS = 20


def node_at(value: Any, place: tuple[int, int], level: int = 0) -> Node | None:
    """A value as a node, every part of it at one place. None stands for nothing."""
    if level > _MOST_LEVELS:
        raise CellError("it is nested too deep", "write it as 'briefgen facts --json' does")
    if value is None:
        return None
    if isinstance(value, (dict, list)):
        refuse_many(len(value))
    if isinstance(value, dict):
        pairs = []
        for key, inner in value.items():
            node = node_at(inner, place, level + 1)
            if node is not None:
                pairs.append((Scalar(key, *place), node))
        return MappingNode(pairs, *place)
    if isinstance(value, list):
        items = [node_at(item, place, level + 1) for item in value]
        return SequenceNode([Scalar("", *place) if i is None else i for i in items], *place)
    text = cell_word(value)
    bad = UNPRINTABLE.search(text)
    if bad:
        raise CellError(*control_fault(bad.group()))
    return Scalar(text, *place)


def fact_entry(fact: Fact) -> dict[str, Any]:
    """A fact with the keys of a facts file, without what it need not say."""
    from briefgen.facts.tables.export import fact_record

    record = fact_record(fact, {})
    for derived in DERIVED:
        record.pop(derived, None)
    record |= {"date_is": fact.date_is, "said": fact.said.text if fact.said else None}
    if not record["key"]:
        del record["key"]
    if record["status"] == "current":
        del record["status"]
    return {key: value for key, value in record.items() if value is not None and value != []}
