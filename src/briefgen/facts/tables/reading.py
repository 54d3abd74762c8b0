"""Tables that people hand in, as rows of texts: CSV, Excel workbooks; JSON as rows of values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from briefgen.errors import InputError, Origin
from briefgen.suggestions import shown

MOST_ROWS = 200_000
MOST_COLUMNS = 1_000
CUT_MARK = " … [cut here: Excel holds 32,767 characters in a cell]"
"""How our own workbooks end a text that no cell can hold."""


@dataclass(frozen=True, slots=True)
class CellFault:
    """A cell that holds nothing that could be read."""

    column: int
    """Counted from 0; -1 is the row as a whole."""
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row. Trailing empty cells may be missing."""

    number: int
    """As the person sees it in the sheet: the first row is 1."""
    cells: tuple[Any, ...]
    """Texts; from JSON also numbers (as `rows_json.Number`), lists, dicts, True, False, None."""
    faults: tuple[CellFault, ...] = ()


@dataclass(frozen=True, slots=True)
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


def read_table(data: bytes, name: str, *, sheet: str | None = None) -> Table:
    """The table in a file, told by its contents: a workbook, JSON, else CSV.

    `sheet` names the sheet of a workbook (else `Facts`, else the first). Raises `InputError`, one
    line, for what cannot be read as a table.
    """
    if data[:4] == b"PK\x03\x04":
        from briefgen.facts.tables.xlsx_rows import read_workbook

        return read_workbook(data, name, sheet)
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise InputError(
            "this is an old Excel file, or one with a password",
            hint="save it as an Excel workbook (.xlsx) without a password",
            origin=Origin(name),
        )
    if sheet is not None:
        raise InputError(
            "only Excel workbooks have sheets", hint="leave --sheet out", origin=Origin(name)
        )
    from briefgen.facts.tables.csv_rows import decode_text, read_csv

    suffix = name.lower().rpartition(".")[2]
    if suffix in _WORKBOOKS or (suffix == "xls" and not _is_text(data)):
        raise InputError(
            f"this is no workbook, though it is called .{suffix}; it may be damaged",
            hint="save it again as an Excel workbook (.xlsx), or name it .csv if it is CSV",
            origin=Origin(name),
        )
    text = decode_text(data, name)
    if name.lower().endswith(".json") or text.lstrip()[:2].rstrip() in ("[", "[{", "[]", "{"):
        return _json_table(text, name)
    return read_csv(text, name)


_WORKBOOKS = frozenset(("xlsx", "xlsm", "xltx", "xltm", "xlsb", "ods"))


def _is_text(data: bytes) -> bool:
    """Whether this may be a table that some program calls .xls to have Excel open it."""
    return b"\0" not in data or data.startswith((b"\xff\xfe", b"\xfe\xff"))


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


def _json_table(text: str, name: str) -> Table:
    from briefgen.facts.tables.json_rows import JsonError, read_json

    try:
        found = read_json(text)
    except JsonError as error:
        raise InputError(
            f"not valid JSON: {error}", hint="correct it there", origin=Origin(name)
        ) from None
    if not isinstance(found, list):
        raise InputError(
            "expected a JSON array of facts",
            hint="write [{…}, {…}], as 'briefgen facts --json' does",
            origin=Origin(name),
        )
    columns: dict[str, int] = {}
    rows = []
    for number, entry in enumerate(found, 1):
        if not isinstance(entry, dict):
            fault = CellFault(-1, f"expected a JSON object, found {_kind(entry)}", _AN_OBJECT)
            rows.append(TableRow(number, (), (fault,)))
            continue
        for key in entry:
            columns.setdefault(key, len(columns))
        cells: list[Any] = [None] * len(columns)
        for key, value in entry.items():
            cells[columns[key]] = value
        rows.append(TableRow(number, tuple(cells)))
    if rows and not columns:
        faults = rows[0].faults
        raise InputError(
            f"entry 1: {faults[0].message if faults else 'the object is empty'}",
            hint=_AN_OBJECT,
            origin=Origin(name),
        )
    if len(rows) > MOST_ROWS or len(columns) > MOST_COLUMNS:
        raise InputError("too many facts or keys", hint="split the file", origin=Origin(name))
    return Table(tuple(columns), tuple(rows), "entry", "key")


_AN_OBJECT = 'write each fact as {"id": …, "date": …}'


def _kind(value: Any) -> str:
    if isinstance(value, list):
        return "a list"
    if value is None or isinstance(value, bool):
        return "nothing" if value is None else "true or false"
    return shown(value)
