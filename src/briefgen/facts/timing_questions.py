"""What is odd about when a fact happened and when it was said: questions, not errors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from briefgen.dates import Edtf, date_in_plain_words, reaches
from briefgen.facts.model import DateIs, Fact, FactStatus
from briefgen.facts.timing import effective_date_is, is_after, spans_more_than_a_year

_TOLD_AFTERWARDS: tuple[DateIs, ...] = ("occurrence", "within", "state")
"""What a date can mean of a thing that nobody could report before that date."""

_GONE: tuple[FactStatus, ...] = ("superseded", "retracted")


class Question(NamedTuple):
    """Something to ask of whoever wrote a fact."""

    key: str
    """The key of the fact that it is about."""
    message: str
    hint: str


def timing_questions(fact: Fact) -> Iterator[Question]:
    """What a fact by itself leaves open or says oddly. Facts that are gone are not asked."""
    if fact.status_note and fact.status == "current":
        yield Question(
            "status_note",
            "status_note says why a fact is gone, and this one is current",
            "set its status, or say it in detail",
        )
    if fact.checked_by and not fact.checked:
        yield Question("checked_by", "checked_by without checked", "add checked: the day")
    if fact.status in _GONE:
        return
    if fact.date is None:
        if fact.date_is in ("expected", "within"):
            yield Question("date_is", f"{fact.date_is} without a date", "add date: when")
        return
    if fact.date_is is None and fact.kind in ("event", "agreement"):
        yield from _length(fact, fact.date)
    if fact.said is not None:
        yield from _order(fact, fact.date, fact.said)


def _length(fact: Fact, date: Edtf) -> Iterator[Question]:
    if not spans_more_than_a_year(date):
        return
    article = "an" if fact.kind[0] in "aeiou" else "a"
    is_open = date.first_day is None or date.last_day is None
    span = "has an open end" if is_open else "spans more than a year"
    yield Question(
        "date",
        f"{article} {fact.kind} whose date {span} is taken to have happened once, some time in it",
        "say so with date_is: within, or write occurrence if it went on all the time",
    )


def _order(fact: Fact, date: Edtf, said: Edtf) -> Iterator[Question]:
    if must_come_first(fact) and is_after(date, said):
        yield Question("said", *too_early(date, said))
    if fact.date_is == "statement" and not reaches(date, said.first_day, said.last_day):
        yield Question(
            "said",
            f"a statement's date is when it was said: {date_in_plain_words(date)}, not "
            f"{date_in_plain_words(said)}",
            "leave out said, or correct one of the two",
        )


def must_come_first(fact: Fact) -> bool:
    """Whether the fact, if it holds, cannot have been said before its date."""
    # What a plan means depends on when it was said, so it is never at odds with that.
    return (
        fact.date is not None
        and fact.status not in _GONE
        and effective_date_is(fact, {}) in _TOLD_AFTERWARDS
    )


def too_early(date: Edtf, said: Edtf) -> tuple[str, str]:
    """What to tell of a fact that was said before its date, and what to do."""
    return (
        f"its date is {date_in_plain_words(date)}, yet it was said {date_in_plain_words(said)}",
        "write date_is: expected if it was due then, else correct one of the two",
    )


def issued_too_early(date: Edtf, source: str, issued: Edtf) -> tuple[str, str]:
    """The same of a fact that does not say when it was said, and rests on `source` for that."""
    return (
        (
            f"its date is {date_in_plain_words(date)}, yet its first source {source!r} is of "
            f"{date_in_plain_words(issued)}"
        ),
        "write date_is: expected if it was due then, else name the source first that tells it",
    )
