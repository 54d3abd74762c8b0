"""Dates as a person writes them. The words of each kind of English stand in one table.

What must not break over a line is joined with no-break spaces (U+00A0); an interval may break
before its "to".
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from briefgen.dates.edtf import Edtf, Point, Span, parse_parts
from briefgen.english import variety
from briefgen.errors import UsageError

JOIN = "\u00a0"


class DateWords(NamedTuple):
    """The words and patterns of one language. `{}` fields are filled by name."""

    months: tuple[str, ...]
    seasons: dict[int, str]
    day: str
    month: str
    day_of_month: str
    days_of_month: str
    decade: str
    one_of_years: str
    bc: str
    ad: str
    qualifiers: dict[str, str]
    interval: str
    since: str
    until: str
    end_unknown: str
    start_unknown: str
    no_limits: str
    period_start: str
    period_end: str


_BRITISH = DateWords(
    months=(
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
    seasons={21: "spring", 22: "summer", 23: "autumn", 24: "winter"},
    day="{day}_{month}",
    month="{month}_{year}",
    day_of_month="{day}_{month}_{year}",
    days_of_month="{first}_to_{last}_{month}_{year}",
    decade="{year}s",
    one_of_years="between_{first} and_{last}",
    bc="{year}_BC",
    ad="AD_{year}",
    qualifiers={"": "{date}", "~": "about_{date}", "?": "perhaps_{date}",
                "%": "perhaps_about_{date}"},
    interval="{start} to_{end}",
    since="since_{start}",
    until="until_{end}",
    end_unknown="from_{start}, end_unknown",
    start_unknown="to_{end}, start_unknown",
    no_limits="at any time",
    period_start="the_start_of_{date}",
    period_end="the_end_of_{date}",
)  # fmt: skip
WORDS: dict[str, DateWords] = {
    "en-GB": _BRITISH,
    "en-US": _BRITISH._replace(
        seasons={**_BRITISH.seasons, 23: "fall"},
        day="{month}_{day}",
        day_of_month="{month}_{day},_{year}",
        days_of_month="{month}_{first}_to_{last},_{year}",
    ),
}
"""By variety of English. `_` in a pattern is a no-break space."""


def date_in_words(date: Edtf, language: str = "en") -> str:
    """As a person writes it: `2 October 2023`, `about 2012`, `July 2022 to May 2023`.

    `language` is a BCP 47 tag: `October 2, 2023` in American English, British for every other
    `en` tag. Raises `UsageError` for a language whose words are not there yet.
    """
    return _in_words(date.text, language)


def date_in_plain_words(date: Edtf) -> str:
    """The same in English with ordinary spaces, for screens and tables."""
    return date_in_words(date).replace(JOIN, " ")


@lru_cache(maxsize=16_384)
def _in_words(text: str, language: str) -> str:
    found = variety(language)
    if found is None:
        raise UsageError(
            f"dates cannot be written in language {language!r} yet",
            hint=f"choose one of {', '.join(WORDS)}",
        )
    words, parts = WORDS[found], parse_parts(text)
    return _qualified(parts, words) if isinstance(parts, Point) else _span(parts, words)


def _span(span: Span, words: DateWords) -> str:
    start, end = span.start, span.end
    if isinstance(start, Point) and isinstance(end, Point):
        return _interval(start, end, words)
    if isinstance(start, Point):
        pattern = words.since if end == "open" else words.end_unknown
        return _fill(pattern, start=_qualified(start, words))
    if not isinstance(end, Point):
        return words.no_limits
    pattern = words.until if start == "open" else words.start_unknown
    return _fill(pattern, end=_qualified(end, words))


def _interval(start: Point, end: Point, words: DateWords) -> str:
    if start == end:
        return _qualified(start, words)
    first, last = _qualified(start, words), _qualified(end, words)
    if not start.qualifier and not end.qualifier and start.year == end.year:
        if start.day and end.day and start.month == end.month:
            return _fill(
                words.days_of_month,
                first=str(start.day),
                last=str(end.day),
                month=_month_name(end, words),
                year=_year(end.year, words),
            )
        if start.day and end.day:
            first = _day_and_month(start, words)
        elif _both_months(start, end) or (start.season and end.season):
            first = _month_name(start, words)
    # One end inside the other (2012-05/2012): say which edge of the longer one is meant.
    if _holds(start, end):
        first = _fill(words.period_start, date=first)
    elif _holds(end, start):
        last = _fill(words.period_end, date=last)
    return _fill(words.interval, start=first, end=last)


def _holds(outer: Point, inner: Point) -> bool:
    """Whether `outer` is longer than `inner` and covers it."""
    return (
        outer.first_day <= inner.first_day
        and outer.last_day >= inner.last_day
        and outer.last_day - outer.first_day > inner.last_day - inner.first_day
    )


def _both_months(start: Point, end: Point) -> bool:
    return bool(start.month and end.month and not start.day and not end.day)


def _qualified(point: Point, words: DateWords) -> str:
    return _fill(words.qualifiers[point.qualifier], date=_point(point, words))


def _point(point: Point, words: DateWords) -> str:
    if point.unknown_year_digits:
        return _one_of_years(point, words)
    year = _year(point.year, words)
    if point.day:
        return _fill(
            words.day_of_month, day=str(point.day), month=_month_name(point, words), year=year
        )
    if point.month or point.season:
        return _fill(words.month, month=_month_name(point, words), year=year)
    return year


def _one_of_years(point: Point, words: DateWords) -> str:
    # "2000s" could be ten, a hundred or a thousand years: only decades that cannot be misread
    # are named so.
    if point.unknown_year_digits == 1 and point.year >= 1000 and point.year % 100:
        return _fill(words.decade, year=str(point.year))
    last = point.year + 10**point.unknown_year_digits - 1
    return _fill(words.one_of_years, first=_year(point.year, words), last=_year(last, words))


def _day_and_month(point: Point, words: DateWords) -> str:
    return _fill(words.day, day=str(point.day), month=_month_name(point, words))


def _month_name(point: Point, words: DateWords) -> str:
    return words.seasons[point.season] if point.season else words.months[(point.month or 1) - 1]


def _year(year: int, words: DateWords) -> str:
    """EDTF counts years astronomically: year 0 is 1 BC."""
    if year <= 0:
        return _fill(words.bc, year=_digits(1 - year))
    return _digits(year) if year >= 1000 else _fill(words.ad, year=str(year))


def _digits(year: int) -> str:
    return f"{year:,}" if year > 9999 else str(year)


def _fill(pattern: str, **fields: str) -> str:
    return pattern.replace("_", JOIN).format(**fields)
