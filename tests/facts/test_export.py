"""Facts as JSON, CSV and an Excel workbook: everything is there, and text stays text."""

import csv
import io
import json
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.dates import parse_edtf
from briefgen.facts.model import Base, Citation, Fact, Figure, Measure, Source, Topic
from briefgen.facts.read import read_frame
from briefgen.facts.tables.export import (
    COLUMNS,
    actor_record,
    csv_cell,
    fact_record,
    facts_to_csv,
    facts_to_json,
    facts_to_xlsx,
    source_record,
    text_of_csv_cell,
    topic_record,
)

NASTY = '=1+1 <b> & {{ x }} [@y], "q"; Исламабад'
FACT = Fact(
    id="trade",
    topics=("trade", "energy.oil"),
    kind="figure",
    statement=NASTY,
    cites=(Citation("s1", (("paragraph", "9"),), "+words"), Citation("s2")),
    date=parse_edtf("2022-07/.."),
    figures=(
        Figure("m", 760.5, "USD million", "reported", 800, parse_edtf("2023"), "at-least"),
        Figure("m", 0, "USD million", "planned"),
    ),
    credibility=2,
    supersedes=("old",),
    recorded="2026-11-21",
)
BARE = Fact("bare", ("trade",), "event", "Plain.", (Citation("s2"),))
SOURCES = {
    "s1": Source("s1", {"id": "s1", "type": "book", "title": "@title",
                        "author": ({"family": "Gogh", "given": "V.", "non-dropping-particle": "van"},),
                        "issued": {"date-parts": [[2013, 8]], "circa": True}}, "C"),
    "s2": Source("s2", {"id": "s2", "type": "webpage"}),
    "unused": Source("unused", {"id": "unused", "type": "book"}),
}  # fmt: skip
BASE = Base("b", "Trade", "en", {}, {"m": Measure("m", "Trade", "USD million")}, (), {}, SOURCES)
MOMENT = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)


def test_a_fact_as_json() -> None:
    assert json.loads(facts_to_json(BASE, [FACT])) == [
        {
            "id": "trade",
            "date": "2022-07/..",
            "earliest": "2022-07-01",
            "latest": None,
            "date_is": "state",
            "said": "2013-08~",
            "topics": ["trade", "energy.oil"],
            "kind": "figure",
            "actors": [],
            "statement": NASTY,
            "figures": [
                {
                    "measure": "m",
                    "value": 760.5,
                    "value_to": 800,
                    "unit": "USD million",
                    "basis": "reported",
                    "period": "2023",
                    "qualifier": "at-least",
                },
                {"measure": "m", "value": 0, "unit": "USD million", "basis": "planned"},
            ],
            "cites": [
                {"source": "s1", "locator": {"paragraph": "9"}, "quote": "+words"},
                {"source": "s2"},
            ],
            "credibility": 2,
            "status": "current",
            "key": False,
            "assumed": ["date_is", "said"],
            "supersedes": ["old"],
            "recorded": "2026-11-21",
        }
    ]


def test_the_promised_keys_are_there_even_when_nothing_is_known() -> None:
    assert fact_record(BARE, SOURCES) == {
        "id": "bare", "date": None, "earliest": None, "latest": None,
        "date_is": "occurrence", "said": None, "topics": ["trade"],
        "kind": "event", "actors": [], "statement": "Plain.", "figures": [],
        "cites": [{"source": "s2"}], "credibility": None, "status": "current", "key": False,
        "assumed": ["date_is", "said"],
    }  # fmt: skip


def test_what_a_fact_says_itself_is_not_assumed() -> None:
    told = replace(BARE, date_is="within", said=parse_edtf("2023-09"))
    record = fact_record(told, SOURCES)
    assert (record["date_is"], record["said"]) == ("within", "2023-09")
    assert "assumed" not in record
    assert fact_record(replace(told, said=None), SOURCES)["assumed"] == ["said"]


def test_no_facts_are_an_empty_list() -> None:
    assert facts_to_json(BASE, []) == "[]\n"
    assert facts_to_csv(BASE, []) == ",".join(COLUMNS) + "\r\n"


def test_records_of_topics_actors_and_sources(write_base) -> None:
    base, _ = read_frame(write_base())
    assert base is not None
    assert topic_record(Topic("energy.oil", "Oil")) == {
        "id": "energy.oil", "label": "Oil", "parent": "energy",
    }  # fmt: skip
    assert actor_record(base.actors["pakistan"]) == {
        "id": "pakistan",
        "name": "Pakistan",
        "kind": "state",
        "aliases": ["Islamabad"],
        "roles": [
            {
                "title": "Foreign Secretary",
                "of": "pakistan",
                "from": "2012",
                "to": "2013",
                "cites": [{"source": "s1"}],
            }
        ],
    }
    assert json.loads(json.dumps(source_record(base.sources["s1"]))) == {
        "id": "s1",
        "type": "article-newspaper",
        "title": "First-ever dialogue",
        "author": [{"family": "Kamran", "given": "Sehar"}],
        "issued": {"date-parts": [[2013, 8]]},
        "custom": {"reliability": "C", "archive": "dialogue.txt", "marking": "OFFICIAL"},
    }
    assert "custom" not in source_record(SOURCES["s2"])


def test_a_table_of_facts() -> None:
    rows = list(csv.DictReader(io.StringIO(facts_to_csv(BASE, [FACT, BARE]), newline="")))
    assert [row["id"] for row in rows] == ["trade", "bare"]
    assert text_of_csv_cell(rows[0]["statement"]) == NASTY
    assert rows[0]["topics"] == "trade; energy.oil"
    assert rows[0]["figures"] == (
        "m: at least 760.5 to 800 USD million (reported, 2023); m: 0 USD million (planned)"
    )
    assert rows[0]["cites"] == "s1, paragraph 9; s2"
    assert rows[0]["quotes"] == "'+words"
    assert (rows[0]["earliest"], rows[0]["latest"]) == ("2022-07-01", "")
    assert (rows[0]["date_is"], rows[0]["said"]) == ("state", "2013-08~")
    assert rows[0]["assumed"] == "date_is; said"


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+49 30", "'+49 30"),
        ("-3 per cent", "'-3 per cent"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("＝1", "'＝1"),
        ("'=1", "''=1"),
        ("'Druzhba' exercises", "'Druzhba' exercises"),
        ("1 = 1", "1 = 1"),
        ("", ""),
    ],
)
def test_csv_cells_never_start_a_formula(text: str, cell: str) -> None:
    assert csv_cell(text) == cell
    assert text_of_csv_cell(cell) == text


@settings(deadline=None, max_examples=200)
@given(st.text(alphabet="'=+-@\tab", max_size=5))
def test_csv_cells_lose_nothing(text: str) -> None:
    assert text_of_csv_cell(csv_cell(text)) == text
    assert not csv_cell(text).startswith(tuple("=+-@\t\r＝＋－＠"))


def workbook(facts: list[Fact]) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(facts_to_xlsx(BASE, facts, MOMENT)))


def test_a_workbook_holds_texts_as_texts_and_numbers_as_numbers() -> None:
    book = workbook([FACT, BARE])
    assert book.sheetnames == ["Facts", "Figures", "Sources"]
    facts = book["Facts"]
    assert [cell.value for cell in facts[1]] == list(COLUMNS)
    assert {cell.data_type for row in facts.iter_rows() for cell in row if cell.value} == {"s"}
    statement = facts.cell(2, COLUMNS.index("statement") + 1)
    assert (statement.value, statement.quotePrefix) == (NASTY, True)
    assert [[cell.value for cell in row] for row in book["Figures"].iter_rows(min_row=2)] == [
        ["trade", "m", "Trade", 760.5, 800, "USD million", "2023", "2023-01-01", "2023-12-31",
         "reported", "at-least"],
        ["trade", "m", "Trade", 0, None, "USD million", None, None, None, "planned", None],
    ]  # fmt: skip
    assert [[cell.value for cell in row] for row in book["Sources"].iter_rows(min_row=2)] == [
        ["s1", "book", "@title", "van Gogh, V.", None, "2013-08~", None, "C", None, None, None],
        ["s2", "webpage", "s2", None, None, None, None, None, None, None, None],
    ]
    assert book.properties.created == datetime(2026, 11, 21, 9, 30)
    assert book.properties.modified == datetime(2026, 11, 21, 9, 30)


def test_words_that_excel_would_decode_or_take_for_errors_stay_themselves() -> None:
    texts = ["#N/A", "TRUE", "2013-05-01", "_x0041_", "x" * 40_000]
    facts = [Fact(f"f{n}", ("t",), "event", text, ()) for n, text in enumerate(texts)]
    page = workbook(facts)["Facts"]
    column = COLUMNS.index("statement") + 1
    cells = [page.cell(row, column) for row in range(2, 7)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in cells[:3]] == texts[:3]
    assert cells[3].value == "_x005F_x0041_"  # how ECMA-376 writes the text _x0041_
    assert len(cells[4].value) == 32_767
    assert cells[4].value.endswith("[cut here: Excel holds 32,767 characters in a cell]")


def test_workbook_bytes_repeat_and_carry_the_moment() -> None:
    first = facts_to_xlsx(BASE, [FACT], MOMENT)
    assert first == facts_to_xlsx(BASE, [FACT], MOMENT)
    with zipfile.ZipFile(io.BytesIO(first)) as parts:
        assert {entry.date_time for entry in parts.infolist()} == {(2026, 11, 21, 9, 30, 0)}
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


@pytest.mark.slow
def test_the_open_xml_sdk_finds_no_fault_in_a_workbook(tmp_path) -> None:
    import judges

    data = facts_to_xlsx(BASE, [FACT, BARE], MOMENT)
    assert judges.open_xml_sdk_errors(data, tmp_path, suffix=".xlsx") == []
