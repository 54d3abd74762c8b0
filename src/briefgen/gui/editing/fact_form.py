"""The form of a fact: all the fields that a fact can have."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from PySide6.QtCore import Signal

from briefgen.editing.base import (
    fact_files,
    likely_file,
    suggest_fact_id,
)
from briefgen.facts.model import FACT_KINDS, FACT_STATUSES
from briefgen.gui.editing.base_search import BaseSearch
from briefgen.gui.editing.citation_row import CitationRow
from briefgen.gui.editing.date_fields import DateLine
from briefgen.gui.editing.date_meaning import DateMeaning, SaidLine, typed_edtf
from briefgen.gui.editing.fields import (
    FormChips,
    FormChoice,
    FormLine,
    FormText,
    FormTick,
    Labelled,
    marking_choice,
    note,
)
from briefgen.gui.editing.figure_row import FigureRow
from briefgen.gui.editing.form import Form
from briefgen.gui.editing.notice import NearNotice
from briefgen.gui.editing.row_list import RowList
from briefgen.gui.editing.topic_ticks import TopicTicks
from briefgen.gui.session import Session
from briefgen.gui.view_models.meanings import CREDIBILITY_WORDS, KIND_WORDS, STATUS_WORDS
from briefgen.gui.widgets.building import heading, wait
from briefgen.select.duplicates import possible_duplicates

_NEAR_PAUSE = 400


class FactForm(Form):
    """A new fact, or one to be changed."""

    kind = "fact"
    new_source_asked = Signal(object)
    """The citation for which a new source is wanted."""
    open_asked = Signal(str)
    """Another fact of the base, by id, in the place of this one."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.search = BaseSearch(session)
        self._near = wait(self, _NEAR_PAUSE, self.look_for_near)
        self._file_is_chosen = False
        self._build_left()
        self._build_right()
        self.statement.changed.connect(self.follow)
        self.date.changed.connect(self.follow)
        self.topics.changed.connect(self.follow)
        self.fact_kind.changed.connect(self._show_attribution)
        self.status.changed.connect(self._show_status_note)
        for field in (self.fact_kind, self.date, self.said, self.cites):
            field.changed.connect(self._follow_dates)

    def _build_left(self) -> None:
        """What it says, when, and what bears it out."""
        left, put = self.left, self.put
        self.statement = put(left, "statement", FormText(
            "Statement", "One sentence, in your own words: what happened or held", lines=2
        ))  # fmt: skip
        self.near = NearNotice()
        self.near.chosen.connect(self.open_asked)
        left.addWidget(self.near)
        kinds = [(kind, f"{kind} – {KIND_WORDS[kind]}") for kind in FACT_KINDS]
        self.fact_kind = put(left, "kind", FormChoice("Kind", kinds, 12, none="choose…"))
        put(left, "attribution", FormLine("Who says so", "Jo Example, Minister of Energy"))
        dates = self.beside(left)
        self.date = put(dates, "date", DateLine("When it happened or held"))
        self.said = put(dates, "said", SaidLine())
        self.date_is = put(left, "date_is", DateMeaning())
        put(left, "date_note", FormLine("How the date is known", "if it is inferred"))
        put(
            left,
            "detail",
            FormText("Detail", "A second sentence or two, if a brief could use them"),
        )
        self.sources_heading = heading("SOURCES")
        left.addWidget(self.sources_heading)
        self.cites = put(left, "cites", RowList(self._citation, "Add a source", least=1))
        left.addWidget(heading("FIGURES"))
        measures = self.session.base.measures
        figures = RowList(lambda: FigureRow(measures), "Add a figure")
        self.figures = put(left, "figures", figures)
        if not measures:
            self.figures.more.hide()
            left.addWidget(note("This base counts nothing: base.yaml has no measures."))
        left.addStretch(1)

    def _build_right(self) -> None:
        """What it is filed under, how good it is, and how it stands to others."""
        right, put, search = self.right, self.put, self.search
        self.topics = put(right, "topics", TopicTicks(self.session.base.topics))
        self.actors = put(right, "actors", FormChips(
            search.actor_chip, search.actors, "Actors", "Name or alias"
        ), "Actors")  # fmt: skip
        grades = [(grade, f"{grade} – {words}") for grade, words in CREDIBILITY_WORDS.items()]
        put(right, "credibility", FormChoice("Credibility", grades, none="not graded"),
            "How credible the information is")  # fmt: skip
        statuses = [(one, f"{one} – {STATUS_WORDS[one]}") for one in FACT_STATUSES]
        self.status = self.add(right, "status", FormChoice("Status", statuses))
        self.values.bind(
            "status", self._status, lambda value: self.status.set_data(value or "current")
        )
        self.status_note = put(right, "status_note", FormLine(
            "Why it no longer holds", "the newspaper withdrew the report"
        ))  # fmt: skip
        put(right, "key", FormTick("Key fact: it belongs in the key points"), "")
        markings = self.session.base.markings.levels
        put(right, "marking", marking_choice(markings))
        self.named["marking"].setVisible(bool(markings))
        self.disputes = self._other_facts("disputes", "Cannot hold beside")
        self.supersedes = self._other_facts("supersedes", "Takes the place of")
        right.addWidget(heading("FILING"))
        self.put_id(right, "made of the statement")
        self.file = FormChoice("File", [(name, name) for name in fact_files(self.session.index)])
        self.file.setEditable(True)
        self.file.setInsertPolicy(FormChoice.InsertPolicy.NoInsert)
        self.file_line = self.file.lineEdit() or FormLine("File")
        self.file_line.setAccessibleName("File")
        self.file_line.textEdited.connect(lambda text: self._take_file())
        self.file.activated.connect(lambda place: self._take_file())
        self.file_named = Labelled("File", self.file)
        right.addWidget(self.file_named)
        days = self.beside(right)
        put(days, "recorded", DateLine("Recorded on", "22 November 2026"))
        put(days, "checked", DateLine("Last checked on", "22 November 2026"))
        people = self.beside(right)
        self.recorded_by = put(people, "recorded_by", FormLine("Recorded by", "your name"))
        put(people, "checked_by", FormLine("Checked by", "your name"))
        right.addStretch(1)

    def _other_facts(self, key: str, name: str) -> FormChips:
        facts = self.search.facts(lambda: self.own_id or "")
        chips = FormChips(self.search.fact_chip, facts, name, "A fact: words or id")
        return self.put(self.right, key, chips, f"{name} ({key})")

    # --- filling --------------------------------------------------------------------------------

    def filled(self) -> None:
        new = self.own_id is None
        self.id.setToolTip("" if new else "Other facts and briefs call it by this id.")
        self.file_named.setVisible(new)
        self._file_is_chosen = False
        self._show_attribution()
        self._show_status_note()
        self._follow_dates()
        self.follow()
        if not new:
            self._near.stop()
        self.near.clear()

    @property
    def is_changed(self) -> bool:
        return super().is_changed or bool(self.search.new_sources)

    def file_name(self) -> str:
        """The file that a new fact goes into."""
        return self.file.currentText().strip()

    def new_sources(self) -> Collection[str]:
        return self.search.new_sources

    def add_source(self, entry: Mapping[str, Any], row: CitationRow | None) -> None:
        """A new source, to be written along with the fact; `row` is to cite it."""
        id_ = str(entry["id"])
        self.search.new_sources[id_] = entry
        if row is not None and row in self.cites.rows:
            row.take_source(id_)
        self.check()

    def base_opened(self) -> None:
        """The base was read anew: what there is to choose from may be other things."""
        ticked = self.topics.data()
        self.topics.set_topics(self.session.base.topics)
        self.topics.set_data(ticked)
        self.check()

    # --- what follows from what is typed --------------------------------------------------------

    def look_for_near(self) -> None:
        """Facts that say nearly the same, now."""
        self._near.stop()
        date = typed_edtf(self.date)
        besides = [id_ for id_ in (self.own_id, *self.supersedes.ids, *self.disputes.ids) if id_]
        statement = self.statement.data() or ""
        found = possible_duplicates(self.session.index, statement, date=date, besides=besides)
        if not found:
            self.near.clear()
            return
        first = found[0].fact
        known = self.search.completer.fact(first).told.replace("\u00a0", " ")
        if first.status != "current":
            known = f"{known}, {first.status}"
        self.near.show_fact(first.id, first.statement, known, len(found) - 1)

    def follow(self) -> None:
        self._near.start()
        if self.own_id is not None:
            return
        index = self.session.index
        if not self.id_is_typed:
            statement, date = self.statement.data() or "", self.date.data() or ""
            self.id.set_data(suggest_fact_id(index, statement, date))
        if not self._file_is_chosen:
            self.file.setCurrentText(likely_file(index, self.topics.data() or ()))
            self.file_line.setCursorPosition(0)

    def _take_file(self) -> None:
        self._file_is_chosen = bool(self.file_name())

    def _show_attribution(self) -> None:
        kind = self.fact_kind.data()
        needed = {"position": "Needed for a position", "assessment": "Needed for an assessment"}
        self.named["attribution"].hint(needed.get(kind or "", ""))

    def _follow_dates(self) -> None:
        """Say what holds of the dates where nothing is said."""
        base = self.session.base
        said = self.said.follow(base, self.cites.data())
        self.date_is.follow(base, self.fact_kind.data(), typed_edtf(self.date), said)

    def _show_status_note(self) -> None:
        gone = self.status.data() in ("superseded", "retracted")
        self.named["status_note"].setVisible(gone or bool(self.status_note.data()))

    # --- fields of its own ----------------------------------------------------------------------

    def _status(self) -> str | None:
        """Current is what a fact is that says nothing."""
        status = self.status.data()
        return None if status == "current" and self.seen.get("status") != "current" else status

    def _citation(self) -> CitationRow:
        row = CitationRow(self.search)
        row.new_source_asked.connect(lambda: self.new_source_asked.emit(row))
        return row
