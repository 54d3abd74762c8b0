"""Where the window opens: never larger than its screen, never beyond it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QStyle, QWidget

LEAST, USUAL = (860, 520), (1440, 900)
"""Width and height: below which it cannot be made, and at first where there is room."""


def within(wanted: QRect, available: QRect, bar: int) -> QRect:
    """The rectangle nearest to `wanted` that lies in `available`, a title bar of `bar` above it."""
    room = available.adjusted(0, bar, 0, 0)
    size = wanted.size().boundedTo(room.size())
    left = min(max(wanted.left(), room.left()), room.right() + 1 - size.width())
    top = min(max(wanted.top(), room.top()), room.bottom() + 1 - size.height())
    return QRect(QPoint(left, top), size)


def keep_on_screen(window: QWidget, *, new: bool) -> None:
    """Have a window that is about to be shown lie within its screen.

    A `new` one is put into the middle, and takes all of a screen that is too small for it.
    """
    available = window.screen().availableGeometry()
    bar = max(32, window.style().pixelMetric(QStyle.PixelMetric.PM_TitleBarHeight))
    window.setMinimumSize(QSize(*LEAST).boundedTo(available.size() - QSize(0, bar)))
    if window.windowState() & (Qt.WindowState.WindowMaximized | Qt.WindowState.WindowFullScreen):
        return
    wanted = window.geometry()
    if new:
        wanted.moveCenter(available.center())
    placed = within(wanted, available, bar)
    window.setGeometry(placed)
    if new and placed.size() != wanted.size():
        window.setWindowState(window.windowState() | Qt.WindowState.WindowMaximized)
