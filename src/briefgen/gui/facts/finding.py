"""Which listed facts have the words that are to be found, and the way from one to the next."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from PySide6.QtCore import QObject, Signal

from briefgen.gui.facts.find_line import FindLine
from briefgen.gui.facts.list_view import FactView
from briefgen.gui.facts.model import FactModel


class Finding(QObject):
    """Goes round the rows that have the words, beginning with the one in hand."""

    changed = Signal()
    """Other words are to be found."""
    shown = Signal(int)
    """The place of a fact that was found and is to be shown."""

    def __init__(self, line: FindLine, view: FactView, model: FactModel) -> None:
        super().__init__(view)
        self._line = line
        self._view = view
        self._model = model
        self.text = ""
        """The words; empty when nothing is looked for."""
        self._found: frozenset[int] = frozenset()
        self._asked: tuple[object, ...] = ()
        self.rows: list[int] = []
        """The rows that have them, from top to bottom."""
        line.asked.connect(self._find)
        line.step_asked.connect(self.go_on)
        view.selectionModel().currentChanged.connect(lambda now, before: self._tell())

    def _find(self, text: str) -> None:
        if text != self.text:
            self.text = text
            self.refresh()
            self.changed.emit()

    def refresh(self) -> None:
        """The list shows other facts, or they say something else."""
        catalogue, reworded = self._model.catalogue, self._model.listed.reworded
        if not self.text or catalogue is None:
            self.rows, self._asked = [], ()
        else:
            asked = (catalogue, self.text, reworded)
            if asked != self._asked:
                self._found, self._asked = catalogue.found(self.text, reworded), asked
            self.rows = self._model.rows_of(self._found)
        self._tell()

    def go_on(self, step: int) -> None:
        """Show the next row that has the words, or the one before; 0: the one in hand or the next.

        Behind the last comes the first.
        """
        rows = self.rows
        if not rows:
            return
        index = self._view.currentIndex()
        here = index.row() if index.isValid() else -1
        if step > 0:
            number = bisect_right(rows, here)
        elif step < 0:
            number = bisect_left(rows, here) - 1
        else:
            number = bisect_left(rows, here)
        place = self._model.place_at(rows[number % len(rows)])
        if place is not None:
            self.shown.emit(place)

    def _tell(self) -> None:
        if not self.text:
            if self._line.text().strip() == "":
                self._line.tell("")
            return
        index = self._view.currentIndex()
        here = index.row() if index.isValid() else -1
        number = bisect_left(self.rows, here)
        at = number < len(self.rows) and self.rows[number] == here
        self._line.tell_found(number + 1 if at else 0, len(self.rows))
