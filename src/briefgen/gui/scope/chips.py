"""What was chosen, each with a cross that takes it away again."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from briefgen.gui import look
from briefgen.gui.scope.asking import number, of_facts

_HEIGHT, _GAP, _PAD, _CROSS = 24, 5, 8, 7

ChipText = tuple[str, str, int | None, str]
"""Id, name, count of facts or None, and what is wrong with it or nothing."""


class Chip(QAbstractButton):
    """One of them. A click, or Space, takes it away."""

    def __init__(self, parent: QWidget, chip: ChipText) -> None:
        super().__init__(parent)
        self.id, self.name, self.count, self.wrong = chip
        said = f", {of_facts(self.count)}" if self.count is not None else ""
        self.setAccessibleName(f"Remove {self.name}{said}")
        self.setAccessibleDescription(self.wrong)
        self.setToolTip(self.wrong)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        width = QFontMetrics(look.text_font()).horizontalAdvance(self.name)
        return QSize(width + self._tail() + 2 * _PAD + 2, _HEIGHT)

    def _tail(self) -> int:
        """Room for the count and the cross."""
        return self._count_width() + _CROSS + _PAD

    def _count_width(self) -> int:
        if self.count is None:
            return 0
        return QFontMetrics(look.text_font()).horizontalAdvance(number(self.count)) + _PAD

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = look.colour
        edge = "accent" if self.hasFocus() or self.underMouse() else "chosen"
        painter.setPen(QPen(colours("warning" if self.wrong and edge == "chosen" else edge), 1))
        painter.setBrush(colours("warning_ground" if self.wrong else "chosen"))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1).toRectF(), 4, 4)
        painter.setFont(look.text_font())
        inside = self.rect().adjusted(_PAD, 0, -_PAD, 0)
        painter.setPen(colours("warning" if self.wrong else "text"))
        room = QRect(inside).adjusted(0, 0, -self._tail(), 0)
        name = QFontMetrics(painter.font()).elidedText(
            self.name, Qt.TextElideMode.ElideRight, room.width()
        )
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(
            room, Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignLeft | middle, name
        )
        painter.setPen(colours("muted"))
        if self.count is not None:
            beside = QRect(inside).adjusted(0, 0, -_CROSS - _PAD, 0)
            painter.drawText(beside, Qt.AlignmentFlag.AlignRight | middle, number(self.count))
        painter.setPen(QPen(colours("muted"), 1.4))
        cross = QRect(0, 0, _CROSS, _CROSS)
        cross.moveCenter(QPoint(inside.right() - _CROSS // 2, self.height() // 2))
        painter.drawLine(cross.topLeft(), cross.bottomRight())
        painter.drawLine(cross.topRight(), cross.bottomLeft())


class Chips(QWidget):
    """Chips in as many lines as they need; nothing at all when there is none."""

    removed = Signal(str)
    """The id of the one whose cross was clicked."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.chips: list[Chip] = []
        self._texts: list[ChipText] = []
        self.hide()

    def set_chips(self, texts: Sequence[ChipText]) -> None:
        """Show these."""
        if list(texts) == self._texts:
            return
        focused = next((n for n, chip in enumerate(self.chips) if chip.hasFocus()), None)
        self._texts = list(texts)
        for chip in self.chips:
            chip.hide()
            chip.deleteLater()  # it may be the one whose click is being seen to
        self.chips = [Chip(self, text) for text in texts]
        for chip in self.chips:
            chip.clicked.connect(lambda checked=False, id_=chip.id: self.removed.emit(id_))
            chip.show()
        self.setVisible(bool(texts))
        self._place(self.width())
        if focused is not None and self.chips:
            self.chips[min(focused, len(self.chips) - 1)].setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(event.size().width())

    def sizeHint(self) -> QSize:
        return QSize(100, self._place(self.width(), move=False))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _place(self, width: int, *, move: bool = True) -> int:
        """Put the chips side by side, line after line; the height that they take."""
        x = y = 0
        for chip in self.chips:
            wide = min(chip.sizeHint().width(), max(width, 60))
            if x and x + wide > width:
                x, y = 0, y + _HEIGHT + _GAP
            if move:
                chip.setGeometry(x, y, wide, _HEIGHT)
            x += wide + _GAP
        height = y + _HEIGHT if self.chips else 0
        if move and height != self.minimumHeight():
            self.setFixedHeight(height)
        return height
