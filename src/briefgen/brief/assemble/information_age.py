"""How new a brief's information is, and how old that is on the day that the brief carries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from briefgen.brief.assemble.material import Material
from briefgen.dates import DateError, Edtf, parse_edtf
from briefgen.dates.days import calendar_day
from briefgen.facts.model import Fact
from briefgen.facts.timing import effective_date_is, effective_said


def newest_information(material: Material, sources: Iterable[str] = ()) -> Edtf | None:
    """The newest time at which something was said or happened; None where no fact tells one.

    `sources` are cited besides: they count by when they were issued. What was due or planned
    counts by when it was said. Newest is what is surely so: "about September 2023" is newer than
    "2023", which may have been January.
    """
    moments = [m for fact in material.printed_facts for m in _moments(fact, material)]
    for name in sorted(sources):  # of dates that are equally new one must stand in each run
        source = material.base.sources.get(name)
        issued = source.issued if source is not None else None
        if issued is not None:
            moments.append(_latest(issued))
    return max(
        moments,
        key=lambda moment: (moment.first_day or 0, moment.last_day or 0),
        default=None,
    )


def full_years(since: Edtf, day: int | None) -> int:
    """How many years lie between the end of a date and a day, all of them gone by before it.

    1 on 2 October 2023 for what ended on 1 October 2022, and 0 for what ended a day later, for
    what has no end and where no day is known.
    """
    if since.last_day is None or day is None or day <= since.last_day:
        return 0
    year, *month_and_day = calendar_day(since.last_day)
    to_year, *to_month_and_day = calendar_day(day)
    return to_year - year - (0 if to_month_and_day > month_and_day else 1)


def _moments(fact: Fact, material: Material) -> Iterator[Edtf]:
    sources = material.base.sources
    said = effective_said(fact, sources)
    if said is not None:
        yield _latest(said)
    if fact.date is None or fact.kind == "plan":
        return
    if effective_date_is(fact, sources) in ("occurrence", "within", "state"):
        yield _latest(fact.date)


def _latest(date: Edtf) -> Edtf:
    """The end of an interval, or its beginning where its end is open; else the date itself."""
    start, slash, end = date.text.partition("/")
    if not slash:
        return date
    try:
        return parse_edtf(start if end in ("", "..") else end)
    except DateError:  # a part that does not stand alone
        return date
