"""Sources and actors in their forms: written and corrected. Facts have a dialog of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QSize

from briefgen.editing import base as core
from briefgen.gui.editing.actor_form import ActorForm
from briefgen.gui.editing.base_writer import BaseWriter
from briefgen.gui.editing.form import Form
from briefgen.gui.editing.paged_dialog import Button, PagedDialog
from briefgen.gui.editing.source_form import SourceForm
from briefgen.gui.view_models.words import capital
from briefgen.index import Index
from briefgen.writing.plan import Plan


class EntryDialog(PagedDialog):
    """One form, or two where a fact needs a source that is new."""

    def __init__(self, writer: BaseWriter, title: str, size: QSize) -> None:
        super().__init__(writer.window, title, size)
        self.writer = writer
        self.what = ""
        """What is written: `new` and `edit` of facts, `source`, `actor`."""
        self.session = writer.window.session
        self.session.base_opened.connect(self._base_opened)
        self.session.about_to_close.connect(self._leave)
        self.forms: list[Form] = []

    def add_form(self, form: Form, title: str, buttons: Sequence[Button]) -> None:
        """A page with a form."""
        self.forms.append(form)
        form.changed.connect(self.touched)
        self.add_page(form, title, buttons)

    def has_unsaved(self) -> bool:
        return any(form.is_changed for form in self.forms)

    def state(self) -> dict[str, Any]:
        form = self.forms[0]
        return {"what": self.what, "id": form.own_id, "entry": form.entry(), "seen": form.seen}

    def take_up(self, state: Mapping[str, Any]) -> None:
        form = self.forms[0]
        form.fill(state["entry"], own_id=state["id"], seen=state["seen"])
        form.start = dict(state["seen"])

    def _base_opened(self) -> None:
        for form in self.forms:
            form.base_opened()

    def is_ready(self, form: Form) -> bool:
        """Whether a form can be saved; if not, what is missing is said and gone to."""
        errors = form.errors()
        if not errors:
            self.tell("")
            return True
        more = f" ({len(errors) - 1} more)" if len(errors) > 1 else ""
        self.tell(capital(form.told(errors[0])) + more)
        form.go_to(errors[0])
        return False

    def finish(self, plan: Plan, text: str, fact: str = "") -> None:
        """Write, say so, close."""
        self.writer.write(plan, text, fact)
        self.accept()


@dataclass(frozen=True, slots=True)
class _Kind:
    """What sources and actors differ in."""

    form: Callable[..., Form]
    size: QSize
    entry_of: Callable[[Index, str], dict[str, Any]]
    plan_new: Callable[[Index, Mapping[str, Any]], Plan]
    plan_edited: Callable[[Index, str, Mapping[str, Any], Mapping[str, Any]], Plan]


_KINDS = {
    "source": _Kind(
        SourceForm, QSize(940, 720),
        core.source_entry_of, core.plan_new_source, core.plan_edited_source,
    ),
    "actor": _Kind(
        ActorForm, QSize(620, 480),
        core.actor_entry_of, core.plan_new_actor, core.plan_edited_actor,
    ),
}  # fmt: skip


class SimpleDialog(EntryDialog):
    """A source or an actor (`what`), a new one or the one called `id_`."""

    def __init__(self, writer: BaseWriter, what: str, id_: str | None = None) -> None:
        self._kind = _KINDS[what]
        title = f"{'New' if id_ is None else 'Edit'} {what}"
        super().__init__(writer, title, self._kind.size)
        self.what = what
        self.form = form = self._kind.form(self.session)
        self.add_form(form, title, (("Cancel", self.reject), ("Save", self.save)))
        if isinstance(form, SourceForm):
            form.existing_chosen.connect(
                lambda existing: self.leave_for(existing, "Discard it and open that one")
            )
        seen = self._kind.entry_of(writer.index, id_) if id_ is not None else {}
        form.fill(seen, own_id=id_, seen=seen)

    def save(self) -> None:
        """Write it."""
        form, index = self.form, self.writer.index
        if not self.is_ready(form):
            return
        entry = form.entry()
        if form.own_id is None:
            name = entry.get("name") if self.what == "actor" else "The source"
            self.finish(self._kind.plan_new(index, entry), f"{name} is in the base.")
            return
        changes = core.what_changed(form.seen, entry)
        if not changes:
            self.accept()
            return
        plan = self._kind.plan_edited(index, form.own_id, form.seen, changes)
        self.finish(plan, f"The {self.what} was changed in the base.")
