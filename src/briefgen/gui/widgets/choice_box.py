"""A list to choose one of, with an arrow that says so."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter

from briefgen.direction import for_people
from briefgen.gui import look


class ChoiceBox(QComboBox):
    """Named for those who do not see it. The wheel scrolls the page, not the choice."""

    def __init__(self, label: str, least: int = 6) -> None:
        super().__init__()
        self.setAccessibleName(label)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(least)
        self.setMaxVisibleItems(20)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def addItem(self, text: str, data: Any = None) -> None:  # type: ignore[override]
        """One more choice; it is known by `data`, since `text` is shown as people may see it."""
        super().addItem(for_people(text), data)

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = self.fontMetrics().elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, self.width() - 36
        )
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour("muted"), 1.4))
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        x, y = (14.0 if mirrored else self.width() - 14.0), self.height() / 2
        painter.drawPolyline(
            QPolygonF([QPointF(x - 4, y - 2), QPointF(x, y + 2), QPointF(x + 4, y - 2)])
        )

    def wheelEvent(self, event: object) -> None:
        event.ignore()  # type: ignore[attr-defined]
