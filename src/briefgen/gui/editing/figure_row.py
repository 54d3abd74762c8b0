"""One figure of a fact: a number, what it counts, for when, and on what basis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QGridLayout, QWidget

from briefgen.facts.model import BASES, QUALIFIERS, Measure
from briefgen.gui.editing.date_fields import DateLine
from briefgen.gui.editing.fields import FormChoice, FormLine, note, say
from briefgen.gui.editing.row_list import EntryRow, remove_button
from briefgen.gui.widgets.building import STRETCH, label, row
from briefgen.writing.entries import number_as_written

_BASIS = {
    "reported": "reported", "estimate": "estimated", "potential": "potential", "planned": "planned",
}  # fmt: skip
_QUALIFIER = {"about": "about", "at-least": "at least", "at-most": "at most"}


class _Number(FormLine):
    def data(self) -> Any:
        text = self.value().replace("\u2212", "-")
        return number_as_written(text) if text else None


class FigureRow(EntryRow):
    """The unit follows from the measure."""

    def __init__(self, measures: Mapping[str, Measure]) -> None:
        super().__init__()
        self._measures = measures
        self._is_new = False
        self._unit: str | None = None
        self.measure = FormChoice(
            "What is counted", [(id_, one.label) for id_, one in measures.items()], 12
        )
        self.qualifier = FormChoice(
            "How exact", [(one, _QUALIFIER[one]) for one in QUALIFIERS], 7, none="exactly"
        )
        self.value, self.value_to = _Number("Value", "760.5"), _Number("Up to", "to")
        for number in (self.value, self.value_to):
            number.setMinimumWidth(70)
        self.unit = label()
        self.basis = FormChoice("Basis", [(one, _BASIS[one]) for one in BASES], 8)
        self.period = DateLine("Period", "Period: 2013, July 2022 to May 2023")
        self.reads = note()
        away = remove_button("Remove this figure")
        away.clicked.connect(lambda: self.gone.emit())
        grid = QGridLayout(self)
        grid.setContentsMargins(10, 8, 8, 10)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(5)
        grid.addWidget(self.measure, 0, 0)
        grid.addWidget(self.qualifier, 0, 1)
        grid.addLayout(row(self.value, label("–", "hint"), self.value_to, self.unit, STRETCH), 0, 2)
        grid.addWidget(away, 0, 3)
        grid.addWidget(self.period, 1, 0)
        grid.addWidget(self.basis, 1, 1)
        grid.addWidget(self.reads, 1, 2, 1, 2)
        grid.addWidget(self.fault, 2, 0, 1, 4)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(2, 4)
        fields: tuple[tuple[str, Any], ...] = (
            ("measure", self.measure), ("value", self.value), ("value_to", self.value_to),
            ("basis", self.basis), ("period", self.period), ("qualifier", self.qualifier),
        )  # fmt: skip
        for key, field in fields:
            self.values.bind_field(key, field)
            field.changed.connect(self.changed)
        self.values.bind("unit", lambda: self._unit, self._show_unit)
        self.measure.changed.connect(self._take_unit)
        self.period.changed.connect(self._read)

    def fill(self, entry: Mapping[str, Any]) -> None:
        """Show a figure; an empty one starts as the first measure, reported."""
        super().fill(entry)
        if not entry:
            self.measure.setCurrentIndex(0 if self.measure.count() else -1)
            self.basis.setCurrentIndex(0)
            self._is_new = True
            self._take_unit()
        self._read()

    def data(self) -> dict[str, Any]:
        entry = super().data()
        if self._is_new:
            entry = {"measure": self.measure.data(), "basis": self.basis.data()} | entry
            entry["unit"] = self._unit
        return {key: value for key, value in entry.items() if value is not None}

    def first_field(self) -> QWidget:
        return self.value

    def _take_unit(self) -> None:
        measure = self._measures.get(self.measure.data() or "")
        if measure is not None:
            self._show_unit(measure.unit)

    def _show_unit(self, unit: Any) -> None:
        self._unit = str(unit) if unit else None
        self.unit.setText(self._unit or "")

    def _read(self) -> None:
        text, role = self.period.reading()
        say(self.reads, text, role)

    def field_at(self, place: Sequence[str | int]) -> QWidget | None:
        found = getattr(self, str(place[0]), None) if place else None
        return found if isinstance(found, FormLine) else None
