"""Reading a large base for the first time, with a window that lives meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from briefgen.gui import background
from briefgen.gui.window import MainWindow
from briefgen.index import Index, open_kept_index, takes_long

if TYPE_CHECKING:
    from briefgen.gui.files.reading_page import ReadingPage


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

        # Most starts find all bases read already, and need not load what reads them.
        from briefgen.gui.files.first_reading import read_first

        task = self._task = background.start(
            self._window, lambda say: read_first(folder, say), done, failed
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
            from briefgen.gui.files.reading_page import ReadingPage

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
