"""Boxes to tick, drawn with an edge that can be seen in light and in dark (WCAG 2.2, 1.4.11)."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy

from briefgen.gui import look

BOX = 15
"""A side of the box, in pixels."""
_GAP = 7
_TICK = ((0.25, 0.52), (0.43, 0.71), (0.76, 0.30))


def paint_box(
    painter: QPainter,
    box: QRect,
    state: Qt.CheckState,
    *,
    enabled: bool = True,
    focused: bool = False,
) -> None:
    """Draw a box: ticked, partly ticked (a square inside) or empty."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.colour("accent" if focused else "muted"), 1.5 if focused else 1))
    painter.setBrush(look.colour("field"))
    place = QRectF(box)
    painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    ink = look.colour("text" if enabled else "muted")
    if state == Qt.CheckState.PartiallyChecked:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        inset = box.width() * 0.3
        painter.drawRoundedRect(place.adjusted(inset, inset, -inset, -inset), 1, 1)
    elif state == Qt.CheckState.Checked:
        pen = QPen(ink, 2)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        points = [
            QPointF(box.left() + x * box.width(), box.top() + y * box.height()) for x, y in _TICK
        ]
        tick = QPainterPath(points[0])
        for point in points[1:]:
            tick.lineTo(point)
        painter.drawPath(tick)
    painter.restore()


class TickBox(QCheckBox):
    """A check box with such a box. Its text may be longer than its place: it is cut then."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        measure = self.fontMetrics()
        return QSize(
            BOX + _GAP + measure.horizontalAdvance(self.text()) + 2,
            max(BOX, measure.height()) + 4,
        )

    def minimumSizeHint(self) -> QSize:
        return QSize(BOX + _GAP + 40, self.sizeHint().height())

    def hitButton(self, pos: object) -> bool:
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = self.width() - BOX if rtl else 0
        box = QRect(left, (self.height() - BOX) // 2, BOX, BOX)
        focused = self.hasFocus() or (self.isEnabled() and self.underMouse())
        paint_box(painter, box, self.checkState(), enabled=self.isEnabled(), focused=focused)
        room = self.rect().adjusted(0 if rtl else BOX + _GAP, 0, -(BOX + _GAP) if rtl else 0, 0)
        painter.setPen(look.colour("text" if self.isEnabled() else "muted"))
        text = self.text().replace("&&", "&")  # a button's way to write one
        painter.drawText(
            room,
            Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter,
            self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width()),
        )
