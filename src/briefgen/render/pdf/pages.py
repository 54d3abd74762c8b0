"""Filling pages with slices.

One pass, line by line, going back to the last place where a page may end. What stands on a page
is decided by heights alone, so a second filling, with a list of contents, costs little.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from briefgen.records import dataclass, field
from briefgen.render.pdf.slices import Group, Slice


@dataclass(eq=False)
class Standing:
    """A slice on a page; `top` is the distance of its upper edge from the top of the text."""

    slice: Slice
    top: float
    repeated: bool = False
    """A table's header that goes on from the page before."""


@dataclass(frozen=True)
class Framed:
    """The part of a group that stands on one page."""

    group: Group
    top: float
    bottom: float
    opens: bool
    closes: bool


@dataclass(slots=True)
class PageContent:
    """One page, filled."""

    standing: list[Standing] = field(default_factory=list)
    framed: list[Framed] = field(default_factory=list)
    height: float = 0.0
    """How far down the text goes."""


@dataclass(slots=True)
class _Open:
    group: Group
    top: float
    opens: bool


class _Filler:
    """The page that is being filled, and the groups that are open on it."""

    def __init__(self, limit: float, begun: set[int]) -> None:
        self.limit = limit
        self.begun = begun
        self.page = PageContent()
        self.open: list[_Open] = []
        self._opened: tuple[Group, ...] = ()
        self._below = 0.0
        self._changes = 0
        """How often a slice was placed whose frames are not those of the slice before."""
        self._first = 0
        """Where the first slice stands among what stands on the page."""
        self.y = 0.0

    def place(self, each: Slice, *, force: bool = False) -> bool:
        """Put a slice on the page if it fits. A first slice always does."""
        if self._opened == each.groups and self.page.standing:
            # Nearly always: the same frames as the slice before.
            y = self.y + each.space
            if y + each.height + self._below > self.limit + 0.01 and not force:
                return False
            self.page.standing.append(Standing(each, y))
            self.y = y + each.height
            return True
        y = self.y
        common = 0
        while (
            common < len(self.open)
            and common < len(each.groups)
            and self.open[common].group is each.groups[common]
        ):
            common += 1
        y += sum(opened.group.pad_bottom for opened in self.open[common:])
        if self.page.standing:
            y += each.space
        opening = each.groups[common:]
        top = y + sum(group.pad_top for group in opening)
        headers = [
            row
            for group in opening
            if id(group) in self.begun
            for row in group.header
            if row is not each
        ]
        top += sum(row.height for row in headers)
        below = sum(group.pad_bottom for group in each.groups)
        if top + each.height + below > self.limit + 0.01 and not force:
            return False
        self._close(common, ended=True)
        y = self.y + (each.space if self.page.standing else 0.0)
        for group in opening:
            first = id(group) not in self.begun
            self.open.append(_Open(group, y, first))
            y += group.pad_top
            if not first:
                for row in group.header:
                    self.page.standing.append(Standing(row, y, repeated=True))
                    y += row.height
            self.begun.add(id(group))
        if not self._changes:
            self._first = len(self.page.standing)
        self._changes += 1
        self.page.standing.append(Standing(each, y))
        self.y = y + each.height
        self._opened, self._below = each.groups, below
        return True

    def cut_back(self, count: int) -> bool:
        """Keep the first `count` slices; False where frames begin or end on the page."""
        standing = self.page.standing
        if self._changes > 1:
            return False
        # What stands above the first slice is the header that goes on.
        del standing[self._first + count :]
        self.y = standing[-1].top + standing[-1].slice.height
        return True

    def _close(self, keep: int, *, ended: bool) -> None:
        while len(self.open) > keep:
            opened = self.open.pop()
            self.y += opened.group.pad_bottom
            self.page.framed.append(Framed(opened.group, opened.top, self.y, opened.opens, ended))

    def finish(self, following: Slice | None) -> PageContent:
        """Close what is open. Groups that `following` is in go on over the page."""
        going_on = {id(group) for group in following.groups} if following else set()
        while self.open:
            ended = id(self.open[-1].group) not in going_on
            self._close(len(self.open) - 1, ended=ended)
        # Outer frames are painted first.
        self.page.framed.reverse()
        self.page.height = self.y
        return self.page


def fill_pages(slices: Sequence[Slice], limit: float) -> list[PageContent]:
    """Pages of at most `limit` points of text. Every slice stands on exactly one of them."""
    pages: list[PageContent] = []
    index = 0
    count = len(slices)
    while index < count:
        # What the slice before stood in goes on here: its frames open again, its header repeats.
        begun = {id(group) for group in slices[index - 1].groups} if index else set()
        trial = _Filler(limit, set(begun))
        end = _page_end(slices, index, trial)
        following = slices[end] if end < count else None
        if not trial.cut_back(end - index):
            trial = _Filler(limit, begun)
            for position in range(index, end):
                trial.place(slices[position], force=True)
        pages.append(trial.finish(following))
        index = end
    return pages or [PageContent()]


def _page_end(slices: Sequence[Slice], start: int, trial: _Filler) -> int:
    """Where the page that starts with `slices[start]` ends: at best after the last that fits."""
    last = start
    for position in range(start, len(slices)):
        each = slices[position]
        if position > start and each.new_page:
            return position
        if not trial.place(each, force=position == start):
            # Where everything is glued, something must give, or the page would stay empty.
            return last if last > start else position
        if not each.glued:
            last = position + 1
    return len(slices)


def section_heights(slices: Sequence[Slice]) -> dict[str, float]:
    """How much height each section takes, in points, wherever the pages end."""
    heights: dict[str, float] = {}
    before: tuple[Group, ...] = ()
    for each in slices:
        taken = each.space + each.height
        taken += sum(group.pad_top + group.pad_bottom for group in each.groups
                     if group not in before)  # fmt: skip
        before = each.groups
        heights[each.section] = heights.get(each.section, 0.0) + taken
    return {section: round(height, 2) for section, height in heights.items()}


def heading_pages(pages: Iterable[PageContent]) -> dict[str, int]:
    """The anchor of each of the model's headings, and the page, from 1, on which it stands."""
    found: dict[str, int] = {}
    for number, content in enumerate(pages, start=1):
        for standing in content.standing:
            heading = standing.slice.heading
            if heading is not None and heading.named:
                found.setdefault(heading.anchor, number)
    return found
