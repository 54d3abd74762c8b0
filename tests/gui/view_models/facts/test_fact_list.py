"""What the list of facts shows: picked, pinned and left out, in order, in groups."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.brief.spec.model import BriefSpec, Edits
from briefgen.dates import parse_edtf
from briefgen.errors import UsageError
from briefgen.gui.view_models.facts.fact_list import FactLister, Grouping, ListedFacts, why_nothing
from briefgen.index import Index, open_index
from briefgen.select.model import Selection
from briefgen.select.pick import select_facts
from written_files import write_files

BASE = {
    "base.yaml": """\
format: 1
title: Test
language: en
topics: {energy: Energy, energy.oil: Oil, energy.gas: Gas, trade: Trade, sport: Sport}
""",
    "actors.yaml": "- {id: moscow, name: Москва, kind: place}\n",
    "sources.yaml": "references: [{id: s, type: book, title: T}]\n",
    "facts/all.yaml": "\n".join(
        f"- {{id: {id_}, {f'date: {date}, ' if date else ''}topics: [{topics}], kind: event, "
        f"statement: {statement}, cites: [{{source: s}}], status: {status}{more}}}"
        for id_, date, topics, statement, status, more in (
            ("gas-2012", "2012", "energy.gas", "Gas.", "current", ""),
            ("oil-2011", "2011-05", "energy.oil, trade", "Oil was sold.", "current", ""),
            ("trade-2011", "2011", "trade, energy", "Trade in oil.", "current", ""),
            ("cup", "1986", "sport", "A cup.", "current", ", actors: [moscow]"),
            ("undated", "", "trade", "Some trade.", "current", ""),
            ("ancient", "../-0043", "sport", "Games.", "current", ", date_is: within"),
            ("draft", "2013", "trade", "A fair.", "draft", ""),
            ("odd", "2014", "sport", "'A “[”, a ] and {.'", "current", ", disputes: [cup]"),
        )
    ),
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = write_files(tmp_path_factory.mktemp("base"), BASE)
    with open_index(folder, cache_folder=tmp_path_factory.mktemp("cache")) as opened:
        assert not opened.problems
        yield opened


@pytest.fixture
def lister(index: Index) -> FactLister:
    return FactLister(index)


def told(lister: FactLister, listing: ListedFacts) -> dict[str, list[str]]:
    return {
        group.label: [lister.catalogue.ids[place] for place in group.places]
        for group in listing.groups
    }


def ids(lister: FactLister, places: object) -> set[str]:
    return {lister.catalogue.ids[place] for place in places}  # type: ignore[attr-defined]


def test_by_topic_a_fact_stands_once_under_the_first_topic_that_the_selection_has(
    lister: FactLister,
) -> None:
    assert told(lister, lister.list_facts(BriefSpec(), "topic")) == {
        "Energy": ["oil-2011", "gas-2012"],
        "Trade": ["trade-2011", "undated"],
        "Sport": ["ancient", "cup", "odd"],
    }

    asked = BriefSpec(select=Selection(topics=("energy.gas", "energy")))
    assert told(lister, lister.list_facts(asked, "topic")) == {
        "Energy": ["trade-2011", "oil-2011"],
        "Gas": ["gas-2012"],
    }


def test_by_date_facts_stand_under_their_years_undated_ones_last(lister: FactLister) -> None:
    assert told(lister, lister.list_facts(BriefSpec(), "date")) == {
        "44 BC": ["ancient"],
        "1986": ["cup"],
        "2011": ["trade-2011", "oil-2011"],
        "2012": ["gas-2012"],
        "2014": ["odd"],
        "Undated": ["undated"],
    }


def test_what_is_left_out_keeps_its_place_and_does_not_count(lister: FactLister) -> None:
    spec = BriefSpec(edits=Edits(exclude=("oil-2011", "draft")))

    listing = lister.list_facts(spec, "topic")

    assert told(lister, listing)["Energy"] == ["oil-2011", "gas-2012"]
    assert ids(lister, listing.left_out) == {"oil-2011"}  # the scope has no drafts
    assert listing.count == 6


def test_what_is_pinned_is_listed_whatever_the_scope_says(lister: FactLister) -> None:
    spec = BriefSpec(
        select=Selection(topics=("trade",)), edits=Edits(include=("draft", "cup", "undated"))
    )

    listing = lister.list_facts(spec, "topic")

    assert told(lister, listing) == {
        "Trade": ["trade-2011", "oil-2011", "draft", "undated"], "Other": ["cup"],
    }  # fmt: skip
    assert ids(lister, listing.pinned) == {"draft", "cup", "undated"}
    assert ids(lister, listing.beyond) == {"draft", "cup"}
    assert listing.count == 5


def test_what_was_just_unpinned_can_be_kept_in_sight(lister: FactLister) -> None:
    spec = BriefSpec(select=Selection(topics=("trade",)))

    listing = lister.list_facts(spec, "date", keep=["cup", "undated"])

    assert ids(lister, listing.beyond) == ids(lister, listing.left_out) == {"cup"}
    assert listing.count == 3


def test_hand_order_comes_first_within_each_group(lister: FactLister) -> None:
    spec = BriefSpec(edits=Edits(order=("odd", "gas-2012", "draft")))

    listing = lister.list_facts(spec, "topic")

    assert told(lister, listing)["Energy"] == ["gas-2012", "oil-2011"]
    assert told(lister, listing)["Sport"] == ["odd", "ancient", "cup"]
    assert [lister.catalogue.ids[place] for place in listing.sequence][:3] == [
        "odd", "gas-2012", "ancient",
    ]  # fmt: skip


def test_edits_of_facts_that_the_base_lacks_are_told(lister: FactLister) -> None:
    spec = BriefSpec(edits=Edits(exclude=("gone",), reword={"cup": "Cup!", "lost": "-"}))

    listing = lister.list_facts(spec, "topic")

    assert listing.missing == ("gone", "lost")
    assert {lister.catalogue.ids[place]: text for place, text in listing.reworded.items()} == {
        "cup": "Cup!"
    }


def test_what_the_base_cannot_answer_is_said(lister: FactLister) -> None:
    with pytest.raises(UsageError, match="no topic 'spor'"):
        lister.list_facts(BriefSpec(select=Selection(topics=("spor",))), "topic")


def test_topics_are_those_of_the_facts_whatever_else_these_say(lister: FactLister) -> None:
    catalogue = lister.catalogue
    number_of, topics = catalogue.topics
    facts = catalogue.facts(range(len(catalogue)))

    assert [facts[place].id for place in facts] == catalogue.ids
    assert [topics[number_of[place]] for place in facts] == [fact.topics for fact in facts.values()]


def test_disputes_are_open_while_the_other_side_stands(lister: FactLister) -> None:
    asked = lister.catalogue.open_disputes(["cup", "odd", "oil-2011"])
    assert asked == {"cup": ("odd",), "odd": ("cup",)}


SELECTIONS = st.builds(
    Selection,
    topics=st.lists(st.sampled_from(["energy", "energy.oil", "trade", "sport"])).map(tuple),
    start=st.sampled_from([None, parse_edtf("2011"), parse_edtf("1986")]),
    end=st.sampled_from([None, parse_edtf("2012")]),
    text=st.sampled_from(["", "oil", "москва"]),
    undated=st.booleans(),
    status=st.sampled_from([("current",), ("current", "draft"), ("draft",)]),
)


@settings(deadline=None, max_examples=150)
@given(
    selections=st.lists(SELECTIONS, min_size=1, max_size=4), by=st.sampled_from(["topic", "date"])
)
def test_the_list_has_what_a_selection_picks_each_fact_once(
    index: Index, selections: list[Selection], by: Grouping
) -> None:
    lister = FactLister(index)
    for selection in selections:  # one after the other: each may use what the last one left
        listing = lister.list_facts(BriefSpec(select=selection), by)
        picked = [fact.id for fact in select_facts(index, selection)]

        assert [lister.catalogue.ids[place] for place in listing.sequence] == picked
        grouped = [place for group in listing.groups for place in group.places]
        assert sorted(grouped) == sorted(listing.sequence)


@pytest.mark.parametrize(
    ("selection", "reason", "way", "found"),
    [
        (Selection(text="whale"), "No fact in this scope has all of “whale” in it.", "Do without these words", 7),
        (Selection(start=parse_edtf("2020")), "No fact in these dates. Widen them, or take other topics.", "Show all dates", 7),
        (Selection(text="whale", start=parse_edtf("2020")), "No fact in this scope. Widen the dates or topics.", "Show all facts", 7),
        (Selection(kinds=("plan",)), "No fact in this scope. Widen the dates or topics.", "Show all facts", 7),
    ],
)  # fmt: skip
def test_an_empty_list_has_a_reason_and_a_way_out(
    index: Index, lister: FactLister, selection: Selection, reason: str, way: str, found: int
) -> None:
    nothing = why_nothing(index, selection)

    assert (nothing.reason, nothing.way) == (reason, way)
    assert nothing.selection is not None
    assert lister.list_facts(BriefSpec(select=nothing.selection), "date").count == found


def test_a_base_without_facts_says_so(tmp_path: Path) -> None:
    for name, text in BASE.items():
        if "/" not in name:
            (tmp_path / name).write_text(text, encoding="utf-8")
    with open_index(tmp_path, cache_folder=tmp_path / "cache") as opened:
        listing = FactLister(opened).list_facts(BriefSpec(), "topic")
        assert (listing.groups, listing.count) == ((), 0)
        assert why_nothing(opened, Selection()).reason.startswith("This base has no facts yet.")
