"""The masthead: for whom, from whom, prepared when, information to when, what was asked."""

from __future__ import annotations

from briefgen.brief.assemble.drafting import Drafting
from briefgen.brief.model import MastheadLine, Text
from briefgen.dates import DateError, date_in_words, iso_day, parse_edtf
from briefgen.facts.model import Fact


def masthead(draft: Drafting, printed: str) -> tuple[MastheadLine, ...]:
    """The lines in the order in which they are read; those without content are left out."""
    words, spec = draft.words, draft.spec
    sources = len({cite.source for fact in draft.facts for cite in fact.cites})
    graded = any(
        fact.credibility is not None or draft.reliability(fact) is not None for fact in draft.facts
    )
    lines = (
        (words["for"], spec.prepared_for),
        (words["from"], spec.prepared_by),
        (words["topics"], _topics(draft)),
        (words["period"], period_in_words(draft)),
        (words["prepared"], date_in_words(parse_edtf(printed), draft.language)),
        (words["information_to"], information_to(draft)),
        (
            words["sources"],
            words["graded"].format(count=sources) if graded else str(sources),
        ),
        (
            words["review_on"],
            date_in_words(parse_edtf(spec.review_on), draft.language) if spec.review_on else "",
        ),
    )
    return tuple(MastheadLine(label, (Text(text),)) for label, text in lines if text)


def _topics(draft: Drafting) -> str:
    named = [
        draft.base.topics[name].label
        for name in draft.spec.select.topics
        if name in draft.base.topics
    ]
    return "; ".join(named) or draft.words["all_topics"]


def period_in_words(draft: Drafting) -> str:
    """The period that was asked for."""
    words = draft.words
    start, end = draft.spec.select.start, draft.spec.select.end
    first = date_in_words(start, draft.language) if start else ""
    last = date_in_words(end, draft.language) if end else ""
    if first and last:
        return first if first == last else words["from_to"].format(start=first, end=last)
    if first:
        return words["since"].format(start=first)
    return words["until"].format(end=last) if last else words["all_dates"]


def information_to(draft: Drafting) -> str:
    """The date of the newest fact, with the precision that it has."""
    dated = [fact for fact in draft.facts if fact.date is not None and fact.kind != "plan"]
    newest = max(dated, key=_newest_day, default=None)
    if newest is None or newest.date is None:
        return ""
    text = newest.date.text
    if "/" in text:
        start, _, end = text.partition("/")
        text = start if end in ("", "..") else end
    try:
        return date_in_words(parse_edtf(text), draft.language)
    except DateError:  # an interval's part that does not stand alone: the day will do
        return iso_day(_newest_day(newest)) or ""


def _newest_day(fact: Fact) -> int:
    assert fact.date is not None
    date = fact.date
    day = date.last_day if date.last_day is not None else date.first_day
    return day if day is not None else 0
