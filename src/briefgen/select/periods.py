"""Ranges of dates that a person asks for by name."""

from __future__ import annotations

from briefgen.dates import Edtf, parse_edtf
from briefgen.dates.days import calendar_day
from briefgen.dates.edtf import edtf_year
from briefgen.select.timescale import edtf_month


def last_months(day: int) -> tuple[Edtf, Edtf]:
    """The first and the last of the twelve months up to the one in which a day lies."""
    year, month, _ = calendar_day(day)
    last = year * 12 + month - 1
    first = parse_edtf(edtf_month(*divmod(last - 11, 12)))
    return first, parse_edtf(edtf_month(*divmod(last, 12)))


def whole_year(year: int) -> tuple[Edtf, Edtf]:
    """One year, as the range's first and last date."""
    date = parse_edtf(edtf_year(year))
    return date, date
