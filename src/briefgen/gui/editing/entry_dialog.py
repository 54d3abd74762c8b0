"""Facts, sources and actors in their forms: written, corrected, replaced."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize

from briefgen.editing import base as core
from briefgen.gui.editing.actor_form import ActorForm
from briefgen.gui.editing.dialog import PagedDialog
from briefgen.gui.editing.fact_form import FactForm
from briefgen.gui.editing.form import Form
from briefgen.gui.editing.rows import CiteRow
from briefgen.gui.editing.source_form import SourceForm
from briefgen.writing.plan import Plan

if TYPE_CHECKING:
    from briefgen.gui.editing.part import Keeping

_FACT, _SOURCE, _ACTOR = QSize(1020, 800), QSize(940, 720), QSize(620, 480)


class EntryDialog(PagedDialog):
    """One form, or two where a fact needs a source that is new."""

    def __init__(self, part: Keeping, title: str, size: QSize) -> None:
        super().__init__(part.window, title, size)
        self.part = part
        self.session = part.window.session
        self.session.base_opened.connect(self._base_opened)
        self.session.about_to_close.connect(self._leave)
        self.forms: list[Form] = []

    def add_form(self, form: Form, title: str, buttons: Any) -> None:
        """A page with a form."""
        self.forms.append(form)
        form.changed.connect(self.touched)
        self.add_page(form, title, buttons)

    def has_unsaved(self) -> bool:
        return any(form.is_changed for form in self.forms)

    def _base_opened(self) -> None:
        for form in self.forms:
            form.base_opened()

    def is_ready(self, form: Form) -> bool:
        """Whether a form can be saved; if not, what is missing is said and gone to."""
        errors = form.errors()
        if not errors:
            self.tell("")
            return True
        first = form.told(errors[0])
        more = f" ({len(errors) - 1} more)" if len(errors) > 1 else ""
        self.tell(first[:1].upper() + first[1:] + more)
        form.go_to(errors[0])
        return False

    def finish(self, plan: Plan, text: str, fact: str = "") -> None:
        """Write, say so, close."""
        self.part.write(plan, text, fact)
        self._keep.stop()
        self.accept()


class FactDialog(EntryDialog):
    """A new fact, a fact to be changed, or one that takes another's place."""

    def __init__(self, part: Keeping, title: str) -> None:
        super().__init__(part, title, _FACT)
        self.form = FactForm(self.session)
        self.add_form(self.form, title, (("Cancel", self.reject), ("Save", self.save)))
        self.source_form = SourceForm(self.session)
        self._row: CiteRow | None = None
        self.add_form(
            self.source_form,
            "New source",
            (("Back to the fact", self._back), ("Use this source", self._take_source)),
        )
        self.source_form.existing_chosen.connect(self._take_existing)
        self.form.new_source_asked.connect(self._ask_source)
        self.form.open_asked.connect(self._open_other)
        self.what = ""

    @classmethod
    def new(cls, part: Keeping, entry: Mapping[str, Any] | None = None) -> FactDialog:
        """For a new fact, starting as `entry`."""
        dialog = cls(part, "New fact")
        dialog.what = "new"
        dialog.form.fill({} if entry is None else entry)
        dialog.form.recorded_by.setPlaceholderText(part.keeper_name() or "your name")
        return dialog

    @classmethod
    def successor(cls, part: Keeping, id_: str) -> FactDialog:
        """For a fact that takes the place of the one called `id_`."""
        seen = core.fact_entry_of(part.index, id_)
        dialog = cls(part, "Supersede a fact")
        dialog.what = "new"
        dialog.form.fill(core.successor_of(seen))
        dialog.form.recorded_by.setPlaceholderText(part.keeper_name() or "your name")
        dialog.tell("The old fact stays in the base, marked as superseded.", "hint")
        return dialog

    @classmethod
    def edit(cls, part: Keeping, id_: str) -> FactDialog:
        """For changing the fact called `id_`."""
        seen = core.fact_entry_of(part.index, id_)
        dialog = cls(part, "Edit fact")
        dialog.what = "edit"
        dialog.form.fill(seen, own_id=id_, seen=seen)
        return dialog

    def save(self) -> None:
        """Write the fact, and the sources that it brings along."""
        form = self.form
        if not self.is_ready(form):
            return
        entry = form.entry()
        sources = list(form.finding.new_sources.values())
        cited = {cite.get("source") for cite in entry.get("cites", ())}
        sources = [source for source in sources if source["id"] in cited]
        if form.own_id is None:
            self.part.remember_name(entry.get("recorded_by"))
            plan = core.plan_new_fact(
                self.part.index, entry, form.file_name(), self.part.keeper(), new_sources=sources
            )
            self.finish(plan, f"The fact is in the base as {entry['id']}.", entry["id"])
            return
        changes = core.what_changed(form.seen, entry)
        if not changes:
            self.accept()
            return
        plan = core.plan_edited_fact(
            self.part.index, form.own_id, form.seen, changes, new_sources=sources
        )
        self.finish(plan, "The fact was changed in the base.", form.own_id)

    # --- a source that is new -------------------------------------------------------------------

    def _ask_source(self, row: CiteRow) -> None:
        self._row = row
        self.source_form.finding.new_sources = self.form.finding.new_sources
        self.source_form.fill({})
        self.show_page(self.source_form)
        self.source_form.title.setFocus()

    def _take_source(self) -> None:
        if not self.is_ready(self.source_form):
            return
        self.form.add_source(self.source_form.entry(), self._row)
        self._go_back()

    def _take_existing(self, id_: str) -> None:
        if self._row is not None and self._row in self.form.cites.rows:
            self._row.take_source(id_)
        self._go_back()

    def _back(self) -> None:
        """What was written about a source that is not used stays until the next one."""
        self.show_page(self.form)

    def _go_back(self) -> None:
        self.source_form.fill({})
        self.show_page(self.form)
        if self._row is not None:
            self._row.quote.setFocus()

    def _open_other(self, id_: str) -> None:
        def open_other() -> None:
            self._leave()
            self.part.edit_fact(id_)

        self.ask_first(open_other, "Discard it and open the other")

    # --- kept in case of a crash ----------------------------------------------------------------

    def state(self) -> dict[str, Any]:
        """All that was written, to be taken up again."""
        return {
            "what": self.what,
            "id": self.form.own_id,
            "entry": self.form.entry(),
            "seen": self.form.seen,
            "sources": dict(self.form.finding.new_sources),
            "file": self.form.file_name(),
        }

    @classmethod
    def resumed(cls, part: Keeping, state: Mapping[str, Any]) -> FactDialog:
        """Take up what was written before a crash."""
        dialog = cls(part, "Edit fact" if state["id"] else "New fact")
        dialog.what = str(state["what"])
        form = dialog.form
        form.finding.new_sources.update(state["sources"])
        form.fill(state["entry"], own_id=state["id"], seen=state["seen"])
        form.start = dict(state["seen"])
        if state["file"] and state["id"] is None:
            form.file.setCurrentText(state["file"])
        return dialog


class SimpleDialog(EntryDialog):
    """A source or an actor, new or to be changed."""

    def __init__(
        self, part: Keeping, title: str, size: QSize, form: Form, save: Callable[[], None]
    ) -> None:
        super().__init__(part, title, size)
        self.form: Form = form
        self.what = ""
        self._save = save
        self.add_form(form, title, (("Cancel", self.reject), ("Save", self.save)))

    def state(self) -> dict[str, Any] | None:
        """All that was written, to be taken up again."""
        form = self.form
        return {"what": self.what, "id": form.own_id, "entry": form.entry(), "seen": form.seen}

    def take_up(self, state: Mapping[str, Any]) -> None:
        """Say again what was written before a crash."""
        form = self.form
        form.fill(state["entry"], own_id=state["id"], seen=state["seen"])
        form.start = dict(state["seen"])

    def save(self) -> None:
        """Write it."""
        if self.is_ready(self.form):
            self._save()


def source_dialog(part: Keeping, id_: str | None = None) -> SimpleDialog:
    """For a new source, or for changing the one called `id_`."""
    form = SourceForm(part.window.session)

    def save() -> None:
        entry = form.entry()
        if id_ is None:
            plan = core.plan_new_source(part.index, entry)
            dialog.finish(plan, f"The source is in the base as {entry['id']}.")
            return
        changes = core.what_changed(form.seen, entry)
        if changes:
            plan = core.plan_edited_source(part.index, id_, form.seen, changes)
            dialog.finish(plan, "The source was changed in the base.")
        else:
            dialog.accept()

    title = "New source" if id_ is None else "Edit source"
    dialog = SimpleDialog(part, title, _SOURCE, form, save)
    dialog.what = "source"

    def open_existing(existing: str) -> None:
        def then() -> None:
            dialog._leave()
            part.edit_source(existing)

        dialog.ask_first(then, "Discard it and open that one")

    form.existing_chosen.connect(open_existing)
    seen = core.source_entry_of(part.index, id_) if id_ is not None else {}
    form.fill(seen, own_id=id_, seen=seen)
    return dialog


def actor_dialog(part: Keeping, id_: str | None = None) -> SimpleDialog:
    """For a new actor, or for changing the one called `id_`."""
    form = ActorForm(part.window.session)

    def save() -> None:
        entry = form.entry()
        if id_ is None:
            plan = core.plan_new_actor(part.index, entry)
            dialog.finish(plan, f"{entry['name']} is in the base as {entry['id']}.")
            return
        changes = core.what_changed(form.seen, entry)
        if changes:
            plan = core.plan_edited_actor(part.index, id_, form.seen, changes)
            dialog.finish(plan, "The actor was changed in the base.")
        else:
            dialog.accept()

    title = "New actor" if id_ is None else "Edit actor"
    dialog = SimpleDialog(part, title, _ACTOR, form, save)
    dialog.what = "actor"
    seen = core.actor_entry_of(part.index, id_) if id_ is not None else {}
    form.fill(seen, own_id=id_, seen=seen)
    return dialog
