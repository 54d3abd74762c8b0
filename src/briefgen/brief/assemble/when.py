"""When a fact happened, held, was due or was said: in words, and where it stands in a chronology.

What the fact's date means decides (`briefgen.facts.timing`). What a report of August 2013 says of
that time is printed "as reported in August 2013" and never as something that happened then.
"""

from __future__ import annotations

from typing import NamedTuple

from briefgen.brief.assemble.material import Material
from briefgen.brief.assemble.moments import (
    between,
    by,
    end_of,
    from_on,
    in_words,
    short_date,
    some_time_since,
    start_of,
    time_at,
)
from briefgen.dates import Edtf, parse_edtf, reaches
from briefgen.dates.edtf import Point, parse_parts
from briefgen.facts.model import DateIs, Fact
from briefgen.facts.timing import effective_date_is, effective_said, spans_more_than_a_year
from briefgen.patterns import lazy_pattern

_YEAR = lazy_pattern(r"(?<!\d)-?\d{4}(?!\d)|\d{3}X")
_NUMBER = lazy_pattern(r"\d+s?")


class When(NamedTuple):
    """The time of a fact in two pieces, either of which may be empty."""

    time: str
    """When it happened, held or was due: `May 2011`, `some time between 2014 and July 2023`."""
    report: str
    """When it was said, to follow a verb or a name: `in December 2017`."""
    is_saying: bool = False
    """Whether saying it was the event."""


def date_is(fact: Fact, material: Material) -> DateIs:
    """What the fact's date means."""
    return effective_date_is(fact, material.base.sources)


def when(fact: Fact, material: Material) -> When:
    """The time of the fact, without what its statement tells itself."""
    match date_is(fact, material):
        case "occurrence":
            found = _occurrence(fact, material)
        case "within":
            found = _within(fact, material)
        case "state":
            found = _state(fact, material)
        case "expected":
            found = _expected(fact, material)
        case "statement":
            found = _statement(fact, material)
    return found


def in_brackets(found: When, material: Material) -> str:
    """Both pieces as they stand in brackets: `from 2001, as reported in about July 2023`."""
    words = material.words
    if not found.report:
        return found.time
    if found.time == words["undated"]:
        return words["undated_reported"].format(at=found.report)
    form = "said_at" if found.is_saying else "reported_at"
    told = words[form].format(at=found.report)
    return words["time_and_report"].format(time=found.time, report=told) if found.time else told


def has_no_date_of_its_own(fact: Fact, material: Material) -> bool:
    """Whether it is an agreement or an event of which nothing but the report's date is known."""
    return (
        fact.kind in ("agreement", "event")
        and date_is(fact, material) in ("state", "statement")
        and _filed_as_said(fact, material) is not None
        and (fact.date is None or is_when_said(fact, material))
    )


def date_label(fact: Fact, material: Material, *, among_events: bool = False) -> str:
    """What stands for the fact in a column of dates: short, and the day that it is filed under.

    What happened once within a span stands by the end of it; what held, or was said, by when it
    was reported; `beside_label` is what the label leaves to be told. `among_events`: dates on which
    things happened stand in the column, too: of an agreement or event that has none the report's
    stands there as such.
    """
    meaning = date_is(fact, material)
    date = fact.date
    if among_events and has_no_date_of_its_own(fact, material):
        filed = _filed_as_said(fact, material)
        assert filed is not None
        return material.words["label_not_given"].format(date=short_date(filed, material))
    if meaning in ("state", "statement"):
        date = _filed_as_said(fact, material) or date
    if date is None:
        return material.words["undated"]
    if meaning == "within" and not _is_closed(date):
        end = _end(date, material, fact)
        if end is not None:
            return by(end, material, short=True)
    return short_date(date, material)


def beside_label(fact: Fact, material: Material, *, report_told: bool = False) -> str:
    """What is still to be said of the fact's time beside its label; empty where that tells all.

    Where the fact names a voice, the label is when that said it. `report_told`: where the fact has
    no date of its own, the label tells the report's.
    """
    words, meaning, found = material.words, date_is(fact, material), when(fact, material)
    if fact.date is None and meaning in ("occurrence", "within"):
        return in_brackets(found._replace(time=""), material)
    match meaning:
        case "occurrence":
            return ""
        case "within":
            return _beside_span(fact, found.time, material)
        case "expected":
            if lies_ahead(fact, material):
                return words["due_then"]
            return "" if _outcome_told(fact, material) else words["outcome_not_recorded"]
        case "state" | "statement":
            if _filed_as_said(fact, material) is None:
                return ""
            is_told = report_told and has_no_date_of_its_own(fact, material)
            reported = "" if is_told or fact.attribution.strip() else words["as_reported"]
            time = "" if is_when_said(fact, material) else found.time
            return words["time_and_report"].format(time=time, report=reported) if (
                time and reported
            ) else time or reported  # fmt: skip


def _beside_span(fact: Fact, time: str, material: Material) -> str:
    """What a span leaves to be told of what happened once in it: that nobody knows when."""
    date = fact.date
    if date is None or "/" not in date.text:
        return ""
    if _is_closed(date):
        return material.words["once_between"] if time else ""
    return "" if date.first_day is None else time  # "by 1960" is all that is known


def _is_closed(date: Edtf) -> bool:
    return date.first_day is not None and date.last_day is not None


def full_date(fact: Fact, material: Material) -> str:
    """The fact's date in words, whatever its statement tells; or the word for undated."""
    if fact.date is None:
        return material.words["undated"]
    if date_is(fact, material) == "within":
        return _within_words(fact, material)
    return in_words(fact.date, material)


def standing_day(fact: Fact, material: Material) -> int | None:
    """The day number that the fact stands by in a chronology; None for an undated one.

    The first day of what happened, of what was due and of what was said; the last of a span within
    which something happened once, of an open start and of a closed period that a figure totals; for
    what held, the day it was reported. What is known to a month or a year stands by its first day,
    whether it is called one moment of it or not: a column prints both alike.
    """
    meaning, date = date_is(fact, material), fact.date
    if meaning in ("state", "statement"):
        filed = _filed_as_said(fact, material)
        if filed is None and date is not None and date.last_day is not None:
            return date.last_day
        date = filed or date
    if date is None:
        return None
    if meaning == "within" and date.last_day is None:
        end = _end(date, material, fact)
        return end.last_day if end is not None else date.first_day
    is_span = "/" in date.text or spans_more_than_a_year(date)
    if (meaning == "within" and is_span) or date.first_day is None:
        return date.last_day if date.last_day is not None else date.first_day
    return date.first_day


def said_on(fact: Fact, material: Material) -> Edtf | None:
    """When what held or was said was told, by its date or else its source's; None if unknown."""
    said = effective_said(fact, material.base.sources)
    is_statement = date_is(fact, material) == "statement"
    if fact.date is not None and is_statement and not spans_more_than_a_year(fact.date):
        return fact.date
    return said or fact.date


def lies_ahead(fact: Fact, material: Material) -> bool:
    """Whether the fact's time is not over on the day that the brief is dated.

    A time without an end counts by its start: what was due from 2013 on fell due then.
    """
    date = fact.date
    if date is None or material.day is None:
        return False
    day = date.last_day if date.last_day is not None else date.first_day
    return day is not None and day >= material.day


def overlap(one: Edtf, other: Edtf) -> bool:
    """Whether two dates have a day in common."""
    return reaches(one, other.first_day, other.last_day)


# --- by meaning ------------------------------------------------------------------------------


def _occurrence(fact: Fact, material: Material) -> When:
    if fact.date is None:
        return _undated(fact, material)
    told = _tells(fact, fact.date, first_alone=True)
    return When("" if told else in_words(fact.date, material), "")


def _within(fact: Fact, material: Material) -> When:
    if fact.date is None:
        return _undated(fact, material)
    return When("" if _tells(fact, fact.date) else _within_words(fact, material), "")


def _state(fact: Fact, material: Material) -> When:
    said, date = effective_said(fact, material.base.sources), fact.date
    if date is None:
        return When("", _report(fact, said, material))
    if said is None:
        return When("" if _tells(fact, date) else in_words(date, material), "")
    if is_when_said(fact, material):
        return When("", _report(fact, date, material))
    if fact.kind == "figure" and date.last_day is not None and date.last_day < _first(said):
        # A total of a closed period is the same whenever it is told.
        told = _tells(fact, date, first_alone=True)
        return When("" if told else in_words(date, material), "")
    if _goes_on_after(date, said):
        return When("" if _tells(fact, date) else in_words(date, material), "")
    return When(_time_of_state(fact, date, said, material), time_at(said, material))


def _statement(fact: Fact, material: Material) -> When:
    words_of, date = effective_said(fact, material.base.sources), fact.date
    saying = bool(fact.attribution.strip())
    if date is not None and not spans_more_than_a_year(date):
        return When("", _report(fact, date, material), saying)
    if date is None or words_of is None:
        return When("", _report(fact, words_of or date, material), saying)
    # Nobody says one thing for years: such a date is of what was said.
    time = _time_of_state(fact, date, words_of, material)
    return When(time, time_at(words_of, material), saying)


def _expected(fact: Fact, material: Material) -> When:
    words = material.words
    outcome = "" if _outcome_told(fact, material) else words["outcome_not_recorded"]
    if fact.date is None:
        return When(outcome, _report(fact, effective_said(fact, material.base.sources), material))
    ahead = lies_ahead(fact, material)
    if _tells(fact, fact.date, first_alone=True):
        return When("" if ahead else outcome, "")
    at = time_at(fact.date, material)
    if ahead:
        return When(words["due"].format(at=at), "")
    form = "was_due_unknown" if outcome else "was_due"
    return When(words[form].format(at=at, outcome=outcome), "")


def _undated(fact: Fact, material: Material) -> When:
    said = effective_said(fact, material.base.sources)
    if said is None:
        return When("", "")
    return When(material.words["undated"], time_at(said, material))


def _within_words(fact: Fact, material: Material) -> str:
    """`some time between 2014 and September 2023`, for a date that only one moment of counts."""
    date, words = fact.date, material.words
    assert date is not None
    if "/" not in date.text:
        point = parse_parts(date.text)
        exact = isinstance(point, Point) and (point.day is not None or point.qualifier)
        told = in_words(date, material)
        return told if exact else words["some_time"].format(at=time_at(date, material))
    start, end = start_of(date), _end(date, material, fact)
    if start is None:
        return by(end, material) if end is not None else words["undated"]
    if end is None:
        return some_time_since(start, material)
    start, end = _unhedged(start), _unhedged(end)
    if start.text == end.text:
        return words["some_time"].format(at=time_at(end, material))
    return between(start, end, "some_time_between", material)


def _time_of_state(fact: Fact, date: Edtf, said: Edtf, material: Material) -> str:
    """When it held, where it was told at another time; `from 2001` for what still held then."""
    if _tells(fact, date, first_alone=True):
        return ""
    start = start_of(date) if "/" in date.text else None
    if date.last_day is None or date.last_day >= _first(said):
        if start is None:
            return "" if date.first_day is None else in_words(date, material)
        return from_on(start, material)
    return in_words(date, material)


# --- pieces ----------------------------------------------------------------------------------


def _report(fact: Fact, said: Edtf | None, material: Material) -> str:
    if said is None or _tells(fact, said, first_alone=True):
        return ""
    return time_at(said, material)


def is_when_said(fact: Fact, material: Material) -> bool:
    """Whether the fact's date is the time of saying it: one holds the other, and neither is long.

    So it is for `2013-08` in a report of `2013-08-28`.
    """
    date, said = fact.date, effective_said(fact, material.base.sources)
    if date is None or said is None or spans_more_than_a_year(date) or "/" in date.text:
        return False
    return _holds(date, said) or _holds(said, date)


def _filed_as_said(fact: Fact, material: Material) -> Edtf | None:
    """The date by which something that held or was said stands among others; None where unknown.

    A figure of a closed period stands by that.
    """
    date, said = fact.date, effective_said(fact, material.base.sources)
    if date is None or is_when_said(fact, material):
        return date or said
    if date_is(fact, material) == "statement" and not spans_more_than_a_year(date):
        return date
    if fact.kind == "figure":
        return None
    if said is not None and _goes_on_after(date, said):
        return end_of(date) or date
    return said


def _goes_on_after(date: Edtf, said: Edtf) -> bool:
    """Whether the date ends after the saying: it rests on a later source than the first."""
    last, told = date.last_day, said.last_day
    return last is not None and told is not None and last > told


def _holds(outer: Edtf, inner: Edtf) -> bool:
    if outer.first_day is None or outer.last_day is None:
        return False
    return (
        inner.first_day is not None
        and inner.last_day is not None
        and outer.first_day <= inner.first_day
        and inner.last_day <= outer.last_day
    )


def _outcome_told(fact: Fact, material: Material) -> bool:
    """Whether another fact of the brief says what came of it: it is set to replace this one."""
    return fact.id in material.replaced


def _tells(fact: Fact, date: Edtf, *, first_alone: bool = False) -> bool:
    """Whether the statement itself tells the years of the date, or at least the first."""
    years = _YEAR.findall(date.text)
    numbers = set(_NUMBER.findall(fact.statement))
    return bool(years) and all(
        _as_told(year) in numbers and (not _is_before_christ(year) or "B" in fact.statement)
        for year in (years[:1] if first_alone else years)
    )


def _as_told(year: str) -> str:
    """The number by which a statement tells an EDTF year or decade: `44` for `-0043`, `1950s`."""
    if year.endswith("X"):
        return f"{year[:3]}0s"
    number = int(year)
    return str(1 - number if number <= 0 else number)


def _is_before_christ(year: str) -> bool:
    return not year.endswith("X") and int(year) <= 0


def _end(date: Edtf, material: Material, fact: Fact) -> Edtf | None:
    """The end of an interval; of an open one, when it was said: by then it had happened."""
    end = end_of(date)
    if end is not None:
        return end
    said = effective_said(fact, material.base.sources)
    if said is None or said.last_day is None or "/" in said.text:
        return None
    return said if date.first_day is None or said.last_day >= date.first_day else None


def _first(date: Edtf) -> int:
    day = date.first_day if date.first_day is not None else date.last_day
    return day if day is not None else 0


def _unhedged(date: Edtf) -> Edtf:
    """Without its `about`: who says "some time between" has said that already."""
    doubt = "?" if date.text.endswith("%") else ""
    return parse_edtf(date.text.rstrip("~%") + doubt)
