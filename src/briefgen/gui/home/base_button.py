"""The base's name in the head of the window: a quiet button with a menu of what to do with it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from briefgen.gui.widgets.building import button_text
from briefgen.gui.widgets.fields import plain_tip

_LEAST = 80
"""Pixels of width below which a name says nothing."""
_AROUND = 10
_ARROW = "  ▾"


class BaseButton(QPushButton):
    """Says the base's title, cut where it has no room."""

    def __init__(self) -> None:
        super().__init__()
        self._title = ""
        self.setProperty("role", "base")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_base(self, title: str, tip: str) -> None:
        """The base that is open, by its title."""
        self._title = title
        self.setAccessibleName(f"Fact base: {title}")
        self.setToolTip(plain_tip(tip))
        self.updateGeometry()
        self._cut(self.width())

    def sizeHint(self) -> QSize:
        words = (self._title, _ARROW)
        text = sum(self.fontMetrics().horizontalAdvance(part) for part in words)
        return QSize(max(_LEAST, text + _AROUND), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cut(event.size().width())

    def _cut(self, width: int) -> None:
        room = width - _AROUND - self.fontMetrics().horizontalAdvance(_ARROW) + 2
        text = self.fontMetrics().elidedText(self._title, Qt.TextElideMode.ElideRight, room)
        said = button_text(text) + _ARROW
        if said != self.text():
            self.setText(said)
