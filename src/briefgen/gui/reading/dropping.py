"""Saved copies and web addresses that are dropped on the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget


class DroppedCopies(QObject):
    """Listens to a window; what is dropped goes to `take_files` or `take_address`."""

    def __init__(
        self,
        window: QWidget,
        take_files: Callable[[Sequence[Path]], None],
        take_address: Callable[[str], None],
        attempt: Callable[[Callable[[], object]], object],
    ) -> None:
        super().__init__(window)
        self._take_files = take_files
        self._take_address = take_address
        self._attempt = attempt
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QDropEvent):  # entering and moving are kinds of it
            return False
        files, address = dropped(event.mimeData())
        if not files and not address:
            return False
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            work = partial(self._take_files, files) if files else partial(
                self._take_address, address
            )  # fmt: skip
            self._attempt(work)
        return True


def dropped(data: QMimeData) -> tuple[list[Path], str]:
    """The saved copies among what is dropped, else the web address that it is."""
    from briefgen.capture.read import KINDS  # a window opens without what reads copies

    urls = data.urls()
    files = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
    copies = [path for path in files if path.suffix.lower() in KINDS]
    if copies or files:
        return copies, ""
    said = urls[0].toString() if urls else data.text().strip()
    is_address = said.lower().startswith(("http://", "https://")) and not said.split()[1:]
    return [], said if is_address else ""
