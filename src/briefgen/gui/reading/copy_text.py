"""The text of a saved copy: read-only, its paragraphs numbered in the margin, passages lit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QToolTip, QWidget

from briefgen.gui import look
from briefgen.gui.view_models.reading import CopyOnView, LitPassage
from briefgen.gui.widgets.fields import plain_tip

_PAD = 12
_SIZE = 16
"""Height of the text: it is read at length."""


class CopyText(QPlainTextEdit):
    """A caret moves in it as in any text: Shift with the arrows marks a passage."""

    marked = Signal()
    """Another stretch is marked, or none."""

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setAccessibleName("Text of the saved copy")
        self.setAccessibleDescription(
            "Mark a passage with Shift and the arrows; Ctrl+Enter makes a fact of it."
        )
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUndoRedoEnabled(False)
        self.setCursorWidth(2)
        self.document().setDocumentMargin(8)
        self.setProperty("role", "reading")
        font = look.text_font()
        font.setPixelSize(_SIZE)
        self.setFont(font)
        self.shown: CopyOnView | None = None
        self.lit: Sequence[LitPassage] = ()
        self._is_plain = True
        self._margin = _Margin(self)
        self.updateRequest.connect(self._scrolled)
        self.selectionChanged.connect(self.marked)
        self.cursorPositionChanged.connect(self.marked)

    def show_copy(self, shown: CopyOnView) -> None:
        """Show a copy from its start."""
        self.shown = shown
        self._is_plain = len(shown.text.encode("utf-16-le")) == 2 * len(shown.text)
        self.setPlainText(shown.text)
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self._make_room()

    def show_lit(self, lit: Sequence[LitPassage]) -> None:
        """Light the passages that facts quote."""
        self.lit = lit
        made = []
        for one in lit:
            selection = QTextEdit.ExtraSelection()
            each = _drawn(selection)
            each.cursor = self._cursor(one.start, one.end)
            each.format.setBackground(look.colour("mark"))
            made.append(selection)
        self.setExtraSelections(made)
        self._margin.update()

    # --- places ---------------------------------------------------------------------------------

    def stretch(self) -> tuple[int, int]:
        """The letters between which something is marked."""
        cursor = self.textCursor()
        return self._letter(cursor.selectionStart()), self._letter(cursor.selectionEnd())

    def mark(self, start: int, end: int) -> None:
        """Mark the letters between two places, and show them."""
        self.setTextCursor(self._cursor(start, end))
        self.ensureCursorVisible()

    def fact_at_caret(self) -> str:
        """The id of the fact whose passage the caret stands in; empty for none."""
        return self._fact_at(self._letter(self.textCursor().position()))

    def _fact_at(self, letter: int) -> str:
        return next((one.fact for one in self.lit if one.start <= letter <= one.end), "")

    def _cursor(self, start: int, end: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._units(start))
        cursor.setPosition(self._units(end), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _letter(self, units: int) -> int:
        """Qt counts letters beyond the Basic Multilingual Plane twice."""
        if self._is_plain or self.shown is None:
            return units
        return len(self.shown.text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore"))

    def _units(self, letter: int) -> int:
        if self._is_plain or self.shown is None:
            return letter
        return len(self.shown.text[:letter].encode("utf-16-le")) // 2

    # --- what is shown --------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            at = self.cursorForPosition(self.viewport().mapFromGlobal(event.globalPos()))
            fact = self._fact_at(self._letter(at.position()))
            if fact:
                QToolTip.showText(event.globalPos(), plain_tip(f"Fact {fact}"), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.lit:
            self.show_lit(self.lit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def margin_width(self) -> int:
        """Pixels of the margin."""
        widest = self.shown.widest_margin() if self.shown is not None else ""
        return self.fontMetrics().horizontalAdvance(widest or "0") + 2 * _PAD

    def _make_room(self) -> None:
        width = self.margin_width()
        self.setViewportMargins(width, 0, 0, 0)
        inside = self.contentsRect()
        self._margin.setGeometry(QRect(inside.left(), inside.top(), width, inside.height()))

    def _scrolled(self, rect: QRect, down: int) -> None:
        if down:
            self._margin.scroll(0, down)
        else:
            self._margin.update(0, rect.y(), self._margin.width(), rect.height())

    def paint_margin(self, event: QPaintEvent) -> None:
        """Number the paragraphs in sight; those with a fact have a mark beside the number."""
        if self.shown is None:
            return
        lit = {self.document().findBlock(self._units(one.start)).blockNumber() for one in self.lit}
        with QPainter(self._margin) as painter:
            painter.fillRect(event.rect(), look.colour("side"))
            block = self.firstVisibleBlock()
            while block.isValid():
                where = self.blockBoundingGeometry(block).translated(self.contentOffset())
                if where.top() > event.rect().bottom():
                    break
                number = block.blockNumber()
                line = QRect(0, round(where.top()), self._margin.width() - _PAD, self._line())
                painter.setPen(look.colour("muted"))
                painter.drawText(line, Qt.AlignmentFlag.AlignRight, self.shown.margin(number))
                if number in lit:
                    painter.fillRect(
                        QRect(0, line.top(), 3, round(where.height())), look.colour("accent")
                    )
                block = block.next()

    def _line(self) -> int:
        return self.fontMetrics().height() + 4


def _drawn(selection: QTextEdit.ExtraSelection) -> Any:
    """Its members, which the stubs of Qt do not know."""
    return selection


class _Margin(QWidget):
    """Left of the text."""

    def __init__(self, text: CopyText) -> None:
        super().__init__(text)
        self._text = text

    def sizeHint(self) -> QSize:
        return QSize(self._text.margin_width(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._text.paint_margin(event)
