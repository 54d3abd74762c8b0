"""Dates as phrases of a sentence or as labels: `on or about 1 May 1950`, `by perhaps 1960`.

What a date means for its fact is `when.py`'s; here it is only said so that it can be read aloud.
"""

from __future__ import annotations

from briefgen.brief.assemble.material import Material
from briefgen.dates import (
    DateError,
    Edtf,
    date_in_short_words,
    date_in_words,
    interval_ends,
    one_time,
    parse_edtf,
)
from briefgen.dates.edtf import Point, parse_parts


def time_at(date: Edtf, material: Material) -> str:
    """A date with its preposition: `in May 2011`, `on 28 August 2013`, `between 2011 and 2013`."""
    words = material.words
    if "/" in date.text:
        start, end = start_of(date), end_of(date)
        if start is None:
            return by(end, material) if end is not None else in_words(date, material)
        if end is None:
            return from_on(start, material)
        once = one_time(date)
        if once is None:
            return between(start, end, "between", material)
        date = once
    sure = _without_doubt(date)
    if sure is not date:
        return words["perhaps_at"].format(at=time_at(sure, material))
    point = parse_parts(date.text)
    assert isinstance(point, Point)
    if point.day is not None and point.qualifier:
        bare = parse_edtf(date.text[:-1])
        return words["on_about_day"].format(date=in_words(bare, material))
    told = in_words(date, material)
    if point.unknown_year_digits and not told.endswith("s"):
        return told  # "between 1900 and 1999"
    return words["on_day" if point.day is not None else "in_time"].format(date=told)


def between(start: Edtf, end: Edtf, form: str, material: Material) -> str:
    """`between May and July 2011`, or what else the words called `form` say of two ends."""
    try:
        first, last = interval_ends(parse_edtf(f"{start.text}/{end.text}"), material.language)
    except DateError:  # they are of two facts and overlap, or one is of a form that no end has
        first, last = in_words(start, material), in_words(end, material)
    return material.words[form].format(start=first, end=last)


def by(end: Edtf, material: Material, *, short: bool = False) -> str:
    """`by 1960`, `perhaps by about 1960`."""
    return _phrase("by", "end", end, material, short=short)


def from_on(start: Edtf, material: Material, *, short: bool = False) -> str:
    """`from 1950`, `perhaps from about 1950`."""
    return _phrase("from_on", "start", start, material, short=short)


def some_time_since(start: Edtf, material: Material) -> str:
    """`some time since 1950`, `perhaps some time since about 1950`."""
    return _phrase("some_time_since", "start", start, material, short=False)


def in_words(date: Edtf, material: Material) -> str:
    """A date in words; what has no known end is told from its start on, and not until today."""
    return _worded(date, material, short=False)


def short_date(date: Edtf, material: Material, *, always: bool = False) -> str:
    """A date as a column has room for it: `May 2011`, `2014–Sept 2023`, `1950s`."""
    return _worded(date, material, short=always or "/" in date.text or "X" in date.text)


def start_of(date: Edtf) -> Edtf | None:
    """The start of an interval; None for an open or unknown one."""
    start = date.text.partition("/")[0]
    return parse_edtf(start) if start not in ("", "..") else None


def end_of(date: Edtf) -> Edtf | None:
    """The end of an interval; None for an open or unknown one."""
    end = date.text.partition("/")[2]
    return parse_edtf(end) if end not in ("", "..") else None


def _worded(date: Edtf, material: Material, *, short: bool) -> str:
    if "/" in date.text and end_of(date) is None:
        start = start_of(date)
        if start is not None:
            return from_on(start, material, short=short)
    return (date_in_short_words if short else date_in_words)(date, material.language)


def _phrase(form: str, what: str, date: Edtf, material: Material, *, short: bool) -> str:
    """Words with a date in them, a doubt of it before the whole."""
    sure = _without_doubt(date)
    told = material.words[form].format(**{what: _worded(sure, material, short=short)})
    return told if sure is date else material.words["perhaps_at"].format(at=told)


def _without_doubt(date: Edtf) -> Edtf:
    """The date without the doubt whether it is so at all; "about" stays."""
    if date.text.endswith("?"):
        return parse_edtf(date.text[:-1])
    return parse_edtf(f"{date.text[:-1]}~") if date.text.endswith("%") else date
