"""What pages are filled with: slices, one below the other, and the groups that frame them.

A slice is the least that a page can hold: a line, a table row, a heading. Everything is measured
once, when it is cut into slices; filling pages (again, with a list of contents) only adds up
heights. Which notes a slice brings to the foot of its page follows from its lines.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from briefgen.render.pdf.lines import Line
from briefgen.render.pdf.looks import Colour
from briefgen.render.pdf.runs import KEY


@dataclass(slots=True, eq=False)
class Placed:
    """A line in a slice: `x` from the left of the text, `drop` from the slice's upper edge."""

    x: float
    drop: float
    """To the baseline."""
    line: Line


class Stroke(NamedTuple):
    """A horizontal rule in a slice. `drop` is from the slice's upper edge to its middle."""

    x: float
    width: float
    drop: float
    weight: float
    colour: Colour
    dotted: bool = False


@dataclass(slots=True, eq=False)
class Group:
    """Slices that are framed together, page by page. Inner groups follow outer ones."""

    kind: Literal["box", "bar", "quote", "table", "plain"]
    x: float
    width: float
    pad_top: float = 0.0
    pad_bottom: float = 0.0
    header: tuple[Slice, ...] = ()
    """Repeated where the group goes on on a new page."""


class HeadingMark(NamedTuple):
    """A heading that begins in a slice: for bookmarks and contents."""

    level: int
    text: str
    anchor: str
    named: bool = True
    """False where the model gives no anchor, and the setter made one up."""


class PageNumber(NamedTuple):
    """A line's end that shows the page of an anchor; known when the pages are filled."""

    anchor: str
    right: float
    drop: float
    line: int
    """Index of the line that it ends: it is read straight after it."""


@dataclass(slots=True, eq=False)
class Slice:
    """Something that stands on one page whole. Lengths are in points."""

    height: float
    lines: list[Placed] = field(default_factory=list)
    space: float = 0.0
    """Room above it, unless it begins a page."""
    glued: bool = False
    """Whether it stays on the page of the next slice."""
    strokes: tuple[Stroke, ...] = ()
    groups: tuple[Group, ...] = ()
    """Outermost first."""
    anchors: tuple[str, ...] = ()
    heading: HeadingMark | None = None
    section: str = ""
    block: int = -1
    """Which of its section's blocks it belongs to; -1 for the section's heading."""
    item: int = 0
    """Of a list that is such a block: which item."""
    new_page: bool = False
    page_numbers: tuple[PageNumber, ...] = ()
    notes: tuple[int, ...] = ()
    """Numbers of the notes that stand at the foot of its page."""


def find_notes(slices: Iterable[Slice], known: Container[int]) -> None:
    """Have each slice know the notes, among those `known`, whose marks stand in it.

    The key to flags is told once: the first slice that has a flag brings it.
    """
    key_told = False
    for each in slices:
        if any(placed.line.notes for placed in each.lines):
            each.notes = tuple(
                number
                for placed in each.lines
                for number in placed.line.notes
                if number in known and not (number == KEY and key_told)
            )
            key_told = key_told or KEY in each.notes


def shift(slices: Iterable[Slice], dx: float) -> None:
    """Move slices, and the groups inside them, to the right."""
    moved: set[int] = set()
    for each in slices:
        for placed in each.lines:
            placed.x += dx
        if each.strokes:
            each.strokes = tuple([stroke._replace(x=stroke.x + dx) for stroke in each.strokes])
        for group in each.groups:
            if id(group) not in moved:
                moved.add(id(group))
                # A header's slices are among `slices` already.
                group.x += dx


def enclose(slices: Iterable[Slice], group: Group) -> None:
    """Put `group` around slices, outside the groups that they already have."""
    for each in slices:
        each.groups = (group, *each.groups)


def glue(slices: list[Slice], first: int, last: int) -> None:
    """Keep slices `first` to `last` (inclusive) on one page."""
    for index in range(max(first, 0), min(last, len(slices) - 1)):
        slices[index].glued = True


def keep_ends(slices: list[Slice], together: int = 2) -> None:
    """No widow, no orphan: at least `together` slices at either end of a run."""
    glue(slices, 0, together - 1)
    glue(slices, len(slices) - together, len(slices) - 1)
