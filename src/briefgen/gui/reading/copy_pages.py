"""The pages of a saved PDF as pictures: all that there is of a scan."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from briefgen.gui import look
from briefgen.gui.pages.pdfium import PdfPages

_GAP = 12
_KEPT = 8
"""Pictures of pages that are kept: those in sight, and what was a moment ago."""


class CopyPages(QScrollArea):
    """One page below the other, as wide as there is room; drawn when they come into sight."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Pages of the saved copy")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.document: PdfPages | None = None
        self.pages: list[_Page] = []
        self._pictures: dict[int, QImage] = {}

    def show_document(self, data: bytes) -> None:
        """Show a PDF from its first page."""
        self.close_document()
        self.document = PdfPages(data)
        desk = QWidget()
        desk.setObjectName("pages")
        desk.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout = QVBoxLayout(desk)
        layout.setContentsMargins(_GAP, _GAP, _GAP, _GAP)
        layout.setSpacing(_GAP)
        self.pages = [_Page(self, number) for number in range(len(self.document.sizes))]
        for page in self.pages:
            layout.addWidget(page)
        layout.addStretch(1)
        self.setWidget(desk)
        self._fit()

    def close_document(self) -> None:
        """Let go of it."""
        if self.document is not None:
            self.document.close()
            self.document = None
        self._pictures.clear()

    def page_in_sight(self) -> int:
        """The number, from 1, of the page in the middle of what is seen."""
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        above = [page for page in self.pages if page.y() <= middle]
        return above[-1].number + 1 if above else 1

    def show_page(self, number: int) -> None:
        """Bring a page, from 1, to the top."""
        if 0 < number <= len(self.pages):
            self.verticalScrollBar().setValue(self.pages[number - 1].y() - _GAP)

    def picture(self, number: int) -> QImage | None:
        """A page as wide as it is shown."""
        if self.document is None:
            return None
        ratio = self.devicePixelRatioF()
        width = round(self.pages[number].width() * ratio)
        kept = self._pictures.get(number)
        if kept is None or kept.width() != width:
            kept = self.document.draw(number, max(width, 1))
            kept.setDevicePixelRatio(ratio)
            self._pictures.pop(number, None)
            self._pictures[number] = kept
            while len(self._pictures) > _KEPT:
                del self._pictures[next(iter(self._pictures))]
        return kept

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self.document is None:
            return
        width = max(self.viewport().width() - 2 * _GAP, 50)
        for page, (across, up) in zip(self.pages, self.document.sizes, strict=True):
            page.setFixedSize(QSize(width, max(1, round(width * up / max(across, 1)))))


class _Page(QWidget):
    """One page."""

    def __init__(self, pages: CopyPages, number: int) -> None:
        super().__init__()
        self._pages = pages
        self.number = number
        self.setAccessibleName(f"Page {number + 1}")

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            picture = self._pages.picture(self.number)
            if picture is not None:
                painter.drawImage(0, 0, picture)
            painter.setPen(look.colour("faint"))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
