"""Quick add: a passage and its address become a draft of a fact with its source."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QWidget

from briefgen.capture.passage_dates import passage_dates
from briefgen.dates import Edtf
from briefgen.editing import base as core
from briefgen.editing.entry_faults import Fault, entry_faults
from briefgen.editing.quick_add import QuickDraft, draft_entry, quick_draft, still_quoted
from briefgen.facts.model import FACT_KINDS
from briefgen.gui.editing.base_writer import BaseWriter
from briefgen.gui.editing.date_fields import CslDate, DateLine
from briefgen.gui.editing.date_meaning import DateMeaning, typed_edtf
from briefgen.gui.editing.fields import (
    FormChoice,
    FormLine,
    FormText,
    note,
    say,
)
from briefgen.gui.editing.form import FieldPage
from briefgen.gui.editing.notice import NearNotice
from briefgen.gui.editing.paged_dialog import PagedDialog
from briefgen.gui.editing.source_form import NamesLine
from briefgen.gui.editing.topic_ticks import TopicTicks
from briefgen.gui.view_models.brief import edits
from briefgen.gui.view_models.document_kinds import DOCUMENT_KINDS
from briefgen.gui.view_models.meanings import KIND_WORDS
from briefgen.gui.view_models.reading import called
from briefgen.gui.view_models.words import capital
from briefgen.gui.widgets.building import column, heading
from briefgen.gui.window import MainWindow
from briefgen.index import Index
from briefgen.select.duplicates import possible_duplicates

_GUESSED = ("title", "type", "container-title")
_OF_SOURCE = (*_GUESSED, "author", "issued")
"""Keys of a new source that have fields."""


class QuickAdd(FieldPage):
    """The one page of it. What is guessed is filled in until the person writes something else."""

    mended = Signal()
    """Nothing of what was told is wrong any more."""

    def __init__(self, writer: BaseWriter) -> None:
        super().__init__()
        self.writer = writer
        self._own: set[str] = set()
        """Fields that the person filled in: nothing is guessed there any more."""
        self.draft = QuickDraft("", "", None, {})
        self._date_note = ""
        """How the date is known that was guessed."""
        self._faults: Callable[[], list[Fault]] | None = None
        """What is wrong, once somebody wanted to save: told until it is mended."""
        left, right, add = self.left, self.right, self.add
        self.passage = add(
            left, "passage", FormText("Passage", "Paste the passage here", lines=5, single=False)
        )
        self.address = add(
            left, "address", FormLine("Address", "Its web address, DOI, or where it stands")
        )
        self.statement = add(
            left, "statement", FormText("Statement", "One sentence, in your own words", lines=2)
        )
        self.near = NearNotice()
        left.addWidget(self.near)
        self.date = add(left, "date", DateLine("When it happened or held"))
        self.date_is = add(left, "date_is", DateMeaning())
        kinds = [(one, f"{one} – {KIND_WORDS[one]}") for one in FACT_KINDS]
        self.kind = add(left, "kind", FormChoice("Kind", kinds, 12))
        self.attribution = add(
            left,
            "attribution",
            FormLine("Who says so", "Needed for a position or an assessment"),
        )
        left.addStretch(1)
        self.topics = add(right, "topics", TopicTicks(writer.window.session.base.topics))
        right.addWidget(heading("SOURCE"))
        self.source_words = note()
        right.addWidget(self.source_words)
        self.new_source = QWidget()
        right.addWidget(self.new_source)
        right.addStretch(1)
        source = column(parent=self.new_source, spacing=8)
        self.title = add(source, "title", FormLine("Title", "As it stands on the document"))
        add(source, "type", FormChoice("Kind of document", DOCUMENT_KINDS, 12))
        add(source, "container-title", FormLine("Published in", "Newspaper, journal or site"))
        add(source, "author", NamesLine("Authors", "Family, Given; a body"))
        self.issued = add(source, "issued", CslDate("Issued"))
        self.check()

    def touch(self, key: str) -> None:
        self._own.add(key)
        super().touch(key)

    @property
    def is_written(self) -> bool:
        """Whether the person wrote anything."""
        return bool(self._own)

    def _field(self, key: str) -> Any:
        return self.named[key].field

    # --- kept in case of a crash ----------------------------------------------------------------

    def written(self) -> dict[str, Any]:
        """What the person filled in, by field."""
        return {key: self._field(key).data() for key in self.named if key in self._own}

    def take_up(self, written: Mapping[str, Any]) -> None:
        """Say again what `written` gave before a crash."""
        for key in self.named:
            if key in written:
                self._field(key).set_data(written[key])
                self._own.add(key)
        self.check()

    # --- what is guessed and seen ---------------------------------------------------------------

    def check(self) -> None:
        """Guess what was not written, and look at what was."""
        self._soon.stop()
        session = self.writer.window.session
        self.draft = quick_draft(
            self.passage.value(), self.address.value(), session.base, self.writer.keeper().today
        )
        if "statement" not in self._own:
            self.statement.set_data(self.draft.statement)
        self._guess_source()
        self._guess_date()
        self._follow_dates()
        statement = self.statement.data() or ""
        quoted = bool(statement) and still_quoted(statement, self.draft.passage)
        self._show_faults()
        if not self.named["statement"].said[0]:
            self.named["statement"].tell(
                "These are the source’s words: say it in your own." if quoted else "", "warning"
            )
        found = possible_duplicates(session.index, statement) if "statement" in self._own else ()
        if found:
            first = found[0].fact
            self.near.show_fact(first.id, first.statement, first.status, len(found) - 1)
        else:
            self.near.clear()

    def _issued(self) -> Edtf | None:
        """When the source was issued, if that is known."""
        existing = self.draft.existing
        return existing.issued if existing is not None else typed_edtf(self.issued)

    def _guess_date(self) -> None:
        """Propose the date that the passage tells, or counts from the day of issue."""
        if "date" in self._own:
            self._date_note = ""
            return
        existing = self.draft.existing
        type_ = existing.csl.get("type") if existing is not None else self._field("type").data()
        found = passage_dates(self.draft.passage, self._issued(), called(type_))
        first = found[0] if found else None
        self._date_note = first.note if first is not None else ""
        self.date.set_data(first.edtf if first is not None else None)
        named = self.named["date"]
        named.hint(" ".join(part for part in (self.date.reading()[0], self._date_note) if part))

    def _follow_dates(self) -> None:
        """Say what the date means where the person does not."""
        base = self.writer.window.session.base
        self.date_is.follow(base, self.kind.data(), typed_edtf(self.date), self._issued())

    def _guess_source(self) -> None:
        existing, source = self.draft.existing, self.draft.source
        self.new_source.setVisible(existing is None and bool(self.address.value()))
        if existing is not None:
            say(self.source_words, f"The base has it already: {existing.title}", "hint")
            return
        if not source:
            say(self.source_words, "Say where the passage stands.", "hint")
            return
        why = f" ({self.draft.why})" if self.draft.why else ""
        say(self.source_words, f"A new source{why}: put right what was guessed.", "hint")
        for key in _GUESSED:
            if key not in self._own:
                self._field(key).set_data(source.get(key))

    # --- what comes of it -----------------------------------------------------------------------

    def source_entry(self) -> dict[str, Any] | None:
        """The new source; None where the base has it."""
        if self.draft.existing is not None:
            return None
        entry = dict(self.draft.source)
        for key in _OF_SOURCE:
            value = self._field(key).data()
            if value:
                entry[key] = value
            else:
                entry.pop(key, None)
        entry.setdefault("type", "webpage")
        return {"id": core.suggest_source_id(self.writer.index, entry)} | entry

    def entries(self) -> tuple[dict[str, Any], dict[str, Any] | None]:
        """The draft of the fact, and its source if that is new."""
        source = self.source_entry()
        existing = self.draft.existing
        statement, date = self.statement.data() or "", self.date.data() or ""
        entry = draft_entry(
            self.draft,
            existing.id if existing is not None else str((source or {})["id"]),
            id_=core.suggest_fact_id(self.writer.index, statement, date) or "draft",
            statement=statement,
            topics=self.topics.data() or [],
            kind=self.kind.data() or "event",
            more={
                "date": date,
                "date_note": self._date_note,
                "date_is": self.date_is.data(),
                "attribution": self.attribution.data(),
            },
        )
        return entry, source

    def tell_faults(self, look: Callable[[], list[Fault]]) -> None:
        """Tell all that `look` finds at its fields, until it is mended; go to the first."""
        self._faults = look
        self.check()
        for fault in look():
            named = self.named.get(fault.field)
            if named is not None:
                named.field.setFocus()
                return

    def _show_faults(self) -> None:
        found = self._faults() if self._faults is not None else []
        if self._faults is not None and not found:
            self._faults = None
            self.mended.emit()
        for key, named in self.named.items():
            own = next((one for one in found if one.field == key), None)
            named.tell(own.sentence if own is not None else "", own.severity if own else "")


class QuickAddDialog(PagedDialog):
    """Quick add in its window."""

    def __init__(self, writer: BaseWriter) -> None:
        super().__init__(writer.window, "Quick add", QSize(940, 700))
        self.writer = writer
        self.page = QuickAdd(writer)
        self.page.changed.connect(self.touched)
        self.page.mended.connect(lambda: self.tell(""))
        self.page.near.chosen.connect(
            lambda id_: self.leave_for(id_, "Discard it and open the other")
        )
        writer.window.session.about_to_close.connect(self._leave)
        self.add_page(
            self.page, "Quick add", (("Cancel", self.reject), ("Add as a draft", self.save))
        )
        self.page.passage.setFocus()

    def has_unsaved(self) -> bool:
        return self.page.is_written

    def state(self) -> dict[str, Any]:
        return {"what": "draft", "written": self.page.written()}

    def take_up(self, state: Mapping[str, Any]) -> None:
        self.page.take_up(state["written"])

    def save(self) -> None:
        """Write the draft and its source."""
        page = self.page
        page.check()
        if not page.passage.data() and not page.address.value():
            self.tell("Paste a passage and say where it stands.")
            page.passage.setFocus()
            return
        if page.draft.existing is None and not page.draft.source:
            self.tell("Say where the passage stands: a web address, a DOI, or the document’s name.")
            page.address.setFocus()
            return
        errors = self._errors()
        if errors:
            more = f" ({len(errors) - 1} more)" if len(errors) > 1 else ""
            self.tell(capital(errors[0].sentence) + more)
            page.tell_faults(self._errors)
            return
        entry, source = page.entries()
        index = self.writer.index
        plan = core.plan_new_fact(
            index,
            entry,
            core.likely_file(index, entry["topics"]),
            self.writer.keeper(),
            new_sources=[source] if source is not None else [],
        )
        self.writer.write(plan, "", then=lambda: tell_of_draft(self.writer.window, entry["id"]))
        self.accept()

    def _errors(self) -> list[Fault]:
        """What keeps it from being written."""
        entry, source = self.page.entries()
        found = _faults(entry, source, self.writer.index)
        return [fault for fault in found if fault.severity == "error"]


def _faults(
    entry: Mapping[str, Any], source: Mapping[str, Any] | None, index: Index
) -> list[Fault]:
    if source is None:
        return list(entry_faults("fact", entry, index, new_sources=[]))
    faults = [
        *entry_faults("source", source, index),
        *entry_faults("fact", entry, index, new_sources=[str(source["id"])]),
    ]
    if not source.get("title"):
        faults.insert(0, Fault(("title",), "error", "say what the document is called"))
    return faults


def tell_of_draft(window: MainWindow, id_: str) -> None:
    """A draft was added: say how it comes into this brief."""
    session = window.session
    if "draft" in session.spec.select.status:
        window.tell("The draft is in the base, to be checked.")
        session.point_at(id_)
        return

    def pin() -> None:
        session.edit("Pin a draft", edits.pin(session.spec, [id_]))
        session.point_at(id_)

    def show_drafts() -> None:
        select = session.spec.select
        status = (*(select.status or ("current",)), "draft")
        session.edit("Show drafts", replace(session.spec, select=replace(select, status=status)))
        session.point_at(id_)

    window.tell(
        "The draft is in the base. Briefs leave drafts out until someone has checked them.",
        "done",
        [("Pin it in this brief", pin), ("Show all drafts", show_drafts)],
    )
