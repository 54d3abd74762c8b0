"""What the mouse does on the pages: it points at sentences, follows links and chooses text."""

from __future__ import annotations

import html

from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QHelpEvent, QMouseEvent
from PySide6.QtWidgets import QToolTip, QWidget

from briefgen.direction import for_people
from briefgen.gui.pages.layout import Sentence
from briefgen.gui.pages.pdfium import Spot
from briefgen.gui.pages.pointing import FactPointer
from briefgen.gui.pages.scrolling import Scrolling
from briefgen.gui.pages.sight import Sight
from briefgen.gui.pages.text_choice import TextChoice

_ABOVE_A_LINK = 24
"""Pixels that are seen above the place that a link leads to."""


class PageMouse(QObject):
    """Hears of the mouse's events and has the right thing done. `ground` is what it moves over."""

    address_chosen = Signal(str)
    """The person asks for an address on the web."""
    own_words_clicked = Signal(str)
    """The person clicked what an author wrote: the field that holds it."""
    sentence_double_clicked = Signal(object)
    """The person double-clicked a fact's `Sentence`."""
    changed = Signal()
    """The mouse is over another sentence, or over other words of the author's."""

    def __init__(
        self,
        ground: QWidget,
        sight: Sight,
        scrolling: Scrolling,
        pointer: FactPointer,
        choice: TextChoice,
    ) -> None:
        super().__init__(ground)
        self._ground = ground
        self._sight = sight
        self._scrolling = scrolling
        self._pointer = pointer
        self._choice = choice
        self.hovered: Sentence | None = None
        """The sentence that the mouse is over."""
        self.hovered_field = ""
        """The field whose words the mouse is over."""
        self._pressed: tuple[QPointF, Spot] | None = None
        self._dragging = False
        ground.setMouseTracking(True)

    def forget(self) -> None:
        """Other pages come: what was begun on these is over."""
        self._set_hovered(None, "")
        self._pressed, self._dragging = None, False

    def press(self, event: QMouseEvent) -> None:
        """A button went down."""
        if event.button() == Qt.MouseButton.BackButton:
            self._scrolling.go_back()
        elif event.button() == Qt.MouseButton.LeftButton and self._sight.document is not None:
            self._scrolling.stop()
            self._pressed = (event.position(), self._sight.spot(event.position()))
            self._dragging = False

    def move(self, event: QMouseEvent) -> None:
        """The mouse moved: with the button down it chooses text."""
        point, document = event.position(), self._sight.document
        if (
            self._pressed is None
            or document is None
            or not event.buttons() & Qt.MouseButton.LeftButton
        ):
            self._hover(point)
            return
        start, spot = self._pressed
        far = (point - start).manhattanLength()
        if not self._dragging and far >= QGuiApplication.styleHints().startDragDistance():
            self._dragging = True
            self._ground.setCursor(Qt.CursorShape.IBeamCursor)
        if self._dragging:
            self._choice.choose(document.number, spot, self._sight.spot(point))

    def release(self, event: QMouseEvent) -> None:
        """A button went up: where the mouse was not dragged, that is a click."""
        if event.button() != Qt.MouseButton.LeftButton or self._pressed is None:
            return
        dragged, self._dragging, self._pressed = self._dragging, False, None
        if not dragged:
            if self._choice.boxes:
                self._choice.clear()
            self._click(event.position(), event.modifiers())
        self._hover(event.position())

    def double_click(self, event: QMouseEvent) -> None:
        """Reword the fact under the mouse, or choose the word where there is none."""
        document = self._sight.document
        if event.button() != Qt.MouseButton.LeftButton or document is None:
            return
        sentence = self._sight.sentence_at(event.position())
        if sentence is not None:
            self.sentence_double_clicked.emit(sentence)
        elif self._sight.own_words_at(event.position()) is None:  # whose field is open by now
            spot = self._sight.spot(event.position())
            self._choice.choose(document.number, spot, spot, words=True)

    def leave(self) -> None:
        """The mouse is elsewhere."""
        self._set_hovered(None, "")

    def show_tip(self, event: QHelpEvent) -> None:
        """Say where a link leads."""
        link = self._sight.link_at(QPointF(event.pos()))
        if link is not None and link.address:
            said = f"<p>{html.escape(for_people(link.address))}</p><p>Ctrl+click opens it</p>"
            QToolTip.showText(event.globalPos(), said, self._ground)
        elif self._sight.own_words_at(QPointF(event.pos())) is not None:
            QToolTip.showText(event.globalPos(), "Your own words: click to edit", self._ground)
        else:
            QToolTip.hideText()

    def _hover(self, point: QPointF) -> None:
        sentence = self._sight.sentence_at(point)
        link, own = self._sight.link_at(point), self._sight.own_words_at(point)
        over = sentence is not None or link is not None or own is not None
        shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor
        if self._ground.cursor().shape() != shape:
            self._ground.setCursor(shape)
        self._set_hovered(sentence, own.field if own is not None else "")

    def _set_hovered(self, sentence: Sentence | None, field: str) -> None:
        if sentence is not self.hovered or field != self.hovered_field:
            self.hovered, self.hovered_field = sentence, field
            self.changed.emit()

    def _click(self, point: QPointF, keys: Qt.KeyboardModifier) -> None:
        link, document = self._sight.link_at(point), self._sight.document
        if link is not None and not link.address:
            assert document is not None
            self._scrolling.follow(document.desk.down_to(link.page, link.top) - _ABOVE_A_LINK)
        elif link is not None and keys & Qt.KeyboardModifier.ControlModifier:
            self.address_chosen.emit(link.address)
        elif (own := self._sight.own_words_at(point)) is not None:
            self.own_words_clicked.emit(own.field)
        else:
            self._pointer.click(self._sight.sentence_at(point))
