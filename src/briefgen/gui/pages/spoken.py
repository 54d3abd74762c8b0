"""What a screen reader finds on the drawn pages: their text, where each letter is seen, the caret.

It is the text that the PDF has, through Qt's text interface, and three things keep it from ending
the program. Qt's cache deletes an interface with its view, so Python must not do so before: all are
held here, and hold nothing of the view. PySide6 takes the address of None for None, so no interface
is told as a null pointer. And it looks in Python for the two calls that answer through pointers,
though it cannot hand those over; where it found none, the error would stay pending until the next.
"""

from __future__ import annotations

import sys
from weakref import ref

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import (
    QAccessible,
    QAccessibleInterface,
    QAccessibleTextCursorEvent,
    QAccessibleTextInterface,
)
from PySide6.QtWidgets import QAbstractScrollArea, QAccessibleWidget
from shiboken6 import Shiboken, isValid

from briefgen.gui.pages.as_text import ReadPages, read_pages
from briefgen.gui.pages.document import Document
from briefgen.gui.pages.layout import Sentence
from briefgen.gui.pages.pdfium import Box, PdfPages
from briefgen.gui.pages.scrolling import Scrolling
from briefgen.gui.pages.sight import Sight

TRIED = sys.platform == "linux"
"""Where it was tried with what screen readers ask; elsewhere the pages as text stand in for it."""

_held: list[QAccessibleInterface] = []
_no_interface = Shiboken.VoidPtr(0)  # type: ignore[attr-defined, unused-ignore]


class SpokenPages(QAccessibleTextInterface):
    """The text of the pages that are in sight. It is read when somebody asks for it."""

    def __init__(self, view: QAbstractScrollArea, sight: Sight, scrolling: Scrolling) -> None:
        super().__init__()
        self._view, self._sight, self._scrolling = ref(view), ref(sight), ref(scrolling)
        self._number = 0
        self._read = ReadPages("", (), ())
        self._boxes: dict[int, tuple[Box, ...]] = {}
        self._caret = 0

    # --- what Qt asks ---------------------------------------------------------------------------

    def characterCount(self) -> int:
        return len(self._text().text)

    def text(self, startOffset: int, endOffset: int, /) -> str:
        return self._text().text[max(0, startOffset) : max(0, endOffset)]

    def cursorPosition(self) -> int:
        return min(self._caret, self.characterCount())

    def setCursorPosition(self, position: int, /) -> None:
        self._caret = max(0, min(position, self.characterCount()))
        self._bring_into_sight(self._caret)

    def characterRect(self, offset: int, /) -> QRect:
        """Where a letter is seen on the screen; nowhere for the line that names a page."""
        at, view, sight = self._text().letter(offset), self._view(), self._sight()
        if at is None or view is None or sight is None or sight.document is None:
            return QRect()
        box = self._boxes_of(at[0])[at[1]]
        rect = sight.rect_of(sight.document.desk.box(at[0], box)).toAlignedRect()
        rect.moveTopLeft(view.viewport().mapToGlobal(rect.topLeft()))
        return rect

    def offsetAtPoint(self, point: QPoint, /) -> int:
        view, sight = self._view(), self._sight()
        if view is None or sight is None or self._document() is None:
            return -1
        page, x, y = sight.spot(view.viewport().mapFromGlobal(point).toPointF())
        there = [
            (abs(bottom + top - 2 * y), at)
            for at, (left, bottom, right, top) in enumerate(self._boxes_of(page))
            if left <= x <= right and bottom <= y <= top
        ]
        return self._text().place(page, min(there)[1]) if there else -1

    def scrollToSubstring(self, startIndex: int, endIndex: int, /) -> None:
        self._bring_into_sight(startIndex)

    def selectionCount(self) -> int:
        return 0

    def addSelection(self, startOffset: int, endOffset: int, /) -> None:
        """Text is chosen with the mouse."""

    def removeSelection(self, selectionIndex: int, /) -> None:
        """Text is chosen with the mouse."""

    def setSelection(self, selectionIndex: int, startOffset: int, endOffset: int, /) -> None:
        """Text is chosen with the mouse."""

    def selection(self, *_: object) -> None:
        """There must be one: see above."""

    def attributes(self, *_: object) -> str:
        """There must be one: see above."""
        return ""

    # --- the caret ------------------------------------------------------------------------------

    def put_caret_at(self, sentence: Sentence) -> None:
        """A sentence is in hand: a screen reader says its line."""
        view = self._view()
        if view is None or not QAccessible.isActive():
            return
        first = sentence.places[0]
        for at, (left, bottom, right, top) in enumerate(self._boxes_of(first.page)):
            across, up = (left + right) / 2, (bottom + top) / 2
            if first.left <= across <= first.right and first.bottom <= up <= first.top:
                self._caret = self._text().place(first.page, at)
                QAccessible.updateAccessibility(QAccessibleTextCursorEvent(view, self._caret))
                return

    # --- the text -------------------------------------------------------------------------------

    def _document(self) -> Document | None:
        sight, view = self._sight(), self._view()
        if sight is None or view is None or not isValid(view):
            return None
        return sight.document

    def _text(self) -> ReadPages:
        document = self._document()
        number = document.number if document is not None else 0
        if number != self._number:
            self._number, self._boxes, self._read = number, {}, ReadPages("", (), ())
            if document is not None:
                with PdfPages(document.preview.data) as pages:
                    self._read = read_pages(pages)
        return self._read

    def _boxes_of(self, page: int) -> tuple[Box, ...]:
        """Where the letters of a page stand, in the order of pdfium."""
        self._text()
        document = self._document()
        if page not in self._boxes and document is not None:
            with PdfPages(document.preview.data) as pages:
                self._boxes[page] = pages.boxes(page)
        return self._boxes.get(page, ())

    def _bring_into_sight(self, offset: int) -> None:
        at, sight, scrolling = self._text().letter(offset), self._sight(), self._scrolling()
        if at is None or sight is None or scrolling is None or sight.document is None:
            return
        seen = sight.document.desk.box(at[0], self._boxes_of(at[0])[at[1]])
        if not (sight.top <= seen.top and seen.bottom <= sight.bottom):
            scrolling.to(seen.top - sight.height / 3)


class _Spoken(QAccessibleWidget):
    """The pages as Qt asks for them: a document with a text."""

    def __init__(self, view: QAbstractScrollArea, pages: SpokenPages) -> None:
        super().__init__(view, QAccessible.Role.Document)
        self._pages = pages

    def interface_cast(self, kind: QAccessible.InterfaceType, /) -> int:
        if kind == QAccessible.InterfaceType.TextInterface:
            return self._pages  # type: ignore[return-value]
        found = super().interface_cast(kind)
        return _no_interface if found is None else found


def speak(view: QAbstractScrollArea, pages: SpokenPages) -> None:
    """Have the text of a view's pages found by whoever asks Qt what can be read there.

    Once more when it was shown or got the keyboard: a connection that was made to it since is, for
    Qt's cache, another kind of object.
    """
    if not TRIED:
        return
    found = QAccessible.queryAccessibleInterface(view)
    if isinstance(found, _Spoken):
        return
    if found is not None:
        QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(found))
    _held[:] = [each for each in _held if isValid(each)]
    _held.append(_Spoken(view, pages))
    QAccessible.registerAccessibleInterface(_held[-1])
