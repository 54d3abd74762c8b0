"""Counts for every choice: the same as picking with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefgen.dates import parse_edtf
from briefgen.errors import UsageError
from briefgen.facts.model import FACT_KINDS, FACT_STATUSES
from briefgen.index import open_index
from briefgen.select.facets import Facets, Histogram
from briefgen.select.model import Selection
from briefgen.select.pick import count_facts, select_facts
from selection_oracle import (
    ACTORS,
    GRADES,
    LEVELS,
    TOPICS,
    base_parts,
    fact_lists,
    said,
    selections,
)

MakeFact = Callable[..., dict[str, Any]]


@given(fact_lists(), st.lists(selections, min_size=3, max_size=6))
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_counts_are_those_of_picking(
    make_base: Callable[..., Path],
    tmp_path: Path,
    records: list[dict[str, Any]],
    asked: list[Selection],
) -> None:
    folder = make_base({"one.yaml": records[::2], "two.yaml": records[1::2]}, **base_parts())
    with open_index(folder, cache_folder=tmp_path / "cache") as index:
        facets = Facets(index)
        for selection in map(said, asked):

            def count(selection: Selection = selection, **changes: Any) -> int:
                return count_facts(index, replace(selection, **changes))

            assert facets.count(selection) == count()
            by_topic = facets.by_topic(selection)
            for topic in TOPICS:
                assert by_topic.get(topic, 0) == count(topics=(topic,))
            for kind in FACT_KINDS:
                assert facets.by_kind(selection)[kind] == count(kinds=(kind,))
            for status in FACT_STATUSES:
                assert facets.by_status(selection)[status] == count(status=(status,))
            for actor, taken in facets.by_actor(selection, ACTORS).items():
                assert taken == count(actors=(actor,))
            for source, taken in facets.by_source(selection, GRADES).items():
                assert taken == count(sources=(source,))
            for marking, taken in facets.by_marking(selection, LEVELS).items():
                assert taken == count(markings=(marking,))
            for grade, taken in facets.by_reliability(selection).items():
                assert taken == count(min_reliability=grade)
            for least, taken in facets.by_credibility(selection).items():
                assert taken == count(min_credibility=least)
            assert facets.ungraded(selection) == count(ungraded=True) - count(ungraded=False)
            anytime = select_facts(index, replace(selection, start=None, end=None))
            undated = [fact for fact in anytime if fact.date is None]
            assert facets.undated(selection) == len(undated)
            over_time = facets.histogram(selection)
            assert over_time.undated == len(undated)
            spans = sum(span.count for span in over_time.spans)
            assert sum(over_time.columns) + spans == len(anytime) - len(undated)


@pytest.fixture
def facets_of(
    make_base: Callable[..., Path], cache: Path, fact: MakeFact
) -> Callable[[list[dict[str, Any]]], Any]:
    @contextmanager
    def open_(facts: list[dict[str, Any]]) -> Iterator[Facets]:
        with open_index(make_base({"f.yaml": facts}), cache_folder=cache) as index:
            assert not index.fatal
            assert all(problem.severity == "warning" for problem in index.problems)
            yield Facets(index)

    return open_


def columns(found: Histogram, facets: Facets) -> dict[str, int]:
    scale = facets.scale
    assert scale is not None
    return {str(scale.bounds[number]): count for number, count in enumerate(found.columns) if count}


def test_facts_that_fit_no_column_are_spans(facets_of: Any, fact: MakeFact) -> None:
    facts = [
        fact("a", date="2003"),
        fact("b", date="2011-05"),
        fact("c", date="2011~"),  # about does not widen it
        fact("d", date="201X"),
        fact("e", date="2012-03/2014"),
        fact("f", date="2012/2014-02"),
        fact("g", date="2013/.."),
        fact("h", date="../2004"),
        fact("i"),
    ]
    with facets_of(facts) as facets:
        found = facets.histogram(Selection())
        spans = [
            (2003 + span.first, 2003 + span.last, span.open_start, span.open_end, span.count)
            for span in found.spans
        ]

    assert columns(found, facets) == {"2003": 1, "2011": 2}
    assert spans == [
        (2003, 2004, True, False, 1),
        (2010, 2019, False, False, 1),
        (2012, 2014, False, False, 2),
        (2013, 2019, False, True, 1),
    ]
    assert found.undated == 1


def test_the_dates_asked_for_do_not_change_the_histogram(facets_of: Any, fact: MakeFact) -> None:
    with facets_of([fact("a", date="2003"), fact("b", date="2011")]) as facets:
        asked = Selection(start=parse_edtf("2010"), kinds=("event",))
        assert facets.histogram(asked) == facets.histogram(Selection())
        assert facets.histogram(replace(asked, kinds=("plan",))).columns == (0,) * 9


def test_a_base_without_dates_or_without_facts_has_counts_too(
    facets_of: Any, fact: MakeFact
) -> None:
    for facts in ([fact("a")], []):
        with facets_of(facts) as facets:
            assert facets.scale is None
            assert facets.histogram(Selection()) == Histogram((), (), len(facts))
            assert facets.by_topic(Selection()).get("energy", 0) == len(facts)
            assert facets.newest(740_000) is None


def test_what_the_base_does_not_know_takes_nothing(facets_of: Any, fact: MakeFact) -> None:
    with facets_of([fact("a", actors=["russia"])]) as facets:
        assert facets.count(Selection(topics=("nothing",))) == 0
        assert facets.count(Selection(actors=("nobody",))) == 0
        assert facets.by_actor(Selection(), ["nobody", "russia"]) == {"nobody": 0, "russia": 1}
        with pytest.raises(UsageError, match="nothing to look for"):
            facets.count(Selection(text="!!"))


def test_the_newest_fact_is_the_last_to_start_and_not_a_thing_to_come(
    facets_of: Any, fact: MakeFact
) -> None:
    today = parse_edtf("2024-01-01").first_day
    assert today is not None
    facts = [
        fact("a", date="2011"),
        fact("b", date="2023-09/.."),
        fact("c", date="2023-12", status="draft"),
        fact("plan", date="2030"),
    ]
    with facets_of(facts) as facets:
        assert facets.newest(today) == parse_edtf("2023-09").first_day
        assert facets.newest(0) == parse_edtf("2030").first_day
