"""The rows of the library as Qt's views ask for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QObject,
    QSize,
    Qt,
    Signal,
)

from briefgen.dates import DateError, date_in_plain_words, parse_edtf
from briefgen.direction import for_people
from briefgen.gui import look
from briefgen.gui.view_models.meanings import RELIABILITY_WORDS
from briefgen.gui.view_models.sources.table import COLUMNS, SourceRow, found_rows, sorted_rows
from briefgen.gui.widgets.fields import plain_tip
from briefgen.gui.widgets.rows_model import AnyIndex, RowsModel

_HEIGHT = 26
"""Pixels of a row."""
GRADE = next(number for number, (name, _) in enumerate(COLUMNS) if name == "grade")
FACTS = next(number for number, (name, _) in enumerate(COLUMNS) if name == "facts")


class SourceModel(RowsModel):
    """All sources, those that a search finds, in the order of a column."""

    grade_asked = Signal(str, str)
    """A source's id and the grade that it is to have, empty for none."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__([head for _, head in COLUMNS], parent)
        self.all: Sequence[SourceRow] = ()
        self._typed = ""
        self._column, self._down = -1, False

    # --- what the window calls ------------------------------------------------------------------

    def set_sources(self, rows: Sequence[SourceRow]) -> None:
        """Other sources, searched and sorted as those before."""
        self.all = rows
        self._show()

    def search(self, typed: str) -> None:
        """Show those that have every word."""
        self._typed = typed
        self._show()

    def row_of(self, id_: str) -> int:
        """The row that shows a source; -1 if none does."""
        return next((number for number, row in enumerate(self.rows) if row.id == id_), -1)

    def _show(self) -> None:
        rows = found_rows(self.all, self._typed)
        if self._column >= 0:
            rows = sorted_rows(rows, COLUMNS[self._column][0], down=self._down)
        self.put(rows)

    # --- what Qt calls --------------------------------------------------------------------------

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._column, self._down = column, order == Qt.SortOrder.DescendingOrder
        self._show()

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight if section == FACTS else Qt.AlignmentFlag.AlignLeft
        return super().headerData(section, orientation, role)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == GRADE else flags

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self.rows):
            return None
        row, column = self.rows[index.row()], index.column()
        name = COLUMNS[column][0]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return for_people(_shown(row, name))
            case Qt.ItemDataRole.EditRole if column == GRADE:
                return row.grade
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{COLUMNS[column][1]}: {for_people(_said(row, name))}"
            case Qt.ItemDataRole.ToolTipRole:
                told = name in ("title", "authors", "publisher", "grade", "saved")
                return plain_tip(_said(row, name)) if told else None
            case Qt.ItemDataRole.SizeHintRole:
                return QSize(0, _HEIGHT)
            case Qt.ItemDataRole.TextAlignmentRole if column == FACTS:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            case Qt.ItemDataRole.ForegroundRole if name in ("kind", "saved") or not _has(row, name):
                return look.colour("muted")
        return None

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or index.column() != GRADE:
            return False
        row = self.rows[index.row()]
        if str(value) != row.grade:
            self.grade_asked.emit(row.id, str(value))
        return True


def _has(row: SourceRow, name: str) -> bool:
    return getattr(row, name) not in ("", 0)


def _shown(row: SourceRow, name: str) -> str:
    match name:
        case "date":
            return _day(row.date)
        case "grade":
            return row.grade or "–"
        case "saved":
            return "yes" if row.saved else "no"
        case "facts":
            return str(row.facts) if row.facts else "none"
    return str(getattr(row, name))


def _said(row: SourceRow, name: str) -> str:
    if name == "grade":
        words = next((said for one, said in RELIABILITY_WORDS.items() if one == row.grade), "")
        return f"{row.grade}, {words}" if row.grade else "not graded"
    if name == "saved":
        return row.saved or "no saved copy"
    return _shown(row, name) or "not said"


def _day(date: str) -> str:
    try:
        return date_in_plain_words(parse_edtf(date)) if date else ""
    except DateError:
        return date
