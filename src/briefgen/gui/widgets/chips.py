"""Several things chosen from many: a chip for each, which can be taken away again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from briefgen.direction import for_people
from briefgen.gui import look
from briefgen.gui.widgets.building import button_text, row, tool_button
from briefgen.gui.widgets.fields import plain_tip
from briefgen.gui.widgets.flow import FlowLayout
from briefgen.gui.widgets.holding_focus import go_back_to, place_within
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
    count: str = ""
    """A number behind the words, such as `1,204`."""
    counted: str = ""
    """The number as a screen reader says it: `1,204 facts`."""


class _ChipRow(QWidget):
    """Chips one after the other, in as many lines as they need."""

    def __init__(self, *, gap: int, asked: bool) -> None:
        super().__init__()
        self._flow = FlowLayout(self, gap=gap, asked=asked)

    def _exchange(self, old: Sequence[QWidget], new: Sequence[QWidget]) -> None:
        for chip in old:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()  # it may be the one whose click is being seen to
        for place, chip in enumerate(new):
            self._flow.insert(place, chip)
            chip.show()
        self.updateGeometry()


class Chips(_ChipRow):
    """The chosen ids, in order, and a line to find more.

    `changed` tells them after the person added or removed one. `describe` says what a chip shows
    for an id, `search` what typing in the line offers, whose values are ids.
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
        super().__init__(gap=6, asked=True)
        self._describe = describe
        self.ids: tuple[str, ...] = ()
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
        place = place_within(*self._chips)
        old, self._chips = self._chips, [self._chip(self._describe(id_)) for id_ in self.ids]
        self._exchange(old, self._chips)
        if place is not None:
            self.field.setFocus()  # unless the same chip is still there
            go_back_to(place, *self._chips)

    def _chip(self, chip: Chip) -> QWidget:
        box = QWidget(self)
        box.setProperty("role", "chip")
        box.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        short = chip.text if len(chip.text) <= _LONGEST else f"{chip.text[: _LONGEST - 1]}…"
        name = tool_button(
            button_text(short),
            partial(self.pointed.emit, chip.id),
            role="chip" if chip.known else "unknown",
            name=chip.text,
            tip=plain_tip(chip.tip or chip.text),
        )
        away = tool_button(
            "×", partial(self._remove, chip.id), role="chip", name=f"Remove {chip.text}"
        )
        row(name, away, parent=box, margins=(2, 0, 2, 0), spacing=0)
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


class RemovableChips(_ChipRow):
    """What was chosen elsewhere; nothing at all when there is none."""

    removed = Signal(str)
    """The id of the one that was clicked."""

    def __init__(self) -> None:
        super().__init__(gap=5, asked=False)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.chips: list[RemovableChip] = []
        self.hide()

    def set_chips(self, chips: Sequence[Chip]) -> None:
        """Show these."""
        if list(chips) == [shown.chip for shown in self.chips]:
            return
        focused = next((n for n, shown in enumerate(self.chips) if shown.hasFocus()), None)
        old, self.chips = self.chips, [RemovableChip(self, chip) for chip in chips]
        for shown in self.chips:
            shown.clicked.connect(partial(self.removed.emit, shown.chip.id))
        self._exchange(old, self.chips)
        self.setVisible(bool(chips))
        self._fit()
        if focused is not None and self.chips:
            self.chips[min(focused, len(self.chips) - 1)].setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(self._flow.heightForWidth(self.width()))


_HEIGHT, _PAD, _CROSS = 24, 8, 7


class RemovableChip(QAbstractButton):
    """One of them. A click, or Space, takes it away; its tip says what is wrong with it."""

    def __init__(self, parent: QWidget, chip: Chip) -> None:
        super().__init__(parent)
        self.chip = chip
        said = f", {chip.counted}" if chip.counted else ""
        self.setAccessibleName(f"Remove {chip.text}{said}")
        self.setAccessibleDescription(chip.tip)
        self.setToolTip(plain_tip(chip.tip))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        width = QFontMetrics(look.text_font()).horizontalAdvance(self.chip.text)
        return QSize(width + self._tail() + 2 * _PAD + 2, _HEIGHT)

    def _tail(self) -> int:
        """Room for the count and the cross."""
        count = self.chip.count
        counted = QFontMetrics(look.text_font()).horizontalAdvance(count) + _PAD if count else 0
        return counted + _CROSS + _PAD

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            known, lively = self.chip.known, self.hasFocus() or self.underMouse()
            edge = "accent" if lively else "chosen" if known else "warning"
            painter.setPen(QPen(look.colour(edge), 1))
            painter.setBrush(look.colour("chosen" if known else "warning_ground"))
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1).toRectF(), 4, 4)
            inside = self.rect().adjusted(_PAD, 0, -_PAD, 0)
            middle = Qt.AlignmentFlag.AlignVCenter
            left = Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignLeft
            painter.setFont(look.text_font())
            painter.setPen(look.colour("text" if known else "warning"))
            room = inside.adjusted(0, 0, -self._tail(), 0)
            name = painter.fontMetrics().elidedText(
                for_people(self.chip.text), Qt.TextElideMode.ElideRight, room.width()
            )
            painter.drawText(room, left | middle, name)
            painter.setPen(look.colour("muted"))
            beside = inside.adjusted(0, 0, -_CROSS - _PAD, 0)
            painter.drawText(beside, Qt.AlignmentFlag.AlignRight | middle, self.chip.count)
            painter.setPen(QPen(look.colour("muted"), 1.4))
            cross = QRect(0, 0, _CROSS, _CROSS)
            cross.moveCenter(QPoint(inside.right() - _CROSS // 2, self.height() // 2))
            painter.drawLine(cross.topLeft(), cross.bottomRight())
            painter.drawLine(cross.topRight(), cross.bottomLeft())
