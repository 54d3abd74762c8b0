"""Fields to type into. Undo belongs to the window, and the caret stays where the person is."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QEvent, QMimeData, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from briefgen.direction import for_people
from briefgen.gui.view_models.brief.own_text_check import storable
from briefgen.gui.widgets.building import restyle

_MOST_LINES = 14
"""Lines that a text field grows to before it scrolls."""


def is_undo(event: QEvent) -> bool:
    """Whether a key asks to undo or redo: the window does that, for everything."""
    return isinstance(event, QKeyEvent) and (
        event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)
    )


def plain_tip(text: str) -> str:
    """A tooltip that is never taken for markup, turns nothing, and wraps."""
    return f"<span>{escape(for_people(text))}</span>" if text else ""


def set_state(widget: QWidget, state: str) -> None:
    """Mark a field as `wrong`, or not (empty), as the style sheet has it."""
    restyle(widget, "state", state)


class _LeavesUndo:
    """Comes before a field's class: keys for undo and redo go on to the window."""

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and is_undo(event):
            event.ignore()
            return False
        return bool(super().event(event))  # type: ignore[misc]  # the field's own


class LineField(_LeavesUndo, QLineEdit):
    """One line. `typed` tells its text after each key, fit to be stored, without blanks around."""

    typed = Signal(str)

    def __init__(self, label: str, placeholder: str = "") -> None:
        super().__init__()
        self.setAccessibleName(label)
        self.setPlaceholderText(placeholder)
        self.textEdited.connect(lambda text: self.typed.emit(self.value()))
        self.editingFinished.connect(self._tidy)

    def value(self) -> str:
        """What stands there, fit to be stored in one line."""
        return " ".join(storable(self.text()).split("\n")).strip()

    def show_text(self, text: str) -> None:
        """Show the brief's text, unless it shows that already."""
        if self.value() == text:
            return
        with QSignalBlocker(self):
            place = self.cursorPosition()
            self.setText(text)
            self.setCursorPosition(min(place, len(text)) if self.hasFocus() else 0)

    def _tidy(self) -> None:
        if self.text() != self.value():
            with QSignalBlocker(self):
                self.setText(self.value())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason and not self.hasFocus():
            self.setCursorPosition(0)  # a long text shows its start


class TextField(_LeavesUndo, QPlainTextEdit):
    """Some paragraphs. It grows with its text; `typed` tells each change that a person made."""

    typed = Signal(str)

    def __init__(self, label: str, placeholder: str = "", *, lines: int = 2) -> None:
        super().__init__()
        self.setAccessibleName(label)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        # Lines are broken anywhere if need be: there is nothing to the right.
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._least = lines
        self.textChanged.connect(lambda: self.typed.emit(self.value()))
        self.document().setDocumentMargin(2)
        self.textChanged.connect(self._grow)
        self._grow()

    def raw(self) -> str:
        """What stands there, character by character as the document counts them.

        Not `toPlainText`, which makes plain blanks of no-break spaces.
        """
        text = self.document().toRawText()
        return text.replace("\u2029", "\n").replace("\u2028", "\n")

    def value(self) -> str:
        """What stands there, fit to be stored; nothing if it is blank."""
        text = storable(self.raw())
        return text if text.strip() else ""

    def show_text(self, text: str) -> None:
        """Show the brief's text, unless it shows that already.

        Only what differs is replaced, so that neither caret nor view jumps.
        """
        if self.value() == text:
            return
        with QSignalBlocker(self):
            cursor = self._exchange(text)
            if self.hasFocus():
                self.setTextCursor(cursor)
        self._grow()

    def change_text(self, text: str, caret: int) -> None:
        """Another text as if it had been typed, the caret behind its first `caret` characters."""
        cursor = self._exchange(text)
        cursor.setPosition(_units(text[:caret]))
        self.setTextCursor(cursor)

    def caret(self) -> int:
        """How many characters stand before the caret."""
        units, raw = self.textCursor().position(), self.raw()
        if raw.isascii():
            return units
        return len(raw.encode("utf-16-le", "surrogatepass")[: 2 * units].decode("utf-16-le"))

    def _exchange(self, text: str) -> QTextCursor:
        """Replace what differs; the cursor stands behind it."""
        old = self.raw()
        start = _common(old, text)
        end = _common(old[start:][::-1], text[start:][::-1])
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        cursor.setPosition(_units(old[:start]))
        cursor.setPosition(_units(old[: len(old) - end]), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(text[start : len(text) - end])
        cursor.endEditBlock()
        return cursor

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._height(self._least))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_undo(event):
            event.ignore()
            return
        super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        if source.hasText():
            self.insertPlainText(storable(source.text()))

    def _grow(self) -> None:
        layout, block, lines = self.document().documentLayout(), self.document().begin(), 0
        while block.isValid() and lines < _MOST_LINES:
            layout.blockBoundingRect(block)  # lines are counted when they are laid out
            lines += block.lineCount()
            block = block.next()
        height = self._height(max(self._least, min(lines, _MOST_LINES)))
        if height != self.minimumHeight():  # the height itself follows later
            self.setFixedHeight(height)

    def _height(self, lines: int) -> int:
        self.ensurePolished()  # the style sheet's padding is part of the frame
        margins = 2 * round(self.document().documentMargin()) + 2 * self.frameWidth() + 2
        return round(QFontMetricsF(self.font()).lineSpacing() * lines) + margins


def _units(text: str) -> int:
    """How many places Qt counts in a text: those beyond the Basic Multilingual Plane take two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _common(one: str, other: str) -> int:
    """How many characters two texts have in common at their start."""
    length = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        length += 1
    return length
