"""Filling pages with lines and rows, and the feet of pages with notes.

What has to stay together (a heading with what follows, a paragraph's first two lines) is glued;
a page ends after the last slice that fits and is not. Heights are twips.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple


@dataclass(slots=True)
class Slice:
    """A line, a table row: what stands on one page whole."""

    height: int
    space: int = 0
    """Above it, unless it begins a page."""
    glued: bool = False
    """Whether it stays on the page of the next."""
    new_page: bool = False
    top_space: int = 0
    """Above it where it begins a page that the document asks for."""
    notes: tuple[int, ...] = ()
    anchors: tuple[str, ...] = ()
    header: int = 0
    """Height of the table's header that is repeated where it begins a page."""
    below: int = 0
    """Room that it has below it in a cell or header, if nothing follows."""
    text: str = ""
    """What it says, as far as it is text."""


class NoteSetting(NamedTuple):
    """How notes stand at the foot."""

    slices: Mapping[int, Sequence[Slice]]
    """Of each note, by its id; the first has the room between two notes above it."""
    above: int
    """Between the text and the first note."""


class Place(NamedTuple):
    """Where a slice stands: the page, from 1, and how far down the text."""

    page: int
    top: int


class Filled(NamedTuple):
    """Where everything stands."""

    pages: int
    places: tuple[Place, ...]
    """Of each slice."""
    bottoms: tuple[int, ...]
    """How far down each page is filled, its notes put right below the text."""


def fill(slices: Sequence[Slice], limit: Callable[[int], int], notes: NoteSetting) -> Filled:
    """Pages of at most `limit(page)` twips; `page` counts from 1."""
    places: list[Place] = []
    bottoms: list[int] = []
    carried: tuple[Slice, ...] = ()
    while len(places) < len(slices) or carried:
        page = _Page(limit(len(bottoms) + 1), notes, carried)
        tops = page.take(slices, len(places))
        places += [Place(len(bottoms) + 1, top) for top in tops]
        bottoms.append(page.y + page.foot.height)
        carried = page.foot.rest
    return Filled(max(len(bottoms), 1), tuple(places), tuple(bottoms))


class _Foot(NamedTuple):
    """The notes of a page."""

    height: int
    """The room above them included."""
    rest: tuple[Slice, ...] = ()
    """What goes on on the next page."""


class _Page:
    """The page that is being filled."""

    def __init__(self, limit: int, notes: NoteSetting, carried: Sequence[Slice]) -> None:
        self.limit = limit
        self.notes = notes
        self.y = 0
        self.foot = _Foot(0)
        if carried:
            self.foot = self._cut(carried, 0, 0) or self._one(carried)

    def take(self, slices: Sequence[Slice], start: int) -> list[int]:
        """Fill it with what begins with `slices[start]`; how far down each slice stands."""
        tops: list[int] = []
        kept: tuple[int, int, _Foot] | None = None
        for position in range(start, len(slices)):
            each = slices[position]
            first = position == start
            if each.new_page and not first:
                return tops
            if first:
                space = each.header + (each.top_space if each.new_page or not start else 0)
            else:
                space = each.space
            top = self.y + space
            foot = self._with(each, top + each.height)
            if foot is None:
                if not first:
                    break
                if self.foot.rest:  # notes that go on leave no room for text
                    return tops
                foot = self._forced(each)
            tops.append(top)
            self.y, self.foot = top + each.height, foot
            if not each.glued or position == len(slices) - 1:
                kept = (position + 1 - start, self.y, self.foot)
                if self.foot.rest:
                    break
        else:
            return tops
        if kept is None:  # everything is glued: something must give
            return tops
        del tops[kept[0] :]
        _, self.y, self.foot = kept
        return tops

    def _with(self, each: Slice, bottom: int) -> _Foot | None:
        """The foot with the notes of a slice that ends at `bottom`; None if that does not fit."""
        brought = [note for id_ in each.notes if (note := self.notes.slices.get(id_))]
        if not brought:
            return self.foot if bottom + self.foot.height <= self.limit else None
        if self.foot.rest:
            return None
        lines = [line for note in brought for line in note]
        # The last note may go on on the next page, if it at least begins on this one.
        return self._cut(lines, bottom, len(lines) - len(brought[-1]) + 1)

    def _cut(self, lines: Sequence[Slice], bottom: int, least: int) -> _Foot | None:
        """The foot with as many of these lines as fit below what ends at `bottom`; None if those
        are less than `least`, or none at all.
        """
        height, fitting = self.foot.height, (0, 0)
        for count, line in enumerate(lines, start=1):
            height += line.height + (line.space if height else self.notes.above)
            if bottom + height > self.limit:
                break
            if not line.glued or count == len(lines):
                fitting = count, height
        count, height = fitting
        return _Foot(height, tuple(lines[count:])) if count >= max(least, 1) else None

    def _one(self, lines: Sequence[Slice]) -> _Foot:
        """The foot with the first of lines that are higher than a page."""
        return _Foot(self.notes.above + lines[0].height, tuple(lines[1:]))

    def _forced(self, each: Slice) -> _Foot:
        """The foot with a slice that is too high for any page, or brings too many notes."""
        lines = (line for id_ in each.notes for line in self.notes.slices.get(id_, ()))
        return _Foot(self.foot.height, (*self.foot.rest, *lines))
