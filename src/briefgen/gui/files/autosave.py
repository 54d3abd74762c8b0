"""What is not saved, kept against a crash while one works."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject

from briefgen.folders import recovery_folder
from briefgen.gui import faults
from briefgen.gui.view_models.brief.recovery import Unsaved, to_bytes
from briefgen.gui.view_models.keeper import Keeper
from briefgen.gui.widgets.building import wait
from briefgen.gui.window import MainWindow

EVERY = 400
"""Milliseconds at most between a change and its being on its way to the disk."""
AGAIN = 1500
"""Milliseconds until it is looked whether it got there, and tried again if not."""


class Autosave(QObject):
    """Keeps the window's brief as long as it is not saved, in a thread of its own."""

    def __init__(self, window: MainWindow, seen: Callable[[], str | None]) -> None:
        super().__init__(window)
        self._window = window
        self._session = window.session
        self._seen = seen
        self._keeper = Keeper(recovery_folder(), to_bytes)
        self._kept = False
        self._told = False
        self._over = False
        # Not started anew with each change: who types without a pause is kept, too.
        self._timer = wait(self, EVERY, self.keep)
        self._again = wait(self, AGAIN, self._look_again)
        self._session.brief_changed.connect(lambda changed: self._look())
        self._session.path_changed.connect(self._look)
        self._session.aside_changed.connect(self._look)
        self._session.undo_stack.cleanChanged.connect(lambda clean: self._look())

    @property
    def unsaved(self) -> Unsaved:
        """The brief as it would be found again."""
        session = self._session
        return Unsaved(session.spec, session.path, self._seen(), time.time(), session.aside)

    def take_over(self, let_go: Callable[[], None]) -> None:
        """Keep what was kept elsewhere as ours, and let go of it there once it is."""
        self.keep()
        self._keeper.then(let_go)

    def keep(self) -> None:
        """Have the brief written now, if there is something to keep."""
        self._timer.stop()
        if not self._session.is_unsaved:
            return
        self._kept = True
        self._again.start()
        try:
            self._keeper.keep(self.unsaved)
        except Exception as error:
            if not self._told:  # the disk stays full: saying it once is enough
                self._told = True
                self._window.tell(
                    "What you do is not kept against a crash, so save it soon: "
                    f"{faults.sentence(error)}",
                    "warning",
                )

    def _look_again(self) -> None:
        """Try again what could not be written: the disk may have room by now."""
        failed = self._keeper.failed
        if failed is None:
            self._again.start()
        elif failed:
            self.keep()
        else:
            self._told = False

    def close(self, *, leave: bool = False) -> None:
        """The window closes. `leave`: nobody could be asked, so what is not saved stays."""
        self._timer.stop()
        if self._over:
            return
        self._over = True
        if leave:
            self.keep()
        self._again.stop()
        self._keeper.close(leave=leave)

    def _look(self) -> None:
        if self._over:
            return
        if self._session.is_unsaved:
            if not self._timer.isActive():
                self._timer.start()
            return
        self._timer.stop()
        if self._kept:
            self._kept = False
            self._again.stop()
            self._keeper.forget()
