"""The line in which one limits the brief to facts with certain words."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from briefgen.errors import BriefgenError
from briefgen.gui import faults
from briefgen.gui.scope.counted_selection import CountedSelection, of_facts
from briefgen.gui.view_models.words import capital
from briefgen.gui.widgets.building import column, label, wait
from briefgen.gui.widgets.counting_line import CountingLine
from briefgen.gui.widgets.fields import set_state
from briefgen.index.text import Phrase, parse_text_query

_TYPING = 150
"""Milliseconds without a letter after which the brief is limited."""
_CLEAR = 24
"""Pixels that the button takes with which the line is cleared."""


class WordsLine(CountingLine):
    """Limits while one types, a moment after the last letter, and with Enter."""

    asked = Signal(str)
    """Words that facts must have."""

    def __init__(self) -> None:
        super().__init__("Only facts with these words", keep_right=_CLEAR)
        self.setClearButtonEnabled(True)
        self.setAccessibleDescription(
            'Words and "quoted phrases", all of which must occur; ship* takes beginnings. '
            "Facts without them are not in the brief."
        )
        self.setToolTip("Facts without these words are not in the brief.")
        self.wrong = label(role="error", wrap=True)
        """Why the words cannot be looked for."""
        self.wrong.hide()
        self._typing = wait(self, _TYPING, self._ask)
        self.textEdited.connect(lambda text: self._typing.start())
        self.returnPressed.connect(self._ask)

    def show_words(self, text: str) -> None:
        """Show what the brief asks for, unless the person is typing, or it stands there already."""
        typing = self.hasFocus() and (self._typing.isActive() or self.wrong.isVisible())
        if not typing and not same_words(text, self.text()):
            self.setText(text)
            self._say_wrong("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self._ask()
        else:
            super().keyPressEvent(event)

    def _ask(self) -> None:
        self._typing.stop()
        text = self.text().strip()
        try:
            parse_text_query(text)
        except BriefgenError as error:
            self._say_wrong(capital(faults.sentence(error)))
        else:
            self._say_wrong("")
            self.asked.emit(text)

    def _say_wrong(self, text: str) -> None:
        self.wrong.setText(text)
        self.wrong.setVisible(bool(text))
        set_state(self, "wrong" if text else "")


class WordsGroup(QWidget):
    """The line, with how many facts are left."""

    def __init__(self, selection: CountedSelection) -> None:
        super().__init__()
        self._selection = selection
        self.line = WordsLine()
        self.line.asked.connect(self._limit)
        column(self.line, self.line.wrong, parent=self, spacing=4)

    def refresh(self) -> None:
        """Words and count as the brief has them now."""
        self.line.show_words(self._selection.asked.text)
        counted = self._selection.counted
        if counted.text.strip():
            count = self._selection.facets.count(counted)
            self.line.tell(f"only {of_facts(count)}")
        else:
            self.line.tell("")

    def _limit(self, text: str) -> None:
        if not same_words(text, self._selection.asked.text):
            label = "Limit to words" if text else "Limit to no words"
            self._selection.choose(label, text=text, merge="words")


def same_words(one: str, other: str) -> bool:
    """Whether two texts ask for the same; one that cannot be looked for is like no other."""
    phrases = _phrases(one)
    return phrases is not None and phrases == _phrases(other)


def _phrases(text: str) -> tuple[Phrase, ...] | None:
    try:
        return parse_text_query(text)
    except BriefgenError:
        return None
