"""Reading a large base for the first time, with a window that lives meanwhile."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError as FutureCancelledError
from concurrent.futures import wait
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from briefgen.batch.pool import WorkerPool
from briefgen.errors import BriefgenError
from briefgen.gui import background
from briefgen.gui.background import CancelledError
from briefgen.gui.files.reading_page import ReadingPage
from briefgen.gui.window import MainWindow
from briefgen.index import Index, open_index, open_kept_index, takes_long
from briefgen.index.files import HeldFile
from briefgen.index.rows import FileRows, file_rows

_MOST_PROCESSES = 4
_OFTEN = 0.1
"""Seconds between two looks whether it was stopped."""


class BaseReader(QObject):
    """Opens bases: at once where that takes a moment, else in the background, telling how far."""

    given_up = Signal()
    """A reading was stopped, or what it was for failed: what was there before is there again."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._page: ReadingPage | None = None
        self._task: background.Task | None = None
        self._before: QWidget | None = None

    @property
    def is_reading(self) -> bool:
        """Whether a base is being read."""
        return self._task is not None

    def open(self, folder: Path, go_on: Callable[[Index | None], Any]) -> None:
        """Go on with the base in `folder`, opened already where that took long.

        Where `go_on` is called at once, what it raises is raised here; later it is said. Raises
        `InputError` where there is no folder.
        """
        self._put_away()
        if not takes_long(folder):
            go_on(None)
            return
        index = open_kept_index(folder)
        if index is not None:
            go_on(index)
            return
        self._show(folder)

        def done(index: Index) -> None:
            self._put_away()
            if not self._window.attempt(lambda: go_on(index)):
                self.given_up.emit()

        def failed(error: BaseException) -> None:
            def say() -> None:
                raise error

            self._window.attempt(say)
            self.stop()

        task = self._task = background.start(
            self._window, lambda say: _read(folder, say), done, failed
        )
        assert self._page is not None
        task.step.connect(self._page.show_step)

    def stop(self) -> None:
        """Read no further."""
        before = self._before
        self._put_away()
        self._window.cover(before)
        self.given_up.emit()

    def _show(self, folder: Path) -> None:
        if self._page is None:
            self._page = ReadingPage(self.stop)
        self._page.begin(folder)
        self._before = self._window.covered_by
        self._window.cover(self._page)
        # What the menu does with the brief would be done with one that is on its way out.
        self._window.menus["File"].menuAction().setEnabled(False)
        self._page.take_focus()

    def _put_away(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None
        if self._page is not None and self._window.covered_by is self._page:
            self._window.cover(None)
            self._window.menus["File"].menuAction().setEnabled(True)
        self._before = None


def _read(folder: Path, say: Callable[[str], None]) -> Index:
    """Read a base, telling how far it is in percent."""
    index = open_index(folder, read=lambda files: read_files(files, say))
    try:
        say("100")
    except CancelledError:
        index.close()
        raise
    return index


def read_files(files: Sequence[HeldFile], say: Callable[[str], None]) -> Iterator[FileRows]:
    """The rows of files, in their order, read in processes: the window's has other work."""
    whole, done = sum(len(held.data or b"") for held in files) or 1, 0
    pool = WorkerPool(max(1, min(_MOST_PROCESSES, (os.cpu_count() or 1) - 1)))
    try:
        asked = [pool.submit(file_rows, held) for held in files]
        for held, future in zip(files, asked, strict=True):
            while not future.done():
                say(str(min(99, 100 * done // whole)))
                wait([future], timeout=_OFTEN)
            try:
                yield future.result()
            except (BriefgenError, FutureCancelledError, MemoryError, RuntimeError):
                yield file_rows(held)  # a process died, or had too little memory
            done += len(held.data or b"")
    finally:
        pool.kill()
    say("100")
