"""What a fact's date means, and when the fact was said, where the fact itself does not tell."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from briefgen.dates import Edtf
from briefgen.dates.days import calendar_day, day_number
from briefgen.facts.model import DateIs, Fact, FactKind, Source

_BY_KIND: dict[FactKind, DateIs] = {
    "event": "occurrence",
    "agreement": "occurrence",
    "figure": "state",
    "background": "state",
    "position": "statement",
    "assessment": "statement",
    "plan": "statement",
}


def effective_date_is(fact: Fact, sources: Mapping[str, Source]) -> DateIs:
    """What the fact's date means: `date_is` as written, else what its kind implies.

    An event or agreement occurred, but `within` its date where that spans more than a year or has
    an open end; a plan was expected where its date comes wholly after it was said.
    """
    if fact.date_is is not None:
        return fact.date_is
    if fact.kind == "plan":
        comes_later = is_after(fact.date, effective_said(fact, sources))
        return "expected" if comes_later else "statement"
    implied = _BY_KIND[fact.kind]
    return "within" if implied == "occurrence" and spans_more_than_a_year(fact.date) else implied


def effective_said(fact: Fact, sources: Mapping[str, Source]) -> Edtf | None:
    """When the fact was said: `said` as written, else when its first source was issued.

    None where neither is known. `sources` are the base's, by id.
    """
    if fact.said is not None:
        return fact.said
    first = sources.get(fact.cites[0].source) if fact.cites else None
    return first.issued if first is not None else None


def without_assumed(fact: Fact, names: Collection[str], sources: Mapping[str, Source]) -> Fact:
    """The fact without `date_is` and `said` where `names` has them and nothing else would hold.

    For tables that give what holds: a fact that left it unsaid comes back as one that does.
    """
    bare = replace(fact, said=None)
    if "said" in names and effective_said(bare, sources) == fact.said:
        fact = bare
    bare = replace(fact, date_is=None)
    if "date_is" in names and effective_date_is(bare, sources) == fact.date_is:
        fact = bare
    return fact


def spans_more_than_a_year(date: Edtf | None) -> bool:
    """Whether a date covers more days than a year has, or has an open end.

    July 2022 to June 2023 is a year and no more, wherever its 29 February falls.
    """
    if date is None:
        return False
    if date.first_day is None or date.last_day is None:
        return True
    year, month, day = calendar_day(date.first_day)
    # The day after 28 February counts as 29 February of a year that has none.
    return date.last_day >= day_number(year + 1, month, day)


def is_after(date: Edtf | None, other: Edtf | None) -> bool:
    """Whether all of `date` comes after the last day of `other`; not where either is unknown."""
    if date is None or other is None or date.first_day is None or other.last_day is None:
        return False
    return date.first_day > other.last_day
