"""The form of a source: what citations need, and what the base knows of it beyond CSL."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal

from briefgen.bibliography.identity import Known
from briefgen.editing.base import suggest_source_id
from briefgen.facts.model import RELIABILITIES
from briefgen.gui.editing.base_search import NEW, BaseSearch
from briefgen.gui.editing.date_fields import KEPT, CslDate
from briefgen.gui.editing.entry_values import EntryValues
from briefgen.gui.editing.fields import (
    FormChips,
    FormChoice,
    FormLine,
    FormText,
    marking_choice,
    note,
)
from briefgen.gui.editing.form import Form
from briefgen.gui.editing.notice import Notice
from briefgen.gui.session import Session
from briefgen.gui.view_models.document_kinds import DOCUMENT_KINDS
from briefgen.gui.view_models.meanings import RELIABILITY_WORDS
from briefgen.gui.view_models.typed_values import names_as_typed, typed_names
from briefgen.gui.widgets.building import heading
from briefgen.index import Index


class NamesLine(FormLine):
    """Names of CSL. What does not fit one line stays as it is."""

    def data(self) -> Any:
        return typed_names(self.value()) or None

    def set_data(self, value: Any) -> None:
        text = names_as_typed(value)
        super().set_data(text or "")
        self.setReadOnly(text is None)
        self.setPlaceholderText(KEPT if text is None else "Family, Given; Family, Given; a body")


class SourceForm(Form):
    """A new source, or one to be changed."""

    kind = "source"
    existing_chosen = Signal(str)
    """The base has it already; the person wants that one."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.search = BaseSearch(session)
        self._known: Known | None = None
        self._known_of: Index | None = None
        self._build_left()
        self._build_right()
        for field in (self.title, self.url, self.doi, self.author, self.container, self.issued):
            field.changed.connect(self.follow)

    def _build_left(self) -> None:
        """What CSL knows."""
        left, put = self.left, self.put
        self.title = put(left, "title", FormText("Title", "As it stands on the document"))
        self.same = Notice("Use that one")
        self.same.chosen.connect(self.existing_chosen)
        left.addWidget(self.same)
        kinds = FormChoice("Kind of document", DOCUMENT_KINDS, 14, none="choose…")
        self.type = put(left, "type", kinds)
        self.author = put(left, "author", NamesLine("Authors"))
        self.container = put(
            left, "container-title", FormLine("Published in", "Newspaper, journal, site, book")
        )
        dates = self.beside(left)
        self.issued = put(dates, "issued", CslDate("Issued"))
        put(dates, "accessed", CslDate("Read on"), "Read on (accessed)")
        self.url = put(left, "URL", FormLine("Web address", "https://…"))
        self.doi = put(left, "DOI", FormLine("DOI", "10.1234/…"))
        publisher = self.beside(left)
        put(publisher, "publisher", FormLine("Publisher"))
        put(publisher, "publisher-place", FormLine("Place"))
        numbers = self.beside(left)
        for key, name in (("volume", "Volume"), ("issue", "Issue"), ("page", "Pages")):
            put(numbers, key, FormLine(name))
        put(left, "note", FormText("Note", "How it was dated, what is odd about it", single=False))
        left.addStretch(1)

    def _build_right(self) -> None:
        """What CSL does not know."""
        right = self.right
        markings = self.session.base.markings.levels
        grades = [(grade, f"{grade} – {RELIABILITY_WORDS[grade]}") for grade in RELIABILITIES]
        self.reliability = FormChoice("Reliability", grades, none="not graded")
        self.reliability_note = FormText("Why this grade", "Why this grade", lines=3)
        derived = FormChips(
            self.search.source_chip, self._other_sources, "Repeats or rewrites", "Another source"
        )
        self._custom = EntryValues()
        fields: tuple[tuple[str, str, Any], ...] = (
            ("reliability", "How reliable the source is", self.reliability),
            ("reliability_note", "Why this grade", self.reliability_note),
            ("derived_from", "Repeats or rewrites (derived from)", derived),
            ("archive", "Saved copy", FormLine("Saved copy", "file name of the saved copy")),
            ("marking", "Marking", marking_choice(markings)),
        )
        for key, text, field in fields:
            self._custom.bind_field(key, field)
            self.add(right, f"custom.{key}", field, text)
        self.named["custom.marking"].setVisible(bool(markings))
        self.values.bind("custom", lambda: self._custom.entry() or None, self._show_custom)
        language = FormLine("Language", "en, ur, ru")
        self.put(right, "language", language, "Language of the document")
        right.addWidget(heading("FILING"))
        self.put_id(right, "made of author, year and title")
        right.addWidget(note("Other fields of CSL in the file stay as they are."))
        right.addStretch(1)

    def _show_custom(self, value: Any) -> None:
        self._custom.fill(value if isinstance(value, Mapping) else {})

    def _other_sources(self, text: str) -> list[Any]:
        return [one for one in self.search.sources(text) if one.value not in (NEW, self.own_id)]

    # --- filling --------------------------------------------------------------------------------

    def filled(self) -> None:
        self.id.setToolTip("" if self.own_id is None else "Facts cite it by this id.")
        self.follow()

    def follow(self) -> None:
        if self.own_id is not None:
            return
        entry = self.entry()
        if not self.id_is_typed:
            says = entry.get("title") or entry.get("author") or entry.get("container-title")
            besides = self.new_sources()
            made = suggest_source_id(self.session.index, entry, besides) if says else ""
            self.id.set_data(made)
        found = self.known().find(entry)
        if found is None:
            self.same.clear()
            return
        id_, why = found
        title = self.session.base.sources[id_].title
        self.same.show_entry(id_, f"The base has this source already ({why}): {title}")

    def known(self) -> Known:
        """The base's sources, found by what makes them the same."""
        index = self.session.index
        if self._known is None or self._known_of is not index:
            self._known, self._known_of = Known(), index
            for id_, source in index.base.sources.items():
                self._known.add(id_, source.csl)
        return self._known
