"""Text that is chosen on the pages with the mouse, to be copied."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from briefgen.gui.pages.layout import boxes_by_page
from briefgen.gui.pages.pdf_thread import PdfThread
from briefgen.gui.pages.pdfium import Box, Chosen, Spot


class TextChoice(QObject):
    """The chosen text and where it stands. It is read in the thread that knows the PDF."""

    changed = Signal()

    def __init__(self, thread: PdfThread, parent: QObject) -> None:
        super().__init__(parent)
        self._thread = thread
        self._number = 0
        self.text = ""
        self.boxes: Mapping[int, list[Box]] = {}
        """By page, in points."""
        thread.chosen.connect(self._chose)

    def choose(self, document: int, start: Spot, end: Spot, *, words: bool = False) -> None:
        """Choose what stands between two spots of a document, or with `words` whole words."""
        self._number += 1
        self._thread.choose(self._number, document, start, end, words=words)

    def clear(self) -> None:
        """Choose nothing."""
        self._number += 1
        self.boxes, self.text = {}, ""
        self.changed.emit()

    def copy(self) -> None:
        """Put the chosen text on the clipboard, if there is any."""
        if self.text:
            QGuiApplication.clipboard().setText(self.text)

    def _chose(self, number: int, chosen: Chosen) -> None:
        if number == self._number:
            self.boxes, self.text = boxes_by_page(chosen.boxes), chosen.text
            self.changed.emit()
