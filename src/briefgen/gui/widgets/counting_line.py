"""A line to type in that tells, at its right end, how much there is of what was typed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from briefgen.gui.widgets.building import label, row

_BETWEEN = 4


class CountingLine(QLineEdit):
    """The count stands inside, so that nothing beside the line moves when it comes and goes."""

    def __init__(self, name: str, *, keep_right: int = 0) -> None:
        """`keep_right` pixels stay free at the right end, such as for a button that clears."""
        super().__init__()
        self.setPlaceholderText(name)
        self.setAccessibleName(name)
        self.count = label(role="hint")
        self._keep_right = keep_right
        self._end = QWidget(self)
        self._end.setCursor(Qt.CursorShape.ArrowCursor)
        self.at_end: QHBoxLayout = row(self.count, parent=self._end, spacing=2)
        """What stands inside the line at its right end; more can be put there."""
        self._end.hide()

    def tell(self, said: str, heard: str = "") -> None:
        """Say a count; nothing hides what stands at the end. `heard` is for those who do not see.

        The line's own description stays in front of it.
        """
        self.count.setText(said)
        self.count.setAccessibleName(heard or said)
        self._end.setVisible(bool(said))
        self._settle()

    def _settle(self) -> None:
        self._end.adjustSize()
        width = self._end.sizeHint().width() if not self._end.isHidden() else 0
        self.setTextMargins(0, 0, width + _BETWEEN if width else 0, 0)
        height = self._end.sizeHint().height()
        left = self.width() - width - _BETWEEN - self._keep_right
        self._end.setGeometry(left, (self.height() - height) // 2, width, height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._settle()
