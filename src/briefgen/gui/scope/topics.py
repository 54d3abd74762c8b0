"""Topics as a tree of boxes with counts."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QMenu, QTreeView, QWidget

from briefgen.gui import look
from briefgen.gui.scope.counted_selection import CountedSelection, of_facts
from briefgen.gui.scope.word_button import word_button
from briefgen.gui.widgets.building import STRETCH, column, heading, row
from briefgen.gui.widgets.chips import Chip, RemovableChips
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
_ROW_HEIGHT, _ROWS_AT_LEAST = 25, 4
_NOWHERE = QModelIndex()


class TopicModel(QAbstractItemModel):
    """The topics of a base. What is ticked is said by the brief, never kept here."""

    clicked = Signal(str)
    """The box of a topic was clicked."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tree = TopicTree(())
        self._labels: dict[str, str] = {}
        self._rows: dict[str, int] = {}
        self._numbers: dict[str, int] = {}
        self._ticks: dict[str, Tick] = {}
        self._counts: dict[str, int] = {}

    def set_topics(self, labels: dict[str, str]) -> None:
        """Other topics, by id, in their order."""
        self.beginResetModel()
        self.tree = TopicTree(labels)
        self._labels = labels
        self._numbers = {id_: number for number, id_ in enumerate(self.tree.order)}
        self._rows = {
            id_: row for below in self.tree.children.values() for row, id_ in enumerate(below)
        }
        self._ticks, self._counts = {}, {}
        self.endResetModel()

    def set_state(self, ticks: dict[str, Tick], counts: dict[str, int]) -> None:
        """How boxes and counts stand."""
        if (ticks, counts) == (self._ticks, self._counts):
            return
        self._ticks, self._counts = ticks, counts
        for id_, below in self.tree.children.items():
            if below:
                above = self.index_of(id_) if id_ else QModelIndex()
                self.dataChanged.emit(self.index(0, 0, above), self.index(len(below) - 1, 0, above))

    def index_of(self, id_: str) -> QModelIndex:
        """Where a topic stands."""
        return self.createIndex(self._rows[id_], 0, self._numbers[id_])

    def id_at(self, index: AnyIndex) -> str:
        """The topic that stands there; empty for none."""
        return self.tree.order[index.internalId()] if index.isValid() else ""

    def index(self, row: int, column: int, parent: AnyIndex = _NOWHERE) -> QModelIndex:
        below = self.tree.children[self.id_at(parent)]
        if column != 0 or not 0 <= row < len(below) or parent.column() > 0:
            return QModelIndex()
        return self.createIndex(row, 0, self._numbers[below[row]])

    def parent(self, index: AnyIndex = _NOWHERE) -> QModelIndex:  # type: ignore[override]
        above = self.tree.parent(self.id_at(index))
        return self.index_of(above) if above else QModelIndex()

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return len(self.tree.children[self.id_at(parent)]) if parent.column() <= 0 else 0

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 1

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        # Not "auto tristate": a click ticks or unticks, and the brief says what follows from it.
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsUserCheckable
        )

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        id_ = self.id_at(index)
        if not id_:
            return None
        label = self._labels.get(id_) or id_
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return label
            case Qt.ItemDataRole.CheckStateRole:
                return _STATES[self._ticks.get(id_, "off")]
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{label}, {of_facts(self._counts.get(id_, 0))}"
            case Qt.ItemDataRole.ForegroundRole:
                return None if self._counts.get(id_) else look.colour("muted")
        return self._counts.get(id_, 0) if role == COUNT else None

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
        self.setItemDelegate(TickRows(self, _ROW_HEIGHT))
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(18)
        self.setExpandsOnDoubleClick(False)
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setMinimumHeight(_ROWS_AT_LEAST * _ROW_HEIGHT)
        self.setAccessibleName("Topics")
        self.setAccessibleDescription(
            "Space ticks a topic and all under it; the menu key leaves it alone ticked."
        )

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
