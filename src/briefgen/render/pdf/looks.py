"""The house style on paper: four sizes of type, one accent and one warning colour, the page.

All lengths are in points. The type scales from one number, the body size.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

from briefgen.render.fonts import Cut
from briefgen.render.pdf.setter import Caps
from briefgen.values import valueclass

Colour: TypeAlias = tuple[float, float, float]
"""Red, green and blue, each from 0 to 1."""

MILLIMETRE = 72 / 25.4


def _rgb(value: int) -> Colour:
    red, green, blue = (round(part / 255, 4) for part in value.to_bytes(3, "big"))
    return red, green, blue


INK = _rgb(0x1C2733)
GREY = _rgb(0x566573)
ACCENT = _rgb(0x0B4F6C)
WARNING = _rgb(0x8A5A00)
TINT = _rgb(0xEEF3F6)
HAIRLINE = _rgb(0xC9D3DA)


@valueclass(frozen=True, slots=True)
class Look:
    """How a run of text looks. Equal looks are the same on paper."""

    cut: Cut
    size: float
    colour: Colour = INK
    rise: float = 0.0
    caps: Caps = ""
    """`caps`: small letters drawn as capitals, still small letters when copied."""
    tracking: float = 0.0
    """Extra room after each character."""
    pitch: float = 0.0
    """Fixed advance of each character; 0 for the font's own."""
    language: str = ""
    """BCP 47, where it differs from the document's."""


class Style(NamedTuple):
    """Sizes and distances for one body size."""

    body: float = 10.25

    @property
    def title(self) -> float:
        """Size of the brief's title."""
        return round(self.body * 2.15, 2)

    @property
    def heading(self) -> float:
        """Size of section headings and of the subtitle."""
        return round(self.body * 1.34, 2)

    @property
    def small(self) -> float:
        """Size of notes, references, flags, masthead, head and foot."""
        return round(self.body * 0.83, 2)

    @property
    def leading(self) -> float:
        """From one body baseline to the next."""
        return round(self.body * 1.36, 2)

    @property
    def small_leading(self) -> float:
        """From one small baseline to the next."""
        return round(self.small * 1.36, 2)

    @property
    def note_leading(self) -> float:
        """From one baseline to the next in notes at the foot of the page."""
        return round(self.small * 1.26, 2)

    @property
    def gap(self) -> float:
        """Between paragraphs."""
        return round(self.body * 0.4, 2)

    def leading_of(self, size: float) -> float:
        """The leading that belongs to one of the four sizes."""
        if size <= self.small:
            return self.small_leading
        if size <= self.body:
            return self.leading
        return round(size * 1.25, 2)


class Page(NamedTuple):
    """The sheet. Positions are measured from its lower left corner."""

    width: float
    height: float
    margin: float = 25 * MILLIMETRE

    @property
    def left(self) -> float:
        """Where lines begin."""
        return self.margin

    @property
    def right(self) -> float:
        """Where lines end at the latest."""
        return self.width - self.margin

    @property
    def measure(self) -> float:
        """The length of a full line."""
        return self.right - self.left

    @property
    def top(self) -> float:
        """The upper edge of the text."""
        return self.height - self.margin

    @property
    def bottom(self) -> float:
        """The lower edge of the text."""
        return self.margin

    @property
    def body_height(self) -> float:
        """The height of the text on a full page."""
        return self.top - self.bottom


def page_for(paper: Literal["a4", "letter"]) -> Page:
    """ISO 216 A4, or the North American Letter, with margins of 25 mm (about an inch)."""
    if paper == "letter":
        return Page(612.0, 792.0)
    return Page(round(210 * MILLIMETRE, 2), round(297 * MILLIMETRE, 2))
