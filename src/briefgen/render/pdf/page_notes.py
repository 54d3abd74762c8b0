"""The foot of a page: which lines of which notes stand there. Arithmetic alone, no type.

A note stands at the foot of every page that has its mark, once; notes are ordered by number. What
does not fit goes on at the foot of the next page, before the notes of that page: only the last
note of a page is cut, and only where at least two lines stay and at least two go on. Where even
that leaves no room, more notes are cut, so that each at least begins on the page of its mark.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from briefgen.render.pdf.slices import Placed, Slice
from briefgen.values import valueclass

_LEAST_LINES = 2
"""Of a note that is cut, on either side of the cut."""
MOST_OF_PAGE = 0.7
"""Share of a page that notes from the page before may take while there is text left to set."""
_TOLERANCE = 0.02


@valueclass(frozen=True, slots=True)
class PageNotes:
    """A brief's notes, set. Lengths are in points."""

    lines: Mapping[int, Sequence[Slice]]
    """Of each note, by its number: one slice a line, all of the same height."""
    again: Callable[[int], Placed]
    """The number of a note that goes on, to tell it from another that does."""
    leading: float
    """Height of a line."""
    gap: float
    """Between two notes."""
    above: float
    """Least distance from the text to the first note, the rule included."""
    rule: float
    """From the rule down to the first note."""

    def cost(self, lines: int) -> float:
        """The height of so many lines of a note, and the gap below it."""
        return lines * self.leading + self.gap if lines else 0.0

    def height(self, number: int) -> float:
        """What a whole note takes, gap included."""
        return self.cost(len(self.lines[number]))

    @property
    def overhead(self) -> float:
        """What notes take besides what each costs: there is no gap below the last."""
        return self.above - self.gap

    def shares(self, counts: Sequence[int], room: float, least: int = _LEAST_LINES) -> list[int]:
        """How many of its lines each note gets where notes of `counts` lines have `room` points.

        First of all each gets `least` lines, fewer where there is no room for that; what is left
        goes to the notes in order.
        """
        while True:
            given = [_beginning(count, least) for count in counts]
            left = room + _TOLERANCE - sum(map(self.cost, given))
            if left >= 0 or not least:
                break
            least -= 1
        for index, count in enumerate(counts):
            before = given[index]
            free = left if before else left - self.gap
            whole = before + max(int(free / self.leading), 0)
            now = count if whole >= count else min(whole, count - _LEAST_LINES)
            if now < count and (now < _LEAST_LINES or now <= before):
                now = before
            given[index] = now
            left -= self.cost(now) - self.cost(before)
            if now < count and not least:
                # Nothing begins before what comes first is done.
                break
        return given


def _beginning(count: int, least: int) -> int:
    return count if count < 2 * least else least


@valueclass(frozen=True, slots=True)
class Piece:
    """Lines of one note: from `first` up to but not including `end`."""

    number: int
    first: int
    end: int

    @property
    def count(self) -> int:
        """How many."""
        return self.end - self.first


@dataclass(slots=True)
class StandingNotes:
    """What stands at the foot of one page, from the top down."""

    slices: list[tuple[Slice, float]] = field(default_factory=list)
    """Each with the distance of its upper edge from the top of the text."""
    rule: float = 0.0
    """How far down the rule is."""
    goes_on: bool = False
    """Whether the first of them began on an earlier page."""


class NoteRoom:
    """The foot of the page that is being filled. Its *cost* is its height less the overhead."""

    def __init__(self, notes: PageNotes, limit: float, carried: Sequence[Piece]) -> None:
        self.notes = notes
        self.limit = limit
        self.carried = carried
        """What earlier pages had no room for."""
        self.full = False
        """Whether the last note is cut: nothing more should be set on this page."""
        self._shares = [0] * len(carried)
        self._cost = 0.0
        self._numbers: set[int] = set()

    def room(self, bottom: float) -> float:
        """What notes may cost where the text ends at `bottom`."""
        return self.limit - bottom - self.notes.overhead

    @property
    def text(self) -> float:
        """How far down the text may go above what stands here for certain."""
        return self.room(0.0) - self._cost if self._cost else self.limit

    def carry(self, room: float) -> None:
        """Have what is carried over cost at most `room`, and the page be empty else."""
        self._shares = self.notes.shares([piece.count for piece in self.carried], room, 0)
        self._cost = sum(map(self.notes.cost, self._shares))
        self._numbers = self._begun()
        self.full = False

    def _begun(self) -> set[int]:
        """What is carried over and begins only here: it need not begin here once more."""
        carried = zip(self.carried, self._shares, strict=True)
        return {piece.number for piece, share in carried if share and not piece.first}

    @property
    def least_carried(self) -> float:
        """What the beginning of what is carried over costs."""
        if not self.carried:
            return 0.0
        return self.notes.cost(_beginning(self.carried[0].count, _LEAST_LINES))

    def numbers(self, slices: Iterable[Slice]) -> list[int]:
        """The notes that slices bring, in order."""
        return list(dict.fromkeys([number for each in slices for number in each.notes]))

    def new(self, each: Slice) -> list[int]:
        """The notes that a slice brings which this page does not have yet."""
        known = self._numbers
        return [number for number in dict.fromkeys(each.notes) if number not in known]

    def whole(self, new: Sequence[int]) -> float:
        """The cost of the foot with all of these notes."""
        return self._cost + sum(map(self.notes.height, new))

    def cut(self, new: Sequence[int]) -> float:
        """The cost of the foot with these notes, as little of the last as can be."""
        count = len(self.notes.lines[new[-1]])
        return self.whole(new) - (count - _beginning(count, _LEAST_LINES)) * self.notes.leading

    def take(self, new: Sequence[int], cost: float) -> None:
        """Have these notes on the page, which makes the foot cost so much at least."""
        self._numbers.update(new)
        self._cost = cost

    def needs(self, new: Sequence[int]) -> list[float]:
        """What these notes cost alone, best first: only the last cut, two lines of each, one."""
        if not new:
            return [0.0]
        alone = NoteRoom(self.notes, self.limit, ())
        counts = [len(self.notes.lines[number]) for number in new]
        return [
            alone.cut(new),
            *(sum(self.notes.cost(_beginning(count, least)) for count in counts)
              for least in (_LEAST_LINES, 1)),
        ]  # fmt: skip

    def stand(
        self, standing: Sequence[Slice], bottom: float
    ) -> tuple[StandingNotes, float, list[Piece]]:
        """The notes of a page whose text is `standing` and ends at `bottom`.

        With them the height that they take, and what is left for the next page.
        """
        sheet = self.notes
        carried = sum(map(sheet.cost, self._shares))
        begun = self._begun()
        new = [
            Piece(number, 0, len(sheet.lines[number]))
            for number in self.numbers(standing)
            if number not in begun
        ]
        room = self.room(bottom) - carried
        shares = [*self._shares, *sheet.shares([piece.count for piece in new], room)]
        if not standing and not any(shares):
            # Type so large that no page has room for two lines: it must come to an end.
            shares[0] = 1
        # By number, so that a mark's note is found at a glance where earlier notes stand again;
        # what comes from the page before stays on top, what goes on to the next at the bottom.
        pairs = list(zip([*self.carried, *new], shares, strict=True))
        count = len(self.carried)
        pairs[count:] = sorted(pairs[count:], key=lambda p: (p[1] < p[0].end, p[0].number))
        here: list[Piece] = []
        rest: list[Piece] = []
        for piece, share in pairs:
            cut = piece.first + share
            if share:
                here.append(Piece(piece.number, piece.first, cut))
            if cut < piece.end:
                rest.append(Piece(piece.number, cut, piece.end))
        if not here:
            return StandingNotes(), 0.0, rest
        height = sheet.overhead + sum(sheet.cost(piece.count) for piece in here)
        return self._placed(here, self.limit - height + sheet.above), height, rest

    def _placed(self, pieces: Sequence[Piece], top: float) -> StandingNotes:
        sheet = self.notes
        made = StandingNotes(rule=top - sheet.rule, goes_on=pieces[0].first > 0)
        several = sum(piece.first > 0 for piece in pieces) > 1
        for piece in pieces:
            for index in range(piece.first, piece.end):
                each = sheet.lines[piece.number][index]
                if several and index == piece.first > 0:
                    each = replace(each, lines=[sheet.again(piece.number), *each.lines])
                made.slices.append((each, top))
                top += sheet.leading
            top += sheet.gap
        return made
