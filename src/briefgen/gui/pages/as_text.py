"""The pages as text, read from the PDF itself: for screen readers, Braille, whoever likes a caret.

A text field of Qt's is understood by every screen reader, letter, word and line. The caret stands
on a fact, and a fact that is pointed at elsewhere takes the caret along.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QShowEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from briefgen.gui.pages.layout import Sentences
from briefgen.gui.pages.pdfium import PdfPages
from briefgen.gui.session import Session
from briefgen.gui.view_models.pages.preview import Preview

_NOT_SAID = "\r\x02\ufffe"
"""What pdfium has in a text and nobody says: one half of a line's end, hyphens of broken words."""


@dataclass(frozen=True)
class ReadPages:
    """The text of all pages, and where in the PDF each of its letters stands."""

    text: str
    starts: tuple[int, ...]
    """Where in `text` each page's own begins, behind the line that names it."""
    letters: tuple[tuple[int, ...], ...]
    """By page: pdfium's numbers of the letters that are in `text`."""

    def letter(self, at: int) -> tuple[int, int] | None:
        """The page and pdfium's number of the letter at a place in `text`."""
        page = bisect_right(self.starts, at) - 1
        if page < 0 or at - self.starts[page] >= len(self.letters[page]):
            return None
        return page, self.letters[page][at - self.starts[page]]

    def place(self, page: int, letter: int) -> int:
        """Where in `text` pdfium's letter of a page stands."""
        return self.starts[page] + max(0, bisect_right(self.letters[page], letter) - 1)


def read_pages(pages: PdfPages) -> ReadPages:
    """Read all pages, each under its number."""
    count = len(pages.sizes)
    text, starts, letters = "", [], []
    for number in range(count):
        said = pages.read(number)
        kept = tuple(at for at, letter in enumerate(said) if letter not in _NOT_SAID)
        text += f"Page {number + 1} of {count}\n"
        starts.append(len(text))
        letters.append(kept)
        text += "".join(said[at] for at in kept).rstrip() + "\n\n"
    return ReadPages(text.rstrip() + "\n", tuple(starts), tuple(letters))


class PagesAsText(QPlainTextEdit):
    """Reads the newest pages when it is shown; hidden, it costs nothing."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._preview: Preview | None = None
        self._read: ReadPages | None = None
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        flag = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flag.TextSelectableByKeyboard | flag.TextSelectableByMouse)
        self.setAccessibleName("Pages as text")
        self.setAccessibleDescription("The fact at the caret is in hand.")
        session.pages_made.connect(lambda preview: self._refresh())
        session.brief_opened.connect(self._clear)
        session.pointed_at.connect(self._pointed_at)
        self.cursorPositionChanged.connect(self._caret_moved)
        self.hide()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()

    def _clear(self) -> None:
        self._preview = self._read = None
        with QSignalBlocker(self):
            self.setPlainText("")

    def _refresh(self) -> None:
        preview = self._session.preview
        if preview is None or preview is self._preview or not self.isVisible():
            return
        fact, at = self._fact_at_caret(), self.textCursor().position()
        self._preview = preview
        with PdfPages(preview.data) as pages:
            self._read = read_pages(pages)
        with QSignalBlocker(self):
            self.setPlainText(self._read.text)
            self._go_to(min(at, len(self._read.text)))
        if fact:
            self._show(fact)

    def _fact_at_caret(self) -> str:
        if self._read is None or self._preview is None:
            return ""
        letter = self._read.letter(self.textCursor().position())
        if letter is None:
            return ""
        with PdfPages(self._preview.data) as pages:
            spot = pages.spot_of(*letter)
        sentence = Sentences(self._preview.places).at(*spot)
        return sentence.fact if sentence is not None else ""

    def _caret_moved(self) -> None:
        fact = self._fact_at_caret()
        if fact:
            self._session.point_at(fact, self)

    def _pointed_at(self, fact: str, by: object) -> None:
        if by is not self and self.isVisible():
            self._show(fact)

    def _show(self, fact: str) -> None:
        """Put the caret at the first sentence of a fact, unless it is in one of it."""
        if self._preview is None or self._read is None or self._fact_at_caret() == fact:
            return
        places = [place for place in self._preview.places if place.fact == fact]
        if not places:
            return
        first = places[0]
        with PdfPages(self._preview.data) as pages:
            middle = (first.bottom + first.top) / 2
            letter = pages.letter_at((first.page, first.left + 1, middle))
        if letter >= 0:
            with QSignalBlocker(self):
                self._go_to(self._read.place(first.page, letter))

    def _go_to(self, at: int) -> None:
        cursor = QTextCursor(self.document())
        cursor.setPosition(at)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
