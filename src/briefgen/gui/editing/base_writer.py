"""Writing into the base: whether one may, what was planned, telling of it, taking it back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from briefgen.editing import base as core
from briefgen.errors import UsageError
from briefgen.gui.editing.watching import Watcher
from briefgen.gui.files import files_of
from briefgen.gui.files.choosing import documents_folder
from briefgen.gui.view_models.home.recent_rows import free_folder
from briefgen.gui.window import MainWindow
from briefgen.index import Index
from briefgen.pipeline.clock import moment
from briefgen.writing.plan import Plan, Written

_NAME = "keeping/recorded_by"
MANY = 200
"""Facts whose changes are planned while the window waits; more are in the background."""


class BaseWriter(QObject):
    """What all forms of a window write through."""

    def __init__(self, window: MainWindow, watcher: Watcher) -> None:
        super().__init__(window)
        self.window = window
        self._watcher = watcher
        self._last: Written | None = None

    @property
    def index(self) -> Index:
        """The base as it is open now."""
        return self.window.session.index

    # --- who writes -----------------------------------------------------------------------------

    def keeper(self) -> core.Keeper:
        """Who writes, and today."""
        return core.Keeper(moment()[1], self.keeper_name())

    def keeper_name(self) -> str:
        """Whom new facts are recorded by, as last time."""
        return str(self.window.memory.value(_NAME, "") or "")

    def remember_name(self, name: object) -> None:
        """For the next time."""
        if name and name != self.keeper_name():
            self.window.memory.setValue(_NAME, str(name))

    # --- may one write here? --------------------------------------------------------------------

    def may_write(self, then: Callable[[], object] | None = None) -> bool:
        """Whether the base may be written into; if not, a copy is offered, and `then` follows."""
        why = core.why_read_only(self.window.session.folder)
        if why:
            self.window.tell(
                f"{why} Edit a copy of your own instead.",
                "warning",
                [("Make a copy and edit that…", partial(self.ask_copy, then))],
            )
        return not why

    def ask_copy(self, then: Callable[[], object] | None = None) -> None:
        """Ask for a new folder; copy the base there, go on with the copy, and with `then`."""
        from briefgen.gui.editing.copy_dialog import CopyBaseDialog

        session = self.window.session
        place = free_folder(documents_folder(), session.base.title)
        CopyBaseDialog(self.window, session.folder, place, partial(self.copy_to, then=then)).open()

    def copy_to(
        self, folder: Path, archive: bool = True, then: Callable[[], object] | None = None
    ) -> None:
        """Copy the base to `folder` and use the copy in this brief; then go on."""
        from briefgen.editing.copying_base import copy_base

        base = self.window.session.folder

        def work(say: Callable[[str], None]) -> Path:
            return copy_base(base, folder, archive=archive, step=say)

        def done(made: Path) -> None:
            use = partial(self._use, made, then)
            self.window.attempt(lambda: files_of(self.window).reader.open(made, use))

        self.window.run("Copying the base", work, done)

    def _use(self, made: Path, then: Callable[[], object] | None, index: Index | None) -> None:
        session = self.window.session
        if index is not None:  # it was read, and is kept: opening it takes no time any more
            index.close()
        flag = session.base_flag
        if flag is not None:  # what the command line named is not what is worked on any more
            session.base_flag = str(made)
        try:
            session.edit("Use a base of one’s own", replace(session.spec, base=str(made)))
        except BaseException:
            session.base_flag = flag
            raise
        self.window.tell(f"This brief uses the base in {made} now. It is yours to write into.")
        if then is not None:
            then()

    # --- writing --------------------------------------------------------------------------------

    def write(
        self, plan: Plan, text: str, fact: str = "", then: Callable[[], None] | None = None
    ) -> None:
        """Write a plan; then show the base as it is, say so and call `then`.

        Raises `BriefgenError` when nothing was written.
        """
        why = core.why_read_only(self.window.session.folder)
        if why:  # whoever got here without asking
            raise UsageError(why.rstrip("."), hint="copy the base and edit the copy")
        before = set(self.index.problems)
        written = self._last = plan.write()
        self._watcher.take_note()

        def show() -> None:
            new = [problem for problem in self.index.problems if problem not in before]
            back = [("Undo", lambda: self._undo(written))]
            if new:  # never meant to be: the plan was checked
                self.window.tell(str(new[0]), "warning", back)
            elif written.warning:
                self.window.tell(written.warning, "warning", back)
            elif text:
                self.window.tell(text, "done", back)
            if fact:
                self.window.session.point_at(fact, self)
            if then is not None:
                then()

        self._watcher.read_ours(show)

    def undo_last(self) -> None:
        """Take back what was written last, if nobody wrote there since."""
        if self._last is None:
            self.window.tell("Nothing was written into the base yet.")
        else:
            self._undo(self._last)

    def _undo(self, written: Written) -> None:
        written.take_back()
        self._last = None
        self._watcher.take_note()
        self._watcher.read_ours(lambda: self.window.tell("The base is as it was before."))
