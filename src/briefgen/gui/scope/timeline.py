"""Where facts stand over time: columns side by side, from the earliest to the latest."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from briefgen.dates import date_in_plain_words
from briefgen.select.facets import Span
from briefgen.select.timescale import Timescale

SIDE = 7.0
"""Pixels at either side for half a handle."""
LANES = 8
"""Most lanes of spans that can be told apart."""
_GATHERING = 2.0
"""How much wider a column is that gathers what lies far away."""


class Timeline:
    """The columns of a scale, laid over so many pixels."""

    def __init__(self, scale: Timescale, width: int) -> None:
        self.scale = scale
        self.width = width
        weights = [1.0] * scale.columns
        if scale.gathers_before:
            weights[0] = _GATHERING
        if scale.gathers_after:
            weights[-1] = _GATHERING
        unit = max(width - 2 * SIDE, 1.0) / sum(weights)
        self._places = [SIDE]
        for weight in weights:
            self._places.append(self._places[-1] + weight * unit)

    def x_of(self, boundary: int) -> float:
        """Where a boundary stands, in pixels."""
        return self._places[max(0, min(boundary, self.scale.columns))]

    def column_at(self, x: float) -> int:
        """The column over a place."""
        return max(0, min(bisect_left(self._places, x) - 1, self.scale.columns - 1))

    def boundary_at(self, x: float) -> int:
        """The boundary nearest to a place."""
        column = self.column_at(x)
        return column + (x > (self.x_of(column) + self.x_of(column + 1)) / 2)

    def in_words(self, column: int) -> str:
        """A column in words: `2011`, `September 2011`, `1900 to 1919`, `before 2003`."""
        first, last = self.scale.period(column)
        if first is None and last is not None:
            return f"up to {date_in_plain_words(last)}"
        if last is None:
            return f"from {date_in_plain_words(first)} on" if first is not None else "all"
        assert first is not None
        start, end = date_in_plain_words(first), date_in_plain_words(last)
        return start if start == end else f"{start} to {end}"


def in_lanes(spans: Sequence[Span]) -> list[list[Span]]:
    """Spans side by side where they do not overlap, in as few lanes as that takes.

    Where that is more than `LANES`, what is left over has no lane: it is not drawn one by one.
    """
    lanes: list[list[Span]] = []
    for span in spans:
        free = next((lane for lane in lanes if lane[-1].last < span.first), None)
        if free is None:
            if len(lanes) > LANES:
                continue
            lanes.append(free := [])
        free.append(span)
    return lanes
