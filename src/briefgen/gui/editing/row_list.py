"""Parts of a fact that come several at a time: rows below each other, each with fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QToolButton, QWidget

from briefgen.editing.entry_faults import Fault
from briefgen.gui.editing.entry_values import EntryValues
from briefgen.gui.editing.fields import FormLine, note, say
from briefgen.gui.view_models.words import capital
from briefgen.gui.widgets.building import STRETCH, button, column, row, tool_button
from briefgen.gui.widgets.fields import set_state
from briefgen.gui.widgets.removing import remove

_MOST_FAULTS = 3
"""Told at once, in a sentence each."""


def remove_button(name: str) -> QToolButton:
    """A button that takes something away."""
    return tool_button("×", name=name, tip=name)


def quiet_button(text: str, name: str = "") -> QPushButton:
    """A button for what is rarely needed."""
    made = button(text, role="quiet", name=name or text)
    made.setAutoDefault(False)
    return made


class EntryRow(QFrame):
    """One of several. It keeps what its fields do not show."""

    changed = Signal()
    gone = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.values = EntryValues()
        self.fault = note(role="error")
        self.fault.hide()

    def fill(self, entry: Mapping[str, Any]) -> None:
        """Show what a file says; an empty entry starts a new row."""
        self.values.fill(entry)

    def data(self) -> dict[str, Any]:
        """The row as a file has it."""
        return self.values.entry()

    def field_at(self, place: Sequence[str | int]) -> QWidget | None:
        """The field that a fault is about."""
        raise NotImplementedError

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
        said = [capital(fault.sentence).removesuffix(".") + "." for fault in faults[:_MOST_FAULTS]]
        if len(faults) > _MOST_FAULTS:
            said.append(f"And {len(faults) - _MOST_FAULTS} more.")
        say(self.fault, " ".join(said), "error")
        self.fault.setVisible(bool(faults))


class RowList(QWidget):
    """Rows below each other, and a button for one more. It never has fewer than `least`."""

    changed = Signal()

    def __init__(self, make: Callable[[], Any], more: str, *, least: int = 0) -> None:
        super().__init__()
        self._make = make
        self._least = least
        self.rows: list[Any] = []
        self.more = quiet_button(more)
        self.more.clicked.connect(lambda: self.add({}, focus=True))
        self._column = column(row(self.more, STRETCH), parent=self, spacing=8)

    def data(self) -> list[dict[str, Any]] | None:
        """The rows that say something."""
        return [data for data in (one.data() for one in self.rows) if data] or None

    def set_data(self, value: Any) -> None:
        """Show these rows."""
        remove(self._column, *self.rows)
        self.rows = []
        for entry in value or ():
            self.add(entry)
        self._fill_up()

    def add(self, entry: Mapping[str, Any], *, focus: bool = False) -> Any:
        """One row more."""
        added = self._make()
        added.fill(entry)
        added.changed.connect(self.changed)
        added.gone.connect(lambda: self._remove(added))
        self.rows.append(added)
        self._column.insertWidget(len(self.rows) - 1, added)
        if focus:
            added.first_field().setFocus()
        return added

    def _fill_up(self) -> None:
        while len(self.rows) < self._least:
            self.add({})

    def _remove(self, away: QWidget) -> None:
        self.rows.remove(away)
        remove(self._column, away)
        self._fill_up()
        self.more.setFocus()
        self.changed.emit()

    def show_faults(self, faults: Sequence[Fault]) -> None:
        """Tell every row its own; what is about all of them, the first."""
        filled = [one for one in self.rows if one.data()]
        for at, one in enumerate(self.rows):
            number = filled.index(one) if one in filled else -1
            one.show_faults(
                [
                    fault
                    for fault in faults
                    if fault.place[1:2] == (number,) or (len(fault.place) < 2 and at == 0)
                ]
            )
