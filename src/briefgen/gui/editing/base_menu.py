"""What the menu Base does: opens one form after the other, and keeps what is typed there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from briefgen.editing import base as core
from briefgen.errors import Problem
from briefgen.facts.model import Fact
from briefgen.gui.editing.base_writer import MANY, BaseWriter
from briefgen.gui.editing.choose_entry_dialog import ChooseEntryDialog
from briefgen.gui.editing.entry_dialog import SimpleDialog
from briefgen.gui.editing.fact_dialog import FactDialog
from briefgen.gui.editing.many_dialog import ManyDialog
from briefgen.gui.editing.paged_dialog import PagedDialog
from briefgen.gui.editing.passage_dialog import PassageDialog
from briefgen.gui.editing.problem_list import ProblemsDialog, open_problem
from briefgen.gui.editing.quick_add import QuickAddDialog
from briefgen.gui.editing.retract_dialog import RetractDialog
from briefgen.gui.editing.unsaved_forms import NotAFormError, UnsavedForms
from briefgen.gui.editing.watching import Watcher
from briefgen.gui.view_models.brief.passages import (
    KnownPassage,
    known_passages,
    passage_to_edit,
)
from briefgen.gui.view_models.unsaved_form import UnsavedForm
from briefgen.gui.window import MainWindow
from briefgen.index import Index
from briefgen.pipeline.listings.passages import stale_problems
from briefgen.writing.plan import Plan


class BaseMenu(QObject):
    """One for each window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window = window
        self.dialog: PagedDialog | None = None
        """The form that is open; there is never a second one."""
        self.problems: ProblemsDialog | None = None
        self._problems_action: QAction | None = None
        self._sentence_action: QAction | None = None
        self.watcher = Watcher(window)
        self.watcher.problems_asked.connect(self.show_problems)
        self.watcher.file_asked.connect(
            lambda problem: window.attempt(lambda: open_problem(window, problem))
        )
        self.writer = BaseWriter(window, self.watcher)
        session = window.session
        session.base_opened.connect(self._base_opened)
        session.passage_asked.connect(lambda id_: window.attempt(lambda: self.edit_sentence(id_)))
        session.field_asked.connect(self._field_asked)
        session.about_to_close.connect(self.watcher.stop)
        self.unsaved = UnsavedForms(window, self._open_left)

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
        self.window.menus["Base"].addAction(self.unsaved.action)
        edit = add("&Edit fact…", self.edit_current, keys="Ctrl+Shift+R", apart=True,
            tip="Correct the fact in hand, for everybody who uses this base")  # fmt: skip
        supersede = add("S&upersede…", self.supersede_current, keys="Ctrl+Shift+U",
            tip="Write a fact that takes the place of the one in hand")  # fmt: skip
        retract = add("Re&tract…", self.retract_current,
            tip="Mark the chosen facts as wrong, and say why")  # fmt: skip
        duplicate = add("Du&plicate…", self.duplicate_current,
            tip="Write a fact that is much like the one in hand")  # fmt: skip
        checked = add("Mark as &checked", self.check_chosen, keys="Ctrl+Shift+K",
            tip="The chosen facts were verified today; drafts become current")  # fmt: skip
        add("New s&ource…", self.new_source, keys="Ctrl+Shift+O", apart=True)
        add("E&dit source…", self.choose_source)
        add("New &actor…", self.new_actor)
        add("Ed&it actor…", self.choose_actor)
        add("U&ndo the last change of the base", self.writer.undo_last,
            tip="Put the files back as they were before the last form was saved")  # fmt: skip
        self._problems_action = add(
            "&Problems…", self.show_problems, keys="Ctrl+Shift+P", apart=True
        )
        add("&Reread the base", self.watcher.reread_now, keys="Ctrl+Shift+L")
        add("Copy the &base…", self.writer.ask_copy, tip="A base of your own, to write into")
        facts = getattr(self.window, "facts_part", None)
        if facts is not None:
            facts.add_details_button("Edit…", self.edit_current)
            action = self.window.add_action(
                "Facts", "&Write one sentence for these…", self.write_sentence,
                keys="Ctrl+Shift+J", tip="A readable sentence in the place of the chosen facts",
            )  # fmt: skip
            facts.add_action_of_others("sentence", action, self._look_at_sentence)
            self._sentence_action = action
            many = self.window.add_action(
                "Facts", "C&hange these facts…", self.change_many,
                tip="Topics, kind, grade, status, marking of all chosen facts at once",
            )  # fmt: skip
            facts.add_action_of_others("many", many, partial(self._look_at_many, many))
            for name, entry in (
                ("edit", edit), ("supersede", supersede), ("retract", retract),
                ("duplicate", duplicate), ("checked", checked),
            ):  # fmt: skip
                facts.add_action_of_others(name, entry, lambda: None)

    def _field_asked(self, field: str) -> None:
        if field == "facts.new":
            self.window.attempt(self.new_fact)

    # --- the facts in hand ----------------------------------------------------------------------

    def _fact_or_none(self) -> Fact | None:
        facts = getattr(self.window, "facts_part", None)
        id_ = facts.current_fact() if facts is not None else None
        return self.index.facts([id_]).get(id_) if id_ else None

    def _fact_in_hand(self) -> Fact | None:
        """The fact in hand; without one the person is told what to do."""
        fact = self._fact_or_none()
        if fact is None:
            self.window.tell("Choose a fact first: click it in the list.", "warning")
        return fact

    def edit_current(self) -> None:
        """Edit the fact in hand."""
        fact = self._fact_in_hand()
        if fact is not None:
            self.edit_fact(fact.id)

    def supersede_current(self) -> None:
        """Write a fact that takes the place of the one in hand."""
        fact = self._fact_in_hand()
        if fact is not None:
            self._open(lambda: FactDialog.successor(self.writer, fact.id), self.edit_fact)

    def retract_current(self) -> None:
        """Retract the chosen facts."""
        chosen = self._facts_chosen()
        if not chosen or not self.writer.may_write(self.retract_current):
            return
        standing = [fact for fact in chosen if fact.status != "retracted"]
        if not standing:
            one = len(chosen) == 1
            self.window.tell(f"{'It is' if one else 'They are'} retracted already.")
            return
        self._open(lambda: RetractDialog(self.writer, standing))

    def duplicate_current(self) -> None:
        """Write a fact that is much like the one in hand."""
        fact = self._fact_in_hand()
        if fact is not None:
            self._open(lambda: FactDialog.duplicate(self.writer, fact.id), self.edit_fact)

    def _facts_chosen(self) -> list[Fact]:
        """The chosen facts; without any the person is told what to do."""
        chosen = list(self.index.facts(self._chosen()).values())
        if not chosen:
            self._fact_in_hand()
        return chosen

    def check_chosen(self) -> None:
        """Mark the chosen facts as checked today."""
        chosen = self._facts_chosen()
        if chosen and self.writer.may_write(self.check_chosen):
            count = "The fact is" if len(chosen) == 1 else f"{len(chosen)} facts are"
            said = f"{count} marked as checked today."
            plan = partial(core.plan_check, self.index, chosen, self.writer.keeper())

            def write(made: Plan) -> None:
                self.window.attempt(lambda: self.writer.write(made, said, chosen[0].id))

            if len(chosen) <= MANY:
                write(plan())
            else:
                self.window.run("Marking facts as checked", lambda say: plan(), write)

    # --- one sentence for several facts ---------------------------------------------------------

    def _chosen(self) -> list[str]:
        facts = getattr(self.window, "facts_part", None)
        return list(facts.selected_facts()) if facts is not None else []

    def _sentence_in_hand(self) -> KnownPassage | None:
        session, ids = self.window.session, self._chosen()
        return passage_to_edit(session.spec.passages, session.base, ids) if ids else None

    def _look_at_sentence(self) -> None:
        """Say what the entry in the menu would do to the chosen facts."""
        if self._sentence_action is not None:
            known = self._sentence_in_hand()
            self._sentence_action.setText(
                "&Write one sentence for these…" if known is None else "Edit their &sentence…"
            )
            self._sentence_action.setEnabled(known is not None or len(self._chosen()) > 1)

    def edit_sentence(self, id_: str) -> None:
        """Edit a sentence of the brief or the base."""
        session = self.window.session
        everything = known_passages(session.spec.passages, session.base)
        known = next((one for one in everything if one.passage.id == id_), None)
        if known is not None:
            self._open_anyway(partial(PassageDialog.edit, self.writer, known), None)

    def write_sentence(self) -> None:
        """Write a sentence for the chosen facts, or edit the one that says them."""
        known, ids = self._sentence_in_hand(), self._chosen()
        if known is not None:
            self._open_anyway(lambda: PassageDialog.edit(self.writer, known), None)
        elif len(ids) > 1:
            self._open_anyway(lambda: PassageDialog.new(self.writer, ids), None)
        else:
            self.window.tell("Choose two facts or more first: click them with Ctrl.", "warning")

    # --- many facts at once ---------------------------------------------------------------------

    def _look_at_many(self, action: QAction) -> None:
        count = len(self._chosen())
        action.setText(f"C&hange these {count:,} facts…" if count > 1 else "C&hange these facts…")
        action.setEnabled(count > 1)

    def change_many(self) -> None:
        """Change all chosen facts at once."""
        facts = list(self.index.facts(self._chosen()).values())
        if len(facts) < 2:
            self.window.tell("Choose two facts or more first: click them with Ctrl.", "warning")
            return
        self._open(lambda: ManyDialog(self.writer, facts))

    # --- forms ----------------------------------------------------------------------------------

    def new_fact(self) -> None:
        """An empty form."""
        self._open(lambda: FactDialog.new(self.writer), self.edit_fact)

    def edit_fact(self, id_: str) -> None:
        """The form of one fact."""
        self._open(lambda: FactDialog.edit(self.writer, id_), self.edit_fact)

    def quick_add(self) -> None:
        """A passage and an address."""
        self._open(lambda: QuickAddDialog(self.writer), self.edit_fact)

    def new_source(self, entry: Mapping[str, Any] | None = None) -> None:
        """A form for a source, empty or with what is known of it."""

        def make() -> SimpleDialog:
            dialog = SimpleDialog(self.writer, "source")
            if entry:
                dialog.form.fill(entry)
                dialog.form.start = {}
            return dialog

        self._open(make, self.edit_source)

    def edit_source(self, id_: str) -> None:
        """The form of one source."""
        self._open(lambda: SimpleDialog(self.writer, "source", id_), self.edit_source)

    def choose_source(self) -> None:
        """Ask which source, those of the fact in hand first."""
        fact = self._fact_or_none()
        self._open(lambda: ChooseEntryDialog.sources(self.window, fact), self.edit_source)

    def new_actor(self) -> None:
        """An empty form for an actor."""
        self._open(lambda: SimpleDialog(self.writer, "actor"))

    def edit_actor(self, id_: str) -> None:
        """The form of one actor."""
        self._open(lambda: SimpleDialog(self.writer, "actor", id_))

    def choose_actor(self) -> None:
        """Ask which actor, those of the fact in hand first."""
        fact = self._fact_or_none()
        self._open(lambda: ChooseEntryDialog.actors(self.window, fact), self.edit_actor)

    def open_form(self, make: Callable[[], PagedDialog]) -> None:
        """Open another part's form, under the same rules."""
        self._open(make)

    def _open(
        self, make: Callable[[], PagedDialog], leads_to: Callable[[str], None] | None = None
    ) -> None:
        """Open a form, if the base may be written into and no other one is open.

        `leads_to` opens another entry, by id, where the form is left for that.
        """
        open_ = partial(self._open_anyway, make, leads_to)
        if self.writer.may_write(open_):
            open_()

    def _open_anyway(
        self, make: Callable[[], PagedDialog], leads_to: Callable[[str], None] | None
    ) -> None:
        if self.dialog is not None:
            self.dialog.raise_()
            self.dialog.activateWindow()
            return
        self.dialog = dialog = make()
        dialog.finished.connect(lambda result: self._closed(dialog))
        self.unsaved.watch(dialog)
        if leads_to is not None:
            dialog.open_asked.connect(lambda id_: self.window.attempt(partial(leads_to, id_)))
        dialog.open()

    def _closed(self, dialog: PagedDialog) -> None:
        if self.dialog is dialog:
            self.dialog = None

    # --- nothing lost ---------------------------------------------------------------------------

    def _open_left(self, form: UnsavedForm) -> PagedDialog | None:
        """Open a form that was being written, filled in, if no other one is open."""
        if self.dialog is not None:
            self._open_anyway(lambda: self._resumed(form), None)  # shows the one that is open
            return None
        leads_to = self.edit_source if form.what == "source" else self.edit_fact
        self._open_anyway(lambda: self._resumed(form), leads_to)
        return self.dialog

    def _resumed(self, form: UnsavedForm) -> PagedDialog:
        what, state = form.what, form.state
        id_ = state.get("id")
        fault = NotAFormError(f"the {form.name} cannot be shown as it was kept")
        if id_ is not None and not isinstance(id_, str):
            raise fault
        dialog: PagedDialog
        if what == "draft":
            dialog = QuickAddDialog(self.writer)
        elif what in ("source", "actor"):
            dialog = SimpleDialog(self.writer, what, id_)
        elif what == "passage":
            dialog = PassageDialog(self.writer, "One sentence for several facts")
        elif what == "retract":
            standing = self._to_retract(state.get("ids"))
            if not standing:
                raise fault
            dialog = RetractDialog(self.writer, standing)
        else:
            dialog = FactDialog(self.writer, "Edit fact" if id_ else "New fact")
        try:
            dialog.take_up(state)
            dialog.state()  # it can be kept again
        except (LookupError, TypeError, ValueError, AttributeError):
            dialog.deleteLater()
            raise fault from None
        return dialog

    def _to_retract(self, ids: object) -> list[Fact]:
        """The facts that were to be retracted, unless one is gone meanwhile."""
        wanted = ids if isinstance(ids, list) and all(isinstance(i, str) for i in ids) else []
        found = list(self.index.facts(wanted).values())
        return found if len(found) == len(wanted) else []

    # --- the base as it is ----------------------------------------------------------------------

    def _all_problems(self) -> tuple[Problem, ...]:
        """The problems of the base, those of its passages that are stale among them."""
        problems = self.index.problems
        if self.index.fatal:
            return problems
        return (*problems, *stale_problems(self.index))

    def _base_opened(self) -> None:
        self.watcher.watch()
        count = self.index.problem_count
        if not self.index.fatal:
            count += len(stale_problems(self.index))
        if self._problems_action is not None:
            self._problems_action.setText(f"&Problems ({count})…" if count else "&Problems…")
        if self.problems is not None:
            self.problems.show_problems(self._all_problems())
        if count and self.watcher.folder_is_new():
            self._tell_problems(count)
        self.unsaved.base_opened()

    def _tell_problems(self, count: int) -> None:
        """Say what is wrong with the base that was just opened."""
        left = ""
        if self.index.fatal:
            name = Path(self.index.fatal[0].origin.path).name
            left = f" No pages can be made before {name} is mended."
        elif self.index.errors:
            left = " Faulty facts are left out."
        what = "one problem" if count == 1 else f"{count} problems"
        self.window.tell(f"The base has {what}.{left}", "warning", [("Show", self.show_problems)])

    def show_problems(self) -> None:
        """The list of problems, beside the window."""
        if self.problems is None:
            self.problems = ProblemsDialog(self.window)
            self.problems.read_again.connect(lambda: self.window.attempt(self.watcher.reread_now))
        self.problems.show_problems(self._all_problems())
        self.problems.show()
        self.problems.raise_()
        self.problems.activateWindow()
