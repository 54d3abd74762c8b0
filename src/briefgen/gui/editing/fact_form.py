"""The form of a fact: all the fields that a fact can have."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from briefgen.dates import DateError, parse_edtf
from briefgen.editing.base import (
    CREDIBILITY_WORDS,
    KIND_WORDS,
    STATUS_WORDS,
    fact_files,
    likely_file,
    suggest_fact_id,
)
from briefgen.facts.model import FACT_KINDS, FACT_STATUSES
from briefgen.gui.editing.fields import (
    DateLine,
    FormChoice,
    FormLine,
    FormText,
    FormTick,
    Named,
    NamedDate,
    TopicTicks,
    line,
    say,
)
from briefgen.gui.editing.finding import Finding
from briefgen.gui.editing.form import Form, heading
from briefgen.gui.editing.rows import CiteRow, FigureRow, Rows, quiet
from briefgen.gui.session import Session
from briefgen.gui.widgets.chips import Chips
from briefgen.select.duplicates import possible_duplicates

_NEAR_PAUSE = 400


class NearNotice(QWidget):
    """Says which facts say nearly the same already, and leads to one of them."""

    open_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.text = line(role="warning")
        self.button = quiet("Open that one instead")
        self.id = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.text, 1)
        row.addWidget(self.button)
        self.button.clicked.connect(lambda: self.open_asked.emit(self.id))
        self.hide()

    def show_near(self, id_: str, statement: str, when: str, more: int) -> None:
        """Say so; an empty id says nothing."""
        self.id = id_
        others = f" There {'is one more' if more == 1 else f'are {more} more'}." if more else ""
        said = f"The base says nearly the same already ({when}): “{statement}”{others}"
        say(self.text, said if id_ else "", "warning")
        self.setVisible(bool(id_))


class ChipsField(Chips):
    """Chosen ids as a form's field."""

    def data(self) -> list[str] | None:
        """The ids, in order."""
        return list(self.ids) or None

    def set_data(self, value: Any) -> None:
        """Show these ids."""
        self.show_ids([str(id_) for id_ in value or ()], again=True)


class FactForm(Form):
    """A new fact, or one to be changed."""

    kind = "fact"
    new_source_asked = Signal(object)
    """The citation for which a new source is wanted."""
    open_asked = Signal(str)
    """Another fact of the base, by id, in the place of this one."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.finding = Finding(session)
        base = session.base
        self._near = QTimer(self)
        self._near.setSingleShot(True)
        self._near.setInterval(_NEAR_PAUSE)
        self._near.timeout.connect(self.look_for_near)

        # What it says, when, and what bears it out.
        self.statement = FormText(
            "Statement", "One sentence, in your own words: what happened or held", lines=2
        )
        self.put(self.left, "statement", Named("Statement", self.statement))
        self.near = NearNotice()
        self.near.open_asked.connect(self.open_asked)
        self.left.addWidget(self.near)
        kinds: list[tuple[str | None, str]] = [
            (None, "choose…"),
            *((kind, f"{kind} – {KIND_WORDS[kind]}") for kind in FACT_KINDS),
        ]
        self.fact_kind = FormChoice("Kind", kinds, 12)
        self.put(self.left, "kind", Named("Kind", self.fact_kind))
        self.attribution = FormLine("Who says so", "Jo Example, Minister of Energy")
        self.put(self.left, "attribution", Named("Who says so", self.attribution))
        self.date = DateLine("When it happened or held")
        self.date_note = FormLine("How the date is known", "if it is inferred")
        when = QHBoxLayout()
        when.setSpacing(14)
        self.put(when, "date", NamedDate("When it happened or held", self.date))
        self.put(when, "date_note", Named("How the date is known", self.date_note, own_line=True))
        self.left.addLayout(when)
        self.detail = FormText("Detail", "A second sentence or two, if a brief could use them")
        self.put(self.left, "detail", Named("Detail", self.detail))
        self.left.addWidget(heading("SOURCES"))
        self.cites = Rows(self._cite_row, "Add a source", least=1)
        self.put(self.left, "cites", Named("", self.cites))
        self.left.addWidget(heading("FIGURES"))
        self.figures = Rows(lambda: FigureRow(base.measures), "Add a figure")
        self.put(self.left, "figures", Named("", self.figures))
        if not base.measures:
            self.figures.more.hide()
            self.left.addWidget(line("This base counts nothing: base.yaml has no measures."))
        self.left.addStretch(1)

        # What it is filed under, how good it is, and how it stands to others.
        self.topics = TopicTicks("Topics")
        self.topics.set_topics(base.topics)
        self.put(self.right, "topics", Named("Topics", self.topics))
        self.actors = ChipsField(
            self.finding.actor_chip, self.finding.actors, "Actors", "Name or alias"
        )
        self.put(self.right, "actors", Named("Actors", self.actors))
        self.credibility = FormChoice(
            "Credibility",
            [(None, "not graded"), *((str(n), f"{n} – {w}") for n, w in CREDIBILITY_WORDS.items())],
        )
        self.put(
            self.right, "credibility", Named("How credible the information is", self.credibility)
        )
        self.status = FormChoice(
            "Status", [(one, f"{one} – {STATUS_WORDS[one]}") for one in FACT_STATUSES]
        )
        named_status = Named("Status", self.status)
        self.put(self.right, "status", named_status, bind=False)
        self.bound.bind("status", self._status, lambda value: self._show_status(value))
        self.key = FormTick("Key fact: it belongs in the key points")
        self.put(self.right, "key", Named("", self.key))
        self.marking = FormChoice(
            "Marking", [(None, "none"), *((one, one) for one in base.markings)]
        )
        named = Named("Marking", self.marking)
        self.put(self.right, "marking", named)
        named.setVisible(bool(base.markings))
        facts = self.finding.facts(lambda: self.own_id or "")
        self.disputes = ChipsField(
            self.finding.fact_chip, facts, "Cannot hold beside", "A fact: words or id"
        )
        self.put(self.right, "disputes", Named("Cannot hold beside (disputes)", self.disputes))
        self.supersedes = ChipsField(
            self.finding.fact_chip, facts, "Takes the place of", "A fact: words or id"
        )
        self.put(
            self.right, "supersedes", Named("Takes the place of (supersedes)", self.supersedes)
        )
        self.right.addWidget(heading("FILING"))
        self.id = FormLine("Id", "made of the statement")
        self.put(self.right, "id", Named("Id", self.id))
        self.file = FormChoice("File", [(name, name) for name in fact_files(session.index)])
        self.file.setEditable(True)
        self.file_line = self.file.lineEdit() or FormLine("File")
        self.file.setInsertPolicy(FormChoice.InsertPolicy.NoInsert)
        self.file_named = Named("File", self.file)
        self.right.addWidget(self.file_named)
        self.dates = {
            key: DateLine(name, "22 November 2026")
            for key, name in (("recorded", "Recorded on"), ("checked", "Last checked on"))
        }
        days = QHBoxLayout()
        days.setSpacing(14)
        for key, name in (("recorded", "Recorded on"), ("checked", "Last checked on")):
            self.put(days, key, NamedDate(name, self.dates[key]))
        self.right.addLayout(days)
        self.recorded_by = FormLine("Recorded by", "your name")
        self.put(self.right, "recorded_by", Named("Recorded by", self.recorded_by))
        self.right.addStretch(1)
        self._own_file = False
        self._own_words = False
        self.id.typed.connect(lambda text: self._take_id())
        self.file_line.textEdited.connect(lambda text: self._take_file())
        self.file.activated.connect(lambda place: self._take_file())
        self.statement.typed.connect(lambda text: self._follow())
        self.date.changed.connect(self._follow)
        self.topics.changed.connect(self._follow)
        self.fact_kind.changed.connect(self._show_attribution)

    # --- filling --------------------------------------------------------------------------------

    def filled(self) -> None:
        for named in self.findChildren(NamedDate):
            named.read()
        new = self.own_id is None
        self.id.setReadOnly(not new)
        self.id.setToolTip("" if new else "Other facts and briefs call it by this id.")
        self.file_named.setVisible(new)
        self._own_file = False
        self._own_words = bool(self.seen.get("id") or self.start.get("id"))
        self._show_attribution()
        self._follow()
        if not new:
            self._near.stop()
        self.near.show_near("", "", "", 0)

    @property
    def is_changed(self) -> bool:
        return super().is_changed or bool(self.finding.new_sources)

    def file_name(self) -> str:
        """The file that a new fact goes into."""
        return self.file.currentText().strip()

    def new_sources(self) -> Collection[str]:
        return self.finding.new_sources

    def add_source(self, entry: Mapping[str, Any], row: CiteRow | None) -> None:
        """A new source, to be written along with the fact; `row` is to cite it."""
        id_ = str(entry["id"])
        self.finding.new_sources[id_] = entry
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
        try:
            date = parse_edtf(self.date.data() or "")
        except DateError:
            date = None
        besides = [id_ for id_ in (self.own_id, *self.supersedes.ids, *self.disputes.ids) if id_]
        statement = self.statement.data() or ""
        found = possible_duplicates(self.session.index, statement, date=date, besides=besides)
        if not found:
            self.near.show_near("", "", "", 0)
            return
        first = found[0].fact
        when = self.finding.completer.fact(first).told.replace("\u00a0", " ")
        if first.status != "current":
            when = f"{when}, {first.status}"
        self.near.show_near(first.id, first.statement, when, len(found) - 1)

    def _follow(self) -> None:
        self._near.start()
        if self.own_id is None:
            if not self._own_words:
                made = suggest_fact_id(
                    self.session.index, self.statement.data() or "", self.date.data() or ""
                )
                self.id.set_data(made)
            if not self._own_file:
                self.file.setCurrentText(likely_file(self.session.index, self.topics.data() or ()))
                self.file_line.setCursorPosition(0)

    def _take_id(self) -> None:
        self._own_words = bool(self.id.data())
        self._follow()

    def _take_file(self) -> None:
        self._own_file = bool(self.file_name())

    def _show_attribution(self) -> None:
        wanted = self.fact_kind.data() in ("position", "assessment")
        self._named["attribution"].hint(
            f"Needed for {'an' if self.fact_kind.data() == 'assessment' else 'a'} "
            f"{self.fact_kind.data()}"
            if wanted
            else ""
        )

    # --- fields of its own ----------------------------------------------------------------------

    def _status(self) -> str | None:
        """Current is what a fact is that says nothing."""
        status = self.status.data()
        return None if status == "current" and self.seen.get("status") != "current" else status

    def _show_status(self, value: Any) -> None:
        self.status.set_data(value or "current")

    def _cite_row(self) -> CiteRow:
        row = CiteRow(self.finding)
        row.new_source_asked.connect(lambda: self.new_source_asked.emit(row))
        return row
