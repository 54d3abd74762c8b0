"""Ranges of dates that a person asks for by name."""

from __future__ import annotations

from briefgen.dates import Edtf, parse_edtf
from briefgen.dates.days import calendar_day
from briefgen.select.timescale import edtf_month, edtf_year


def last_months(day: int, months: int = 12) -> tuple[Edtf, Edtf]:
    """The whole months up to the one in which a day lies, as the range's first and last month."""
    year, month, _ = calendar_day(day)
    last = year * 12 + month - 1
    first = last - months + 1
    return (
        parse_edtf(edtf_month(*divmod(first, 12))),
        parse_edtf(edtf_month(*divmod(last, 12))),
    )


def whole_year(year: int) -> tuple[Edtf, Edtf]:
    """One year, as the range's first and last date."""
    date = parse_edtf(edtf_year(year))
    return date, date
