"""The library: every source of the base in a table that one searches, sorts, grades and tidies."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QMenu,
    QSplitter,
    QTreeView,
)

from briefgen.editing.sources import (
    LikelySame,
    likely_duplicates,
    plan_graded,
    plan_removed_source,
)
from briefgen.facts.model import Source
from briefgen.files import write_whole
from briefgen.gui import faults
from briefgen.gui.background import Task, start
from briefgen.gui.editing.base_menu import BaseMenu
from briefgen.gui.editing.saying_dialog import SayingDialog
from briefgen.gui.files import files_of
from briefgen.gui.files.choosing import ask_save, documents_folder
from briefgen.gui.library.grade_delegate import GradeDelegate
from briefgen.gui.library.merge_dialog import MergeDialog
from briefgen.gui.library.naming_list import briefs_known_to
from briefgen.gui.library.source_details import SourceDetails
from briefgen.gui.library.source_model import FACTS, GRADE, SourceModel
from briefgen.gui.view_models.sources.details import briefs_using, facts_citing
from briefgen.gui.view_models.sources.exporting import EXPORTS, format_of_name
from briefgen.gui.view_models.sources.table import COLUMNS, SourceRow, source_rows
from briefgen.gui.view_models.words import capital
from briefgen.gui.widgets.building import button, column, row, wait
from briefgen.gui.widgets.fields import LineField
from briefgen.gui.window import MainWindow
from briefgen.index import Index, open_index
from briefgen.pipeline.listings.exporting_sources import export_sources

_WIDTHS = {
    "title": 300, "authors": 116, "kind": 136, "date": 164, "publisher": 150, "grade": 60,
    "facts": 56, "marking": 80, "saved": 92,
}  # fmt: skip


class SourcesWindow(SayingDialog):
    """Stays open beside the window and follows its base."""

    def __init__(
        self, window: MainWindow, menu: BaseMenu, ask_import: Callable[[], object]
    ) -> None:
        super().__init__(window, "What happened last")
        self._ask_import = ask_import
        self.window_ = window
        self.menu = menu
        self._task: Task | None = None
        self._exporting: Task | None = None
        self._briefs: tuple[str, Mapping[Path, frozenset[str]]] | None = None
        self._shown_of: Index | None = None
        self._duplicates: list[LikelySame] = []
        self.setWindowTitle("Sources")
        self.setSizeGripEnabled(True)
        room = window.size()
        self.resize(min(1180, room.width() - 60), min(760, room.height() - 60))
        self.search = LineField("Search the sources", "Search by title, author, year or address")
        self.search.setClearButtonEnabled(True)
        self._typing = wait(self, 120, self._search)
        self.search.textChanged.connect(lambda text: self._typing.start())
        self.model = SourceModel(self)
        self.model.grade_asked.connect(self.grade)
        self.table = self._made_table()
        self.details = SourceDetails()
        self.details.fact_asked.connect(self._show_fact)
        self.details.brief_asked.connect(self._open_brief)
        self.details.limit_asked.connect(partial(self.attempt, self.limit))
        self._arrange()
        window.session.base_opened.connect(lambda: self.refresh() if self.isVisible() else None)
        window.session.about_to_close.connect(self._stop_all)
        window.session.about_to_close.connect(self.close)
        self.refresh()
        self.search.setFocus()

    # --- building -------------------------------------------------------------------------------

    def _made_table(self) -> QTreeView:
        table = QTreeView()
        table.setModel(self.model)
        table.setRootIsDecorated(False)
        table.setUniformRowHeights(True)
        table.setAllColumnsShowFocus(True)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.SelectedClicked)
        table.setItemDelegateForColumn(GRADE, GradeDelegate(table))
        table.setSortingEnabled(True)
        table.header().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        table.header().setStretchLastSection(False)
        table.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        table.header().setMinimumSectionSize(50)
        table.setProperty("role", "table")
        table.setAccessibleName("Sources")
        table.setAccessibleDescription("Enter edits the source, F2 grades it, Delete takes it out.")
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._menu_at)
        table.doubleClicked.connect(self._opened)
        table.clicked.connect(self._clicked)
        table.selectionModel().selectionChanged.connect(lambda *_: self._chosen())
        for number, (name, _) in enumerate(COLUMNS):
            table.setColumnWidth(number, _WIDTHS[name])
        for keys, do in (
            ("Return", self.edit), ("Enter", self.edit), ("Delete", self.remove),
            ("F2", self._edit_grade),
        ):  # fmt: skip
            shortcut = QShortcut(QKeySequence(keys), table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(partial(self.attempt, do))
        return table

    def _arrange(self) -> None:
        def made(text: str, do: Callable[[], Any], **more: str) -> Any:
            one = button(text, partial(self.attempt, do), **more)
            one.setAutoDefault(False)
            return one

        self.new_button = made("New…", self.menu.new_source)
        self.duplicates_button = made("Duplicates…", self.merge_duplicates)
        self.import_button = made("Import…", self._ask_import)
        self.export_button = made("Export…", self.ask_export)
        head = row(
            (self.search, 1), self.new_button, self.duplicates_button, self.import_button,
            self.export_button,
            margins=(16, 12, 16, 8), spacing=8,
        )  # fmt: skip
        self.head = head
        self.read_button = made("Read", self.read)
        self.edit_button = made("Edit…", self.edit)
        self.merge_button = made("Merge…", self.merge_chosen)
        self.remove_button = made("Remove", self.remove)
        self.undo_button = made("Undo", self.menu.writer.undo_last,
                                name="Undo the last change of the base")  # fmt: skip
        self.undo_button.hide()
        foot = QFrame()
        foot.setObjectName("foot")
        row(
            (self.said, 1), self.undo_button, self.read_button, self.edit_button, self.merge_button,
            self.remove_button, made("Close", self.close),
            parent=foot, margins=(16, 10, 16, 12), spacing=8,
        )  # fmt: skip
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.table)
        splitter.addWidget(self.details)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([420, 200])
        column(head, (splitter, 1), foot, parent=self, spacing=0)

    # --- what is shown --------------------------------------------------------------------------

    @property
    def index(self) -> Index:
        """The base as it is open now."""
        return self.window_.session.index

    def refresh(self) -> None:
        """Show the base as it is, the same sources chosen."""
        if self._shown_of is self.index:
            return
        self._shown_of = self.index
        chosen = [one.id for one in self.chosen()]
        rows = source_rows(self.index)
        self.model.set_sources(rows)
        self.table.setColumnHidden(
            [name for name, _ in COLUMNS].index("marking"), not any(one.marking for one in rows)
        )
        self._duplicates = likely_duplicates(self.index)
        count = len(self._duplicates)
        self.duplicates_button.setText(f"Duplicates ({count})…" if count else "Duplicates…")
        self.duplicates_button.setEnabled(bool(count))
        self._choose(chosen)
        self._say_count()
        self._look_through_briefs()

    def _search(self) -> None:
        self._typing.stop()
        chosen = [one.id for one in self.chosen()]
        self.model.search(self.search.value())
        self._choose(chosen)
        self._say_count()

    def _say_count(self) -> None:
        shown, whole = len(self.model.rows), len(self.model.all)
        self.tell(f"{shown:,} of {whole:,} sources" if shown != whole else f"{whole:,} sources")

    def _choose(self, ids: list[str]) -> None:
        """Choose these again, else the first row."""
        rows = [number for id_ in ids[:50] if (number := self.model.row_of(id_)) >= 0]
        if not rows and self.model.rows:
            rows = [0]
        for number in rows:
            self._select(number, add=number != rows[0])
        self._chosen()

    def _select(self, number: int, *, add: bool = False) -> None:
        selection = self.table.selectionModel()
        index = self.model.index(number, 0)
        flag = selection.SelectionFlag
        selection.select(index, (flag.Select if add else flag.ClearAndSelect) | flag.Rows)
        if not add:
            selection.setCurrentIndex(index, flag.NoUpdate)
            self.table.scrollTo(index)

    def show_source(self, id_: str) -> None:
        """Choose a source, whatever is searched for."""
        if self.model.row_of(id_) < 0 and self.search.text():
            self.search.clear()
            self._search()
        number = self.model.row_of(id_)
        if number >= 0:
            self._select(number)
            self.table.setFocus()

    def chosen(self) -> list[SourceRow]:
        """The chosen sources, from top to bottom."""
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return [self.model.rows[number] for number in rows if number < len(self.model.rows)]

    def _chosen(self) -> None:
        chosen = self.chosen()
        self.edit_button.setEnabled(len(chosen) == 1)
        self.merge_button.setEnabled(len(chosen) == 2)
        self.remove_button.setEnabled(len(chosen) == 1)
        self.merge_button.setToolTip("" if len(chosen) == 2 else "Choose two sources first")
        one = chosen[0] if chosen else None
        source: Source | None = self.index.base.sources[one.id] if one is not None else None
        facts = facts_citing(self.index, one.id) if one is not None else []
        self.read_button.setEnabled(len(chosen) == 1 and bool(source and source.archive))
        self.details.show_source(source, facts, one.facts if one is not None else 0)
        self._show_briefs()

    def read(self) -> None:
        """Open the saved copy of the chosen source."""
        chosen = self.chosen()
        if len(chosen) == 1:
            self.window_.session.copy_asked.emit(chosen[0].id)

    # --- briefs ---------------------------------------------------------------------------------

    def _look_through_briefs(self) -> None:
        """Find out in the background which briefs use which sources."""
        self._stop()
        session = self.window_.session
        folder, flag, key = session.folder, session.base_flag, session.index.content_key
        paths = briefs_known_to(self.window_)

        def work(say: Callable[[str], None]) -> Mapping[Path, frozenset[str]]:
            with open_index(folder) as index:
                found: dict[Path, frozenset[str]] = {}
                for path in paths:
                    say(path.name)
                    found |= briefs_using([path], index, flag)
                return found

        def done(found: Mapping[Path, frozenset[str]]) -> None:
            self._briefs = (key, found)
            self._task = None
            self._show_briefs()

        self._briefs = None
        self._task = start(self, work, done, lambda error: self.details.show_briefs([]))

    def _show_briefs(self) -> None:
        chosen = self.chosen()
        if self._briefs is None:
            self.details.show_briefs(None)
        else:
            found = self._briefs[1]
            id_ = chosen[0].id if chosen else ""
            self.details.show_briefs([path for path, used in found.items() if id_ in used])

    def _stop_all(self) -> None:
        self._stop()
        if self._exporting is not None:
            self._exporting.cancel()

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None

    # --- doing ----------------------------------------------------------------------------------

    def tell(self, text: str, role: str = "hint") -> None:
        """Say something at the foot."""
        super().tell(text, role)

    def _may_write(self, then: Callable[[], object]) -> bool:
        may = self.menu.writer.may_write(partial(self.attempt, then))
        if not may:  # what there is to do is said in the window
            self.window_.raise_()
            self.window_.activateWindow()
        return may

    def _one(self) -> SourceRow | None:
        chosen = self.chosen()
        if len(chosen) != 1:
            self.tell("Choose one source first.", "warning")
        return chosen[0] if len(chosen) == 1 else None

    def edit(self) -> None:
        """The form of the chosen source."""
        one = self._one()
        if one is not None and self._may_write(self.edit):
            self.menu.edit_source(one.id)

    def grade(self, id_: str, grade: str) -> None:
        """Grade a source."""

        def write() -> None:
            if self._may_write(write):
                said = f"{id_} is graded {grade} now." if grade else f"{id_} has no grade any more."
                self.menu.writer.write(plan_graded(self.index, id_, grade or None), said)
                self._written(said)

        self.attempt(write)

    def remove(self) -> None:
        """Take the chosen source out, if nothing names it."""
        one = self._one()
        if one is not None and self._may_write(self.remove):
            said = f"{one.id} is taken out of the base."
            self.menu.writer.write(plan_removed_source(self.index, one.id), said)
            self._written(said)

    def merge_chosen(self) -> None:
        """Merge the two chosen sources."""
        chosen = self.chosen()
        if len(chosen) != 2:
            self.tell("Choose two sources first: click the second one with Ctrl.", "warning")
            return
        keep, other = sorted(chosen, key=lambda one: -one.facts)
        self._merge([LikelySame(keep.id, other.id, "")])

    def merge_duplicates(self) -> None:
        """Go through the sources that may stand twice."""
        self._merge(self._duplicates)

    def _merge(self, pairs: list[LikelySame]) -> None:
        if pairs and self._may_write(partial(self._merge, pairs)):
            self.menu.open_form(lambda: MergeDialog(self.menu.writer, pairs))

    def ask_export(self) -> None:
        """Ask for a format: of the chosen sources if there are several, else of all."""
        chosen = self.chosen()
        only = [one.id for one in chosen] if len(chosen) > 1 else None
        menu = QMenu(self)
        count = f"The {len(only):,} chosen sources" if only is not None else "All sources"
        for name, ending in EXPORTS:
            menu.addAction(f"{count} as {name}…", partial(self._ask_where, name, ending, only))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.export_button.mapToGlobal(self.export_button.rect().bottomLeft()))

    def _ask_where(self, name: str, ending: str, only: Sequence[str] | None) -> None:
        start_at = documents_folder() / f"sources{ending}"
        export = partial(self.export, only=only)
        ask_save(self, f"Export as {name}", start_at, f"{name} (*{ending})", export)

    def export(self, path: Path, only: Sequence[str] | None = None) -> None:
        """Write sources into a file, in the format that its name ends in."""
        folder, format_ = self.window_.session.folder, format_of_name(path.name)

        def work(say: Callable[[str], None]) -> tuple[str, ...]:
            exported = export_sources(folder, format_, only)
            say("writing")  # not once it was cancelled
            write_whole(path, exported.text.encode())
            return exported.warnings

        def done(warnings: tuple[str, ...]) -> None:
            self._exporting = None
            if warnings:
                self.tell(f"{path.name} is written; {warnings[0]}.", "warning")
            else:
                self.tell(f"{path.name} is written.")

        self.tell(f"Writing {path.name}…")
        self._exporting = start(self, work, done, self._not_exported)

    def _not_exported(self, error: BaseException) -> None:
        self._exporting = None
        self.tell(capital(faults.sentence(error)), "error")

    def _written(self, said: str) -> None:
        self.tell(said)
        self.undo_button.show()

    # --- pointing -------------------------------------------------------------------------------

    def _clicked(self, index: QModelIndex) -> None:
        """A click on the number of facts goes to them."""
        if index.column() == FACTS and self.details.facts.count():
            self.details.facts.setFocus()
            self.details.facts.setCurrentRow(0)

    def _opened(self, index: QModelIndex) -> None:
        if index.column() != GRADE:
            self.attempt(self.edit)

    def _show_fact(self, id_: str) -> None:
        self.window_.session.point_at(id_, self)
        self.window_.show_part("facts")

    def limit(self) -> None:
        """Limit the brief to the facts that cite the chosen sources: the list shows them."""
        ids = tuple(one.id for one in self.chosen())
        session = self.window_.session
        select = replace(session.spec.select, sources=ids)
        session.edit("Limit to sources", replace(session.spec, select=select))
        self.window_.show_part("facts")
        what = "this source" if len(ids) == 1 else f"these {len(ids):,} sources"
        self.tell(f"The brief is limited to facts that cite {what}; Undo in the window lifts that.")

    def _open_brief(self, path: str) -> None:
        files_of(self.window_).open_path(Path(path))

    def _menu_at(self, at: Any) -> None:
        menu = QMenu(self)
        chosen = len(self.chosen())
        for text, do, possible in (
            ("&Edit…", self.edit, chosen == 1),
            ("&Grade…", self._edit_grade, chosen == 1),
            ("&Merge…", self.merge_chosen, chosen == 2),
            ("&Remove", self.remove, chosen == 1),
        ):
            action = menu.addAction(text, partial(self.attempt, do))
            action.setEnabled(possible)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.table.viewport().mapToGlobal(at))

    def _edit_grade(self) -> None:
        self.table.edit(self.model.index(self.table.currentIndex().row(), GRADE))
