"""The app's icon, drawn: a page with a heading, lines, and one note at the foot."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from briefgen.gui.look import LIGHT

_NOTE = "#9fc7dd"
_SIZES = (16, 24, 32, 48, 64, 128, 256)


def app_icon() -> QIcon:
    """The icon in the sizes that desktops ask for."""
    icon = QIcon()
    for size in _SIZES:
        icon.addPixmap(_drawn(size))
    return icon


def _drawn(size: int) -> QPixmap:
    picture = QPixmap(size, size)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(size / 32, size / 32)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(LIGHT.accent))
    painter.drawRoundedRect(QRectF(4, 1, 24, 30), 3, 3)
    painter.setBrush(QColor(LIGHT.ground))
    painter.drawRect(QRectF(8, 6, 11, 3.4))
    for number, width in enumerate((16, 16, 12)):
        painter.drawRect(QRectF(8, 12.5 + 3.6 * number, width, 1.7))
    painter.setBrush(QColor(_NOTE))
    painter.drawRect(QRectF(8, 25, 6, 1.2))
    painter.drawRect(QRectF(8, 27.2, 14, 1.2))
    painter.end()
    return picture
