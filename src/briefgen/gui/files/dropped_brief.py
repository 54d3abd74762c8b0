"""A brief's file that is dropped on the window is opened."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDropEvent

from briefgen.gui.window import MainWindow


class DroppedBrief(QObject):
    """Listens to the window; `open_path` gets what was dropped."""

    def __init__(self, window: MainWindow, open_path: Callable[[Path], None]) -> None:
        super().__init__(window)
        self._window = window
        self._open_path = open_path
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QDropEvent):  # entering and moving are kinds of it
            return False
        path = _brief_in(event)
        if path is None:
            return False
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            self._window.attempt(partial(self._open_path, path))
        return True


def _brief_in(event: QDropEvent) -> Path | None:
    """The one file that is being dropped, if it may be a brief."""
    urls = event.mimeData().urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = Path(urls[0].toLocalFile())
    return path if path.name.lower().endswith((".yaml", ".yml")) else None
