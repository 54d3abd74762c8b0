"""A layout that sets its widgets like words: in a row, and on to the next row."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Left to right, or right to left where the language runs so; rows as wide as there is room.

    Layouts around it ask how high it is for a width, and then no longer shrink what stands beside
    it to its least height; without `asked` they do not ask, and its widget sets its own height.
    """

    def __init__(self, parent: QWidget | None = None, *, gap: int = 6, asked: bool = True) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self._asked = asked
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def insert(self, place: int, widget: QWidget) -> None:
        """Put a widget before the one at `place`."""
        self.addWidget(widget)
        self._items.insert(place, self._items.pop())
        self.invalidate()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return self._asked

    def heightForWidth(self, width: int) -> int:
        return self._lay(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._lay(rect, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _lay(self, rect: QRect, *, move: bool) -> int:
        """Go through the rows; their height."""
        x, y, row = 0, 0, 0
        parent = self.parentWidget()
        mirrored = parent is not None and parent.layoutDirection() == (
            Qt.LayoutDirection.RightToLeft
        )
        for item in self._items:
            size = item.sizeHint()
            width = min(max(size.width(), item.minimumSize().width()), max(1, rect.width()))
            if item.expandingDirections() & Qt.Orientation.Horizontal and x + width < rect.width():
                width = rect.width() - x  # a field takes what is left of its row
            if x and x + width > rect.width():
                x, y, row = 0, y + row + self._gap, 0
                if item.expandingDirections() & Qt.Orientation.Horizontal:
                    width = rect.width()
            if move:
                left = rect.width() - x - width if mirrored else x
                item.setGeometry(
                    QRect(rect.topLeft() + QPoint(left, y), QSize(width, size.height()))
                )
            x += width + self._gap
            row = max(row, size.height())
        return y + row
