"""Words that no dictionary knows, underlined while one types, with what may have been meant."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QMenu, QPlainTextEdit

from briefgen.gui import look
from briefgen.gui.view_models.spelling import (
    Dictionary,
    Unknown,
    dictionary_for,
    unknown_words,
)
from briefgen.gui.widgets.building import button_text

_MOST = 6


class Spelling(QObject):
    """The dictionary that all fields share. Without one nothing is marked."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.dictionary: Dictionary | None = None
        self.why_not = ""
        """Why nothing is marked, in a sentence; empty where it is."""
        self.ignored: frozenset[str] = frozenset()
        self._language = ""

    def take_language(self, language: str) -> None:
        """Check words of this language (BCP 47) from now on."""
        if language != self._language:
            self._language = language
            self.take(*dictionary_for(language))

    def take(self, dictionary: Dictionary | None, why_not: str = "") -> None:
        """Check by this dictionary."""
        before, self.dictionary, self.why_not = self.dictionary, dictionary, why_not
        if before is not dictionary:
            self.changed.emit()

    def ignore(self, word: str) -> None:
        """Mark this word no more, until the app is closed."""
        self.ignored |= {word}
        self.changed.emit()


_shared: list[Spelling] = []


def spelling() -> Spelling:
    """The one of this app."""
    if not _shared:
        _shared.append(Spelling())
    return _shared[0]


class _Underline(QSyntaxHighlighter):
    """Waves under unknown words."""

    def __init__(self, field: QPlainTextEdit) -> None:
        super().__init__(field.document())
        spelling().changed.connect(self.rehighlight)

    def highlightBlock(self, text: str) -> None:
        wave = QTextCharFormat()
        wave.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        wave.setUnderlineColor(look.colour("error"))
        for word in unknown_in(text):
            self.setFormat(_units(text[: word.start]), _units(word.word), wave)


def unknown_in(text: str) -> list[Unknown]:
    """The unknown words of a line."""
    shared = spelling()
    if shared.dictionary is None:
        return []
    return list(unknown_words(text, shared.dictionary, shared.ignored))


def _units(text: str) -> int:
    """How many places Qt counts in a text."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


class SpelledText(QPlainTextEdit):
    """Comes before a field's class: marks what no dictionary knows, and offers other words."""

    _underline: _Underline | None = None

    def mark_spelling(self) -> None:
        """Begin to mark words, as soon as there is a dictionary."""
        shared = spelling()
        if shared.dictionary is not None:
            self._begin()
        else:
            shared.changed.connect(self._begin)

    def _begin(self) -> None:
        if self._underline is None and spelling().dictionary is not None:
            self._underline = _Underline(self)

    def unknown_at(self, cursor: QTextCursor) -> Unknown | None:
        """The unknown word at a place of the text."""
        at = cursor.positionInBlock()
        text = cursor.block().text()
        return next(
            (
                one
                for one in unknown_in(text)
                if _units(text[: one.start]) <= at <= _units(text[: one.end])
            ),
            None,
        )

    def spelling_menu(self, cursor: QTextCursor) -> QMenu:
        """The field's menu, with other words for an unknown one on top."""
        menu = self.createStandardContextMenu()
        found = self.unknown_at(cursor)
        shared = spelling()
        if found is None or shared.dictionary is None:
            return menu
        first = menu.actions()[0] if menu.actions() else None
        names = list(shared.dictionary.suggest(found.word))[:_MOST]
        offered = [(button_text(name), partial(self._replace, cursor, found, name))
                   for name in names]  # fmt: skip
        for text, slot in (*offered, ("Ignore", partial(shared.ignore, found.word))):
            action = menu.addAction(text)
            action.triggered.connect(lambda checked=False, slot=slot: slot())
            if first is not None:
                menu.insertAction(first, action)
        if first is not None:
            menu.insertSeparator(first)
        return menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.spelling_menu(self.cursorForPosition(event.pos()))
        menu.exec(event.globalPos())
        menu.deleteLater()

    def _replace(self, cursor: QTextCursor, found: Unknown, word: str) -> None:
        block = cursor.block()
        start = block.position() + _units(block.text()[: found.start])
        changed = QTextCursor(self.document())
        changed.setPosition(start)
        changed.setPosition(start + _units(found.word), QTextCursor.MoveMode.KeepAnchor)
        changed.insertText(word)
