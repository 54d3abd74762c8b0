"""What a selection should pick, said in plain Python, and random bases to ask it of.

Dates are judged by the `edtf` package, which is not ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import edtf
from hypothesis import strategies as st

from briefgen.dates import parse_edtf
from briefgen.facts.model import FACT_KINDS, FACT_STATUSES, Fact
from briefgen.select.model import Selection

TOPICS = ["energy", "energy.oil", "energy.oil.crude", "energy-policy", "trade"]
ACTORS = {"pk": ["Pakistan", "Islamic Republic"], "ru": ["Russia", "Rus land"], "cn": ["China"]}
GRADES = {"sa": "A", "sc": "C", "se": "E", "sf": "F", "s-": None}
LEVELS = ["OFFICIAL", "SECRET", "TOP SECRET"]
MARKED = {"sc": "UK SECRET", "se": "OFFICIAL"}
"""The markings of sources."""
WORDS = ["oil", "oils", "gas", "republic", "rus", "mi-17", "17", "Ørsted", "нефть", "ёлка"]
POINTS = [
    "2010", "2011", "2011~", "2012?", "2011-05", "2011-12", "2011-05-01", "2011-05-31", "201X",
    "2011-21", "2011-22", "2011-23", "2011-24", "2012-02-29", "20XX", "1999-12-31", "2012%",
]  # fmt: skip
SPANS = ["2010/2012", "2011-05/2011-06", "2011/..", "../2011", "../2010-12-31", "2012-01-01/.."]
DATES = st.sampled_from(POINTS + SPANS)


@cache  # it takes its time
def days(text: str) -> tuple[float, float]:
    """First and last day of an EDTF text, by the edtf package; it fails on open ends."""
    ends = text.split("/")
    first, last = ends[0], ends[-1]
    return (
        float("-inf") if first == ".." else day(edtf.parse_edtf(first).lower_strict()),
        float("inf") if last == ".." else day(edtf.parse_edtf(last).upper_strict()),
    )


def day(moment: Any) -> int:
    return date(*moment[:3]).toordinal()


def is_picked(fact: Fact, asked: Selection) -> bool:
    """The contract, word for word."""
    return (
        fact.status in asked.status
        and inside_range(fact, asked)
        and (
            not asked.topics
            or any(
                f"{has}.".startswith(f"{topic}.") for has in fact.topics for topic in asked.topics
            )
        )
        and (not asked.kinds or fact.kind in asked.kinds)
        and (not asked.actors or bool(set(fact.actors) & set(asked.actors)))
        and (not asked.sources or any(cite.source in asked.sources for cite in fact.cites))
        and (not asked.markings or level(fact) in asked.markings)
        and reliable(fact, asked)
        and credible(fact, asked)
        and all(stands_in(phrase, fact) for phrase in asked.text.split("|") if phrase)
    )


def inside_range(fact: Fact, asked: Selection) -> bool:
    if asked.start is None and asked.end is None:
        return True
    if fact.date is None:
        return asked.undated
    first, last = days(fact.date.text)
    start = days(asked.start.text)[0] if asked.start else float("-inf")
    end = days(asked.end.text)[1] if asked.end else float("inf")
    return first <= end and last >= start


def level(fact: Fact) -> str:
    """The highest of a fact's marking and its sources'; the lowest for one without any."""
    borne = [fact.marking, *(MARKED.get(cite.source, "") for cite in fact.cites)]
    plain = [mark.removeprefix("UK ") for mark in borne]
    return next((one for one in reversed(LEVELS) if one in plain), LEVELS[0])


def reliable(fact: Fact, asked: Selection) -> bool:
    if asked.min_reliability is None:
        return True
    grades = [GRADES[cite.source] for cite in fact.cites]
    return any(
        asked.ungraded if grade in (None, "F") else grade <= asked.min_reliability
        for grade in grades
    )


def credible(fact: Fact, asked: Selection) -> bool:
    if asked.min_credibility is None:
        return True
    if fact.credibility in (None, 6):
        return asked.ungraded
    return fact.credibility <= asked.min_credibility


def stands_in(phrase: str, fact: Fact) -> bool:
    names = [name for actor in fact.actors for name in ACTORS[actor]]
    whole = r"(?<!\w)" + re.escape(phrase.rstrip("*")) + ("" if phrase[-1] == "*" else r"(?!\w)")
    return any(
        re.search(whole, field, re.IGNORECASE) for field in (fact.statement, fact.detail, *names)
    )


def expected(facts: Iterable[Fact], asked: Selection) -> list[str]:
    picked = [fact for fact in facts if is_picked(fact, asked)]
    never = (float("inf"), float("inf"))
    picked.sort(key=lambda f: (f.date is None, *(days(f.date.text) if f.date else never), f.id))
    return [fact.id for fact in picked]


def said(selection: Selection) -> Selection:
    """The selection with its `|`-parted words as a person types them."""
    return replace(selection, text=selection.text.replace("|", " "))


# --- random bases and selections -------------------------------------------------------------

sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
subset: dict[str, Any] = {"unique": True, "max_size": 3}


@st.composite
def fact_lists(draw: st.DrawFn) -> list[dict[str, Any]]:
    facts = []
    for number in range(draw(st.integers(0, 14))):
        fact: dict[str, Any] = {
            "id": f"f{draw(st.integers(0, 9))}-{number}",
            "topics": draw(st.lists(st.sampled_from(TOPICS), min_size=1, **subset)),
            "kind": draw(st.sampled_from(FACT_KINDS)),
            "statement": draw(sentences),
            "attribution": "someone",
            "actors": draw(st.lists(st.sampled_from(list(ACTORS)), **subset)),
            "status": draw(
                st.sampled_from(("current", "current", "current", "draft", "retracted"))
            ),
            "cites": [
                {"source": source}
                for source in draw(st.lists(st.sampled_from(list(GRADES)), min_size=1, **subset))
            ],
        }
        for key, values in (
            ("marking", st.sampled_from([*LEVELS, "UK SECRET"])), ("date", DATES), ("detail", sentences), ("credibility", st.integers(1, 6))
        ):  # fmt: skip
            if draw(st.booleans()):
                fact[key] = draw(values)
        facts.append(fact)
    return facts


selections = st.builds(
    Selection,
    topics=st.lists(st.sampled_from(TOPICS), **subset).map(tuple),
    start=st.none() | DATES.map(parse_edtf),
    end=st.none() | DATES.map(parse_edtf),
    kinds=st.just(()) | st.lists(st.sampled_from(FACT_KINDS), max_size=5).map(tuple),
    actors=st.just(()) | st.lists(st.sampled_from(list(ACTORS)), **subset).map(tuple),
    sources=st.just(()) | st.lists(st.sampled_from(list(GRADES)), **subset).map(tuple),
    markings=st.just(()) | st.lists(st.sampled_from(LEVELS), **subset).map(tuple),
    text=st.just("") | st.sampled_from([*WORDS, "oil*", "republic|rus", "gas|oil", "islamic*"]),
    min_reliability=st.none() | st.sampled_from("ABCDE"),
    min_credibility=st.none() | st.integers(1, 5),
    ungraded=st.booleans(),
    undated=st.booleans(),
    status=st.just(("current",)) | st.lists(st.sampled_from(FACT_STATUSES), min_size=1).map(tuple),
).filter(lambda s: not (s.start and s.end) or days(s.start.text)[0] <= days(s.end.text)[1])


def base_parts() -> dict[str, Any]:
    """Topics, actors and sources that those facts name."""
    return {
        "topics": {topic: topic for topic in TOPICS},
        "markings": LEVELS,
        "actors": [
            {"id": id_, "name": name, "kind": "state", "aliases": aliases}
            for id_, (name, *aliases) in ACTORS.items()
        ],
        "sources": [
            {
                "id": id_,
                "type": "report",
                "title": id_,
                "custom": {
                    key: value
                    for key, value in (("reliability", grade), ("marking", MARKED.get(id_)))
                    if value
                },
            }
            for id_, grade in GRADES.items()
        ],
    }
