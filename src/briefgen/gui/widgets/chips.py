"""Several things chosen from many: a chip for each, and a line to find more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from briefgen.gui.widgets.fields import plain_tip
from briefgen.gui.widgets.flow import FlowLayout
from briefgen.gui.widgets.suggesting import Suggestion
from briefgen.gui.widgets.type_ahead import TypeAhead

_LONGEST = 34
"""Characters of a name that a chip shows."""


@dataclass(frozen=True, slots=True)
class Chip:
    """What one chip says: its id, its words, more of them for who points at it."""

    id: str
    text: str
    tip: str = ""
    known: bool = True
    """Whether the base has it."""


class Chips(QWidget):
    """The chosen ids, in order. `changed` tells them after the person added or removed one.

    `describe` says what a chip shows for an id, `search` what typing in the line offers, whose
    values are ids.
    """

    changed = Signal(object)
    pointed = Signal(str)
    """The id of a chip that was clicked."""

    def __init__(
        self,
        describe: Callable[[str], Chip],
        search: Callable[[str], Sequence[Suggestion]],
        label: str,
        placeholder: str,
    ) -> None:
        super().__init__()
        self._describe = describe
        self._label = label
        self.ids: tuple[str, ...] = ()
        self._flow = FlowLayout(self)
        self.field = _ChipField(search, label, placeholder)
        self.field.setMinimumWidth(120)
        self.field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.field.chosen.connect(self._add)
        self.field.backwards.connect(self._remove_last)
        self._flow.addWidget(self.field)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._chips: list[QWidget] = []

    def show_ids(self, ids: Sequence[str], *, again: bool = False) -> None:
        """Show these, unless they are shown already; `again`: their words may have changed."""
        if tuple(ids) == self.ids and not again:
            return
        self.ids = tuple(ids)
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = [self._chip(self._describe(id_)) for id_ in self.ids]
        for place, chip in enumerate(self._chips):
            self._flow.insert(place, chip)
            chip.show()
        before: QWidget | None = None
        for chip in (*self._chips, self.field):
            buttons: Sequence[QWidget] = chip.findChildren(QToolButton)
            for button in buttons or [chip]:
                if before is not None:
                    QWidget.setTabOrder(before, button)
                before = button
        self.updateGeometry()

    def _chip(self, chip: Chip) -> QWidget:
        box = QWidget(self)
        box.setProperty("role", "chip")
        box.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(box)
        row.setContentsMargins(2, 0, 2, 0)
        row.setSpacing(0)
        name = QToolButton()
        name.setProperty("role", "chip" if chip.known else "unknown")
        short = chip.text if len(chip.text) <= _LONGEST else f"{chip.text[: _LONGEST - 1]}…"
        name.setText(short.replace("&", "&&"))
        name.setToolTip(plain_tip(chip.tip or chip.text))
        name.setAccessibleName(chip.text)
        name.clicked.connect(partial(self.pointed.emit, chip.id))
        away = QToolButton()
        away.setProperty("role", "chip")
        away.setText("×")
        away.setAccessibleName(f"Remove {chip.text}")
        away.clicked.connect(partial(self._remove, chip.id))
        row.addWidget(name)
        row.addWidget(away)
        return box

    def _add(self, value: object) -> None:
        self.field.clear()
        if value not in self.ids:
            self.show_ids((*self.ids, str(value)))
            self.changed.emit(self.ids)
        self.field.setFocus()

    def _remove(self, id_: str) -> None:
        self.show_ids([one for one in self.ids if one != id_])
        self.field.setFocus()
        self.changed.emit(self.ids)

    def _remove_last(self) -> None:
        if self.ids:
            self._remove(self.ids[-1])


class _ChipField(TypeAhead):
    """The line behind the chips: Backspace in it takes the last one away."""

    backwards = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backspace and not self.text() and not event.isAutoRepeat():
            self.suggesting.close()
            self.backwards.emit()
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(160, super().sizeHint().height())
