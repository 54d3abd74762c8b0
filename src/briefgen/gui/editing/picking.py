"""Asking which source or actor is to be edited."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from briefgen.facts.model import Fact
from briefgen.gui.editing.dialog import PagedDialog
from briefgen.gui.editing.fields import line
from briefgen.gui.editing.finding import NEW, Finding
from briefgen.gui.widgets.chips import Chip
from briefgen.gui.widgets.suggesting import Suggestion
from briefgen.gui.widgets.type_ahead import TypeAhead

if TYPE_CHECKING:
    from briefgen.gui.editing.part import Keeping


class PickDialog(PagedDialog):
    """Those of the fact in hand as buttons, all others by typing."""

    def __init__(
        self,
        part: Keeping,
        title: str,
        near: Iterable[Chip],
        search: Callable[[str], list[Suggestion]],
        then: Callable[[str], None],
    ) -> None:
        super().__init__(part.window, title, QSize(520, 340))
        self._then = then
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(22, 18, 22, 12)
        column.setSpacing(8)
        self.buttons: list[QPushButton] = []
        chips = list(near)
        if chips:
            column.addWidget(line("Of the fact in hand:"))
        for chip in chips:
            short = chip.text if len(chip.text) < 60 else f"{chip.text[:59]}…"
            button = QPushButton(short.replace("&", "&&"))
            button.setAutoDefault(False)
            button.setAccessibleName(chip.text)
            button.setAccessibleDescription(chip.tip)
            button.clicked.connect(lambda checked=False, id_=chip.id: self.choose(id_))
            column.addWidget(button)
            self.buttons.append(button)
        self.field = TypeAhead(search, title, "Type a few letters", at_once=False, width=470)
        self.field.chosen.connect(lambda value: self.choose(str(value)))
        column.addWidget(line("Another one:" if chips else "Which one?"))
        column.addWidget(self.field)
        column.addStretch(1)
        self.add_page(page, title, (("Cancel", self.reject),))
        self.field.setFocus()

    @classmethod
    def sources(cls, part: Keeping, fact: Fact | None) -> PickDialog:
        """Which source?"""
        finding = Finding(part.window.session)
        ids = dict.fromkeys(cite.source for cite in fact.cites) if fact is not None else {}
        return cls(
            part,
            "Edit source",
            [finding.source_chip(id_) for id_ in ids],
            lambda text: [one for one in finding.sources(text) if one.value != NEW],
            part.edit_source,
        )

    @classmethod
    def actors(cls, part: Keeping, fact: Fact | None) -> PickDialog:
        """Which actor?"""
        finding = Finding(part.window.session)
        ids = dict.fromkeys(fact.actors) if fact is not None else {}
        return cls(
            part,
            "Edit actor",
            [finding.actor_chip(id_) for id_ in ids],
            finding.actors,
            part.edit_actor,
        )

    def choose(self, id_: str) -> None:
        """This one: its form takes the place of this question."""
        self.accept()
        self._then(id_)
