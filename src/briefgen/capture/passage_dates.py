"""When what a passage tells happened: dates that stand in it, and words that count from the day
on which it was issued.

English. Nothing is settled here: each is a proposal with the words that it was read from, and the
nearest to what a person would write comes first.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from datetime import date as Day
from datetime import timedelta

from briefgen.dates import DateError, Edtf, date_in_plain_words, parse_edtf
from briefgen.dates.edtf import Point, parse_parts
from briefgen.dates.typed import MONTHS, edtf_from_words
from briefgen.patterns import lazy_pattern
from briefgen.values import valueclass


@valueclass(frozen=True, slots=True)
class PassageDate:
    """A date that a passage may be about."""

    edtf: str
    note: str
    """How it is known, where it is inferred; empty where it stands there."""
    words: str
    """The words that say it."""


_MONTH = "|".join([*(f"{name[:3]}(?:{name[3:]})?" for name in MONTHS), "sept"])
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR = r"(?:1[0-9]|20)\d\d"
_DAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"

_STATED = lazy_pattern(
    rf"""(?ix)\b(?:
    (?:between|from)\s+(?P<one>{_YEAR})\s+(?:and|to|until)\s+(?P<other>{_YEAR})
    | (?P<fiscal>(?:fiscal|financial)\s+year\s+(?:of\s+)?|FY\s?)(?P<first>{_YEAR})
      (?:\s?[-–/]\s?(?P<second>{_YEAR}|\d\d))?
    | (?P<days>{_DAY}\s?(?:–|-|to|and)\s?{_DAY}\s+(?:of\s+)?(?:{_MONTH})\.?,?\s+{_YEAR}
        | (?:{_MONTH})\.?\s+{_DAY}\s?(?:–|-|to)\s?{_DAY},?\s+{_YEAR})
    | (?P<day>{_DAY}\s+(?:of\s+)?(?:{_MONTH})\.?,?\s+{_YEAR}
        | (?:{_MONTH})\.?\s+{_DAY},?\s+{_YEAR} | {_YEAR}-\d\d-\d\d)
    | (?P<months>(?:{_MONTH})\.?\s?(?:–|-|to|and)\s?(?:{_MONTH})\.?\s+{_YEAR})
    | (?P<month>(?:{_MONTH})\.?,?\s+(?:of\s+)?{_YEAR})
    | (?P<season>(?:spring|summer|autumn|fall|winter)\s+(?:of\s+)?{_YEAR})
    | (?P<since>since\s+{_YEAR})
    | (?P<years>{_YEAR}\s?[–-]\s?(?:{_YEAR}|\d\d))
    | (?P<decade>(?:1[0-9]|20)\d0s)
    | (?:(?:in|by|of|during|year|early|late|mid|end|until)[\s-]+)(?P<year>{_YEAR})
    )\b(?!\s?(?:million|billion|trillion|percent|per\ cent|%|tonnes|barrels|MW|km))"""
)
_WITHOUT_YEAR = lazy_pattern(
    rf"(?i)\b(?:(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m>{_MONTH})\b\.?"
    rf"|(?P<m2>{_MONTH})\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b)(?![\s,]+{_YEAR}|[\d,]*\d)"
    rf"|\b(?:(?:in|by|since|until|during|last|next|this|late|early|mid)[\s-]+)(?P<alone>{_MONTH})\b"
    rf"(?!\.?[\s,]+(?:\d|of\s+\d))"
)
_RELATIVE = lazy_pattern(
    rf"(?i)\b(?:(?P<today>today|tonight|this (?:morning|afternoon|evening))|(?P<yesterday>yesterday"
    rf"|last night)|(?P<tomorrow>tomorrow)"
    rf"|(?:(?P<which>last|next|this|on|coming)\s+)?(?P<weekday>{_DAYS})"
    rf"|(?:earlier\s+)?(?P<when>last|past|previous|next|coming|this)\s+(?P<unit>week|month|year)"
    rf"|(?P<count>\d{{1,2}}|a|two|three|four|five|six|seven|eight|nine|ten)\s+"
    rf"(?P<units>day|week|month|year)s?\s+ago)\b"
)
_NUMBERS = {
    "a": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10,
}  # fmt: skip
_MONTH_OF = {name[:3]: number for number, name in enumerate(MONTHS, 1)}
_AHEAD = lazy_pattern(
    r"(?i)\b(?:will|shall|to be|(?:is|are|was|were) to|due|next|scheduled|upcoming|planned"
    r"|expected)\b"
)


def passage_dates(passage: str, issued: Edtf | None, called: str = "article") -> list[PassageDate]:
    """The dates that a passage may be about, likeliest first, none twice.

    `issued` is when it was published, which words such as "on Wednesday" are counted from;
    `called` is how the document is called in the notes.
    """
    stated = list(_stated(passage))
    counted = list(_counted(passage, issued, called)) if issued is not None else []
    counted.sort(key=lambda one: _length(one.edtf))
    exact = [one for one in stated if _is_day(one.edtf)]
    # A day that is told, then one that is counted, then months and years that are told.
    found = [*exact, *counted, *(one for one in stated if one not in exact)]
    return list({one.edtf: one for one in reversed(found)}.values())[::-1]


def _is_day(edtf: str) -> bool:
    return _length(edtf) == 0


def _length(edtf: str) -> float:
    """Days from its first to its last."""
    date = parse_edtf(edtf)
    if date.first_day is None or date.last_day is None:
        return math.inf
    return date.last_day - date.first_day


# --- dates that stand there ------------------------------------------------------------------


def _stated(passage: str) -> Iterator[PassageDate]:
    for found in _STATED.finditer(passage):
        words = " ".join(found.group().split())
        said, note = _as_typed(found)
        try:
            yield PassageDate(edtf_from_words(said), note, words)
        except DateError:
            continue


def _as_typed(found: re.Match[str]) -> tuple[str, str]:
    """What was found as a person would type it, and how it is known where that needs saying."""
    if found["one"]:
        return f"{found['one']}/{found['other']}", ""
    if found["fiscal"]:
        words = " ".join(found.group().split())
        first, second = found["first"], found["second"]
        note = f"‘{words}’; its months are not told."
        if not second:
            return first, note
        return f"{first}/{first[: 4 - len(second)]}{second}", note
    if found["years"]:
        first, _, second = re.sub(r"\s", "", found["years"]).replace("–", "-").partition("-")
        return f"{first}/{first[: 4 - len(second)]}{second}", ""
    if found["year"]:
        return found["year"], ""
    kinds = ("days", "day", "months", "month", "season", "since", "decade")
    said = next(found[kind] for kind in kinds if found[kind])
    return re.sub(r"(?i)(?<=\d)(st|nd|rd|th)\b|\bof\b", " ", said).replace(" and ", " to "), ""


# --- dates that are counted ------------------------------------------------------------------


def _counted(passage: str, issued: Edtf, called: str) -> Iterator[PassageDate]:
    told = f"in {_article(called)} of {_issued_in_words(issued)}"
    day = _day_of(issued)
    spans: list[tuple[int, int]] = []
    for pattern, count in ((_RELATIVE, _relative), (_WITHOUT_YEAR, _without_year)):
        for found in pattern.finditer(passage):
            if any(found.start() < end and start < found.end() for start, end in spans):
                continue
            edtf = count(found, issued, day, passage)
            if edtf:
                spans.append(found.span())
                words = " ".join(found.group().split())
                yield PassageDate(edtf, f"‘{words[:1].upper()}{words[1:]}’ {told}.", words)


def _article(called: str) -> str:
    return f"{'an' if called[:1] in 'aeiou' else 'a'} {called}"


def _issued_in_words(issued: Edtf) -> str:
    return date_in_plain_words(issued)


def _day_of(issued: Edtf) -> Day | None:
    """The day of issue, where it is known to the day."""
    if issued.first_day is None or issued.first_day != issued.last_day:
        return None
    try:
        return Day.fromordinal(issued.first_day)
    except (ValueError, OverflowError):
        return None


def _month_of(issued: Edtf) -> tuple[int, int] | None:
    try:
        point = parse_parts(issued.text)
    except DateError:
        return None
    if isinstance(point, Point) and point.month is not None and 1 < point.year < 9998:
        return point.year, point.month
    return None


def _year_of(issued: Edtf) -> int | None:
    try:
        point = parse_parts(issued.text)
    except DateError:
        return None
    known = isinstance(point, Point) and not point.unknown_year_digits
    return point.year if isinstance(point, Point) and known and 1 < point.year < 9998 else None


def _relative(found: re.Match[str], issued: Edtf, day: Day | None, passage: str) -> str:
    """What words that count from the day of issue come to; empty where they cannot be counted."""
    near = {"today": 0, "yesterday": -1, "tomorrow": 1}
    for name, days in near.items():
        if found[name]:
            return (day + timedelta(days)).isoformat() if day is not None else _within(issued)
    if found["weekday"]:
        return _weekday(found, day) if day is not None else _within(issued)
    if found["count"]:
        number = _NUMBERS.get(found["count"].lower()) or int(found["count"])
        return _ago(number, found["units"].lower(), issued, day)
    step = {"next": 1, "coming": 1, "this": 0}.get(found["when"].lower(), -1)
    return _period(found["unit"].lower(), step, issued, day)


def _within(issued: Edtf) -> str:
    """Some day around one that is known to the month only."""
    return issued.text if _month_of(issued) is not None else ""


def _weekday(found: re.Match[str], day: Day) -> str:
    """A weekday as newspapers mean it: the last one up to the day of issue."""
    wanted = _DAYS.split("|").index(found["weekday"].lower())
    back = (day.weekday() - wanted) % 7
    which = (found["which"] or "").lower()
    if which in ("next", "coming"):
        return (day + timedelta((wanted - day.weekday() - 1) % 7 + 1)).isoformat()
    if which == "last" and back == 0:
        back = 7
    return (day - timedelta(back)).isoformat()


def _period(unit: str, step: int, issued: Edtf, day: Day | None) -> str:
    if unit == "year":
        year = _year_of(issued)
        return f"{year + step:04d}" if year is not None and 0 < year + step < 9999 else ""
    if unit == "month":
        month = _month_of(issued)
        return _months_on(month, step) if month is not None else ""
    if day is None:
        return ""
    monday = day - timedelta(day.weekday()) + timedelta(7 * step)
    return f"{monday.isoformat()}/{(monday + timedelta(6)).isoformat()}"


def _ago(number: int, unit: str, issued: Edtf, day: Day | None) -> str:
    if unit == "year":
        year = _year_of(issued)
        return f"{year - number:04d}~" if year is not None and year > number else ""
    if unit == "month":
        month = _month_of(issued)
        return f"{_months_on(month, -number)}~" if month is not None else ""
    if day is None:
        return ""
    days = number * (7 if unit == "week" else 1)
    about = "~" if unit == "week" else ""
    return f"{(day - timedelta(days)).isoformat()}{about}"


def _months_on(month: tuple[int, int], step: int) -> str:
    count = month[0] * 12 + month[1] - 1 + step
    return f"{count // 12:04d}-{count % 12 + 1:02d}"


def _without_year(found: re.Match[str], issued: Edtf, day: Day | None, passage: str) -> str:
    """A day or month without its year: the last one up to the issue, ahead only where told so."""
    name = found["m"] or found["m2"] or found["alone"]
    number = found["d"] or found["d2"]
    if found["alone"] and found["alone"].islower():  # `in march` is no month, `may` hardly ever
        return ""
    year, month = _year_of(issued), _MONTH_OF[name.lower()[:3]]
    if year is None:
        return ""
    then = _month_of(issued)
    start = max(found.start() - 60, 0)
    ahead = bool(_AHEAD.search(passage[start : found.start() + 5]))
    if then is not None:
        this = (month, int(number or 0))
        now = (then[1], day.day if day is not None and number else 31 if number else 0)
        if this > now and not ahead:
            year -= 1
        elif this < now and ahead and found.group().lower().startswith("next"):
            year += 1
    text = f"{year:04d}-{month:02d}" + (f"-{int(number):02d}" if number else "")
    try:
        return parse_edtf(text).text
    except DateError:
        return ""
