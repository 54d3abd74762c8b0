"""Rows that were refused, as a table of their own: to be mended there and imported again."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from math import isfinite
from typing import Any, Literal

from briefgen.facts.csl import CSL_DATES
from briefgen.facts.tables.cell_dates import date_in_cell, is_day_number
from briefgen.facts.tables.columns import WHY, ColumnPlan
from briefgen.facts.tables.export import csv_cell, text_of_csv_cell
from briefgen.facts.tables.fields import DATE_FIELDS, SOURCE_PREFIX, TEXT_FIELDS, folded
from briefgen.facts.tables.filled_cells import cell_word
from briefgen.facts.tables.json_table import Number
from briefgen.facts.tables.table import Table
from briefgen.patterns import lazy_pattern

RejectsFormat = Literal["csv", "xlsx", "json"]
FORMATS: tuple[RejectsFormat, ...] = ("csv", "xlsx", "json")
_HALF_CHARACTER = lazy_pattern("[\ud800-\udfff]")
_DATES = (*DATE_FIELDS, *(f"{SOURCE_PREFIX}{key}" for key in CSL_DATES))


def rejected_rows(
    table: Table,
    plan: ColumnPlan,
    why: Mapping[int, Sequence[str]],
    format_: RejectsFormat,
    moment: datetime,
) -> bytes:
    """The rows that `why` has reasons for, with the table's columns and a last one for the reasons.

    The column `why` of such a table is not imported, and not written twice. As CSV it has a byte
    order mark, which spreadsheets want, and no cell that they would take for a formula; the reader
    of tables takes both off. A number of a day that counts from 1904 becomes the day.
    """
    width = max((len(row.cells) for row in table.rows if row.number in why), default=0)
    columns = [*table.columns, *[""] * (width - len(table.columns))]
    kept = [
        place for place, column in enumerate(columns) if folded(column) != WHY or plan.uses(place)
    ]
    own = f"{WHY} not" if any(folded(columns[place]) == WHY for place in kept) else WHY
    names = [*(columns[place] for place in kept), own]
    rows = []
    for row in table.rows:
        if row.number in why:
            cells = [row.cells[place] if place < len(row.cells) else "" for place in kept]
            said = [
                _cell(value, place, table, plan) for value, place in zip(cells, kept, strict=True)
            ]
            rows.append([*said, " | ".join(why[row.number])])
    if format_ == "json":
        return _json(names, rows)
    fields = [*(plan.field_at(place) for place in kept), None]
    texts = [
        [
            "" if cell is None else _text(cell, field)
            for cell, field in zip(row, fields, strict=True)
        ]
        for row in rows
    ]
    return _csv(names, texts) if format_ == "csv" else _xlsx(names, texts, moment)


def _cell(value: Any, place: int, table: Table, plan: ColumnPlan) -> Any:
    if table.from_csv and isinstance(value, str):
        value = text_of_csv_cell(value)
    if table.days_from_1904 and plan.field_at(place) in _DATES and is_day_number(str(value)):
        return date_in_cell(str(value), from_1904=True)
    return value


def _text(value: Any, field: str | None) -> str:
    # A list where one value belongs stays a list, as JSON writes it: it is refused again.
    one = field in TEXT_FIELDS
    if isinstance(value, list) and not one and all(isinstance(one, str) for one in value):
        return "; ".join(value)
    if isinstance(value, (list, dict)):
        return json.dumps(_plain(value), ensure_ascii=False)
    return cell_word(value)


def _csv(names: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerows([csv_cell(cell) for cell in row] for row in (names, *rows))
    # JSON and workbooks may name half a character, which no other text can hold. The reader of
    # tables refuses what stands in its place.
    return _HALF_CHARACTER.sub("\ufffd", out.getvalue()).encode("utf-8-sig")


def _xlsx(names: Sequence[str], rows: Sequence[Sequence[str]], moment: datetime) -> bytes:
    from briefgen.facts.tables.workbook import Sheet, workbook_bytes

    sheet = Sheet("Rejected rows", names, rows)
    return workbook_bytes([sheet], title="Rejected rows", moment=moment)


def _json(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    entries = [
        {
            name: _plain(cell)
            for name, cell in zip(names, row, strict=True)
            if cell not in (None, "")
        }
        for row in rows
    ]
    # Half a character goes back as it came, written out: `\\ud800`.
    text = json.dumps(entries, ensure_ascii=False, indent=2) + "\n"
    return text.encode("utf-8", "backslashreplace")


def _plain(value: Any) -> Any:
    """A value as JSON has it: numbers as they were written, as far as they are numbers to it."""
    if isinstance(value, Number):
        try:
            number = json.loads(value)
        except ValueError:  # more digits than a number may have
            return str(value)
        return number if isinstance(number, int) or isfinite(number) else str(value)
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    return value
