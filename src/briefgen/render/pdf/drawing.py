"""Filled pages onto the canvas: text, frames, links, and where the anchors are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from briefgen.render.pdf import looks
from briefgen.render.pdf.canvas import BriefCanvas, TextObject
from briefgen.render.pdf.lines import Line, Setting
from briefgen.render.pdf.looks import Look, Page
from briefgen.render.pdf.notes import mark_anchor
from briefgen.render.pdf.page_notes import StandingNotes
from briefgen.render.pdf.pages import Framed, PageContent
from briefgen.render.pdf.slices import Slice, Stroke
from briefgen.render.pdf.typeface import Typeface

_SCHEMES = ("http", "https", "mailto")
_RADIUS = 2.0
_SHORT_RULE = 56.0
"""The rule above notes that begin on their page."""


@dataclass(slots=True)
class Rectangle:
    """Lower left and upper right corner, in points from the sheet's lower left."""

    left: float
    bottom: float
    right: float
    top: float


@dataclass(slots=True)
class PageLink:
    """A link on a page: to a URL, or to `#` and an anchor."""

    where: Rectangle
    target: str


class Place(NamedTuple):
    """Where an anchor is: page number from 1, and the height above the sheet's lower edge."""

    page: int
    left: float
    top: float


class Pen:
    """Draws one page. Lines of text share one text object."""

    def __init__(self, canvas: BriefCanvas) -> None:
        self._canvas = canvas
        self._text: TextObject | None = None
        self._face: Typeface | None = None
        self._size = 0.0
        self._colour: looks.Colour = (0.0, 0.0, 0.0)
        self._tracking = 0.0
        self._setting: Setting | None = None
        self.links: list[PageLink] = []

    def finish(self) -> None:
        """Put what is still in hand on the page."""
        if self._text is not None:
            self._canvas.drawText(self._text)
            self._text = None

    def artifact(self) -> None:
        """What follows is furniture, not content, until `end_artifact`."""
        self.finish()
        self._canvas.open_mark("Artifact", "/Type /Pagination")

    def end_artifact(self) -> None:
        """End of the furniture."""
        self.finish()
        self._canvas.close_mark()

    def rectangle(self, box: Rectangle, colour: looks.Colour, radius: float = 0.0) -> None:
        """A filled rectangle, its corners rounded."""
        self.finish()
        canvas, width, height = self._canvas, box.right - box.left, box.top - box.bottom
        canvas.saveState()
        canvas.setFillColor(colour)
        if radius and height > 2 * radius:
            canvas.roundRect(box.left, box.bottom, width, height, radius, stroke=0, fill=1)
        else:
            canvas.rect(box.left, box.bottom, width, height, stroke=0, fill=1)
        canvas.restoreState()

    def rule(self, left: float, y: float, stroke: Stroke) -> None:
        """A horizontal rule."""
        self.finish()
        canvas = self._canvas
        canvas.saveState()
        canvas.setStrokeColor(stroke.colour)
        canvas.setLineWidth(0.9 if stroke.dotted else stroke.weight)
        if stroke.dotted:
            canvas.setLineCap(1)
            canvas.setDash([0, 3])
        canvas.line(left + stroke.x, y, left + stroke.x + stroke.width, y)
        canvas.restoreState()

    def line(self, x: float, y: float, line: Line) -> None:
        """A line of text, its beginning at `x` and its baseline at `y`."""
        text = self._text
        if text is None:
            text = self._text = self._canvas.beginText(x, y)
            self._face = self._setting = None
        for span in line.spans:
            setting = span.setting
            look = setting.look
            if span.text:
                if setting is not self._setting:
                    self._setting = setting
                    self._set(text, setting.face, look)
                if look.language:
                    language = look.language.encode("ascii", "replace").hex()
                    text.open_mark("Span", f"/Lang <{language}>")
                text.setTextOrigin(x + span.x, y + look.rise)
                if look.pitch:
                    text.show_in_cells(span.text, look.pitch * 1000 / look.size)
                else:
                    text.textOut(span.text)
                if look.language:
                    text.close_mark()
            if setting.link:
                self._link(setting.link, x + span.x, y + look.rise, span.width, look.size)

    def _set(self, text: TextObject, face: Typeface, look: Look) -> None:
        """Choose face, size, colour and tracking, where they are not what they were."""
        if face is not self._face or look.size != self._size:
            self._face, self._size = face, look.size
            text.set_typeface(face, look.size)
        if look.colour != self._colour:
            self._colour = look.colour
            text.setFillColor(look.colour)
        if look.tracking != self._tracking:
            self._tracking = look.tracking
            text.setCharSpace(look.tracking)

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

    def find(self, anchor: str, page: int) -> Place | None:
        """Where a link on `page` leads: to the anchor there, else to where it was met first."""
        return self._again.get((anchor, page)) or self._first.get(anchor)


class PageDrawer:
    """Draws pages, and remembers where the anchors are."""

    def __init__(self, page: Page) -> None:
        self.page = page
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
