"""Filling pages with slices.

One pass, line by line, going back to the last place where a page may end. What stands on a page
is decided by heights alone, so a second filling, with a list of contents, costs little.

Notes at the foot follow from what a page holds: while it is filled, the foot grows with each
slice that brings notes and leaves less room for text; once its text is decided, it is made anew.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from briefgen.render.fact_places import BlockPlace, FactPlace
from briefgen.render.pdf.lines import FactPart, Line
from briefgen.render.pdf.page_notes import MOST_OF_PAGE, NoteRoom, PageNotes, Piece, StandingNotes
from briefgen.render.pdf.runs import SentenceMark
from briefgen.render.pdf.slices import Group, Slice


@dataclass(slots=True, eq=False)
class Standing:
    """A slice on a page; `top` is the distance of its upper edge from the top of the text."""

    slice: Slice
    top: float
    repeated: bool = False
    """A table's header that goes on from the page before."""


class Framed(NamedTuple):
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
    """Of the text, and of the notes at its foot."""
    notes: StandingNotes | None = None


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

    @property
    def bottom(self) -> float:
        """How far down the text goes, the frames around it included."""
        return self.y + self._below

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


def fill_pages(
    slices: Sequence[Slice], limit: float, notes: PageNotes | None = None
) -> list[PageContent]:
    """Pages of at most `limit` points. Every slice stands on exactly one of them.

    `notes` stand at the foot of the pages whose slices bring them.
    """
    pages: list[PageContent] = []
    index = 0
    count = len(slices)
    carried: list[Piece] = []
    while index < count:
        # What the slice before stood in goes on here: its frames open again, its header repeats.
        begun = {id(group) for group in slices[index - 1].groups} if index else set()
        trial = _Filler(limit, set(begun))
        if notes is None:
            end = _page_end(slices, index, trial)
        else:
            foot = NoteRoom(notes, limit, carried)
            end = 0 if carried else _noted_page_end(slices, index, trial, foot)
            if not end:
                end, trial = _crowded_page_end(slices, index, foot, begun)
        following = slices[end] if end < count else None
        if not trial.cut_back(end - index):
            trial = _Filler(limit, begun)
            for position in range(index, end):
                trial.place(slices[position], force=True)
        page = trial.finish(following)
        if notes is not None:
            carried = _stand_notes(page, slices[index:end], foot)
        pages.append(page)
        index = end
    while notes is not None and carried:
        # The text is over, its last notes are not.
        foot = NoteRoom(notes, limit, carried)
        foot.carry(foot.room(0.0))
        page = PageContent()
        carried = _stand_notes(page, (), foot)
        pages.append(page)
    return pages or [PageContent()]


def _stand_notes(page: PageContent, standing: Sequence[Slice], foot: NoteRoom) -> list[Piece]:
    found, height, rest = foot.stand(standing, page.height)
    if height:
        page.notes = found
        page.height += height
    return rest


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


def _noted_page_end(slices: Sequence[Slice], start: int, trial: _Filler, foot: NoteRoom) -> int:
    """As `_page_end`, the notes of the slices standing at the foot of the page.

    The page ends where a note had to be cut: it takes the room that is left. Returns 0 if the
    page could end nowhere.
    """
    last = uncut = 0
    count = len(slices)
    trial.limit = foot.text
    for position in range(start, count):
        each = slices[position]
        if position > start and each.new_page:
            return position
        new = foot.new(each) if each.notes else None
        if not new:
            if not trial.place(each):
                return last
        elif not _place_noted(each, new, trial, foot):
            return last
        elif foot.full and not uncut:
            uncut = last
        if not each.glued:
            last = position + 1
            if foot.full:
                break
    else:
        last = count
    # Rather than a last page with nothing on it but the end of a note.
    return uncut if foot.full and last == count and uncut else last


def _place_noted(each: Slice, new: Sequence[int], trial: _Filler, foot: NoteRoom) -> bool:
    """Put a slice that brings new notes on the page, if it fits with them."""
    if foot.full:
        return False
    before = trial.limit
    for cut in (False, True):
        cost = foot.cut(new) if cut else foot.whole(new)
        trial.limit = foot.room(0.0) - cost
        if trial.place(each):
            foot.take(new, cost)
            foot.full = cut
            return True
    trial.limit = before
    return False


def _crowded_page_end(
    slices: Sequence[Slice], start: int, foot: NoteRoom, begun: set[int]
) -> tuple[int, _Filler]:
    """The end of a page that begins with notes carried over, or with more than it can hold.

    What must stand together at its beginning comes first, as long as the notes that it brings can
    at least begin here. What is carried over gets what that leaves, and text the rest.
    """
    trial = _Filler(foot.limit, set(begun))
    bottoms: list[float] = []
    for position in range(start, len(slices)):
        each = slices[position]
        if position > start and (each.new_page or not trial.place(each)):
            break
        if position == start:
            trial.place(each, force=True)
        bottoms.append(trial.bottom)
        if not each.glued:
            break
    for size in range(len(bottoms), 0, -1):
        new = foot.numbers(slices[start : start + size])
        room = foot.room(bottoms[size - 1])
        for way, need in enumerate(foot.needs(new)):
            left = min(room - need, MOST_OF_PAGE * foot.limit)
            if left < foot.least_carried:
                continue
            foot.carry(left)
            if way == 0 and size == len(bottoms):
                again = _Filler(foot.limit, set(begun))
                end = _noted_page_end(slices, start, again, foot)
                if end:
                    return end, again
            return start + size, trial
    return start + 1, trial


def heading_pages(pages: Iterable[PageContent]) -> dict[str, int]:
    """The anchor of each of the model's headings, and the page, from 1, on which it stands."""
    found: dict[str, int] = {}
    for number, content in enumerate(pages, start=1):
        for standing in content.standing:
            heading = standing.slice.heading
            if heading is not None and heading.named:
                found.setdefault(heading.anchor, number)
    return found


def fact_places(pages: Iterable[PageContent], left: float, top: float) -> tuple[FactPlace, ...]:
    """Where facts stand. The text begins `left` and `top` points from the sheet's lower left."""
    numbers: dict[SentenceMark, int] = {}
    return tuple(
        [
            _fact_place(part, numbers.setdefault(part.sentence, len(numbers)), placed.line,
                        number, left + placed.x, top - standing.top - placed.drop)
            for number, content in enumerate(pages)
            for standing in content.standing
            if not standing.repeated
            for placed in standing.slice.lines
            for part in placed.line.facts
        ]
    )  # fmt: skip


def _fact_place(
    part: FactPart, sentence: int, line: Line, page: int, x: float, y: float
) -> FactPlace:
    size = line.spans[0].setting.look.size
    return FactPlace(
        part.sentence.fact,
        page,
        round(x + part.left, 2),
        round(y - size * 0.32, 2),
        round(x + part.right, 2),
        round(y + size * 0.92, 2),
        sentence,
        part.sentence.others,
        part.sentence.passage,
    )


def block_places(
    pages: Iterable[PageContent], left: float, top: float, sections: Collection[str]
) -> tuple[BlockPlace, ...]:
    """Where the blocks of some sections stand, by id; `left` and `top` as in `fact_places`."""
    boxes: dict[tuple[str, int, int, int], tuple[float, float, float, float]] = {}
    for number, content in enumerate(pages):
        for standing in content.standing:
            each = standing.slice
            if each.section not in sections or each.block < 0 or not each.lines:
                continue
            x = left + min(placed.x for placed in each.lines)
            right = left + max(placed.x + placed.line.width for placed in each.lines)
            y = top - standing.top
            key = (each.section, each.block, each.item, number)
            old = boxes.get(key, (x, y, right, y))
            bottom = min(old[1], y - each.height)
            boxes[key] = (min(old[0], x), bottom, max(old[2], right), max(old[3], y))
    return tuple(
        BlockPlace(*key, *(round(length, 2) for length in box)) for key, box in boxes.items()
    )


def pages_of(anchors: Collection[str], pages: Iterable[PageContent]) -> dict[str, int]:
    """The pages, from 1, on which the citations with these anchors stand."""
    found: dict[str, int] = {}
    if not anchors:
        return found
    for number, content in enumerate(pages, start=1):
        for standing in content.standing:
            for placed in standing.slice.lines:
                if placed.line.anchored:
                    for span in placed.line.spans:
                        for anchor in span.setting.anchors:
                            if anchor in anchors:
                                found.setdefault(anchor, number)
    return found
