"""One row of a table as the node that a facts file would hold, its places the row and column.

`FACT.read` reads it like any other fact, and its problems then say row and column. Sequences and
texts get the line of their row and the column of their cell, both from 1; the row as a whole has
column 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from briefgen.facts.model import Fact
from briefgen.facts.tables.cell_words import CellError, read_citations, read_figures
from briefgen.facts.tables.columns import ASSUMED, DERIVED, ColumnPlan
from briefgen.facts.tables.export import COLUMNS, FORMER_COLUMNS, text_of_csv_cell
from briefgen.facts.tables.json_table import Number
from briefgen.facts.tables.table import CUT_MARK, CellFault, Table, TableRow
from briefgen.patterns import LINE_BREAK, UNPRINTABLE, lazy_pattern
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

    def node(self, row: TableRow) -> tuple[MappingNode, list[CellFault]]:
        """The row as keys and values, without what cannot be read, and what that is."""
        faults = [fault for fault in row.faults if self._matters(fault)]
        cells = self._cells(row, faults)
        pairs: list[tuple[Scalar, Node]] = []
        for field, (column, value) in cells.items():
            if field in ("quote", "locator", ASSUMED):
                continue
            try:
                node = self._field(field, value, column, row.number, cells)
            except CellError as error:
                faults.append(CellFault(column, error.message, error.hint))
                continue
            if node is not None:
                pairs.append((Scalar(field, row.number, column + 1), node))
        if "cites" not in cells:
            for field in ("quote", "locator"):
                if field in cells:
                    faults.append(
                        CellFault(cells[field][0], f"a {field} without a source", "name the source")
                    )
        return MappingNode(pairs, row.number, 0), faults

    def assumed(self, row: TableRow) -> frozenset[str]:
        """The fields of a row that only say what holds where a fact does not say it."""
        column = self.plan.column(ASSUMED)
        value = row.cells[column] if column is not None and column < len(row.cells) else None
        names = value if isinstance(value, list) else _ID_ENDS(str(value or ""))
        return frozenset(str(name).strip() for name in names)

    def _matters(self, fault: CellFault) -> bool:
        fields = self.plan.fields
        return not 0 <= fault.column < len(fields) or fields[fault.column] is not None

    def _cells(self, row: TableRow, faults: list[CellFault]) -> dict[str, tuple[int, Any]]:
        """What each field of the row holds, empty cells left out."""
        cells: dict[str, tuple[int, Any]] = {}
        fields = self.plan.fields
        for column, value in enumerate(row.cells):
            if value is None or (isinstance(value, str) and not value.strip()):
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
                    faults.append(
                        CellFault(
                            column,
                            f"control character U+{ord(bad.group()):04X}",
                            "delete it: documents cannot hold it",
                        )
                    )
                    continue
                if value.endswith(CUT_MARK):
                    faults.append(
                        CellFault(
                            column, "the text was cut for Excel", "take it from CSV or JSON instead"
                        )
                    )
                    continue
                if self.table.from_csv:
                    value = text_of_csv_cell(value)
            cells[field] = (column, value)
        return cells

    def _field(
        self,
        field: str,
        value: Any,
        column: int,
        row: int,
        cells: Mapping[str, tuple[int, Any]],
    ) -> Node | None:
        place = (row, column + 1)
        if isinstance(value, (list, dict)):
            if field in ("topics", "actors") and isinstance(value, list):
                value = [self._id(field, item) if isinstance(item, str) else item for item in value]
            return _node(value or None, place)
        text = str(value) if isinstance(value, str) else _word(value)
        if field in ("topics", "actors", "supersedes", "disputes"):
            ids = [self._id(field, part) for part in _ID_ENDS(text) if part.strip()]
            return _node(ids or None, place)
        if field == "cites":
            quotes, locator = (
                str(cells[other][1]) if other in cells else "" for other in ("quote", "locator")
            )
            entries = read_citations(text, quotes if self.exact else _tidy_lines(quotes), locator)
            return _node(entries, place)
        if field == "figures":
            return _node(read_figures(text) or None, place)
        if field == "key":
            return _node(_truth(text), place)
        if field in ("kind", "status", "date_is"):
            return Scalar(text.strip().lower(), *place)
        if field in ("date", "said", "recorded", "checked"):
            self._refuse_day_number(text.strip())
        if field in ("id", "date", "said", "credibility", "recorded", "checked"):
            return Scalar(text.strip(), *place)
        return Scalar(text if self.exact else " ".join(text.split()), *place)

    def _refuse_day_number(self, text: str) -> None:
        """A cell of a spreadsheet that is not formatted as a date holds the number of its day."""
        if _DAY_NUMBER.fullmatch(text) is None:
            return
        start = date(1904, 1, 1) if self.table.days_from_1904 else date(1899, 12, 30)
        day = (start + timedelta(days=int(float(text)))).isoformat()
        raise CellError(
            f"{shown(text)} looks like Excel's number for the day {day}",
            f"format the column as a date, or write {day}; if a year is meant, write Y{text}",
        )

    def _id(self, field: str, text: str) -> str:
        """An id, or the id of what is called so."""
        return self.names.get(field, {}).get(text.strip().casefold(), text.strip())


def is_exact(table: Table) -> bool:
    """Whether a table is one that `briefgen facts` wrote."""
    return table.columns in (COLUMNS, FORMER_COLUMNS) or table.row_word != "row"


def _ID_ENDS(text: str) -> list[str]:
    return LINE_BREAK.sub(";", text.replace(",", ";")).split(";")


def _tidy_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _word(value: Any) -> str:
    return "true" if value is True else "false" if value is False else str(value)


_DAY_NUMBER = lazy_pattern(r"[1-9][0-9]{4}(?:\.[0-9]+)?")
"""Days from 1927 to 2173."""

_TRUE = frozenset(("true", "yes", "1", "x", "y", "✓", "✔"))
_FALSE = frozenset(("false", "no", "0", "n", "-", "–"))


def _truth(text: str) -> bool:
    word = text.strip().casefold()
    if word not in _TRUE and word not in _FALSE:
        raise CellError(f"{shown(text)} is neither yes nor no", "write yes or no")
    return word in _TRUE


_MOST_LEVELS = 20


def _node(value: Any, place: tuple[int, int], level: int = 0) -> Node | None:
    """A value as a node, every part of it at one place. None stands for nothing."""
    if level > _MOST_LEVELS:
        raise CellError("it is nested too deep", "write it as 'briefgen facts --json' does")
    if value is None:
        return None
    if isinstance(value, dict):
        pairs = []
        for key, inner in value.items():
            node = _node(inner, place, level + 1)
            if node is not None:
                pairs.append((Scalar(key, *place), node))
        return MappingNode(pairs, *place)
    if isinstance(value, list):
        items = [_node(item, place, level + 1) for item in value]
        return SequenceNode([Scalar("", *place) if i is None else i for i in items], *place)
    text = str(value) if isinstance(value, (str, Number)) else _word(value)
    bad = UNPRINTABLE.search(text)
    if bad:
        raise CellError(
            f"control character U+{ord(bad.group()):04X}", "delete it: documents cannot hold it"
        )
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
