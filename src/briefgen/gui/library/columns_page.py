"""Which column of a table is which field, what holds for all rows, and what that gives."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from briefgen.dates.typed import DayOrder
from briefgen.facts.model import FACT_KINDS, Base
from briefgen.facts.tables.table import Table
from briefgen.gui.editing.fields import FormChoice, FormLine, note
from briefgen.gui.view_models.meanings import KIND_WORDS
from briefgen.gui.view_models.sources.importing import FirstFacts
from briefgen.gui.view_models.sources.table_form import (
    EXAMPLES,
    FormValues,
    automatic,
    column_choices,
    fields_of,
    still_missing,
)
from briefgen.gui.view_models.words import capital
from briefgen.gui.widgets.building import column, heading, label, row, wait
from briefgen.gui.widgets.removing import remove, widgets_in
from briefgen.gui.widgets.scrolled import Scrolled

_NO_COLUMN = "no column"
_STILL = 350
"""Milliseconds without a change after which the first facts are worked out."""
_ROOM_FOR_FACTS = 190
_ORDERS: Mapping[str, DayOrder] = {"day-first": "day-first", "month-first": "month-first"}


class ColumnsPage(QWidget):
    """A line for each field: its column, and what it says where rows leave that empty."""

    changed = Signal()
    """Something was chosen or typed a moment ago."""

    def __init__(self) -> None:
        super().__init__()
        self.columns: dict[str, FormChoice] = {}
        self.fillings: dict[str, FormLine | FormChoice] = {}
        self.table: Table | None = None
        self.intro = note("", "")
        self.fields = Scrolled("Fields")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 3)
        self._grid.setColumnStretch(2, 4)
        self.dates = FormChoice(
            "Dates such as 03/04/2012",
            (("day-first", "the day stands first"), ("month-first", "the month stands first")),
            16,
            none="are refused",
        )
        self.empty = FormLine("Cells that say nothing", "NA; n.a.")
        self.facts = note("", "")
        self.facts.setAccessibleName("The first facts as they will be printed")
        self.facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.counts = note()
        self.fault = note("", "error")
        self.fields.column.addLayout(self._grid)
        whole = row(
            self._named("Dates such as 03/04/2012", self.dates), self.dates,
            self._named("Cells that say nothing", self.empty), (self.empty, 1), spacing=8,
        )  # fmt: skip
        self.fields.column.addStretch(1)
        shown = Scrolled("The first facts")
        shown.column.addWidget(heading("THE FIRST FACTS AS THEY WILL BE PRINTED"))
        for one in (self.facts, self.counts, self.fault):
            shown.column.addWidget(one)
        shown.column.addStretch(1)
        shown.setFrameShape(QFrame.Shape.NoFrame)
        shown.setFixedHeight(_ROOM_FOR_FACTS)
        column(
            self.intro, (self.fields, 1), whole, shown,
            parent=self, margins=(22, 16, 22, 8), spacing=8,
        )  # fmt: skip
        self._soon = wait(self, _STILL, self.changed.emit)
        self.dates.changed.connect(self._soon.start)
        self.empty.changed.connect(self._soon.start)

    def _named(self, text: str, field: QWidget) -> QLabel:
        made = label(text, "hint")
        made.setBuddy(field)
        return made

    # --- the form -------------------------------------------------------------------------------

    def show_table(self, table: Table, base: Base, why: str, earlier: FormValues | None) -> None:
        """Ask for the columns of a table; `earlier` is what was said of one like it."""
        self.table = table
        self.intro.setText(
            f"{why} Say which column is what, and what holds where a row says nothing: in all "
            "rows, if there is no column. A column's name in {braces} stands for what it says."
        )
        remove(self._grid, *widgets_in(self._grid))
        self.columns.clear()
        self.fillings.clear()
        choices = [(one.name, one.text) for one in column_choices(table)]
        for place, text in enumerate(("Field", "Column", "Where that is empty")):
            self._grid.addWidget(label(text, "hint"), 0, place)
        topics = "; ".join(list(base.topics)[:2])
        for line, (field, text) in enumerate(fields_of(table).items(), 1):
            chosen = FormChoice(f"Column of {text}", choices, 14, none=_NO_COLUMN)
            filling = self._filling(field, text, topics)
            name = label(text)
            name.setBuddy(chosen)
            for place, widget in enumerate((name, chosen, filling)):
                self._grid.addWidget(widget, line, place)
                widget.show()  # not only when the layout gets round to it
            chosen.changed.connect(self._soon.start)
            filling.changed.connect(self._soon.start)
            self.columns[field], self.fillings[field] = chosen, filling
        self.show_values(earlier or FormValues(automatic(table), {}))

    def _filling(self, field: str, text: str, topics: str) -> FormLine | FormChoice:
        if field == "kind":
            kinds = [(kind, f"{kind} – {KIND_WORDS[kind]}") for kind in FACT_KINDS]
            return FormChoice(f"{text} where that is empty", kinds, 14, none="none")
        example = topics if field == "topics" else EXAMPLES.get(field, "")
        return FormLine(f"{text} where that is empty", example)

    def show_values(self, values: FormValues) -> None:
        """Show what was said before, as far as this table has its columns."""
        assert self.table is not None
        for field, chosen in self.columns.items():
            name = values.columns.get(field)
            chosen.set_data(name if name in self.table.columns else None)
        for field, filling in self.fillings.items():
            filling.set_data(values.fillings.get(field))
        self.dates.set_data(values.dates)
        self.empty.set_data(values.empty)
        self.changed.emit()

    def values(self) -> FormValues:
        """What the form says."""
        columns = {field: chosen.data() for field, chosen in self.columns.items()}
        fillings = {field: filling.data() for field, filling in self.fillings.items()}
        return FormValues(
            {field: name for field, name in columns.items() if name},
            {field: text for field, text in fillings.items() if text},
            _ORDERS.get(self.dates.data() or ""),
            self.empty.data() or "",
        )

    # --- what it gives --------------------------------------------------------------------------

    def ready(self) -> bool:
        """Whether enough is said to try it; else it is told what is missing."""
        missing = still_missing(self.values())
        self.tell_fault(f"Still to be said: {', '.join(missing)}." if missing else "")
        if missing:
            self.facts.setText("")
            self.counts.setText("")
        return not missing

    def tell_fault(self, text: str) -> None:
        """What stands in the way."""
        self.fault.setText(capital(text))
        self.fault.setVisible(bool(text))

    def show_first(self, first: FirstFacts) -> None:
        """The first facts, and how many rows would give one."""
        said = [f"{one.date}: {one.statement}\n    {one.source}" for one in first.facts]
        self.facts.setText("\n".join(said) or "None of the first rows gives a fact.")
        self.counts.setText(first.said)
        self.tell_fault(first.refused)
