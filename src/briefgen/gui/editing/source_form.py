"""The form of a source: what citations need, and what the base knows of it beyond CSL."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from briefgen.bibliography.identity import Known
from briefgen.editing.base import (
    RELIABILITY_WORDS,
    date_as_typed,
    names_as_typed,
    suggest_source_id,
    typed_names,
)
from briefgen.facts.csl import CSL_TYPES
from briefgen.facts.model import RELIABILITIES
from briefgen.gui.editing.fact_form import ChipsField
from briefgen.gui.editing.fields import (
    Bound,
    DateLine,
    FormChoice,
    FormLine,
    FormText,
    Named,
    NamedDate,
    bind_field,
    line,
    say,
)
from briefgen.gui.editing.finding import NEW, Finding
from briefgen.gui.editing.form import Form, heading
from briefgen.gui.editing.rows import quiet
from briefgen.gui.session import Session
from briefgen.index import Index

_OFTEN = (
    "webpage", "article-newspaper", "article-journal", "article-magazine", "report", "book",
    "chapter", "speech", "interview", "treaty", "legislation", "dataset", "post-weblog", "post",
    "broadcast", "personal_communication", "document",
)  # fmt: skip
_TYPES = (*_OFTEN, *(one for one in CSL_TYPES if one not in _OFTEN))
_KEPT = "kept as it is in the file"


class NamesLine(FormLine):
    """Names of CSL. What does not fit one line stays as it is."""

    def data(self) -> Any:
        return typed_names(self.value()) or None

    def set_data(self, value: Any) -> None:
        text = names_as_typed(value)
        super().set_data(text or "")
        self.setReadOnly(text is None)
        self.setPlaceholderText(_KEPT if text is None else "Family, Given; Family, Given; a body")


class CslDate(DateLine):
    """A date of CSL, as EDTF. A date in CSL's own form stays as it is until another is typed."""

    def set_data(self, value: Any) -> None:
        text = date_as_typed(value)
        super().set_data(text or "")
        self.setPlaceholderText(_KEPT if text is None else "11 June 2023, May 2011, about 2012")


class SourceForm(Form):
    """A new source, or one to be changed."""

    kind = "source"
    existing_chosen = Signal(str)
    """The base has it already; the person wants that one."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.finding = Finding(session)
        self._own_id = False
        self._known: Known | None = None
        self._known_of: Index | None = None
        self.title = FormText("Title", "As it stands on the document")
        self.put(self.left, "title", Named("Title", self.title))
        self.same = _SameNotice()
        self.same.chosen.connect(self.existing_chosen)
        self.left.addWidget(self.same)
        self.type = FormChoice(
            "Kind of document",
            [
                (None, "choose…"),
                *((one, one.replace("_", " ").replace("-", " ")) for one in _TYPES),
            ],
            14,
        )
        self.put(self.left, "type", Named("Kind of document", self.type))
        self.author = NamesLine("Authors")
        self.put(self.left, "author", Named("Authors", self.author))
        self.container = FormLine("Published in", "Newspaper, journal, site, book")
        self.put(self.left, "container-title", Named("Published in", self.container))
        self.issued, self.accessed = CslDate("Issued"), CslDate("Read on")
        self._pair(
            self.left,
            ("issued", NamedDate("Issued", self.issued)),
            ("accessed", NamedDate("Read on (accessed)", self.accessed)),
        )
        self.url = FormLine("Web address", "https://…")
        self.put(self.left, "URL", Named("Web address", self.url))
        self.doi = FormLine("DOI", "10.1234/…")
        self.put(self.left, "DOI", Named("DOI", self.doi))
        publisher, place = FormLine("Publisher"), FormLine("Place")
        self._pair(
            self.left,
            ("publisher", Named("Publisher", publisher)),
            ("publisher-place", Named("Place", place)),
        )
        volume, issue, page = (FormLine(name) for name in ("Volume", "Issue", "Pages"))
        self._pair(
            self.left,
            ("volume", Named("Volume", volume)),
            ("issue", Named("Issue", issue)),
            ("page", Named("Pages", page)),
        )
        self.note = FormText("Note", "How it was dated, what is odd about it", single=False)
        self.put(self.left, "note", Named("Note", self.note))
        self.left.addStretch(1)
        self._add_right(session)
        for field in (self.title, self.url, self.doi):
            field.typed.connect(lambda text: self._follow())
        for field in (self.author, self.container, self.issued):
            field.changed.connect(self._follow)
        self.id.typed.connect(lambda text: self._take_id())

    def _add_right(self, session: Session) -> None:
        """What CSL does not know."""
        base = session.base
        self._custom = Bound()
        self.reliability = FormChoice(
            "Reliability",
            [(None, "not graded"), *((g, f"{g} – {RELIABILITY_WORDS[g]}") for g in RELIABILITIES)],
        )
        self.reliability_note = FormText("Why this grade", "Why this grade", lines=3)
        self.archive = FormLine("Saved copy", "file name of the saved copy")
        self.derived = ChipsField(
            self.finding.source_chip, self._other_sources, "Repeats or rewrites", "Another source"
        )
        self.marking = FormChoice(
            "Marking", [(None, "none"), *((one, one) for one in base.markings)]
        )
        marking = Named("Marking", self.marking)
        for key, named in (
            ("reliability", Named("How reliable the source is", self.reliability)),
            ("reliability_note", Named("Why this grade", self.reliability_note)),
            ("derived_from", Named("Repeats or rewrites (derived from)", self.derived)),
            ("archive", Named("Saved copy", self.archive)),
            ("marking", marking),
        ):
            bind_field(self._custom, key, named.field)
            self.put(self.right, f"custom.{key}", named, bind=False)
        marking.setVisible(bool(base.markings))
        self.bound.bind("custom", lambda: self._custom.entry() or None, self._show_custom)
        language = FormLine("Language", "en, ur, ru")
        self.put(self.right, "language", Named("Language of the document", language))
        self.right.addWidget(heading("FILING"))
        self.id = FormLine("Id", "made of author, year and title")
        self.put(self.right, "id", Named("Id", self.id))
        self.right.addWidget(line("Other fields of CSL in the file stay as they are."))
        self.right.addStretch(1)

    def _pair(self, column: Any, *pairs: tuple[str, Named]) -> None:
        row = QHBoxLayout()
        row.setSpacing(14)
        for key, named in pairs:
            self.put(row, key, named)
        column.addLayout(row)

    def _show_custom(self, value: Any) -> None:
        self._custom.fill(value if isinstance(value, Mapping) else {})

    def _other_sources(self, text: str) -> list[Any]:
        return [one for one in self.finding.sources(text) if one.value not in (NEW, self.own_id)]

    # --- filling --------------------------------------------------------------------------------

    def filled(self) -> None:
        for named in self.findChildren(NamedDate):
            named.read()
        new = self.own_id is None
        self.id.setReadOnly(not new)
        self.id.setToolTip("" if new else "Facts cite it by this id.")
        self._own_id = bool(self.start.get("id"))
        self._follow()

    def _take_id(self) -> None:
        self._own_id = bool(self.id.data())
        self._follow()

    def _follow(self) -> None:
        if self.own_id is not None:
            return
        entry = self.entry()
        if not self._own_id:
            says = entry.get("title") or entry.get("author") or entry.get("container-title")
            besides = self.new_sources()
            made = suggest_source_id(self.session.index, entry, besides) if says else ""
            self.id.set_data(made)
        found = self.known().find(entry)
        title = self.session.base.sources[found[0]].title if found else ""
        self.same.show_same(found[0] if found else "", title, found[1] if found else "")

    def known(self) -> Known:
        """The base's sources, found by what makes them the same."""
        index = self.session.index
        if self._known is None or self._known_of is not index:
            self._known, self._known_of = Known(), index
            for id_, source in index.base.sources.items():
                self._known.add(id_, source.csl)
        return self._known


class _SameNotice(QWidget):
    """Says that the base has the source already."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.id = ""
        self.text = line(role="warning")
        self.button = quiet("Use that one")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.text, 1)
        row.addWidget(self.button)
        self.button.clicked.connect(lambda: self.chosen.emit(self.id))
        self.hide()

    def show_same(self, id_: str, title: str, why: str) -> None:
        """Say so; an empty id says nothing."""
        self.id = id_
        say(
            self.text,
            f"The base has this source already ({why}): {title}" if id_ else "",
            "warning",
        )
        self.setVisible(bool(id_))
