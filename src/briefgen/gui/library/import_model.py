"""The rows of a file that is to be imported, as Qt's views ask for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QObject,
    QSize,
    Qt,
    Signal,
)

from briefgen.direction import for_people
from briefgen.editing.import_rows import ImportRow
from briefgen.gui import look
from briefgen.gui.widgets.fields import plain_tip
from briefgen.gui.widgets.rows_model import AnyIndex, RowsModel

_HEADS = ("", "Where", "Outcome", "Title or statement", "Id, or why not")
_STATES = {"new": "new", "same": "there already", "fault": "fault"}


class ImportModel(RowsModel):
    """Each row with a tick, where it can be added."""

    ticked_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_HEADS, parent)
        self.all: Sequence[ImportRow] = ()
        self.ticked: set[int] = set()

    def set_rows(self, rows: Sequence[ImportRow]) -> None:
        """Show these; all that are new are ticked."""
        self.all = rows
        self.ticked = {row.number for row in rows if row.state == "new"}
        self.show_only("")

    def show_only(self, state: str) -> None:
        """Show the rows of one state; empty: all."""
        self.put([row for row in self.all if state in ("", row.state)])
        self.ticked_changed.emit()

    def tick_all(self, on: bool) -> None:
        """Tick all new rows, or none."""
        self.ticked = {row.number for row in self.all if row.state == "new"} if on else set()
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, 0))
        self.ticked_changed.emit()

    # --- what Qt calls --------------------------------------------------------------------------

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.column() == 0 and self.rows[index.row()].state == "new":
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self.rows):
            return None
        row, column = self.rows[index.row()], index.column()
        said = ("", row.place, _STATES[row.state], row.text, row.words)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return for_people(said[column])
            case Qt.ItemDataRole.CheckStateRole if column == 0 and row.state == "new":
                on = row.number in self.ticked
                return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.AccessibleTextRole if column == 0:
                if row.state != "new":
                    return _STATES[row.state]
                return "is added" if row.number in self.ticked else "is not added"
            case Qt.ItemDataRole.ToolTipRole if column > 2:
                return plain_tip(said[column])
            case Qt.ItemDataRole.SizeHintRole:
                return QSize(0, 26)
            case Qt.ItemDataRole.ForegroundRole if column in (2, 4) and row.state == "fault":
                return look.colour("error")
            case Qt.ItemDataRole.ForegroundRole if column == 1 or row.state == "same":
                return look.colour("muted")
        return None

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        number = self.rows[index.row()].number
        if Qt.CheckState(value) == Qt.CheckState.Checked:
            self.ticked.add(number)
        else:
            self.ticked.discard(number)
        self.dataChanged.emit(index, index)
        self.ticked_changed.emit()
        return True
