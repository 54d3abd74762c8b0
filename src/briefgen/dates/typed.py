"""Dates as people type them, made EDTF level 1: `11 June 2023`, `summer 2011`, `since 2014`.

English, with its abbreviations and ordinals. What is EDTF already stays as it is. What could mean
two days, or cannot be said in EDTF level 1, is refused with what to write instead: nothing is
guessed.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date as calendar_date
from functools import lru_cache
from typing import Literal, NoReturn

from briefgen.dates.edtf import DateError, Edtf, edtf_year, parse_edtf
from briefgen.dates.words import date_in_plain_words
from briefgen.patterns import lazy_pattern
from briefgen.suggestions import shown
from briefgen.values import valueclass

DayOrder = Literal["day-first", "month-first"]
"""What stands first in `11/06/2023`, where somebody has said so."""


class AmbiguousDateError(DateError):
    """A date that could be two days: who knows what stands first, can tell."""


@valueclass(frozen=True, slots=True)
class TypedDate:
    """What a person typed, as a date."""

    edtf: Edtf
    words: str
    """How it reads on paper, with ordinary spaces: `11 June 2023`."""


def edtf_from_words(text: str) -> str:
    """A date in a person's words as EDTF: `11 June 2023` gives `2023-06-11`.

    Raises `DateError`, a `ValueError`, whose text is one sentence with the way out.
    """
    return read_typed_date(text).edtf.text


@lru_cache(maxsize=512)
def read_typed_date(text: str, order: DayOrder | None = None) -> TypedDate:
    """A date in a person's words, and how it reads. Raises `DateError` as `edtf_from_words`.

    `order` says what `11/06/2023` means; a date that it cannot be right about is refused then.
    """
    date = _read(text, order)
    return TypedDate(date, date_in_plain_words(date))


def _read(text: str, order: DayOrder | None) -> Edtf:
    whole = " ".join(text.split())
    if not whole:
        raise DateError("there is no date; write one such as 11 June 2023, or leave it out")
    try:
        return parse_edtf(whole)
    except DateError as error:
        # What looks like EDTF and is none is explained by those who read EDTF.
        if _LIKE_EDTF.fullmatch(whole):
            raise
        cause = str(error)  # the exception itself would hold this frame, and that the exception
    if len(whole) > 100:
        _refuse(whole, "write it as 11 June 2023, May 2011 or since 2014")
    tidy = whole.lower().translate(_SAME)
    tidy = _THOUSANDS.sub(r"\1\2", tidy)
    tidy = " ".join(_NOISE.sub(" ", tidy).split()).rstrip(".")
    if _YEAR_NOUGHT.search(tidy):
        _refuse(whole, "there is no year 0: write 1 BC or AD 1")
    tidy = _DOUBT_FIRST.sub(r"\2 \1", tidy)
    tidy = _ONE_ERA_BC.sub(r"\1 bc", tidy)
    tidy = _ONE_ERA_AD.sub(r"\1ad \2", tidy)
    tidy = _ERA.sub(_one_word, tidy)
    try:
        return _parsed(_Reader(whole, order).whole(tidy), whole)
    except _NoDateError:
        pass
    if re.fullmatch(r"[\d\s./~?%X-]+", whole):
        raise DateError(cause)
    _refuse(whole, "write it as 11 June 2023, May 2011, summer 2011, about 2012 or since 2014")


_LIKE_EDTF = lazy_pattern(
    r"-?[0-9X]{4}-[0-9X]{2}(-[0-9X]{2})?[~?%]?(/.*)?|Y.*|[\[{].*|.*T\d\d:.*|[0-9X]{4}/[0-9X]{4}.*"
    r"|\d{4}-\d-\d{1,2}|\d{4}-\d{1,2}-\d|[0-9]{8}|\d{3}[xu?]"
)
_SAME = str.maketrans({"‐": "-", "‑": "-", "–": "–", "—": "–", "−": "-", "’": "'", "‘": "'"})
_THOUSANDS = lazy_pattern(r"\b(\d{1,3}),(\d{3})\b(?!,\d)")
_NOISE = lazy_pattern(r",|\bthe\b|(?<=[a-z])\.(?=\s|\d|$)|\bof\b|\b(?:in|on)\b(?=.*\d)(?!$)")

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTH_NUMBERS = {name: number for number, name in enumerate(MONTHS, 1)} | {
    name[:3]: number for number, name in enumerate(MONTHS, 1)
} | {"sept": 9}  # fmt: skip
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4,
             "4th": 4}  # fmt: skip
_MARKS = {
    "about": "~", "around": "~", "circa": "~", "ca": "~", "c": "~", "approximately": "~",
    "approx": "~", "roughly": "~", "perhaps": "?", "possibly": "?", "probably": "?", "maybe": "?",
    "presumably": "?",
}  # fmt: skip

_MONTH = r"(?P<month>[a-z]{3,9})"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4,}|bc\d+)"
"""Years of either era have been made one word by then: 0476, bc44."""
_POINTS = tuple(
    lazy_pattern(pattern)
    for pattern in (
        rf"{_DAY}[ -]?{_MONTH}(?:[ -]{_YEAR})?",
        rf"{_MONTH}[ -]{_DAY}(?:[ -]{_YEAR})?",
        rf"{_MONTH}(?:[ -]?{_YEAR})?",
        rf"{_YEAR}[ -]{_MONTH}(?:[ -]{_DAY})?",
        _YEAR,
    )
)
_WINTER = lazy_pattern(r"winter (\d{4})[/–-](\d{2}|\d{4})")
_PART = lazy_pattern(
    r"(?:(?P<nth>1st|2nd|3rd|4th|first|second|third|fourth) (?P<what>quarter|half) "
    r"|(?P<short>[qh])(?P<number>[1-4])[ /-]?)(?P<year>\d{4})"
)
_DECADE = lazy_pattern(r"(\d{3}0)'?s")
_NUMERIC = lazy_pattern(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})")
_NUMERIC_YEAR_FIRST = lazy_pattern(r"(\d{4})([/.])(\d{1,2})(?:\2(\d{1,2}))?")
_NUMERIC_MONTH = lazy_pattern(r"(\d{1,2})[/.](\d{4})")
_SHORT_YEAR = lazy_pattern(
    r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2}|(?:\d{1,2}(?:st|nd|rd|th)?[ -])?[a-z]+[ -]'?\d{2}|'\d{2}|'?\d0s"
)
_EDGE = lazy_pattern(
    r"(?:early|mid|middle|late|later|beginning|start|end|turn)(?: |-)(?P<rest>.*\d.*)"
)
_CENTURY = lazy_pattern(r"(\d{1,2})(?:st|nd|rd|th) century")
_WEEKDAY = lazy_pattern(rf"({'|'.join(f'{day[:3]}(?:{day[3:]})?' for day in _WEEKDAYS)}) (?=.*\d)")
_DOUBT = r"(?:(?:about|perhaps) )*"
_DOUBT_FIRST = lazy_pattern(
    rf"^((?:about|perhaps|possibly|probably) {_DOUBT})(since|until|from|to|between) "
)
"""`perhaps since 1950`: the doubt is of the year."""
_ONE_ERA_BC = lazy_pattern(
    rf"^((?:from |between )?{_DOUBT}\d+)(?= ?(?:to|and|until|till|through|–|-) ?{_DOUBT}\d+ bce?$)"
)
_ONE_ERA_AD = lazy_pattern(rf"(\bad \d+ ?(?:to|and|until|till|through|–|-) ?{_DOUBT})(\d{{1,3}}$)")
"""`44 to 30 BC`, `AD 70 to 79`: the era of both years stands once."""
_ERA = lazy_pattern(
    r"\bad (?P<ad>\d{1,15})\b|\b(?P<after>\d{1,4}) (?:ad|ce)\b|\b(?P<bc>\d+) bce?\b"
)
_YEAR_NOUGHT = lazy_pattern(r"\bad 0+\b|\b0+ (?:ad|ce|bce?)\b")
_BEFORE_AFTER = lazy_pattern(r"(before|after|by) (.*\d.*)")
_OPEN_END = lazy_pattern(
    r"(.*\d.*?) ?(?:to|until|till|–|-) ?(?:present|now|today|date)|(\d{4}) ?[–-]"
)
_ONWARDS = lazy_pattern(r"(?:from )?(.*\d.*?) (?:onwards?|(on))")


class _NoDateError(Exception):
    """These words are no date of any form that is known."""


@valueclass(frozen=True, slots=True)
class _Parts:
    """A date as typed, possibly without its year or month: `3` of `3–5 May 2011`."""

    year: int | None = None
    month: int | None = None
    """1 to 12, or a season from 21 on."""
    day: int | None = None
    mark: str = ""
    whole: str = ""
    """EDTF for what has no parts to share: a decade, a long year."""

    def edtf(self) -> str:
        """As EDTF. Raises `_NoDateError` without a year."""
        if self.whole:
            return self.whole + self.mark
        if self.year is None or (self.day is not None and self.month is None):
            raise _NoDateError
        text = edtf_year(self.year)
        if self.month is not None:
            text += f"-{self.month:02d}"
        if self.day is not None:
            text += f"-{self.day:02d}"
        return text + self.mark


class _Reader:
    def __init__(self, shown: str, order: DayOrder | None) -> None:
        self.shown = shown
        self.order = order

    # --- the whole ------------------------------------------------------------------------------

    def whole(self, text: str) -> str:
        if text in ("at any time", "any time"):
            return "../.."
        self.refuse_what_edtf_cannot_say(text)
        for read in (self.open_interval, self.interval):
            found = read(text)
            if found is not None:
                return found
        special = self.span_of_its_own(text)
        return special if special is not None else self.point(text).edtf()

    def refuse_what_edtf_cannot_say(self, text: str) -> None:
        century = _CENTURY.fullmatch(text)
        if century is not None:
            first = (int(century.group(1)) - 1) * 100
            if first >= 100:
                self.refuse(
                    f"write {first // 100}XX for the years {first} to {first + 99}, "
                    f"or {first + 1}/{first + 100}"
                )
        if _SHORT_YEAR.fullmatch(text) and not self.is_day_and_month(text):
            self.refuse("write the year with four digits")
        after = _BEFORE_AFTER.fullmatch(text)
        if after is not None:
            self.refuse(
                "say whether that time itself counts: since 2014, until 2014, or the year after "
                "or before it"
            )

    def is_day_and_month(self, text: str) -> bool:
        """`11 June`: what lacks is the year, not two of its digits."""
        found = re.fullmatch(r"(?:\d{1,2}(?:st|nd|rd|th)? )?([a-z]+)(?: \d{1,2})?", text)
        return bool(found) and not text[-1:].isdigit()

    def edge(self, text: str) -> None:
        """Early, mid and late are no dates in EDTF."""
        found = _EDGE.fullmatch(text)
        if found is None:
            return
        try:
            rest = self.point(found["rest"]).edtf()
            date = parse_edtf(rest)
        except (_NoDateError, DateError):
            raise _NoDateError from None
        named = re.fullmatch(r"\d{4}", rest)
        example = f", or months such as {rest}-01/{rest}-04" if named else ""
        reads = date_in_plain_words(date)
        instead = rest if reads == rest else f"{reads} ({rest})"
        self.refuse(f"EDTF has no early, mid or late: write {instead}{example}")

    def open_interval(self, text: str) -> str | None:
        unknown = re.fullmatch(r"from (.+) end unknown", text)
        if unknown:
            return f"{self.inner(unknown.group(1))}/"
        unknown = re.fullmatch(r"to (.+) start unknown", text)
        if unknown:
            return f"/{self.inner(unknown.group(1))}"
        since = re.fullmatch(r"since (?P<rest>.+)", text)
        start = since["rest"] if since else None
        for pattern in (_OPEN_END, _ONWARDS):
            found = pattern.fullmatch(text)
            if start is None and found is not None:
                said = found.group(1) or found.group(2)
                start = said.removeprefix("from ").removeprefix("since ")
        if start is not None:
            return f"{self.inner(start)}/.."
        until = re.fullmatch(r"(?:until|till|up to|through) (?P<rest>.+)", text)
        return f"../{self.inner(until['rest'])}" if until else None

    def inner(self, text: str) -> str:
        """One end of an interval that has no other."""
        self.edge(text)
        found = self.point(text)
        if found.whole and "X" in found.whole:
            return self.decade_edge(found.whole)
        return found.edtf()

    def decade_edge(self, decade: str) -> str:
        first = int(decade.replace("X", "0"))
        last = int(decade.replace("X", "9"))
        self.refuse(f"write the year that it begins or ends with: {first} or {last}")

    # --- intervals ------------------------------------------------------------------------------

    def interval(self, text: str) -> str | None:
        between = re.fullmatch(r"between (.+?) and (.+)", text)
        if between:
            return self.joined(between.group(1), between.group(2))
        if text.startswith("from ") and not re.search(r" (?:to|until|till|through) ", text):
            raise _NoDateError
        text = text.removeprefix("from ")
        short = re.fullmatch(r"(\d{4}) ?[–/-] ?(\d{2})", text)
        if short and int(short.group(2)) > int(short.group(1)[2:]):
            return self.short_interval(*short.groups())
        for pattern in (
            r"(.+?) (?:to|until|till|through) (.+)",
            r"(.+?) ?– ?(.+)",
            r"(.+?) - (.+)",
            r"(\d{4})-(\d{4})",
            r"(\d{1,2}(?:st|nd|rd|th)?)-(\d{1,2}(?:st|nd|rd|th)? [a-z]+.*)",
            r"([a-z]+ \d{1,2})-(\d{1,2} \d{4})",
            r"([a-z]{3,})-([a-z]{3,} \d{4})",
            r"(.*\d{4}.*) ?/ ?(.*\d{4}.*)",
        ):
            found = re.fullmatch(pattern, text)
            if found is not None and not _WINTER.fullmatch(text):
                return self.joined(found.group(1), found.group(2))
        return None

    def short_interval(self, first: str, end: str) -> str:
        """`2011–13`: an interval where it can be no month."""
        last = first[:2] + end
        if 1 <= int(end) <= 12:
            reads = f"{MONTHS[int(end) - 1].capitalize()} {first}"
            self.refuse(f"write {first}/{last} for the years, or {first}-{end} for {reads}")
        return f"{first}/{last}"

    def joined(self, first: str, last: str) -> str:
        first = re.sub(rf"^({_DOUBT})(?:start|beginning) ", r"\1", first)
        last = re.sub(rf"^({_DOUBT})end ", r"\1", last)
        self.edge(first)
        self.edge(last)
        end = self.point(last)
        start = self.point(first, beside=end)
        for each in (start, end):
            if "X" in each.whole:
                self.decade_edge(each.whole)
        if start.year is None and not start.whole:
            # `3–5 May 2011`, `July–September 2022`: what the first lacks stands with the last.
            month = start.month if start.month is not None else end.month
            if end.month is None and end.day is not None:  # `May 3–5, 2011`
                end = replace(end, month=month)
            start = replace(start, year=end.year, month=month)
        elif end.year is None and not end.whole:  # `2011 May–June`
            month = end.month if end.month is not None else start.month
            end = replace(end, year=start.year, month=month)
        return f"{start.edtf()}/{end.edtf()}"

    def span_of_its_own(self, text: str) -> str | None:
        """What is one name and yet an interval: the winter of two years, a quarter, a half."""
        winter = _WINTER.fullmatch(text)
        if winter:
            year = int(winter.group(1))
            if int(winter.group(2)) not in (year + 1, (year + 1) % 100):
                raise _NoDateError
            return f"{year:04d}-12/{year + 1:04d}-02"
        part = _PART.fullmatch(text)
        if part is None:
            return None
        length = 3 if (part["what"] == "quarter" or part["short"] == "q") else 6
        number = _ORDINALS[part["nth"]] if part["nth"] else int(part["number"])
        if number * length > 12:
            raise _NoDateError
        first = (number - 1) * length + 1
        return f"{part['year']}-{first:02d}/{part['year']}-{first + length - 1:02d}"

    # --- one date -------------------------------------------------------------------------------

    def point(self, text: str, beside: _Parts | None = None) -> _Parts:
        mark, text = self.mark(text)
        self.edge(text)
        text = self.without_weekday(text)
        found = self.decade(text) or self.numeric(text) or self.named(text, beside)
        if found is None:
            raise _NoDateError
        return replace(found, mark=mark)

    def mark(self, text: str) -> tuple[str, str]:
        """The qualifier that words or signs give, and the rest."""
        marks = set()
        while True:
            word, _, rest = text.partition(" ")
            word = word.rstrip(".")
            glued = re.fullmatch(r"(?:c|ca|circa)\.?(\d.*)|~ ?(.+)", text)
            if glued:
                marks.add("~")
                text = glued.group(1) or glued.group(2)
            elif rest and word in _MARKS:
                marks.add(_MARKS[word])
                text = rest
            elif text.endswith(("?", "(?)", "~", "%")):
                marks.add(text.rstrip(")")[-1])
                text = text.removesuffix("(?)").rstrip("?~%").rstrip()
            else:
                break
        both = "%" if marks >= {"~", "?"} or "%" in marks else ""
        return both or "".join(marks), text

    def without_weekday(self, text: str) -> str:
        found = _WEEKDAY.match(text)
        if found is None:
            return text
        rest = text[found.end() :]
        named = self.named(rest, None)
        if named is None or named.year is None or named.day is None:
            raise _NoDateError
        day = _parsed(named.edtf(), self.shown)
        assert day.first_day is not None
        if named.year in range(1, 10_000):
            is_ = _WEEKDAYS[calendar_date.fromordinal(day.first_day).weekday()]
            if not is_.startswith(found.group(1)[:3]):
                self.refuse(
                    f"{date_in_plain_words(day)} was a {is_.capitalize()}: "
                    "correct the day, or leave the weekday out"
                )
        return rest

    def decade(self, text: str) -> _Parts | None:
        found = _DECADE.fullmatch(text)
        if found is None:
            return None
        first = found.group(1)
        if first.endswith("00"):
            # "the 2000s" may be ten years or a hundred.
            self.refuse(f"write {first[:3]}X for ten years, or {first[:2]}XX for a hundred")
        return _Parts(whole=f"{first[:3]}X")

    def numeric(self, text: str) -> _Parts | None:
        found = _NUMERIC_YEAR_FIRST.fullmatch(text)
        if found is not None:
            year, _, month, day = found.groups()
            return _checked(int(year), int(month), int(day) if day else None)
        found = _NUMERIC_MONTH.fullmatch(text)
        if found is not None:
            return _checked(int(found.group(2)), int(found.group(1)), None)
        found = _NUMERIC.fullmatch(text)
        if found is None:
            return None
        first, sign, second, year = found.groups()
        one, other = int(first), int(second)
        # With full stops the day comes first, wherever dates are written so.
        if sign == "." or one == other or self.order == "day-first":
            return self.in_order(int(year), other, one)
        if self.order == "month-first":
            return self.in_order(int(year), one, other)
        if one > 12:
            return _checked(int(year), other, one)
        if other > 12:
            return _checked(int(year), one, other)
        readings = [
            f"{day} {MONTHS[month - 1].capitalize()} {year} ({year}-{month:02d}-{day:02d})"
            for day, month in ((one, other), (other, one))
        ]
        raise AmbiguousDateError(
            f"{shown(self.shown)} is not clear as a date; "
            f"it could be {readings[0]} or {readings[1]}: write the one that is meant"
        )

    def in_order(self, year: int, month: int, day: int) -> _Parts:
        if month > 12 and self.order is not None:
            first = self.order.removesuffix("-first")
            self.refuse(f"the {first} is said to stand first, and there is no month {month}")
        return _checked(year, month, day)

    def named(self, text: str, beside: _Parts | None) -> _Parts | None:
        for pattern in _POINTS:
            found = pattern.fullmatch(text)
            if found is None:
                continue
            values = found.groupdict()
            month = _month(values["month"]) if values.get("month") else None
            if values.get("month") and month is None:
                continue
            day = int(values["day"]) if values.get("day") else None
            if day is not None and month is not None and month > 12:
                continue
            year = _number_of_year(values["year"]) if values.get("year") else None
            if year is not None and abs(year) > 9999:
                return _Parts(whole=edtf_year(year)) if month is None else None
            if year is None and beside is None and not self.is_end(text):
                self.refuse("say the year as well")
            return _Parts(year, month, day)
        # A day alone, where the other end of an interval says the month.
        alone = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?", text)
        if alone and beside is not None and beside.month is not None:
            return _Parts(day=int(alone.group(1)))
        after = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)? (\d{4})", text)
        if after:
            return _Parts(year=int(after.group(2)), day=int(after.group(1)))
        return None

    def is_end(self, text: str) -> bool:
        """Whether the year may stand at the other end: `2011 May to June`."""
        return " to " in self.shown.lower() or "–" in self.shown or " - " in self.shown

    def refuse(self, instead: str) -> NoReturn:
        _refuse(self.shown, instead)


def _month(name: str) -> int | None:
    return _MONTH_NUMBERS.get(name) or _SEASONS.get(name)


def _checked(year: int, month: int, day: int | None) -> _Parts:
    if not 1 <= month <= 12:
        raise _NoDateError
    return _Parts(year, month, day)


def _number_of_year(word: str) -> int:
    """As EDTF counts: 1 BC is 0."""
    return 1 - int(word[2:]) if word.startswith("bc") else int(word)


def _one_word(found: re.Match[str]) -> str:
    if found["bc"]:
        return f"bc{found['bc']}"
    return (found["ad"] or found["after"]).zfill(4)


def _parsed(edtf: str, typed: str) -> Edtf:
    """What was made of what somebody typed. Raises `DateError` that quotes what was typed."""
    try:
        return parse_edtf(edtf)
    except DateError as error:
        told = str(error)
    raise DateError(as_written(told, edtf, typed))


def as_written(told: str, made: str, written: str) -> str:
    """A fault that begins by quoting what was `made` of a text, quoting what was `written`."""
    for quoted in (repr(made), shown(made)):
        if told.startswith(quoted):
            return shown(written) + told.removeprefix(quoted)
    return told


def _refuse(text: str, instead: str) -> NoReturn:
    raise DateError(f"{shown(text)} is not clear as a date; {instead}")
