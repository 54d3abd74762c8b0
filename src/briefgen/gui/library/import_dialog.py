"""Importing sources or facts: what columns are, what becomes of each row, and then the writing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QPainter, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from briefgen.editing.base import fact_files
from briefgen.errors import BriefgenError
from briefgen.facts.tables.table import Table
from briefgen.gui import faults
from briefgen.gui.background import Task, start
from briefgen.gui.editing.base_writer import BaseWriter
from briefgen.gui.editing.fields import FormChoice, note, say
from briefgen.gui.editing.paged_dialog import PagedDialog
from briefgen.gui.files.choosing import ask_save
from briefgen.gui.library.columns_page import ColumnsPage
from briefgen.gui.library.import_model import ImportModel
from briefgen.gui.view_models.sources.importing import (
    FirstFacts,
    Preview,
    Unexplained,
    counted,
    first_facts,
    planned,
    preview,
    preview_of_table,
    rejects_of,
)
from briefgen.gui.view_models.sources.table_form import (
    FormValues,
    in_the_window,
    mapping_of,
    table_key,
)
from briefgen.gui.view_models.words import capital
from briefgen.gui.view_models.words import counted as counted_things
from briefgen.gui.widgets.building import STRETCH, button, column, label, row
from briefgen.gui.widgets.rows_model import AnyIndex
from briefgen.gui.widgets.tick_rows import TickRows
from briefgen.writing.plan import Plan

_SHOWN = (("", "All rows"), ("new", "New ones"), ("same", "Those there already"),
          ("fault", "Those with a fault"))  # fmt: skip
_USUAL = "facts/imported.yaml"
_TO_ROWS = "Show every row"
_REJECTS = "CSV (*.csv);;Excel workbook (*.xlsx);;JSON (*.json)"
_MOST_WARNINGS = 4


class _Ticks(TickRows):
    """Boxes where there is something to tick."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        if index.data(Qt.ItemDataRole.CheckStateRole) is None:
            QStyledItemDelegate.paint(self, painter, option, index)
        else:
            super().paint(painter, option, index)


class ImportDialog(PagedDialog):
    """Reads the file in the background; nothing is written before *Import*."""

    def __init__(
        self, writer: BaseWriter, file: Path, said_before: dict[tuple[str, ...], FormValues]
    ) -> None:
        """`said_before`: what was said of tables with these columns; it is kept up to date."""
        super().__init__(writer.window, "Import", QSize(980, 680))
        self.writer = writer
        self.file = file
        self.said_before = said_before
        self.columns = ColumnsPage()
        self.columns.changed.connect(self._look_at_first)
        self.preview: Preview | None = None
        self._task: Task | None = None
        self.model = ImportModel(self)
        self.model.ticked_changed.connect(self._say_count)
        self.row_words = note()
        self.row_words.setAccessibleName("The row in hand")
        self.table = self._made_table()
        self.table.selectionModel().currentChanged.connect(lambda *_: self._say_row())
        self.intro = note("", "")
        self.shown = FormChoice("Rows to show", _SHOWN)
        self.shown.changed.connect(lambda: self.model.show_only(self.shown.data() or ""))
        self.all_button = button("Tick all", partial(self.model.tick_all, True))
        self.none_button = button("Tick none", partial(self.model.tick_all, False))
        self.target_label = label("Into", "hint")
        files = dict.fromkeys([_USUAL, *fact_files(writer.index)])
        self.target = FormChoice("File of facts", [(one, one) for one in files], 18)
        self.target_label.setBuddy(self.target)
        self.target.changed.connect(self._read_again)
        self.notes = note("", "warning")
        self.columns_button = button("Columns…", self.ask_columns)
        self.rejects_button = button("Save the faulty rows…", self.ask_rejects)
        for one in (self.all_button, self.none_button, self.columns_button, self.rejects_button):
            one.setAutoDefault(False)
        page = QWidget()
        tools = row(
            self.shown, self.all_button, self.none_button, self.columns_button, self.rejects_button,
            STRETCH, self.target_label, self.target, spacing=8,
        )  # fmt: skip
        column(
            self.intro, self.notes, tools, (self.table, 1), self.row_words,
            parent=page, margins=(22, 16, 22, 8), spacing=8,
        )  # fmt: skip
        self.rows_page = page
        self.add_page(page, "Import", (("Cancel", self.reject), ("Import", self.save)))
        self.add_page(
            self.columns, "Import: columns", (("Cancel", self.reject), (_TO_ROWS, self.read_mapped))
        )
        writer.window.session.about_to_close.connect(self._leave)
        self.finished.connect(lambda result: self._stop())
        self.read()

    def _made_table(self) -> QTreeView:
        table = QTreeView()
        table.setModel(self.model)
        table.setRootIsDecorated(False)
        table.setUniformRowHeights(True)
        table.setAllColumnsShowFocus(True)
        table.setProperty("role", "table")
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setItemDelegateForColumn(0, _Ticks(table, 26))
        table.setAccessibleName("Rows of the file")
        table.setAccessibleDescription("Space ticks the chosen rows.")
        for number, width in enumerate((30, 76, 110, 380)):
            table.setColumnWidth(number, width)
        table.header().setMinimumSectionSize(24)
        space = QShortcut(QKeySequence(Qt.Key.Key_Space), table)
        space.setContext(Qt.ShortcutContext.WidgetShortcut)
        space.activated.connect(self._tick_chosen)
        return table

    def _tick(self, rows: list[int]) -> None:
        """Turn the first one's tick, and give the others the same."""
        places = [self.model.index(number, 0) for number in rows]
        places = [one for one in places if one.flags() & Qt.ItemFlag.ItemIsUserCheckable]
        if places:
            on = places[0].data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
            state = Qt.CheckState.Unchecked if on else Qt.CheckState.Checked
            for one in places:
                self.model.setData(one, state, Qt.ItemDataRole.CheckStateRole)

    def _tick_chosen(self) -> None:
        self._tick(sorted(index.row() for index in self.table.selectionModel().selectedRows()))

    def _say_row(self) -> None:
        """Say in full what becomes of the row in hand: the column may be too narrow."""
        number = self.table.currentIndex().row()
        if 0 <= number < len(self.model.rows):
            one = self.model.rows[number]
            say(self.row_words, capital(f"{one.place}: {one.words}"),
                "error" if one.state == "fault" else "hint")  # fmt: skip

    # --- reading --------------------------------------------------------------------------------

    def read(self) -> None:
        """Read the file in the background."""
        file, folder, to = self.file, self.writer.index.folder, self._to()
        self._wait_for(lambda: preview(file, folder, to))

    def read_mapped(self) -> None:
        """Work out every row of a table as the form says."""
        table = self.columns.table
        if table is None or not self.columns.ready():
            return
        mapping = mapping_of(self.columns.values(), table)
        file, folder, to = self.file, self.writer.index.folder, self._to()
        self.show_page(self.rows_page)
        self._wait_for(lambda: preview_of_table(file, folder, table, mapping, to))

    def _read_again(self) -> None:
        """As before, for another file of facts."""
        if self.columns.table is None:
            self.read()
        else:
            self.read_mapped()

    def _to(self) -> str:
        to = self.target.data() or ""
        return to if to != _USUAL else ""

    def _wait_for(self, work: Callable[[], object]) -> None:
        self.preview = None
        self.intro.setText(f"Reading {self.file.name}…")
        self._show_ready()
        self._in_background(work, self._show)

    # --- the columns of a table -----------------------------------------------------------------

    def ask_columns(self) -> None:
        """Show the form for the columns of the table that was read."""
        found = self.preview
        if found is not None and found.table is not None:
            self._stop()
            if self.columns.table is not found.table:
                self._show_form(found.table, "")
            self.show_page(self.columns)

    def _show_form(self, table: Table, why: str) -> None:
        self.show_page(self.columns)
        earlier = self.said_before.get(table_key(table))
        self.columns.show_table(table, self.writer.index.base, why, earlier)

    def _look_at_first(self) -> None:
        """Work out the first facts in the background, as the form stands."""
        table = self.columns.table
        self._stop()
        if table is None or not self.columns.ready():
            return
        values = self.columns.values()
        self.said_before[table_key(table)] = values
        mapping = mapping_of(values, table)
        file, folder = self.file, self.writer.index.folder

        def shown(found: object) -> None:
            assert isinstance(found, FirstFacts)
            self.columns.show_first(found)

        self._in_background(
            lambda: first_facts(file, folder, table, mapping), shown, self._not_looked_at
        )

    def _not_looked_at(self, error: BaseException) -> None:
        self._task = None
        self.columns.facts.setText("")
        self.columns.counts.setText("")
        self.columns.tell_fault(in_the_window(faults.sentence(error)))

    def _in_background(
        self,
        work: Callable[[], object],
        done: Callable[[object], None],
        failed: Callable[[BaseException], None] | None = None,
    ) -> None:
        self._stop()

        def ended(result: object) -> None:
            self._task = None
            done(result)

        self._task = start(self, lambda say: work(), ended, failed or self._failed)

    def _failed(self, error: BaseException) -> None:
        self._task = None
        self.intro.setText(f"{self.file.name} cannot be imported.")
        self.tell(capital(in_the_window(faults.sentence(error))))
        self._show_ready()

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _show(self, found: object) -> None:
        if isinstance(found, Unexplained):
            self._show_form(found.table, found.why)
            return
        assert isinstance(found, Preview)
        self.preview = found
        self.intro.setText(f"{self.file.name}: {counted(found.rows)}. It goes into {found.target}.")
        warnings = [*found.warnings[:_MOST_WARNINGS]]
        if len(found.warnings) > _MOST_WARNINGS:
            warnings.append(f"and {len(found.warnings) - _MOST_WARNINGS} more remarks")
        self.notes.setText("\n".join(one.removeprefix(f"{self.file}: ") for one in warnings))
        self.model.set_rows(found.rows)
        self.shown.setCurrentIndex(0)
        self._show_ready()

    def _show_ready(self) -> None:
        ready = self.preview is not None
        facts = self.preview is not None and self.preview.what == "facts"
        self.notes.setVisible(bool(self.notes.text()) and ready)
        self.target.setVisible(facts)
        self.target_label.setVisible(facts)
        for widget in (self.table, self.shown, self.all_button, self.none_button):
            widget.setEnabled(ready)
        refused = self.preview is not None and bool(self.preview.refused)
        self.columns_button.setVisible(facts)
        self.rejects_button.setVisible(refused)
        self._say_count()

    def _say_count(self) -> None:
        count = len(self.model.ticked) if self.preview is not None else 0
        what = self.preview.what if self.preview is not None else "rows"
        one = {"sources": "source", "facts": "fact"}.get(what, "row")
        name = f"Import {count:,} {one if count == 1 else what}" if count else "Import"
        self.main_button.setText(name)
        self.main_button.setEnabled(bool(count))

    # --- what is refused ------------------------------------------------------------------------

    def ask_rejects(self) -> None:
        """Ask where the faulty rows go, to be mended and imported again."""
        start_at = self.file.with_name(f"{self.file.stem} - faulty rows.csv")
        ask_save(
            self, "Save the faulty rows", start_at, _REJECTS, self.save_rejects, confirms=False
        )

    def save_rejects(self, path: Path) -> None:
        """Write them into a file, with what is wrong with each."""
        found = self.preview
        if found is None:
            return
        try:
            written = rejects_of(found, self.file, self.writer.index.folder, path)()
        except BriefgenError as error:
            self.tell(capital(in_the_window(str(error))))
            return
        kept = f" What stood there is now {written.kept[0].copy.name}." if written.kept else ""
        rows = counted_things(len({each.row for each in found.refused}), "row")
        self.tell(f"{rows} in {path.name}: mend them there and import that.{kept}", "hint")

    # --- writing --------------------------------------------------------------------------------

    def save(self) -> None:
        """Write what is ticked."""
        found, only = self.preview, frozenset(self.model.ticked)
        if found is None or not only or self._task is not None:
            return
        self.main_button.setEnabled(False)

        def write(plan: object) -> None:
            assert isinstance(plan, Plan)
            self.attempt(lambda: self._write(plan, len(only), found))

        self._in_background(lambda: planned(found, only), write)

    def _write(self, plan: Plan, count: int, found: Preview) -> None:
        what = found.what if count != 1 else found.what.removesuffix("s")
        are = "are" if count != 1 else "is"
        self.writer.write(plan, f"{count:,} {what} {are} in the base, in {found.target}.")
        self.accept()
