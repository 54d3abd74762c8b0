"""The pages on their desk: the old ones until the new ones are drawn, scrolled and zoomed.

What can be done on the pages stands beside it: `sight` knows where things are seen, `scrolling`
moves, `pointing` marks facts, `word_search` finds, `text_choice` copies, `mouse` says what a click
does, `painting` paints.
"""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from briefgen.gui import look
from briefgen.gui.pages.document import Document
from briefgen.gui.pages.layout import hold_at, scale_to_fit, top_for
from briefgen.gui.pages.mouse import PageMouse
from briefgen.gui.pages.painting import PagePainting
from briefgen.gui.pages.pdf_thread import PdfThread, Wish
from briefgen.gui.pages.pdfium import PageLink
from briefgen.gui.pages.pointing import FactPointer
from briefgen.gui.pages.scrolling import Scrolling
from briefgen.gui.pages.sight import Sight
from briefgen.gui.pages.spoken import SpokenPages, speak
from briefgen.gui.pages.text_choice import TextChoice
from briefgen.gui.pages.word_search import WordSearch
from briefgen.gui.view_models.pages.preview import Preview
from briefgen.gui.widgets.building import wait

Fit = Literal["", "width", "page"]

PIXELS_PER_POINT = 96 / 72
"""At 100 %: a CSS pixel is 1/96 inch, a point 1/72."""
STEPS = (0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0)
"""Zoom, step by step."""
_AHEAD = 2
"""Pages that are drawn before and behind those in sight, so that scrolling finds them there."""
_SWAP_ANYWAY = 600
"""Milliseconds after which new pages take the old ones' place even if not all are drawn yet."""


class PagesView(QAbstractScrollArea):
    """Shows the pages of a `Preview`. The old ones stay until the new ones are drawn."""

    moved = Signal()
    """Another page is in sight, another zoom, or other pages."""
    failed = Signal(object)
    """An exception: the pages cannot be drawn."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thread = PdfThread(self)
        self._thread.opened.connect(self._opened)
        self._thread.drawn.connect(self._drawn)
        self._thread.failed.connect(self.failed)
        self.sight = Sight(self)
        self.scrolling = Scrolling(self)
        self.pointer = FactPointer(self.sight, self.scrolling, self)
        self.words = WordSearch(self._thread, self.sight, self.scrolling, self)
        self.choice = TextChoice(self._thread, self)
        self.mouse = PageMouse(
            self.viewport(), self.sight, self.scrolling, self.pointer, self.choice
        )
        self._painting = PagePainting(self.sight, self.pointer, self.mouse, self.words, self.choice)
        for marks in (self.pointer, self.words, self.choice, self.mouse):
            marks.changed.connect(self.viewport().update)
        self.fit: Fit = "width"
        self._scale = PIXELS_PER_POINT
        self._number = 0
        self._coming: Document | None = None
        """The pages that will be shown when they are drawn."""
        self._faded = False
        self._clears = False
        """Whether the pages that are coming are those of the brief as it is now."""
        self._by_keyboard = False
        self._swap_anyway = wait(self, _SWAP_ANYWAY, self._swap)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setAccessibleName("Pages")
        self.spoken = SpokenPages(self, self.sight, self.scrolling)
        self.pointer.changed.connect(self._say_sentence)
        self.setMinimumWidth(160)

    # --- what is shown --------------------------------------------------------------------------

    @property
    def preview(self) -> Preview | None:
        """The pages that are in sight."""
        return self.sight.document.preview if self.sight.document else None

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return len(self.sight.document.sizes) if self.sight.document else 0

    @property
    def page(self) -> int:
        """The page, from 0, that most is seen of."""
        return self.sight.main_page

    @property
    def zoom(self) -> float:
        """1.0 when an inch on paper is 96 pixels."""
        return self._scale / PIXELS_PER_POINT

    def point_of(self, fact: str, occurrence: int = 0) -> QPoint:
        """Where in the viewport a fact's sentence is seen, or would be: to point at it."""
        sentence = self.sight.sentences_of(fact)[occurrence]
        return self.sight.rect_of(self.sight.lines(sentence)[0]).center().toPoint()

    def set_preview(self, preview: Preview) -> None:
        """Show these pages as soon as those that will be in sight are drawn."""
        if self._coming is not None:
            self._thread.drop(self._coming.number)
        self._number += 1
        self._coming = Document(self._number, preview)
        self._clears = True
        self._thread.open(self._number, preview.data)

    def show_nothing(self) -> None:
        """Take the pages away: they are those of another brief."""
        if self._coming is not None:
            self._thread.drop(self._coming.number)
        self._coming = None
        self.scrolling.arrive()
        self._show(None, 0.0)
        self.moved.emit()

    def set_faded(self, faded: bool) -> None:
        """Show pages as those of an earlier brief, until others come."""
        self._clears = False
        if faded != self._faded:
            self._faded = faded
            self.viewport().update()

    def _say_sentence(self) -> None:
        """A screen reader's caret goes to the sentence that is in hand."""
        sentence = self.pointer.sentence
        if sentence is not None:
            self.spoken.put_caret_at(sentence)

    def is_settled(self) -> bool:
        """Whether all that is in sight is drawn as it should be."""
        shown = self.sight.document
        if shown is None or self._coming is not None:
            return False
        return not list(shown.missing(self.sight.pages_of(shown.desk)))

    def close_thread(self) -> None:
        """End the thread that draws."""
        self._thread.close()

    # --- new pages ------------------------------------------------------------------------------

    def _opened(self, number: int, sizes: tuple[tuple[float, float], ...]) -> None:
        coming = self._coming
        if coming is None or coming.number != number:
            return
        coming.sizes = sizes
        self._lay_out(coming)
        self._swap_anyway.start()
        self._wish()
        self._swap_if_ready()

    def _drawn(self, wish: Wish, picture: QImage, links: tuple[PageLink, ...]) -> None:
        self._thread.received(wish)
        shown = self.sight.document
        for document in (shown, self._coming):
            if document is not None and document.number == wish.document:
                document.pictures[wish.page] = picture
                document.links[wish.page] = links
                if document is shown:
                    document.throw_pictures_away(self.sight.pages_of(document.desk))
                    self.viewport().update()
        self._swap_if_ready()

    def _swap_if_ready(self) -> None:
        coming = self._coming
        if coming is not None and coming.sizes and not self._missing_of_coming(coming):
            self._swap()

    def _swap(self) -> None:
        """The new pages take the place of the old ones, and what was in sight stays there."""
        coming = self._coming
        if coming is None or not coming.sizes:
            return
        self.scrolling.arrive()
        top = self._top_of(coming)
        self._coming = None
        self._scale = coming.desk.scale
        if self._clears:
            self._faded = False
        self._show(coming, top)
        self.pointer.pages_came()
        self._wish()
        self.moved.emit()

    def _show(self, document: Document | None, top: float) -> None:
        """Show other pages from a height of their desk on, or none."""
        if self.sight.document is not None:
            self._thread.drop(self.sight.document.number)
        self._swap_anyway.stop()
        self.mouse.forget()
        self.choice.clear()
        self.sight.document = document
        self._set_ranges()
        self.verticalScrollBar().setValue(round(top))
        self.words.search_again()
        self.viewport().update()

    def _top_of(self, coming: Document) -> float:
        """Where to scroll to in the new pages."""
        shown, sight = self.sight.document, self.sight
        if shown is None:
            return 0.0
        hold = hold_at(
            shown.desk, shown.sentences, sight.top, sight.bottom, coming.sentences.of_fact
        )
        found = top_for(hold, coming.desk, coming.sentences)
        return max(0.0, min(found, coming.desk.height - sight.height))

    def _missing_of_coming(self, coming: Document) -> list[Wish]:
        return list(coming.missing(self.sight.pages_of(coming.desk, self._top_of(coming))))

    def _wish(self) -> None:
        """Have drawn what is missing: first what is in sight, or will be."""
        wishes: list[Wish] = []
        coming, shown = self._coming, self.sight.document
        if coming is not None and coming.sizes:
            wishes += self._missing_of_coming(coming)
        if shown is not None:
            seen = self.sight.pages_of(shown.desk)
            wishes += shown.missing(seen)
            if coming is None:
                wishes += shown.missing(range(seen.stop, min(seen.stop + _AHEAD, self.pages)))
                wishes += shown.missing(range(max(seen.start - _AHEAD, 0), seen.start))
        self._thread.draw(wishes)

    # --- size -----------------------------------------------------------------------------------

    def set_fit(self, fit: Fit) -> None:
        """Have the pages always as wide as there is room, or always whole in sight."""
        self.fit = fit
        if self.sight.document is not None and fit:
            self._rescale(self._scale_for(self.sight.document))
        self.moved.emit()

    def set_zoom(self, zoom: float, around: QPointF | None = None) -> None:
        """Show pages larger or smaller; what is at `around` (or in the middle) stays there."""
        zoom = max(STEPS[0], min(zoom, STEPS[-1]))
        self.fit = ""
        self._rescale(zoom * PIXELS_PER_POINT, around)
        self.moved.emit()

    def zoom_in(self) -> None:
        """One step larger."""
        self.set_zoom(next((step for step in STEPS if step > self.zoom * 1.01), STEPS[-1]))

    def zoom_out(self) -> None:
        """One step smaller."""
        self.set_zoom(next((s for s in reversed(STEPS) if s < self.zoom * 0.99), STEPS[0]))

    def _rescale(self, scale: float, around: QPointF | None = None) -> None:
        shown, sight = self.sight.document, self.sight
        self._scale = scale
        if shown is None:
            return
        self.scrolling.stop()
        at_the_top = sight.top <= 0 and around is None
        point = around if around is not None else QPointF(sight.width / 2, sight.height / 2)
        page, x, up = sight.spot(point)
        shown.lay_out(scale, sight.width, sight.ratio)
        self._set_ranges()
        down = 0.0 if at_the_top else shown.desk.down_to(page, up) - point.y()
        self.verticalScrollBar().setValue(round(down))
        across = shown.desk.sheets[page].left + x * scale - point.x()
        self.horizontalScrollBar().setValue(round(across))
        if self._coming is not None and self._coming.sizes:
            self._coming.lay_out(scale, sight.width, sight.ratio)
        self._wish()
        self.viewport().update()

    def _scale_for(self, document: Document) -> float:
        """Pixels to a point: so that the pages fit, or as large as they were made."""
        if not self.fit:
            return self._scale
        height = float(self.sight.height) if self.fit == "page" else None
        return scale_to_fit(document.sizes, self.sight.width, height)

    def _lay_out(self, document: Document) -> None:
        document.lay_out(self._scale_for(document), self.sight.width, self.sight.ratio)

    def _lay_out_all(self) -> None:
        """The room, or the device, is another: what is uppermost stays there."""
        shown = self.sight.document
        if shown is not None:
            top = self.sight.top
            page, _, up = shown.desk.spot(0.0, top)
            self._lay_out(shown)
            self._scale = shown.desk.scale
            self._set_ranges()
            y = shown.desk.down_to(page, up) if top > 0 else 0.0
            self.verticalScrollBar().setValue(round(y))
        if self._coming is not None and self._coming.sizes:
            self._lay_out(self._coming)
        self._wish()
        self.moved.emit()

    def _set_ranges(self) -> None:
        """How far the pages can be scrolled."""
        desk, sight = self.sight.document.desk if self.sight.document else None, self.sight
        for bar, length, room, step in (
            (self.verticalScrollBar(), desk.height if desk else 0.0, sight.height,
             max(12, sight.height // 16)),
            (self.horizontalScrollBar(), desk.width if desk else 0.0, sight.width, 24),
        ):  # fmt: skip
            bar.setPageStep(room)
            bar.setSingleStep(step)
            bar.setRange(0, max(0, round(length - room)))

    def go_to_page(self, page: int) -> None:
        """Bring the upper edge of a page, from 0, to the top."""
        if self.sight.document is not None:
            page = max(0, min(page, self.pages - 1))
            self.scrolling.to(self.sight.document.desk.sheets[page].top - 8.0)

    # --- the mouse ------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.mouse.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.mouse.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.mouse.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mouse.double_click(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            turned = event.angleDelta().y()
            if turned:
                self.set_zoom(self.zoom * 1.0015**turned, event.position())
            event.accept()
            return
        self.scrolling.stop()
        super().wheelEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            self.mouse.show_tip(event)
            return True
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.set_zoom(self.zoom * (1 + event.value()), event.position())
                return True
        elif event.type() == QEvent.Type.Leave:
            self.mouse.leave()
        return bool(super().viewportEvent(event))

    # --- the keyboard ---------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._lay_out_all()
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Copy)
            and self.choice.text
        ):
            event.accept()  # the chosen text, not what the menu's Copy copies
            return True
        return bool(super().event(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, keys = event.key(), event.modifiers()
        control = bool(keys & Qt.KeyboardModifier.ControlModifier)
        shift = bool(keys & Qt.KeyboardModifier.ShiftModifier)
        alt = bool(keys & Qt.KeyboardModifier.AltModifier)
        Key = Qt.Key
        if event.matches(QKeySequence.StandardKey.Copy):
            self.choice.copy()
        elif key == Key.Key_Left and alt:
            self.scrolling.go_back()
        elif key in (Key.Key_Down, Key.Key_Up) and alt:
            self.pointer.step(1 if key == Key.Key_Down else -1)
        elif key == Key.Key_Home:
            self.scrolling.to(0)
        elif key == Key.Key_End:
            self.scrolling.to(self.verticalScrollBar().maximum())
        elif key in (Key.Key_PageDown, Key.Key_PageUp) and control:
            self.go_to_page(self.page + (1 if key == Key.Key_PageDown else -1))
        elif key == Key.Key_PageDown or (key == Key.Key_Space and not shift):
            self.scrolling.by_screens(0.9)
        elif key in (Key.Key_PageUp, Key.Key_Space):
            self.scrolling.by_screens(-0.9)
        elif key == Key.Key_Escape and (self.choice.boxes or self.pointer.fact):
            self.choice.clear()
            self.pointer.clear()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        speak(self, self.spoken)
        super().showEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        speak(self, self.spoken)
        self._by_keyboard = event.reason() in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
            Qt.FocusReason.ShortcutFocusReason,
        )
        self.viewport().update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.viewport().update()
        super().focusOutEvent(event)

    # --- what Qt tells --------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out_all()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self._wish()
        self.viewport().update()
        self.moved.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self.viewport()) as painter:
            painter.fillRect(event.rect(), look.colour("desk"))
            self._painting.paint(painter, faded=self._faded)
            if self._by_keyboard and self.hasFocus():
                painter.setPen(look.colour("accent"))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(self.viewport().rect().adjusted(0, 0, -1, -1))
