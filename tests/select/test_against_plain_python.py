"""SQL picks what a plain Python filter picks, on random bases read from real YAML files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefgen.dates import parse_edtf
from briefgen.facts.read import read_base
from briefgen.index import open_index
from briefgen.select.model import Selection
from briefgen.select.pick import count_by_topic, count_facts, select_facts
from selection_oracle import (
    POINTS,
    SPANS,
    TOPICS,
    base_parts,
    days,
    expected,
    fact_lists,
    said,
    selections,
)


@given(fact_lists(), st.lists(selections, min_size=4, max_size=10))
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_sql_picks_what_plain_python_picks(
    make_base: Callable[..., Path],
    tmp_path: Path,
    records: list[dict[str, Any]],
    asked: list[Selection],
) -> None:
    folder = make_base(
        {"one.yaml": records[::2], "two.yaml": records[1::2]},
        **base_parts(),
    )
    facts = read_base(folder).facts
    assert len(facts) == len(records)
    with open_index(folder, cache_folder=tmp_path / "cache") as index:
        for selection in asked:
            picked = select_facts(index, said(selection))
            ids = [fact.id for fact in picked]
            assert ids == expected(facts, selection)
            by_id = {fact.id: fact for fact in facts}
            assert list(picked) == [by_id[id_] for id_ in ids]
            assert count_facts(index, said(selection)) == len(ids)
            by_topic = count_by_topic(index, said(selection))
            for topic in TOPICS:
                about = [
                    fact
                    for fact in picked
                    if any(f"{has}.".startswith(f"{topic}.") for has in fact.topics)
                ]
                assert by_topic.get(topic, 0) == len(about)


@pytest.mark.parametrize("text", POINTS + SPANS)
def test_our_days_are_those_of_the_edtf_package(text: str) -> None:
    ours = parse_edtf(text)
    first = float("-inf") if ours.first_day is None else ours.first_day
    last = float("inf") if ours.last_day is None else ours.last_day
    assert (first, last) == days(text)
