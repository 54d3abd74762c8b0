"""Topics as a tree of boxes with counts."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QResizeEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QMenu, QTreeView, QWidget

from briefgen.direction import for_people
from briefgen.gui.scope.counted_selection import CountedSelection, of_facts
from briefgen.gui.scope.word_button import word_button
from briefgen.gui.widgets.building import STRETCH, column, heading, row
from briefgen.gui.widgets.chips import Chip, RemovableChips
from briefgen.gui.widgets.fields import plain_tip
from briefgen.gui.widgets.tick_rows import COUNT, AnyIndex, TickRows
from briefgen.gui.window import MainWindow
from briefgen.select.topic_ticks import Tick, TopicTree

_STATES: dict[Tick, Qt.CheckState] = {
    "on": Qt.CheckState.Checked,
    "part": Qt.CheckState.PartiallyChecked,
    "off": Qt.CheckState.Unchecked,
}
_OPEN_UP_TO = 60
"""Topics up to which a tree is shown whole at first."""
_ID = Qt.ItemDataRole.UserRole
_ROW_HEIGHT, _ROWS_AT_LEAST = 25, 4


class TopicModel(QStandardItemModel):
    """The topics of a base. What is ticked is said by the brief: a click only asks for it."""

    clicked = Signal(str)
    """The box of a topic was clicked."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tree = TopicTree(())
        self._items: dict[str, QStandardItem] = {}

    def set_topics(self, labels: dict[str, str]) -> None:
        """Other topics, by id, in their order."""
        self.clear()
        self.tree = TopicTree(labels)
        self._items = {}
        for id_ in self.tree.order:
            item = self._items[id_] = QStandardItem(for_people(labels.get(id_) or id_))
            item.setData(id_, _ID)
            item.setToolTip(plain_tip(labels.get(id_) or id_))
            item.setEditable(False)
            item.setCheckable(True)
        for above, below in self.tree.children.items():
            parent = self._items[above] if above else self.invisibleRootItem()
            for id_ in below:
                parent.appendRow(self._items[id_])

    def set_state(self, ticks: dict[str, Tick], counts: dict[str, int]) -> None:
        """How boxes and counts stand."""
        for id_, item in self._items.items():
            count = counts.get(id_, 0)
            item.setCheckState(_STATES[ticks.get(id_, "off")])
            item.setData(count, COUNT)
            item.setAccessibleText(f"{item.text()}, {of_facts(count)}")

    def index_of(self, id_: str) -> QModelIndex:
        """Where a topic stands."""
        return self._items[id_].index()

    def id_at(self, index: AnyIndex) -> str:
        """The topic that stands there; empty for none."""
        return str(index.data(_ID) or "")

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        self.clicked.emit(self.id_at(index))
        return True


class TopicView(QTreeView):
    """The tree itself."""

    menu_asked = Signal(str, object)
    """A topic's menu was asked for, and the point on the screen where."""

    def __init__(self, model: TopicModel) -> None:
        super().__init__()
        self.topics = model
        self.setModel(model)
        self.setItemDelegate(TickRows(self, _ROW_HEIGHT, tree=self))
        self.setHeaderHidden(True)
        self.setWordWrap(True)
        self.setIndentation(18)
        self.setExpandsOnDoubleClick(False)
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(_ROWS_AT_LEAST * _ROW_HEIGHT)
        self.setAccessibleName("Topics")
        self.setAccessibleDescription(
            "Space ticks a topic and all under it; the menu key leaves it alone ticked."
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()  # names need other lines

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            index = self.currentIndex()
            point = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())
        else:
            index, point = self.indexAt(event.pos()), event.globalPos()
        if index.isValid():
            self.menu_asked.emit(self.topics.id_at(index), point)


class TopicsGroup(QWidget):
    """Topics under their heading."""

    def __init__(self, window: MainWindow, selection: CountedSelection) -> None:
        super().__init__()
        self._window = window
        self._selection = selection
        self.model = TopicModel(self)
        self.view = TopicView(self.model)
        self.all_button = word_button("All", self._choose_all, "All topics", edge="end")
        kept = self.all_button.sizePolicy()
        kept.setRetainSizeWhenHidden(True)  # the heading keeps its height
        self.all_button.setSizePolicy(kept)
        self.unknown = RemovableChips()
        self.unknown.removed.connect(self._toggle)
        above = row(heading("TOPICS"), STRETCH, self.all_button)
        column(above, self.unknown, (self.view, 1), parent=self, spacing=2)
        self.model.clicked.connect(self._toggle)
        self.view.menu_asked.connect(self._show_menu)

    def base_opened(self) -> None:
        """The tree of another base, or of the same one read anew: what was closed stays closed."""
        closed = {
            id_
            for id_ in self.model.tree.order
            if self.model.tree.children[id_] and not self.view.isExpanded(self.model.index_of(id_))
        }
        known = set(self.model.tree.order)
        topics = self._selection.session.base.topics
        self.model.set_topics({topic.id: topic.label for topic in topics.values()})
        tree = self.model.tree
        for id_ in tree.order:
            whole = id_ not in closed if id_ in known else len(tree.order) <= _OPEN_UP_TO
            if tree.children[id_] and whole:
                self.view.expand(self.model.index_of(id_))

    def refresh(self) -> None:
        """Boxes and counts as the brief has them now."""
        chosen = self._selection.asked.topics
        tree = self.model.tree
        self.model.set_state(
            tree.ticks(chosen), self._selection.facets.by_topic(self._selection.counted)
        )
        self.all_button.setVisible(bool(chosen))
        self.unknown.set_chips(
            [
                Chip(id_, id_, "This base has no such topic", known=False)
                for id_ in tree.unknown(chosen)
            ]
        )

    def _toggle(self, id_: str) -> None:
        then = self.model.tree.toggle(self._selection.asked.topics, id_)
        if then is None:
            self._window.tell("A brief needs at least one topic: tick another one first.")
        else:
            self._selection.choose("Choose topics", topics=then)

    def _choose_all(self) -> None:
        self.view.setFocus()  # the button goes
        self._selection.choose("Choose all topics", topics=())

    def _show_menu(self, id_: str, point: Any) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        only = menu.addAction("Only this topic")
        only.triggered.connect(lambda: self._selection.choose("Choose a topic", topics=(id_,)))
        menu.addAction("All topics").triggered.connect(self._choose_all)
        menu.popup(point)
