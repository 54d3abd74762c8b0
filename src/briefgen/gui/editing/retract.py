"""Retracting a fact: it stays in the base, marked as wrong, and says why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget

from briefgen.editing.base import plan_retraction
from briefgen.facts.model import Fact
from briefgen.gui.editing.dialog import PagedDialog
from briefgen.gui.editing.fields import FormText, Named, line

if TYPE_CHECKING:
    from briefgen.gui.editing.part import Keeping


class RetractDialog(PagedDialog):
    """Asks for the reason."""

    def __init__(self, part: Keeping, fact: Fact) -> None:
        super().__init__(part.window, "Retract a fact", QSize(560, 320))
        self.part = part
        self.fact = fact
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(22, 18, 22, 12)
        column.setSpacing(10)
        column.addWidget(line(fact.statement, ""))
        column.addWidget(
            line("It stays in the base, so that nobody wonders where it went. Briefs leave it out.")
        )
        self.reason = FormText("Reason", "the newspaper withdrew the report", lines=2)
        self.named = Named(
            "Why it no longer holds", self.reason, "It is added to the fact’s detail."
        )
        column.addWidget(self.named)
        column.addStretch(1)
        self.add_page(page, "Retract a fact", (("Cancel", self.reject), ("Retract", self.save)))
        self.reason.typed.connect(lambda text: self.touched())
        self.reason.setFocus()

    def has_unsaved(self) -> bool:
        return bool(self.reason.data())

    def save(self) -> None:
        """Retract it."""
        if not self.reason.data():
            self.named.tell("Say in a few words why it no longer holds.")
            self.reason.setFocus()
            return
        plan = plan_retraction(
            self.part.index, self.fact, self.reason.data() or "", self.part.keeper()
        )
        self.part.write(plan, "The fact is retracted.", self.fact.id)
        self.accept()
