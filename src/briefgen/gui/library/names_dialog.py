"""Topics, or measures, of a base in a form: new ones, other labels and ids, old ones removed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QModelIndex, QSignalBlocker, QSize, Qt
from PySide6.QtGui import QBrush
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from briefgen.direction import for_people
from briefgen.editing import definitions as core
from briefgen.gui import look
from briefgen.gui.editing.base_writer import BaseWriter
from briefgen.gui.editing.fields import FormChoice, FormLine, Labelled, note
from briefgen.gui.editing.paged_dialog import PagedDialog
from briefgen.gui.library.naming_list import NamingList
from briefgen.gui.view_models.words import counted
from briefgen.gui.widgets.building import STRETCH, button, column, heading, row
from briefgen.gui.widgets.fields import plain_tip
from briefgen.index import Index

_ID = int(Qt.ItemDataRole.UserRole)


class NamesDialog(PagedDialog):
    """The list at the left, the one in hand at the right; each change is written by itself."""

    what: Any = "topic"

    def __init__(self, writer: BaseWriter) -> None:
        self.title = f"{self.what.capitalize()}s of the base"
        super().__init__(writer.window, self.title, QSize(860, 600))
        self.writer = writer
        self.own_id: str | None = None
        """The id of the one in hand; None for a new one."""
        self._id_is_typed = False
        self.list = QTreeWidget()
        self.list.setHeaderLabels([self.what.capitalize(), "Facts"])
        self.list.setAccessibleName(f"{self.what.capitalize()}s")
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setIndentation(16)
        self.list.setAllColumnsShowFocus(True)
        self.list.setProperty("role", "table")
        head = self.list.header()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.list.headerItem().setTextAlignment(1, Qt.AlignmentFlag.AlignRight)
        self.list.currentItemChanged.connect(self._other_item)
        self.label = FormLine("Label", "As it is printed")
        self.id = FormLine("Id", "made of the label")
        self.id.typed.connect(lambda text: self._take_id())
        self.label.changed.connect(self._follow)
        self.id_field = Labelled("Id", self.id)
        self.naming = NamingList(writer.window, self.what)
        self.naming_box = QWidget()
        column(heading("BRIEFS AND TEMPLATES"), self.naming, parent=self.naming_box, spacing=6)
        self.uses = note()
        page = QWidget()
        new = button(f"New {self.what}", self.new)
        new.setAutoDefault(False)
        self.new_button = new
        left = column((self.list, 1), row(new, STRETCH), spacing=8)
        fields = self.fields()
        right = column(*fields, self.uses, self.naming_box, STRETCH, spacing=10)
        row((left, 1), (right, 1), parent=page, margins=(22, 16, 22, 12), spacing=22)
        self.add_page(
            page,
            self.title,
            (("Close", self.reject), ("Remove", self.remove), ("Save", self.save)),
        )
        writer.window.session.base_opened.connect(self._base_opened)
        writer.window.session.about_to_close.connect(self._leave)
        self._fill_list()
        self._show(next(iter(self.entries()), None))
        self.list.setFocus()

    # --- what topics and measures differ in -----------------------------------------------------

    def fields(self) -> list[QWidget]:
        """The fields at the right, in their order."""
        raise NotImplementedError

    def entries(self) -> dict[str, tuple[str, str]]:
        """By id, the label of each and what it is part of."""
        raise NotImplementedError

    def counts(self) -> dict[str, int]:
        """By id, how many facts name each."""
        raise NotImplementedError

    def planned(self) -> core.Redefined:
        """The change that the fields ask for."""
        raise NotImplementedError

    def removed(self, id_: str) -> core.Redefined:
        """One less."""
        raise NotImplementedError

    def suggested_id(self) -> str:
        """An id made of what is in the fields."""
        raise NotImplementedError

    def show_more(self, id_: str | None) -> None:
        """Fill the fields that only this kind has."""

    def values(self) -> tuple[Any, ...]:
        """What the fields say."""
        return (self.label.data(), self.id.data() if self._id_is_typed or self.own_id else None)

    # --- the list -------------------------------------------------------------------------------

    @property
    def index(self) -> Index:
        """The base as it is open now."""
        return self.writer.index

    def _fill_list(self) -> None:
        counts = self.counts()
        items: dict[str, QTreeWidgetItem] = {}
        with QSignalBlocker(self.list):
            self.list.clear()
            for id_, (text, parent) in self.entries().items():
                count = counts.get(id_, 0)
                item = QTreeWidgetItem([for_people(text), f"{count:,}" if count else "none"])
                item.setData(0, _ID, id_)
                item.setToolTip(0, plain_tip(id_))
                item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight)
                if not count:
                    item.setForeground(1, QBrush(look.colour("muted")))
                above = items.get(parent)
                if above is None:
                    self.list.addTopLevelItem(item)
                else:
                    above.addChild(item)
                items[id_] = item
            self.list.expandAll()
        self._items = items

    def _base_opened(self) -> None:
        kept = self.own_id
        self._fill_list()
        if kept is not None and kept not in self._items:
            self._show(next(iter(self._items), None))
        elif kept is not None:
            with QSignalBlocker(self.list):
                self.list.setCurrentItem(self._items[kept])

    def _other_item(self, now: QTreeWidgetItem | None, before: object) -> None:
        if now is None:
            return
        wanted = str(now.data(0, _ID))
        if wanted == self.own_id:
            return
        if self.has_unsaved():
            with QSignalBlocker(self.list):
                self._mark(self.own_id)
            self.ask_first(partial(self._show_instead, wanted))
        else:
            self._show(wanted)

    def _show_instead(self, id_: str | None) -> None:
        self._show(id_)
        self.show_page(self._page())

    def _show(self, id_: str | None) -> None:
        """Take one in hand; None: a new one."""
        self.own_id = id_
        self._id_is_typed = False
        entry = self.entries().get(id_ or "")
        self.label.set_data(entry[0] if entry else "")
        self.id.set_data(id_ or "")
        self.show_more(id_)
        with QSignalBlocker(self.list):
            self._mark(id_)
        count = self.counts().get(id_ or "", 0)
        facts = counted(count, "fact names it.", "facts name it.") if count else "No fact names it."
        self.uses.setText(facts if id_ else "")
        self._start = self.values()
        self._show_naming()
        self.tell("")

    def _mark(self, id_: str | None) -> None:
        """Mark the one in hand in the list; a new one is none of them."""
        item = self._items.get(id_ or "")
        if item is not None:
            self.list.setCurrentItem(item)
        else:
            self.list.setCurrentIndex(QModelIndex())

    def new(self) -> None:
        """A new one."""

        def show() -> None:
            self._show_instead(None)
            self.label.setFocus()

        self.ask_first(show)

    # --- what is typed --------------------------------------------------------------------------

    def has_unsaved(self) -> bool:
        return self.values() != self._start

    def _take_id(self) -> None:
        self._id_is_typed = bool(self.id.data())
        self._follow()

    def _follow(self) -> None:
        """Make the id of a new one, and look who names the old id of another."""
        if self.own_id is None and not self._id_is_typed:
            self.id.set_data(self.suggested_id())
        self.touched()
        self._show_naming()

    def _show_naming(self) -> None:
        names = self.changed_names()
        self.naming_box.setVisible(bool(names))
        if names:
            self.naming.show_names(names)

    def changed_names(self) -> dict[str, str]:
        """Ids that would be others."""
        new = self.id.data() or ""
        old = self.own_id
        if old is None or not new or new == old:
            return {}
        return {
            one: new + one[len(old) :]
            for one in self.entries()
            if one == old or one.startswith(f"{old}.")
        }

    # --- writing --------------------------------------------------------------------------------

    def save(self) -> None:
        """Write what the fields say, and the ticked briefs and templates along with it."""
        if not self.has_unsaved():
            self.tell("Nothing was changed.", "hint")
            return
        made = self.planned()
        if made.names:
            self.naming.add_to(made.plan, made.hashes)
        new = str(self.id.data())
        follow = self.naming.follows_open_brief if made.names else False
        count = f", in {made.facts:,} facts" if made.facts > 1 else ""
        said = f"“{self.label.data()}” is in the base{count}."

        def then() -> None:
            if follow:
                self.naming.change_open_brief(made.hashes)

        self._write(made, said, new, then)

    def remove(self) -> None:
        """Take the one in hand out, if nothing names it."""
        if self.own_id is None:
            self._show_instead(next(iter(self._items), None))
            return
        made = self.removed(self.own_id)
        self._write(made, f"{self.own_id} is taken out of the base.", None, lambda: None)

    def _write(
        self, made: core.Redefined, said: str, new: str | None, then: Callable[[], None]
    ) -> None:
        def show() -> None:
            then()
            self._fill_list()
            self._show(new if new in self._items else next(iter(self._items), None))
            self.tell(said, "hint")

        self.own_id = None  # what is in hand may be called otherwise when the base is read
        self.writer.write(made.plan, said, then=show)


class TopicsDialog(NamesDialog):
    """Topics: a dot in an id makes one part of another."""

    what = "topic"

    def fields(self) -> list[QWidget]:
        self.parent_choice = FormChoice("Part of", [], 12, none="nothing: it stands by itself")
        self.parent_choice.changed.connect(self._move)
        return [
            Labelled("Label", self.label),
            Labelled("Part of", self.parent_choice),
            self.id_field,
        ]

    def entries(self) -> dict[str, tuple[str, str]]:
        topics = self.index.base.topics
        return {id_: (topic.label, topic.parent or "") for id_, topic in topics.items()}

    def counts(self) -> dict[str, int]:
        return core.facts_by_topic(self.index)

    def planned(self) -> core.Redefined:
        label, id_ = self.label.data() or "", self.id.data() or ""
        if self.own_id is None:
            return core.plan_new_topic(self.index, id_, label)
        return core.plan_changed_topic(self.index, self.own_id, id_, label)

    def removed(self, id_: str) -> core.Redefined:
        return core.plan_removed_topic(self.index, id_)

    def suggested_id(self) -> str:
        parent = self.parent_choice.data() or ""
        return core.suggest_topic_id(self.index, self.label.data() or "", parent)

    def show_more(self, id_: str | None) -> None:
        topics = self.index.base.topics
        choice = self.parent_choice
        with QSignalBlocker(choice):
            while choice.count() > 1:
                choice.removeItem(1)
            for one, topic in topics.items():
                if id_ is None or (one != id_ and not one.startswith(f"{id_}.")):
                    choice.addItem(f"{'    ' * one.count('.')}{topic.label}", one)
        choice.set_data(topics[id_].parent if id_ in topics and id_ is not None else None)

    def _move(self) -> None:
        """Another parent is another id."""
        if self.own_id is not None or self._id_is_typed:
            parent, own = self.parent_choice.data(), (self.id.data() or "").rpartition(".")[2]
            self.id.set_data(f"{parent}.{own}" if parent else own)
        self._follow()

    def values(self) -> tuple[Any, ...]:
        return (*super().values(), self.parent_choice.data())


class MeasuresDialog(NamesDialog):
    """Measures, each with its unit."""

    what = "measure"

    def fields(self) -> list[QWidget]:
        self.unit = FormLine("Unit", "USD million, bcm, per cent")
        self.unit.changed.connect(self._follow)
        return [Labelled("Label", self.label), Labelled("Unit", self.unit), self.id_field]

    def entries(self) -> dict[str, tuple[str, str]]:
        return {id_: (one.label, "") for id_, one in self.index.base.measures.items()}

    def counts(self) -> dict[str, int]:
        return core.facts_by_measure(self.index)

    def planned(self) -> core.Redefined:
        label, id_, unit = self.label.data() or "", self.id.data() or "", self.unit.data() or ""
        if self.own_id is None:
            return core.plan_new_measure(self.index, id_, label, unit)
        return core.plan_changed_measure(self.index, self.own_id, id_, label, unit)

    def removed(self, id_: str) -> core.Redefined:
        return core.plan_removed_measure(self.index, id_)

    def suggested_id(self) -> str:
        return core.suggest_measure_id(self.index, self.label.data() or "")

    def show_more(self, id_: str | None) -> None:
        measures = self.index.base.measures
        self.unit.set_data(measures[id_].unit if id_ is not None and id_ in measures else "")

    def values(self) -> tuple[Any, ...]:
        return (*super().values(), self.unit.data())
