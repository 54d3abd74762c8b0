"""Writing into the base: whether one may, what was planned, telling of it, taking it back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject

from briefgen.editing import base as core
from briefgen.editing.copying_base import copy_base
from briefgen.gui.editing.watching import Watcher
from briefgen.gui.files.choosing import ask_save
from briefgen.gui.window import MainWindow
from briefgen.index import Index
from briefgen.pipeline.clock import moment
from briefgen.writing.plan import Plan, Written

_NAME = "keeping/recorded_by"


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

    def may_write(self) -> bool:
        """Whether the base may be written into; if not, the way to one that may be is shown."""
        why = core.why_read_only(self.window.session.folder)
        if why:
            self.window.tell(
                f"{why} Copy it to a folder of yours and write there.",
                "warning",
                [("Copy it…", self.ask_copy)],
            )
        return not why

    def ask_copy(self) -> None:
        """Ask for a new folder; copy the base there and go on with the copy."""

        def copy(folder: Path) -> None:
            self.window.attempt(lambda: self.copy_to(folder))

        documents = Path.home() / "Documents"
        ask_save(
            self.window,
            "Copy the base to a new folder",
            (documents if documents.is_dir() else Path.home()) / "fact-base",
            "All files (*)",
            copy,
        )

    def copy_to(self, folder: Path) -> None:
        """Copy the base to `folder` and use the copy in this brief."""
        session = self.window.session
        made = copy_base(session.folder, folder)
        if session.base_flag is not None:
            self.window.tell(f"The base was copied to {made}; start with --base {made} to use it.")
            return
        session.edit("Use a base of one’s own", replace(session.spec, base=str(made)))
        self.window.tell(f"This brief uses the base in {made} now. It is yours to write into.")

    # --- writing --------------------------------------------------------------------------------

    def write(
        self, plan: Plan, text: str, fact: str = "", then: Callable[[], None] | None = None
    ) -> None:
        """Write a plan; then show the base as it is, say so and call `then`.

        Raises `BriefgenError` when nothing was written.
        """
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
