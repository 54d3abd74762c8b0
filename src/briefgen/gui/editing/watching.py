"""Noticing that the base changed on disk, whoever changed it, and reading it again.

The system tells of changes; the files are looked at a moment later, when the one who writes is
done. Coming back to the window looks again: some file systems tell nothing, and a machine that
slept missed what was told.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication

from briefgen.editing.base_state import Reread, State, base_state, reread, watched_paths
from briefgen.errors import BriefgenError, Problem
from briefgen.gui import background
from briefgen.gui.widgets.building import wait
from briefgen.gui.window import MainWindow

PAUSE = 200
"""Milliseconds of quiet before the files are looked at."""
_LARGE = 3_000
"""Facts from which on reading again takes long enough to be done in the background."""


class Watcher(QObject):
    """Watches the base that is open."""

    problems_asked = Signal()
    """The person wants to see all problems of the base."""
    file_asked = Signal(object)
    """The person wants to open the file of a `Problem`."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window = window
        self._folder: Path | None = None
        self._new_folder = False
        self._state: State = ()
        self._refused = ""
        """The content that was read and not taken, so that it is told once."""
        self._task: background.Task | None = None
        self._soon = wait(self, PAUSE, self.look)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(lambda path: self._soon.start())
        self._watcher.directoryChanged.connect(lambda path: self._soon.start())
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.applicationStateChanged.connect(self._application)

    def watch(self) -> None:
        """Watch the base that was just opened."""
        folder = self.window.session.folder
        self._new_folder = folder != self._folder
        self._folder = folder
        self._refused = ""
        self.take_note()

    def folder_is_new(self) -> bool:
        """Whether the base that was just opened lies somewhere else than the one before."""
        return self._new_folder

    def take_note(self) -> None:
        """The files are as they should be: nothing is to be told of what changed up to now."""
        if self._folder is None:
            return
        self._state = base_state(self._folder)
        wanted = set(watched_paths(self._folder))
        watched = {*self._watcher.files(), *self._watcher.directories()}
        if watched - wanted:
            self._watcher.removePaths(sorted(watched - wanted))
        if wanted - watched:
            self._watcher.addPaths(sorted(wanted - watched))

    def stop(self) -> None:
        """Watch nothing any more."""
        self._soon.stop()
        watched = [*self._watcher.files(), *self._watcher.directories()]
        if watched:
            self._watcher.removePaths(watched)
        self._folder = None
        if self._task is not None:
            self._task.cancel()

    def _application(self, state: Qt.ApplicationState) -> None:
        if state == Qt.ApplicationState.ApplicationActive and self._folder is not None:
            self._soon.start()

    # --- reading again --------------------------------------------------------------------------

    def look(self) -> None:
        """Read the base again if its files look different."""
        if self._folder is None:
            return
        if base_state(self._folder) == self._state:
            self.take_note()  # an editor that swaps files takes them out of the watch
            return
        self._read(asked=False)

    def reread_now(self) -> None:
        """Read the base again because the person asked."""
        self._refused = ""
        self._read(asked=True)

    def read_ours(self, then: Callable[[], None]) -> None:
        """Read what we wrote ourselves, and go on."""

        def take(found: Reread) -> None:
            self.window.session.reload_base()
            then()

        self._in_time(take)

    def _read(self, *, asked: bool) -> None:
        if self._task is None:
            self.take_note()
            self._in_time(lambda found: self._take(found, asked))

    def _in_time(self, take: Callable[[Reread], None]) -> None:
        """Read the base anew: at once where that takes no time, else in the background."""
        folder = self._folder
        if folder is None:
            return
        ((count,),) = self.window.session.index.rows("SELECT count(*) FROM facts")
        if count < _LARGE:
            try:
                found = reread(folder)
            except BriefgenError as error:
                self._cannot(str(error))
            else:
                take(found)
            return

        def done(found: Reread) -> None:
            self._task = None
            if folder == self._folder:
                self.window.attempt(lambda: take(found))

        self._task = self.window.run("Reading the base", lambda say: reread(folder), done)
        self._task.ended.connect(self._ended)

    def _ended(self) -> None:
        self._task = None
        self._soon.start()  # something may have changed in the meantime

    def _take(self, found: Reread, asked: bool) -> None:
        window, index = self.window, self.window.session.index
        if found.content_key == index.content_key:
            self._refused = ""
            if asked:
                window.tell("The base has not changed.")
            return
        worse = [fault for fault in found.fatal if fault not in index.fatal]
        if worse and found.content_key != self._refused:
            self._refused = found.content_key
            self._keep_old(worse[0])
        elif not worse:
            self.use()

    def use(self) -> None:
        """Go on with the base as it is on disk now."""
        window = self.window
        before = self.window.session.index.problem_count
        window.session.reload_base()
        count = self.window.session.index.problem_count
        if count > before:
            what = "a problem" if count == 1 else f"{count} problems"
            window.tell(
                f"The base changed on disk and was read again; it has {what}.",
                "warning",
                [("Show", self.problems_asked.emit)],
            )
        else:
            window.tell("The base changed on disk and was read again.")

    def _keep_old(self, problem: Problem) -> None:
        """The old base stays until the fault is mended."""
        ways = [("Open the file", lambda: self.file_asked.emit(problem))]
        if "base.yaml" not in problem.origin.path:
            ways.append(("Go on without it", self.use))
        self.window.tell(
            f"The base changed on disk and cannot be read: {problem}. "
            "What was read before is still in use.",
            "error",
            ways,
        )

    def _cannot(self, text: str) -> None:
        self.window.tell(
            f"The base cannot be read again: {text}. What was read before is still in use.", "error"
        )
