"""A base's time as columns of a histogram: which there are, which day falls into which.

A column is a month, a year or a round number of years. Where a few facts lie far from all others,
the first or the last column gathers what lies before or after, so that the rest can be told apart.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from typing import Literal

from briefgen.dates import Edtf, parse_edtf
from briefgen.dates.days import calendar_day, day_number
from briefgen.dates.edtf import MAX_YEAR_DIGITS, edtf_year
from briefgen.values import valueclass

Unit = Literal["month", "year"]

MONTHS_UP_TO = 4
"""Years up to which months are columns."""
COMFORTABLE = 40
"""Years that can be told apart in a narrow panel."""
MOST_COLUMNS = 80
_LAST_YEAR = 10**MAX_YEAR_DIGITS - 1
_MOST = 0.9
"""Share of the facts that has to lie in a comfortable stretch for the rest to be gathered."""


@valueclass(frozen=True, slots=True)
class Timescale:
    """Columns side by side. A boundary is counted from 0; column `i` lies between `i` and `i+1`."""

    unit: Unit
    bounds: tuple[int, ...]
    """Where columns start, and where the last one ends: years, or months since year 0."""
    edges: tuple[int, ...]
    """The same as day numbers."""
    gathers_before: bool = False
    """The first column holds everything before its end."""
    gathers_after: bool = False
    """The last column holds everything from its start on."""

    @property
    def columns(self) -> int:
        """How many there are."""
        return len(self.bounds) - 1

    def column_of(self, day: int) -> int:
        """The column in which a day lies; the nearest one for days off the scale."""
        return bisect_right(self.edges, day, 1, self.columns) - 1

    def boundaries(self, start: Edtf | None, end: Edtf | None) -> tuple[int, int]:
        """The boundaries that enclose a range: all columns of which it takes a day.

        The first is not below the second where the whole range lies off the scale.
        """
        low, high = 0, self.columns
        if start is not None and start.first_day is not None:
            beyond = not self.gathers_after and start.first_day >= self.edges[-1]
            low = self.columns if beyond else self.column_of(start.first_day)
        if end is not None and end.last_day is not None:
            below = not self.gathers_before and end.last_day < self.edges[0]
            high = 0 if below else self.column_of(end.last_day) + 1
        return low, high

    def start_at(self, boundary: int) -> Edtf | None:
        """The date from which a range runs that starts at a boundary; None: from the start."""
        return parse_edtf(self._text(self.bounds[boundary])) if boundary > 0 else None

    def end_at(self, boundary: int) -> Edtf | None:
        """The date to which a range runs that ends at a boundary; None: to the end."""
        if boundary >= self.columns:
            return None
        return parse_edtf(self._text(self.bounds[boundary] - 1))

    def period(self, column: int) -> tuple[Edtf | None, Edtf | None]:
        """The first and the last month or year of a column; None where it has no limit."""
        first, last = self.bounds[column], self.bounds[column + 1] - 1
        before = self.gathers_before and column == 0
        after = self.gathers_after and column == self.columns - 1
        return (
            None if before else parse_edtf(self._text(first)),
            None if after else parse_edtf(self._text(last)),
        )

    def years(self, every: int) -> tuple[tuple[int, int], ...]:
        """Boundaries at which a year starts that `every` divides, each with that year."""
        months = 12 if self.unit == "month" else 1
        first = 1 if self.gathers_before else 0
        last = self.columns if self.gathers_after else self.columns - 1
        return tuple(
            (place, bound // months)
            for place, bound in enumerate(self.bounds)
            if first <= place <= last and bound % (every * months) == 0
        )

    def _text(self, bound: int) -> str:
        if self.unit == "month":
            return edtf_month(*divmod(bound, 12))
        return edtf_year(max(-_LAST_YEAR, min(bound, _LAST_YEAR)))


def edtf_month(year: int, month: int) -> str:
    """A month, counted from 0, in EDTF: `2003-02`; the year alone where EDTF has no more."""
    return edtf_year(year) if abs(year) > 9999 else f"{edtf_year(year)}-{month + 1:02d}"


def timescale(dates: Mapping[tuple[int | None, int | None], int]) -> Timescale | None:
    """The scale for facts of these first and last days and how many there are of each.

    None stands for an end without limit. Nothing comes back where no end has one.
    """
    days = {day for pair in dates for day in pair if day is not None}
    if not days:
        return None
    first, last = calendar_day(min(days))[0], calendar_day(max(days))[0]
    if last - first < MONTHS_UP_TO and max(abs(first), abs(last)) <= 9999:
        return _scale("month", range(first * 12, (last + 1) * 12 + 1))
    if last - first < COMFORTABLE:
        return _scale("year", range(first, last + 2))
    crowd = _crowd(dates)
    if crowd is not None:
        low, high = crowd
        before, after = low > first, high < last
        return _scale("year", range(low - before, high + 2 + after), before, after)
    step = _step(last - first + 1)
    return _scale("year", range(first // step * step, (last // step + 2) * step, step))


def _scale(unit: Unit, bounds: range, before: bool = False, after: bool = False) -> Timescale:
    edges = tuple(
        day_number(bound // 12, bound % 12 + 1, 1) if unit == "month" else day_number(bound, 1, 1)
        for bound in bounds
    )
    return Timescale(unit, tuple(bounds), edges, before, after)


def _crowd(dates: Mapping[tuple[int | None, int | None], int]) -> tuple[int, int] | None:
    """First and last year of a comfortable stretch in which nearly all facts start, if any."""
    starting: dict[int, int] = {}  # those that started at any time are gathered
    for (first, _), count in dates.items():
        if first is not None:
            year = calendar_day(first)[0]
            starting[year] = starting.get(year, 0) + count
    years = sorted(starting)
    best, low, held = (0, 0, 0), 0, 0
    for year in years:
        held += starting[year]
        while year - years[low] >= COMFORTABLE:
            held -= starting[years[low]]
            low += 1
        best = max(best, (held, years[low], year))
    most, first_year, last_year = best
    total = sum(starting.values())
    return (first_year, last_year) if total and most >= _MOST * total else None


def _step(years: int) -> int:
    """A round number of years of which no more than `MOST_COLUMNS` span so many."""
    step = 1
    while True:
        for round_ in (step, 2 * step, 5 * step):
            if years <= round_ * (MOST_COLUMNS - 1):
                return round_
        step *= 10
