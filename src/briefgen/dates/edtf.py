"""Reads EDTF level 1, level 0 included (Library of Congress, 4 February 2019; ISO 8601-2).

`parse_edtf` gives the days that a date allows; `parse_parts` what its text says, for wording it
and for CSL. Level 2 is recognised and refused with what to write instead.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple, NoReturn

from briefgen.dates.days import day_number, days_in_month
from briefgen.patterns import lazy_pattern
from briefgen.suggestions import shown
from briefgen.values import valueclass

Qualifier = Literal["", "~", "?", "%"]

MAX_YEAR_DIGITS = 15
"""Longest year read: its day numbers still fit the 64-bit integers of databases."""

SEASON_MONTHS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 12)}
"""First and last month of each season: EDTF leaves them open, the fact base defines them."""


class DateError(ValueError):
    """A text that is not an EDTF level 1 date. Its text says what is wrong and what to write."""


@valueclass(frozen=True, slots=True)
class Edtf:
    """A date or interval.

    Days are counted as `datetime.date.toordinal` does (1 is 0001-01-01), carried on without
    limit into years that `datetime` does not know. `None` is an end without limit.
    """

    text: str
    first_day: int | None
    last_day: int | None

    @property
    def known_day(self) -> int | None:
        """The first day, or the last where the start is open; None where both are."""
        return self.first_day if self.first_day is not None else self.last_day


class Point(NamedTuple):
    """One date as written: a year, month, season or day; no interval."""

    year: int
    """For `201X` the decade's or century's first year as counted: 2010; for `-019X`, -199."""
    month: int | None = None
    day: int | None = None
    season: int | None = None
    """21 spring, 22 summer, 23 autumn, 24 winter."""
    unknown_year_digits: int = 0
    """1 for a decade (`201X`), 2 for a century (`20XX`)."""
    qualifier: Qualifier = ""

    @property
    def first_day(self) -> int:
        """The first day that this date allows."""
        month = SEASON_MONTHS[self.season][0] if self.season else self.month or 1
        return day_number(self.year, month, self.day or 1)

    @property
    def last_day(self) -> int:
        """The last day that this date allows."""
        year = self.year + 10**self.unknown_year_digits - 1
        month = SEASON_MONTHS[self.season][1] if self.season else self.month or 12
        return day_number(year, month, self.day or days_in_month(year, month))


class Span(NamedTuple):
    """An interval as written; an end is a point, `open` (`..`) or `unknown` (empty)."""

    start: Point | Literal["open", "unknown"]
    end: Point | Literal["open", "unknown"]


def reaches(date: Edtf, first: int | None, last: int | None) -> bool:
    """Whether `date` overlaps the days `first` to `last`, both inclusive; None is no limit."""
    return (date.last_day is None or first is None or date.last_day >= first) and (
        date.first_day is None or last is None or date.first_day <= last
    )


def date_order(date: Edtf | None) -> tuple[int, int, int, int, int]:
    """A key that sorts by first day (open start first), then last day (open end last).

    Undated comes at the end.
    """
    if date is None:
        return (1, 0, 0, 0, 0)
    first, last = date.first_day, date.last_day
    return (0, 0 if first is None else 1, first or 0, 1 if last is None else 0, last or 0)


_PLAIN_POINT = r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12][0-9]|3[01]))?)?[~?]?"
_PLAIN = lazy_pattern(rf"{_PLAIN_POINT}(?:/{_PLAIN_POINT})?")


def edtf_year(year: int) -> str:
    """A year in EDTF: `2003`, `-0043`, `Y17000`."""
    if abs(year) > 9999:
        return f"Y{year}"
    return f"{'-' if year < 0 else ''}{abs(year):04d}"


@lru_cache(maxsize=16_384)
def parse_edtf(text: str) -> Edtf:
    """Read an EDTF level 1 date. Raises `DateError`."""
    return _parse_plain(text) or _parse_general(text)


def _parse_plain(text: str) -> Edtf | None:
    """The forms that nearly all dates have, by one pattern; None for anything else.

    Also None for faulty dates of these forms, so that one place words the faults.
    """
    match = _PLAIN.fullmatch(text)
    if match is None:
        return None
    year, month, day, year_2, month_2, day_2 = match.groups()
    y, m, d = int(year), int(month or 1), int(day or 1)
    if d > 28 and d > days_in_month(y, m):
        return None
    first = day_number(y, m, d)
    if year_2 is not None:
        year, month, day = year_2, month_2, day_2
    y, m = int(year), int(month or 12)
    longest = days_in_month(y, m)
    d = int(day) if day else longest
    if d > longest:
        return None
    last = day_number(y, m, d)
    return Edtf(text, first, last) if first <= last else None


def _parse_general(text: str) -> Edtf:
    parts = parse_parts(text)
    if isinstance(parts, Point):
        return Edtf(text, parts.first_day, parts.last_day)
    first = parts.start.first_day if isinstance(parts.start, Point) else None
    last = parts.end.last_day if isinstance(parts.end, Point) else None
    return Edtf(text, first, last)


@lru_cache(maxsize=16_384)
def parse_parts(text: str) -> Point | Span:
    """What an EDTF level 1 date says, piece by piece. Raises `DateError`."""
    if not text:
        raise DateError("the date is empty; write a date such as 2011-05, or leave the date out")
    if text[0] in "[{":
        _refuse_level_2(text, "a set of dates", "an interval such as 2011/2013")
    if "/" not in text:
        return _point(text, text, in_interval=False)
    ends = text.split("/")
    if len(ends) > 2:
        if re.fullmatch(r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}", text):
            _refuse(text, "write year, month and day as 1948-05-01")
        _refuse(text, "an interval has one slash: 2011/2013")
    start, end = (_end(part, text) for part in ends)
    if start == "unknown" and end == "unknown":
        _refuse(text, "leave the date out where nothing is known of it")
    if isinstance(start, Point) and isinstance(end, Point) and end.last_day < start.first_day:
        raise DateError(f"{shown(text)} ends before it starts; swap the two dates")
    return Span(start, end)


def _end(part: str, text: str) -> Point | Literal["open", "unknown"]:
    if part == "..":
        return "open"
    if part == "":
        return "unknown"
    if part in ("open", "unknown"):
        _refuse(text, "write .. for an open end, or nothing for an unknown one")
    return _point(part, text, in_interval=True)


_SHAPE = lazy_pattern(
    r"(?P<sign>-?)(?P<year>[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)"
    r"(?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX))?)?(?P<qualifier>[~?%]?)"
)
_LONG_YEAR = lazy_pattern(r"Y(?P<year>-?[0-9]+)(?P<qualifier>[~?%]?)")
_DATE_TIME = lazy_pattern(
    r"(?P<day>-?[0-9]{4}-[0-9]{2}-[0-9]{2})T(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})"
    r"(?::(?P<second>[0-9]{2})(?:\.[0-9]+)?)?(?P<zone>Z|[+-][0-9]{2}(?::[0-9]{2})?)?"
)


def _point(part: str, text: str, *, in_interval: bool) -> Point:
    match = _SHAPE.fullmatch(part)
    if match is not None:
        return _calendar_point(match, text, in_interval=in_interval)
    match = _LONG_YEAR.fullmatch(part)
    if match is not None:
        return _long_year(match, text)
    match = _DATE_TIME.fullmatch(part)
    if match is not None:
        if in_interval:
            _refuse(text, f"the ends of an interval have no time of day: write {match['day']}")
        return _date_time(match, text)
    _explain(part, text)


def _calendar_point(match: re.Match[str], text: str, *, in_interval: bool) -> Point:
    sign, digits, month_text, day_text, qualifier = match.groups()
    unknown = digits.count("X")
    if in_interval and "X" in match.group():
        _refuse_level_2(text, "unspecified digits in an interval", "the interval's own years")
    if unknown and month_text is not None:
        _refuse_level_2(text, "unspecified year digits before a month", f"the year alone: {digits}")
    if sign and digits == "0000":
        _refuse(text, "year 0 has no sign: 0000")
    year = int(digits.replace("X", "0"))
    if sign:
        year = -(year + 10**unknown - 1)
    kind: Qualifier = qualifier  # type: ignore[assignment]  # the pattern allows no other
    if month_text is None:
        return Point(year, unknown_year_digits=unknown, qualifier=kind)
    if month_text == "XX":
        if day_text not in (None, "XX"):
            _refuse_level_2(text, "a day of an unspecified month", f"the year alone: {digits}")
        return Point(year, qualifier=kind)
    month = int(month_text)
    if 21 <= month <= 24:
        if day_text is not None:
            _refuse(text, f"a season has no days: write {digits}-{month_text}")
        return Point(year, season=month, qualifier=kind)
    if 25 <= month <= 41:
        _refuse_level_2(
            text,
            f"season or part of a year {month_text}",
            f"a season 21 to 24, or months such as {digits}-01/{digits}-03",
        )
    if not 1 <= month <= 12:
        raise DateError(
            f"{shown(text)} has no month {month_text}; months are 01 to 12, seasons 21 to 24, and "
            f"a span of years is written with a slash: 2011/2013"
        )
    if day_text is None or day_text == "XX":
        return Point(year, month, qualifier=kind)
    day = int(day_text)
    if not 1 <= day <= days_in_month(year, month):
        raise DateError(
            f"{shown(text)} does not exist: {sign}{digits}-{month_text} has "
            f"{days_in_month(year, month)} days; correct the day, or leave it out"
        )
    return Point(year, month, day, qualifier=kind)


def _long_year(match: re.Match[str], text: str) -> Point:
    digits = match["year"].lstrip("-")
    if len(digits) < 5 or digits.startswith("0"):
        _refuse(text, "Y starts a year of five digits or more; shorter ones stand alone, as 2011")
    if len(digits) > MAX_YEAR_DIGITS:
        _refuse(text, f"years have at most {MAX_YEAR_DIGITS} digits")
    kind: Qualifier = match["qualifier"]  # type: ignore[assignment]
    return Point(int(match["year"]), qualifier=kind)


def _date_time(match: re.Match[str], text: str) -> Point:
    hour, minute, second = int(match["hour"]), int(match["minute"]), int(match["second"] or 0)
    end_of_day = (hour, minute, second) == (24, 0, 0)
    if not end_of_day and (hour > 23 or minute > 59 or second > 59):
        _refuse(text, "hours are 00 to 23, minutes and seconds 00 to 59")
    zone = match["zone"] or "Z"
    if zone != "Z" and (int(zone[1:3]) > 14 or int(zone[4:] or 0) > 59):
        _refuse(text, "a time zone is Z or an offset such as +05:00")
    return _point(match["day"], text, in_interval=False)


_MARKS = "~?%"


def _explain(part: str, text: str) -> NoReturn:
    """Say what is wrong with a date of no known form, as closely as can be told."""
    if part == "..":
        _refuse(text, "an open end needs a slash: 2013/..")
    if re.search(rf"[{_MARKS}]", part[:-1]) and re.fullmatch(rf"[0-9X{_MARKS}-]+", part):
        _refuse_level_2(
            text, "a mark on part of a date", "one mark at the end of the whole date: 2011-05~"
        )
    if re.fullmatch(r"Y?-?[0-9]+(?:E[0-9]+)?(?:S[0-9]+)?[~?%]?", part) and re.search("[ES]", part):
        _refuse_level_2(text, "an exponent or significant digits", "the year in full, or 201X")
    if re.fullmatch(r"-?[0-9X]{4}(-[0-9X]{2}){0,2}[~?%]?", part):
        _refuse_level_2(
            text, "unspecified digits before others", "201X, 20XX, 2011-XX or 2011-05-XX"
        )
    if re.fullmatch(r"[0-9]{4}\s*[-–—]\s*[0-9]{4}", part):
        _refuse(text, f"write an interval with a slash: {part[:4]}/{part[-4:]}")
    numbers = re.fullmatch(r"([0-9]{4})-([0-9]{1,2})(?:-([0-9]{1,2}))?", part)
    if numbers is not None:
        fixed = "-".join(number.zfill(2) for number in numbers.groups() if number)
        _refuse(text, f"months and days have two digits: {fixed}")
    if re.fullmatch(r"[0-9]{8}", part):
        _refuse(text, f"write it with hyphens: {part[:4]}-{part[4:6]}-{part[6:]}")
    if re.fullmatch(r"-?[0-9]{5,15}", part):
        _refuse(text, f"a year of more than four digits starts with Y: Y{part}")
    if re.fullmatch(r"[0-9]{1,3}", part):
        _refuse(text, f"a year has four digits: {part.zfill(4)}")
    if re.fullmatch(r"[0-9]{2,3}[xu?]{1,2}|[0-9]{4}s", part):
        _refuse(text, "write unspecified digits as X: 201X")
    if re.match(r"(?i)(circa|ca?\.?|about|around)\s*[0-9]", part):
        _refuse(text, "for an approximate date put ~ at its end: 2012~")
    _refuse(text, "write it as 2011, 2011-05, 2011-05-17 or an interval such as 2011/2013-05")


def _refuse(text: str, instead: str) -> NoReturn:
    raise DateError(f"{shown(text)} is not a date; {instead}")


def _refuse_level_2(text: str, what: str, instead: str) -> NoReturn:
    raise DateError(
        f"{shown(text)} is EDTF level 2 ({what}), and dates are read up to level 1; write {instead}"
    )
