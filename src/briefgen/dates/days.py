"""Days of the proleptic Gregorian calendar, counted as `datetime.date.toordinal` counts them.

Day 1 is 0001-01-01. Unlike `datetime`, any year is known: year 0 is 1 BC, year -1 is 2 BC.
"""

from __future__ import annotations

_DAYS_BEFORE_MONTH = (0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)
_DAYS_IN_MONTH = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DAYS_IN_400_YEARS = 146_097


def is_leap_year(year: int) -> bool:
    """Whether `year` has a 29 February."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in_month(year: int, month: int) -> int:
    """How many days `month` (1 to 12) of `year` has."""
    return 29 if month == 2 and is_leap_year(year) else _DAYS_IN_MONTH[month]


def day_number(year: int, month: int, day: int) -> int:
    """The number of a calendar day. The caller has checked that it exists."""
    before = year - 1
    leap_day = 1 if month > 2 and is_leap_year(year) else 0
    return (
        before * 365
        + before // 4
        - before // 100
        + before // 400
        + _DAYS_BEFORE_MONTH[month]
        + leap_day
        + day
    )


def calendar_day(number: int) -> tuple[int, int, int]:
    """Year, month and day of a day number."""
    # Counted from 0000-03-01 the leap day is the last of its year, so that months of a year
    # fall on days by one linear formula.
    era, day_of_era = divmod(number + 305, _DAYS_IN_400_YEARS)
    year_of_era = (
        day_of_era - day_of_era // 1_460 + day_of_era // 36_524 - day_of_era // 146_096
    ) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    month_from_march = (5 * day_of_year + 2) // 153
    day = day_of_year - (153 * month_from_march + 2) // 5 + 1
    month = month_from_march + 3 if month_from_march < 10 else month_from_march - 9
    year = year_of_era + era * 400 + (1 if month <= 2 else 0)
    return year, month, day


def iso_day(day: int | None) -> str | None:
    """An ISO 8601 day (`2023-05-01`), or None for an end without limit.

    Years outside 0000 to 9999 get a sign and at least four digits (`-0043-03-15`,
    `+17000-01-01`): the expanded form of ISO 8601-1, 4.3.2.
    """
    if day is None:
        return None
    year, month, dom = calendar_day(day)
    if 0 <= year <= 9999:
        return f"{year:04d}-{month:02d}-{dom:02d}"
    return f"{'-' if year < 0 else '+'}{abs(year):04d}-{month:02d}-{dom:02d}"
