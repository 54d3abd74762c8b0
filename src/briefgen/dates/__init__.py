"""EDTF level 1 dates (ISO 8601-2; Library of Congress 2019) as intervals of days, and in words."""

from briefgen.dates.days import iso_day
from briefgen.dates.edtf import DateError, Edtf, date_order, parse_edtf, reaches
from briefgen.dates.words import (
    date_in_plain_words,
    date_in_short_words,
    date_in_words,
    interval_ends,
    one_time,
    year_in_words,
    years_in_short_words,
)

__all__ = [
    "DateError",
    "Edtf",
    "date_in_plain_words",
    "date_in_short_words",
    "date_in_words",
    "date_order",
    "interval_ends",
    "iso_day",
    "one_time",
    "parse_edtf",
    "reaches",
    "year_in_words",
    "years_in_short_words",
]
