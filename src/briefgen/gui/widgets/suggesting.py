"""A list under a field of what the typed letters may mean: two lines an entry, keys as usual."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCompleter,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from briefgen.direction import for_people
from briefgen.gui import look

_Index = QModelIndex | QPersistentModelIndex
_POPUP_KEYS = (
    Qt.Key.Key_Enter, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An entry: what choosing it gives, and its two lines."""

    value: Any
    title: str
    told: str = ""
    enabled: bool = True
    apart: bool = False
    """Something else than what was asked for: it is not chosen by Enter alone."""


MOST = 40
"""Entries of a list: who is looked for is found by more letters, not by scrolling."""


def first_few(entries: Sequence[Suggestion], most: int = MOST) -> list[Suggestion]:
    """The first entries; of more than a list is to have it is said that there are others."""
    if len(entries) <= most:
        return list(entries)
    told = Suggestion(None, f"The first {most} of more", "Type more to find others.", enabled=False)
    return [*entries[:most], told]


class SuggestionModel(QStandardItemModel):
    """Suggestions as Qt's views ask for them, whole in the user role."""

    entries: Sequence[Suggestion] = ()

    def show_entries(self, entries: Sequence[Suggestion]) -> None:
        """Other entries in the place of these."""
        self.entries = tuple(entries)
        self.clear()
        for entry in entries:
            item = QStandardItem(for_people(entry.title))
            item.setData(entry, Qt.ItemDataRole.UserRole)
            item.setAccessibleText(", ".join(filter(None, (entry.title, entry.told))))
            item.setEnabled(entry.enabled)
            self.appendRow(item)


class _TwoLines(QStyledItemDelegate):
    """The title, and what is told of it smaller below."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        entry = index.data(Qt.ItemDataRole.UserRole)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, look.colour("chosen"))
        inside = rect.adjusted(10, 5, -10, -5)
        title, small = look.text_font(), look.text_font(small=True)
        lines = QFontMetrics(title).height(), QFontMetrics(small).height()
        painter.setFont(title)
        painter.setPen(look.colour("text" if entry.enabled else "muted"))
        upper = QRect(inside.left(), inside.top(), inside.width(), lines[0])
        if not entry.told:
            upper.moveCenter(inside.center())
        painter.drawText(
            upper,
            Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine,
            QFontMetrics(title).elidedText(
                for_people(entry.title), Qt.TextElideMode.ElideRight, inside.width()
            ),
        )
        painter.setFont(small)
        painter.setPen(look.colour("muted"))
        painter.drawText(
            QRect(inside.left(), upper.bottom() + 1, inside.width(), lines[1]),
            Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine,
            QFontMetrics(small).elidedText(
                for_people(entry.told), Qt.TextElideMode.ElideRight, inside.width()
            ),
        )
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        heights = (
            QFontMetrics(look.text_font()).height(),
            QFontMetrics(look.text_font(small=True)).height(),
        )
        return QSize(320, sum(heights) + 11)


class Suggesting(QObject):
    """The list of one field, which asks it first about every key: `takes_key`.

    `take` is called with the value of the entry that the person chose.
    """

    def __init__(self, field: QWidget, label: str, take: Callable[[Any], None]) -> None:
        super().__init__(field)
        self.model = SuggestionModel(self)
        self._completer = QCompleter(self.model, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setWidget(field)
        self._completer.setMaxVisibleItems(8)
        self._completer.setWrapAround(False)
        self.popup = popup = QListView()
        popup.setUniformItemSizes(True)
        popup.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        popup.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        popup.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        popup.setAccessibleName(label)
        popup.setProperty("role", "popup")
        self._completer.setPopup(popup)
        popup.setItemDelegate(_TwoLines(popup))
        self._take = take
        self._completer.activated[QModelIndex].connect(self._chosen)  # type: ignore[index]

    @property
    def is_open(self) -> bool:
        """Whether the list is to be seen."""
        return self.popup.isVisible()

    def show(self, entries: Sequence[Suggestion], place: QRect) -> None:
        """Show these under `place`, in the field's coordinates; nothing to show closes the list."""
        self.model.show_entries(entries)
        if not entries:
            self.close()
            return
        self._completer.complete(place)
        first = next((row for row, one in enumerate(entries) if one.enabled and not one.apart), -1)
        popup = self.popup
        popup.setCurrentIndex(popup.model().index(first, 0) if first >= 0 else QModelIndex())
        popup.scrollToTop()

    def close(self) -> None:
        """Show no list."""
        self.popup.hide()

    def takes_key(self, event: QKeyEvent) -> bool:
        """Whether the key is for the open list: then the field must `ignore` it."""
        return self.is_open and event.key() in _POPUP_KEYS

    def _chosen(self, index: QModelIndex) -> None:
        entry = index.data(Qt.ItemDataRole.UserRole)
        if isinstance(entry, Suggestion) and entry.enabled:
            self._take(entry.value)
