"""Parts of a fact that come several at a time: citations with their places, and figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from briefgen.editing.entry_faults import Fault
from briefgen.facts.model import BASES, CSL_LOCATOR_LABELS, QUALIFIERS, Measure
from briefgen.gui.editing.fields import (
    Bound,
    DateLine,
    FormChoice,
    FormLine,
    FormText,
    bind_field,
    line,
    say,
)
from briefgen.gui.editing.finding import NEW, Finding
from briefgen.gui.widgets.fields import set_state
from briefgen.gui.widgets.type_ahead import PickingField
from briefgen.writing.entries import number_as_written

_OFTEN = ("page", "paragraph", "chapter", "section", "timestamp", "line", "table", "figure")
_LABELS = (*_OFTEN, *(label for label in CSL_LOCATOR_LABELS if label not in _OFTEN))


def cross(name: str) -> QToolButton:
    """A button that takes something away."""
    button = QToolButton()
    button.setText("×")
    button.setProperty("role", "quiet")
    button.setAccessibleName(name)
    button.setToolTip(name)
    return button


def quiet(text: str, name: str = "") -> QPushButton:
    """A button for what is rarely needed."""
    button = QPushButton(text)
    button.setProperty("role", "quiet")
    button.setAutoDefault(False)
    button.setAccessibleName(name or text)
    return button


class Row(QFrame):
    """One of several. It keeps what its fields do not show."""

    changed = Signal()
    gone = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.fault = line(role="error")
        self.fault.hide()

    def data(self) -> dict[str, Any]:
        """The row as a file has it."""
        raise NotImplementedError

    def field_at(self, place: Sequence[str | int]) -> QWidget | None:
        """The field that a fault is about."""
        return None

    def first_field(self) -> QWidget:
        """Where one starts to type."""
        raise NotImplementedError

    def show_faults(self, faults: Sequence[Fault]) -> None:
        """Mark the fields that are wrong and say why."""
        for widget in self.findChildren(FormLine):
            set_state(widget, "")
        for fault in faults:
            field = self.field_at(fault.place[2:])
            if field is not None:
                set_state(field, "wrong")
        say(self.fault, " ".join(_sentence(fault.sentence) for fault in faults[:3]), "error")
        self.fault.setVisible(bool(faults))


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")


# --- citations -------------------------------------------------------------------------------


class _Place(QWidget):
    """What a locator says: its label and its number."""

    changed = Signal()
    gone = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.label = FormChoice("What kind of place", [(one, one) for one in _LABELS], 9)
        self.number = FormLine("Where in the source", "3–4")
        self.number.setMaximumWidth(110)
        away = cross("Remove this place")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.label)
        row.addWidget(self.number)
        row.addWidget(away)
        self.label.changed.connect(self.changed)
        self.number.changed.connect(self.changed)
        away.clicked.connect(lambda: self.gone.emit())


class CiteRow(Row):
    """A source, places in it, and its words."""

    new_source_asked = Signal()

    def __init__(self, finding: Finding) -> None:
        super().__init__()
        self.finding = finding
        self.source_id = ""
        self.source = PickingField(
            finding.sources, "Source", "Source: title, author, year or id", width=520
        )
        self.source.chosen.connect(self._choose)
        self.told = line()
        self.quote = FormText(
            "The words of the source", "The words of the source, if they matter", single=False
        )
        self.quote.typed.connect(lambda text: self.changed.emit())
        self.places: list[_Place] = []
        self._place_row = QHBoxLayout()
        self._place_row.setSpacing(10)
        self.more = quiet("Add a place", "Add a place in the source")
        self.more.clicked.connect(lambda: self._add_place("page", "", focus=True))
        self._place_row.addWidget(self.more)
        self._place_row.addStretch(1)
        away = cross("Remove this source")
        away.clicked.connect(lambda: self.gone.emit())
        head = QHBoxLayout()
        head.addWidget(self.source, 1)
        head.addWidget(away)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 8, 10)
        column.setSpacing(5)
        column.addLayout(head)
        column.addWidget(self.told)
        column.addLayout(self._place_row)
        column.addWidget(self.quote)
        column.addWidget(self.fault)
        self._bound = Bound()
        self._bound.bind("source", lambda: self.source_id or None, self._show_source)
        self._bound.bind("locator", self._locator, self._show_locator)
        bind_field(self._bound, "quote", self.quote)

    def fill(self, cite: Mapping[str, Any]) -> None:
        """Show a citation."""
        self._bound.fill(cite)
        if not cite:
            self._add_place("page", "")

    def data(self) -> dict[str, Any]:
        return self._bound.entry()

    def first_field(self) -> QWidget:
        return self.source

    def take_source(self, id_: str) -> None:
        """Cite this source."""
        self._show_source(id_)
        self.changed.emit()

    def _choose(self, value: Any) -> None:
        if value == NEW:
            self._show_source(self.source_id)
            self.new_source_asked.emit()
        else:
            self.take_source(str(value))

    def _show_source(self, id_: Any) -> None:
        self.source_id = str(id_ or "")
        title, told = self.finding.source_words(self.source_id)
        self.source.show_choice(title if self.source_id else "")
        say(self.told, told, "hint")
        self.told.setVisible(bool(told))

    def _add_place(self, label: str, number: str, *, focus: bool = False) -> None:
        place = _Place()
        place.label.set_data(label)
        place.number.set_data(number)
        place.changed.connect(self.changed)
        place.gone.connect(lambda: self._remove_place(place))
        self.places.append(place)
        self._place_row.insertWidget(len(self.places) - 1, place)
        self._show_more()
        if focus:
            place.label.setFocus()

    def _remove_place(self, place: _Place) -> None:
        self.places.remove(place)
        self._place_row.removeWidget(place)
        place.hide()
        place.deleteLater()
        self._show_more()
        self.changed.emit()

    def _show_more(self) -> None:
        self.more.setVisible(len(self.places) < 2)

    def _locator(self) -> dict[str, str] | None:
        found = {
            str(place.label.data()): place.number.data()
            for place in self.places
            if place.number.data()
        }
        return {label: number for label, number in found.items() if number} or None

    def _show_locator(self, value: Any) -> None:
        for place in list(self.places):
            self.places.remove(place)
            self._place_row.removeWidget(place)
            place.hide()
            place.deleteLater()
        for label, number in (value or {}).items():
            self._add_place(str(label), str(number))
        self._show_more()

    def field_at(self, place: Sequence[str | int]) -> QWidget | None:
        if place[:1] == ("source",):
            return self.source
        if place[:1] == ("locator",) and self.places:
            label = place[1] if len(place) > 1 else ""
            return next(
                (one.number for one in self.places if one.label.data() == label),
                self.places[0].number,
            )
        return None


# --- figures ---------------------------------------------------------------------------------

_BASIS = {
    "reported": "reported", "estimate": "estimated", "potential": "potential", "planned": "planned",
}  # fmt: skip
_QUALIFIER = {"about": "about", "at-least": "at least", "at-most": "at most"}


class _Number(FormLine):
    def data(self) -> Any:
        text = self.value().replace("\u2212", "-")
        return number_as_written(text) if text else None


class FigureRow(Row):
    """A number, what it counts, for when, and on what basis."""

    def __init__(self, measures: Mapping[str, Measure]) -> None:
        super().__init__()
        self._measures = measures
        self.measure = FormChoice(
            "What is counted", [(id_, one.label) for id_, one in measures.items()], 12
        )
        self.qualifier = FormChoice(
            "How exact", [(None, "exactly"), *((one, _QUALIFIER[one]) for one in QUALIFIERS)], 7
        )
        self.value, self.value_to = _Number("Value", "760.5"), _Number("Up to", "to")
        for field in (self.value, self.value_to):
            field.setMinimumWidth(70)
        self.unit = QLabel()
        self.unit.setTextFormat(Qt.TextFormat.PlainText)
        self.basis = FormChoice("Basis", [(one, _BASIS[one]) for one in BASES], 8)
        self.period = DateLine("Period", "Period: 2013, July 2022 to May 2023")
        self.reads = line()
        away = cross("Remove this figure")
        away.clicked.connect(lambda: self.gone.emit())
        grid = QGridLayout(self)
        grid.setContentsMargins(10, 8, 8, 10)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(5)
        grid.addWidget(self.measure, 0, 0)
        grid.addWidget(self.qualifier, 0, 1)
        numbers = QHBoxLayout()
        numbers.addWidget(self.value)
        dash = QLabel("–")
        dash.setProperty("role", "hint")
        numbers.addWidget(dash)
        numbers.addWidget(self.value_to)
        numbers.addWidget(self.unit)
        numbers.addStretch(1)
        grid.addLayout(numbers, 0, 2)
        grid.addWidget(away, 0, 3)
        grid.addWidget(self.period, 1, 0)
        grid.addWidget(self.basis, 1, 1)
        grid.addWidget(self.reads, 1, 2, 1, 2)
        grid.addWidget(self.fault, 2, 0, 1, 4)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(2, 4)
        self._bound = Bound()
        self._unit: str | None = None
        fields: tuple[tuple[str, Any], ...] = (
            ("measure", self.measure), ("value", self.value), ("value_to", self.value_to),
            ("basis", self.basis), ("period", self.period), ("qualifier", self.qualifier),
        )  # fmt: skip
        for key, each in fields:
            bind_field(self._bound, key, each)
            each.changed.connect(self.changed)
        self._bound.bind("unit", lambda: self._unit, self._show_unit)
        self.measure.changed.connect(self._take_unit)
        self.period.changed.connect(self._read)

    def fill(self, figure: Mapping[str, Any]) -> None:
        """Show a figure; an empty one starts as the first measure, reported."""
        self._bound.fill(figure)
        if not figure:
            self.measure.setCurrentIndex(0 if self.measure.count() else -1)
            self.basis.setCurrentIndex(0)
            self._new = True
            self._take_unit()
        self._read()

    _new = False

    def data(self) -> dict[str, Any]:
        entry = self._bound.entry()
        if self._new:
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


# --- several of them -------------------------------------------------------------------------


class Rows(QWidget):
    """Rows below each other, and a button for one more."""

    changed = Signal()

    def __init__(self, make: Callable[[], Any], more: str, *, least: int = 0) -> None:
        super().__init__()
        self._make = make
        self._least = least
        self.rows: list[Any] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.more = quiet(more)
        self.more.clicked.connect(lambda: self.add({}, focus=True))
        foot = QHBoxLayout()
        foot.addWidget(self.more)
        foot.addStretch(1)
        self._column.addLayout(foot)

    def data(self) -> list[dict[str, Any]] | None:
        """The rows that say something."""
        return [data for data in (row.data() for row in self.rows) if data] or None

    def set_data(self, value: Any) -> None:
        """Show these rows."""
        for row in list(self.rows):
            self._take_away(row)
        for entry in value or ():
            self.add(entry)
        while len(self.rows) < self._least:
            self.add({})

    def add(self, entry: Mapping[str, Any], *, focus: bool = False) -> Any:
        """One row more."""
        row = self._make()
        row.fill(entry)
        row.changed.connect(self.changed)
        row.gone.connect(lambda: self._remove(row))
        self.rows.append(row)
        self._column.insertWidget(len(self.rows) - 1, row)
        QWidget.setTabOrder(row, self.more)
        if focus:
            row.first_field().setFocus()
        return row

    def _remove(self, row: Any) -> None:
        self._take_away(row)
        while len(self.rows) < self._least:
            self.add({})
        self.more.setFocus()
        self.changed.emit()

    def _take_away(self, row: Any) -> None:
        self.rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()

    def show_faults(self, faults: Sequence[Fault]) -> None:
        """Tell every row its own; what is about all of them, the first."""
        filled = [row for row in self.rows if row.data()]
        for at, row in enumerate(self.rows):
            number = filled.index(row) if row in filled else -1
            row.show_faults(
                [
                    fault
                    for fault in faults
                    if fault.place[1:2] == (number,) or (len(fault.place) < 2 and at == 0)
                ]
            )
