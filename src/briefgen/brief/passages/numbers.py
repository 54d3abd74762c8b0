"""Which numbers, years and months a text says, however it writes them.

For English. What cannot be told is left out rather than guessed: it is for questions to a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from briefgen.dates import Edtf
from briefgen.dates.words import WORDS
from briefgen.patterns import lazy_pattern

MONTHS = tuple(month.lower() for month in WORDS["en-GB"].months)
_WORDS = {
    "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40,
    "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "dozen": 12,
    "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10,
}  # fmt: skip
_TWO = (
    r"(?<!\bthe )(?<!\bthese )(?<!\bthose )two"
    r"(?!\s+(?:\w+\s+)?(?:countries|sides|states|nations|governments|capitals|parties)\b)"
)
"""Not in `the two agreed` and `two countries`, which say no more than "both"."""
_SCALES = {
    "hundred": 100.0, "thousand": 1e3, "million": 1e6, "mn": 1e6, "billion": 1e9, "bn": 1e9,
    "trillion": 1e12,
}  # fmt: skip
_NAMED = lazy_pattern(r"\b[A-Z][A-Za-z]*[-\u2011]?\d[\w-]*")
"""Designations, such as `Mi-35`: names, not numbers."""
_NUMBER = lazy_pattern(
    r"(?<![\w.,])(?:US\$|[$€£₽¥])?"
    r"(?P<digits>\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?P<decade>s\b)?(?:st|nd|rd|th)?(?=bn\b|mn\b|\W|\Z)"
    r"|(?<![\w-])(?P<word>"
    + "|".join(_WORDS)
    + rf"|{_TWO})(?:-(?P<unit>one|two|three|four|five|six"
    r"|seven|eight|nine))?(?![\w-])",
    re.IGNORECASE,
)
_SCALE = lazy_pattern(rf"[\s\u00a0-]*({'|'.join(_SCALES)})s?\b", re.IGNORECASE)
_UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_MONTH = lazy_pattern(
    rf"\b(?P<sure>{'|'.join(month for month in MONTHS if month not in ('march', 'may'))})\b"
    r"|(?:\b(?:in|of|since|until|by|from|to|early|late|mid|last|and|–)[\s-]|\d[\s\u00a0])(?P<after>march|may)\b"
    r"|\b(?P<before>march|may)(?=[\s\u00a0]\d)",
    re.IGNORECASE,
)
_EDTF_YEAR = lazy_pattern(r"(?<![\d-])-?(\d{3}[\dX]|\d\dXX)")
_EDTF_MONTH = lazy_pattern(r"\d{4}-(\d\d)")
_EDTF_DAY = lazy_pattern(r"\d{4}-\d\d-(\d\d)")


class Said(NamedTuple):
    """A number as a text says it."""

    words: str
    """As it stands there."""
    value: float
    """With the scale behind it: 5e8 for `500 million`."""
    plain: float
    """Without it: 500."""
    start: int
    """Where it stands."""
    is_decade: bool = False

    @property
    def is_year(self) -> bool:
        """Whether it looks like a year, or the first of a decade."""
        return (
            self.value == self.plain and 1000 <= self.value <= 2200 and self.words.isdecimal()
        ) or self.is_decade


def numbers_in(text: str) -> Iterator[Said]:
    """The numbers of a text, years and days among them, in order.

    Not `one` and `second`, which are more than numbers, nor `two` of two countries.
    """
    text = _NAMED.sub(lambda match: "\0" * len(match.group()), text)
    for match in _NUMBER.finditer(text):
        if match["digits"]:
            plain = float(re.sub(r"[,\u00a0\u202f]", "", match["digits"]))
            words = match["digits"]
        else:
            words = match["word"]
            plain = float(_WORDS.get(words.lower(), 2))
            if match["unit"] and plain >= 20:
                plain += 1 + _UNITS.index(match["unit"].lower())
                words = match.group()
        scale = _SCALE.match(text, match.end())
        factor = _SCALES[scale[1].lower()] if scale else 1.0
        whole = text[match.start() : scale.end() if scale else match.end()]
        decade = bool(match["decade"])
        told = whole if scale or decade else words
        yield Said(told, plain * factor, plain, match.start(), decade)


def months_in(text: str) -> set[int]:
    """The months that a text names, from 1. `May` and `March` only where a date is meant."""
    found = (match["sure"] or match["after"] or match["before"] for match in _MONTH.finditer(text))
    return {MONTHS.index(month.lower()) + 1 for month in found}


class Calendar(NamedTuple):
    """The years, months and days of the month that a date tells."""

    years: frozenset[int]
    decades: frozenset[int]
    """By their first year: those of the years, and those that the date leaves open (`201X`)."""
    months: frozenset[int]
    days: frozenset[int]


def calendar_of(date: Edtf) -> Calendar:
    """What an EDTF date tells of the calendar; of an interval its two ends."""
    spelled = _EDTF_YEAR.findall(date.text)
    years = frozenset(int(year) for year in spelled if year.isdecimal())
    decades = {year - year % 10 for year in years}
    decades.update(int(year[:3]) * 10 for year in spelled if year[:3].isdecimal())
    return Calendar(
        years,
        frozenset(decades),
        frozenset(m for month in _EDTF_MONTH.findall(date.text) if (m := int(month)) <= 12),
        frozenset(map(int, _EDTF_DAY.findall(date.text))),
    )
