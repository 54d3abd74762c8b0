"""Tables that people hand in: CSV in its dialects, workbooks as they look, JSON, and bad files."""

from __future__ import annotations

import datetime
import io
import json
import re
import time
import zipfile
from typing import Any

import openpyxl
import pytest

from briefgen.errors import InputError
from briefgen.facts.tables import xlsx_table as tables_xlsx
from briefgen.facts.tables.reading import read_table
from briefgen.facts.tables.table import CellFault, Table


def cells(table: Table) -> list[tuple[Any, ...]]:
    return [row.cells for row in table.rows]


# --- CSV -------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_csv_of_every_dialect(encoding: str, separator: str, end: str) -> None:
    lines = [["id", "a,;\tb"], ["1", "Ü\nx"], [""], ["2", 'say "yes"']]
    quoted = [
        separator.join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines
    ]
    table = read_table(end.join(quoted).encode(encoding), "x.csv")
    assert table.columns == ("id", "a,;\tb")
    assert [(row.number, row.cells) for row in table.rows] == [
        (2, ("1", "Ü\nx")),
        (4, ("2", 'say "yes"')),
    ]


def test_rows_are_counted_as_the_sheet_shows_them() -> None:
    table = read_table(b'\n\nid,text\n1,"a\nb\nc"\n\n2,d\n', "x.csv")
    assert [row.number for row in table.rows] == [4, 6]
    told = read_table(b"sep=;\nid;text\n1;a,b\n", "x.csv")
    assert (told.columns, told.rows[0].number, told.rows[0].cells) == (
        ("id", "text"),
        3,
        ("1", "a,b"),
    )


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "x.csv: the table is empty"),
        (b"\n , ,\n", "x.csv: the table is empty"),
        ("id,tä\n".encode("cp1252"), "x.csv:1: byte 0xe4 is not UTF-8; save the file as UTF-8"),
        ("id\n".encode("utf-16-le"), "x.csv: the file is no text, or UTF-16 without a byte order mark"),
        (b"\xff\xfea", "x.csv:1: byte 0x61 is not UTF-16"),
        (b'id\n"a', "x.csv:2: not valid CSV: a quote is not closed"),
        (b'id\n"a"b\n', "x.csv:2: not valid CSV: "),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "x.csv: this is an old Excel file, or one with a password"),
        (b"," * 2000 + b"x", "x.csv: more than 1,000 columns"),
    ],
)  # fmt: skip
def test_bad_csv_is_one_line(data: bytes, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_table(data, "x.csv")
    assert str(caught.value).startswith(message)
    assert "; " in str(caught.value)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("r.xlsx", b"\x01\x9b damaged \x00\xff"),
        ("r.XLSX", b"id,date\n"),
        ("r.ods", b""),
        ("r.xls", b"\x09\x00\x04\x00"),
    ],
)
def test_a_workbook_by_its_name_that_is_none_is_told_as_that(name: str, data: bytes) -> None:
    with pytest.raises(InputError, match=rf"^{name}: this is no workbook, though it is called \."):
        read_table(data, name)


def test_a_table_of_text_may_be_called_xls() -> None:
    assert read_table(b"id\tdate\n1\t2\n", "r.xls").columns == ("id", "date")


def test_only_workbooks_have_sheets() -> None:
    with pytest.raises(InputError, match="only Excel workbooks have sheets"):
        read_table(b"id\n", "x.csv", sheet="a")


# --- JSON ------------------------------------------------------------------------------------


def test_json_keeps_numbers_as_written() -> None:
    table = read_table(b'[{"a": 1.50, "b": null}, {"c": [true]}, 3]', "x.json")
    assert table.columns == ("a", "b", "c")
    assert cells(table) == [("1.50", None), (None, None, [True]), ()]
    (fault,) = table.rows[2].faults
    assert (fault.column, fault.message) == (-1, "expected a JSON object, found '3'")
    assert (table.row_word, table.column_word) == ("entry", "key")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{}", "x.json: expected a JSON array of facts"),
        ("[", "x.json: not valid JSON: expecting value (line 1, column 2)"),
        ("[1, 2]", "x.json: entry 1: expected a JSON object, found '1'; write each fact as"),
        ("[[], {}]", "x.json: entry 1: expected a JSON object, found a list"),
        ("[{}]", "x.json: entry 1: the object is empty"),
        ("[NaN]", "x.json: not valid JSON: NaN is no number of JSON"),
        ('[{"a": 1, "a": 2}]', "x.json: not valid JSON: the key 'a' stands twice"),
        ("[" * 100_000, "x.json: not valid JSON: it is nested too deep"),
    ],
)
def test_bad_json_is_one_line(text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_table(text.encode(), "x.json")
    assert str(caught.value).startswith(message)


# --- workbooks -------------------------------------------------------------------------------


def workbook(
    *rows: list[Any], formats: dict[str, str] | None = None, **sheets: list[list[Any]]
) -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in rows:
        page.append(row)
    for place, code in (formats or {}).items():
        page[place].number_format = code
    for name, more in sheets.items():
        other = book.create_sheet(name)
        for row in more:
            other.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("value", "code", "seen"),
    [
        (2013, "General", "2013"),
        (2.0, "General", "2"),
        (0.1 + 0.2, "General", "0.3"),
        (760.5, '#,##0.00 "USD"', "760.5"),
        (1e20, "General", "1e+20"),
        (-3, "General", "-3"),
        (0.05, "0%", "5%"),
        (True, "General", "true"),
        ("2013-05", "General", "2013-05"),
        ("=1", "@", None),
        (datetime.date(2013, 8, 28), "yyyy-mm-dd", "2013-08-28"),
        (datetime.date(2013, 8, 28), "dd.mm.yyyy", "2013-08-28"),
        (datetime.date(2013, 8, 28), "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "2013-08-28"),
        (datetime.date(2013, 8, 28), "mm-dd-yy", "2013-08-28"),  # built-in format 14
        (datetime.date(2013, 8, 1), "mmm-yy", "2013-08"),
        (datetime.date(2013, 8, 1), 'mmmm" "yyyy', "2013-08"),
        (datetime.date(2013, 1, 1), "yyyy", "2013"),
        (datetime.date(1900, 1, 1), "yyyy-mm-dd", "1900-01-01"),
        (datetime.date(1900, 3, 1), "yyyy-mm-dd", "1900-03-01"),
        (datetime.datetime(2013, 8, 28, 14, 30), "yyyy-mm-dd hh:mm", "2013-08-28T14:30:00"),
        (datetime.datetime(2013, 8, 28, 14, 30), "yyyy-mm-dd", "2013-08-28"),
        (datetime.time(14, 30), "hh:mm", "14:30"),
    ],
)  # fmt: skip
def test_cells_say_what_a_person_sees(value: Any, code: str, seen: str | None) -> None:
    row = read_table(workbook(["x"], [value], formats={"A2": code}), "x.xlsx").rows[0]
    if seen is None:
        assert row.faults == (
            CellFault(
                0, "the formula has no value yet", "open the file in Excel and save it again"
            ),
        )
    else:
        assert (row.cells, row.faults) == ((seen,), ())


def test_the_sheet_that_is_asked_for_then_ours_then_the_first() -> None:
    data = workbook(["first"], [1], Second=[["second"], [2]])
    assert read_table(data, "x.xlsx").columns == ("first",)
    assert read_table(data, "x.xlsx", sheet="second").columns == ("second",)
    assert read_table(workbook(["first"], Facts=[["ours"]]), "x.xlsx").columns == ("ours",)
    with pytest.raises(InputError, match="there is no sheet 'Secnd'; did you mean 'Second'"):
        read_table(data, "x.xlsx", sheet="Secnd")


def test_sheets_that_are_not_read_are_told() -> None:
    data = workbook(["a"], [1], Empty=[], More=[["x"]])
    assert read_table(data, "x.xlsx").notes == (
        "only the sheet 'Sheet' was read; --sheet reads another: 'More'",
    )
    assert read_table(data, "x.xlsx", sheet="More").notes == ()
    ours = workbook(["a"], Facts=[["a"], [1]], Figures=[["x"]], Sources=[["x"]])
    assert read_table(ours, "x.xlsx").notes == (
        "only the sheet 'Facts' was read; --sheet reads another: 'Sheet'",
    )


def laid_out(
    *rows: list[Any],
    merged: tuple[str, ...] = (),
    hidden: tuple[int, ...] = (),
    hidden_sheet: str = "",
) -> Table:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in rows:
        page.append(row)
    for cells in merged:
        page.merge_cells(cells)
    for number in hidden:
        page.row_dimensions[number].hidden = True
    if hidden_sheet:
        book.create_sheet(hidden_sheet).append(["x"])
        book[hidden_sheet].sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return read_table(out.getvalue(), "x.xlsx")


def test_hidden_rows_are_read_and_told_and_hidden_sheets_are_neither() -> None:
    table = laid_out(["a"], [1], [2], [3], hidden=(2, 4), hidden_sheet="Notes")
    assert [row.number for row in table.rows] == [2, 3, 4]
    (note,) = table.notes
    assert note.startswith("2 rows that the sheet hides were read like the others (2, 4); ")


# --- merged cells ----------------------------------------------------------------------------


def test_a_cell_merged_over_rows_is_the_value_of_each() -> None:
    table = laid_out(
        ["date", "text"],
        ["2011", "one"],
        ["2013", "two"],
        [None, "three"],
        [None, "four"],
        [None, "five"],
        merged=("A3:A5",),
    )
    assert cells(table) == [
        ("2011", "one"),
        ("2013", "two"),
        ("2013", "three"),
        ("2013", "four"),
        ("", "five"),
    ]


def test_a_row_that_is_all_merged_is_one_row() -> None:
    table = laid_out(["a", "b"], ["1", "2"], [None, None], ["3", "4"], merged=("A2:A3", "B2:B3"))
    assert [(row.number, row.cells) for row in table.rows] == [(2, ("1", "2")), (4, ("3", "4"))]


def test_a_cell_merged_over_columns_is_the_value_of_the_first() -> None:
    table = laid_out(
        ["a", "statement", "detail"], [1, "long", None], [2, "x", "y"], merged=("B2:C2",)
    )
    assert cells(table) == [("1", "long"), ("2", "x", "y")]


@pytest.mark.parametrize(
    ("header", "merged", "names"),
    [
        ([["Signed", None, "What", None], ["date", "place", "statement", "kind"]],
         ("A1:B1", "C1:D1"), ("date", "place", "statement", "kind")),
        ([["date", "What", None, "kind"], [None, "Wording", "Where", None]],
         ("B1:C1",), ("date", "Wording", "Where", "kind")),
    ],
)  # fmt: skip
def test_columns_held_together_have_their_names_in_the_second_row(
    header: list[list[str | None]], merged: tuple[str, ...], names: tuple[str, ...]
) -> None:
    table = laid_out(*header, ["2013", "x", "y", "z"], merged=merged)
    assert table.columns == names
    assert cells(table) == [("2013", "x", "y", "z")]


@pytest.mark.parametrize(
    "below", [["2013", "x", "y", None], [None, "x", None, None], ["2013", "date", "y", "z"]]
)
def test_a_first_row_below_a_merged_header_is_no_header(below: list[str | None]) -> None:
    table = laid_out(["date", "What", None, "kind"], below, ["1", "2", "3"], merged=("B1:C1",))
    assert len(table.rows) == 2


def test_what_cannot_be_read_in_a_merged_cell_cannot_in_any_of_its_rows() -> None:
    table = laid_out(["a", "b"], ["=1+1", "x"], [None, "y"], merged=("A2:A3",))
    assert [[fault.column for fault in row.faults] for row in table.rows] == [[0], [0]]


@pytest.mark.parametrize(
    ("rows", "merged", "columns"),
    [
        pytest.param(
            [["Facts of 2013", None], [None, None], ["a", "b"]],
            ("A1:B1",), ("a", "b"), id="a heading over the table",
        ),
        pytest.param(
            [["Facts of 2013", None], [None, None], ["a", "b"]],
            ("A1:B2",), ("a", "b"), id="a heading of two rows",
        ),
        pytest.param(
            [["date", "Source", None], [None, "cites", "locator"]],
            ("A1:A2", "B1:C1"), ("date", "cites", "locator"), id="groups of columns",
        ),
        pytest.param([["a", "b"], [None, None]], ("A1:A2", "B1:B2"), ("a", "b"), id="two rows"),
        pytest.param(
            [["a", "b", None, "c"]], ("B1:C1",), ("a", "b", "b (C)", "c"), id="two columns",
        ),
    ],
)  # fmt: skip
def test_merged_headers(
    rows: list[list[Any]], merged: tuple[str, ...], columns: tuple[str, ...]
) -> None:
    table = laid_out(*rows, ["1", "2", "3", "4"], merged=merged)
    assert table.columns == columns
    assert cells(table) == [("1", "2", "3", "4")]


def test_ranges_that_make_no_sense_change_nothing() -> None:
    parts = parts_of(workbook(["a", "b"], [1, "x"], [None, "y"]))
    ranges = ["A2:A9", "A2:A1048576", "A3:A2", "ZZZ9:A1", "A0:A0", "A", "", "A2:", "B2:B2"]
    odd = "".join(f'<mergeCell ref="{each}"/>' for each in ranges).encode()
    start, end = parts[SHEET].split(b"</sheetData>")
    data = packed(
        parts | {SHEET: start + b"</sheetData><mergeCells>" + odd + b"</mergeCells>" + end}
    )
    assert cells(read_table(data, "x.xlsx")) == [("1", "x"), ("1", "y")]


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def with_cells(cells: str) -> bytes:
    """A workbook with these cells below a header `a`, `b`."""
    parts = parts_of(workbook(["a", "b"]))
    start, end = parts[SHEET].split(b"</sheetData>")
    return packed(parts | {SHEET: start + f'<row r="7">{cells}</row></sheetData>'.encode() + end})


@pytest.mark.parametrize(
    ("cell", "text", "fault"),
    [
        ('<c r="B7"><f>1+1</f><v>2</v></c>', "2", ""),
        ('<c r="B7" t="str"><f>A1</f><v>x_x000A_y</v></c>', "x\ny", ""),
        ('<c r="B7" t="str"><f>A1</f><v></v></c>', "", ""),
        ('<c r="B7"><f>1+1</f></c>', "", "the formula has no value yet"),
        ('<c r="B7" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "", "the cell shows the error #DIV/0!"),
        ('<c r="B7" t="inlineStr"><is><r><t>a </t></r><r><t>b_x005F_x0041_</t></r><rPh><t>z</t></rPh></is></c>', "a b_x0041_", ""),
        ('<c r="B7" t="s"><v>99</v></c>', "", "the workbook is damaged: a text is missing"),
        ('<c r="B7" t="d"><v>2013-08-28T00:00:00</v></c>', "2013-08-28", ""),
        ('<c r="B7"><v>many</v></c>', "", "'many' is no number"),
        ('<c r="B7"><v>nan</v></c>', "", "'nan' is no number"),
        ('<c r="B7" t="s"><v>²</v></c>', "", "the workbook is damaged: a text is missing"),
        ('<c r="B7" s="²"><v>2</v></c>', "2", ""),
        (f'<c r="B7" s="{"9" * 5_000}"><v>2</v></c>', "2", ""),
        ('<c/><c t="inlineStr"><is><t>by order</t></is></c>', "by order", ""),
    ],
)  # fmt: skip
def test_cells_of_every_kind(cell: str, text: str, fault: str) -> None:
    table = read_table(
        with_cells('<c r="A7" t="inlineStr"><is><t>x</t></is></c>' * ("/>" not in cell) + cell),
        "x.xlsx",
    )
    row = table.rows[0] if table.rows else None
    assert row is not None
    assert row.number == 7
    assert "".join(row.cells[1:]) == text
    assert [(found.column, found.message) for found in row.faults] == (
        [(1, fault)] if fault else []
    )


@pytest.mark.parametrize("said", ["²", "x", "-1", "9" * 5_000])
def test_a_row_without_a_number_follows_the_one_before_it(said: str) -> None:
    parts = parts_of(workbook(["a"], ["b"]))
    sheet = parts[SHEET].replace(b'<row r="2"', f'<row r="{said}"'.encode())
    assert sheet != parts[SHEET]
    assert read_table(packed(parts | {SHEET: sheet}), "x.xlsx").rows[0].number == 2


def test_a_row_is_emptied_in_time_that_grows_with_it_alone() -> None:
    data = with_cells(f'<c t="inlineStr"><is><t>x</t>{"<c>y</c>" * 150_000}</is></c>')
    start = time.process_time()
    assert read_table(data, "x.xlsx").rows[0].cells[0] == "x"
    assert time.process_time() - start < 2


def test_a_workbook_that_unpacks_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables_xlsx, "_MOST_UNPACKED", 100_000)
    parts = parts_of(workbook(["a"]))
    data = packed(parts | {SHEET: parts[SHEET] + b" " * 100_000})
    assert len(data) < 20_000
    with pytest.raises(InputError, match="the workbook unpacks to a size that no table has"):
        read_table(data, "x.xlsx")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"PK\x03\x04 no zip", "x.xlsx: the workbook is damaged"),
        (packed({"content.xml": b"<x/>"}), "x.xlsx: this is no Excel workbook"),
        (packed(parts_of(workbook(["a"])) | {SHEET: b"<x"}), f"x.xlsx: the workbook is damaged: {SHEET} is not XML"),
        (packed(parts_of(workbook(["a"])) | {SHEET: b'<!DOCTYPE x [<!ENTITY e "x">]><x><row>&e;</row></x>'}),
         f"x.xlsx: the workbook is not as Excel writes it: {SHEET} has a document type"),
        (packed({name: part for name, part in parts_of(workbook(["a"])).items() if name != SHEET}),
         f"x.xlsx: the workbook is damaged: {SHEET} is missing"),
    ],
    ids=["no zip", "OpenDocument", "no XML", "entities", "no sheet"],
)  # fmt: skip
def test_bad_workbooks_are_one_line(data: bytes, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_table(data, "x.xlsx")
    assert str(caught.value).startswith(message)


def test_a_strict_workbook_is_read_like_any_other() -> None:
    strict = {
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    }
    parts = parts_of(workbook(["a"], [datetime.date(2013, 8, 28)]))
    for usual, other in strict.items():
        parts = {name: part.replace(usual, other) for name, part in parts.items()}
    assert cells(read_table(packed(parts), "x.xlsx")) == [("2013-08-28",)]


def test_a_sheet_that_is_wrong_about_its_size_is_read_whole() -> None:
    parts = parts_of(workbook(["a"], [1], [2]))
    assert b'ref="A1:A3"' in parts[SHEET]
    for claim in (b"A1:A2", b"A1:XFD1048576"):
        sheet = parts[SHEET].replace(b'ref="A1:A3"', b'ref="' + claim + b'"')
        assert cells(read_table(packed(parts | {SHEET: sheet}), "x.xlsx")) == [("1",), ("2",)]


def test_json_is_told_by_its_contents() -> None:
    assert read_table(json.dumps([{"id": "a"}]).encode(), "x.txt").columns == ("id",)


def test_objects_in_objects_are_columns() -> None:
    table = read_table(
        b'[{"pk": 1, "fields": {"name": "A", "by": ["x"], "at": {"city": "Y", "n": 2}}}, {"fields": {}},'
        b' {"fields.name": "B"}]',
        "x.json",
    )
    assert table.columns == ("pk", "fields.name", "fields.by", "fields.at.city", "fields.at.n")
    assert [row.cells[1:] for row in table.rows] == [
        ("A", ["x"], "Y", "2"),
        (None, None, None, None),
        ("B", None, None, None),
    ]


def test_objects_nested_without_end_or_with_too_many_keys_are_one_line() -> None:
    deep = "[" + '{"a":' * 400 + "1" + "}" * 400 + "]"
    assert len(read_table(deep.encode(), "x.json").columns[0].split(".")) < 12
    wide = "[" + ",".join(f'{{"k{number}": {{"a": 1}}}}' for number in range(1_200)) + "]"
    with pytest.raises(InputError, match="too many facts or keys"):
        read_table(wide.encode(), "x.json")


def test_a_namespace_with_a_brace_in_it_is_refused() -> None:
    book = openpyxl.Workbook()
    page = book.active
    page.append(["statement", "topics", "kind", "cites"])
    page.append(["A thing", "energy", "event", "s1"])
    out = io.BytesIO()
    book.save(out)
    changed = io.BytesIO()
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(changed, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == "xl/worksheets/sheet1.xml":
                data = data.replace(b"spreadsheetml/2006/main", b"x}y")
            new.writestr(entry.filename, data)
    with pytest.raises(InputError):
        read_table(changed.getvalue(), "x.xlsx")


def test_an_array_of_nothing_is_told_as_that() -> None:
    with pytest.raises(InputError, match="the table is empty; write each fact as"):
        read_table(b"[]", "t.json")


@pytest.mark.parametrize(
    ("rows", "merged", "shared"),
    [
        ([["Event", None, None, "Source"], ["statement", "kind", None, None]], ("A1:C1",), 1),
        ([["Facts", None, None], ["What", None, "date"], ["x", "y", "z"]], ("A1:C1", "A2:B2"), 2),
        ([["What", None], ["statement", "kind"]], ("A1:B1",), None),
        ([["statement", "kind"], ["x", None]], ("A2:B2",), None),
    ],
)  # fmt: skip
def test_a_header_in_which_columns_share_a_name_is_noticed(
    rows: list[list[str | None]], merged: tuple[str, ...], shared: int | None
) -> None:
    assert laid_out(*rows, ["a", "b", "c"], merged=merged).shared_header == shared


def test_many_sheets_in_few_bytes_are_looked_up_once() -> None:
    """Where each of them had the workbook's relations read anew, these would take a minute."""
    workbook = openpyxl.Workbook()
    workbook.active.append(["id", "statement"])
    workbook.active.append(["1", "It was signed."])
    packed, changed = io.BytesIO(), io.BytesIO()
    workbook.save(packed)
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            data = old.read(part)
            if part == "xl/workbook.xml":
                (sheet,) = re.findall(rb"<sheet [^>]*/>", data)
                many = b'<sheet name="Other" state="visible" r:id="rId1"/>' * 400_000
                data = data.replace(sheet, sheet + many).replace(
                    b"<workbook ",
                    b'<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" ',
                )
            new.writestr(part, data)
    table = read_table(changed.getvalue(), "x.xlsx")
    assert cells(table) == [("1", "It was signed.")]
    assert table.notes[0].endswith("'Other', 'Other' and 399,990 more")
