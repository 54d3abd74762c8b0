"""Tables of texts and numbers as an Excel workbook (ECMA-376 SpreadsheetML), through openpyxl."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from briefgen.facts.tables.table import CUT_MARK
from briefgen.patterns import UNPRINTABLE, lazy_pattern
from briefgen.values import valueclass
from briefgen.zip_dates import with_dates

Cell = str | float | None

MOST_CHARACTERS = 32_767
"""What Excel holds in one cell."""

_WIDTHS = {"statement": 70, "detail": 50, "quotes": 50, "title": 50, "figures": 40, "cites": 30}
_NARROW = {"credibility", "key", "value", "value_to", "reliability"}
_LOOKS_ESCAPED = lazy_pattern("_(?=x[0-9A-Fa-f]{4}_)")
_FORMULA_START = tuple("=+-@")


@valueclass(frozen=True, slots=True)
class Sheet:
    """One sheet: a header row and rows of texts and numbers; None is an empty cell."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def workbook_bytes(sheets: Sequence[Sheet], *, title: str, moment: datetime) -> bytes:
    """The workbook as a file. Texts are strings, never formulas; bytes repeat for equal input."""
    book = Workbook(write_only=True)
    book.properties.creator = "briefgen"
    book.properties.title = title
    book.properties.created = moment.astimezone(UTC).replace(tzinfo=None)
    for sheet in sheets:
        _add_sheet(book, sheet)
    out = io.BytesIO()
    book.save(out)
    return _dated(out.getvalue(), moment.astimezone(UTC))


def _add_sheet(book: Workbook, sheet: Sheet) -> None:
    page = book.create_sheet(sheet.name)
    page.freeze_panes = "B2"
    page.print_title_rows = "1:1"
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    last = get_column_letter(len(sheet.columns))
    page.auto_filter.ref = f"A1:{last}{len(sheet.rows) + 1}"
    for number, column in enumerate(sheet.columns, 1):
        width = 10 if column in _NARROW else _WIDTHS.get(column, 18)
        page.column_dimensions[get_column_letter(number)].width = width
    bold, top = Font(bold=True), Alignment(vertical="top", wrap_text=True)
    page.append([_cell(page, column, bold, top) for column in sheet.columns])
    for row in sheet.rows:
        page.append([_cell(page, value, None, top) for value in row])


def _cell(page: Any, value: Cell, font: Font | None, alignment: Alignment) -> Any:
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        cell = WriteOnlyCell(page, value=value)
    else:
        cell = WriteOnlyCell(page)
        cell.value = _excel_text(value)
        cell.data_type = "s"  # openpyxl guesses formulas and errors (#N/A) from the text
        if value.startswith(_FORMULA_START):
            cell.quotePrefix = True  # so that it stays text when a person edits the cell
    cell.alignment = alignment
    if font is not None:
        cell.font = font
    return cell


def _excel_text(text: str) -> str:
    # In a shared string _x0041_ stands for the character A (ECMA-376 part 1, 22.9.2.19).
    text = _LOOKS_ESCAPED.sub("_x005F_", text)
    # XML has no control characters and no halves of characters: they are written so.
    text = UNPRINTABLE.sub(lambda found: f"_x{ord(found.group()):04X}_", text)
    if len(text) > MOST_CHARACTERS:
        text = text[: MOST_CHARACTERS - len(CUT_MARK)] + CUT_MARK
    return text


def _dated(workbook: bytes, moment: datetime) -> bytes:
    """The same workbook with `moment` for every date in it, the zip entries' own included."""
    stamp = moment.strftime("%Y-%m-%dT%H:%M:%SZ").encode()

    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, data)
            if name == "xl/styles.xml":
                data = re.sub(rb"(?<=<font>).*?(?=</font>)", _ordered_font, data)
            new.writestr(name, data)
    return with_dates(out.getvalue(), moment)


_FONT_ORDER = (
    "b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz", "color",
    "name", "family", "charset", "scheme",
)  # fmt: skip


def _ordered_font(match: re.Match[bytes]) -> bytes:
    """A font's properties in the order that Excel's schema asks for; openpyxl writes its own."""
    parts = re.findall(rb"<(\w+)[^>]*/>", match.group())
    whole = re.findall(rb"<\w+[^>]*/>", match.group())
    ordered = sorted(
        zip(parts, whole, strict=True), key=lambda pair: _FONT_ORDER.index(pair[0].decode())
    )
    return b"".join(element for _, element in ordered)
