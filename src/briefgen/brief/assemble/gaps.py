"""On what there is nothing: topics and years, told of the base and never of the filters.

A text, an actor, a kind or a grade that was asked for hides facts; of a topic whose facts are
hidden so, it is said how many are left out and why, never that there are none.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import NamedTuple

from briefgen.brief.assemble.filters import asked_topics, topic_covering, year_of
from briefgen.brief.assemble.material import Material
from briefgen.brief.words import listed
from briefgen.dates import years_in_short_words
from briefgen.facts.model import Fact
from briefgen.index.overview import FactOverview
from briefgen.select.model import Selection

_WIDE_YEARS = 3
"""A fact that spans more years than this tells of its last year only, not of each."""

_LONG_PERIOD = 5
"""In a period of more years than this a single one is no gap worth telling."""

_HALF_A_YEAR = 182
"""Days."""

_PRIMARY_TYPES = frozenset(
    {
        "bill", "dataset", "hearing", "legal_case", "legislation", "patent", "regulation",
        "report", "standard", "treaty", "speech", "personal_communication", "interview",
    }
)  # fmt: skip
"""CSL types that are, or usually are, records of those who acted."""


class TopicGap(NamedTuple):
    """A topic that was asked for and on which the base has nothing for some of the time."""

    label: str
    years: str
    """`2012–2015 and 2019`; empty: nothing at all."""
    facts: tuple[str, ...]
    """What the brief has on it."""


class LeftOut(NamedTuple):
    """What the base has on a topic in the period asked, and the other filters keep out."""

    label: str
    """The topic's; empty for all topics together."""
    facts: tuple[str, ...]


def topic_gaps(facts: Sequence[Fact], material: Material) -> list[TopicGap]:
    """The topics that were asked for and of which the base has nothing in some years, in order.

    The period ends with the brief's own date, however old the newest fact is.
    """
    known = _known(facts, material)
    period = _period_years(known, material)
    found = []
    for name in asked_topics(material):
        own = [fact for fact in known if name in fact.topics]
        if own and not any(fact.is_dated for fact in own):
            continue  # there is something, and nobody knows of when
        label = material.base.topics[name].label
        ids = tuple(fact.id for fact in facts if _is_on(fact, name))
        if not own:
            found.append(TopicGap(label, "", ids))
            continue
        spans = _empty_spans(_years_told(own), *period) if period is not None else []
        if spans:
            told = [years_in_short_words(*span) for span in spans]
            found.append(TopicGap(label, listed(told, material.words["and"]), ids))
    return found


def left_out(facts: Sequence[Fact], material: Material) -> list[LeftOut]:
    """What the filters beside topics and dates keep out: by topic where topics were asked for."""
    if not reasons_left_out(material.spec.select, material):
        return []
    inside = {fact.id for fact in facts} | set(material.spec.edits.exclude)
    hidden = [fact for fact in _known((), material) if fact.id not in inside]
    if not material.spec.select.topics:
        return [LeftOut("", tuple(fact.id for fact in hidden))] if hidden else []
    found = []
    for name in asked_topics(material):
        own = tuple(fact.id for fact in hidden if name in fact.topics)
        if own:
            found.append(LeftOut(material.base.topics[name].label, own))
    return found


def gap_sentences(facts: Sequence[Fact], material: Material) -> list[str]:
    """The gaps topic by topic, then what filters and a missing date leave out, for a reader."""
    words = material.words
    found: list[str] = []
    for gap in topic_gaps(facts, material):
        form = "gap_topic_years" if gap.years else "gap_topic_all"
        found.append(words[form].format(topic=gap.label, years=gap.years))
    reasons = listed(reasons_left_out(material.spec.select, material), words["or"])
    for left in left_out(facts, material):
        on = words["left_on"].format(topic=in_a_sentence(left.label)) if left.label else ""
        found.append(material.counted("left_out", len(left.facts), on=on, reasons=reasons))
    if material.undated_left_out:
        found.append(material.counted("gap_undated", material.undated_left_out))
    return found


def gap_offers(facts: Sequence[Fact], material: Material) -> list[str]:
    """What the machine offers the author on what is not known: the gaps, and what is thin."""
    found = gap_sentences(facts, material)
    single = single_sourced(facts)
    if single:
        found.append(material.words["gap_one_source"].format(count=len(single), total=len(facts)))
    cited = {cite.source for fact in facts for cite in fact.cites}
    types = {
        str(source.csl.get("type", "")) for n in cited if (source := material.base.sources.get(n))
    }
    if cited and not types & _PRIMARY_TYPES:
        found.append(material.counted("gap_no_primary", len(cited)))
    return found


def single_sourced(facts: Sequence[Fact]) -> tuple[str, ...]:
    """The ids of the facts that one source alone bears out."""
    return tuple(fact.id for fact in facts if len({cite.source for cite in fact.cites}) == 1)


def reasons_left_out(asked: Selection, material: Material) -> list[str]:
    """Why a selection leaves facts out, beside topic and date, each to follow "left out for".

    `not mentioning ‘oil’`, `not naming Sergey Lavrov`; empty where it asks nothing more.
    """
    words = material.words
    found = []
    if asked.text:
        text = " ".join(asked.text.replace('"', " ").replace("*", " ").split())
        found.append(words["left_text"].format(text=text))
    if asked.actors:
        names = [material.actor_name(name) for name in asked.actors]
        found.append(words["left_actors"].format(actors=listed(names, words["or"])))
    if asked.sources:
        found.append(words["left_sources"])
    if asked.markings:
        found.append(words["left_markings"].format(markings=listed(asked.markings, words["or"])))
    if asked.kinds:
        kinds = [in_a_sentence(words[f"kind_{kind}"]) for kind in asked.kinds]
        found.append(words["left_kinds"].format(kinds=listed(kinds, words["or"])))
    if asked.min_reliability or asked.min_credibility:
        found.append(words["left_grades"])
    if "current" not in (asked.status or ("current",)):
        found.append(words["left_status"])
    return found


def in_a_sentence(label: str) -> str:
    """A label within a sentence: `Trade and finance` begins small, `CPEC` does not."""
    return label[:1].lower() + label[1:] if label[1:2].islower() or len(label) == 1 else label


def _known(facts: Sequence[Fact], material: Material) -> list[FactOverview]:
    """What the base has on the topics in the period, and what the brief has besides."""
    topics = asked_topics(material)
    overview = material.lookup.overview(topics) if material.lookup is not None else ()
    known = [fact for fact in overview if _is_in_period(fact, material.spec.select)]
    have = {fact.id for fact in known}
    for fact in facts:
        if fact.id not in have:
            date = fact.date
            first, last = (date.first_day, date.last_day) if date is not None else (None, None)
            on = tuple(topic for topic in topics if _is_on(fact, topic))
            known.append(FactOverview(fact.id, on, first, last, date is not None))
    return known


def _is_in_period(fact: FactOverview, asked: Selection) -> bool:
    first, last = asked.first_day, asked.last_day
    if first is None and last is None:
        return True
    if not fact.is_dated:
        return asked.undated
    begins_in_time = fact.first_day is None or last is None or fact.first_day <= last
    return begins_in_time and (fact.last_day is None or first is None or fact.last_day >= first)


def _is_on(fact: Fact, topic: str) -> bool:
    return bool(topic_covering(fact.topics, (topic,)))


def _period_years(known: Sequence[FactOverview], material: Material) -> tuple[int, int] | None:
    """From the first year asked for, or known, to the last asked for, or the brief's own."""
    told = sorted(_years_told(known))
    first, last = material.spec.select.first_day, material.spec.select.last_day
    if material.day is not None:
        # A year that has just begun may have nothing yet.
        today = material.day - _HALF_A_YEAR
        last = today if last is None else min(last, today)
    if not told and (first is None or last is None):
        return None
    return (
        year_of(first) if first is not None else told[0],
        year_of(last) if last is not None else told[-1],
    )


def _years_told(known: Sequence[FactOverview]) -> set[int]:
    years: set[int] = set()
    for fact in known:
        days = [day for day in (fact.first_day, fact.last_day) if day is not None]
        if not days:
            continue
        start, end = year_of(days[0]), year_of(days[-1])
        years.update(range(start, end + 1) if end - start < _WIDE_YEARS else (end,))
    return years


def _empty_spans(told: set[int], first: int, last: int) -> list[tuple[int, int]]:
    """Runs of years without a fact."""
    marks = sorted({first - 1, *(year for year in told if first <= year <= last), last + 1})
    spans = [(a + 1, b - 1) for a, b in itertools.pairwise(marks) if b - a > 1]
    if last - first >= _LONG_PERIOD:
        spans = [span for span in spans if span[1] > span[0]]
    return spans
