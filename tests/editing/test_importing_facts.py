"""Tables become facts of a base: good rows are added, all others told with row and column."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import openpyxl.utils.datetime
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefgen.dates import parse_edtf
from briefgen.direction import stray_direction
from briefgen.editing.importing_facts import ImportedFacts, import_facts
from briefgen.errors import InputError, UsageError
from briefgen.facts.model import DATE_MEANINGS, Citation, Fact, Figure
from briefgen.facts.read import read_base
from briefgen.facts.tables.columns import TableMapping
from briefgen.facts.tables.export import facts_to_csv, facts_to_json, facts_to_xlsx
from briefgen.pipeline.clock import moment
from briefgen.shipped import shipped_base
from written_files import write_files

BASE = {
    "base.yaml": """\
format: 1
title: Test relations
language: en
topics: {energy: Energy, energy.oil: Oil, trade: Trade}
measures: {m: {label: Trade, unit: USD million}}
markings: [OFFICIAL]
""",
    "actors.yaml": """\
- {id: russia, name: Russia, kind: state, aliases: [Moscow, Both]}
- {id: pakistan, name: Pakistan, kind: state, aliases: [Both]}
""",
    "sources.yaml": """\
references:
- {id: s1, type: book, title: One}
- {id: s2, type: book, title: Two}
""",
    "facts/old.yaml": """\
- id: old
  date: 2011
  topics: [trade]
  kind: event
  statement: It happened.
  cites: [{source: s1}]
""",
}


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return write_files(tmp_path / "base", BASE)


def imported(base: Path, table: str, **more: object) -> ImportedFacts:
    file = base.parent / "t.csv"
    file.write_text(table, encoding="utf-8", newline="")
    return import_facts(file, base, **more)  # type: ignore[arg-type]


def told(made: ImportedFacts, base: Path) -> list[str]:
    """What is wrong, without the folder that the tests run in."""
    lines = [row.told for row in made.refused] + [row.told for row in made.duplicates]
    return [line.replace(f"{base.parent}/", "") for line in lines]


HEAD = "id,date,topics,kind,statement,cites\n"


def test_a_row_with_everything(base: Path) -> None:
    made = imported(
        base,
        "ID;When;Topics;Kind;Actors;Statement;Detail;Attribution;Figures;Source;Quotes;Credibility;"
        "KEY;Status;Supersedes;Disputes;Marking;Recorded;checked;Recorded By;Date Note;"
        "date is;Said;Status note;Checked by\r\n"
        'new;2013-05/..;Energy, energy.oil;Figure;Moscow;" Trade\n grew. ";More.;Jo;'
        "m: about 540 USD million (reported, 2013);s1, p. 3;so;2;x;draft;;old;OFFICIAL;"
        "2026-11-21;2026-11-22;Me;A guess.;State;2013-08;Not yet checked.;You\r\n",
        mapping=TableMapping({"when": "date"}),
    )  # fmt: skip
    assert (told(made, base), made.warnings) == ([], ())
    fact = next(fact for fact in read_base(base).facts if fact.id == "new")
    assert fact == Fact(
        "new",
        ("energy", "energy.oil"),
        "figure",
        "Trade grew.",
        (Citation("s1", (("page", "3"),), "so"),),
        parse_edtf("2013-05/.."),
        "A guess.",
        "state",
        parse_edtf("2013-08"),
        ("russia",),
        "More.",
        "Jo",
        (Figure("m", 540, "USD million", "reported", None, parse_edtf("2013"), "about"),),
        2,
        True,
        "draft",
        "Not yet checked.",
        (),
        ("old",),
        "OFFICIAL",
        "2026-11-21",
        "2026-11-22",
        "Me",
        "You",
    )


def test_the_file_only_grows(base: Path) -> None:
    before = (base / "facts/old.yaml").read_text()
    made = imported(base, HEAD + "new,2013,trade,event,It grew.,s1\n", to="old.yaml")
    assert made.target == str(base / "facts" / "old.yaml")
    assert (base / "facts/old.yaml").read_text() == before + (
        "\n- id: new\n  date: 2013\n  topics: [trade]\n  kind: event\n  statement: It grew.\n"
        "  cites:\n    - source: s1\n"
    )


@pytest.mark.parametrize(
    ("rows", "added", "says"),
    [
        pytest.param(
            "a,2013-13,trade,event,A,s1\nb,,trade,evnt,B,s1\nc,,trade,event,C,s1\n",
            ("c",),
            [
                "t.csv: row 2, column 'date': '2013-13' has no month 13; months are 01 to 12",
                "t.csv: row 3, column 'kind': 'evnt' is not one of event, agreement,",
            ],
            id="what the reader refuses",
        ),
        pytest.param(
            "a,,trad,event,A,s1\nb,,trade,event,B,s1; s3\nc,,trade,event,C,s1\n",
            ("c",),
            [
                "t.csv: row 2, column 'topics': unknown topic 'trad'; did you mean 'trade'?",
                "t.csv: row 3, column 'cites': unknown source 's3'; add it to sources.yaml, or correct",
            ],
            id="what the base does not have",
        ),
        pytest.param(
            "a,,trade,event,,s1\nb,,trade,position,B,s1\nc,,trade,event,C,s1\n",
            ("c",),
            [
                "t.csv: row 2, column 'statement': nothing stands here; every fact needs statement",
                "t.csv: row 3: position without attribution; add attribution: who says so",
            ],
            id="what is missing",
        ),
        pytest.param(
            "old,,trade,event,A,s1\n,2011,trade,event, it  HAPPENED. ,s1\nb,,trade,event,B,s1\n"
            "b,,trade,event,C,s1\nd,,trade,event,B,s1\n,,trade,event,B,s1\n",
            ("b", "d"),
            [
                "t.csv: row 2: not added: the id is taken at base/facts/old.yaml:1",
                "t.csv: row 3: not added: old has the same statement, date and source",
                "t.csv: row 5: not added: the id is that of row 4",
                "t.csv: row 7: not added: row 4 has the same statement, date and source",
            ],
            id="what is there already",
        ),
        pytest.param(
            "a,,trade,event,A,s1,stray\nb,,trade,event,B \u0007,s1\nc,,trade,event,C,s1,\n",
            ("c",),
            [
                "t.csv: row 2, column 'G': 'stray' stands beyond the last column",
                "t.csv: row 3, column 'statement': control character U+0007; delete it",
            ],
            id="what does not belong there",
        ),
    ],
)  # fmt: skip
def test_bad_rows_are_told_and_good_ones_added(
    base: Path, rows: str, added: tuple[str, ...], says: list[str]
) -> None:
    made = imported(base, HEAD + rows)
    assert made.added == added
    lines = told(made, base)
    assert len(lines) == len(says)
    for line, start in zip(lines, says, strict=True):
        assert line.startswith(start)
    assert read_base(base).problems == ()


def test_rows_that_need_a_bad_row_are_bad_themselves(base: Path) -> None:
    made = imported(
        base,
        "id,topics,kind,statement,cites,disputes,supersedes\n"
        "a,trad,event,A,s1,,\nb,trade,event,B,s1,a,\nc,trade,event,C,s1,b,\nd,trade,event,D,s1,,old\n"
        "e,trade,event,E,s1,,\n",
    )
    assert made.added == ("e",)
    assert [line.partition(";")[0] for line in told(made, base)] == [
        "t.csv: row 2, column 'topics': unknown topic 'trad'",
        "t.csv: row 3, column 'disputes': unknown fact 'a'",
        "t.csv: row 4, column 'disputes': unknown fact 'b'",
        "t.csv: row 5, column 'supersedes': 'old' is superseded here, but its status is current",
    ]
    assert read_base(base).problems == ()


def test_ids_are_made_from_the_statement_and_stay_the_same(base: Path) -> None:
    table = (
        "date,topics,kind,statement,cites\n"
        "2013-05,trade,event,The Größe of trade — and its growth — was discussed at length in Moscow,s1\n"
        "2014-05,trade,event,Trade grew in 2014.,s1\n"
        "2014-06,trade,event,Trade grew in 2014.,s1\n"
        ",trade,event,Торговля росла,s1\n"
    )
    made = imported(base, table)
    assert made.added == (
        "grosse-trade-growth-discussed-length-moscow-2013",
        "trade-grew-2014",
        "trade-grew-2014-2",
        "fact-" + made.added[3][-8:],
    )
    again = imported(base, table)
    assert again.added == ()
    assert [(each.id, each.existing) for each in again.duplicates] == [
        (id_, id_) for id_ in made.added
    ]


def test_an_alias_that_two_actors_share_names_neither(base: Path) -> None:
    made = imported(base, HEAD.replace("date", "actors") + "a,Both,trade,event,A,s1\n")
    assert made.added == ()
    assert "'Both' is not an id" in made.refused[0].told


def test_entries_that_are_no_objects_are_told_by_their_number(base: Path) -> None:
    good = '{"id": "a", "topics": ["trade"], "kind": "event", "statement": "A", "cites": [{"source": "s1"}]}'
    made = imported(base, f"[{good}, 2]")
    assert made.added == ("a",)
    assert told(made, base) == [
        't.csv: entry 2: expected a JSON object, found \'2\'; write each fact as {"id": …, "date": …}'
    ]


def workbook(base: Path, rows: list[list[Any]], *, from_1904: bool = False) -> Path:
    book = openpyxl.Workbook()
    if from_1904:
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    page = book.active
    assert page is not None
    for row in rows:
        page.append(row)
    page.merge_cells("B2:B3")
    book.create_sheet("2014").append(["id"])
    book.save(base / "t.xlsx")
    return base / "t.xlsx"


def test_a_workbook_with_merged_dates_and_another_sheet(base: Path) -> None:
    rows: list[list[Any]] = [["id", "date", "topics", "kind", "statement", "cites", None]]
    rows += [[id_, "2013-05", "trade", "event", id_, "s1", None] for id_ in "ab"]
    file = workbook(base, rows)
    made = import_facts(file, base)
    assert made.added == ("a", "b")
    assert {fact.id: str(fact.date and fact.date.text) for fact in read_base(base).facts}[
        "b"
    ] == "2013-05"
    assert made.warnings == (
        f"{file}: only the sheet 'Sheet' was read; --sheet reads another: '2014'",
    )


def test_a_header_with_merged_cells_is_told_as_that(base: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in (["Event", None, "Source"], ["statement", "kind", "cites"], ["A.", "event", "s1"]):
        page.append(row)
    page.merge_cells("A1:B1")
    book.save(base / "t.xlsx")
    with pytest.raises(InputError) as caught:
        import_facts(base / "t.xlsx", base)
    assert "the header has merged cells" in caught.value.message
    assert "unmerge the cells of row 1" in caught.value.hint


def test_numbers_of_days_count_as_the_workbook_counts(base: Path) -> None:
    rows: list[list[Any]] = [["date", "id", "topics", "kind", "statement", "cites"]]
    rows.append([39949, "a", "trade", "event", "A", "s1"])
    made = import_facts(workbook(base, rows, from_1904=True), base)
    assert [fact.date and fact.date.text for fact in read_base(base).facts if fact.id == "a"] == [
        "2013-05-17"
    ]
    assert made.warnings[-1].endswith("count them from 1904: 1; row 2: 39949 is 2013-05-17")


def test_columns_that_are_not_imported_are_told(base: Path) -> None:
    made = imported(
        base,
        "id,topics,kind,statement,cites,Detial,earliest,Mine\na,trade,event,A,s1,B,2011,x\n",
        mapping=TableMapping({"mine": ""}),
    )
    assert made.warnings == (
        "column 'Detial' is not imported; did you mean 'detail'? --map 'Detial=FIELD' says what it is",
        "column 'earliest' is not imported; for dates: --map earliest=date",
    )


@pytest.mark.parametrize(
    ("table", "mapping", "kind", "message"),
    [
        ("id,topics,kind,statement\n", {}, InputError, "there is no column for cites; say which source all rest on with --set cites=ID"),
        ("id,topics,kind,Was,cites\n", {}, InputError, "there is no column for statement; say which it is with --map"),
        (HEAD.replace("date", "ID"), {}, InputError, "two columns are id: 'id' and 'ID'"),
        (HEAD, {}, InputError, "there is no row to import"),
        (HEAD + "a", {"Date ": "date", "Dates": "date"}, UsageError, "has no column 'Dates'; did you mean 'date'?"),
        (HEAD + "a", {"date": "dat"}, UsageError, "facts have no field 'dat'; did you mean 'date'?"),
    ],
)  # fmt: skip
def test_tables_that_are_none_of_facts(
    base: Path, table: str, mapping: dict[str, str], kind: type[Exception], message: str
) -> None:
    with pytest.raises(kind) as caught:
        imported(base, table, mapping=TableMapping(mapping))
    assert message in str(caught.value)


@pytest.mark.parametrize("to", ["x.yaml", "facts/x.yaml", "deep/er/x.yaml", "{base}/facts/x.yaml"])
def test_the_target_may_be_named_in_every_way(base: Path, to: str) -> None:
    imported(base, HEAD + "a,,trade,event,A,s1\n", to=to.format(base=base))
    assert {fact.id for fact in read_base(base).facts} == {"old", "a"}


@pytest.mark.parametrize(
    "to", ["../x.yaml", "/tmp/x.yaml", "", ".", "x.yml", ".x.yaml", "../sources.yaml"]
)
def test_nothing_is_written_outside_the_facts_folder(base: Path, to: str) -> None:
    with pytest.raises(UsageError, match="--to: "):
        imported(base, HEAD + "a,,trade,event,A,s1\n", to=to)


def test_a_link_does_not_lead_outside(base: Path, tmp_path: Path) -> None:
    (tmp_path / "else").mkdir()
    (base / "facts" / "link").symlink_to(tmp_path / "else")
    with pytest.raises(UsageError, match="is not in the facts folder"):
        imported(base, HEAD + "a,,trade,event,A,s1\n", to="link/x.yaml")


def test_a_text_that_a_workbook_could_not_hold_is_not_taken(base: Path) -> None:
    known = read_base(base).base
    assert known is not None
    fact = Fact("long", ("trade",), "event", "x" * 40_000, (Citation("s1"),))
    file = base.parent / "t.xlsx"
    file.write_bytes(facts_to_xlsx(known, [fact], moment()[0]))
    made = import_facts(file, base)
    assert "column 'statement': the text was cut for Excel" in made.refused[0].told


def test_a_dry_run_writes_nothing(base: Path) -> None:
    made = imported(base, HEAD + "a,,trade,event,A,s1\n", dry_run=True)
    assert made.added == ("a",)
    assert not (base / "facts" / "imported.yaml").exists()


def test_a_broken_base_is_told(base: Path) -> None:
    (base / "facts" / "old.yaml").write_text("- [")
    with pytest.raises(InputError, match=r"old\.yaml:1:\d: not valid YAML"):
        imported(base, HEAD + "a,,trade,event,A,s1\n")


# --- what dates mean ---------------------------------------------------------------------------


ISSUED_IN_AUGUST_2013 = {
    "sources.yaml": "references:\n- {id: s1, type: book, title: One, issued: 2013-08}\n"
}


def test_what_is_taken_for_granted_of_dates_is_counted(base: Path) -> None:
    made = imported(
        base,
        "date,date is,topics,kind,statement,cites\n"
        "2013,,trade,event,A,s1\n2013,,trade,event,B,s1\n2013/..,,trade,agreement,C,s1\n"
        ",,trade,event,D,s1\n2013,State,trade,event,E,s1\n2013,,trade,evnt,F,s1\n",
        dry_run=True,
    )
    assert made.date_is_assumed == {"occurrence": 2, "within": 1}


@pytest.mark.parametrize(
    ("date_is", "said", "assumed", "written"),
    [
        pytest.param("state", "2013-08", "date_is; said", (None, None), id="as it was exported"),
        pytest.param("within", "2013-09", "date_is; said", ("within", "2013-09"), id="edited since"),
        pytest.param("state", "2013-08", "", ("state", "2013-08"), id="written by hand"),
        pytest.param("state", "2013-08", "said", ("state", None), id="one of the two"),
        pytest.param("", "", "date_is; said; x", (None, None), id="nothing to assume"),
    ],
)  # fmt: skip
def test_what_was_only_assumed_is_not_written(
    base: Path, date_is: str, said: str, assumed: str, written: tuple[str | None, str | None]
) -> None:
    write_files(base, ISSUED_IN_AUGUST_2013)
    imported(
        base,
        "id,date,date_is,said,assumed,topics,kind,statement,cites\n"
        f"new,2013,{date_is},{said},{assumed},trade,figure,A,s1\n",
    )
    fact = next(fact for fact in read_base(base).facts if fact.id == "new")
    assert (fact.date_is, fact.said.text if fact.said else None) == written


def test_a_source_older_than_the_date_is_no_reason_to_refuse(base: Path) -> None:
    write_files(base, ISSUED_IN_AUGUST_2013)
    made = imported(base, HEAD + "a,2014,trade,event,A,s1\n")
    assert (made.added, made.refused) == (("a",), ())


# --- there and back --------------------------------------------------------------------------


def exported(kind: str, base: Path, facts: list[Fact]) -> bytes:
    known = read_base(base).base
    assert known is not None
    if kind == "csv":
        return facts_to_csv(known, facts).encode()
    if kind == "json":
        return facts_to_json(known, facts).encode()
    return facts_to_xlsx(known, facts, moment()[0])


@pytest.mark.parametrize("kind", ["csv", "json", "xlsx"])
def test_the_shipped_facts_come_back(kind: str, tmp_path: Path) -> None:
    facts = list(read_base(shipped_base()).facts)
    frame = {
        name: (shipped_base() / name).read_text(encoding="utf-8")
        for name in ("base.yaml", "actors.yaml", "sources.yaml")
    }
    empty = write_files(tmp_path / "empty", frame)
    file = tmp_path / f"facts.{kind}"
    file.write_bytes(exported(kind, shipped_base(), facts))
    made = import_facts(file, empty)
    assert (made.refused, made.duplicates, made.warnings) == ((), (), ())
    assert list(read_base(empty).facts) == facts


TEXT = st.text(
    st.sampled_from("=+-@'\t \"; ,|a[") | st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufffe\uffff"),
    min_size=1, max_size=12,
).filter(lambda text: bool(text.strip()) and not stray_direction(text))  # fmt: skip
CITES = st.lists(
    st.builds(
        lambda source, page, quote: Citation(source, (("page", page),) if page else (), quote),
        st.sampled_from(["s1", "s2"]), TEXT | st.just(""), TEXT | st.just(""),
    ),
    min_size=1, max_size=3,
).map(tuple)  # fmt: skip
FACTS = st.builds(
    Fact,
    id=st.just("new"),
    topics=st.sampled_from([("trade",), ("energy", "energy.oil")]),
    kind=st.just("position"),
    statement=TEXT,
    cites=CITES,
    date=st.sampled_from([None, "2013", "2012~", "../2014"]).map(lambda d: parse_edtf(d) if d else None),
    date_note=TEXT | st.just(""),
    date_is=st.none() | st.sampled_from(DATE_MEANINGS),
    said=st.sampled_from([None, "2013-08~", "2013/.."]).map(lambda d: parse_edtf(d) if d else None),
    actors=st.sampled_from([(), ("russia", "pakistan")]),
    detail=TEXT | st.just(""),
    attribution=TEXT,
    figures=st.sampled_from([(), (Figure("m", 0.1, "USD million", "planned", 3, parse_edtf("2013"), "at-most"),) * 2]),
    credibility=st.sampled_from([None, 1, 6]),
    key=st.booleans(),
    status=st.sampled_from(["current", "draft", "superseded", "retracted"]),
    status_note=TEXT | st.just(""),
    disputes=st.sampled_from([(), ("old",)]),
    marking=st.sampled_from(["", "OFFICIAL"]),
    recorded=st.sampled_from(["", "2026-11-21"]),
    recorded_by=TEXT | st.just(""),
    checked_by=TEXT | st.just(""),
)  # fmt: skip


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(FACTS, st.sampled_from(["csv", "json", "xlsx"]))
def test_any_fact_comes_back(base: Path, fact: Fact, kind: str) -> None:
    (base / "facts" / "imported.yaml").unlink(missing_ok=True)
    file = base.parent / f"facts.{kind}"
    file.write_bytes(exported(kind, base, [fact]))
    made = import_facts(file, base)
    assert [row.told for row in made.refused] == []
    assert [replace(found) for found in read_base(base).facts if found.id == "new"] == [fact]
