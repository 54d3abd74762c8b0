"""The masthead: for whom, from whom, prepared when, information to when, what was asked."""

from __future__ import annotations

from briefgen.brief.assemble.material import Material
from briefgen.brief.model import MastheadLine, Text
from briefgen.dates import DateError, date_in_words, iso_day, parse_edtf
from briefgen.facts.model import Fact


def masthead(material: Material, printed: str) -> tuple[MastheadLine, ...]:
    """The lines in the order in which they are read; those without content are left out."""
    words, spec = material.words, material.spec
    sources = len({cite.source for fact in material.facts for cite in fact.cites})
    graded = any(
        fact.credibility is not None or material.reliability(fact) is not None
        for fact in material.facts
    )
    lines = (
        (words["for"], spec.prepared_for),
        (words["from"], spec.prepared_by),
        (words["topics"], _topics(material)),
        (words["period"], period_in_words(material)),
        (words["prepared"], date_in_words(parse_edtf(printed), material.language)),
        (words["information_to"], information_to(material)),
        (
            words["sources"],
            words["graded"].format(count=sources) if graded else str(sources),
        ),
        (
            words["review_on"],
            date_in_words(parse_edtf(spec.review_on), material.language) if spec.review_on else "",
        ),
    )
    return tuple(MastheadLine(label, (Text(text),)) for label, text in lines if text)


def _topics(material: Material) -> str:
    named = [
        material.base.topics[name].label
        for name in material.spec.select.topics
        if name in material.base.topics
    ]
    return "; ".join(named) or material.words["all_topics"]


def period_in_words(material: Material) -> str:
    """The period that was asked for."""
    asked = material.spec.select
    return material.span(asked.start, asked.end) or material.words["all_dates"]


def information_to(material: Material) -> str:
    """The date of the newest fact, with the precision that it has."""
    dated = [fact for fact in material.facts if fact.date is not None and fact.kind != "plan"]
    newest = max(dated, key=_newest_day, default=None)
    if newest is None or newest.date is None:
        return ""
    text = newest.date.text
    if "/" in text:
        start, _, end = text.partition("/")
        text = start if end in ("", "..") else end
    try:
        return date_in_words(parse_edtf(text), material.language)
    except DateError:  # an interval's part that does not stand alone: the day will do
        return iso_day(_newest_day(newest)) or ""


def _newest_day(fact: Fact) -> int:
    assert fact.date is not None
    date = fact.date
    day = date.last_day if date.last_day is not None else date.first_day
    return day if day is not None else 0
