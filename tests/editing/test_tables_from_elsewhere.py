"""Tables that were not made for a fact base: what is said besides their columns, and their sources."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from briefgen.editing.importing_facts import ImportedFacts, import_facts
from briefgen.errors import InputError, UsageError
from briefgen.facts.model import Fact
from briefgen.facts.read import read_base
from briefgen.facts.tables.columns import TableMapping
from written_files import write_files

BASE = {
    "base.yaml": """\
format: 1
title: Test relations
language: en
topics: {arms: Arms control, sea: The sea}
""",
    "actors.yaml": "- {id: ruritania, name: Ruritania, kind: state}\n",
    "sources.yaml": """\
references:
- {id: gazette, type: book, title: The Gazette}
- {id: straits, type: treaty, title: Straits Convention, issued: 1936-07-20, URL: "https://t.example/7"}
""",
    "facts/old.yaml": """\
- id: old
  topics: [arms]
  kind: event
  statement: It happened.
  cites: [{source: gazette}]
""",
}


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return write_files(tmp_path / "base", BASE)


def imported(
    base: Path,
    table: str,
    columns: dict[str, str] | None = None,
    *,
    name: str = "t.csv",
    **more: str,
) -> ImportedFacts:
    """What comes of a table; `more` are fields that something is set for, `_` for a full stop."""
    file = base.parent / name
    file.write_text(table, encoding="utf-8", newline="")
    dates, empty = more.pop("dates", None), more.pop("empty", "")
    fillings = {field.replace("source_", "source."): text for field, text in more.items()}
    mapping = TableMapping(columns or {}, fillings, dates, frozenset(empty.split()))  # type: ignore[arg-type]
    return import_facts(file, base, mapping=mapping)


def facts(base: Path) -> dict[str, Fact]:
    read = read_base(base)
    assert [problem for problem in read.problems if problem.severity == "error"] == []
    return {fact.id: fact for fact in read.facts if fact.id != "old"}


def sources(base: Path) -> dict[str, str]:
    found = read_base(base).base
    assert found is not None
    return {
        id_: source.title
        for id_, source in found.sources.items()
        if id_ not in ("gazette", "straits")
    }


def told(made: ImportedFacts, base: Path) -> list[str]:
    return [each.told.replace(f"{base.parent}/", "") for each in made.refused]


TREATIES = """\
Name,Signed,Link,In force
Treaty of Strelsau,11 June 1951,https://t.example/1,1952
Convention on Lighthouses,c. 1953,https://t.example/2,NA
,1954,https://t.example/3,1955
"""
SAID = {"kind": "agreement", "topics": "arms", "statement": "{Name} was signed."}


# --- what is set -----------------------------------------------------------------------------


def test_what_is_set_fills_what_rows_leave_empty(base: Path) -> None:
    made = imported(
        base,
        "Kind,Title,Topic\nplan,It was planned.,sea\n,It was agreed.,\n",
        {"Title": "statement"},
        kind="agreement",
        topics="arms; sea",
        cites="gazette, p. 3",
    )
    assert told(made, base) == []
    assert [(f.kind, f.topics, f.cites[0].locators) for f in facts(base).values()] == [
        ("plan", ("sea",), (("page", "3"),)),
        ("agreement", ("arms", "sea"), (("page", "3"),)),
    ]


def test_a_statement_is_made_of_columns(base: Path) -> None:
    made = imported(base, TREATIES, {"Signed": "date"}, cites="gazette", **SAID)
    assert [(f.id, f.statement, f.date and f.date.text) for f in facts(base).values()] == [
        ("treaty-strelsau-signed-1951", "Treaty of Strelsau was signed.", "1951-06-11"),
        ("convention-lighthouses-signed-1953", "Convention on Lighthouses was signed.", "1953~"),
    ]
    assert told(made, base) == [
        "t.csv: row 4, the statement that is set: nothing stands in 'Name'; every fact needs statement"
    ]


def test_braces_are_written_twice(base: Path) -> None:
    imported(
        base, TREATIES, kind="event", topics="arms", cites="gazette", statement="{{{name}}} {{it}}."
    )
    assert next(iter(facts(base).values())).statement == "{Treaty of Strelsau} {it}."


def test_a_date_is_made_of_columns_as_far_as_they_go(base: Path) -> None:
    imported(
        base,
        "n,y,m,d\na,1816,3,1\nb,1816,3,\nc,1816,,\nd,,,\ne,1816,,4\n",
        date="{y}-{m}-{d}", statement="It was {n}.", kind="event", topics="sea", cites="gazette",
    )  # fmt: skip
    dates = {fact.statement[-2]: fact.date and fact.date.text for fact in facts(base).values()}
    assert dates == {"a": "1816-03-01", "b": "1816-03", "c": "1816", "d": None, "e": "1816"}


@pytest.mark.parametrize(
    ("fillings", "says"),
    [
        ({"kind": "treaty"}, "--set kind=treaty: 'treaty' is not one of event, agreement"),
        ({"topics": "harms"}, "--set topics=harms: unknown topic 'harms'; did you mean 'arms'?"),
        (
            {"cites": "gazete"},
            "--set cites=gazete: unknown source 'gazete'; did you mean 'gazette'?",
        ),
        ({"cites": "gazette, foo"}, "--set cites=gazette, foo: 'foo' is no place in a source"),
        ({"date": "11/06/1951"}, "--set date=11/06/1951: '11/06/1951' is not clear as a date"),
        ({"statement": "{Nam} was signed."}, "has no column 'Nam'; did you mean 'Name'?"),
        ({"statement": "{Name was signed."}, "--set statement: a lone { in '{Name was signed.'"),
        ({"statement": "{Name.__class__}"}, "has no column 'Name.__class__'; it has Name, Signed"),
        ({"sorce": "x"}, "--set: facts have no field 'sorce'"),
        ({"kind": " "}, "--set: nothing is set for kind"),
        ({"detail": "x" * 10_001}, "--set detail: that is no text for a field"),
    ],
)
def test_what_no_fact_could_have_is_refused_once(
    base: Path, fillings: dict[str, str], says: str
) -> None:
    before = (base / "sources.yaml").read_bytes()
    with pytest.raises(UsageError) as caught:
        imported(base, TREATIES, **{"cites": "gazette", **SAID, **fillings})
    assert says in str(caught.value)
    assert (base / "sources.yaml").read_bytes() == before
    assert not (base / "facts/imported.yaml").exists()


def test_cells_that_stand_for_nothing(base: Path) -> None:
    made = imported(base, TREATIES, {"In force": "date"}, cites="gazette", empty="NA", **SAID)
    assert [fact.date and fact.date.text for fact in facts(base).values()] == ["1952", None]
    assert len(made.refused) == 1


def test_an_order_of_dates_is_asked_for_and_then_kept_to(base: Path) -> None:
    table = "Name,Signed\nA,11/06/1951\nB,13/06/1951\nC,06/13/1951\n"
    made = imported(base, table, {"Signed": "date"}, cites="gazette", **SAID)
    assert made.added == ("b-signed-1951", "c-signed-1951")
    assert "t.csv: row 2, column 'Signed': '11/06/1951' is not clear" in told(made, base)[0]
    assert told(made, base)[0].endswith("--dates day-first, or month-first")
    made = imported(base, table, {"Signed": "date"}, cites="gazette", dates="day-first", **SAID)
    assert made.added == ("signed-1951",)
    assert [each.row for each in made.duplicates] == [3]
    assert "no month 13" in told(made, base)[0]


# --- sources ---------------------------------------------------------------------------------

OWN = {"source_title": "{Name}", "source_type": "treaty", "source_issued": "{Signed}"}


def test_each_row_brings_its_source(base: Path) -> None:
    made = imported(base, TREATIES, {"Signed": "date", "Link": "source.URL"}, **SAID, **OWN)
    assert made.sources == ("treaty-strelsau-1951", "convention-lighthouses-1953")
    assert (
        (base / "sources.yaml")
        .read_text("utf-8")
        .endswith(
            "- id: treaty-strelsau-1951\n  type: treaty\n  title: Treaty of Strelsau\n"
            "  issued: 1951-06-11\n  URL: https://t.example/1\n"
            "- id: convention-lighthouses-1953\n  type: treaty\n  title: Convention on Lighthouses\n"
            "  issued: 1953~\n  URL: https://t.example/2\n"
        )
    )
    assert [fact.cites[0].source for fact in facts(base).values()] == list(made.sources)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"source_type": "treatie"}, ("source.type=treatie", "did you mean 'treaty'?", "webpage")),
        ({"source_issued": "2013-02-31"}, ("source.issued=2013-02-31", "does not exist")),
    ],
)
def test_what_no_source_can_have_is_told_once(
    base: Path, said: dict[str, str], told: tuple[str, ...]
) -> None:
    with pytest.raises(UsageError) as refused:
        imported(base, TREATIES, **SAID, **{"source_title": "{Name}", **said})
    assert all(each in str(refused.value) for each in told)


def test_the_same_table_again_adds_nothing(base: Path) -> None:
    how = {"Signed": "date", "Link": "source.URL"}
    imported(base, TREATIES, how, **SAID, **OWN)
    before = [(base / name).read_bytes() for name in ("sources.yaml", "facts/imported.yaml")]
    made = imported(base, TREATIES, how, **SAID, **OWN)
    assert (made.added, made.sources, len(made.duplicates)) == ((), (), 2)
    assert [
        (base / name).read_bytes() for name in ("sources.yaml", "facts/imported.yaml")
    ] == before


def test_one_source_for_the_whole_table(base: Path) -> None:
    made = imported(
        base, TREATIES, source_title="Register of treaties", source_author="Sea Office", **SAID
    )
    assert sources(base) == {"register-treaties": "Register of treaties"}
    assert {fact.cites[0].source for fact in facts(base).values()} == set(made.sources)


def test_a_work_that_several_rows_rest_on_is_one_source(base: Path) -> None:
    made = imported(
        base,
        "What,Report,Year\nOne came.,Yearbook,1951\nTwo came.,Yearbook,1951\nTen came.,Yearbook,1952\n",
        {"What": "statement", "Report": "source.title", "Year": "source.date"},
        kind="event", topics="sea",
    )  # fmt: skip
    assert made.sources == ("yearbook-1951", "yearbook-1952")


def test_one_address_of_several_treaties_does_not_make_them_one(base: Path) -> None:
    made = imported(
        base,
        "Name,Link\nTreaty of Strelsau,https://t.example/all\nTreaty of Zenda,https://t.example/all\n",
        {"Link": "source.URL", "Name": "source.title"},
        **SAID,
    )
    assert made.sources == ("treaty-strelsau", "treaty-zenda")
    assert made.warnings == ("treaty-zenda may be treaty-strelsau (same URL, but another title)",)


def test_what_the_base_has_already_is_cited(base: Path) -> None:
    table = (
        "Name,Link,Day\nstraits convention,http://www.t.example/7/,20 July 1936\n"
        "Straits Convention,,20 July 1936\nAnother,,\n"
    )
    how = {"Link": "source.URL", "Name": "source.title", "Day": "source.issued"}
    made = imported(base, table, how, source_type="treaty", **SAID)
    assert made.sources == ("another",)
    cited = [fact.cites[0].source for fact in facts(base).values()]
    assert cited == ["straits", "another"]  # the second row says what the first does
    assert [each.row for each in made.duplicates] == [3]


def test_a_citation_goes_before_a_source_of_its_own_and_that_before_one_for_all(base: Path) -> None:
    table = "What,cites,Title\nA is.,straits,Own\nB is.,,Own\nC is.,,\n"
    imported(
        base, table, {"What": "statement", "Title": "source.title"},
        kind="event", topics="sea", cites="gazette", source_publisher="Sea Office",
    )  # fmt: skip
    assert [fact.cites[0].source for fact in facts(base).values()] == ["straits", "own", "gazette"]


def test_a_source_of_a_row_that_is_refused_stays_out(base: Path) -> None:
    made = imported(
        base,
        "What,Title,Day\nA is.,One,1951-13\nB is.,Two,1951\n",
        {"What": "statement", "Title": "source.title", "Day": "date"},
        kind="event", topics="sea",
    )  # fmt: skip
    assert (made.sources, len(made.refused)) == (("two",), 1)
    assert sources(base) == {"two": "Two"}


def test_faults_of_sources_are_told_with_row_and_column(base: Path) -> None:
    made = imported(
        base,
        "What,Title,Sort,Day,No\nA is.,One,treatise,,\nB is.,Two,,1951-13,\nC is.,,,,\nD is.,,,,9\n",
        {"What": "statement", "Title": "source.title", "Sort": "source.kind", "Day": "source.date",
         "No": "source.id"},
        kind="event", topics="sea",
    )  # fmt: skip
    assert told(made, base) == [
        "t.csv: row 2, column 'Sort': as a source: unknown type 'treatise'; did you mean 'treaty'?",
        "t.csv: row 3, column 'Day': '1951-13' has no month 13; months are 01 to 12, seasons 21 to 24, and a span of years is written with a slash: 2011/2013",
        "t.csv: row 4, column 'Title': nothing stands here; every fact needs cites",
        "t.csv: row 5, column 'No': as a source: no title; give it one and import it again",
    ]


def test_addresses_are_mended_as_in_bibliographies(base: Path) -> None:
    imported(
        base,
        'What,Link\nA is.,"""//t.example/Volume 486/v 486.pdf"""\nB is.,see there\n',
        {"What": "statement", "Link": "source.URL"},
        kind="event", topics="sea", source_title="{What}",
    )  # fmt: skip
    text = (base / "sources.yaml").read_text("utf-8")
    assert "URL: https://t.example/Volume%20486/v%20486.pdf" in text
    assert text.count("URL: ") == 2  # the other was the base's own


# --- ids, columns, JSON ----------------------------------------------------------------------


def test_ids_of_other_programs_become_ids_of_ours(base: Path) -> None:
    made = imported(
        base, "ID,What\nI-35597,A is.\nVÖ_1,B is.\n…,C is.\n", {"What": "statement"},
        kind="event", topics="sea", cites="gazette",
    )  # fmt: skip
    assert made.added == ("i-35597", "vo_1", "c")
    assert made.warnings == ("ids that are written another way here: 2; 'I-35597' is i-35597",)


def test_many_columns_that_are_left_out_are_told_in_one_line(base: Path) -> None:
    columns = ",".join(f"x{number}" for number in range(30))
    made = imported(base, f"Name,{columns}\nA,1\n", cites="gazette", **SAID)
    assert made.warnings == (
        f"30 columns are not imported ({', '.join(repr(f'x{number}') for number in range(12))} and 18 more); --map 'COLUMN=FIELD' says what one is",
    )


def test_a_table_without_what_every_fact_needs_says_the_ways(base: Path) -> None:
    with pytest.raises(InputError) as caught:
        imported(base, TREATIES, kind="agreement", topics="arms", statement="{Name}.")
    assert str(caught.value).endswith(
        "t.csv: there is no column for cites; say which it is with --map 'COLUMN=cites' or which source "
        "all rest on with --set cites=ID or what a source of its own is made of with --map "
        "COLUMN=source.title (not used: 'Signed', 'Link', 'In force')"
    )


def test_objects_of_json_with_texts_numbers_and_lists(base: Path) -> None:
    rows = [
        {"name": "Treaty of Strelsau", "signed": 1951, "by": ["Ruritania", "Graustark"], "n": None},
        {"name": "Treaty of Zenda", "signed": "11 June 1952", "by": [], "x": {"deep": 1}},
    ]
    made = imported(
        base, json.dumps(rows), {"signed": "date"}, name="t.json", cites="gazette",
        detail="Parties: {by}.", **{**SAID, "statement": "{name} was signed."},
    )  # fmt: skip
    assert made.added == ("treaty-strelsau-signed-1951", "treaty-zenda-signed-1952")
    assert [fact.detail for fact in facts(base).values()] == ["Parties: Ruritania; Graustark.", ""]


def test_formulas_and_hostile_cells_stay_texts(base: Path) -> None:
    imported(
        base,
        "Name\n'=1+1\n{Name}\n<b>&amp;{{ x }}</b>\n",
        kind="event", topics="sea", cites="gazette", statement="{Name}",
    )  # fmt: skip
    assert [fact.statement for fact in facts(base).values()] == [
        "=1+1", "{Name}", "<b>&amp;{{ x }}</b>",
    ]  # fmt: skip


def test_many_rows_of_one_statement_are_named_in_reasonable_time(base: Path) -> None:
    rows = "".join(f"Treaty,https://t.example/{number}\n" for number in range(1000))
    made = imported(
        base, f"Name,Link\n{rows}", {"Link": "source.URL", "Name": "source.title"}, **SAID
    )
    assert (len(made.added), len(made.sources)) == (1000, 1000)
    assert made.added[-1] == "treaty-signed-1000"


def test_a_source_may_be_an_object_in_the_row(base: Path) -> None:
    rows = [
        {"what": "A is.", "source": {"title": "Register", "url": "https://t.example/9", "year": 1}}
    ]
    made = imported(
        base, json.dumps(rows), {"what": "statement"}, name="t.json", kind="event", topics="sea"
    )
    assert made.sources == ("register",)
    (warning,) = made.warnings
    assert warning.startswith("key 'source.year' is not imported; ")
