"""A sheet of an Excel workbook (ECMA-376 SpreadsheetML) as rows of texts, as a person sees them.

Read here and not by openpyxl; ARCHITECTURE.md says why. Files are trusted with nothing: see
`briefgen.safe_zip`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from posixpath import dirname, join, normpath
from typing import Any, NoReturn

from lxml import etree

from briefgen.errors import InputError, Origin
from briefgen.facts.tables.merged_cells import Merged, shares_a_name, unmerged
from briefgen.facts.tables.table import MOST_COLUMNS, MOST_ROWS, CellFault, Table, table_of
from briefgen.facts.tables.xlsx_numbers import (
    GENERAL,
    NumberFormat,
    number_as_shown,
    number_format,
)
from briefgen.patterns import lazy_pattern
from briefgen.safe_zip import Expected, SafeZip
from briefgen.suggestions import did_you_mean, few_of, shown
from briefgen.whole_numbers import whole_number

_MOST_UNPACKED = 256 * 2**20
_MOST_PARTS = 10_000
_MOST_CELLS = 4_000_000
_LONGEST_ROW = 8 * 2**20
"""Bytes from where a row begins, or a shared text, to the next: Excel has 16,384 columns."""
_ROW = lazy_pattern(rb"<(?:\w+:)?(?:row|si|sheetData)\b")
_EMPTY_ROW = lazy_pattern(rb"<(?:\w+:)?row\b[^<>]*/>|<row\b[^<>]*></row>")
_SAVE_AGAIN = "open it in Excel or LibreOffice and save it as an Excel workbook (.xlsx)"
OUR_SHEET = "Facts"
"""The sheet of facts in the workbooks that we write."""
_OUR_SHEETS = ("Figures", "Sources")
"""The others in them, which say again what it says."""
_VALUE = lazy_pattern(rb"<(?:\w+:)?(?:v|is)[ >/]")


def read_workbook(data: bytes, name: str, sheet: str | None = None) -> Table:
    """The table on the sheet called `sheet`; if None, on `Facts`, else on the first sheet.

    Dates are ISO days, numbers as short as they are shown, formulas their stored values; merged
    cells say what they say in every row that they span. Raises `InputError` for what is no sound
    workbook or grows beyond all reason.
    """
    book = _Book(data, name)
    title, part = book.sheet(sheet)
    records = list(book.rows(part))
    found = unmerged(records, book.merged)
    columns, rows = table_of(found, name)
    top = next((number for number, texts, _ in found if any(map(str.strip, texts))), 0)
    shared = top if shares_a_name(columns, top, book.merged) else None
    notes = [] if sheet is not None else book.unread_sheets(title)
    hidden = [row.number for row in rows if row.number in book.hidden]
    if hidden:
        one = len(hidden) == 1
        notes.append(
            f"{len(hidden)} row{'' if one else 's'} that the sheet hides "
            f"{'was' if one else 'were'} read like the others ({_listed(hidden)}); "
            "delete them there if they are not meant"
        )
    return Table(
        columns,
        rows,
        notes=tuple(notes),
        days_from_1904=book.date_1904,
        shared_header=shared,
    )


def _listed(numbers: Sequence[int]) -> str:
    return few_of([str(number) for number in numbers], 10)


def _expected() -> Expected:
    return Expected(
        called="the workbook",
        program="Excel",
        no_package="is damaged",
        save_again=_SAVE_AGAIN,
        too_large="unpacks to a size that no table has",
        make_smaller="save the one sheet as CSV",
        most_unpacked=_MOST_UNPACKED,
        most_in_a_part=_MOST_UNPACKED,
        most_parts=_MOST_PARTS,
        most_elements=1_000_000,
    )


class _Book:
    def __init__(self, data: bytes, name: str) -> None:
        self.origin = Origin(name)
        self.package = SafeZip(data, _expected(), self.origin)
        self._targets: dict[str, dict[tuple[str, str | None], str]] = {}
        self._with_cells: dict[str, bool] = {}
        main = self.target("", "officeDocument")
        if main is None or not main.lower().startswith("xl/"):
            self.refuse("this is no Excel workbook", _SAVE_AGAIN)
        self.main = main
        root = self.package.root(main)
        self.date_1904 = any(
            found.get("date1904") in ("1", "true") for found in _named(root, "workbookPr")
        )
        self.sheets = [
            (found.get("name", ""), _relation(found), found.get("state", "visible"))
            for found in _named(root, "sheet")
        ]
        self.merged: list[Merged] = []
        self.hidden: set[int] = set()
        """Numbers of rows of the sheet that was read."""
        self.cells = 0
        """So many of that sheet were read."""
        self.texts = self.shared_texts()
        self.formats = self.number_formats()

    def refuse(self, what: str, hint: str) -> NoReturn:
        raise InputError(what, hint=hint, origin=self.origin)

    # --- parts -------------------------------------------------------------------------------

    def target(self, source: str, kind: str, id_: str | None = None) -> str | None:
        """The part that `source` is related to, by the last word of the relation's type."""
        if source not in self._targets:
            self._targets[source] = self._targets_of(source)
        return self._targets[source].get((kind, id_))

    def _targets_of(self, source: str) -> dict[tuple[str, str | None], str]:
        """The parts that `source` is related to: by the relation's kind and id, and the first of
        each kind without an id.
        """
        folder, file = dirname(source), source.rpartition("/")[2]
        part = join(folder, "_rels", f"{file}.rels")
        targets: dict[tuple[str, str | None], str] = {}
        if part not in self.package:
            return targets
        for found in _named(self.package.root(part), "Relationship"):
            kind = found.get("Type", "").rpartition("/")[2]
            target = found.get("Target", "")
            path = target.lstrip("/") if target[:1] == "/" else normpath(join(folder, target))
            for id_ in (found.get("Id"), None):
                targets.setdefault((kind, id_), path)
        return targets

    def sheet(self, wanted: str | None) -> tuple[str, str]:
        """The sheet's name, and the part that holds it."""
        names = [name for name, _, _ in self.sheets]
        if not names:
            self.package.refuse("has no sheet")
        if wanted is None:
            shown_ones = [name for name, _, state in self.sheets if state == "visible"]
            wanted = OUR_SHEET if OUR_SHEET in names else (shown_ones or names)[0]
        found = [sheet for sheet in self.sheets if sheet[0] == wanted] or [
            sheet for sheet in self.sheets if sheet[0].casefold() == wanted.casefold()
        ]
        if not found:
            self.refuse(
                f"there is no sheet {shown(wanted)}",
                did_you_mean(wanted, names) or f"its sheets: {few_of(names, 20)}",
            )
        part = self.target(self.main, "worksheet", found[0][1])
        if part is None:
            self.refuse(f"the sheet {shown(wanted)} is no table of cells", "name another sheet")
        return found[0][0], part

    def unread_sheets(self, read: str) -> list[str]:
        """That there are other sheets with something on them, if a person sees them."""
        ours = _OUR_SHEETS if read == OUR_SHEET else ()
        others = [
            name
            for name, relation, state in self.sheets
            if state == "visible" and name != read and name not in ours and self.has_cells(relation)
        ]
        if not others:
            return []
        told = few_of([shown(name) for name in others], 10)
        return [f"only the sheet {shown(read)} was read; --sheet reads another: {told}"]

    def has_cells(self, relation: str) -> bool:
        """Whether anything stands on a sheet; judged by its beginning."""
        part = self.target(self.main, "worksheet", relation)
        if part is None or part not in self.package:
            return False
        if part not in self._with_cells:  # any number of names may lead to one part
            try:
                self._with_cells[part] = _VALUE.search(self.package.beginning(part)) is not None
            except InputError:  # of another sheet than the one that is read
                self._with_cells[part] = True
        return self._with_cells[part]

    # --- what cells refer to -----------------------------------------------------------------

    def shared_texts(self) -> list[str]:
        part = self.target(self.main, "sharedStrings")
        if part is None:
            return []
        return [_text_of(item) for item in self.elements(part, "si")]

    def number_formats(self) -> list[NumberFormat]:
        """How each cell style shows a number."""
        part = self.target(self.main, "styles")
        if part is None:
            return []
        root = self.package.root(part)
        codes = {
            found.get("numFmtId", ""): found.get("formatCode", "")
            for found in _named(root, "numFmt")
        }
        return [
            number_format(found.get("numFmtId", "0"), codes)
            for formats in _named(root, "cellXfs")
            for found in _named(formats, "xf")
        ]

    def elements(self, part: str, *names: str) -> Iterator[etree._Element]:
        """The elements of a part with these names, one by one; each is emptied after its turn."""
        data = self._without_empty_rows(self.package.read(part))
        try:
            walk = etree.iterparse(
                BytesIO(data),
                tag=[f"{{*}}{name}" for name in names],
                resolve_entities=False,
                no_network=True,
                load_dtd=False,
                huge_tree=False,
            )
            first = True
            for _, element in walk:
                if first:
                    self.package.refuse_document_type(element, part)
                    first = False
                yield element
                element.clear()
                parent = element.getparent()
                if parent is not None:  # those before it hold memory even when they are empty
                    del parent[: parent.index(element)]
        except (etree.XMLSyntaxError, ValueError):
            self.package.refuse(f"is damaged: {part} is not XML")

    def _without_empty_rows(self, data: bytes) -> bytes:
        """A part as it is read row by row, or text by text, each of which is read as a whole."""
        last = rows = longest = 0
        for found in _ROW.finditer(data):
            longest = max(longest, found.start() - last)
            last = found.start()
            rows += 1
        if max(longest, len(data) - last) > _LONGEST_ROW:
            self.package.refuse("has a row or text that no table has", "split it")
        # Some programs write a million of them.
        return _EMPTY_ROW.sub(b"", data) if rows > MOST_ROWS else data

    # --- rows --------------------------------------------------------------------------------

    def rows(self, part: str) -> Iterator[tuple[int, list[str], list[CellFault]]]:
        number = 0
        self.cells = 0
        for row in self.elements(part, "row", "mergeCell"):
            if _is(row, "mergeCell"):
                self.merged += _merged(row.get("ref", ""))
                continue
            said = row.get("r", "")
            number = whole_number(said if len(said) < 9 else "", number + 1)
            if row.get("hidden") in ("1", "true"):
                self.hidden.add(number)
            # By a method of its own: where a cell is still held, emptying its row takes for ever.
            yield number, *self._cells_of(row)

    def _cells_of(self, row: etree._Element) -> tuple[list[str], list[CellFault]]:
        """The texts of a row, and what is wrong with its cells."""
        texts: list[str] = []
        faults: list[CellFault] = []
        column = -1
        for cell in row:
            if not _is(cell, "c"):
                continue
            column = _column(cell.get("r", ""), column + 1)
            self.cells += 1
            if self.cells > _MOST_CELLS:
                self.refuse("the sheet has more cells than any table of facts", "split it")
            try:
                text = self.text(cell)
            except _Unreadable as error:
                text = ""
                faults.append(CellFault(column, *error.args))
            if text and column < MOST_COLUMNS:
                texts += [""] * (column + 1 - len(texts))
                texts[column] = text
        return texts, faults

    def text(self, cell: etree._Element) -> str:
        """What a person sees in a cell."""
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return "".join(_text_of(found) for found in _named(cell, "is"))
        value = next((found.text or "" for found in cell if _is(found, "v")), "")
        if not value:
            if kind != "str" and any(_is(found, "f") for found in cell):
                raise _Unreadable(
                    "the formula has no value yet", "open the file in Excel and save it again"
                )
            return ""
        if kind == "s":
            index = whole_number(value.strip(), -1)
            if not 0 <= index < len(self.texts):
                raise _Unreadable("the workbook is damaged: a text is missing", _SAVE_AGAIN)
            return self.texts[index]
        if kind == "str":
            return _unescaped(value)
        if kind == "b":
            return "true" if value == "1" else "false"
        if kind == "e":
            raise _Unreadable(f"the cell shows the error {value}", "correct the formula")
        if kind == "d":
            return value.removesuffix("T00:00:00")
        style = cell.get("s", "0")
        place = whole_number(style, -1)
        known = 0 <= place < len(self.formats)
        try:
            return number_as_shown(value, self.formats[place] if known else GENERAL, self.date_1904)
        except ValueError:
            raise _Unreadable(f"{shown(value)} is no number", _SAVE_AGAIN) from None


class _Unreadable(Exception):
    """A cell without a text to be had."""


def _named(element: etree._Element, name: str) -> Iterator[etree._Element]:
    return element.iter(f"{{*}}{name}")


def _is(element: Any, name: str) -> bool:
    # Not by lxml's QName, which raises for a namespace with a brace in it.
    return isinstance(element.tag, str) and element.tag.rpartition("}")[2] == name


def _relation(element: etree._Element) -> str:
    """The id of a relation, whichever of the two namespaces it is in."""
    return next(
        (str(value) for key, value in element.items() if str(key).endswith("relationships}id")), ""
    )


_REFERENCE = lazy_pattern("([A-Za-z]{1,3})([0-9]{1,7})")


def _column(reference: str, following: int) -> int:
    """`B7` is in column 1; a cell without a reference follows the one before it."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        return following
    number = 0
    for letter in found[1].upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def _merged(range_: str) -> list[Merged]:
    """`A4:B5` as a merged range; nothing for what is none."""
    first, _, last = range_.partition(":")
    start, end = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last)
    if start is None or end is None:
        return []
    return [Merged(int(start[2]), _column(first, 0), int(end[2]), _column(last, 0))]


_ESCAPED = lazy_pattern("_x([0-9A-Fa-f]{4})_")


def _unescaped(text: str) -> str:
    """`_x000A_` is a line feed (ECMA-376 part 1, 22.9.2.19), `_xD800_` half a character."""
    if "_x" not in text:
        return text
    found = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return found.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


def _text_of(element: etree._Element) -> str:
    """A text with its runs joined; phonetic readings are not part of it."""
    return "".join(
        _unescaped(found.text or "")
        for found in _named(element, "t")
        if not any(_is(above, "rPh") for above in found.iterancestors())
    )
