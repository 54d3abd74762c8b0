"""Where pages stand on the desk, one below the other: arithmetic, without anything to see."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from briefgen.gui.view_models.pages.own_places import OwnPlace
from briefgen.gui.view_models.pages.preview import FactPlace

MARGIN = 20.0
"""Pixels between a page and the edge of the desk."""
GAP = 18.0
"""Pixels between two pages."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page on the desk, in pixels from the desk's upper left corner."""

    left: float
    top: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.top + self.height


class Desk:
    """Pages on a desk at least `room` pixels wide, `scale` pixels to a point.

    Lengths are in device-independent pixels, rounded to those of a device with `ratio` of its own
    to each: so a picture is shown as it was drawn.
    """

    def __init__(
        self,
        sizes: Sequence[tuple[float, float]],
        scale: float,
        room: float,
        ratio: float = 1.0,
    ) -> None:
        def whole(length: float) -> float:
            return round(length * ratio) / ratio

        self.scale = scale
        self.ratio = ratio
        self.sizes = sizes
        widths = [whole(size[0] * scale) for size in sizes]
        heights = [whole(size[1] * scale) for size in sizes]
        self.width = max(room, max(widths, default=0.0) + 2 * MARGIN)
        self._tops = list(accumulate((height + GAP for height in heights), initial=MARGIN))
        self.height = self._tops[-1] - (GAP if sizes else 0.0) + MARGIN
        self.sheets = tuple(
            Sheet(whole((self.width - width) / 2), top, width, height)
            for width, height, top in zip(widths, heights, self._tops, strict=False)
        )

    def page_at(self, y: float) -> int:
        """The page at a height of the desk, or the one above where there is none."""
        return max(0, min(bisect_right(self._tops, y) - 1, len(self.sheets) - 1))

    def pages_between(self, top: float, bottom: float) -> range:
        """The pages of which anything lies between two heights."""
        if not self.sheets:
            return range(0)
        first = self.page_at(top)
        if self.sheets[first].bottom <= top and first + 1 < len(self.sheets):
            first += 1
        return range(first, self.page_at(bottom) + 1)

    def main_page(self, top: float, bottom: float) -> int:
        """The page that most is seen of between two heights; the first of equals."""
        seen = {
            number: min(bottom, self.sheets[number].bottom) - max(top, self.sheets[number].top)
            for number in self.pages_between(top, bottom)
        }
        return max(seen, key=lambda number: (seen[number], -number), default=0)

    def down_to(self, page: int, height: float) -> float:
        """How far down the desk a height above a page's lower edge lies, in points to pixels."""
        sheet = self.sheets[page]
        return sheet.top + (self.sizes[page][1] - height) * self.scale

    def box(self, page: int, box: tuple[float, float, float, float]) -> Sheet:
        """A box on a page (left, bottom, right, top, in points) as it lies on the desk."""
        left, _, right, top = box
        x = self.sheets[page].left + left * self.scale
        y = self.down_to(page, top)
        return Sheet(x, y, (right - left) * self.scale, self.down_to(page, box[1]) - y)

    def spot(self, x: float, y: float) -> tuple[int, float, float]:
        """The page nearest a point of the desk, and where on that page it is, in points."""
        page = self.page_at(y)
        sheet = self.sheets[page]
        if y > sheet.bottom and page + 1 < len(self.sheets):
            following = self.sheets[page + 1]
            if following.top - y < y - sheet.bottom:
                page, sheet = page + 1, following
        up = self.sizes[page][1] - (y - sheet.top) / self.scale
        return page, (x - sheet.left) / self.scale, up


def scale_to_fit(
    sizes: Sequence[tuple[float, float]], width: float, height: float | None = None
) -> float:
    """Pixels to a point so that the widest page fits the width; and the highest the height."""
    across = max((size[0] for size in sizes), default=595.0)
    scale = (width - 2 * MARGIN) / across
    if height is not None:
        up = max((size[1] for size in sizes), default=842.0)
        scale = min(scale, (height - 2 * MARGIN) / up)
    return max(scale, 0.05)


# --- facts on pages -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class Sentence:
    """A fact's sentence where it stands once: one place for each of its lines."""

    fact: str
    places: tuple[FactPlace, ...]
    others: tuple[str, ...] = ()
    """Further facts that it rests on, as a clause of a passage may."""
    passage: str = ""
    """The passage that it is a clause of."""

    @property
    def facts(self) -> tuple[str, ...]:
        """All of them."""
        return (self.fact, *self.others)


class Sentences:
    """The sentences of a document, in reading order, and by page and fact."""

    def __init__(self, places: Iterable[FactPlace]) -> None:
        self.all: tuple[Sentence, ...] = tuple(_sentences(places))
        self.of_fact: dict[str, list[Sentence]] = {}
        self._on_page: dict[int, list[tuple[FactPlace, Sentence]]] = {}
        for sentence in self.all:
            for fact in sentence.facts:
                self.of_fact.setdefault(fact, []).append(sentence)
            for place in sentence.places:
                self._on_page.setdefault(place.page, []).append((place, sentence))

    def at(self, page: int, x: float, y: float, near: float = 1.5) -> Sentence | None:
        """The sentence at a point of a page, in points."""
        for place, sentence in self._on_page.get(page, ()):
            if (
                place.left - near <= x <= place.right + near
                and place.bottom - near / 2 <= y <= place.top + near / 2
            ):
                return sentence
        return None

    def on(self, pages: Iterable[int]) -> Iterator[tuple[FactPlace, Sentence]]:
        """The lines of sentences on some pages."""
        for page in pages:
            yield from self._on_page.get(page, ())


def _sentences(places: Iterable[FactPlace]) -> Iterator[Sentence]:
    held: list[FactPlace] = []
    for place in places:
        if held and not _goes_on(held[-1], place):
            yield Sentence(held[0].fact, tuple(held), held[0].others, held[0].passage)
            held = []
        held.append(place)
    if held:
        yield Sentence(held[0].fact, tuple(held), held[0].others, held[0].passage)


def _goes_on(last: FactPlace, place: FactPlace) -> bool:
    """Whether a place belongs to the sentence of the one before it, or stands in its table row."""
    if place.fact != last.fact:
        return False
    same_row = place.page == last.page and place.bottom < last.top and last.bottom < place.top
    return place.sentence == last.sentence or same_row


class OwnWords:
    """Where the author's own words stand: a click there opens the field that holds them."""

    def __init__(self, places: Iterable[OwnPlace]) -> None:
        self._on_page: dict[int, list[OwnPlace]] = {}
        for place in places:
            self._on_page.setdefault(place.page, []).append(place)

    def at(self, page: int, x: float, y: float) -> OwnPlace | None:
        """What the author wrote at a point of a page, in points."""
        return next((one for one in self.on(page) if one.holds(page, x, y)), None)

    def on(self, page: int) -> Sequence[OwnPlace]:
        """All on one page."""
        return self._on_page.get(page, ())


# --- staying where one was ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Hold:
    """What to keep in its place on the screen while the pages around it change.

    A line of a fact's sentence, `down` pixels below the upper edge of what is seen; or, without a
    fact, a point of a page.
    """

    down: float
    page: int
    up: float
    """Points above the page's lower edge."""
    fact: str = ""
    occurrence: int = 0
    occurrences: int = 0
    line: int = 0


_TOP = 1e6
"""Points above any page's lower edge: the top of the desk, however large the margins."""


def hold_at(
    desk: Desk, sentences: Sentences, top: float, bottom: float, among: Container[str]
) -> Hold:
    """What to hold on to between two heights of the desk: the uppermost sentence of a fact that is
    `among` those that will be there, if there is one. At the very top it is the top itself.
    """
    if top <= 0 or not desk.sheets:
        return Hold(0.0, 0, _TOP)
    page, _, up = desk.spot(0.0, top)
    if sentences.all:
        for place, sentence in sentences.on(desk.pages_between(top, bottom)):
            y = desk.down_to(place.page, place.top)
            if top <= y < bottom and place.fact in among:
                alike = sentences.of_fact[place.fact]
                return Hold(
                    y - top, place.page, place.top, place.fact,
                    next(n for n, each in enumerate(alike) if each is sentence), len(alike),
                    next(n for n, each in enumerate(sentence.places) if each is place),
                )  # fmt: skip
    return Hold(0.0, page, up)


def top_for(hold: Hold, desk: Desk, sentences: Sentences) -> float:
    """The height of the desk at which what is seen begins, so that `hold` stays where it was."""
    if not desk.sheets:
        return 0.0
    before = desk.down_to(min(hold.page, len(desk.sheets) - 1), hold.up)
    alike = sentences.of_fact.get(hold.fact, [])
    if not alike:
        return max(0.0, before - hold.down)
    heights = [
        desk.down_to(place.page, place.top)
        for sentence in alike
        for place in [sentence.places[min(hold.line, len(sentence.places) - 1)]]
    ]
    if len(alike) == hold.occurrences:
        return heights[hold.occurrence] - hold.down
    # The fact stands more or less often than before: the nearest is the one that was looked at.
    return min(heights, key=lambda height: abs(height - before)) - hold.down


def boxes_by_page(
    boxes: Iterable[tuple[int, tuple[float, float, float, float]]],
) -> Mapping[int, list[tuple[float, float, float, float]]]:
    """Boxes, gathered by the page that they lie on."""
    found: dict[int, list[tuple[float, float, float, float]]] = {}
    for page, box in boxes:
        found.setdefault(page, []).append(box)
    return found
