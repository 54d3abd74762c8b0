"""A table as rows of cells below a header, wherever it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from briefgen.errors import InputError, Origin
from briefgen.values import valueclass

MOST_ROWS = 200_000
MOST_COLUMNS = 1_000
CUT_MARK = " … [cut here: Excel holds 32,767 characters in a cell]"
"""How our own workbooks end a text that no cell can hold."""


@valueclass(frozen=True, slots=True)
class CellFault:
    """A cell that holds nothing that could be read."""

    column: int
    """Counted from 0; -1 is the row as a whole."""
    message: str
    hint: str


@valueclass(frozen=True, slots=True)
class TableRow:
    """One row. Trailing empty cells may be missing."""

    number: int
    """As the person sees it in the sheet: the first row is 1."""
    cells: tuple[Any, ...]
    """Texts; from JSON also numbers (as `json_table.Number`), lists, dicts, True, False, None."""
    faults: tuple[CellFault, ...] = ()


@valueclass(frozen=True, slots=True)
class Table:
    """A header and the rows below it. Rows without any text are left out."""

    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    row_word: str = "row"
    """What a row is called in messages: `entry` where there is no sheet to look at."""
    column_word: str = "column"
    from_csv: bool = False
    """Cells may carry the apostrophe that keeps spreadsheets from seeing formulas."""
    notes: tuple[str, ...] = ()
    """What is to be told about the table as a whole, each in one line."""
    days_from_1904: bool = False
    """Numbers of days count from 1904, as in workbooks of old Macs."""
    shared_header: int | None = None
    """The row of a header whose merged cells stand for columns that have no names of their own."""


def table_of(
    records: Sequence[tuple[int, Sequence[Any], Sequence[CellFault]]], name: str
) -> tuple[tuple[str, ...], tuple[TableRow, ...]]:
    """The header, which is the first row with text in it, and the rows below that have any.

    Raises `InputError` when there is no header or too much of anything.
    """
    header: tuple[str, ...] | None = None
    rows: list[TableRow] = []
    for number, cells, faults in records:
        if not faults and not any(str(cell).strip() for cell in cells):
            continue
        if header is None:
            if faults:
                raise InputError(
                    f"the header cannot be read: {faults[0].message}",
                    hint=faults[0].hint,
                    origin=Origin(name),
                )
            header = tuple(str(cell).strip() for cell in cells)
            while header and not header[-1]:
                header = header[:-1]
        else:
            rows.append(TableRow(number, tuple(cells), tuple(faults)))
            if len(rows) > MOST_ROWS:
                raise InputError(
                    f"more than {MOST_ROWS:,} rows", hint="split the table", origin=Origin(name)
                )
    if header is None:
        raise InputError(
            "the table is empty",
            hint="its first row names the columns: id, date, topics…",
            origin=Origin(name),
        )
    if len(header) > MOST_COLUMNS:
        raise InputError(
            f"more than {MOST_COLUMNS:,} columns", hint="keep those of facts", origin=Origin(name)
        )
    return header, tuple(rows)
