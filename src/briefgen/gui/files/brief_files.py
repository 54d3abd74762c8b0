"""Opening and saving: what the File menu does, and what must not be lost on the way."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Literal

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from briefgen.brief.spec.model import BriefSpec
from briefgen.errors import BriefgenError
from briefgen.folders import recovery_folder
from briefgen.gui import faults
from briefgen.gui.files import choosing
from briefgen.gui.files.autosave import Autosave
from briefgen.gui.files.base_reader import BaseReader
from briefgen.gui.files.dropped_brief import DroppedBrief
from briefgen.gui.files.question import Answer, Question
from briefgen.gui.files.recent_briefs import RecentBriefs
from briefgen.gui.view_models.brief.new_brief import fitted
from briefgen.gui.view_models.brief.recovery import Unsaved, from_bytes, to_bytes
from briefgen.gui.view_models.brief.saving import (
    ChangedOnDiskError,
    OpenedBrief,
    absolute,
    brief_name,
    brief_path,
    open_brief,
    save_brief,
    seen_of,
)
from briefgen.gui.view_models.brief.switching import Aside
from briefgen.gui.view_models.discarded import DAYS, Discarded
from briefgen.gui.view_models.home.first_brief import (
    is_first_start,
    is_shipped,
    last_of,
    named_base,
    new_brief_on,
    to_reopen,
)
from briefgen.gui.view_models.home.remembered import (
    RecentBase,
    RecentBrief,
    Remembered,
    remembered_path,
)
from briefgen.gui.view_models.keeper import Leftover, leftovers
from briefgen.gui.view_models.words import below_home, moment_in_words
from briefgen.gui.widgets.building import button_text
from briefgen.gui.widgets.template_at_hand import template_of
from briefgen.gui.window import MainWindow
from briefgen.index import Index
from briefgen.pipeline.naming import BRIEF_SUFFIX, slug
from briefgen.pipeline.places import base_of
from briefgen.shipped import shipped_base


class BriefFiles(QObject):
    """The window's brief and its file."""

    start_page_wanted = Signal()
    """There is nothing to go on with: the person is asked what to work on."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._session = window.session
        self.seen: str | None = None
        """What the brief's file said when it was opened or saved last."""
        self.without_brief: tuple[QAction, ...] = ()
        """The entries of the File menu that need no brief to be in sight."""
        self.end_of_menu: QAction | None = None
        """The line before the last entry of the File menu."""
        self._leftovers: list[Leftover[Unsaved]] = []
        self._damaged: list[Path] = []
        """What was kept of a brief and cannot be read, where it is now."""
        self._start_anew = ""
        """Why the start does not go on with what was open last."""
        self.reader = BaseReader(window)
        self.reader.given_up.connect(self._given_up)
        self._flag_is_of_before = False
        """Whether the session's `base_flag` is one that an earlier start was given."""
        self._stands_in = False
        """Whether the brief that is open only stands in for one whose base is being read."""
        self._leave = False
        self._may_go = False
        self._autosave = Autosave(window, lambda: self.seen)
        self._discarded = Discarded(recovery_folder() / "discarded", to_bytes, from_bytes)
        self.remembered = Remembered(remembered_path(Path(window.memory.fileName())))
        self._recent = RecentBriefs(window.memory, self.remembered)
        self.recent = QMenu("Open &recent", window)
        self.recent.aboutToShow.connect(self._fill_recent)
        self._session.about_to_close.connect(self._close)
        self._session.path_changed.connect(self._remember)
        self._session.base_opened.connect(self._remember_base)
        window.may_close.append(self._may_close)
        DroppedBrief(window, self.open_path)

    # --- the first brief ------------------------------------------------------------------------

    def open_first(self, spec: BriefSpec | None, path: Path | None) -> None:
        """The brief that was asked for; else what a crash left unsaved; else a new one."""
        self._leftovers = leftovers(recovery_folder(), from_bytes, self._damaged.append)
        asked = absolute(path) if path is not None else None
        if spec is not None:
            # What was not saved of this very file is newer than the file.
            for left in self._leftovers:
                if asked is not None and left.unsaved.path == asked:
                    self._recover(left)
                    return
            self._put(
                spec, asked,
                then=lambda: self._has_opened(asked, None if asked is None else seen_of(asked)),
            )  # fmt: skip
            self._tell_leftovers()
            return
        for left in list(self._leftovers):
            try:
                self._recover(left)
            except BriefgenError:  # its base is gone; it stays in the menu
                continue
            except Exception:  # whatever it is, it must not come back at each start
                self._leftovers.remove(left)
                self._damaged.append(left.set_aside())
                continue
            return
        if not self._reopen():
            self._open_new_first()
        self._tell_leftovers()

    def _reopen(self) -> bool:
        """Go on with what was open last; whether that was done."""
        session = self._session
        try:
            found = to_reopen(self.remembered.last, session.base_flag)
            if found is None:
                return False
            if found.brief is None:
                self._set_new_with(found.base)
            else:
                self._take_opened(found.brief, found.base, self._take_flag_as_of_before)
        except BriefgenError as error:
            self._start_anew = f"What was open last cannot be opened: {faults.sentence(error)}"
            return False
        return True

    def _take_flag_as_of_before(self) -> None:
        self._flag_is_of_before = self._session.base_flag is not None

    def _open_new_first(self) -> None:
        """A new brief, with the start page over it where nobody has said what they work on."""
        trouble = self._start_anew
        first = bool(trouble) or is_first_start(self.remembered.last, self._session.base_flag)
        try:
            self._set_new()
        except BriefgenError as error:
            if self._session.base_flag is not None:
                raise
            # Without a window nobody could set things right.
            self._session.set_brief(BriefSpec(base=str(shipped_base())))
            trouble = f"This is the shipped base: {faults.sentence(error)}"
        if trouble:
            self._window.tell(trouble, "error")
        if first:
            self.start_page_wanted.emit()

    def _recover(self, left: Leftover[Unsaved]) -> None:
        """Open what was left behind. Raises `BriefgenError` if its base cannot be opened."""
        self._open_unsaved(left.unsaved, left.discard)
        self._leftovers.remove(left)
        self._window.tell(
            f"Recovered what was not saved: {_described(left.unsaved)}",
            "warning",
            [("Save", self.save), ("Discard", self._discard_recovered)],
        )

    def _open_unsaved(self, unsaved: Unsaved, let_go: Callable[[], None]) -> None:
        """Open what is kept elsewhere, and `let_go` of it there once it is kept as this window's.

        Raises `BriefgenError` if its base cannot be opened.
        """

        def then() -> None:
            self.seen = unsaved.seen
            self._session.undo_stack.resetClean()
            self._autosave.take_over(let_go)

        self._put(unsaved.spec, unsaved.path, aside=unsaved.aside, then=then)

    def _discard_recovered(self) -> None:
        """Back to the file as it was saved, or to a new brief. That can be undone for some days."""
        path, unsaved = self._session.path, self._autosave.unsaved
        self._discarded.put(unsaved)
        self._session.undo_stack.setClean()
        if path is not None and path.is_file():
            self._open(path)
        else:
            self._set_new()
        self._window.tell(
            f"Discarded what was not saved: {_described(unsaved)}",
            ways=[("Undo", self.bring_back)],
        )

    def bring_back(self) -> None:
        """Open again what was discarded last, once what is not saved is settled."""
        # Looked for before the question: what is discarded there is not what is meant.
        found = self._discarded.newest()
        if found is None:
            self._window.tell(f"Nothing was discarded in the last {DAYS} days.")
            return
        self._settled(partial(self._bring_back, *found))

    def _bring_back(self, unsaved: Unsaved, let_go: Callable[[], None]) -> None:
        self._open_unsaved(unsaved, let_go)
        self._window.tell(
            f"This is what was discarded, and is not saved: {_described(unsaved)}",
            ways=[("Save", self.save)],
        )

    def _tell_leftovers(self) -> None:
        if self._damaged:
            self._window.tell(
                "What was kept of a brief that was not saved cannot be read. It is set aside as "
                f"{self._damaged.pop()}",
                "warning",
            )
        elif self._leftovers:
            left = self._leftovers[0]
            self._window.tell(
                f"There are changes that were not saved: {_described(left.unsaved)}",
                "warning",
                [("Open them", partial(self._settled, partial(self._recover, left)))],
            )

    # --- new, open ------------------------------------------------------------------------------

    def new(self) -> None:
        """Start a new brief."""
        self._settled(self._set_new)

    def ask_open(self) -> None:
        """Ask for a brief's file, and open it."""
        self._settled(
            lambda: choosing.ask_open(
                self._window, "Open a brief", self.folder, choosing.BRIEFS, self._try_open
            )
        )

    def open_path(self, path: Path) -> None:
        """Open a brief's file, once what is not saved is settled."""
        self._settled(partial(self._open, path))

    def _try_open(self, path: Path) -> None:
        self._window.attempt(partial(self._open, path))

    def _open(self, path: Path) -> None:
        try:
            opened = open_brief(path)
            flag = None if self._flag_is_of_before else self._session.base_flag
            self._take_opened(opened, flag, self._window.messages.clear)
        except BriefgenError:
            if not path.is_file():
                self._recent.remove(absolute(path))
            raise

    def _take_opened(
        self, opened: OpenedBrief, flag: str | None, also: Callable[[], Any] | None = None
    ) -> None:
        def then() -> None:
            self._has_opened(opened.path, opened.seen)
            if also is not None:
                also()

        self._put(opened.spec, opened.path, flag=flag, then=then)

    def new_on(self, base: Path, then: Callable[[], Any] | None = None) -> None:
        """Start a new brief on another base, once what is not saved is settled; `then` go on."""

        def also() -> None:
            self._window.messages.clear()
            if then is not None:
                then()

        self._settled(lambda: self._set_new_with(named_base(base), flag=None, then=also))

    def _set_new(self) -> None:
        """A new brief on the base that is open; at first on the one that is used unnamed."""
        session = self._session
        if not session.has_base or (session.base_flag and not self._flag_is_of_before):
            self._set_new_with(None, flag=session.base_flag)
        else:
            self._set_new_with(named_base(session.folder), flag=None)

    def _set_new_with(
        self,
        base: str | None,
        *,
        flag: str | None = None,
        then: Callable[[], Any] | None = None,
    ) -> None:
        try:
            spec = new_brief_on(base)
        except BriefgenError as error:
            self._window.tell(f"The settings are not used: {faults.sentence(error)}", "warning")
            spec = BriefSpec(base=base)

        def also() -> None:
            self.seen = None
            if then is not None:
                then()

        self._put(spec, flag=flag, fit=fitted, then=also)

    def _put(
        self,
        spec: BriefSpec,
        path: Path | None = None,
        *,
        flag: str | Literal[False] | None = False,
        fit: Callable[[BriefSpec, Index], BriefSpec] = lambda spec, index: spec,
        aside: Aside | None = None,
        then: Callable[[], Any],
    ) -> None:
        """Make this the brief once its base is read, and `then` go on.

        `flag` is the base that comes before what the brief says; False leaves that as it is.
        Raises `BriefgenError` if the base cannot be opened, unless reading it takes long.
        """
        session = self._session
        wanted = session.base_flag if flag is False else flag

        def go_on(index: Index | None) -> None:
            before, session.base_flag = session.base_flag, wanted
            stands_in, self._stands_in = self._stands_in, False
            try:
                session.set_brief(spec, path, fit=fit, aside=aside, index=index)
            except BaseException:
                session.base_flag, self._stands_in = before, stands_in
                raise
            if flag is not False:
                self._flag_is_of_before = False
            then()

        self.reader.open(base_of(spec, wanted), go_on)
        if self.reader.is_reading and not session.has_base:
            self._stand_in()

    def _stand_in(self) -> None:
        """Nothing is open while the first base is read: the example stands in, out of sight."""
        self._stands_in = True
        self._session.base_flag = None
        self._session.set_brief(BriefSpec(base=named_base(shipped_base())))

    def _given_up(self) -> None:
        if self._stands_in:
            self._stands_in = False
            self.start_page_wanted.emit()

    def _has_opened(self, path: Path | None, seen: str | None) -> None:
        self.seen = seen
        if path is not None:
            self._remember_brief(path)

    # --- save -----------------------------------------------------------------------------------

    def save(self) -> bool:
        """Save the brief; ask where, if it has no file yet. Whether it is saved now."""
        path = self._session.path
        if path is None:
            self.ask_save_as()
            return False
        return self._write(path, self.seen)

    def ask_save_as(self, then: Callable[[], Any] | None = None) -> None:
        """Ask for a name, and save the brief under it; `then` go on."""
        spec, path = self._session.spec, self._session.path
        name = path.name if path is not None else f"{slug(spec.title or '')}{BRIEF_SUFFIX}"

        def write(chosen: Path) -> None:
            target = brief_path(absolute(chosen))
            if target.name != chosen.name and target.exists():
                # The dialog asked about another name.
                self._ask(
                    f"{target.name} is there already.",
                    "",
                    ("Replace it", partial(self._write, target, None, like=path, then=then)),
                    ("Cancel", _nothing),
                )
                return
            same = target == path
            self._write(target, self.seen if same else None, like=path, then=then)

        choosing.ask_save(
            self._window, "Save the brief", self.folder / name, choosing.BRIEFS, write
        )

    def _write(
        self,
        path: Path,
        seen: str | None,
        *,
        anyway: bool = False,
        like: Path | None = None,
        then: Callable[[], Any] | None = None,
    ) -> bool:
        tell = self._window.tell
        try:
            self.seen = save_brief(self._session.spec, path, seen, anyway=anyway, like=like)
        except ChangedOnDiskError as error:
            tell(
                faults.sentence(error),
                "warning",
                [
                    ("Save anyway", partial(self._write, path, seen, anyway=True, then=then)),
                    ("Open it anew", partial(self._discard_and, partial(self._open, path))),
                    ("Save as…", self.ask_save_as),
                ],
            )
            return False
        except Exception as error:
            tell(
                f"Not saved: {faults.sentence(error)}",
                "error",
                [("Save as…", self.ask_save_as)],
            )
            return False
        self._window.messages.clear()
        self._session.set_path(path)
        self._remember_brief(path)
        if then is not None:
            self._window.attempt(then)
        return True

    # --- what is not saved ----------------------------------------------------------------------

    def _settled(self, go_on: Callable[[], Any]) -> None:
        """Go on, once what is not saved is saved or given up."""
        if not self._session.is_unsaved:
            go_on()
            return
        if self._session.undo_stack.isClean():
            self._ask(
                "A judgement is not finished.",
                "The brief's file cannot hold it before it is: without that it is lost.",
                ("Finish it", _nothing),
                ("Go on without it", partial(self._discard_and, go_on)),
                ("Cancel", _nothing),
            )
            return
        name = brief_name(self._session.spec, self._session.path)
        self._ask(
            f"“{name}” has changes that are not saved.",
            f"What you discard can be brought back for {DAYS} days: File → Bring back.",
            ("Save", partial(self._save_and, go_on)),
            ("Discard", partial(self._discard_and, go_on)),
            ("Cancel", _nothing),
        )

    def _save_and(self, go_on: Callable[[], Any]) -> None:
        path = self._session.path
        if path is None:
            self.ask_save_as(then=go_on)
        else:
            self._write(path, self.seen, then=go_on)

    def _discard_and(self, go_on: Callable[[], Any]) -> None:
        with contextlib.suppress(BriefgenError, OSError):  # a full disk is no reason to stay
            self._discarded.put(self._autosave.unsaved)
        self._may_go = True
        try:
            go_on()
        finally:
            self._may_go = False

    def _ask(self, text: str, more: str, *answers: Answer) -> None:
        attempt = self._window.attempt
        Question(
            self._window, text, more, [(name, partial(attempt, act)) for name, act in answers]
        ).open()

    def _may_close(self) -> bool:
        if self._may_go or self._leave or not self._session.is_unsaved:
            return True
        if not any(each.isVisible() for each in self._window.findChildren(Question)):
            self._settled(self._window.close)
        return False

    def leave(self) -> None:
        """Close without a question, since nobody is there to answer: what is not saved is kept, and
        recovered at the next start.
        """
        self._leave = True
        self._window.close()

    def _close(self) -> None:
        self._autosave.close(leave=self._leave)
        # From here on nobody need hear that the stack changes, as it does when it is taken apart.
        self._session.undo_stack.setClean()
        for left in self._leftovers:
            left.release()

    # --- what is remembered ---------------------------------------------------------------------

    def _remember(self) -> None:
        """Whatever ends the app, the next start goes on with what is open now."""
        session = self._session
        if self._stands_in:
            return
        self.remembered.set_last(
            last_of(session.spec, session.path, session.folder, session.base_flag)
        )

    def _remember_brief(self, path: Path) -> None:
        session, template = self._session, template_of(self._session)
        name = template.label if template is not None else session.spec.template
        title = session.spec.title or path.name.removesuffix(BRIEF_SUFFIX)
        self._recent.add(RecentBrief(path, title, name, session.base.title, time.time()))

    def _remember_base(self) -> None:
        session = self._session
        if not is_shipped(session.folder):
            count = len(session.index.order)
            self.remembered.add_base(
                RecentBase(session.folder.resolve(), session.base.title, count, time.time())
            )
        self._remember()

    # --- recent briefs --------------------------------------------------------------------------

    @property
    def folder(self) -> Path:
        """Where a dialog starts: beside the brief, else where the last one was."""
        path = self._session.path
        return path.parent if path is not None else self._recent.folder

    def _fill_recent(self) -> None:
        menu = self.recent
        menu.clear()
        for path in self._recent.paths:
            if path != self._session.path:
                self._add_recent(
                    f"{path.name}   {below_home(path.parent)}", partial(self.open_path, path)
                )
        if self._leftovers:
            menu.addSeparator()
        for left in self._leftovers:
            unsaved = left.unsaved
            name = f"Not saved: {brief_name(unsaved.spec, unsaved.path)}   {_in_words(unsaved.at)}"
            self._add_recent(name, partial(self._settled, partial(self._recover, left)))
        if menu.isEmpty():
            menu.addAction("No briefs yet").setEnabled(False)
            return
        menu.addSeparator()
        self._add_recent("Clear this list", self._recent.clear)

    def _add_recent(self, text: str, act: Callable[[], Any]) -> None:
        action = self.recent.addAction(button_text(text))
        action.triggered.connect(lambda checked=False: self._window.attempt(act))


def _described(unsaved: Unsaved) -> str:
    return f"{brief_name(unsaved.spec, unsaved.path)}, as of {_in_words(unsaved.at)}"


def _in_words(at: float) -> str:
    return moment_in_words(datetime.fromtimestamp(at), datetime.now())


def _nothing() -> None:
    pass
