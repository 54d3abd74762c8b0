"""What is seen of the pages: which point of the window lies where on a page, and back."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtWidgets import QAbstractScrollArea

from briefgen.gui.pages.document import Document
from briefgen.gui.pages.layout import Desk, Sentence, Sheet
from briefgen.gui.pages.pdfium import PageLink, Spot
from briefgen.gui.view_models.pages.own_places import OwnPlace


class Sight:
    """The part of the desk that an area shows. Points and lengths are the area's, in pixels."""

    def __init__(self, area: QAbstractScrollArea) -> None:
        self._area = area
        self.document: Document | None = None
        """The pages that are shown."""

    @property
    def ratio(self) -> float:
        """Pixels of the device to each of ours."""
        return float(self._area.viewport().devicePixelRatioF())

    @property
    def width(self) -> int:
        """How wide the area is."""
        return self._area.viewport().width()

    @property
    def height(self) -> int:
        """How high the area is."""
        return self._area.viewport().height()

    @property
    def top(self) -> float:
        """The height of the desk at which the area begins."""
        return float(self._area.verticalScrollBar().value())

    @property
    def bottom(self) -> float:
        """The height of the desk at which the area ends."""
        return self.top + self.height

    @property
    def main_page(self) -> int:
        """The page, from 0, that most is seen of."""
        return self.document.desk.main_page(self.top, self.bottom) if self.document else 0

    def pages_of(self, desk: Desk, top: float | None = None) -> range:
        """The pages that are seen of a desk, or would be with its height `top` uppermost."""
        top = self.top if top is None else top
        return desk.pages_between(top, top + self.height)

    def spot(self, point: QPointF) -> Spot:
        """The place on a page that is seen at a point. There must be pages."""
        assert self.document is not None
        across, up = self._area.horizontalScrollBar(), self._area.verticalScrollBar()
        return self.document.desk.spot(point.x() + across.value(), point.y() + up.value())

    def rect_of(self, sheet: Sheet) -> QRectF:
        """Where something on the desk is seen."""
        left = sheet.left - self._area.horizontalScrollBar().value()
        return QRectF(left, sheet.top - self.top, sheet.width, sheet.height)

    def link_at(self, point: QPointF) -> PageLink | None:
        """The link that is seen at a point."""
        if self.document is None:
            return None
        page, x, y = self.spot(point)
        for link in self.document.links.get(page, ()):
            left, bottom, right, top = link.box
            if left <= x <= right and bottom <= y <= top:
                return link
        return None

    # --- sentences ------------------------------------------------------------------------------

    def sentence_at(self, point: QPointF) -> Sentence | None:
        """The fact's sentence that is seen at a point."""
        return self.document.sentences.at(*self.spot(point)) if self.document else None

    def own_words_at(self, point: QPointF) -> OwnPlace | None:
        """What the author wrote that is seen at a point, where no fact's sentence is."""
        if self.document is None or self.sentence_at(point) is not None:
            return None
        return self.document.own_words.at(*self.spot(point))

    def sentences_of(self, fact: str) -> list[Sentence]:
        """Where a fact stands on the pages, in reading order."""
        return self.document.sentences.of_fact.get(fact, []) if self.document else []

    def lines(self, sentence: Sentence) -> list[Sheet]:
        """Where a sentence's lines lie on the desk."""
        assert self.document is not None
        desk = self.document.desk
        return [
            desk.box(place.page, (place.left, place.bottom, place.right, place.top))
            for place in sentence.places
        ]

    def shows(self, sentence: Sentence) -> bool:
        """Whether the first line of a sentence is seen."""
        first = self.lines(sentence)[0]
        return self.top <= first.top and first.bottom <= self.bottom
