"""Dates of CSL-JSON, as a `Source` holds them: as EDTF, in words, their years.

`csl.csl_date` goes the other way. See https://docs.citationstyles.org/en/1.0.2/specification.html.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from briefgen.dates import DateError, Edtf, date_in_plain_words, date_in_words, parse_edtf
from briefgen.dates.days import calendar_day
from briefgen.dates.edtf import edtf_year


def date_of_csl(date: object) -> Edtf | None:
    """A CSL-JSON date as EDTF level 1; None where there is none, or it cannot be read.

    `circa` becomes `~`, on both ends of an interval; a season stays one (`2013-22`); years before
    AD 1, which CSL counts without a year 0, become astronomical (-44 is `-0043`); a date-part [0]
    is an open end. A date in words counts where it can mean one thing only: `until 2014`.
    """
    if not isinstance(date, Mapping):
        return None
    ends = date.get("date-parts")
    if not ends:
        return _worded(str(date.get("literal") or date.get("raw") or ""))
    try:
        return _of_ends(tuple(map(tuple, ends)), "~" if date.get("circa") else "")
    except (ValueError, TypeError):
        return None


@lru_cache(maxsize=16_384)
def _of_ends(ends: tuple[tuple[int, ...], ...], mark: str) -> Edtf:
    """Cached, as `parse_edtf` is: the date of a source is asked for with each fact citing it."""
    texts = [edtf_of_end(end) for end in ends]
    return parse_edtf("/".join(text if text == ".." else text + mark for text in texts))


def csl_date_text(date: object) -> str:
    """A CSL-JSON date for a column of a table: EDTF, else its own words; empty where it has none.

    A date in words alone stays as it is, whatever could be read from it.
    """
    if not isinstance(date, Mapping):
        return ""
    read = date_of_csl(date) if date.get("date-parts") else None
    return read.text if read is not None else str(date.get("literal") or date.get("raw") or "")


def csl_date_in_words(date: object, language: str) -> str:
    """A CSL-JSON date as a person writes it in a BCP 47 language; empty where it has none.

    Raises `UsageError` for a language that dates cannot be written in yet.
    """
    read = date_of_csl(date)
    return date_in_words(read, language) if read is not None else csl_date_text(date)


def csl_year(date: object) -> int | None:
    """The year of a CSL-JSON date as CSL counts, -44 for 44 BC: of an interval the first known."""
    read = date_of_csl(date)
    if read is None or read.known_day is None:
        return None
    year = calendar_day(read.known_day)[0]
    return year if year > 0 else year - 1


def csl_year_in_words(date: object) -> str:
    """`csl_year` as written, `44 BC`; empty where it is not known."""
    year = csl_year(date)
    return "" if year is None else date_in_plain_words(parse_edtf(edtf_of_end([year])))


def edtf_of_end(parts: Sequence[int]) -> str:
    """One date of CSL's date-parts as EDTF without a mark; `..` for [0].

    Raises `ValueError` for what is no list of one to three numbers.
    """
    numbers = [int(part) for part in parts]
    if numbers == [0]:
        return ".."
    if not 1 <= len(numbers) <= 3:
        raise ValueError(f"{parts!r} are not the parts of a date")
    year = numbers[0] if numbers[0] > 0 else numbers[0] + 1  # CSL has no year 0, EDTF has
    return "-".join([edtf_year(year), *(f"{part:02d}" for part in numbers[1:])])


def _worded(text: str) -> Edtf | None:
    if not text.strip():
        return None
    from briefgen.dates.typed import read_typed_date

    try:
        return read_typed_date(text).edtf
    except DateError:
        return None
