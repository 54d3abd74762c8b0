"""Facts over time, and the range of dates on it: two handles to drag, or to move by keys."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QEvent, QPointF, QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QLinearGradient,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QToolTip, QWidget

from briefgen.dates import date_in_words
from briefgen.gui import look
from briefgen.gui.scope.asking import of_facts
from briefgen.select.facets import Histogram, Span
from briefgen.select.timescale import Timescale

Edge = Literal["from", "to"]
Grip = Literal["", "from", "to", "move", "new"]

_SIDE = 7.0
"""Room at either side for half a handle."""
_PLOT, _UNDER, _BELOW, _LABELS = 54.0, 4.0, 16.0, 17.0
"""Heights: columns, the gap under them, the spans, the years."""
_LANE, _LANES = 4.0, 8
"""Most height of a lane of spans, and most lanes that can be told apart."""
_KNOB = 4.5
_GRIP = 7.0
"""How near to a handle one has to press to have hold of it."""
_STARTED = 3.0
"""How far the pointer moves before a new range is meant."""
_GATHERING = 2.0
"""How much wider a column is that gathers what lies far away."""
_YEARS = (1, 2, 5)


class RangePicker(QWidget):
    """Columns of facts, spans below them, the range over both."""

    picked = Signal(int, int, str)
    """The boundaries of the range that the person asks for, and the drag it is part of, if any."""
    given_up = Signal(str)
    """The drag was given up: everything is to be as before it."""

    def __init__(self) -> None:
        super().__init__()
        self.scale: Timescale | None = None
        self.facts = Histogram((), (), 0)
        self.low, self.high = 0, 0
        self._places: list[float] = [0.0]
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
        return QSize(220, round(_PLOT + _UNDER + _BELOW + _LABELS))

    def minimumSizeHint(self) -> QSize:
        return QSize(140, self.sizeHint().height())

    # --- what is shown --------------------------------------------------------------------------

    def set_scale(self, scale: Timescale | None) -> None:
        """The columns of another base."""
        self.scale = scale
        self._lay()
        for handle in (self.start, self.end):
            handle.setVisible(scale is not None)

    def show_facts(self, facts: Histogram, low: int, high: int) -> None:
        """The facts, and the range from one boundary to another."""
        if facts != self.facts:
            self.facts = facts
            self._lanes = _in_lanes(facts.spans)
            self.setAccessibleDescription(self._in_words())
        self.low, self.high = low, high
        columns = self.scale.columns if self.scale is not None else 0
        for handle, least, most, value in (
            (self.start, 0, max(high - 1, low, 0), low),
            (self.end, min(low + 1, high), columns, high),
        ):
            with QSignalBlocker(handle):
                handle.setRange(least, most)
                handle.setValue(value)
        self._place_handles()
        self.update()

    def words_of(self, column: int) -> str:
        """A column in words: `2011`, `September 2011`, `1900 to 1919`, `before 2003`."""
        assert self.scale is not None
        first, last = self.scale.period(column)
        if first is None and last is not None:
            return f"up to {_plain(date_in_words(last))}"
        if last is None:
            return f"from {_plain(date_in_words(first))} on" if first is not None else "all"
        assert first is not None
        start, end = _plain(date_in_words(first)), _plain(date_in_words(last))
        return start if start == end else f"{start} to {end}"

    def tip_at(self, x: float) -> str:
        """What there is to say about the column under the pointer."""
        if self.scale is None or not self.facts.columns:
            return ""
        column = self._column(x)
        lines = [f"{self.words_of(column)}: {of_facts(self.facts.columns[column])}"]
        longer = sum(s.count for s in self.facts.spans if s.first <= column <= s.last)
        if longer:
            lines.append(f"{of_facts(longer, 'more fact')} of a longer or uncertain time")
        return "\n".join(lines)

    def _in_words(self) -> str:
        """The picture for who cannot see it."""
        if self.scale is None:
            return "No fact has a date."
        told = [
            f"{self.words_of(column)}: {count}"
            for column, count in enumerate(self.facts.columns)
            if count
        ]
        longer = sum(span.count for span in self.facts.spans)
        told += [f"of a longer or uncertain time: {longer}"] if longer else []
        return "; ".join(told) or "No dated fact."

    # --- places ---------------------------------------------------------------------------------

    def _lay(self) -> None:
        """Where each boundary stands."""
        scale = self.scale
        if scale is None:
            self._places = [0.0]
            return
        weights = [1.0] * scale.columns
        if scale.gathers_before:
            weights[0] = _GATHERING
        if scale.gathers_after:
            weights[-1] = _GATHERING
        unit = max(self.width() - 2 * _SIDE, 1.0) / sum(weights)
        self._places = [_SIDE]
        for weight in weights:
            self._places.append(self._places[-1] + weight * unit)

    def x_of(self, boundary: int) -> float:
        """Where a boundary stands, in pixels."""
        return self._places[max(0, min(boundary, len(self._places) - 1))]

    def _column(self, x: float) -> int:
        return max(0, min(bisect_left(self._places, x) - 1, len(self._places) - 2))

    def _boundary(self, x: float) -> int:
        """The boundary nearest to a place."""
        column = self._column(x)
        return column + (x > (self.x_of(column) + self.x_of(column + 1)) / 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay()
        self._place_handles()

    def _place_handles(self) -> None:
        for handle, boundary in ((self.start, self.low), (self.end, self.high)):
            wide, high = round(2 * _SIDE), round(_PLOT + _UNDER + _BELOW)
            handle.setGeometry(round(self.x_of(boundary) - _SIDE), 0, wide, high)
            handle.say()

    # --- painting -------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.scale is None:
            painter.setPen(look.colour("muted"))
            painter.setFont(look.text_font())
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "No dated facts")
            return
        self._paint_range(painter)
        self._paint_columns(painter)
        self._paint_spans(painter)
        self._paint_years(painter)

    def _paint_range(self, painter: QPainter) -> None:
        if self.low < self.high:
            tint = look.colour("accent")
            tint.setAlphaF(0.10)
            left, right = self.x_of(self.low), self.x_of(self.high)
            foot = _PLOT + _UNDER + _BELOW
            painter.fillRect(QRectF(left, 0, right - left, foot), tint)

    def _paint_columns(self, painter: QPainter) -> None:
        accent, pale = look.colour("accent"), _pale()
        most = max(self.facts.columns, default=0)
        painter.setPen(Qt.PenStyle.NoPen)
        for column, count in enumerate(self.facts.columns):
            left, right = self.x_of(column), self.x_of(column + 1)
            gap = min(1.0, (right - left) / 4)
            if count:
                height = max(2.0, (_PLOT - 4) * count / most)
                painter.setBrush(accent if self.low <= column < self.high else pale)
                bar = QRectF(left + gap, _PLOT - height, right - left - 2 * gap, height)
                painter.drawRoundedRect(bar, 1, 1)
        line = look.colour("faint")
        painter.fillRect(QRectF(_SIDE, _PLOT, self.width() - 2 * _SIDE, 1), line)

    def _paint_spans(self, painter: QPainter) -> None:
        top = _PLOT + _UNDER
        if len(self._lanes) > _LANES:
            self._paint_crowd(painter, top)
            return
        pitch = min(_LANE, _BELOW / max(len(self._lanes), 1))
        for lane, spans in enumerate(self._lanes):
            for span in spans:
                inside = span.first < self.high and span.last >= self.low
                colour = look.colour("accent") if inside else _pale()
                left, right = self.x_of(span.first) + 1, self.x_of(span.last + 1) - 1
                bar = QRectF(left, top + lane * pitch, max(right - left, 2), pitch * 0.6)
                painter.fillRect(bar, _fading(colour, bar, span))

    def _paint_crowd(self, painter: QPainter, top: float) -> None:
        """More spans than lanes: how many lie over each column, as depth of colour."""
        assert self.scale is not None
        over = [0] * (self.scale.columns + 1)
        for span in self.facts.spans:
            over[span.first] += span.count
            over[span.last + 1] -= span.count
        running, depths = 0, []
        for change in over[:-1]:
            running += change
            depths.append(running)
        most = max(depths, default=0) or 1
        for column, depth in enumerate(depths):
            if depth:
                inside = self.low <= column < self.high
                colour = QColor(look.colour("accent") if inside else _pale())
                colour.setAlphaF(0.2 + 0.8 * depth / most)
                left, right = self.x_of(column), self.x_of(column + 1)
                painter.fillRect(QRectF(left, top, right - left, _BELOW - 4), colour)

    def _paint_years(self, painter: QPainter) -> None:
        scale = self.scale
        assert scale is not None
        font = look.text_font(small=True)
        measure = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(look.colour("muted"))
        foot = _PLOT + _UNDER + _BELOW
        taken = 0.0
        if scale.gathers_before:
            painter.drawText(QPointF(0, foot + measure.ascent() + 2), "earlier")
            taken = measure.horizontalAdvance("earlier") + 8
        for place, year in self._labelled_years(measure):
            text = _year_in_words(year)
            width = measure.horizontalAdvance(text)
            left = max(0.0, min(self.x_of(place) - 2, self.width() - width))
            if left >= taken:
                painter.drawText(QPointF(left, foot + measure.ascent() + 2), text)
                taken = left + width + 8

    def _labelled_years(self, measure: QFontMetricsF) -> Sequence[tuple[int, int]]:
        """The years that there is room to name: the most that are round and do not touch."""
        assert self.scale is not None
        room = self.width() - 2 * _SIDE
        step = 1
        found: Sequence[tuple[int, int]] = ()
        while step < 10**16:
            for every in (step * each for each in _YEARS):
                found = self.scale.years(every)
                widest = max(
                    (measure.horizontalAdvance(_year_in_words(year)) for _, year in found),
                    default=0.0,
                )
                if len(found) * (widest + 14) <= room:
                    return found or self.scale.years(1)[:1]
            step *= 10
        return found

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
        assert self.scale is not None
        whole = (self.low, self.high) == (0, self.scale.columns)
        return "move" if start < x < end and not whole else "new"

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self.scale is None:
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
        if self.scale is None:
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
        assert self.scale is not None
        columns = self.scale.columns
        low, high = self._before
        match self._grip:
            case "from":
                return min(self._boundary(x), max(high - 1, 0)), high
            case "to":
                return low, max(self._boundary(x), min(low + 1, columns))
            case "move":
                by = self._boundary(self.x_of(low) + x - self._pressed_at) - low
                by = max(-low, min(by, columns - high))
                return low + by, high + by
        if abs(x - self._pressed_at) < _STARTED and (low, high) == (self.low, self.high):
            return low, high
        one, other = sorted((self._column(self._pressed_at), self._column(x)))
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
        if self.scale is None:
            return
        by = max(-self.low, min(by, self.scale.columns - self.high))
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
        scale, value = self._picker.scale, self.value()
        if scale is None:
            return
        if self._edge == "from":
            date = scale.start_at(min(value, scale.columns - 1))
            where = _plain(date_in_words(date)) if date is not None else "the earliest fact"
            self.setAccessibleName(f"From {where}")
        else:
            date = scale.end_at(max(value, 1))
            where = _plain(date_in_words(date)) if date is not None else "the latest fact"
            self.setAccessibleName(f"To {where}")

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
        painter.drawEllipse(QPointF(middle, _PLOT / 2), knob, knob)


def _in_lanes(spans: Sequence[Span]) -> list[list[Span]]:
    """Spans side by side where they do not overlap, in as few lanes as that takes."""
    lanes: list[list[Span]] = []
    for span in spans:
        free = next((lane for lane in lanes if lane[-1].last < span.first), None)
        if free is None:
            if len(lanes) > _LANES:
                continue  # they are not drawn one by one then
            lanes.append(free := [])
        free.append(span)
    return lanes


def _fading(colour: QColor, bar: QRectF, span: Span) -> QColor | QLinearGradient:
    """The colour of a span, going out where it has no end."""
    if not span.open_start and not span.open_end:
        return colour
    clear = QColor(colour)
    clear.setAlphaF(0.1)
    gradient = QLinearGradient(bar.topLeft(), bar.topRight())
    gradient.setColorAt(0.0, clear if span.open_start else colour)
    gradient.setColorAt(0.5, colour)
    gradient.setColorAt(1.0, clear if span.open_end else colour)
    return gradient


def _pale() -> QColor:
    """What lies outside the range: seen, and clearly second."""
    colour, muted = look.colour("faint"), look.colour("muted")
    part = 0.35
    return QColor.fromRgbF(
        colour.redF() + part * (muted.redF() - colour.redF()),
        colour.greenF() + part * (muted.greenF() - colour.greenF()),
        colour.blueF() + part * (muted.blueF() - colour.blueF()),
    )


def _year_in_words(year: int) -> str:
    if year <= 0:
        return f"{1 - year} BC"
    return f"{year:,}" if year > 9999 else str(year)


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ")
