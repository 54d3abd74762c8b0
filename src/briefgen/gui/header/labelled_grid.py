"""Labels and fields in two columns, with headings between them."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from briefgen.gui.widgets import building
from briefgen.gui.widgets.chips import Chips


class LabelledGrid(QWidget):
    """Filled from top to bottom."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(5)
        self._grid.setColumnStretch(1, 1)
        self._next = 0

    def heading(self, text: str) -> None:
        """Starts a group."""
        heading = building.heading(text.upper())
        heading.setAccessibleName(text)
        heading.setContentsMargins(0, 12, 0, 2)
        self.whole(heading)

    def row(self, text: str, field: QWidget) -> None:
        """A field behind its label; beside chips the label stands at their first line."""
        name = QLabel(text)
        name.setBuddy(field)
        if isinstance(field, Chips):
            name.setContentsMargins(0, 6, 0, 0)
            name.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(name, self._next, 0)
        self._grid.addWidget(field, self._next, 1)
        self._next += 1

    def whole(self, field: QWidget) -> None:
        """A field as wide as both columns."""
        self._grid.addWidget(field, self._next, 0, 1, 2)
        self._next += 1

    def hint(self, text: str = "") -> QLabel:
        """Quiet words below a field."""
        hint = building.label(text, "hint", wrap=True)
        self.whole(hint)
        return hint

    def finish(self) -> None:
        """Nothing more comes."""
        self._grid.setRowStretch(self._next, 1)

    def sizeHint(self) -> QSize:
        return self._grid.sizeHint()
