"""A long column of dates under headings: years, decades or centuries, few enough for a contents."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from briefgen.brief import model
from briefgen.brief.assemble.filters import fact_year
from briefgen.brief.assemble.material import Material
from briefgen.brief.assemble.passages import Unit
from briefgen.dates import date_in_short_words, parse_edtf, years_in_short_words

Units = tuple[Unit, ...]
_LONG = 100
"""Entries, some five pages, from which a column of dates is divided."""
_MOST = 28
"""Headings, so that with those of other sections the contents keep to a page."""
_FEW = 4
"""Of fewer entries than this a period takes the next one along, so that no heading stands over
one lone line."""
_NAMED = 2
"""Decades that a name may say "to" the end of; a longer time is told by its own years."""


def by_period(
    units: Units, anchor: str, material: Material, show: Callable[[Units], model.Blocks]
) -> model.Blocks:
    """The units as `show` makes blocks of them: where they are many, under headings of periods.

    The finest of years, decades and centuries is taken that gives few headings; undated units
    come last. `anchor` begins the anchors of the headings.
    """
    years = [fact_year(unit.facts[-1], material) for unit in units]
    groups = _groups(years) if len(units) >= _LONG else []
    if len(groups) < 2:
        return show(units)
    blocks: list[model.Block] = []
    for number, (label, first, last) in enumerate(groups, start=1):
        heading = model.Text(label or material.words["undated"].capitalize())
        blocks.append(model.Heading(2, (heading,), f"{anchor}-{number}"))
        blocks += show(units[first:last])
    return tuple(blocks)


def _groups(years: Sequence[int | None]) -> list[tuple[str, int, int]]:
    """Labels of periods, each with where its entries begin and end; empty for the undated."""
    dated = [year for year in years if year is not None]
    end = len(dated)
    if any(year is None for year in years[:end]):  # some hand has put them elsewhere
        return []
    undated = [("", end, len(years))] if end < len(years) else []
    if len(set(dated)) <= _MOST:
        return [*_joined(dated, 1, 1), *undated]
    for size in (10, 100):
        found = _joined(dated, size, _FEW)
        if len(found) <= _MOST:
            return [*found, *undated]
    return [*_joined(dated, 100, -(-end // _MOST)), *undated]


def _joined(years: Sequence[int], size: int, least: int) -> list[tuple[str, int, int]]:
    """Periods of so many years with at least so many entries each, but for the last."""
    starts = [0]
    for place in range(1, len(years)):
        changes = years[place] // size != years[place - 1] // size
        if changes and place - starts[-1] >= least:
            starts.append(place)
    ends = [*starts[1:], len(years)]
    return [(_label(years[a:b], size), a, b) for a, b in zip(starts, ends, strict=True) if a < b]


def _label(years: Sequence[int], size: int) -> str:
    """`1998`, `1950s`, `1950s–1960s`; `1800–1899`, `1494–1789` where a name would mislead."""
    low, high = min(years), max(years)
    first, last = low // size * size, high // size * size
    is_near = last - first <= _NAMED * size
    if size == 10 and is_near and all(year >= 1000 and year % 100 for year in (first, last)):
        names = [date_in_short_words(parse_edtf(f"{year // 10}X")) for year in (first, last)]
        return "–".join(dict.fromkeys(names))
    if first == last:
        return years_in_short_words(first, first + size - 1)
    return years_in_short_words(low, high)
