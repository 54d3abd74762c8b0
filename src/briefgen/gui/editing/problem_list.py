"""The problems of a base, each leading to its line in the person's editor."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QAbstractItemView, QDialog, QHeaderView, QTreeView

from briefgen.direction import for_people
from briefgen.editing.base_state import fact_at
from briefgen.errors import Problem
from briefgen.gui import look
from briefgen.gui.editing.fields import note
from briefgen.gui.editing.text_editor import open_in_editor
from briefgen.gui.view_models.words import counted
from briefgen.gui.widgets.building import button, column, row
from briefgen.gui.widgets.fields import plain_tip
from briefgen.gui.widgets.rows_model import AnyIndex, RowsModel
from briefgen.gui.window import MainWindow
from briefgen.many_problems import first_of_each_kind

_HEADS = ("", "Where", "What is wrong and what to do")


class ProblemModel(RowsModel):
    """Problems as Qt's views ask for them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_HEADS, parent)
        self.folder = Path()

    def show_problems(self, problems: Sequence[Problem], folder: Path) -> None:
        """Other problems, of the base in `folder`: of many of a kind the first."""
        self.folder = folder
        self.put(tuple(first_of_each_kind(problems)))

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self.rows):
            return None
        problem, column = self.rows[index.row()], index.column()
        error = problem.severity == "error"
        place, sentence = self._place(problem), problem.sentence
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return ("✕" if error else "▲", for_people(place), for_people(sentence))[column]
            case Qt.ItemDataRole.AccessibleTextRole:
                return (problem.severity, place, sentence)[column]
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(f"{place}: {sentence}") if column else None
            case Qt.ItemDataRole.ForegroundRole if column == 0:
                return look.colour("error" if error else "warning")
            case Qt.ItemDataRole.ForegroundRole if column == 1:
                return look.colour("muted")
        return None

    def _place(self, problem: Problem) -> str:
        path = Path(problem.origin.path)
        shown = path.relative_to(self.folder) if path.is_relative_to(self.folder) else path
        return str(shown) + (f":{problem.origin.line}" if problem.origin.line else "")


class ProblemsDialog(QDialog):
    """The list; it may stay open beside the window and follows the base."""

    read_again = Signal()
    """The person wants the base to be read anew."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window_ = window
        self.setWindowTitle("Problems of the base")
        self.resize(860, 380)
        self.model = ProblemModel(self)
        self.view = QTreeView()
        self.view.setModel(self.model)
        self.view.setRootIsDecorated(False)
        self.view.setUniformRowHeights(True)
        self.view.setAllColumnsShowFocus(True)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setAccessibleName("Problems")
        self.view.setAccessibleDescription("Enter opens the file at the line.")
        head = self.view.header()
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        head.setStretchLastSection(True)
        self.view.activated.connect(self._open)
        self.count = note()
        self.open_button = button("Open the file", lambda: self._open(self.view.currentIndex()))
        again = button("Read again", self.read_again.emit)
        close = button("Close", self.close)
        for made in (self.open_button, again, close):
            made.setAutoDefault(False)
        buttons = row((self.count, 1), self.open_button, again, close)
        column((self.view, 1), buttons, parent=self, margins=(16, 14, 16, 12))

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show these."""
        self.model.show_problems(problems, self.window_.session.folder)
        errors = sum(problem.severity == "error" for problem in problems)
        warnings = len(problems) - errors
        said = [
            counted(number, word)
            for number, word in ((errors, "error"), (warnings, "warning"))
            if number
        ]
        self.count.setText(", ".join(said) if said else "The base has no problems.")
        self.view.resizeColumnToContents(1)
        self.view.setColumnWidth(1, min(self.view.columnWidth(1), 300))
        self.open_button.setEnabled(bool(problems))
        if problems:
            self.view.setCurrentIndex(self.model.index(0, 0))

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            problem = self.model.rows[index.row()]
            self.window_.attempt(lambda: open_problem(self.window_, problem))


def open_problem(window: MainWindow, problem: Problem) -> None:
    """Open a problem's file at its line in the person's editor, and show its fact."""
    origin = problem.origin
    path = Path(origin.path)
    if not path.exists():
        path = window.session.folder
    open_in_editor(path, origin.line or 1, origin.column or 1)
    fact = fact_at(window.session.index, problem)
    if fact:
        window.session.point_at(fact)
