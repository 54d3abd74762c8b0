"""Importing sources or facts: what would become of each row, ticks, and then the writing."""

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
from briefgen.gui import faults
from briefgen.gui.background import Task, start
from briefgen.gui.editing.base_writer import BaseWriter
from briefgen.gui.editing.fields import FormChoice, note, say
from briefgen.gui.editing.paged_dialog import PagedDialog
from briefgen.gui.library.import_model import ImportModel
from briefgen.gui.view_models.sources.importing import Preview, counted, planned, preview
from briefgen.gui.view_models.words import capital
from briefgen.gui.widgets.building import STRETCH, button, column, label, row
from briefgen.gui.widgets.rows_model import AnyIndex
from briefgen.gui.widgets.tick_rows import TickRows
from briefgen.writing.plan import Plan

_SHOWN = (("", "All rows"), ("new", "New ones"), ("same", "Those there already"),
          ("fault", "Those with a fault"))  # fmt: skip
_USUAL = "facts/imported.yaml"
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

    def __init__(self, writer: BaseWriter, file: Path) -> None:
        super().__init__(writer.window, "Import", QSize(980, 620))
        self.writer = writer
        self.file = file
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
        self.target.changed.connect(self.read)
        self.notes = note("", "warning")
        for one in (self.all_button, self.none_button):
            one.setAutoDefault(False)
        page = QWidget()
        tools = row(
            self.shown, self.all_button, self.none_button, STRETCH, self.target_label, self.target,
            spacing=8,
        )  # fmt: skip
        column(
            self.intro, self.notes, tools, (self.table, 1), self.row_words,
            parent=page, margins=(22, 16, 22, 8), spacing=8,
        )  # fmt: skip
        self.add_page(page, "Import", (("Cancel", self.reject), ("Import", self.save)))
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
        file, folder = self.file, self.writer.index.folder
        to = self.target.data() or ""
        self.preview = None
        self.intro.setText(f"Reading {file.name}…")
        self._show_ready()
        self._in_background(lambda: preview(file, folder, to if to != _USUAL else ""), self._show)

    def _in_background(self, work: Callable[[], object], done: Callable[[object], None]) -> None:
        self._stop()

        def ended(result: object) -> None:
            self._task = None
            done(result)

        self._task = start(self, lambda say: work(), ended, self._failed)

    def _failed(self, error: BaseException) -> None:
        self._task = None
        self.intro.setText(f"{self.file.name} cannot be imported.")
        self.tell(capital(faults.sentence(error)))
        self._show_ready()

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _show(self, found: object) -> None:
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
        self._say_count()

    def _say_count(self) -> None:
        count = len(self.model.ticked) if self.preview is not None else 0
        what = self.preview.what if self.preview is not None else "rows"
        one = {"sources": "source", "facts": "fact"}.get(what, "row")
        name = f"Import {count:,} {one if count == 1 else what}" if count else "Import"
        self.main_button.setText(name)
        self.main_button.setEnabled(bool(count))

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
