"""The pages on their desk: scrolled, zoomed, pointed at, read."""

from __future__ import annotations

import html
import time
from collections.abc import Iterator, Mapping
from typing import Literal

from PySide6.QtCore import (
    QEasingCurve,
    QEvent,
    QPoint,
    QPointF,
    QPropertyAnimation,
    QRectF,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QGuiApplication,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip, QWidget

from briefgen.gui import look
from briefgen.gui.pages.layout import (
    Desk,
    Sentence,
    Sentences,
    Sheet,
    boxes_by_page,
    hold_at,
    scale_to_fit,
    top_for,
)
from briefgen.gui.pages.painter import Painter, Wish
from briefgen.gui.pages.pdfium import Box, Chosen, Hit, PageLink, Spot
from briefgen.gui.view_models.pages.preview import Preview

Fit = Literal["", "width", "page"]

PIXELS_PER_POINT = 96 / 72
"""At 100 %: a CSS pixel is 1/96 inch, a point 1/72."""
STEPS = (0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0)
"""Zoom, step by step."""
_WIDEST_PICTURE = 4000
"""Device pixels: a wider page is drawn so wide and stretched."""
_MOST_BYTES = 128 * 2**20
"""What pictures may take. Those in sight stay in any case."""
_AHEAD = 2
"""Pages that are drawn before and behind those in sight, so that scrolling finds them there."""
_SWAP_ANYWAY = 600
"""Milliseconds after which new pages take the old ones' place even if not all are drawn yet."""
_JUST_NOW = 5.0
"""Seconds in which a fact that was pointed at and stood nowhere is shown when it comes."""


class _Document:
    """Pages that are shown, or about to be."""

    def __init__(self, number: int, preview: Preview) -> None:
        self.number = number
        self.preview = preview
        self.sentences = Sentences(preview.places)
        self.sizes: tuple[tuple[float, float], ...] = ()
        self.desk = Desk((), 1.0, 0.0)
        self.pictures: dict[int, QImage] = {}
        self.links: dict[int, tuple[PageLink, ...]] = {}


class PagesView(QAbstractScrollArea):
    """Shows the pages of a `Preview`. The old ones stay until the new ones are drawn."""

    moved = Signal()
    """Another page is in sight, another zoom, or other pages."""
    pointed = Signal(str)
    """The person clicked a sentence: its fact's id."""
    address_chosen = Signal(str)
    """The person asks for an address on the web."""
    searched = Signal()
    """More was found, or another hit is the current one."""
    missed = Signal()
    """A fact was pointed at that stands on none of the pages."""
    failed = Signal(object)
    """An exception: the pages cannot be drawn."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.painter = Painter(self)
        self.painter.opened.connect(self._opened)
        self.painter.drawn.connect(self._drawn)
        self.painter.found.connect(self._found)
        self.painter.chosen.connect(self._chose)
        self.painter.failed.connect(self.failed)
        self.fit: Fit = "width"
        self._scale = PIXELS_PER_POINT
        self._number = 0
        self._shown: _Document | None = None
        self._coming: _Document | None = None
        self._faded = False
        self._clears = False
        """Whether the pages that are coming are those of the brief as it is now."""
        self._pointed = ""
        self._place = 0
        self._missed: tuple[str, float] = ("", 0.0)
        self._hovered: Sentence | None = None
        self._chosen: Mapping[int, list[Box]] = {}
        self._chosen_text = ""
        self._choices = 0
        self._pressed: tuple[QPointF, Spot] | None = None
        self._dragging = False
        self._searches = 0
        self._words = ""
        self._searching = False
        self.hits: list[Hit] = []
        self.hit = -1
        self._hits_on: dict[int, list[int]] = {}
        self._back: list[float] = []
        self._by_keyboard = False
        self._swap_anyway = QTimer(self, singleShot=True, interval=_SWAP_ANYWAY)
        self._swap_anyway.timeout.connect(self._swap)
        self._glide = QPropertyAnimation(self.verticalScrollBar(), b"value", self)
        self._glide.setDuration(180)
        self._glide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName("Pages")
        self.setMinimumWidth(160)

    # --- what is shown --------------------------------------------------------------------------

    @property
    def preview(self) -> Preview | None:
        """The pages that are in sight."""
        return self._shown.preview if self._shown else None

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return len(self._shown.sizes) if self._shown else 0

    @property
    def page(self) -> int:
        """The page, from 0, that most is seen of."""
        return self._shown.desk.main_page(*self._seen()) if self._shown else 0

    @property
    def zoom(self) -> float:
        """1.0 when an inch on paper is 96 pixels."""
        return self._scale / PIXELS_PER_POINT

    @property
    def chosen_text(self) -> str:
        """What was chosen with the mouse."""
        return self._chosen_text

    def set_preview(self, preview: Preview) -> None:
        """Show these pages as soon as those that will be in sight are drawn."""
        if self._coming is not None:
            self.painter.drop(self._coming.number)
        self._number += 1
        self._coming = _Document(self._number, preview)
        self._clears = True
        self.painter.open(self._number, preview.data)

    def show_nothing(self) -> None:
        """Take the pages away: they are those of another brief."""
        for document in (self._coming, self._shown):
            if document is not None:
                self.painter.drop(document.number)
        self._coming = self._shown = None
        self._swap_anyway.stop()
        self._glide.stop()
        self._hovered = None
        self._chosen, self._chosen_text = {}, ""
        self._pressed, self._dragging = None, False
        self._back.clear()
        self._set_ranges()
        self._search_again()
        self.viewport().update()
        self.moved.emit()

    def set_faded(self, faded: bool) -> None:
        """Show pages as those of an earlier brief, until others come."""
        self._clears = False
        if faded != self._faded:
            self._faded = faded
            self.viewport().update()

    def is_settled(self) -> bool:
        """Whether all that is in sight is drawn as it should be."""
        shown = self._shown
        return (
            shown is not None
            and self._coming is None
            and not any(True for _ in self._missing(shown, self._in_sight(shown.desk)))
        )

    def close_painter(self) -> None:
        """End the thread that draws."""
        self.painter.close()

    def _opened(self, number: int, sizes: tuple[tuple[float, float], ...]) -> None:
        coming = self._coming
        if coming is None or coming.number != number:
            return
        coming.sizes = sizes
        coming.desk = self._desk(coming, self._fitting(coming) if self.fit else self._scale)
        self._swap_anyway.start()
        self._wish()
        self._swap_if_ready()

    def _drawn(self, wish: Wish, picture: QImage, links: tuple[PageLink, ...]) -> None:
        self.painter.received(wish)
        for document in (self._shown, self._coming):
            if document is not None and document.number == wish.document:
                document.pictures[wish.page] = picture
                document.links[wish.page] = links
                if document is self._shown:
                    self._throw_away(document)
                    self.viewport().update()
        self._swap_if_ready()

    def _swap_if_ready(self) -> None:
        coming = self._coming
        if coming is None or not coming.sizes:
            return
        missing = list(self._missing(coming, self._in_sight(coming.desk, self._top_of(coming))))
        if not missing:
            self._swap()

    def _swap(self) -> None:
        """The new pages take the place of the old ones, and what was in sight stays there."""
        coming, shown = self._coming, self._shown
        if coming is None or not coming.sizes:
            return
        self._swap_anyway.stop()
        if self._glide.state() == QPropertyAnimation.State.Running:
            end = int(self._glide.endValue())
            self._glide.stop()
            self.verticalScrollBar().setValue(end)
        top = self._top_of(coming)
        self._coming, self._shown = None, coming
        self._scale = coming.desk.scale
        if shown is not None:
            self.painter.drop(shown.number)
        if self._clears:
            self._faded = False
        self._hovered = None
        self._chosen, self._chosen_text = {}, ""
        self._pressed, self._dragging = None, False
        self._back.clear()
        self._set_ranges()
        self.verticalScrollBar().setValue(round(top))
        self._search_again()
        fact, when = self._missed
        if fact and fact in coming.sentences.of_fact and time.monotonic() - when < _JUST_NOW:
            self._missed = ("", 0.0)
            self._show_place(0)
        self._wish()
        self.viewport().update()
        self.moved.emit()

    def _top_of(self, coming: _Document) -> float:
        """Where to scroll to in the new pages."""
        shown = self._shown
        if shown is None or not shown.sizes:
            return 0.0
        top, bottom = self._seen()
        hold = hold_at(shown.desk, shown.sentences, top, bottom, coming.sentences.of_fact)
        found = top_for(hold, coming.desk, coming.sentences)
        return max(0.0, min(found, coming.desk.height - self.viewport().height()))

    # --- where things are -----------------------------------------------------------------------

    def _ratio(self) -> float:
        return float(self.viewport().devicePixelRatioF())

    def _desk(self, document: _Document, scale: float) -> Desk:
        return Desk(document.sizes, scale, self.viewport().width(), self._ratio())

    def _fitting(self, document: _Document) -> float:
        room = self.viewport()
        height = float(room.height()) if self.fit == "page" else None
        return scale_to_fit(document.sizes, room.width(), height)

    def _seen(self) -> tuple[float, float]:
        top = float(self.verticalScrollBar().value())
        return top, top + self.viewport().height()

    def _in_sight(self, desk: Desk, top: float | None = None) -> range:
        if top is None:
            top = self._seen()[0]
        return desk.pages_between(top, top + self.viewport().height())

    def _set_ranges(self) -> None:
        shown, room = self._shown, self.viewport()
        height = shown.desk.height if shown else 0.0
        width = shown.desk.width if shown else 0.0
        up, across = self.verticalScrollBar(), self.horizontalScrollBar()
        up.setPageStep(room.height())
        up.setSingleStep(max(12, room.height() // 16))
        up.setRange(0, max(0, round(height - room.height())))
        across.setPageStep(room.width())
        across.setSingleStep(24)
        across.setRange(0, max(0, round(width - room.width())))

    def _on_desk(self, point: QPointF) -> tuple[float, float]:
        return (
            point.x() + self.horizontalScrollBar().value(),
            point.y() + self.verticalScrollBar().value(),
        )

    def _spot(self, point: QPointF) -> Spot:
        assert self._shown is not None
        return self._shown.desk.spot(*self._on_desk(point))

    def _place_on_screen(self, sheet: Sheet) -> QRectF:
        return QRectF(
            sheet.left - self.horizontalScrollBar().value(),
            sheet.top - self.verticalScrollBar().value(),
            sheet.width,
            sheet.height,
        )

    # --- pictures -------------------------------------------------------------------------------

    def _width_of(self, document: _Document, page: int) -> int:
        """How wide a page's picture should be, in device pixels."""
        width = document.desk.sheets[page].width * self._ratio()
        return min(_WIDEST_PICTURE, max(1, round(width)))

    def _missing(self, document: _Document, pages: range) -> Iterator[Wish]:
        for page in pages:
            width = self._width_of(document, page)
            picture = document.pictures.get(page)
            if picture is None or picture.width() != width:
                yield Wish(document.number, page, width)

    def _wish(self) -> None:
        """Have drawn what is missing: first what is in sight, or will be."""
        wishes: list[Wish] = []
        coming, shown = self._coming, self._shown
        if coming is not None and coming.sizes:
            wishes += self._missing(coming, self._in_sight(coming.desk, self._top_of(coming)))
        if shown is not None:
            seen = self._in_sight(shown.desk)
            wishes += self._missing(shown, seen)
            if coming is None:
                behind = range(seen.stop, min(seen.stop + _AHEAD, len(shown.sizes)))
                before = range(max(seen.start - _AHEAD, 0), seen.start)
                wishes += self._missing(shown, behind)
                wishes += self._missing(shown, before)
        self.painter.draw(wishes)

    def _throw_away(self, document: _Document) -> None:
        """Let go of the pictures that are farthest away, when there are too many."""
        total = sum(picture.sizeInBytes() for picture in document.pictures.values())
        if total <= _MOST_BYTES:
            return
        seen = self._in_sight(document.desk)
        for page in sorted(document.pictures, key=lambda page: -abs(page - seen.start)):
            if total <= _MOST_BYTES:
                break
            if page not in seen:
                total -= document.pictures.pop(page).sizeInBytes()

    # --- zoom and travel ------------------------------------------------------------------------

    def set_fit(self, fit: Fit) -> None:
        """Have the pages always as wide as there is room, or always whole in sight."""
        self.fit = fit
        if self._shown is not None and fit:
            self._rescale(self._fitting(self._shown))
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
        shown = self._shown
        if shown is None:
            self._scale = scale
            return
        self._glide.stop()
        top = self._seen()[0]
        middle = QPointF(self.viewport().width() / 2, self.viewport().height() / 2)
        point = around if around is not None else middle
        page, x, up = self._spot(point)
        self._scale = scale
        shown.desk = self._desk(shown, scale)
        self._set_ranges()
        if top <= 0 and around is None:
            self.verticalScrollBar().setValue(0)
        else:
            self.verticalScrollBar().setValue(round(shown.desk.down_to(page, up) - point.y()))
        across = shown.desk.sheets[page].left + x * scale - point.x()
        self.horizontalScrollBar().setValue(round(across))
        if self._coming is not None and self._coming.sizes:
            self._coming.desk = self._desk(self._coming, scale)
        self._wish()
        self.viewport().update()

    def go_to_page(self, page: int) -> None:
        """Bring the upper edge of a page, from 0, to the top."""
        if self._shown is not None and self.pages:
            page = max(0, min(page, self.pages - 1))
            self._travel(self._shown.desk.sheets[page].top - 8.0)

    def _travel(self, y: float) -> None:
        """Scroll so that what is at `y` comes to the top: gently, where it is near."""
        bar = self.verticalScrollBar()
        target = max(0, min(round(y), bar.maximum()))
        self._glide.stop()
        room = self.viewport().height()
        if abs(target - bar.value()) > 2 * room:
            bar.setValue(target + (room // 3 if target < bar.value() else -room // 3))
        self._glide.setStartValue(bar.value())
        self._glide.setEndValue(target)
        self._glide.start()

    def _jump(self, y: float) -> None:
        """As `_travel`, with a way back."""
        self._back.append(self._seen()[0])
        self._travel(y)

    def go_back(self) -> None:
        """Return to where the last link was followed."""
        if self._back:
            self._travel(self._back.pop())

    # --- facts ----------------------------------------------------------------------------------

    @property
    def pointed_fact(self) -> str:
        """The fact whose sentences are marked."""
        return self._pointed

    def show_fact(self, fact: str) -> None:
        """Mark a fact's sentences, and bring one into sight; the same fact again: the next."""
        again = fact == self._pointed
        self._pointed = fact
        self._missed = ("", 0.0)
        sentences = self._sentences_of(fact)
        self.viewport().update()
        if not sentences:
            self._missed = (fact, time.monotonic())
            if self._shown is not None:
                self.missed.emit()
        elif again and len(sentences) > 1:
            self._show_place(self._place + 1)
        else:
            seen = [n for n, sentence in enumerate(sentences) if self._is_in_sight(sentence)]
            if seen:
                self._place = seen[0]
            else:
                self._show_place(0)

    def next_place(self) -> None:
        """Bring the next sentence of the marked fact into sight."""
        if self._sentences_of(self._pointed):
            self._show_place(self._place + 1)

    def clear_pointed(self) -> None:
        """Mark no fact."""
        self._pointed, self._missed = "", ("", 0.0)
        self.viewport().update()

    def step_sentence(self, step: int) -> None:
        """Point at the next or previous sentence in reading order."""
        if self._shown is None or not self._shown.sentences.all:
            return
        everything = self._shown.sentences.all
        mine = self._sentences_of(self._pointed)
        if mine:
            current = everything.index(mine[self._place % len(mine)])
            number = max(0, min(current + step, len(everything) - 1))
        else:
            seen = (n for n, sentence in enumerate(everything) if self._is_in_sight(sentence))
            number = next(seen, 0)
        self._point(everything[number])
        if not self._is_in_sight(everything[number]):
            self._show_place(self._place)

    def _sentences_of(self, fact: str) -> list[Sentence]:
        return self._shown.sentences.of_fact.get(fact, []) if self._shown else []

    def _point(self, sentence: Sentence) -> None:
        """The person pointed at this sentence here."""
        self._pointed = sentence.fact
        self._place = self._sentences_of(sentence.fact).index(sentence)
        self.viewport().update()
        self.pointed.emit(sentence.fact)

    def _lines(self, sentence: Sentence) -> list[Sheet]:
        assert self._shown is not None
        return [
            self._shown.desk.box(place.page, (place.left, place.bottom, place.right, place.top))
            for place in sentence.places
        ]

    def _is_in_sight(self, sentence: Sentence) -> bool:
        top, bottom = self._seen()
        first = self._lines(sentence)[0]
        return top <= first.top and first.bottom <= bottom

    def _show_place(self, place: int) -> None:
        sentences = self._sentences_of(self._pointed)
        self._place = place % len(sentences)
        if not self._is_in_sight(sentences[self._place]):
            first = self._lines(sentences[self._place])[0]
            self._travel(first.top - self.viewport().height() / 3)
        self.viewport().update()

    # --- search ---------------------------------------------------------------------------------

    @property
    def searching(self) -> bool:
        """Whether more may be found yet."""
        return self._searching

    def search(self, words: str) -> None:
        """Mark all places where `words` stand; nothing marks nothing."""
        self._words = words.strip()
        self._search_again()
        self.hit = -1
        self.viewport().update()
        self.searched.emit()

    def _search_again(self) -> None:
        self._searches += 1
        self.hits, self._hits_on = [], {}
        self._searching = bool(self._words and self._shown)
        self.painter.find(self._searches, self._shown.number if self._shown else 0, self._words)

    def _found(self, search: int, hits: tuple[Hit, ...], last: bool) -> None:
        if search != self._searches:
            return
        for hit in hits:
            self._hits_on.setdefault(hit.page, []).append(len(self.hits))
            self.hits.append(hit)
        if last:
            self._searching = False
        if self.hit < 0 and self.hits and (last or self.hits[-1].page >= self.page):
            # Reading goes on from here: the first hit that is not above what is in sight.
            top = self._seen()[0]
            near = (n for n, hit in enumerate(self.hits) if self._hit_top(hit) >= top)
            number = next(near, 0 if last else -1)
            if number >= 0:
                self.go_to_hit(number)
        self.hit = min(self.hit, len(self.hits) - 1) if last else self.hit
        self.viewport().update()
        self.searched.emit()

    def _hit_top(self, hit: Hit) -> float:
        assert self._shown is not None
        return self._shown.desk.box(hit.page, hit.boxes[0]).top if hit.boxes else 0.0

    def go_to_hit(self, number: int) -> None:
        """Bring a hit into sight; numbers go round."""
        if not self.hits:
            return
        self.hit = number % len(self.hits)
        y = self._hit_top(self.hits[self.hit])
        top, bottom = self._seen()
        if not top + 40 <= y <= bottom - 40:
            self._travel(y - self.viewport().height() / 3)
        self.viewport().update()
        self.searched.emit()

    # --- choosing text --------------------------------------------------------------------------

    def copy(self) -> bool:
        """Put the chosen text on the clipboard. Whether there was any."""
        if self._chosen_text:
            QGuiApplication.clipboard().setText(self._chosen_text)
        return bool(self._chosen_text)

    def clear_choice(self) -> None:
        """Choose nothing."""
        self._choices += 1
        self._chosen, self._chosen_text = {}, ""
        self.viewport().update()

    def _choose(self, start: Spot, end: Spot, *, words: bool = False) -> None:
        assert self._shown is not None
        self._choices += 1
        self.painter.choose(self._choices, self._shown.number, start, end, words=words)

    def _chose(self, number: int, chosen: Chosen) -> None:
        if number == self._choices:
            self._chosen, self._chosen_text = boxes_by_page(chosen.boxes), chosen.text
            self.viewport().update()

    # --- the mouse ------------------------------------------------------------------------------

    def _link_at(self, point: QPointF) -> PageLink | None:
        if self._shown is None or not self._shown.sizes:
            return None
        page, x, y = self._spot(point)
        for link in self._shown.links.get(page, ()):
            left, bottom, right, top = link.box
            if left <= x <= right and bottom <= y <= top:
                return link
        return None

    def _sentence_at(self, point: QPointF) -> Sentence | None:
        if self._shown is None or not self._shown.sizes:
            return None
        return self._shown.sentences.at(*self._spot(point))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.BackButton:
            self.go_back()
        elif event.button() == Qt.MouseButton.LeftButton and self._shown and self._shown.sizes:
            self._glide.stop()
            self._pressed = (event.position(), self._spot(event.position()))
            self._dragging = False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position()
        if self._pressed is not None and event.buttons() & Qt.MouseButton.LeftButton:
            far = (point - self._pressed[0]).manhattanLength()
            if not self._dragging and far >= QGuiApplication.styleHints().startDragDistance():
                self._dragging = True
                self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
            if self._dragging:
                self._choose(self._pressed[1], self._spot(point))
            return
        self._hover(point)

    def _hover(self, point: QPointF) -> None:
        sentence = self._sentence_at(point)
        over = sentence is not None or self._link_at(point) is not None
        shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor
        if self.viewport().cursor().shape() != shape:
            self.viewport().setCursor(shape)
        if sentence is not self._hovered:
            self._hovered = sentence
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._pressed is None:
            return
        dragged, self._dragging, self._pressed = self._dragging, False, None
        if not dragged:
            if self._chosen:
                self.clear_choice()
            self._click(event.position(), event.modifiers())
        self._hover(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._shown and self._shown.sizes:
            spot = self._spot(event.position())
            self._choose(spot, spot, words=True)

    def _click(self, point: QPointF, keys: Qt.KeyboardModifier) -> None:
        link = self._link_at(point)
        if link is not None and not link.address:
            assert self._shown is not None
            self._jump(self._shown.desk.down_to(link.page, link.top) - 24)
            return
        if link is not None and keys & Qt.KeyboardModifier.ControlModifier:
            self.address_chosen.emit(link.address)
            return
        sentence = self._sentence_at(point)
        if sentence is None:
            self.clear_pointed()
        elif sentence.fact == self._pointed and len(self._sentences_of(sentence.fact)) > 1:
            # Again on the same sentence leads on to where the fact stands besides.
            here = self._sentences_of(sentence.fact).index(sentence)
            if here == self._place:
                self._show_place(here + 1)
            else:
                self._point(sentence)
        else:
            self._point(sentence)

    def leaveEvent(self, event: QEvent) -> None:
        if self._hovered is not None:
            self._hovered = None
            self.viewport().update()
        super().leaveEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            turned = event.angleDelta().y()
            if turned:
                self.set_zoom(self.zoom * 1.0015**turned, event.position())
            event.accept()
            return
        self._glide.stop()
        super().wheelEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            link = self._link_at(QPointF(event.pos()))
            if link is not None and link.address:
                said = f"<p>{html.escape(link.address)}</p><p>Ctrl+click opens it</p>"
                QToolTip.showText(event.globalPos(), said, self.viewport())
            else:
                QToolTip.hideText()
            return True
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.set_zoom(self.zoom * (1 + event.value()), event.position())
                return True
        elif event.type() == QEvent.Type.Leave:
            self.leaveEvent(event)
        return bool(super().viewportEvent(event))

    # --- the keyboard ---------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._refit_all()
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Copy)
            and self._chosen_text
        ):
            event.accept()  # the chosen text, not what the menu's Copy copies
            return True
        return bool(super().event(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, keys = event.key(), event.modifiers()
        control = bool(keys & Qt.KeyboardModifier.ControlModifier)
        shift = bool(keys & Qt.KeyboardModifier.ShiftModifier)
        alt = bool(keys & Qt.KeyboardModifier.AltModifier)
        bar = self.verticalScrollBar()
        Key = Qt.Key
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif key == Key.Key_Left and alt:
            self.go_back()
        elif key in (Key.Key_Down, Key.Key_Up) and alt:
            self.step_sentence(1 if key == Key.Key_Down else -1)
        elif key == Key.Key_Home:
            self._travel(0)
        elif key == Key.Key_End:
            self._travel(bar.maximum())
        elif key in (Key.Key_PageDown, Key.Key_PageUp) and control:
            self.go_to_page(self.page + (1 if key == Key.Key_PageDown else -1))
        elif key == Key.Key_PageDown or (key == Key.Key_Space and not shift):
            self._travel(bar.value() + self.viewport().height() * 0.9)
        elif key in (Key.Key_PageUp, Key.Key_Space):
            self._travel(bar.value() - self.viewport().height() * 0.9)
        elif key == Key.Key_Escape and (self._chosen or self._pointed):
            self.clear_choice()
            self.clear_pointed()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
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

    # --- size and paint -------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._refit_all()

    def _refit_all(self) -> None:
        for document in (self._shown, self._coming):
            if document is not None and document.sizes:
                self._refit(document)
        self._wish()
        self.moved.emit()

    def _refit(self, document: _Document) -> None:
        scale = self._fitting(document) if self.fit else self._scale
        if document is self._shown:
            top = self._seen()[0]
            page, _, up = document.desk.spot(0.0, top)
            document.desk = self._desk(document, scale)
            self._scale = scale
            self._set_ranges()
            y = document.desk.down_to(page, up) if top > 0 else 0.0
            self.verticalScrollBar().setValue(round(y))
        else:
            document.desk = self._desk(document, scale)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self._wish()
        self.viewport().update()
        self.moved.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self.viewport()) as painter:
            painter.fillRect(event.rect(), look.colour("desk"))
            shown = self._shown
            if shown is not None:
                for page in self._in_sight(shown.desk):
                    self._paint_page(painter, shown, page)
            if self._by_keyboard and self.hasFocus():
                painter.setPen(look.colour("accent"))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(self.viewport().rect().adjusted(0, 0, -1, -1))

    def _paint_page(self, painter: QPainter, document: _Document, page: int) -> None:
        place = self._place_on_screen(document.desk.sheets[page])
        painter.setPen(Qt.PenStyle.NoPen)
        for spread, down, strength in ((3.0, 2.0, 8), (1.5, 1.0, 14), (0.5, 0.5, 26)):
            painter.setBrush(QColor(0, 0, 0, strength))
            painter.drawRoundedRect(
                place.adjusted(-spread, -spread + down, spread, spread + down), 2.0, 2.0
            )
        picture = document.pictures.get(page)
        if picture is None:
            painter.fillRect(place, Qt.GlobalColor.white)
        elif picture.width() == round(place.width() * self._ratio()):
            picture.setDevicePixelRatio(self._ratio())
            painter.drawImage(place.topLeft(), picture)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(place, picture, QRectF(picture.rect()))
        self._paint_marks(painter, document, page)
        if self._faded:
            veil = look.colour("desk")
            veil.setAlpha(165)
            painter.fillRect(place, veil)

    def _paint_marks(self, painter: QPainter, document: _Document, page: int) -> None:
        """What is marked on a page. Pages are white by day and by night, and so are the marks."""
        light = look.LIGHT
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        for number in self._hits_on.get(page, ()):
            for box in self.hits[number].boxes:
                painter.fillRect(self._marked(document, page, box), QColor(light.mark))
        chosen = QColor("#bcd9ea")
        for box in self._chosen.get(page, ()):
            painter.fillRect(self._marked(document, page, box, 1.0), chosen)
        hovered, accent = self._hovered, QColor(light.accent)
        outlined: list[QRectF] = []
        for line, sentence in document.sentences.on((page,)):
            is_pointed = line.fact == self._pointed
            if is_pointed or sentence is hovered:
                box = (line.left - 2.0, line.bottom, line.right + 1.5, line.top)
                place = self._marked(document, page, box, 0.0)
                painter.fillRect(place, QColor("#dcebf5" if is_pointed else "#eef5fa"))
                if is_pointed:
                    outlined.append(place)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        for place in outlined:
            painter.fillRect(QRectF(place.left() - 2.0, place.top(), 2.0, place.height()), accent)
        if 0 <= self.hit < len(self.hits) and self.hits[self.hit].page == page:
            painter.setPen(accent)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for box in self.hits[self.hit].boxes:
                painter.drawRect(self._marked(document, page, box, 1.0))

    def _marked(self, document: _Document, page: int, box: Box, wider: float = 0.5) -> QRectF:
        place = self._place_on_screen(document.desk.box(page, box))
        return place.adjusted(-wider, -wider, wider, wider)

    def point_of(self, fact: str, occurrence: int = 0) -> QPoint:
        """Where in the viewport a fact's sentence is seen, or would be: to point at it."""
        sentence = self._sentences_of(fact)[occurrence]
        return self._place_on_screen(self._lines(sentence)[0]).center().toPoint()
