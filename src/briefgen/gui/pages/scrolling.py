"""Scrolling gently to a place, and back to where a link was followed."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QPropertyAnimation
from PySide6.QtWidgets import QAbstractScrollArea

_LASTS = 180
"""Milliseconds."""


class Scrolling:
    """Moves an area up and down. Heights are those of what it shows, in pixels."""

    def __init__(self, area: QAbstractScrollArea) -> None:
        self._area = area
        self._bar = area.verticalScrollBar()
        self._back: list[float] = []
        self._glide = QPropertyAnimation(self._bar, b"value", area)
        self._glide.setDuration(_LASTS)
        self._glide.setEasingCurve(QEasingCurve.Type.OutCubic)

    @property
    def moves(self) -> bool:
        """Whether the area is on its way."""
        return self._glide.state() == QPropertyAnimation.State.Running

    def to(self, height: float) -> None:
        """Bring what is at `height` to the top: gently, where it is near."""
        bar = self._bar
        target = max(0, min(round(height), bar.maximum()))
        self.stop()
        room = self._area.viewport().height()
        if abs(target - bar.value()) > 2 * room:
            bar.setValue(target + (room // 3 if target < bar.value() else -room // 3))
        self._glide.setStartValue(bar.value())
        self._glide.setEndValue(target)
        self._glide.start()

    def by_screens(self, screens: float) -> None:
        """Go on by so much of what the area shows at a time."""
        self.to(self._bar.value() + self._area.viewport().height() * screens)

    def follow(self, height: float) -> None:
        """As `to`, with a way back."""
        self._back.append(float(self._bar.value()))
        self.to(height)

    def go_back(self) -> None:
        """Return to where the last link was followed."""
        if self._back:
            self.to(self._back.pop())

    def stop(self) -> None:
        """Stay here."""
        self._glide.stop()

    def arrive(self) -> None:
        """Be at once where it was going, with no way back: other pages come."""
        if self.moves:
            end = int(self._glide.endValue())
            self.stop()
            self._bar.setValue(end)
        self._back.clear()
