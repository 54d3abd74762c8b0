"""A list of briefs or bases that were open before: two lines each, opened with a click or Enter."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QListView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from briefgen.direction import for_people
from briefgen.gui import look
from briefgen.gui.view_models.home.recent_rows import RecentRow
from briefgen.gui.widgets.fields import plain_tip

_ROW = Qt.ItemDataRole.UserRole
ROW_HEIGHT = 50


class RecentList(QListView):
    """Arrow keys go through it; Enter or a click opens, Delete takes out of the list."""

    def __init__(
        self, name: str, open_: Callable[[RecentRow], None], remove: Callable[[RecentRow], None]
    ) -> None:
        super().__init__()
        self._open = open_
        self._remove = remove
        self._rows = QStandardItemModel(self)
        self.setModel(self._rows)
        self.setAccessibleName(name)
        self.setProperty("role", "recent")
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setItemDelegate(_Cell(self))
        self.clicked.connect(lambda index: self._open(index.data(_ROW)))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)

    def show_rows(self, rows: Sequence[RecentRow]) -> None:
        """Show these, the latest first; the row in hand stays where it was in the list."""
        place = max(0, self.currentIndex().row())
        self._rows.clear()
        for row in rows:
            item = QStandardItem(for_people(row.title))
            item.setData(row, _ROW)
            item.setData(row.spoken, Qt.ItemDataRole.AccessibleTextRole)
            item.setToolTip(plain_tip(str(row.path)))
            self._rows.appendRow(item)
        self.setMaximumHeight(len(rows) * ROW_HEIGHT + 2)
        if rows:
            self.setCurrentIndex(self._rows.index(min(place, len(rows) - 1), 0))

    @property
    def rows(self) -> list[RecentRow]:
        """What it shows."""
        return [self._rows.item(place).data(_ROW) for place in range(self._rows.rowCount())]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().data(_ROW)
        if row is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(row)
        elif row is not None and event.key() == Qt.Key.Key_Delete:
            self._remove(row)
        else:
            super().keyPressEvent(event)

    def _show_menu(self, place: QPoint) -> None:
        index = self.indexAt(place)
        row = (index if index.isValid() else self.currentIndex()).data(_ROW)
        if row is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Open").triggered.connect(lambda checked=False: self._open(row))
        menu.addAction("Remove from this list").triggered.connect(
            lambda checked=False: self._remove(row)
        )
        menu.popup(self.viewport().mapToGlobal(place))


class _Cell(QStyledItemDelegate):
    """A title, and below it what else is known."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(100, ROW_HEIGHT)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        row: RecentRow = index.data(_ROW)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        view = self.parent()
        focused = isinstance(view, QListView) and view.hasFocus()
        chosen = bool(state & QStyle.StateFlag.State_Selected) and focused
        painter.save()
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(look.colour("accent") if chosen else Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("chosen"))
            painter.drawRoundedRect(rect.adjusted(1, 1, -2, -2), 4, 4)
        inner = rect.adjusted(10, 6, -10, -6)
        title = look.text_font(bold=True)
        lines = (
            (row.title, title, "text" if row.is_there else "muted", inner.top()),
            (row.details, look.text_font(small=True), "muted", inner.top() + 19),
        )
        for text, font, colour, top in lines:
            metrics = QFontMetrics(font)
            painter.setFont(font)
            painter.setPen(look.colour(colour))
            painter.drawText(
                QRect(inner.left(), top, inner.width(), 20),
                Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine,
                metrics.elidedText(for_people(text), Qt.TextElideMode.ElideRight, inner.width()),
            )
        painter.restore()
