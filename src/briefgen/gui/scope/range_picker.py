"""Facts over time, and the range of dates on it: two handles to drag, or to move by keys."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QPointF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QToolTip, QWidget

from briefgen.dates import date_in_plain_words
from briefgen.gui import look
from briefgen.gui.scope.counted_selection import of_facts
from briefgen.gui.scope.timeline import SIDE, Timeline, in_lanes
from briefgen.gui.scope.timeline_painting import FOOT, HEIGHT, PLOT, TimelinePainting
from briefgen.select.facets import Histogram, Span
from briefgen.select.timescale import Timescale

Edge = Literal["from", "to"]
Grip = Literal["", "from", "to", "move", "new"]

_KNOB = 4.5
_GRIP = 7.0
"""How near to a handle one has to press to have hold of it."""
_STARTED = 3.0
"""How far the pointer moves before a new range is meant."""


class RangePicker(QWidget):
    """Columns of facts, spans below them, the range over both."""

    picked = Signal(int, int, str)
    """The boundaries of the range that the person asks for, and the drag it is part of, if any."""
    given_up = Signal(str)
    """The drag was given up: everything is to be as before it."""

    def __init__(self) -> None:
        super().__init__()
        self.timeline: Timeline | None = None
        self.facts = Histogram((), (), 0)
        self.low, self.high = 0, 0
        self._grip: Grip = ""
        self._pressed_at = 0.0
        self._before = (0, 0)
        self._drags = 0
        self._lanes: list[list[Span]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setAccessibleName("Facts over time")
        self.start = Handle(self, "from")
        self.end = Handle(self, "to")

    def sizeHint(self) -> QSize:
        return QSize(220, round(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(140, self.sizeHint().height())

    # --- what is shown --------------------------------------------------------------------------

    def set_scale(self, scale: Timescale | None) -> None:
        """The columns of another base."""
        self.timeline = Timeline(scale, self.width()) if scale is not None else None
        for handle in (self.start, self.end):
            handle.setVisible(scale is not None)

    def show_facts(self, facts: Histogram, low: int, high: int) -> None:
        """The facts, and the range from one boundary to another."""
        if facts != self.facts:
            self.facts = facts
            self._lanes = in_lanes(facts.spans)
            self.setAccessibleDescription(self._in_words())
        self.low, self.high = low, high
        columns = self.timeline.scale.columns if self.timeline is not None else 0
        for handle, least, most, value in (
            (self.start, 0, max(high - 1, low, 0), low),
            (self.end, min(low + 1, high), columns, high),
        ):
            with QSignalBlocker(handle):
                handle.setRange(least, most)
                handle.setValue(value)
        self._place_handles()
        self.update()

    def tip_at(self, x: float) -> str:
        """What there is to say about the column under the pointer."""
        if self.timeline is None or not self.facts.columns:
            return ""
        column = self.timeline.column_at(x)
        lines = [f"{self.timeline.in_words(column)}: {of_facts(self.facts.columns[column])}"]
        longer = sum(s.count for s in self.facts.spans if s.first <= column <= s.last)
        if longer:
            lines.append(f"{of_facts(longer, 'more fact')} of a longer or uncertain time")
        return "\n".join(lines)

    def _in_words(self) -> str:
        """The picture for who cannot see it."""
        if self.timeline is None:
            return "No fact has a date."
        told = [
            f"{self.timeline.in_words(column)}: {count}"
            for column, count in enumerate(self.facts.columns)
            if count
        ]
        longer = sum(span.count for span in self.facts.spans)
        told += [f"of a longer or uncertain time: {longer}"] if longer else []
        return "; ".join(told) or "No dated fact."

    # --- places ---------------------------------------------------------------------------------

    def x_of(self, boundary: int) -> float:
        """Where a boundary stands, in pixels."""
        return self.timeline.x_of(boundary) if self.timeline is not None else 0.0

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.timeline is not None:
            self.timeline = Timeline(self.timeline.scale, self.width())
        self._place_handles()

    def _place_handles(self) -> None:
        for handle, boundary in ((self.start, self.low), (self.end, self.high)):
            left = round(self.x_of(boundary) - SIDE)
            handle.setGeometry(left, 0, round(2 * SIDE), round(FOOT))
            handle.say()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.timeline is None:
            painter.setPen(look.colour("muted"))
            painter.setFont(look.text_font())
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "No dated facts")
            return
        TimelinePainting(
            painter, self.timeline, self.facts, self._lanes, self.low, self.high
        ).paint()

    # --- the mouse ------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.tip_at(event.pos().x()), self)
            return True
        return super().event(event)

    def _grip_at(self, x: float) -> Grip:
        start, end = self.x_of(self.low), self.x_of(self.high)
        to_start, to_end = abs(x - start), abs(x - end)
        if min(to_start, to_end) <= _GRIP:
            if start == end:
                return "from" if x < start else "to"
            return "from" if to_start < to_end else "to"
        assert self.timeline is not None
        whole = (self.low, self.high) == (0, self.timeline.scale.columns)
        return "move" if start < x < end and not whole else "new"

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self.timeline is None:
            event.ignore()
            return
        x = event.position().x()
        self._grip = self._grip_at(x)
        self._pressed_at = x
        self._before = (self.low, self.high)
        self._drags += 1
        handle = self.start if self._grip in ("from", "move") else self.end
        handle.setFocus(Qt.FocusReason.MouseFocusReason)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        x = event.position().x()
        if self.timeline is None:
            return
        if not self._grip:
            grip = self._grip_at(x)
            shapes = {"move": Qt.CursorShape.OpenHandCursor, "new": Qt.CursorShape.CrossCursor}
            self.setCursor(shapes.get(grip, Qt.CursorShape.SizeHorCursor))
            return
        low, high = self._dragged_to(x)
        if (low, high) != (self.low, self.high):
            self.picked.emit(low, high, f"drag {self._drags}")

    def _dragged_to(self, x: float) -> tuple[int, int]:
        assert self.timeline is not None
        columns = self.timeline.scale.columns
        low, high = self._before
        match self._grip:
            case "from":
                return min(self.timeline.boundary_at(x), max(high - 1, 0)), high
            case "to":
                return low, max(self.timeline.boundary_at(x), min(low + 1, columns))
            case "move":
                by = self.timeline.boundary_at(self.x_of(low) + x - self._pressed_at) - low
                by = max(-low, min(by, columns - high))
                return low + by, high + by
        if abs(x - self._pressed_at) < _STARTED and (low, high) == (self.low, self.high):
            return low, high
        one, other = sorted((self.timeline.column_at(self._pressed_at), self.timeline.column_at(x)))
        return one, other + 1

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._grip = ""

    def give_up(self) -> bool:
        """Put everything back as it was before the drag under way, if there is one."""
        if not self._grip:
            return False
        self._grip = ""
        self.given_up.emit(f"drag {self._drags}")
        return True

    # --- the keys -------------------------------------------------------------------------------

    def moved_by_keys(self, edge: Edge, value: int) -> None:
        """A handle was moved to a boundary."""
        low, high = (value, self.high) if edge == "from" else (self.low, value)
        self.picked.emit(low, high, "")

    def shift(self, by: int) -> None:
        """Move the whole range by some columns, as far as the scale goes."""
        if self.timeline is None:
            return
        by = max(-self.low, min(by, self.timeline.scale.columns - self.high))
        if by:
            self.picked.emit(self.low + by, self.high + by, "")


class Handle(QAbstractSlider):
    """One end of the range. The mouse is seen to by the picker, the keys and the focus here."""

    def __init__(self, picker: RangePicker, edge: Edge) -> None:
        super().__init__(picker)
        self._picker = picker
        self._edge: Edge = edge
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setPageStep(5)
        self.setAccessibleDescription("Arrow keys move it, with Shift the whole range.")
        self.valueChanged.connect(lambda value: picker.moved_by_keys(edge, value))

    def say(self) -> None:
        """Have the name tell where it stands."""
        if self._picker.timeline is None:
            return
        scale, value = self._picker.timeline.scale, self.value()
        if self._edge == "from":
            date = scale.start_at(min(value, scale.columns - 1))
            end, furthest = "From", "the earliest fact"
        else:
            date = scale.end_at(max(value, 1))
            end, furthest = "To", "the latest fact"
        where = date_in_plain_words(date) if date is not None else furthest
        self.setAccessibleName(f"{end} {where}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Escape and self._picker.give_up():
            return
        if by is not None and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._picker.shift(by)
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        accent = look.colour("accent")
        middle = self.width() / 2
        painter.setPen(QPen(accent, 1.6))
        painter.drawLine(QPointF(middle, 0), QPointF(middle, self.height()))
        # With the focus the knob is filled, and larger: colour alone says nothing.
        focused = self.hasFocus()
        knob = _KNOB + (1.5 if focused else 0)
        painter.setBrush(accent if focused else look.colour("field"))
        painter.setPen(QPen(accent, 2))
        painter.drawEllipse(QPointF(middle, PLOT / 2), knob, knob)
