"""Painting the pages that are seen, and what is marked on them."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from briefgen.gui import look
from briefgen.gui.pages.document import Document
from briefgen.gui.pages.mouse import PageMouse
from briefgen.gui.pages.pdfium import Box
from briefgen.gui.pages.pointing import FactPointer
from briefgen.gui.pages.sight import Sight
from briefgen.gui.pages.text_choice import TextChoice
from briefgen.gui.pages.word_search import WordSearch

_SHADOWS = ((3.0, 2.0, 8), (1.5, 1.0, 14), (0.5, 0.5, 26))
"""How far each goes beyond a page and down, in pixels, and how dark it is, up to 255."""
_CHOSEN, _POINTED, _HOVERED = "#bcd9ea", "#dcebf5", "#eef5fa"
_VEIL = 165
"""How much pages of an earlier brief are covered, up to 255."""


class PagePainting:
    """Paints the pages with the marks that the others keep."""

    def __init__(
        self,
        sight: Sight,
        pointer: FactPointer,
        mouse: PageMouse,
        words: WordSearch,
        choice: TextChoice,
    ) -> None:
        self._sight = sight
        self._pointer = pointer
        self._mouse = mouse
        self._words = words
        self._choice = choice

    def paint(self, painter: QPainter, *, faded: bool) -> None:
        """Paint the pages in sight; `faded` as those of an earlier brief."""
        document = self._sight.document
        if document is None:
            return
        for page in self._sight.pages_of(document.desk):
            place = self._sight.rect_of(document.desk.sheets[page])
            self._paint_paper(painter, place, document.pictures.get(page))
            self._paint_marks(painter, document, page)
            if faded:
                veil = look.colour("desk")
                veil.setAlpha(_VEIL)
                painter.fillRect(place, veil)

    def _paint_paper(self, painter: QPainter, place: QRectF, picture: QImage | None) -> None:
        """A page's shadow and its picture, or white where there is none yet."""
        painter.setPen(Qt.PenStyle.NoPen)
        for spread, down, strength in _SHADOWS:
            painter.setBrush(QColor(0, 0, 0, strength))
            painter.drawRoundedRect(
                place.adjusted(-spread, -spread + down, spread, spread + down), 2.0, 2.0
            )
        ratio = self._sight.ratio
        if picture is None:
            painter.fillRect(place, Qt.GlobalColor.white)
        elif picture.width() == round(place.width() * ratio):
            picture.setDevicePixelRatio(ratio)
            painter.drawImage(place.topLeft(), picture)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(place, picture, QRectF(picture.rect()))

    def _paint_marks(self, painter: QPainter, document: Document, page: int) -> None:
        """What is marked on a page. Pages are white by day and by night, and so are the marks."""

        def place(box: Box, wider: float) -> QRectF:
            seen = self._sight.rect_of(document.desk.box(page, box))
            return seen.adjusted(-wider, -wider, wider, wider)

        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        for hit in self._words.on_page(page):
            for box in hit.boxes:
                painter.fillRect(place(box, 0.5), QColor(look.LIGHT.mark))
        for box in self._choice.boxes.get(page, ()):
            painter.fillRect(place(box, 1.0), QColor(_CHOSEN))
        for own in document.own_words.on(page):
            if own.field == self._mouse.hovered_field:
                box = (own.left - 2.0, own.bottom, own.right + 1.5, own.top)
                painter.fillRect(place(box, 0.0), QColor(_HOVERED))
        pointed: list[QRectF] = []
        for line, sentence in document.sentences.on((page,)):
            is_pointed = self._pointer.fact in sentence.facts
            if is_pointed or sentence is self._mouse.hovered:
                ground = place((line.left - 2.0, line.bottom, line.right + 1.5, line.top), 0.0)
                painter.fillRect(ground, QColor(_POINTED if is_pointed else _HOVERED))
                pointed += [ground] if is_pointed else []
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        accent = QColor(look.LIGHT.accent)
        for ground in pointed:  # a bar too, for those who do not see colours
            bar = QRectF(ground.left() - 2.0, ground.top(), 2.0, ground.height())
            painter.fillRect(bar, accent)
        current = self._words.current_hit
        if current is not None and current.page == page:
            painter.setPen(accent)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for box in current.boxes:
                painter.drawRect(place(box, 1.0))
