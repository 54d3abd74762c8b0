"""A fact whole: everything that the base says of it, in words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from briefgen.gui.view_models.facts.fact_details import fact_details, word_changes
from briefgen.index import Index, open_index
from written_files import write_files

FILES = {
    "base.yaml": """\
format: 1
title: Test
language: en
topics: {energy: Energy, energy.gas: Gas}
measures: {trade: {label: Bilateral trade, unit: USD million}}
""",
    "actors.yaml": "- {id: russia, name: Russia, kind: state}\n",
    "sources.yaml": """\
references:
- id: s1
  type: article-newspaper
  title: Gas talks
  container-title: Daily Post
  author: [{family: Khan, given: A.}]
  URL: https://example.org/1
  issued: 2011-05-18
  custom: {reliability: B, reliability_note: a paper of record, archive: s1.txt}
- id: s2
  type: report
  title: Yearbook
  custom: {derived_from: [s1]}
""",
    "facts/all.yaml": """\
- id: agreed
  date: 2011-05
  topics: [energy.gas]
  kind: figure
  actors: [russia]
  attribution: an official
  statement: Gas worth 4000 was agreed on.
  figures: [{measure: trade, value: 4000, unit: USD million, basis: potential, qualifier: about}]
  cites: [{source: s1, locator: {page: 3}, quote: It is agreed.}, {source: s2}]
  credibility: 3
  supersedes: [older]
  disputes: [denied]
- {id: older, topics: [energy], kind: event, statement: Older., cites: [{source: s2}], status: superseded}
- {id: denied, date: 2012, topics: [energy], kind: event, statement: Denied., cites: [{source: s2}]}
""",
}


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    write_files(tmp_path, FILES)
    with open_index(tmp_path, cache_folder=tmp_path / "cache") as opened:
        assert not opened.problems
        yield opened


def test_sources_with_their_places_grades_and_reasons(index: Index) -> None:
    details = fact_details(index, "agreed")
    assert details is not None
    first, second = details.sources

    assert first.where.replace("\u00a0", " ") == "Khan, Daily Post, 18 May 2011, p. 3"
    assert (first.title, first.quote, first.url) == (
        "Gas talks", "It is agreed.", "https://example.org/1",
    )  # fmt: skip
    assert first.why == "Reliability B, usually reliable: a paper of record"
    assert (second.where, second.title, second.reliability) == ("Yearbook", "", None)
    assert [told.replace("\u00a0", " ") for told in second.derived_from] == [
        "Khan, Daily Post, 18 May 2011"
    ]


def test_figures_disputes_and_history(index: Index) -> None:
    details = fact_details(index, "agreed")
    assert details is not None
    (figure,) = details.figures

    assert (figure.measure, figure.value, figure.unit) == (
        "Bilateral trade", "about\u00a04,000", "USD million",
    )  # fmt: skip
    assert (figure.period, figure.basis) == ("May\u00a02011", "potential, not a total")
    assert details.topics == ("Gas",)
    assert details.actors == ("Russia",)
    assert [card.id for card in details.disputes] == ["denied"]
    assert [card.id for card in details.supersedes] == ["older"]
    assert details.card.cautions == ("disputed",)
    assert details.card.grade == "B3"
    assert details.date_means == "it held then, as far as reported (as for any figure)"
    assert details.said.replace("\u00a0", " ") == "18 May 2011"


def test_the_other_ends_are_told_too(index: Index) -> None:
    older, denied = fact_details(index, "older"), fact_details(index, "denied")

    assert older is not None
    assert denied is not None
    assert [card.id for card in older.superseded_by] == ["agreed"]
    assert [card.id for card in denied.disputes] == ["agreed"]


def test_a_fact_that_is_not_there(index: Index) -> None:
    assert fact_details(index, "nowhere") is None


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        ("Oil was sold.", "Oil was sold.", [("same", "Oil was sold.", "Oil was sold.")]),
        (
            "Oil was sold.",
            "Oil was bought.",
            [("same", "Oil was", "Oil was"), ("changed", "sold.", "bought.")],
        ),
        (
            "Oil came.",
            "Much oil came.",
            [("changed", "Oil", "Much oil"), ("same", "came.", "came.")],
        ),
    ],
)
def test_what_changed_in_a_wording(
    before: str, after: str, changes: list[tuple[str, str, str]]
) -> None:
    assert word_changes(before, after) == changes
