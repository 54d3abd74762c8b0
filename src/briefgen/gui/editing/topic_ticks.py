"""Topics of a base as a tree of boxes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem

from briefgen.direction import for_people
from briefgen.facts.model import Topic
from briefgen.gui.widgets.fields import plain_tip
from briefgen.gui.widgets.tick_rows import TickRows


class TopicTicks(QTreeWidget):
    """A field of a form. Each box counts by itself: a fact may stand under the whole only."""

    changed = Signal()

    def __init__(self, topics: Mapping[str, Topic]) -> None:
        super().__init__()
        self.setAccessibleName("Topics")
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(16)
        self.setRootIsDecorated(False)
        self.setMinimumHeight(220)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("role", "boxed")
        self.setItemDelegate(TickRows(self, 23))
        self._items: dict[str, QTreeWidgetItem] = {}
        self._order: list[str] = []
        self.itemChanged.connect(self._ticked)
        self.set_topics(topics)

    def set_topics(self, topics: Mapping[str, Topic]) -> None:
        """Show a base's topics, none ticked."""
        with QSignalBlocker(self):
            self.clear()
            self._items, self._order = {}, []
            for id_, topic in topics.items():
                self._add(id_, topic.label, topic.parent)
        self.expandAll()

    def _add(self, id_: str, label: str, parent: str | None) -> None:
        item = QTreeWidgetItem([for_people(label)])
        item.setData(0, Qt.ItemDataRole.UserRole, id_)
        item.setToolTip(0, plain_tip(id_))
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
                      | Qt.ItemFlag.ItemIsUserCheckable)  # fmt: skip
        item.setCheckState(0, Qt.CheckState.Unchecked)
        above = self._items.get(parent or "", self.invisibleRootItem())
        above.addChild(item)
        self._items[id_] = item

    def data(self) -> list[str] | None:
        """The ids that are ticked, in the order of ticking: the first is where it stands."""
        return list(self._order) or None

    def set_data(self, value: Any) -> None:
        """Tick these; one that the base does not know is shown as it is called."""
        self._order = [str(id_) for id_ in value or ()]
        with QSignalBlocker(self):
            for id_ in self._order:
                if id_ not in self._items:
                    self._add(id_, id_, None)
            for id_ in self._items:
                self.tick(id_, id_ in self._order)
        self._show_first()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_first()

    def _show_first(self) -> None:
        if self._order:
            self.scrollToItem(self._items[self._order[0]])

    def tick(self, id_: str, on: bool = True) -> None:
        """Tick one, as a click does."""
        state = Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        self._items[id_].setCheckState(0, state)

    def bring_into_sight(self, id_: str) -> None:
        """Scroll to one that was ticked elsewhere."""
        self.scrollToItem(self._items[id_])

    def _ticked(self, item: QTreeWidgetItem, column: int) -> None:
        id_ = str(item.data(0, Qt.ItemDataRole.UserRole))
        if item.checkState(0) == Qt.CheckState.Checked:
            if id_ not in self._order:
                self._order.append(id_)
        elif id_ in self._order:
            self._order.remove(id_)
        self.changed.emit()
