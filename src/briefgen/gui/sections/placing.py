"""Moving a section to another place: by its buttons, by keys, or dragged by its handle."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QToolButton, QWidget

from briefgen.gui import look
from briefgen.gui.widgets.building import tool_button


class Placed(Protocol):
    """A row that stands somewhere among others."""

    up: QToolButton
    down: QToolButton


class Handle(QWidget):
    """Six dots by which a row is dragged. Keys and buttons do the same, so it takes no focus."""

    moved = Signal(QPoint)
    """While it is dragged: where the mouse is, on the screen."""
    dropped = Signal(QPoint)
    given_up = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(12, 20)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setToolTip("Drag to another place (Alt+Up, Alt+Down)")
        self._dragged = False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._dragged = event.button() == Qt.MouseButton.LeftButton

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.grabKeyboard()
            self.moved.emit(event.globalPosition().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragged and event.button() == Qt.MouseButton.LeftButton:
            self._end()
            self.dropped.emit(event.globalPosition().toPoint())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Heard only while it is dragged.
        if self._dragged and event.key() == Qt.Key.Key_Escape:
            self._end()
            self.given_up.emit()

    def _end(self) -> None:
        self._dragged = False
        self.releaseKeyboard()
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("muted"))
            for x in (3, 8):
                for y in (4, 9, 14):
                    painter.drawEllipse(QPoint(x, y), 1, 1)


class DropLine(QFrame):
    """Shows where a dragged row would come to stand."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_at(self, left: int, y: int, width: int) -> None:
        """Lie across the list at a height."""
        self.setGeometry(left, y - 1, width, 3)
        self.raise_()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), look.colour("accent"))


def arrow(text: str, name: str, slot: Callable[[], object]) -> QToolButton:
    """A button that moves a row up or down. Hidden it keeps its room."""
    made = tool_button(text, slot, name=name, tip=name)
    policy = made.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    made.setSizePolicy(policy)
    return made


def place_at(rows: list[QWidget], y: int) -> int:
    """Before which of the rows, one below the other, something dropped at `y` comes to stand."""
    return sum(1 for row in rows if row.geometry().center().y() < y)
