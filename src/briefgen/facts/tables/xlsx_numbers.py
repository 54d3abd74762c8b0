"""Numbers of a spreadsheet as their formats show them: dates as ISO 8601, the rest short."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from math import isfinite

from briefgen.patterns import lazy_pattern

NumberFormat = str
"""What is shown of a number: parts of a date (`ym`, `ymd`, `t`), per cent, or the number itself."""
GENERAL: NumberFormat = ""
_PERCENT: NumberFormat = "%"

_BUILT_IN = {
    **dict.fromkeys(("9", "10"), _PERCENT),
    **dict.fromkeys(("14", "15", "16"), "ymd"),
    "17": "ym",
    **dict.fromkeys(("18", "19", "20", "21", "45", "46", "47"), "t"),
    "22": "ymdt",
    **dict.fromkeys((str(n) for n in (*range(27, 32), 36, *range(50, 55), 57, 58)), "ymd"),
    **dict.fromkeys(("32", "33", "34", "35", "55", "56"), "t"),
}
"""Formats that have a number instead of a code (ECMA-376 part 1, 18.8.30)."""
_QUOTED = lazy_pattern(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\[\]]*\]', 2)


def number_format(number: str, codes: Mapping[str, str]) -> NumberFormat:
    """The format with this number; `codes` are those that the workbook defines."""
    code = codes.get(number)
    if code is None:
        return _BUILT_IN.get(number, GENERAL)
    bare = _QUOTED.sub("", code.partition(";")[0]).lower().replace("general", "")
    if "%" in bare:
        return _PERCENT
    time = "h" in bare or "s" in bare
    parts = ""
    if "y" in bare or "e" in bare.replace("e+", "").replace("e-", ""):
        parts += "y"
    if "m" in bare and (not time or "y" in bare or "d" in bare):
        parts += "m"
    if "d" in bare:
        parts += "d"
    if parts in ("m", "d", "md") and not time:
        parts = "ymd"
    return parts + ("t" if time else "")


def number_as_shown(value: str, shown_as: NumberFormat, date_1904: bool) -> str:
    """The text of a cell that holds a number. Raises `ValueError` for what is none.

    `date_1904`: days are counted from 1904, as in workbooks of old Macs.
    """
    number = float(value)
    if not isfinite(number):
        raise ValueError(value)
    if shown_as == _PERCENT:
        return f"{_short(number * 100)}%"
    if shown_as == GENERAL or not 0 <= number < _TOO_LATE:
        return _short(number)
    return _date(number, shown_as, date_1904)


_TOO_LATE = 2_958_466
"""The day after 31 December 9999, which is no date to Excel."""


def _date(number: float, shown_as: NumberFormat, date_1904: bool) -> str:
    """A serial number of a day as ISO 8601, as much of it as is shown."""
    if shown_as == "t":
        moment = datetime(1900, 1, 1) + timedelta(seconds=round(number % 1 * 86_400))
        return f"{moment:%H:%M:%S}".removesuffix(":00")
    if date_1904:
        start = datetime(1904, 1, 1)
    else:  # the calendar of 1900 has a 29 February, which was not
        start = datetime(1899, 12, 31) if number < 60 else datetime(1899, 12, 30)
    moment = start + timedelta(days=int(number), seconds=round(number % 1 * 86_400))
    if "d" not in shown_as and "m" in shown_as:
        return f"{moment.year:04d}-{moment.month:02d}"
    if shown_as == "y":
        return f"{moment.year:04d}"
    day = f"{moment.year:04d}-{moment.month:02d}-{moment.day:02d}"
    clock = f"{moment:%H:%M:%S}"
    return f"{day}T{clock}" if "t" in shown_as and clock != "00:00:00" else day


def _short(number: float) -> str:
    """A number without the noise of binary fractions: 2.0 is 2, 0.1 + 0.2 is 0.3."""
    if number == int(number) and abs(number) < 1e15:
        return str(int(number))
    return format(number, ".15g")
