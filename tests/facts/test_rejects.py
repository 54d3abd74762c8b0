"""Refused rows as tables: what is written is what was read, and a reason beside it."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.facts.formats import FACT
from briefgen.facts.tables.columns import TableMapping, plan_columns
from briefgen.facts.tables.reading import read_table
from briefgen.facts.tables.rejects import RejectsFormat, rejected_rows
from briefgen.facts.tables.row_as_fact import RowMaker
from briefgen.facts.tables.table import Table
from briefgen.reading.shapes import Report

MOMENT = datetime(2026, 11, 30, tzinfo=UTC)
FILLINGS = {"kind": "event", "topics": "t", "cites": "s", "statement": "{a}"}


def rejects(
    table: Table, reasons: dict[int, list[str]], format_: RejectsFormat = "csv", **columns: str
) -> bytes:
    plan = plan_columns(table.columns, TableMapping(columns, FILLINGS), "t")
    return rejected_rows(table, plan, reasons, format_, MOMENT)


def test_the_rows_with_all_their_columns_and_why() -> None:
    table = read_table("a;b;a\n1;x;\n2;ü;z\n".encode(), "t.csv")
    assert rejects(table, {3: ["'b': wrong", "no"]}) == (
        "\ufeffa,b,a,why\r\n2,ü,z,'b': wrong | no\r\n".encode()
    )


def test_rejects_of_rejects_have_their_reasons_once() -> None:
    table = read_table(b"a,why\r\n1,old\r\n", "t.csv")
    assert rejects(table, {2: ["new"]}) == "\ufeffa,why\r\n1,new\r\n".encode()
    # a column of the table's own that happens to be called so
    assert rejects(table, {2: ["new"]}, why="detail") == (
        "\ufeffa,why,why not\r\n1,old,new\r\n".encode()
    )


def test_half_a_character_is_written_as_far_as_a_format_can() -> None:
    table = read_table(b'[{"a": "\\ud800 b"}]', "t.json")
    assert rejects(table, {table.rows[0].number: ["no"]}).decode().splitlines()[1] == "\ufffd b,no"


def test_cells_beyond_the_last_column_are_kept() -> None:
    table = read_table(b"a,b\r\n1,2,3\r\n4\r\n", "t.csv")
    assert rejects(table, {2: ["x"], 3: ["y"]}) == (
        "\ufeffa,b,,why\r\n1,2,3,x\r\n4,,,y\r\n".encode()
    )


def test_no_cell_starts_a_formula_and_all_come_back() -> None:
    table = read_table(b'=cmd,b,a\n"=1+1",\'=2,+3\n', "t.csv")
    written = rejects(table, {2: ["=HYPERLINK(1)"]})
    assert written.decode("utf-8-sig") == "'=cmd,b,a,why\r\n'=1+1,'=2,'+3,'=HYPERLINK(1)\r\n"
    again = read_table(written, "r.csv")
    assert again.columns == ("=cmd", "b", "a", "why")
    assert rejects(again, {2: ["=HYPERLINK(1)"]}) == written


def test_a_workbook_has_texts_alone() -> None:
    table = read_table(b"a,b\n=1+1,-5\n", "t.csv")
    sheet = openpyxl.load_workbook(io.BytesIO(rejects(table, {2: ["w"]}, "xlsx"))).active
    assert sheet is not None
    assert [[(cell.value, cell.data_type) for cell in row] for row in sheet.iter_rows()] == [
        [("a", "s"), ("b", "s"), ("why", "s")],
        [("=1+1", "s"), ("-5", "s"), ("w", "s")],
    ]


def test_what_no_workbook_can_hold_is_written_out_and_comes_back() -> None:
    table = read_table("a,b\x0bc\nx\x07y_x0041_,z\ud7ff\n".encode(), "t.csv")
    written = rejects(table, {2: ["U+0007"]}, "xlsx")
    again = read_table(written, "r.xlsx")
    assert again.columns == ("a", "b\x0bc", "why")
    assert again.rows[0].cells == ("x\x07y_x0041_", "z\ud7ff", "U+0007")


@pytest.mark.parametrize("format_", ["csv", "xlsx", "json"])
@pytest.mark.parametrize("said", ['"\\ud800 b"', '["x"]', '["x", "y"]'])
def test_what_was_refused_is_refused_again(said: str, format_: RejectsFormat) -> None:
    data, name = f'[{{"id": "i", "statement": {said}}}]'.encode(), "t.json"
    for _ in range(2):
        table = read_table(data, name)
        mapping = TableMapping({}, {"kind": "event", "topics": "t", "cites": "s"})
        plan = plan_columns(table.columns, mapping, "t")
        row = table.rows[0]
        node, faults = RowMaker(table, plan, {}).node(row)
        report = Report("t")
        FACT.read(node, report)
        assert [*faults, *report.problems], name
        data, name = (
            rejected_rows(table, plan, {row.number: ["no"]}, format_, MOMENT),
            f"t.{format_}",
        )


def test_objects_stay_objects() -> None:
    data = [{"a": "x", "n": 1.50, "l": ["p", 2], "d": {"k": 3}}, {"a": "y"}]
    table = read_table(json.dumps(data).encode(), "t.json")
    assert json.loads(rejects(table, {1: ["w"]}, "json")) == [
        {"a": "x", "n": 1.5, "l": ["p", 2], "d.k": 3, "why": "w"}
    ]
    assert rejects(table, {1: ["w"]}).decode("utf-8-sig") == ("a,n,l,d.k,why\r\nx,1.5,p; 2,3,w\r\n")
    huge = read_table(b'[{"a": "x", "n": 1e400, "m": ' + b"9" * 5000 + b"}]", "t.json")
    (entry,) = json.loads(rejects(huge, {1: ["w"]}, "json"))
    assert (entry["n"], len(entry["m"])) == ("1e400", 5000)


def test_days_that_count_from_1904_are_written_as_days() -> None:
    book = openpyxl.Workbook()
    book.epoch = datetime(1904, 1, 1)
    sheet = book.active
    assert sheet is not None
    for row in (["a", "date", "n"], ["x", 39949, 39949]):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    written = rejects(read_table(out.getvalue(), "t.xlsx"), {2: ["w"]})
    assert written.decode("utf-8-sig").splitlines()[1] == "x,2013-05-17,39949,w"


@pytest.mark.parametrize("format_", ["csv", "xlsx"])
@settings(deadline=None)
@given(
    st.lists(
        st.lists(
            st.text(
                st.sampled_from("=+-@'\t \";,|\n") | st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"),
                max_size=6,
            ),
            min_size=2, max_size=2,
        ),
        min_size=1, max_size=4,
    )
)  # fmt: skip
def test_any_text_comes_back(format_: RejectsFormat, rows: list[list[str]]) -> None:
    import csv

    out = io.StringIO()
    csv.writer(out).writerows([["a", "b"], *rows])
    table = read_table(out.getvalue().encode(), "t.csv")
    why = {row.number: ["w"] for row in table.rows}
    written = rejects(table, why, format_)
    again = read_table(written, f"r.{format_}")
    assert rejects(again, {row.number: ["w"] for row in again.rows}, format_) == written
