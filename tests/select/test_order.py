"""The order of all facts that an index keeps: as its tables have it, whatever the files became."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from briefgen.brief.spec.model import BriefSpec
from briefgen.facts.model import FACT_STATUSES
from briefgen.gui.view_models.facts.fact_list import FactLister
from briefgen.index import Index, open_index
from briefgen.index.schema import ORDER
from briefgen.index.sealed import PAGE, _SealedFile
from briefgen.select.facets import Facets
from briefgen.select.model import Selection
from briefgen.select.pick import count_by_topic, select_facts
from selection_oracle import base_parts, fact_lists

MakeFact = Callable[..., dict[str, Any]]


def hold_against_the_tables(index: Index) -> None:
    order, stored = index.order, index.rows(
        f"SELECT row, status, topics, first, last FROM facts WHERE good ORDER BY {ORDER}"
    )  # fmt: skip
    numbers, topics = order.topics
    dates = [(first, last) for first, last, count in order.dates for _ in range(count)]
    assert stored == [
        (row, FACT_STATUSES[status], " ".join(topics[number]), *days)
        for row, status, number, days in zip(
            order.rows, order.statuses, numbers, dates, strict=True
        )
    ]
    for place, row in enumerate(order.rows):
        assert order.place_of_row[row] == place
    everything = Selection(status=FACT_STATUSES)
    under = {topic: held.bit_count() for topic, held in order.topic_sets().items()}
    assert {topic: count for topic, count in under.items() if count} == count_by_topic(
        index, everything
    )
    lister = FactLister(index)
    for statuses in ((), *((status,) for status in FACT_STATUSES), FACT_STATUSES):
        selection = Selection(status=statuses)
        listed = lister.list_facts(BriefSpec(select=selection), "date").sequence
        assert [lister.catalogue.ids[place] for place in listed] == [
            fact.id for fact in select_facts(index, selection)
        ]


@given(fact_lists())
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_the_order_is_that_of_the_tables(
    make_base: Callable[..., Path], tmp_path: Path, records: list[dict[str, Any]]
) -> None:
    files = {"one.yaml": records[::2], "two.yaml": records[1::2]}
    folder = make_base(files, **base_parts())
    with open_index(folder, cache_folder=tmp_path / "cache") as index:
        hold_against_the_tables(index)
    # One file fewer facts, so that rows are missing in between; then none at all.
    for left in (records[:-1:2], []):
        folder = make_base({**files, "one.yaml": left}, **base_parts())
        with open_index(folder, cache_folder=tmp_path / "cache") as index:
            hold_against_the_tables(index)


def test_facts_with_faults_have_no_place(
    make_base: Callable[..., Path], tmp_path: Path, fact: MakeFact
) -> None:
    facts = [fact("good", date="2011"), fact("faulty", date="2010", actors=["nobody"])]
    with open_index(make_base({"a.yaml": facts}), cache_folder=tmp_path / "cache") as index:
        assert len(index.order) == 1
        hold_against_the_tables(index)


def test_lists_and_counts_do_not_read_the_whole_index(
    make_base: Callable[..., Path], tmp_path: Path, fact: MakeFact, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts = [
        fact(f"fact-{number}", date=str(1990 + number % 30), statement=f"{number} " + "word " * 40)
        for number in range(3000)
    ]
    folder, cache = make_base({"a.yaml": facts}), tmp_path / "cache"
    open_index(folder, cache_folder=cache).close()
    seen: set[int] = set()
    read = _SealedFile.xRead

    def reading(self: _SealedFile, amount: int, offset: int) -> bytes:
        seen.add(offset // PAGE)
        return read(self, amount, offset)

    with open_index(folder, cache_folder=cache) as index:
        monkeypatch.setattr(_SealedFile, "xRead", reading)
        assert FactLister(index).list_facts(BriefSpec(), "topic").count == 3000
        counts = Facets(index)
        assert sum(counts.histogram(Selection()).columns) == 3000
        assert counts.by_topic(Selection())
    (kept,) = cache.glob("*.sqlite")
    assert len(seen) < kept.stat().st_size / PAGE / 20
