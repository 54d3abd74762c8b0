"""What the forms call: ids, files, plans; each shown as what changes in the files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from difflib import unified_diff
from pathlib import Path

import pytest

from briefgen.editing import base as keeping
from briefgen.editing.entry_faults import entry_faults
from briefgen.errors import BriefgenError, UsageError
from briefgen.index import Index, open_index
from briefgen.shipped import shipped_base
from briefgen.writing.plan import Plan
from written_files import write_files

BASE = {
    "base.yaml": """\
format: 1
title: T
language: en
topics: {energy: Energy, energy.oil: Oil, trade: Trade, law: Law}
measures: {trade: {label: Bilateral trade, unit: USD million}}
markings: [OFFICIAL]
""",
    "actors.yaml": "- {id: russia, name: Russia, kind: state}\n",
    "sources.yaml": "references:\n- {id: s1, type: book, title: One}\n",
    "facts/energy.yaml": """\
# Oldest first.
- id: oil-talks
  date: 2011-05  # as the paper had it
  topics: [energy.oil]
  kind: event
  statement: Talks on oil were opened.
  detail: In Moscow.
  cites: [{source: s1, locator: {page: 3, chapter: 2}}]
  marking: OFFICIAL

- id: oil-deal
  topics: [energy.oil]
  kind: event
  statement: A deal on oil was made.
  cites: [{source: s1}]
  supersedes: [oil-rumour]

- id: oil-rumour
  topics: [energy]
  kind: event
  statement: A deal was rumoured.
  cites: [{source: s1}]
  status: superseded
""",
    "facts/trade.yaml": """\
- id: trade-draft
  topics: [trade]
  kind: event
  statement: A trade fair was held.
  cites: [{source: s1}]
  status: draft
""",
}
TODAY = keeping.Keeper(date(2026, 11, 22), "Jo Doe")
NEW = {
    "id": "pipeline-2012",
    "date": "2012",
    "topics": ["energy"],
    "kind": "event",
    "statement": "A pipeline was opened.",
    "cites": [{"source": "s1"}],
}


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return write_files(tmp_path / "base", BASE)


@pytest.fixture
def index(base: Path, tmp_path: Path) -> Iterator[Index]:
    with open_index(base, cache_folder=tmp_path / "cache") as opened:
        yield opened


def written(plan: Plan, base: Path) -> list[str]:
    """Write it; the lines that are different now, and that the base is as sound as before."""
    plan.write()
    with open_index(base, cache_folder=base.parent / "cache") as index:
        assert index.problems == ()
    lines = []
    for name in sorted({*BASE, *(f"facts/{path.name}" for path in base.glob("facts/*"))}):
        after = (base / name).read_text("utf-8").splitlines()
        for line in unified_diff(BASE.get(name, "").splitlines(), after, n=0, lineterm=""):
            if line[:1] in "+-" and line[:3] not in ("+++", "---") and line[1:]:
                lines.append(line)
    return lines


def test_a_new_fact_stands_where_facts_of_its_topic_do(index: Index, base: Path) -> None:
    file = keeping.likely_file(index, ["energy"])

    assert file == "facts/energy.yaml"
    assert written(keeping.plan_new_fact(index, NEW, file, TODAY), base) == [
        "+- id: pipeline-2012",
        "+  date: 2012",
        "+  topics: [energy]",
        "+  kind: event",
        "+  statement: A pipeline was opened.",
        "+  cites:",
        "+    - source: s1",
        "+  recorded: 2026-11-22",
        "+  recorded_by: Jo Doe",
    ]


def test_a_new_fact_brings_its_source_along(index: Index, base: Path) -> None:
    entry = {**NEW, "cites": [{"source": "s2"}], "recorded": "2026-01-01", "recorded_by": "Me"}
    source = {"id": "s2", "type": "webpage", "title": "Two", "issued": "2012"}

    lines = written(
        keeping.plan_new_fact(index, entry, "facts/new.yaml", TODAY, new_sources=[source]), base
    )

    assert "+- id: s2" in lines
    assert "+  issued: 2012" in lines
    assert "+  recorded: 2026-01-01" in lines
    assert (base / "facts" / "new.yaml").exists()


def test_superseding_marks_the_old_fact_in_the_same_go(index: Index, base: Path) -> None:
    start = keeping.successor_of(keeping.fact_entry_of(index, "oil-talks"))
    assert start["supersedes"] == ["oil-talks"]
    assert "id" not in start

    entry = {**start, "id": "oil-talks-2", "statement": "Talks on oil went on."}
    plan = keeping.plan_new_fact(index, entry, "facts/trade.yaml", TODAY)

    assert written(plan, base)[:1] == ["+  status: superseded"]
    assert "supersedes: [oil-talks]" in (base / "facts/trade.yaml").read_text("utf-8")


def test_editing_changes_the_lines_of_what_was_changed(index: Index, base: Path) -> None:
    seen = keeping.fact_entry_of(index, "oil-talks")
    after = {**seen, "date": "2011-06", "detail": None, "credibility": 2}

    plan = keeping.plan_edited_fact(index, "oil-talks", seen, keeping.what_changed(seen, after))

    assert written(plan, base) == [
        "-  date: 2011-05  # as the paper had it",
        "+  date: 2011-06  # as the paper had it",
        "-  detail: In Moscow.",
        "+  credibility: 2",
    ]


def test_what_reads_the_same_has_not_changed() -> None:
    seen = {"credibility": "2", "key": True, "topics": ["a"], "cites": [{"source": "s"}]}
    now = {"credibility": 2, "key": True, "topics": ("a",), "cites": [{"source": "s"}]}

    assert keeping.what_changed(seen, now) == {}
    assert keeping.what_changed(seen, {**now, "key": None, "date": "2011"}) == {
        "key": None,
        "date": "2011",
    }


def test_a_retracted_fact_stays_and_says_why(index: Index, base: Path) -> None:
    fact = index.facts(["oil-talks"])["oil-talks"]

    plan = keeping.plan_retraction(index, [fact], " the paper withdrew\nthe report. ", TODAY)

    assert written(plan, base) == [
        "+  status: retracted",
        "+  status_note: the paper withdrew the report (22 November 2026)",
    ]


def test_a_retraction_needs_a_reason(index: Index) -> None:
    with pytest.raises(UsageError, match="say in a few words why"):
        keeping.plan_retraction(index, index.facts(["oil-talks"]).values(), " ", TODAY)


def test_a_checked_draft_is_current(index: Index, base: Path) -> None:
    facts = index.facts(["trade-draft", "oil-talks"]).values()

    assert written(keeping.plan_check(index, facts, TODAY), base) == [
        "+  checked: 2026-11-22",
        "+  checked_by: Jo Doe",
        "-  status: draft",
        "+  checked: 2026-11-22",
        "+  checked_by: Jo Doe",
    ]


def test_a_check_by_nobody_known_takes_away_who_checked_before(index: Index) -> None:
    draft = index.facts(["trade-draft"])["trade-draft"]
    told = replace(draft, checked_by="Sam", status_note="to be looked up")
    plan = keeping.plan_check(index, [told], keeping.Keeper(TODAY.today, ""))
    lines = plan.entry(index.folder / "facts/trade.yaml", "trade-draft")
    assert not lines.keys() & {"checked_by", "status_note", "status"}


def test_sources_and_actors_are_edited_as_facts_are(index: Index, base: Path) -> None:
    source = keeping.source_entry_of(index, "s1")
    changes = {"custom": {"reliability": "B"}}
    keeping.plan_edited_source(index, "s1", source, changes).write()
    actor = keeping.actor_entry_of(index, "russia")
    keeping.plan_edited_actor(index, "russia", actor, {"aliases": ["Moscow"]}).write()

    assert "reliability: B" in (base / "sources.yaml").read_text("utf-8")
    assert "aliases: [Moscow]" in (base / "actors.yaml").read_text("utf-8")


# --- ids and files ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statement", "date", "id_"),
    [
        (
            "Russia and Pakistan opened talks on oil.",
            "2011-05",
            "russia-pakistan-opened-talks-oil-2011",
        ),
        ("The Ministry said no.", "", "ministry-said-no"),
        ("Визит Лаврова в Исламабад", "2012", "vizit-lavrova-v-islamabad-2012"),
        ("Trade in 2013 stood at 542.", "2013", "trade-2013-stood-542"),
        ("", "2013", ""),
    ],
)
def test_ids_come_from_the_statement_and_the_year(
    index: Index, statement: str, date: str, id_: str
) -> None:
    assert keeping.suggest_fact_id(index, statement, date) == id_


def test_an_id_that_is_taken_gets_a_number(index: Index, base: Path) -> None:
    keeping.plan_new_fact(index, NEW, "trade", TODAY).write()
    with open_index(base, cache_folder=base.parent / "cache") as again:
        assert keeping.suggest_fact_id(again, "Pipeline", "2012") == "pipeline-2012-2"


@pytest.mark.parametrize(
    ("topics", "file"),
    [
        (["energy.oil"], "facts/energy.yaml"),
        (["trade"], "facts/trade.yaml"),
        (["law"], "facts/law.yaml"),
        ([], "facts/energy.yaml"),
    ],
)
def test_the_file_that_facts_of_a_topic_are_in(index: Index, topics: list[str], file: str) -> None:
    assert keeping.likely_file(index, topics) == file


@pytest.mark.parametrize(
    ("name", "path"),
    [("energy", "facts/energy.yaml"), ("facts/oil/new.yaml", "facts/oil/new.yaml")],
)
def test_files_of_facts_by_name(tmp_path: Path, name: str, path: str) -> None:
    assert keeping.facts_file(tmp_path, name) == tmp_path / path


@pytest.mark.parametrize("name", ["", "../x", "/etc/x", ".hidden", "a/../../b", "x\ny", "C:x"])
def test_names_that_lead_elsewhere_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError):
        keeping.facts_file(tmp_path, name)


def test_the_shipped_base_is_not_to_be_written_into(base: Path) -> None:
    assert "comes with briefgen" in keeping.why_read_only(shipped_base())
    assert keeping.why_read_only(base) == ""


# --- faults by field -------------------------------------------------------------------------

FAULTS = [
    ({"id": "oil-talks"}, ("id",), "the id 'oil-talks' is taken; choose another"),
    ({"id": "Ö"}, ("id",), "small letters, digits"),
    ({"statement": None}, ("statement",), "in one sentence"),
    ({"statement": "It rained. The talks ended."}, ("statement",), "more than one sentence"),
    ({"topics": []}, ("topics",), "at least one topic"),
    ({"topics": ["trade", "oil"]}, ("topics", 1), "no topic 'oil'"),
    ({"kind": "position"}, ("attribution",), "say whose position it is"),
    ({"date": "2011-13"}, ("date",), "no month 13"),
    ({"cites": None}, ("cites",), "name a source"),
    ({"cites": [{"source": "s9"}]}, ("cites", 0, "source"), "no source 's9'"),
    ({"cites": [{"source": "s1", "locator": {"pag": "3"}}]}, ("cites", 0, "locator", "pag"), "did you mean 'page'"),
    ({"cites": [{"locator": {"page": "3"}}]}, ("cites", 0, "source"), "choose the source"),
    ({"figures": [{"measure": "trade", "unit": "USD million", "basis": "reported"}]}, ("figures", 0, "value"), "write the number"),
    ({"credibility": "7"}, ("credibility",), "must be 1 to 6"),
    ({"marking": "SECRET"}, ("marking",), "no marking 'SECRET'"),
    ({"disputes": ["nothing"]}, ("disputes", 0), "no fact 'nothing'"),
    ({"figures": [{"measure": "trade", "value": "1", "unit": "EUR", "basis": "reported"}]}, ("figures", 0, "unit"), "the unit of Bilateral trade is USD million"),
    ({"detail": "a\x07"}, (), "control character"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "place", "told"), FAULTS)
def test_faults_are_told_at_their_field(
    index: Index, change: dict[str, object], place: tuple[object, ...], told: str
) -> None:
    (fault,) = entry_faults("fact", {**NEW, **change}, index)

    assert fault.place == place
    assert told in fault.sentence


def test_a_sound_entry_has_no_faults_and_can_be_written(index: Index, base: Path) -> None:
    assert entry_faults("fact", NEW, index) == ()
    assert (
        entry_faults("fact", {**NEW, "cites": [{"source": "s2"}]}, index, new_sources=["s2"]) == ()
    )


@pytest.mark.parametrize(
    ("id_", "changes", "told"),
    [
        ("oil-rumour", {"status": None}, "'oil-deal' supersedes it"),
        ("oil-rumour", {"supersedes": ["oil-deal"]}, "supersedes this one already"),
        ("oil-talks", {"disputes": ["oil-talks"]}, "disputes itself"),
    ],
)
def test_what_would_break_the_base_is_told(
    index: Index, id_: str, changes: dict[str, object], told: str
) -> None:
    entry = {**keeping.fact_entry_of(index, id_), **changes}

    assert told in entry_faults("fact", entry, index, own_id=id_)[0].sentence


@pytest.mark.parametrize(
    ("text", "two"),
    [
        ("It rained.", False),
        ("It rained. He left", True),
        ("Gen. Kayani met Mr. Lavrov in the U.S. Embassy.", False),
        ("Trade came to US$1.5 million.", False),
        ("He asked why? They did not say.", True),
        ("Встреча прошла. Итоги неизвестны.", True),
    ],
)
def test_one_sentence(index: Index, text: str, two: bool) -> None:
    faults = entry_faults("fact", {**NEW, "statement": text}, index)

    assert [fault.severity for fault in faults] == (["warning"] if two else [])


def test_facts_that_are_gone_are_told(index: Index) -> None:
    with pytest.raises(BriefgenError, match="is not there; read the base again"):
        keeping.fact_entry_of(index, "nothing")
