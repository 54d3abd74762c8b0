"""The line in which one searches the facts, and what is said of words that cannot be searched."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit

from briefgen.errors import BriefgenError
from briefgen.gui import faults
from briefgen.gui.view_models.words import capital
from briefgen.gui.widgets.building import label, wait
from briefgen.gui.widgets.fields import set_state
from briefgen.index.text import Phrase, parse_text_query

_TYPING = 150
"""Milliseconds without a letter after which a search is made."""


class SearchLine(QLineEdit):
    """Searches while one types, a moment after the last letter, and with Enter."""

    asked = Signal(str)
    """Words that can be searched for."""

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText("Search the facts")
        self.setClearButtonEnabled(True)
        self.setAccessibleName("Search the facts")
        self.setAccessibleDescription(
            'Words and "quoted phrases", all of which must occur; ship* finds beginnings.'
        )
        self.wrong = label(role="error", wrap=True)
        """Why the words cannot be searched for; it is placed by whoever places the line."""
        self.wrong.hide()
        self._typing = wait(self, _TYPING, self._search)
        self.textEdited.connect(lambda text: self._typing.start())
        self.returnPressed.connect(self._search)

    def show_search(self, text: str) -> None:
        """Show what was searched for, unless the person is typing, or it stands there already."""
        typing = self.hasFocus() and (self._typing.isActive() or self.wrong.isVisible())
        if not typing and not same_search(text, self.text()):
            self.start_with(text)

    def start_with(self, text: str) -> None:
        """Put other words in the place of what was typed."""
        self.setText(text)
        self._say_wrong("")

    def take_focus(self) -> None:
        """Be typed into, the words ready to be replaced."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def _search(self) -> None:
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


def same_search(one: str, other: str) -> bool:
    """Whether two texts search for the same; one that cannot be searched for is like no other."""
    phrases = _phrases(one)
    return phrases is not None and phrases == _phrases(other)


def _phrases(text: str) -> tuple[Phrase, ...] | None:
    try:
        return parse_text_query(text)
    except BriefgenError:
        return None
