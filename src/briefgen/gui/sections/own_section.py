"""A section of the author's own in the list: its heading, its text, and where it stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QFrame

from briefgen.brief.own_text.reader import count_words
from briefgen.brief.spec.model import OwnSection
from briefgen.gui.sections.placing import Handle, arrow
from briefgen.gui.session import Session
from briefgen.gui.view_models.brief.own_text_check import Note, check_own_text
from briefgen.gui.view_models.words import counted
from briefgen.gui.widgets.building import column, label, row, tool_button
from briefgen.gui.widgets.choice_box import ChoiceBox
from briefgen.gui.widgets.citing import CitingText
from briefgen.gui.widgets.completions import Completions
from briefgen.gui.widgets.fields import LineField
from briefgen.gui.widgets.notes import Notes

NEW_HEADING = "New section"


class OwnSectionRow(QFrame):
    """One section; one without words is not in the brief yet, and has no id."""

    changed = Signal(str)
    """Which of its values the person changed: `heading`, `text` or `after`."""

    def __init__(self, own: OwnSection, session: Session, remove: Callable[[], Any]) -> None:
        super().__init__()
        self.setObjectName("card")
        self.own = own
        self._session = session
        self.handle = Handle()
        self.heading = LineField("Heading of your section", "Heading")
        self.text = CitingText(
            Completions.of(session).citable, "Text of your section", "Your own text", lines=3
        )
        self.after = ChoiceBox("Stands after")
        self.up = arrow("↑", "Move your section up", lambda: None)
        self.down = arrow("↓", "Move your section down", lambda: None)
        self.away = tool_button("Remove", remove, name="Remove your section")
        self.count = label(role="count")
        self.notes = Notes(self.text, self._check)
        session.about_to_close.connect(self.notes.stop)
        self.heading.typed.connect(lambda text: self._take("heading", text))
        self.text.typed.connect(lambda text: self._take("text", text))
        self.after.activated.connect(lambda at: self._take("after", self.after.itemData(at)))
        head = row(self.handle, (self.heading, 1), self.up, self.down, self.away, spacing=4)
        after = row(label("After", "hint"), (self.after, 1), self.count, spacing=6)
        column(head, self.text, self.notes, after, parent=self, margins=(6, 6, 6, 8), spacing=5)
        self.show_own(own)

    def show_own(self, own: OwnSection, *, again: bool = False) -> None:
        """Show the brief's section; `again`: the base may judge it differently now."""
        changed = own != self.own
        self.own = own
        self.heading.show_text(own.heading)
        self.text.show_text(own.text)
        self._show_after()
        self.count.setText(counted(count_words(own.text), "word"))
        if changed or again:
            self.notes.check()

    def offer_places(self, names: Sequence[tuple[str, str]]) -> None:
        """What it may stand after: ids and names, in order."""
        offered = [(self.after.itemData(at), self.after.itemText(at))
                   for at in range(self.after.count())]  # fmt: skip
        wanted = [("", "the last section before the annex"), *names]
        if offered != wanted:
            with QSignalBlocker(self.after):
                self.after.clear()
                for id_, name in wanted:
                    self.after.addItem(name, id_)
            self._show_after()

    def _show_after(self) -> None:
        with QSignalBlocker(self.after):
            self.after.setCurrentIndex(max(0, self.after.findData(self.own.after)))

    def _take(self, key: str, value: str) -> None:
        self.own = replace(self.own, **{key: value})
        self.count.setText(counted(count_words(self.own.text), "word"))
        self.notes.check_soon()
        self.changed.emit(key)

    def _check(self) -> tuple[Note, ...]:
        own, session = self.own, self._session
        if not own.heading.strip():
            return (Note("warning", "Give it a heading: the brief keeps what it said before."),)
        if not own.text.strip():
            said = "Write something, or remove it: the brief keeps what it said before."
            return (Note("hint", said),) if own.id else ()
        return check_own_text(own.text, session.base, session.index)
