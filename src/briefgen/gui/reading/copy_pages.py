"""The pages of a saved PDF as pictures: all that there is of a scan.

They are drawn by a process of their own, one at a time: those in sight first, then what is next to
them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from briefgen.capture.page_pictures import PagePictures
from briefgen.gui import background, faults, look
from briefgen.gui.editing.fields import note
from briefgen.gui.view_models.words import as_sentence
from briefgen.gui.widgets.building import wait

_GAP = 12
_KEPT = 8
"""Pictures of pages that are kept: those in sight, and what was a moment ago."""
_TALLEST = 30_000
"""Pixels: a page that would be taller is shown narrower. Qt paints to 32,767."""
_UNKNOWN = (595.0, 842.0)
"""A page whose size cannot be told is shown as large as A4."""


@dataclass(frozen=True)
class _Job:
    """What a thread asks the process: a page in so many pixels, or the sizes of all."""

    document: PagePictures
    page: int | None = None
    pixels: tuple[int, int] = (0, 0)

    def work(self, say: Callable[[str], None]) -> _Come:
        """Ask it. It holds nothing of the window, and so is no reason for widgets to stay."""
        try:
            if self.page is None:
                return _Come(self, sizes=self.document.sizes())
            across, up, rows = self.document.draw(self.page, *self.pixels)
        except Exception as error:
            return _Come(self, error=error)
        image = QImage(rows, across, up, 4 * across, QImage.Format.Format_RGB32)
        return _Come(self, picture=image.copy())  # that one lies in `rows`


@dataclass(frozen=True)
class _Come:
    """What came of a job."""

    job: _Job
    sizes: tuple[tuple[float, float], ...] = ()
    picture: QImage | None = None
    error: Exception | None = None


class CopyPages(QScrollArea):
    """One page below the other, as wide as there is room; drawn when they come into sight."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Pages of the saved copy")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.document: PagePictures | None = None
        self.sizes: tuple[tuple[float, float], ...] = ()
        """Width and height of each page, in points."""
        self.pages: list[_Page] = []
        self.fault = ""
        """Why the pages are not shown; a page's own fault stands on it."""
        self._is_asked = False
        self._is_drawing = False
        self._wanted = 1
        """The page to show once there are pages."""
        self._later = wait(self, 0, self._settle)

    def show_document(self, data: bytes) -> None:
        """Show a PDF from its first page, as soon as it is in sight itself."""
        self.close_document()
        self.document = PagePictures(data)
        self.destroyed.connect(self.document.close)
        self._is_asked = False
        self._wanted = 1
        if self.isVisible():
            self._ask()

    def close_document(self) -> None:
        """Let go of it."""
        if self.document is not None:
            self.document.close()
            self.document = None
        self.sizes, self.pages, self.fault = (), [], ""
        self._is_drawing = False
        if self.widget() is not None:
            self.setWidget(QWidget())  # the one before goes with its pages

    def page_in_sight(self) -> int:
        """The number, from 1, of the page in the middle of what is seen."""
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        above = [page for page in self.pages if page.y() <= middle]
        return above[-1].number + 1 if above else self._wanted

    def show_page(self, number: int) -> None:
        """Bring a page, from 1, to the top; where there are none yet, once they are there."""
        if not self.pages:
            self._wanted = number
        elif 0 < number <= len(self.pages):
            self.verticalScrollBar().setValue(self.pages[number - 1].y() - _GAP)

    def draw_next(self) -> None:
        """Have the most urgent picture drawn that is missing, if none is being drawn."""
        document = self.document
        if document is None or self._is_drawing or not self.pages:
            return
        page = next((page for page in self._near() if page.needs_picture), None)
        if page is not None:
            self._start(_Job(document, page.number, page.pixels))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    # --- what comes from the process ------------------------------------------------------------

    def _ask(self) -> None:
        """Ask for the sizes of the pages, once."""
        document = self.document
        if document is not None and not self._is_asked:
            self._is_asked = True
            self._start(_Job(document))

    def _start(self, job: _Job) -> None:
        self._is_drawing = True
        background.start(self, job.work, self._take, _raise)

    def _take(self, come: _Come) -> None:
        """Take what came of a job; that of a document which was open before is nobody's."""
        job = come.job
        if self.document is not job.document:
            return
        self._is_drawing = False
        if job.page is None:
            if come.error is not None:
                self._show_fault(come.error)
            else:
                self._take_sizes(come.sizes)
        elif come.error is not None:
            self.pages[job.page].tell(as_sentence(faults.sentence(come.error)))
        else:
            self._take_picture(self.pages[job.page], come.picture, job.pixels)
        self.draw_next()

    def _take_sizes(self, sizes: tuple[tuple[float, float], ...]) -> None:
        self.sizes = tuple(size if min(size) > 0 else _UNKNOWN for size in sizes)
        self.pages = [_Page(self, number) for number in range(len(sizes))]
        self._fit()
        self._show(self.pages, Qt.AlignmentFlag.AlignHCenter)
        self._later.start()

    def _settle(self) -> None:
        """The pages have their places only now."""
        self.show_page(self._wanted)

    def _show_fault(self, error: BaseException) -> None:
        self.fault = as_sentence(faults.sentence(error))
        told = note()
        told.setText(self.fault)
        self._show([told], Qt.AlignmentFlag(0))

    def _take_picture(
        self, page: _Page, picture: QImage | None, drawn_for: tuple[int, int]
    ) -> None:
        page.take(picture, drawn_for)
        near = self._near()
        kept = [one for one in self.pages if one.picture is not None]
        far = [one for one in kept if one not in near]
        for one in far[: max(0, len(kept) - _KEPT)]:
            one.picture = None

    # --- places ---------------------------------------------------------------------------------

    def _show(self, widgets: Sequence[QWidget], alignment: Qt.AlignmentFlag) -> None:
        desk = QWidget()
        desk.setObjectName("pages")
        desk.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout = QVBoxLayout(desk)
        layout.setContentsMargins(_GAP, _GAP, _GAP, _GAP)
        layout.setSpacing(_GAP)
        for widget in widgets:
            layout.addWidget(widget, 0, alignment)
        layout.addStretch(1)
        self.setWidget(desk)

    def _near(self) -> list[_Page]:
        """The pages in sight, then the one after them and the one before."""
        top = self.verticalScrollBar().value()
        end = top + self.viewport().height()
        first = bisect_left(self.pages, top, key=lambda page: page.geometry().bottom())
        after = bisect_left(self.pages, end, lo=first, key=lambda page: page.y())
        before = self.pages[max(first - 1, 0) : first]
        return [*self.pages[first : after + 1], *before]

    def _fit(self) -> None:
        room = max(self.viewport().width() - 2 * _GAP, 50)
        for page, (across, up) in zip(self.pages, self.sizes, strict=True):
            width = max(1, min(room, int(_TALLEST * across / up)))
            page.setFixedSize(QSize(width, max(1, round(width * up / across))))


class _Page(QWidget):
    """One page."""

    def __init__(self, pages: CopyPages, number: int) -> None:
        super().__init__()
        self._pages = pages
        self.number = number
        self.picture: QImage | None = None
        self._drawn_for = (0, 0)
        self.told = ""
        """Why it has no picture."""
        self.setAccessibleName(f"Page {number + 1}")

    @property
    def pixels(self) -> tuple[int, int]:
        """How many pixels of the screen it takes, across and down."""
        ratio = self.devicePixelRatioF()
        return max(1, round(self.width() * ratio)), max(1, round(self.height() * ratio))

    @property
    def needs_picture(self) -> bool:
        """Whether it has none of its size, and may have one."""
        return not self.told and (self.picture is None or self._drawn_for != self.pixels)

    def take(self, picture: QImage | None, drawn_for: tuple[int, int]) -> None:
        """Its picture has come, drawn for so many pixels."""
        self.picture, self._drawn_for = picture, drawn_for
        self.update()

    def tell(self, fault: str) -> None:
        """There will be no picture; it says why."""
        self.picture, self.told = None, fault
        self.setAccessibleDescription(fault)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            if self.picture is not None:
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                painter.drawImage(self.rect(), self.picture)
            else:
                painter.fillRect(self.rect(), Qt.GlobalColor.white)
            if self.told:
                painter.setPen(Qt.GlobalColor.black)
                where = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
                painter.drawText(self.rect().adjusted(24, 48, -24, -24), where, self.told)
            painter.setPen(look.colour("faint"))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        self._pages.draw_next()


def _raise(error: BaseException) -> None:
    raise error
