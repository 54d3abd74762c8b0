"""Painting facts over time: columns, spans below them, years, and the range over all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QLinearGradient, QPainter

from briefgen.dates import year_in_words
from briefgen.gui import look
from briefgen.gui.scope.timeline import LANES, SIDE, Timeline
from briefgen.select.facets import Histogram, Span

PLOT = 54.0
"""Pixels of the height of columns."""
_UNDER, _BELOW, _LABELS = 4.0, 16.0, 17.0
"""Heights: the gap under the columns, the spans, the years."""
FOOT = PLOT + _UNDER + _BELOW
"""Where columns and spans end, in pixels from the top."""
HEIGHT = FOOT + _LABELS
_LANE = 4.0
"""Most height of a lane of spans."""
_YEARS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class TimelinePainting:
    """Facts over time, with the range from one boundary to another."""

    painter: QPainter
    timeline: Timeline
    facts: Histogram
    lanes: Sequence[Sequence[Span]]
    """The spans as `timeline.in_lanes` gives them."""
    low: int
    high: int

    def paint(self) -> None:
        """All of it, one over the other."""
        self._paint_range()
        self._paint_columns()
        self._paint_spans()
        self._paint_years()

    def _paint_range(self) -> None:
        if self.low < self.high:
            tint = look.colour("accent")
            tint.setAlphaF(0.10)
            left, right = self.timeline.x_of(self.low), self.timeline.x_of(self.high)
            self.painter.fillRect(QRectF(left, 0, right - left, FOOT), tint)

    def _paint_columns(self) -> None:
        accent, pale = look.colour("accent"), _pale()
        most = max(self.facts.columns, default=0)
        self.painter.setPen(Qt.PenStyle.NoPen)
        for column, count in enumerate(self.facts.columns):
            left, right = self.timeline.x_of(column), self.timeline.x_of(column + 1)
            gap = min(1.0, (right - left) / 4)
            if count:
                height = max(2.0, (PLOT - 4) * count / most)
                self.painter.setBrush(accent if self.low <= column < self.high else pale)
                bar = QRectF(left + gap, PLOT - height, right - left - 2 * gap, height)
                self.painter.drawRoundedRect(bar, 1, 1)
        line = look.colour("faint")
        self.painter.fillRect(QRectF(SIDE, PLOT, self.timeline.width - 2 * SIDE, 1), line)

    def _paint_spans(self) -> None:
        top = PLOT + _UNDER
        if len(self.lanes) > LANES:
            self._paint_crowd(top)
            return
        pitch = min(_LANE, _BELOW / max(len(self.lanes), 1))
        for lane, spans in enumerate(self.lanes):
            for span in spans:
                inside = span.first < self.high and span.last >= self.low
                colour = look.colour("accent") if inside else _pale()
                left = self.timeline.x_of(span.first) + 1
                right = self.timeline.x_of(span.last + 1) - 1
                bar = QRectF(left, top + lane * pitch, max(right - left, 2), pitch * 0.6)
                self.painter.fillRect(bar, _fading(colour, bar, span))

    def _paint_crowd(self, top: float) -> None:
        """More spans than lanes: how many lie over each column, as depth of colour."""
        over = [0] * (self.timeline.scale.columns + 1)
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
                left, right = self.timeline.x_of(column), self.timeline.x_of(column + 1)
                self.painter.fillRect(QRectF(left, top, right - left, _BELOW - 4), colour)

    def _paint_years(self) -> None:
        scale = self.timeline.scale
        font = look.text_font(small=True)
        measure = QFontMetricsF(font)
        self.painter.setFont(font)
        self.painter.setPen(look.colour("muted"))
        taken = 0.0
        if scale.gathers_before:
            self.painter.drawText(QPointF(0, FOOT + measure.ascent() + 2), "earlier")
            taken = measure.horizontalAdvance("earlier") + 8
        for place, year in self._labelled_years(measure):
            text = year_in_words(year)
            width = measure.horizontalAdvance(text)
            left = max(0.0, min(self.timeline.x_of(place) - 2, self.timeline.width - width))
            if left >= taken:
                self.painter.drawText(QPointF(left, FOOT + measure.ascent() + 2), text)
                taken = left + width + 8

    def _labelled_years(self, measure: QFontMetricsF) -> Sequence[tuple[int, int]]:
        """The years that there is room to name: the most that are round and do not touch."""
        room = self.timeline.width - 2 * SIDE
        step = 1
        found: Sequence[tuple[int, int]] = ()
        while step < 10**16:
            for every in (step * each for each in _YEARS):
                found = self.timeline.scale.years(every)
                widest = max(
                    (measure.horizontalAdvance(year_in_words(year)) for _, year in found),
                    default=0.0,
                )
                if len(found) * (widest + 14) <= room:
                    return found or self.timeline.scale.years(1)[:1]
            step *= 10
        return found


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
