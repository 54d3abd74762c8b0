"""A date as tables have it, made EDTF level 1: days in words, serial numbers, timestamps.

What stands in a person's words is read by `dates.typed`; here is what programs write.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from briefgen.dates import DateError, parse_edtf
from briefgen.dates.typed import AmbiguousDateError, DayOrder, as_written, read_typed_date
from briefgen.facts.tables.cell_words import CellError
from briefgen.patterns import lazy_pattern
from briefgen.suggestions import shown

_SERIAL = lazy_pattern(r"([1-9][0-9]{4})(?:\.[0-9]+)?")
"""Days from 1927 to 2173, as spreadsheets number them. As a year it would be the year 41411."""
_COMPACT = lazy_pattern(r"(1[5-9][0-9]{2}|2[01][0-9]{2})([0-9]{2})([0-9]{2})")
"""ISO 8601's basic format, `19990301`."""
_LOOSE = lazy_pattern(r"([0-9]{4})-([0-9]{1,2})(?:-([0-9]{1,2}))?")
_FLOAT_YEAR = lazy_pattern(r"([0-9]{4})\.0")
"""What becomes of a year where a program took the column for numbers with gaps."""
_DOTTED = lazy_pattern(r"([0-9]{4}[0-9-]*)\.\.([0-9]{4}[0-9-]*)")
_TIME = lazy_pattern(
    r"(.*[0-9])(?:T| +)(?P<clock>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?)"
    r"(?: ?[AaPp]\.?[Mm]\.?)?(?: ?(?:Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2}))?"
)
_MIDNIGHT = lazy_pattern(r"0?0:00(?::00(?:[.,]0+)?)?")


def is_day_number(text: str) -> bool:
    """Whether a cell has the number of a day, as of a column that is not formatted as dates."""
    return _SERIAL.fullmatch(text.strip()) is not None


def date_in_cell(text: str, order: DayOrder | None = None, *, from_1904: bool = False) -> str:
    """The date of a cell as EDTF.

    Read are EDTF, dates in English words, `11/06/2023` where `order` says what stands first,
    `19990301`, `1816-3-1`, timestamps (a time of day is left out where EDTF has none, or it is
    midnight), `1950.0`, `1950-01-01..1950-12-31`, and the numbers that spreadsheets give to days,
    counted from 1900 or `from_1904`. Raises `CellError` for all that is none, or not clear.
    """
    found = _read(" ".join(text.split()), order, from_1904)
    if isinstance(found, str):
        return found
    raise CellError(*found)


@lru_cache(maxsize=4096)
def _read(whole: str, order: DayOrder | None, from_1904: bool) -> str | tuple[str, str]:
    """The date, or what is wrong and what to do: a column says the same in thousands of rows."""
    serial = _SERIAL.fullmatch(whole)
    if serial is not None:
        start = date(1904, 1, 1) if from_1904 else date(1899, 12, 30)
        return (start + timedelta(days=int(serial[1]))).isoformat()
    written = whole
    whole = _without_time(whole)
    for pattern, form in ((_COMPACT, "{0}-{1}-{2}"), (_FLOAT_YEAR, "{0}"), (_DOTTED, "{0}/{1}")):
        found = pattern.fullmatch(whole)
        if found is not None:
            whole = form.format(*found.groups())
    loose = _LOOSE.fullmatch(whole)
    if loose is not None:
        whole = "-".join(part.zfill(2) for part in loose.groups() if part)
    try:
        return read_typed_date(whole, order).edtf.text
    except AmbiguousDateError as error:
        return (
            as_written(str(error), whole, written).partition(": write")[0],
            "say for the whole table which stands first: --dates day-first, or month-first",
        )
    except DateError as error:
        message, _, hint = as_written(str(error), whole, written).partition("; ")
        if not any(character in "123456789" for character in whole):
            hint = (
                f"if that stands for nothing, say so for the whole table: --empty {shown(written)}"
            )
        return message, hint or "write it as 11 June 2023"


def _without_time(text: str) -> str:
    found = _TIME.fullmatch(text)
    if found is None:
        return text
    try:
        parse_edtf(text)
    except DateError:
        return found[1]
    return found[1] if _MIDNIGHT.fullmatch(found["clock"]) else text
