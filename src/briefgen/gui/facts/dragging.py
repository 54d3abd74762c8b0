"""Dragging rows of the list to another place, within the group that they stand in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QTableView

from briefgen.gui import look
from briefgen.gui.facts.model import FactModel

_EDGE, _STEP = 28, 14
"""Pixels from the edge at which a drag scrolls, and how far at a time."""
_SCROLLS_EVERY = 30
"""Milliseconds."""


@dataclass(frozen=True, slots=True)
class DropPlace:
    """Where what is dragged would come to stand."""

    row: int
    """The fact beside which."""
    after: bool


class RowDrag(QObject):
    """The rows that are being dragged, and where they would go. The view hands it the mouse."""

    dropped = Signal(object, int, bool)
    """Places of facts, the place beside which they go, and whether after it."""

    def __init__(self, view: QTableView, model: FactModel) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._rows: list[int] = []
        self._drop: DropPlace | None = None
        self._scroller = QTimer(self, interval=_SCROLLS_EVERY)
        self._scroller.timeout.connect(self._scroll_on)

    @property
    def goes_on(self) -> bool:
        """Whether something is being dragged."""
        return bool(self._rows)

    def begin(self, rows: list[int]) -> None:
        """Take rows up."""
        self._rows = rows
        self._view.setCursor(Qt.CursorShape.ClosedHandCursor)
        self._scroller.start()

    def to(self, at: QPoint) -> None:
        """The mouse is here now."""
        drop = self._drop_at(at)
        self._view.setCursor(
            Qt.CursorShape.ForbiddenCursor if drop is None else Qt.CursorShape.ClosedHandCursor
        )
        if drop != self._drop:
            self._drop = drop
            self._view.viewport().update()

    def cancel(self) -> None:
        """Let everything stay where it is."""
        self._scroller.stop()
        self._rows, self._drop = [], None
        self._view.unsetCursor()
        self._view.viewport().update()

    def let_go(self) -> None:
        """Drop the rows where they are."""
        drop, rows = self._drop, self._rows
        self.cancel()
        if drop is not None:
            self._move(rows, drop)

    def _drop_at(self, at: QPoint) -> DropPlace | None:
        """Where a drop would go: within the group that all dragged facts stand in."""
        view = self._view
        first, last = self._model.group_rows(self._rows[0])
        if not all(first <= row <= last for row in self._rows):
            return None
        row = view.rowAt(min(max(at.y(), 0), view.viewport().height() - 1))
        if row < 0 or row > last:
            return DropPlace(last, True)
        if row < first:
            return DropPlace(first, False)
        middle = view.rowViewportPosition(row) + view.rowHeight(row) / 2
        return DropPlace(row, at.y() > middle)

    def _move(self, rows: Sequence[int], drop: DropPlace) -> None:
        places = [place for row in rows if (place := self._model.place_at(row)) is not None]
        first, last = self._model.group_rows(rows[0])
        gap = drop.row + (1 if drop.after else 0)
        # What they come to stand beside does not move itself.
        for row in (*range(gap, last + 1), *range(gap - 1, first - 1, -1)):
            place = self._model.place_at(row)
            if place is not None and row not in rows:
                self.dropped.emit(places, place, row < gap)
                return

    def _scroll_on(self) -> None:
        """Scroll while the mouse is at an edge."""
        at = self._view.viewport().mapFromGlobal(self._view.cursor().pos())
        beyond = (at.y() > self._view.viewport().height() - _EDGE) - (at.y() < _EDGE)
        if self._drop is not None and beyond:
            bar = self._view.verticalScrollBar()
            bar.setValue(bar.value() + _STEP * beyond)
            self.to(at)

    def paint(self) -> None:
        """Draw a line where the rows would go."""
        if self._drop is None:
            return
        view, room = self._view, self._view.viewport()
        top = view.rowViewportPosition(self._drop.row)
        y = top + (view.rowHeight(self._drop.row) if self._drop.after else 0)
        y = min(max(y, 2), room.height() - 2)
        with QPainter(room) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(look.colour("accent"), 2))
            painter.drawLine(14, y, room.width() - 10, y)
            painter.setBrush(look.colour("ground"))
            painter.drawEllipse(QPoint(10, y), 4, 4)
