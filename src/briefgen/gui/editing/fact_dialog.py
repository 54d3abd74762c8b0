"""Facts in their form: written, corrected, replaced, with the sources that they need."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QSize

from briefgen.editing import base as core
from briefgen.gui.editing.base_writer import BaseWriter
from briefgen.gui.editing.citation_row import CitationRow
from briefgen.gui.editing.entry_dialog import EntryDialog
from briefgen.gui.editing.fact_form import FactForm
from briefgen.gui.editing.source_form import SourceForm


class FactDialog(EntryDialog):
    """A new fact, a fact to be changed, or one that takes another's place."""

    def __init__(self, writer: BaseWriter, title: str) -> None:
        super().__init__(writer, title, QSize(1020, 800))
        self.what = "edit" if title == "Edit fact" else "new"
        self.form = FactForm(self.session)
        if self.what == "new":
            self.form.recorded_by.setPlaceholderText(writer.keeper_name() or "your name")
        self.add_form(self.form, title, (("Cancel", self.reject), ("Save", self.save)))
        self.source_form = SourceForm(self.session)
        self._row: CitationRow | None = None
        self.add_form(
            self.source_form,
            "New source",
            (("Back to the fact", self._back), ("Use this source", self._take_source)),
        )
        self.source_form.existing_chosen.connect(self._take_existing)
        self.form.new_source_asked.connect(self._ask_source)
        self.form.open_asked.connect(
            lambda id_: self.leave_for(id_, "Discard it and open the other")
        )

    @classmethod
    def new(cls, writer: BaseWriter) -> FactDialog:
        """For a new fact."""
        dialog = cls(writer, "New fact")
        dialog.form.fill({})
        return dialog

    @classmethod
    def successor(cls, writer: BaseWriter, id_: str) -> FactDialog:
        """For a fact that takes the place of the one called `id_`."""
        seen = core.fact_entry_of(writer.index, id_)
        dialog = cls(writer, "Supersede a fact")
        dialog.form.fill(core.successor_of(seen))
        dialog.tell("The old fact stays in the base, marked as superseded.", "hint")
        return dialog

    @classmethod
    def duplicate(cls, writer: BaseWriter, id_: str) -> FactDialog:
        """For a fact that is much like the one called `id_`."""
        seen = core.fact_entry_of(writer.index, id_)
        dialog = cls(writer, "New fact")
        dialog.form.fill(core.duplicate_of(seen))
        dialog.tell("This is a copy: change what is different. The other fact stays.", "hint")
        return dialog

    @classmethod
    def edit(cls, writer: BaseWriter, id_: str) -> FactDialog:
        """For changing the fact called `id_`."""
        seen = core.fact_entry_of(writer.index, id_)
        dialog = cls(writer, "Edit fact")
        dialog.form.fill(seen, own_id=id_, seen=seen)
        return dialog

    def save(self) -> None:
        """Write the fact, and the sources that it brings along."""
        form, index = self.form, self.writer.index
        if not self.is_ready(form):
            return
        entry = form.entry()
        cited = {cite.get("source") for cite in entry.get("cites", ())}
        sources = [one for one in form.search.new_sources.values() if one["id"] in cited]
        if form.own_id is None:
            self.writer.remember_name(entry.get("recorded_by"))
            plan = core.plan_new_fact(
                index, entry, form.file_name(), self.writer.keeper(), new_sources=sources
            )
            self.finish(plan, "The fact is in the base.", entry["id"])
            return
        changes = core.what_changed(form.seen, entry)
        if not changes:
            self.accept()
            return
        plan = core.plan_edited_fact(index, form.own_id, form.seen, changes, new_sources=sources)
        self.finish(plan, "The fact was changed in the base.", form.own_id)

    # --- a source that is new -------------------------------------------------------------------

    def _ask_source(self, row: CitationRow) -> None:
        self._row = row
        self.source_form.search.new_sources = self.form.search.new_sources
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

    # --- kept in case of a crash ----------------------------------------------------------------

    def state(self) -> dict[str, Any]:
        rows = self.form.cites.rows
        return {
            **super().state(),
            "sources": dict(self.form.search.new_sources),
            "file": self.form.file_name(),
            "source": self.source_form.entry() if self.source_form.is_changed else None,
            "row": rows.index(self._row) if self._row in rows else None,
            "in_source": self.stack.currentWidget() is self.source_form,
        }

    def take_up(self, state: Mapping[str, Any]) -> None:
        self.what = str(state["what"])
        self.form.search.new_sources.update(state["sources"])
        super().take_up(state)
        if state["file"] and state["id"] is None:
            self.form.file.setCurrentText(state["file"])
        rows = self.form.cites.rows
        if state["row"] is not None and state["row"] < len(rows):
            self._row = rows[state["row"]]
        self.source_form.search.new_sources = self.form.search.new_sources
        if state["source"] is not None:
            self.source_form.fill(state["source"])
            self.source_form.start = {}
        if state["in_source"]:
            self.show_page(self.source_form)
