"""Retracting facts: they stay in the base, marked as wrong, and say why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from briefgen.editing.base import plan_retraction
from briefgen.facts.model import Fact
from briefgen.gui.editing.base_writer import BaseWriter
from briefgen.gui.editing.fields import FormText, Labelled, note
from briefgen.gui.editing.paged_dialog import PagedDialog
from briefgen.gui.view_models.words import capital
from briefgen.gui.widgets.building import STRETCH, column

_TOLD = 4
"""Facts whose statements are told."""


class RetractDialog(PagedDialog):
    """Asks for the reason."""

    def __init__(self, writer: BaseWriter, facts: Sequence[Fact]) -> None:
        one = len(facts) == 1
        title = "Retract a fact" if one else f"Retract {len(facts)} facts"
        super().__init__(writer.window, title, QSize(560, 320))
        self.writer = writer
        self.facts = facts
        self.reason = FormText("Reason", "the newspaper withdrew the report", lines=2)
        why = "why it no longer holds" if one else "why they no longer hold"
        self.named = Labelled(
            capital(why),
            self.reason,
            f"It is kept with {'the fact' if one else 'each of them'}, with today’s date.",
        )
        page = QWidget()
        hint = note(
            "It stays in the base, so that nobody wonders where it went. Briefs leave it out."
            if one
            else "They stay in the base, so that nobody wonders where they went. "
            "Briefs leave them out."
        )
        told = [fact.statement for fact in facts[:_TOLD]]
        if len(facts) > _TOLD:
            told.append(f"… and {len(facts) - _TOLD} more")
        column(
            note("\n".join(told), ""), hint, self.named, STRETCH,
            parent=page, margins=(22, 18, 22, 12), spacing=10,
        )  # fmt: skip
        self.add_page(page, title, (("Cancel", self.reject), ("Retract", self.save)))
        self.reason.typed.connect(lambda text: self.touched())
        self.reason.setFocus()

    def has_unsaved(self) -> bool:
        return bool(self.reason.data())

    def state(self) -> dict[str, Any]:
        ids = [fact.id for fact in self.facts]
        return {"what": "retract", "ids": ids, "reason": self.reason.data() or ""}

    def take_up(self, state: Mapping[str, Any]) -> None:
        self.reason.set_data(state["reason"])

    def save(self) -> None:
        """Retract it."""
        reason = self.reason.data()
        why = "why it no longer holds" if len(self.facts) == 1 else "why they no longer hold"
        if not reason:
            self.named.tell(f"Say in a few words {why}.")
            self.reason.setFocus()
            return
        plan = plan_retraction(self.writer.index, self.facts, reason, self.writer.keeper())
        count = len(self.facts)
        said = "The fact is retracted." if count == 1 else f"{count} facts are retracted."
        self.writer.write(plan, said, self.facts[0].id)
        self.accept()
