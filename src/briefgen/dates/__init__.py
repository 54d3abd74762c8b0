"""EDTF level 1 dates (ISO 8601-2; Library of Congress 2019) as intervals of days, and in words."""

from briefgen.dates.days import iso_day
from briefgen.dates.edtf import DateError, Edtf, date_order, parse_edtf, reaches
from briefgen.dates.words import date_in_plain_words, date_in_words

__all__ = [
    "DateError",
    "Edtf",
    "date_in_plain_words",
    "date_in_words",
    "date_order",
    "iso_day",
    "parse_edtf",
    "reaches",
]
