"""What the base does not know in the period asked, said in words."""

from __future__ import annotations

import itertools
from typing import NamedTuple

from briefgen.brief.assemble.filters import asked_topics, covering_topic, year_of
from briefgen.brief.assemble.material import Material
from briefgen.brief.words import listed
from briefgen.facts.model import Fact

_WIDE_YEARS = 3
"""A fact that spans more years than this tells of its first year only, not of each."""

_PRIMARY_TYPES = frozenset(
    {
        "bill", "dataset", "hearing", "legal_case", "legislation", "patent", "regulation",
        "report", "standard", "treaty", "speech", "personal_communication", "interview",
    }
)  # fmt: skip
"""CSL types that are, or usually are, records of those who acted."""


class TopicGap(NamedTuple):
    """A topic that was asked for and has nothing to say on some of the time."""

    label: str
    years: str
    """`2012–2015 and 2019`; empty: nothing at all."""
    facts: tuple[str, ...]
    """What it does have."""


def topic_gaps(facts: tuple[Fact, ...], material: Material) -> list[TopicGap]:
    """The topics that were asked for and have nothing, or nothing in some years, in order."""
    found = []
    period = _period_years(facts, material)
    by_topic: dict[str, list[Fact]] = {}
    for fact in facts:
        by_topic.setdefault(covering_topic(fact, material), []).append(fact)
    for name in asked_topics(material):
        label, own = material.base.topics[name].label, by_topic.get(name, [])
        spans = _empty_spans(_years_told(own), *period) if own and period is not None else []
        if spans or not own:
            told = [str(a) if a == b else f"{a}–{b}" for a, b in spans]
            years = listed(told, material.words["and"])
            found.append(TopicGap(label, years, tuple(fact.id for fact in own)))
    return found


def gap_sentences(facts: tuple[Fact, ...], material: Material) -> list[str]:
    """The gaps, topic by topic, then what the sources cannot bear."""
    words = material.words
    found: list[str] = []
    for gap in topic_gaps(facts, material):
        form = "gap_topic_years" if gap.years else "gap_topic_all"
        found.append(words[form].format(topic=gap.label, years=gap.years))
    if material.undated_left_out:
        found.append(material.counted("gap_undated", material.undated_left_out))
    single = sum(1 for fact in facts if len({cite.source for cite in fact.cites}) == 1)
    if facts and single:
        found.append(words["gap_one_source"].format(count=single, total=len(facts)))
    cited = {cite.source for fact in facts for cite in fact.cites}
    types = {
        str(source.csl.get("type", "")) for n in cited if (source := material.base.sources.get(n))
    }
    if cited and not types & _PRIMARY_TYPES:
        found.append(material.counted("gap_no_primary", len(cited)))
    return found


def _period_years(facts: tuple[Fact, ...], material: Material) -> tuple[int, int] | None:
    told = sorted(_years_told(facts))
    first, last = material.spec.select.first_day, material.spec.select.last_day
    if not told and (first is None or last is None):
        return None
    return (
        year_of(first) if first is not None else told[0],
        year_of(last) if last is not None else told[-1],
    )


def _years_told(facts: tuple[Fact, ...] | list[Fact]) -> set[int]:
    years: set[int] = set()
    for fact in facts:
        ends = (fact.date.first_day, fact.date.last_day) if fact.date is not None else ()
        days = [day for day in ends if day is not None]
        if not days:
            continue
        start, end = year_of(days[0]), year_of(days[-1])
        years.update(range(start, end + 1) if end - start < _WIDE_YEARS else (start,))
    return years


def _empty_spans(told: set[int], first: int, last: int) -> list[tuple[int, int]]:
    """Runs of years without a fact. In a long period a single year is no gap worth telling."""
    marks = sorted({first - 1, *(year for year in told if first <= year <= last), last + 1})
    spans = [(a + 1, b - 1) for a, b in itertools.pairwise(marks) if b - a > 1]
    if last - first >= 5:
        spans = [span for span in spans if span[1] > span[0]]
    return spans
