"""What the author says first on each topic: a field for every topic that the brief asks for."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from briefgen.brief.assemble.filters import topics_asked
from briefgen.gui.session import Session
from briefgen.gui.view_models.brief.own_text_check import Note, check_own_text
from briefgen.gui.view_models.brief.section_edits import lead_topic
from briefgen.gui.widgets.building import button, column, label
from briefgen.gui.widgets.citing import CitingText
from briefgen.gui.widgets.completions import Completions
from briefgen.gui.widgets.notes import Notes
from briefgen.gui.widgets.removing import remove


class Lead(QWidget):
    """The first words on one topic."""

    def __init__(self, topic: str, name: str, session: Session) -> None:
        super().__init__()
        self.topic, self._session = topic, session
        self.name = name
        self.field = CitingText(
            Completions.of(session).citable, f"First words on {name}", "Your own text", lines=1
        )
        self.notes = Notes(self.field, self._check)
        session.about_to_close.connect(self.notes.stop)
        self.field.typed.connect(self._typed)
        column(label(name, "hint"), self.field, self.notes, parent=self, spacing=2)

    def show_lead(self, text: str, *, again: bool) -> None:
        """Show the brief's; `again`: the base may judge it differently now."""
        changed = self.field.value() != text
        self.field.show_text(text)
        if changed or again:
            self.notes.check()

    def _typed(self, text: str) -> None:
        session = self._session
        session.edit(
            f"First words on {self.name}",
            lead_topic(session.spec, self.topic, text),
            merge=f"lead:{self.topic}",
        )
        self.notes.check_soon()

    def _check(self) -> tuple[Note, ...]:
        return check_own_text(self.field.value(), self._session.base, self._session.index)


class Leads(QWidget):
    """Folded until somebody wants to write one, or the brief has some."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.opener = button("", self._toggle, role="quiet")
        self.opener.setCheckable(True)
        self.opener.setProperty("edge", "start")
        self.fields: dict[str, Lead] = {}
        """By topic, once they are wanted."""
        self._inside = QWidget()
        self._list = column(parent=self._inside, spacing=6)
        self._inside.hide()
        column(self.opener, self._inside, parent=self, margins=(38, 2, 0, 0), spacing=4)

    def show_brief(self, *, again: bool) -> None:
        """Show the brief's leads; `again`: the base may be another one."""
        written = self._session.spec.sections.leads
        said = f" ({len(written)} written)" if written else "…"
        self.opener.setText(f"First words on each topic{said}")
        if self.opener.isChecked():
            self._show_fields(again=again)

    def open_at(self, topic: str) -> QWidget | None:
        """Unfold them; the field of a topic."""
        self.opener.setChecked(True)
        self._toggle()
        lead = self.fields.get(topic)
        return lead.field if lead is not None else None

    def _toggle(self) -> None:
        self._inside.setVisible(self.opener.isChecked())
        if self.opener.isChecked():
            self._show_fields(again=False)

    def _show_fields(self, *, again: bool) -> None:
        session = self._session
        written, topics = session.spec.sections.leads, session.base.topics
        wanted = dict.fromkeys((*topics_asked(session.spec.select.topics, session.base), *written))
        if again or list(wanted) != list(self.fields):
            for topic in [one for one in self.fields if again or one not in wanted]:
                remove(self._list, self.fields.pop(topic))
            for place, topic in enumerate(wanted):
                if topic not in self.fields:
                    name = topics[topic].label if topic in topics else topic
                    self.fields[topic] = Lead(topic, name, session)
                self._list.insertWidget(place, self.fields[topic])
            self.fields = {topic: self.fields[topic] for topic in wanted}
        for topic, lead in self.fields.items():
            lead.show_lead(written.get(topic, ""), again=again)

    def in_order(self) -> list[QWidget]:
        """What the keyboard comes by."""
        return [self.opener, *(lead.field for lead in self.fields.values())]
