"""Retracting a fact: it stays in the base, marked as wrong, and says why."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from briefgen.editing.base import plan_retraction
from briefgen.facts.model import Fact
from briefgen.gui.editing.base_writer import BaseWriter
from briefgen.gui.editing.fields import FormText, Labelled, note
from briefgen.gui.editing.paged_dialog import PagedDialog
from briefgen.gui.widgets.building import STRETCH, column


class RetractDialog(PagedDialog):
    """Asks for the reason."""

    def __init__(self, writer: BaseWriter, fact: Fact) -> None:
        super().__init__(writer.window, "Retract a fact", QSize(560, 320))
        self.writer = writer
        self.fact = fact
        self.reason = FormText("Reason", "the newspaper withdrew the report", lines=2)
        self.named = Labelled(
            "Why it no longer holds", self.reason, "It is kept with the fact, with today’s date."
        )
        page = QWidget()
        hint = note(
            "It stays in the base, so that nobody wonders where it went. Briefs leave it out."
        )
        column(
            note(fact.statement, ""), hint, self.named, STRETCH,
            parent=page, margins=(22, 18, 22, 12), spacing=10,
        )  # fmt: skip
        self.add_page(page, "Retract a fact", (("Cancel", self.reject), ("Retract", self.save)))
        self.reason.typed.connect(lambda text: self.touched())
        self.reason.setFocus()

    def has_unsaved(self) -> bool:
        return bool(self.reason.data())

    def save(self) -> None:
        """Retract it."""
        reason = self.reason.data()
        if not reason:
            self.named.tell("Say in a few words why it no longer holds.")
            self.reason.setFocus()
            return
        plan = plan_retraction(self.writer.index, self.fact, reason, self.writer.keeper())
        self.writer.write(plan, "The fact is retracted.", self.fact.id)
        self.accept()
