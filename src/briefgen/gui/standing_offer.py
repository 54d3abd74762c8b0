"""Something that is offered where messages are shown, until the person has answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal

from briefgen.gui.window import MainWindow

Way = tuple[str, Callable[[], Any]]


class StandingOffer(QObject):
    """Waits while other messages are read, and comes back after them.

    Whoever closes it, or takes one of its ways, has answered.
    """

    _room_is_free = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._text = ""
        self._shown = ""
        self._ways: Sequence[Way] = ()
        # Not from within what makes the room free: that may be about to say something itself.
        self._room_is_free.connect(self._show, Qt.ConnectionType.QueuedConnection)
        window.messages.installEventFilter(self)

    def make(self, text: str, ways: Sequence[Way]) -> None:
        """Offer this from now on, in the place of what was offered before."""
        self._text, self._ways, self._shown = text, ways, ""
        self._room_is_free.emit()

    def take_back(self) -> None:
        """Offer nothing any more."""
        if self._text and self._window.messages.message == self._shown:
            self._window.messages.clear()
        self._text = self._shown = ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._text and event.type() == QEvent.Type.HideToParent:
            if self._window.messages.text.text() == self._shown:
                self._text = self._shown = ""  # it was in sight, and has been answered
            else:
                self._room_is_free.emit()
        return False

    def _show(self) -> None:
        if self._text and self._window.messages.isHidden():
            self._window.tell(self._text, "warning", self._ways)
            self._shown = self._window.messages.text.text()
