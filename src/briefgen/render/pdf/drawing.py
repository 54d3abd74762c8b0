"""Filled pages to content streams, links and places: PDF operators, nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from urllib.parse import quote, urlsplit

from briefgen.render.pdf import looks
from briefgen.render.pdf.embedding import EmbeddedFont, FontBook
from briefgen.render.pdf.feet import StandingNotes
from briefgen.render.pdf.lines import Line, Setting, Span
from briefgen.render.pdf.looks import Look, Page
from briefgen.render.pdf.notes import mark_anchor
from briefgen.render.pdf.pages import Framed, PageContent
from briefgen.render.pdf.slices import Slice, Stroke
from briefgen.render.pdf.typeface import Typeface

_SCHEMES = ("http", "https", "mailto")
_RADIUS = 2.0
_SHORT_RULE = 56.0
"""The rule above notes that begin on their page."""
_CURVE = 0.4477
"""1 minus the constant that makes a Bézier curve nearly a quarter of a circle."""


@dataclass
class Rectangle:
    """Lower left and upper right corner, in points from the sheet's lower left."""

    left: float
    bottom: float
    right: float
    top: float


@dataclass
class PageLink:
    """A link on a page: to a URL, or to `#` and an anchor."""

    where: Rectangle
    target: str


@dataclass(frozen=True)
class Place:
    """Where an anchor is: page number from 1, and the height above the sheet's lower edge."""

    page: int
    left: float
    top: float


@dataclass(slots=True)
class DrawnPage:
    """A page as it goes into the file."""

    content: bytes
    links: list[PageLink] = field(default_factory=list)


class Pen:
    """Writes one page's operators. Lines of text share one text object."""

    def __init__(self, fonts: FontBook) -> None:
        self._fonts = fonts
        self._operators: list[str] = []
        self._text: list[str] = []
        self._chosen = ""
        self._colour = ""
        self._tracking = 0.0
        self._setting: Setting | None = None
        self._font: EmbeddedFont
        self.links: list[PageLink] = []

    def finish(self) -> DrawnPage:
        """The page."""
        self._end_text()
        return DrawnPage("\n".join(self._operators).encode("latin-1"), self.links)

    def artifact(self) -> None:
        """What follows is furniture, not content, until `end_artifact`."""
        self._end_text()
        self._operators.append("/Artifact <</Type /Pagination>> BDC")

    def end_artifact(self) -> None:
        """End of the furniture."""
        self._end_text()
        self._operators.append("EMC")

    def rectangle(self, box: Rectangle, colour: str, radius: float = 0.0) -> None:
        """A filled rectangle, its corners rounded."""
        left, bottom, right, top = box.left, box.bottom, box.right, box.top
        if radius and top - bottom > 2 * radius:
            r, c = radius, radius * _CURVE
            path = (
                f"{left + r:.2f} {bottom:.2f} m {right - r:.2f} {bottom:.2f} l "
                f"{right - c:.2f} {bottom:.2f} {right:.2f} {bottom + c:.2f} "
                f"{right:.2f} {bottom + r:.2f} c {right:.2f} {top - r:.2f} l "
                f"{right:.2f} {top - c:.2f} {right - c:.2f} {top:.2f} "
                f"{right - r:.2f} {top:.2f} c {left + r:.2f} {top:.2f} l "
                f"{left + c:.2f} {top:.2f} {left:.2f} {top - c:.2f} "
                f"{left:.2f} {top - r:.2f} c {left:.2f} {bottom + r:.2f} l "
                f"{left:.2f} {bottom + c:.2f} {left + c:.2f} {bottom:.2f} "
                f"{left + r:.2f} {bottom:.2f} c h f"
            )
        else:
            path = f"{left:.2f} {bottom:.2f} {right - left:.2f} {top - bottom:.2f} re f"
        self._paint(f"{colour} rg {path}")

    def rule(self, left: float, y: float, stroke: Stroke) -> None:
        """A horizontal rule."""
        dash = "1 J [0 3] 0 d " if stroke.dotted else ""
        weight = 0.9 if stroke.dotted else stroke.weight
        self._paint(
            f"{stroke.colour} RG {weight:g} w {dash}"
            f"{left + stroke.x:.2f} {y:.2f} m {left + stroke.x + stroke.width:.2f} {y:.2f} l S"
        )

    def _paint(self, operators: str) -> None:
        self._end_text()
        self._operators.append(f"q {operators} Q")

    def line(self, x: float, y: float, line: Line) -> None:
        """A line of text, its beginning at `x` and its baseline at `y`."""
        write = self._text.append
        for span in line.spans:
            setting = span.setting
            look = setting.look
            if span.text:
                if setting is not self._setting:
                    self._setting = setting
                    self._set(setting.face, look)
                if look.pitch:
                    show = _fixed(self._font, span, look.pitch * 1000 / look.size)
                else:
                    show = f"{self._font.encode(span.text)} Tj"
                show = f"1 0 0 1 {x + span.x:.2f} {y + look.rise:.2f} Tm {show}"
                if look.language:
                    show = f"/Span <</Lang <{_lang(look.language)}>>> BDC {show} EMC"
                write(show)
            if setting.link:
                self._link(setting.link, x + span.x, y + look.rise, span.width, look.size)

    def _set(self, face: Typeface, look: Look) -> None:
        """Choose font, size, colour and tracking, where they are not what they were."""
        self._font, chosen = self._fonts.chosen(face, look.size)
        if chosen is not self._chosen:
            self._chosen = chosen
            self._text.append(chosen)
        if look.colour != self._colour:
            self._colour = look.colour
            self._text.append(f"{look.colour} rg")
        if look.tracking != self._tracking:
            self._tracking = look.tracking
            self._text.append(f"{look.tracking:g} Tc")

    def _link(self, target: str, x: float, y: float, width: float, size: float) -> None:
        where = Rectangle(x, y - size * 0.26, x + width, y + size * 0.82)
        if not target.startswith("#"):
            target = web_address(target)
        if not target or width <= 0:
            return
        last = self.links[-1] if self.links else None
        if (
            last is not None
            and last.target == target
            and abs(last.where.right - x) < size
            and abs(last.where.bottom - where.bottom) < size * 0.5
        ):
            # Neighbours with one target (an italic title in a linked reference) are one link.
            last.where.right = where.right
            last.where.bottom = min(last.where.bottom, where.bottom)
            last.where.top = max(last.where.top, where.top)
        else:
            self.links.append(PageLink(where, target))

    def _end_text(self) -> None:
        if self._text:
            self._operators.append("BT\n" + "\n".join(self._text) + "\nET")
            self._text.clear()


def _fixed(font: EmbeddedFont, span: Span, pitch: float) -> str:
    """Every character centred in a cell of `pitch` thousandths of the look's size.

    The gaps would pass for spaces, so what the text really is goes with it (ISO 32000-1, 14.9.4).
    """
    face = span.setting.face
    parts = []
    for character in span.text:
        slack = (face.width(character) - pitch) / (2 * face.scale)
        parts.append(f"{slack:.0f} {font.encode(character)} {slack:.0f}")
    actual = "".join(face.meaning(ord(character))[2] for character in span.text)
    coded = "feff" + actual.encode("utf-16-be", "surrogatepass").hex()
    return f"/Span <</ActualText <{coded}>>> BDC [{' '.join(parts)}] TJ EMC"


def _lang(language: str) -> str:
    return language.encode("ascii", "replace").hex()


@lru_cache(maxsize=4096)
def web_address(url: str) -> str:
    """An address fit for a PDF (ASCII, RFC 3986), or nothing if its kind is not let out."""
    try:
        scheme = urlsplit(url).scheme.lower()
    except ValueError:
        return ""
    if scheme not in _SCHEMES:
        return ""
    return quote(url, safe="!#$%&'()*+,/:;=?@[]~-._")


class Places:
    """Where the anchors are. A note and its marks may stand on several pages."""

    def __init__(self) -> None:
        self._first: dict[str, Place] = {}
        self._again: dict[tuple[str, int], Place] = {}

    def remember(self, anchor: str, place: Place) -> None:
        """An anchor that is met; the first on a page counts."""
        first = self._first.setdefault(anchor, place)
        if first.page != place.page:
            self._again.setdefault((anchor, place.page), place)

    def __contains__(self, anchor: str) -> bool:
        return anchor in self._first

    def __getitem__(self, anchor: str) -> Place:
        return self._first[anchor]

    def find(self, anchor: str, page: int = 0) -> Place | None:
        """Where an anchor is: on `page` if it is there, else where it was met first."""
        return self._again.get((anchor, page)) or self._first.get(anchor)


class PageDrawer:
    """Draws pages, and remembers where the anchors are."""

    def __init__(self, page: Page, fonts: FontBook) -> None:
        self.page = page
        self.fonts = fonts
        self.places = Places()

    def locate(self, pages: Iterable[PageContent]) -> None:
        """Find all anchors. Links lead forward, too, so this comes before writing."""
        for number, content in enumerate(pages, start=1):
            for standing in content.standing:
                if not standing.repeated:
                    self._locate(standing.slice, standing.top, number)
            if content.notes is not None:
                for each, top in content.notes.slices:
                    self._locate(each, top, number)

    def _locate(self, each: Slice, top: float, page: int) -> None:
        left, top = self.page.left, self.page.top - top
        for anchor in each.anchors:
            self.places.remember(anchor, Place(page, left, top + 6))
        for placed in each.lines:
            line = placed.line
            if line.anchored:
                for span in line.spans:
                    for anchor in span.setting.anchors:
                        y = top - placed.drop + span.setting.look.size * 1.4
                        self.places.remember(anchor, Place(page, left, y))
            if line.notes:
                y = top - placed.drop + line.spans[0].setting.look.size * 1.4
                for number in line.notes:
                    self.places.remember(mark_anchor(number), Place(page, left, y))

    def draw(self, content: PageContent, pen: Pen) -> None:
        """One page's text and frames."""
        left, top = self.page.left, self.page.top
        for framed in content.framed:
            self._frame(framed, pen)
        for standing in content.standing:
            y = top - standing.top
            for stroke in standing.slice.strokes:
                pen.rule(left, y - stroke.drop, stroke)
        for standing in content.standing:
            y = top - standing.top
            if standing.repeated:
                pen.artifact()
            for placed in standing.slice.lines:
                pen.line(left + placed.x, y - placed.drop, placed.line)
            if standing.repeated:
                pen.end_artifact()
        if content.notes is not None:
            self._notes(content.notes, pen)

    def _notes(self, notes: StandingNotes, pen: Pen) -> None:
        left, top = self.page.left, self.page.top
        # As printers have it: a rule right across says that a note goes on from the page before.
        width = self.page.measure if notes.goes_on else _SHORT_RULE
        pen.rule(left, top - notes.rule, Stroke(0, width, 0, 0.5, looks.GREY))
        for each, y in notes.slices:
            for placed in each.lines:
                pen.line(left + placed.x, top - y - placed.drop, placed.line)

    def _frame(self, framed: Framed, pen: Pen) -> None:
        group = framed.group
        left = self.page.left + group.x
        box = Rectangle(
            left, self.page.top - framed.bottom, left + group.width, self.page.top - framed.top
        )
        match group.kind:
            case "box":
                pen.rectangle(box, looks.TINT, _RADIUS)
            case "bar":
                pen.rectangle(replace(box, right=left + 2.6), looks.WARNING)
            case "quote":
                pen.rectangle(replace(box, right=left + 1.6), looks.HAIRLINE)
            case "table":
                if framed.closes:
                    stroke = Stroke(0, group.width, 0, 0.8, looks.ACCENT)
                else:
                    stroke = Stroke(0, group.width, 0, 0.5, looks.HAIRLINE)
                pen.rule(left, box.bottom, stroke)
            case "plain":
                pass
