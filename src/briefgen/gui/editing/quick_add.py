"""Quick add: a passage and its address become a draft of a fact with its source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from briefgen.editing import base as core
from briefgen.editing.entry_faults import Fault, entry_faults
from briefgen.editing.quick_add import QuickDraft, draft_entry, quick_draft, still_quoted
from briefgen.facts.model import FACT_KINDS
from briefgen.gui.editing.dialog import PagedDialog
from briefgen.gui.editing.fact_form import NearNotice
from briefgen.gui.editing.fields import (
    DateLine,
    FormChoice,
    FormLine,
    FormText,
    Named,
    NamedDate,
    TopicTicks,
    line,
    say,
)
from briefgen.gui.editing.form import heading
from briefgen.gui.editing.source_form import CslDate, NamesLine
from briefgen.gui.widgets.scrolled import Scrolled
from briefgen.select.duplicates import possible_duplicates

if TYPE_CHECKING:
    from briefgen.gui.editing.part import Keeping

_TYPES = (
    "webpage", "article-newspaper", "article-magazine", "article-journal", "report", "book",
    "speech", "interview", "treaty", "legislation", "post-weblog", "post", "broadcast", "document",
)  # fmt: skip


class QuickAdd(QWidget):
    """The one page of it. What is guessed is filled in until the person writes something else."""

    changed = Signal()
    open_asked = Signal(str)

    def __init__(self, part: Keeping) -> None:
        super().__init__()
        self.part = part
        self._own: set[str] = set()
        """Fields that the person filled in: nothing is guessed there any more."""
        self.draft = QuickDraft("", "", None, {})
        scrolled = Scrolled("Fields")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled)
        columns = QHBoxLayout()
        columns.setSpacing(28)
        left, right = QVBoxLayout(), QVBoxLayout()
        left.setSpacing(10)
        right.setSpacing(10)
        columns.addLayout(left, 3)
        columns.addLayout(right, 2)
        scrolled.column.setContentsMargins(22, 16, 22, 16)
        scrolled.column.addLayout(columns)
        scrolled.column.addStretch(1)

        self.passage = FormText("Passage", "Paste the passage here", lines=5, single=False)
        self.address = FormLine("Address", "Its web address, DOI, or where it stands")
        self.statement = FormText("Statement", "One sentence, in your own words", lines=2)
        self.date = DateLine("When it happened or held")
        self.topics = TopicTicks("Topics")
        self.topics.set_topics(part.window.session.base.topics)
        self.kind = FormChoice(
            "Kind", [(one, f"{one} – {core.KIND_WORDS[one]}") for one in FACT_KINDS], 12
        )
        self.attribution = FormLine("Who says so", "Needed for a position or an assessment")
        self.named = {
            "passage": Named("Passage", self.passage),
            "address": Named("Address", self.address),
            "statement": Named("Statement", self.statement),
            "date": NamedDate("When it happened or held", self.date),
            "topics": Named("Topics", self.topics),
            "kind": Named("Kind", self.kind),
            "attribution": Named("Who says so", self.attribution),
        }
        self.near = NearNotice()
        self.near.open_asked.connect(self.open_asked)
        for widget in (
            self.named["passage"], self.named["address"], self.named["statement"], self.near,
            self.named["date"], self.named["kind"], self.named["attribution"],
        ):  # fmt: skip
            left.addWidget(widget)
        left.addStretch(1)
        right.addWidget(self.named["topics"])
        right.addWidget(heading("SOURCE"))
        self.source_words = line()
        right.addWidget(self.source_words)
        self.new_source = QWidget()
        self._build_source(right)
        right.addStretch(1)

        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(250)
        self._soon.timeout.connect(self.look)
        for key, field in self._fields().items():
            signal = field.typed if hasattr(field, "typed") else field.changed
            signal.connect(lambda *said, key=key: self._touched(key))
        self.look()

    def _build_source(self, right: QVBoxLayout) -> None:
        column = QVBoxLayout(self.new_source)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.title = FormLine("Title", "As it stands on the document")
        self.type = FormChoice(
            "Kind of document", [(one, one.replace("-", " ")) for one in _TYPES], 12
        )
        self.container = FormLine("Published in", "Newspaper, journal or site")
        self.author = NamesLine("Authors", "Family, Given; a body")
        self.issued = CslDate("Issued")
        for key, named in (
            ("title", Named("Title", self.title)),
            ("type", Named("Kind of document", self.type)),
            ("container-title", Named("Published in", self.container)),
            ("author", Named("Authors", self.author)),
            ("issued", NamedDate("Issued", self.issued)),
        ):
            self.named[key] = named
            column.addWidget(named)
        right.addWidget(self.new_source)

    def _touched(self, key: str) -> None:
        self._own.add(key)
        self._soon.start()
        self.changed.emit()

    @property
    def is_written(self) -> bool:
        """Whether the person wrote anything."""
        return bool(self._own)

    # --- kept in case of a crash ----------------------------------------------------------------

    def _fields(self) -> dict[str, Any]:
        return {
            "passage": self.passage, "address": self.address, "statement": self.statement,
            "title": self.title, "container-title": self.container, "author": self.author,
            "issued": self.issued, "type": self.type, "date": self.date, "topics": self.topics,
            "kind": self.kind, "attribution": self.attribution,
        }  # fmt: skip

    def written(self) -> dict[str, Any]:
        """What the person filled in, by field."""
        return {key: field.data() for key, field in self._fields().items() if key in self._own}

    def take_up(self, written: Mapping[str, Any]) -> None:
        """Say again what `written` gave before a crash."""
        for key, field in self._fields().items():
            if key in written:
                field.set_data(written[key])
                self._own.add(key)
        self.look()

    # --- what is guessed and seen ---------------------------------------------------------------

    def look(self) -> None:
        """Guess what was not written, and look at what was."""
        self._soon.stop()
        session, keeper = self.part.window.session, self.part.keeper()
        self.draft = quick_draft(
            self.passage.value(), self.address.value(), session.base, keeper.today
        )
        if "statement" not in self._own:
            self.statement.set_data(self.draft.statement)
        self._guess_source()
        statement = self.statement.data() or ""
        quoted = bool(statement) and still_quoted(statement, self.draft.passage)
        self.named["statement"].tell(
            "These are the source’s words: say it in your own." if quoted else "", "warning"
        )
        found = possible_duplicates(session.index, statement) if "statement" in self._own else ()
        if found:
            first = found[0].fact
            self.near.show_near(first.id, first.statement, first.status, len(found) - 1)
        else:
            self.near.show_near("", "", "", 0)

    def _guess_source(self) -> None:
        existing = self.draft.existing
        self.new_source.setVisible(existing is None and bool(self.address.value()))
        if existing is not None:
            say(self.source_words, f"The base has it already: {existing.title}", "hint")
            return
        if not self.draft.source:
            say(self.source_words, "Say where the passage stands.", "hint")
            return
        why = f" ({self.draft.why})" if self.draft.why else ""
        say(self.source_words, f"A new source{why}: put right what was guessed.", "hint")
        for key, field in (
            ("title", self.title), ("type", self.type), ("container-title", self.container),
        ):  # fmt: skip
            if key not in self._own:
                anything: Any = field
                anything.set_data(self.draft.source.get(key))

    # --- what comes of it -----------------------------------------------------------------------

    def source_entry(self) -> dict[str, Any] | None:
        """The new source; None where the base has it."""
        if self.draft.existing is not None:
            return None
        entry = dict(self.draft.source)
        for key, value in (
            ("title", self.title.data()), ("type", self.type.data()),
            ("container-title", self.container.data()), ("author", self.author.data()),
            ("issued", self.issued.data()),
        ):  # fmt: skip
            if value:
                entry[key] = value
            else:
                entry.pop(key, None)
        entry.setdefault("type", "webpage")
        return {"id": core.suggest_source_id(self.part.index, entry)} | entry

    def entries(self) -> tuple[dict[str, Any], dict[str, Any] | None]:
        """The draft of the fact, and its source if that is new."""
        source = self.source_entry()
        existing = self.draft.existing
        statement, date = self.statement.data() or "", self.date.data() or ""
        entry = draft_entry(
            self.draft,
            existing.id if existing is not None else str((source or {})["id"]),
            id_=core.suggest_fact_id(self.part.index, statement, date) or "draft",
            statement=statement,
            topics=self.topics.data() or [],
            kind=self.kind.data() or "event",
            more={"date": date, "attribution": self.attribution.data()},
        )
        return entry, source

    def show_fault(self, fault: Fault) -> None:
        """Tell a fault at its field and go there."""
        named = self.named.get(fault.field)
        if named is not None:
            named.tell(fault.sentence, fault.severity)
            named.field.setFocus()


class QuickAddDialog(PagedDialog):
    """Quick add in its window."""

    def __init__(self, part: Keeping) -> None:
        super().__init__(part.window, "Quick add", QSize(940, 700))
        self.part = part
        self.page = QuickAdd(part)
        self.page.changed.connect(self.touched)
        self.page.open_asked.connect(self._open_other)
        part.window.session.about_to_close.connect(self._leave)
        self.add_page(
            self.page, "Quick add", (("Cancel", self.reject), ("Add as a draft", self.save))
        )
        self.page.passage.setFocus()

    def has_unsaved(self) -> bool:
        return self.page.is_written

    def state(self) -> dict[str, Any] | None:
        return {"what": "draft", "written": self.page.written()}

    def _open_other(self, id_: str) -> None:
        def open_other() -> None:
            self._leave()
            self.part.edit_fact(id_)

        self.ask_first(open_other, "Discard it and open the other")

    def save(self) -> None:
        """Write the draft and its source."""
        page = self.page
        page.look()
        if not page.passage.data() and not page.address.value():
            self.tell("Paste a passage and say where it stands.")
            page.passage.setFocus()
            return
        if page.draft.existing is None and not page.draft.source:
            self.tell("Say where the passage stands: a web address, a DOI, or the document’s name.")
            page.address.setFocus()
            return
        entry, source = page.entries()
        index = self.part.index
        new = [source] if source is not None else []
        faults = [
            *(entry_faults("source", source, index) if source is not None else ()),
            *entry_faults("fact", entry, index, new_sources=[str(one["id"]) for one in new]),
        ]
        if source is not None and not source.get("title"):
            faults.insert(0, Fault(("title",), "error", "say what the document is called"))
        errors = [fault for fault in faults if fault.severity == "error"]
        if errors:
            first = errors[0].sentence
            self.tell(first[:1].upper() + first[1:])
            page.show_fault(errors[0])
            return
        file = core.likely_file(index, entry["topics"])
        plan = core.plan_new_fact(index, entry, file, self.part.keeper(), new_sources=new)
        self.part.write(plan, "", then=lambda: self.part.tell_of_draft(entry["id"]))
        self._keep.stop()
        self.accept()
