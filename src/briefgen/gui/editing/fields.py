"""The fields that forms are made of. Each has a value as a file has it; None stands for nothing.

`data` gives the value, `set_data` shows one, and `changed` tells that a person changed it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QSizePolicy, QWidget

from briefgen.gui.view_models.words import capital
from briefgen.gui.widgets.building import column, label, restyle
from briefgen.gui.widgets.chips import Chips
from briefgen.gui.widgets.choice_box import ChoiceBox
from briefgen.gui.widgets.fields import LineField, TextField, is_undo, set_state
from briefgen.gui.widgets.tick_box import TickBox

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def say(shown: QLabel, text: str, role: str) -> None:
    """Let a label say something, as a hint, a warning or an error; empty says nothing."""
    shown.setText(text)
    restyle(shown, "role", role)


def note(text: str = "", role: str = "hint") -> QLabel:
    """A text under or beside a field."""
    made = label(text, role, wrap=True)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    return made


class Labelled(QWidget):
    """A field under its label, and under the field what is to be said of it."""

    def __init__(
        self, text: str, field: QWidget, hint: str = "", *, keeps_room: bool = False
    ) -> None:
        """`keeps_room` for what is said, so that nothing moves when it is."""
        super().__init__()
        self.field = field
        self._hint = hint
        self._keeps_room = keeps_room
        self.said: tuple[str, str] = ("", "")
        """What stands under the field about its fault, and its role."""
        self.note = note(hint)
        self.note.setVisible(bool(hint) or keeps_room)
        whole = column(field, self.note, parent=self, spacing=3)
        if text:
            above = label(text, "hint")
            above.setBuddy(field)
            whole.insertWidget(0, above)
        if hint and not field.accessibleDescription():
            field.setAccessibleDescription(hint)

    def hint(self, text: str) -> None:
        """Another hint, shown where there is no fault to tell."""
        self._hint = text
        self._show()

    def tell(self, text: str, role: str = "error") -> None:
        """Say what is wrong; nothing takes it back."""
        self.said = (capital(text), role if text else "")
        self._show()

    def _show(self) -> None:
        text, role = self.said
        say(self.note, text or self._hint, role or "hint")
        self.note.setVisible(bool(text or self._hint) or self._keeps_room)
        set_state(self.field, "wrong" if role == "error" else "")


class DialogText:
    """Comes before a text field's class: it undoes by itself, and Ctrl+Enter is the dialog's."""

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and is_undo(event):
            event.accept()
            return True
        return bool(super().event(event))  # type: ignore[misc]  # the field's own

    def keyPressEvent(self: Any, event: QKeyEvent) -> None:
        if is_undo(event):
            QPlainTextEdit.keyPressEvent(self, event)
            return
        if event.key() in _ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        super().keyPressEvent(event)  # type: ignore[misc]  # the field's own


class FormText(DialogText, TextField):
    """Some lines that undo by themselves. `single` makes one line of what was typed."""

    changed = Signal()

    def __init__(self, label: str, placeholder: str = "", *, lines: int = 1, single: bool = True):
        super().__init__(label, placeholder, lines=lines)
        self.setUndoRedoEnabled(True)
        self._single = single
        self.typed.connect(lambda text: self.changed.emit())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._single and event.key() in _ENTER:
            event.ignore()
            return
        super().keyPressEvent(event)

    def data(self) -> str | None:
        """The text; lines are joined where one is wanted."""
        text = self.value().strip()
        return (" ".join(text.split()) if self._single else text) or None

    def set_data(self, value: Any) -> None:
        """Show a text."""
        with QSignalBlocker(self):
            self.setPlainText(str(value or ""))


class FormLine(LineField):
    """One line."""

    changed = Signal()

    def __init__(self, label: str, placeholder: str = "") -> None:
        super().__init__(label, placeholder)
        self.typed.connect(lambda text: self.changed.emit())

    def data(self) -> str | None:
        """The text."""
        return self.value() or None

    def set_data(self, value: Any) -> None:
        """Show a text."""
        with QSignalBlocker(self):
            self.setText(str(value or ""))
            self.setCursorPosition(0)


class FormChoice(ChoiceBox):
    """One of a few, each with what it means. `none` says what choosing nothing means."""

    changed = Signal()

    def __init__(
        self,
        label: str,
        choices: Iterable[tuple[str | int, str]],
        least: int = 6,
        *,
        none: str = "",
    ) -> None:
        """`choices` are values and what is shown for them; `least` is the width in letters."""
        super().__init__(label, least)
        if none:
            self.addItem(none, None)
        for value, text in choices:
            self.addItem(text, str(value))
        self.activated.connect(lambda place: self.changed.emit())

    def data(self) -> str | None:
        """The chosen value as a text."""
        value = self.currentData()
        return None if value is None else str(value)

    def set_data(self, value: Any) -> None:
        """Choose a value; one that is not among the choices becomes one of them."""
        wanted = None if value in (None, "") else str(value)
        place = next((n for n in range(self.count()) if self.itemData(n) == wanted), -1)
        with QSignalBlocker(self):
            if place < 0:
                self.addItem(str(wanted), wanted)
                place = self.count() - 1
            self.setCurrentIndex(place)


class FormTick(TickBox):
    """Yes or nothing."""

    changed = Signal()

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.clicked.connect(lambda checked: self.changed.emit())

    def data(self) -> bool | None:
        """True, or None."""
        return True if self.isChecked() else None

    def set_data(self, value: Any) -> None:
        """Tick it or not."""
        with QSignalBlocker(self):
            self.setChecked(value is True or value == "true")


class FormChips(Chips):
    """Ids chosen from many, in order."""

    def data(self) -> list[str] | None:
        """The ids."""
        return list(self.ids) or None

    def set_data(self, value: Any) -> None:
        """Show these ids."""
        self.show_ids([str(id_) for id_ in value or ()], again=True)


def marking_choice(markings: Sequence[str]) -> FormChoice:
    """A choice of the base's markings, hidden in a base that has none."""
    return FormChoice("Marking", [(one, one) for one in markings], none="none")
