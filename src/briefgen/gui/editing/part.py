"""What the menu Base does: opens forms, writes what they plan, tells of it, offers to undo it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog

from briefgen.editing import base as core
from briefgen.editing.base_state import fact_at
from briefgen.editing.copying_base import copy_base
from briefgen.errors import Problem
from briefgen.facts.model import Fact
from briefgen.gui.editing.dialog import PagedDialog
from briefgen.gui.editing.entry_dialog import FactDialog, actor_dialog, source_dialog
from briefgen.gui.editing.opening import open_in_editor
from briefgen.gui.editing.picking import PickDialog
from briefgen.gui.editing.problems import ProblemsDialog
from briefgen.gui.editing.quick_add import QuickAddDialog
from briefgen.gui.editing.retract import RetractDialog
from briefgen.gui.editing.watching import Watcher
from briefgen.gui.files.choosing import ask_save
from briefgen.gui.view_models.brief import edits
from briefgen.gui.window import MainWindow
from briefgen.index import Index
from briefgen.pipeline.clock import moment
from briefgen.writing.plan import Plan, Written

_NAME = "keeping/recorded_by"
_UNSAVED = "keeping/unsaved"
"""The group of what is being written, each under a name that starts with its process."""


class Keeping(QObject):
    """One for each window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window = window
        self.dialog: QDialog | None = None
        """The form that is open; there is never a second one."""
        self.problems: ProblemsDialog | None = None
        self._problems_action: QAction | None = None
        self._first_base = True
        self._last: Written | None = None
        self.watcher = Watcher(self)
        session = window.session
        session.base_opened.connect(self._base_opened)
        session.about_to_close.connect(self.watcher.stop)
        # Before the form that is open hears of it and closes.
        session.about_to_close.connect(self._keep_open_form)
        self._leaving = False
        self._unsaved = f"{_UNSAVED}/{os.getpid()}-{os.urandom(4).hex()}"

    @property
    def index(self) -> Index:
        """The base as it is open now."""
        return self.window.session.index

    # --- the menu -------------------------------------------------------------------------------

    def add_actions(self) -> None:
        """The entries of the menu Base, and a button above the fact in hand."""
        add = partial(self.window.add_action, "Base")
        add("&New fact…", self.new_fact, keys="Ctrl+Shift+N")
        add("&Quick add…", self.quick_add, keys="Ctrl+Shift+A",
            tip="A passage and its address become a draft")  # fmt: skip
        add("&Edit fact…", self.edit_current, keys="Ctrl+Shift+R", apart=True,
            tip="Correct the fact in hand, for everybody who uses this base")  # fmt: skip
        add("S&upersede…", self.supersede_current, keys="Ctrl+Shift+U",
            tip="Write a fact that takes the place of the one in hand")  # fmt: skip
        add("Re&tract…", self.retract_current, tip="Mark the fact in hand as wrong, and say why")
        add("Mark as &checked", self.check_chosen, keys="Ctrl+Shift+K",
            tip="The chosen facts were verified today; drafts become current")  # fmt: skip
        add("New s&ource…", self.new_source, keys="Ctrl+Shift+O", apart=True)
        add("E&dit source…", self.pick_source)
        add("New &actor…", self.new_actor)
        add("Ed&it actor…", self.pick_actor)
        add("U&ndo the last change of the base", self.undo_last,
            tip="Put the files back as they were before the last form was saved")  # fmt: skip
        self._problems_action = add(
            "&Problems…", self.show_problems, keys="Ctrl+Shift+P", apart=True
        )
        add("&Reread the base", self.watcher.reread_now, keys="Ctrl+Shift+L")
        add("Copy the &base…", self.ask_copy, tip="A base of your own, to write into")
        facts = getattr(self.window, "facts_part", None)
        if facts is not None:
            facts.add_details_button("Edit…", self.edit_current)

    # --- the facts in hand ----------------------------------------------------------------------

    def _in_hand(self) -> Fact | None:
        """The fact in hand; without one the person is told what to do."""
        facts = getattr(self.window, "facts_part", None)
        id_ = facts.current_fact() if facts is not None else None
        fact = self.index.facts([id_]).get(id_) if id_ else None
        if fact is None:
            self.window.tell("Choose a fact first: click it in the list.", "warning")
        return fact

    def edit_current(self) -> None:
        """Edit the fact in hand."""
        fact = self._in_hand()
        if fact is not None:
            self.edit_fact(fact.id)

    def supersede_current(self) -> None:
        """Write a fact that takes the place of the one in hand."""
        fact = self._in_hand()
        if fact is not None and self._may_write():
            self._open(lambda: FactDialog.successor(self, fact.id))

    def retract_current(self) -> None:
        """Retract the fact in hand."""
        fact = self._in_hand()
        if fact is None or not self._may_write():
            return
        if fact.status == "retracted":
            self.window.tell("It is retracted already.")
            return
        self._open(lambda: RetractDialog(self, fact))

    def check_chosen(self) -> None:
        """Mark the chosen facts as checked today."""
        facts = getattr(self.window, "facts_part", None)
        ids = facts.selected_facts() if facts is not None else []
        chosen = list(self.index.facts(ids).values())
        if not chosen:
            self._in_hand()
        elif self._may_write():
            count = "The fact is" if len(chosen) == 1 else f"{len(chosen)} facts are"
            plan = core.plan_check(self.index, chosen, self.keeper())
            self.write(plan, f"{count} marked as checked today.", chosen[0].id)

    # --- forms ----------------------------------------------------------------------------------

    def new_fact(self) -> None:
        """An empty form."""
        if self._may_write():
            self._open(lambda: FactDialog.new(self))

    def edit_fact(self, id_: str) -> None:
        """The form of one fact."""
        if self._may_write():
            self._open(lambda: FactDialog.edit(self, id_))

    def quick_add(self) -> None:
        """A passage and an address."""
        if self._may_write():
            self._open(lambda: QuickAddDialog(self))

    def new_source(self) -> None:
        """An empty form for a source."""
        if self._may_write():
            self._open(lambda: source_dialog(self))

    def edit_source(self, id_: str) -> None:
        """The form of one source."""
        if self._may_write():
            self._open(lambda: source_dialog(self, id_))

    def pick_source(self) -> None:
        """Ask which source, those of the fact in hand first."""
        if self._may_write():
            self._open(lambda: PickDialog.sources(self, self._fact_or_none()))

    def new_actor(self) -> None:
        """An empty form for an actor."""
        if self._may_write():
            self._open(lambda: actor_dialog(self))

    def edit_actor(self, id_: str) -> None:
        """The form of one actor."""
        if self._may_write():
            self._open(lambda: actor_dialog(self, id_))

    def pick_actor(self) -> None:
        """Ask which actor, those of the fact in hand first."""
        if self._may_write():
            self._open(lambda: PickDialog.actors(self, self._fact_or_none()))

    def _fact_or_none(self) -> Fact | None:
        facts = getattr(self.window, "facts_part", None)
        id_ = facts.current_fact() if facts is not None else None
        return self.index.facts([id_]).get(id_) if id_ else None

    def _open(self, make: Callable[[], QDialog]) -> None:
        if self.dialog is not None:
            self.dialog.raise_()
            self.dialog.activateWindow()
            return
        dialog = make()
        self.dialog = dialog
        dialog.finished.connect(lambda result: self._closed(dialog))
        if isinstance(dialog, PagedDialog):
            dialog.written.connect(lambda: self._keep(dialog))
        dialog.open()

    def _closed(self, dialog: QDialog) -> None:
        if self.dialog is dialog:
            self.dialog = None
        if not self._leaving:
            self.window.memory.remove(self._unsaved)

    # --- may one write here? --------------------------------------------------------------------

    def _may_write(self) -> bool:
        """Whether the base may be written into; if not, the way to one that may be is shown."""
        why = core.why_read_only(self.window.session.folder)
        if not why:
            return True
        self.window.tell(
            f"{why} Copy it to a folder of yours and write there.",
            "warning",
            [("Copy it…", self.ask_copy)],
        )
        return False

    def ask_copy(self) -> None:
        """Ask for a new folder; copy the base there and go on with the copy."""
        start = Path.home() / "Documents"
        folder = (start if start.is_dir() else Path.home()) / "fact-base"
        ask_save(
            self.window,
            "Copy the base to a new folder",
            folder,
            "All files (*)",
            lambda path: self._attempt(lambda: self.copy_to(path)),
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

    def _attempt(self, work: Callable[[], Any]) -> None:
        self.window.attempt(work)

    # --- writing --------------------------------------------------------------------------------

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

    def write(
        self, plan: Plan, text: str, fact: str = "", then: Callable[[], None] | None = None
    ) -> None:
        """Write a plan; then show the base as it is, say so and call `then`.

        Raises `BriefgenError` when nothing was written.
        """
        before = set(self.index.problems)
        written = self._last = plan.write()
        self.watcher.take_note()

        def show() -> None:
            new = [problem for problem in self.index.problems if problem not in before]
            back = [("Undo", lambda: self._undo(written))]
            if new:  # never meant to be: the plan was checked
                self.window.tell(str(new[0]), "warning", back)
            elif text:
                self.window.tell(text, "done", back)
            if fact:
                self.window.session.point_at(fact, self)
            if then is not None:
                then()

        self.watcher.read_ours(show)

    def undo_last(self) -> None:
        """Take back what was written last, if nobody wrote there since."""
        if self._last is None:
            self.window.tell("Nothing was written into the base yet.")
        else:
            self._undo(self._last)

    def _undo(self, written: Written) -> None:
        written.take_back()
        self._last = None
        self.watcher.take_note()
        self.watcher.read_ours(lambda: self.window.tell("The base is as it was before."))

    def tell_of_draft(self, id_: str) -> None:
        """A draft was added: say how it comes into this brief."""
        session = self.window.session
        spec = session.spec

        def pin() -> None:
            session.edit("Pin a draft", edits.pin(session.spec, [id_]))
            session.point_at(id_, self)

        def show_drafts() -> None:
            select = session.spec.select
            status = (*(select.status or ("current",)), "draft")
            session.edit(
                "Show drafts", replace(session.spec, select=replace(select, status=status))
            )
            session.point_at(id_, self)

        if "draft" in spec.select.status:
            self.window.tell("The draft is in the base, to be checked.")
            session.point_at(id_, self)
            return
        self.window.tell(
            "The draft is in the base. Briefs leave drafts out until someone has checked them.",
            "done",
            [("Pin it in this brief", pin), ("Show all drafts", show_drafts)],
        )

    # --- nothing lost ---------------------------------------------------------------------------

    def _keep(self, dialog: QDialog) -> None:
        """Keep what is being written, in case of a crash."""
        said = dialog.state() if isinstance(dialog, PagedDialog) else None
        if said is None or dialog is not self.dialog:
            return
        state = {"base": str(self.window.session.folder.resolve()), **said}
        self.window.memory.setValue(self._unsaved, json.dumps(state, ensure_ascii=False))
        self.window.memory.sync()

    def _keep_open_form(self) -> None:
        """The window goes while a form is open: nobody could be asked, so it is offered again."""
        dialog = self.dialog
        if isinstance(dialog, PagedDialog) and dialog.has_unsaved():
            self._keep(dialog)
            self._leaving = True

    def _offer_unsaved(self) -> None:
        """Offer one fact that a program left which is not there any more."""
        memory = self.window.memory
        memory.beginGroup(_UNSAVED)
        names = memory.childKeys()
        memory.endGroup()
        for name in names:
            key = f"{_UNSAVED}/{name}"
            if key == self._unsaved or _is_elsewhere(name):
                continue
            try:
                state = json.loads(str(memory.value(key)))
                here = state["base"] == str(self.window.session.folder.resolve())
            except (ValueError, KeyError, TypeError):
                memory.remove(key)
                continue
            if here:
                what = {"source": "A source", "actor": "An actor"}.get(state.get("what"), "A fact")
                self.window.tell(
                    f"{what} was being written when the program ended.",
                    "warning",
                    [
                        ("Take it up", partial(self._take_up, key, state)),
                        ("Discard it", partial(memory.remove, key)),
                    ],
                )
                return

    def _take_up(self, key: str, state: Mapping[str, Any]) -> None:
        """Go on with what was left: it is let go of only once the form keeps it."""
        free = self.dialog is None
        self._open(lambda: self._resumed(state))
        if free and self.dialog is not None:
            self._keep(self.dialog)
            self.window.memory.remove(key)

    def _resumed(self, state: Mapping[str, Any]) -> QDialog:
        if state["what"] == "draft":
            quick = QuickAddDialog(self)
            quick.page.take_up(state["written"])
            return quick
        if state["what"] not in ("source", "actor"):
            return FactDialog.resumed(self, state)
        simple = (source_dialog if state["what"] == "source" else actor_dialog)(self, state["id"])
        simple.take_up(state)
        return simple

    # --- the base as it is ----------------------------------------------------------------------

    def _base_opened(self) -> None:
        self.watcher.watch()
        count = len(self.index.problems)
        if self._problems_action is not None:
            self._problems_action.setText(f"&Problems ({count})…" if count else "&Problems…")
        if self.problems is not None:
            self.problems.show_problems(self.index.problems)
        if count and self.watcher.folder_is_new():
            errors = [problem for problem in self.index.problems if problem.severity == "error"]
            left = " Faulty facts are left out." if errors else ""
            if self.index.fatal:
                name = Path(self.index.fatal[0].origin.path).name
                left = f" No pages can be made before {name} is mended."
            what = "one problem" if count == 1 else f"{count} problems"
            self.window.tell(
                f"The base has {what}.{left}", "warning", [("Show", self.show_problems)]
            )

        if self._first_base:
            self._first_base = False
            self._offer_unsaved()

    def open_problem(self, problem: Problem) -> None:
        """Open a problem's file at its line in the person's editor, and show its fact."""
        origin = problem.origin
        path = Path(origin.path)
        if not path.exists():
            path = self.window.session.folder
        open_in_editor(path, origin.line or 1, origin.column or 1)
        fact = fact_at(self.index, problem)
        if fact:
            self.window.session.point_at(fact, self)

    def show_problems(self) -> None:
        """The list of problems, beside the window."""
        if self.problems is None:
            self.problems = ProblemsDialog(self)
        self.problems.show_problems(self.index.problems)
        self.problems.show()
        self.problems.raise_()
        self.problems.activateWindow()


def _is_elsewhere(name: str) -> bool:
    """Whether what is kept under this name is being written in another window at this moment."""
    process = name.partition("-")[0]
    if os.name != "posix" or not process.isdecimal() or int(process) == os.getpid():
        return False
    try:
        os.kill(int(process), 0)
    except PermissionError:
        return True
    except (OSError, OverflowError):
        return False
    return True
