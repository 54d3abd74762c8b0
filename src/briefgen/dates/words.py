"""Dates as a person writes them. The words of each kind of English stand in one table.

What must not break over a line is joined with no-break spaces (U+00A0); an interval may break
before its "to". A doubt stands before the whole phrase: "perhaps since 1950", "between about 1900
and 1999", "about the start of 1950".
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from briefgen.dates.edtf import Edtf, Point, Qualifier, Span, parse_edtf, parse_parts
from briefgen.english import variety
from briefgen.errors import UsageError

JOIN = "\u00a0"
_LONGEST_PLAIN = 9999
_FIRST_PLAIN = 1000
"""Years between these two need no era and no comma."""


class DateWords(NamedTuple):
    """The words and patterns of one language. `{}` fields are filled by name."""

    months: tuple[str, ...]
    seasons: dict[int, str]
    day: str
    month: str
    day_of_month: str
    first_day: str
    last_day: str
    """The two ends of some days of one month: `3` and `7 May 2011`."""
    decade: str
    one_of_years: str
    bc: str
    ad: str
    qualifiers: dict[Qualifier, str]
    interval: str
    days: str
    since: str
    until: str
    end_unknown: str
    start_unknown: str
    no_limits: str
    period_start: str
    period_end: str
    about_once: bool = False
    """Whether "about" before two months of a year stands before the first alone."""


_BRITISH = DateWords(
    months=(
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
    seasons={21: "spring", 22: "summer", 23: "autumn", 24: "winter"},
    day="{day}_{month}",
    month="{month}_{year}",
    day_of_month="{day}_{month}_{year}",
    first_day="{day}",
    last_day="{day}_{month}_{year}",
    decade="the_{year}s",
    one_of_years="between_{first} and_{last}",
    bc="{year}_BC",
    ad="AD_{year}",
    qualifiers={"": "{date}", "~": "about_{date}", "?": "perhaps_{date}",
                "%": "perhaps_about_{date}"},
    interval="{start} to_{end}",
    days="{start}_to_{end}",
    since="since_{date}",
    until="until_{date}",
    end_unknown="from_{date}, end_unknown",
    start_unknown="to_{date}, start_unknown",
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
        first_day="{month}_{day}",
        last_day="{day},_{year}",
    ),
}
"""By variety of English. `_` in a pattern is a no-break space."""


def _short(words: DateWords) -> DateWords:
    """As a column has room for it: `14 Sept–c. Nov 1960`."""
    return words._replace(
        months=(
            "Jan", "Feb", "March", "April", "May", "June",
            "July", "Aug", "Sept", "Oct", "Nov", "Dec",
        ),
        decade="{year}s",
        qualifiers={"": "{date}", "~": "c._{date}", "?": "perhaps_{date}",
                    "%": "perhaps_c._{date}"},
        interval="{start}–{end}",
        days="{start}–{end}",
        period_start="start_of_{date}",
        period_end="end_of_{date}",
        about_once=True,
    )  # fmt: skip


SHORT: dict[str, DateWords] = {name: _short(words) for name, words in WORDS.items()}


def date_in_words(date: Edtf, language: str = "en") -> str:
    """As a person writes it: `2 October 2023`, `about 2012`, `July 2022 to May 2023`.

    `language` is a BCP 47 tag: `October 2, 2023` in American English, British for every other
    `en` tag. Raises `UsageError` for a language whose words are not there yet.
    """
    return _in_words(date.text, language, False)


def date_in_short_words(date: Edtf, language: str = "en") -> str:
    """The same as a column has room for it: `July 2022–May 2023`, `c. Sept 1960`, `1950s`."""
    return _in_words(date.text, language, True)


def date_in_plain_words(date: Edtf) -> str:
    """In English with ordinary spaces, for screens and tables."""
    return date_in_words(date).replace(JOIN, " ")


def year_in_words(year: int) -> str:
    """A year as EDTF counts them, 0 being 1 BC: `1998`, `44 BC`, `AD 70`."""
    return _year(year, _BRITISH)


def years_in_short_words(first: int, last: int) -> str:
    """Years from one to another as EDTF counts them: `2012–2015`, `44–30 BC`, `2012`."""
    return _interval(Point(first), Point(last), SHORT["en-GB"])


def one_time(date: Edtf) -> Edtf | None:
    """The one time that both ends of an interval name, with every doubt about either of them.

    `1950~` for `1950/1950~`: nobody says "1950 to about 1950". None for two times, and none.
    """
    parts = parse_parts(date.text)
    if not isinstance(parts, Span):
        return None
    start, end = parts
    if isinstance(start, str) or isinstance(end, str):
        return None
    if start._replace(qualifier="") != end._replace(qualifier=""):
        return None
    bare = date.text.partition("/")[0].rstrip("~?%")
    return parse_edtf(bare + _both(start.qualifier, end.qualifier))


@lru_cache(maxsize=4_096)
def interval_ends(date: Edtf, language: str = "en") -> tuple[str, str]:
    """Both ends of an interval of two known dates, to follow "between": `3` and `7 May 2011`.

    What both have in common stands once. Raises `ValueError` where an end is open or unknown.
    """
    parts = parse_parts(date.text)
    if not isinstance(parts, Span) or isinstance(parts.start, str) or isinstance(parts.end, str):
        raise ValueError(f"{date.text!r} has not two ends")
    return _ends(parts.start, parts.end, _words_in(language, short=False))


@lru_cache(maxsize=16_384)
def _in_words(text: str, language: str, short: bool) -> str:
    words, parts = _words_in(language, short=short), parse_parts(text)
    return _qualified(parts, words) if isinstance(parts, Point) else _span(parts, words)


def _words_in(language: str, *, short: bool) -> DateWords:
    found = variety(language)
    if found is None:
        raise UsageError(
            f"dates cannot be written in language {language!r} yet",
            hint=f"choose one of {', '.join(WORDS)}",
        )
    return (SHORT if short else WORDS)[found]


def _span(span: Span, words: DateWords) -> str:
    start, end = span.start, span.end
    if isinstance(start, Point) and isinstance(end, Point):
        return _interval(start, end, words)
    if isinstance(start, Point):
        return _hedged(words.since if end == "open" else words.end_unknown, start, words)
    if not isinstance(end, Point):
        return words.no_limits
    return _hedged(words.until if start == "open" else words.start_unknown, end, words)


def _hedged(pattern: str, point: Point, words: DateWords) -> str:
    """A phrase round a date, a doubt of it before the whole: `perhaps since about 1950`."""
    told = _fill(pattern, date=_qualified(_sure(point), words))
    return _fill(words.qualifiers["?"], date=told) if point.qualifier in ("?", "%") else told


def _sure(point: Point) -> Point:
    """The same without the doubt whether it is so at all; "about" stays."""
    return point._replace(qualifier="~" if point.qualifier in ("~", "%") else "")


def _interval(start: Point, end: Point, words: DateWords) -> str:
    bare = start._replace(qualifier="")
    if bare == end._replace(qualifier=""):
        return _qualified(bare._replace(qualifier=_both(start.qualifier, end.qualifier)), words)
    first, last = _ends(start, end, words)
    pattern = words.days if _days_of_one_month(start, end) else words.interval
    return _fill(pattern, start=first, end=last)


def _both(one: Qualifier, other: Qualifier) -> Qualifier:
    if one == other or not other:
        return one
    return other if not one else "%"


def _ends(start: Point, end: Point, words: DateWords) -> tuple[str, str]:
    if _days_of_one_month(start, end):
        month, year = _month_name(end, words), _year(end.year, words)
        return (
            _fill(words.first_day, day=str(start.day), month=month),
            _fill(words.last_day, day=str(end.day), month=month, year=year),
        )
    # One end inside the other (2012-05/2012): say which edge of the longer one is meant.
    if _holds(start, end):
        return _edge(words.period_start, start, words), _qualified(end, words)
    if _holds(end, start):
        return _qualified(start, words), _edge(words.period_end, end, words)
    first, last = _point(start, words), _point(end, words)
    marks = (start.qualifier, end.qualifier)
    if start.year == end.year and _share_a_year(start, end, words):
        if start.day and end.day:
            first = _fill(words.day, day=str(start.day), month=_month_name(start, words))
        else:
            first = _month_name(start, words)
            marks = (start.qualifier, "" if marks == ("~", "~") else end.qualifier)
    elif _is_year(start) and _is_year(end):
        if end.year <= 0:
            first = _digits(1 - start.year)  # "44 to 30 BC"
        elif start.year > 0 and end.year < _FIRST_PLAIN:
            last = _digits(end.year)  # "AD 70 to 79"
    return (
        _fill(words.qualifiers[marks[0]], date=first),
        _fill(words.qualifiers[marks[1]], date=last),
    )


def _share_a_year(start: Point, end: Point, words: DateWords) -> bool:
    """Whether the year of two moments in it stands with the second alone."""
    alike = bool(start.day and end.day) or _both_months(start, end)
    if not alike and not (start.season and end.season):
        return False
    if not start.qualifier and not end.qualifier:
        return True
    may_share = words.about_once and not start.day
    return may_share and (start.qualifier == end.qualifier or not start.qualifier)


def _edge(pattern: str, point: Point, words: DateWords) -> str:
    told = _fill(pattern, date=_point(point, words))
    return _fill(words.qualifiers[point.qualifier], date=told)


def _days_of_one_month(start: Point, end: Point) -> bool:
    return (
        bool(start.day and end.day)
        and (start.year, start.month) == (end.year, end.month)
        and not (start.qualifier or end.qualifier)
    )


def _is_year(point: Point) -> bool:
    return not (point.month or point.season or point.unknown_year_digits)


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
    if point.unknown_year_digits and not _is_named(point):
        return _one_of_years(point, words)
    return _fill(words.qualifiers[point.qualifier], date=_point(point, words))


def _point(point: Point, words: DateWords) -> str:
    if point.unknown_year_digits:
        return _fill(words.decade, year=str(point.year))
    year = _year(point.year, words)
    if point.day:
        return _fill(
            words.day_of_month, day=str(point.day), month=_month_name(point, words), year=year
        )
    if point.month or point.season:
        return _fill(words.month, month=_month_name(point, words), year=year)
    return year


def _is_named(point: Point) -> bool:
    """Whether it is a decade that goes by its name.

    "2000s" could be ten, a hundred or a thousand years: only what cannot be misread is named so.
    """
    return point.unknown_year_digits == 1 and point.year >= _FIRST_PLAIN and bool(point.year % 100)


def _one_of_years(point: Point, words: DateWords) -> str:
    """`between about 1900 and 1999`: the first and the last year that it could be."""
    last = Point(point.year + 10**point.unknown_year_digits - 1)
    first, end = _ends(Point(point.year, qualifier=_sure(point).qualifier), last, words)
    told = _fill(words.one_of_years, first=first, last=end)
    return _fill(words.qualifiers["?"], date=told) if point.qualifier in ("?", "%") else told


def _month_name(point: Point, words: DateWords) -> str:
    return words.seasons[point.season] if point.season else words.months[(point.month or 1) - 1]


def _year(year: int, words: DateWords) -> str:
    """EDTF counts years astronomically: year 0 is 1 BC."""
    if year <= 0:
        return _fill(words.bc, year=_digits(1 - year))
    is_plain = _FIRST_PLAIN <= year <= _LONGEST_PLAIN
    return str(year) if is_plain else _fill(words.ad, year=_digits(year))


def _digits(year: int) -> str:
    return f"{year:,}" if year > _LONGEST_PLAIN else str(year)


def _fill(pattern: str, **fields: str) -> str:
    return pattern.replace("_", JOIN).format(**fields)
