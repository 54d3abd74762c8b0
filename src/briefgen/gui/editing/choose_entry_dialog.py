"""Asking which source or actor is to be edited."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from briefgen.facts.model import Fact
from briefgen.gui.editing.base_search import NEW, BaseSearch
from briefgen.gui.editing.fields import note
from briefgen.gui.editing.paged_dialog import PagedDialog
from briefgen.gui.widgets.building import button, button_text, column
from briefgen.gui.widgets.chips import Chip
from briefgen.gui.widgets.suggesting import Suggestion
from briefgen.gui.widgets.type_ahead import TypeAhead
from briefgen.gui.window import MainWindow


class ChooseEntryDialog(PagedDialog):
    """Those of the fact in hand as buttons, all others by typing."""

    def __init__(
        self,
        window: MainWindow,
        title: str,
        of_fact: Iterable[Chip],
        search: Callable[[str], list[Suggestion]],
    ) -> None:
        super().__init__(window, title, QSize(520, 340))
        chips = list(of_fact)
        field = TypeAhead(search, title, "Type a few letters", at_once=False, width=470)
        field.chosen.connect(lambda value: self.choose(str(value)))
        page = QWidget()
        whole = column(parent=page, margins=(22, 18, 22, 12), spacing=8)
        if chips:
            whole.addWidget(note("Of the fact in hand:"))
        for chip in chips:
            short = chip.text if len(chip.text) < 60 else f"{chip.text[:59]}…"
            made = button(button_text(short), partial(self.choose, chip.id), name=chip.text)
            made.setAutoDefault(False)
            made.setAccessibleDescription(chip.tip)
            whole.addWidget(made)
        whole.addWidget(note("Another one:" if chips else "Which one?"))
        whole.addWidget(field)
        whole.addStretch(1)
        self.add_page(page, title, (("Cancel", self.reject),))
        field.setFocus()

    @classmethod
    def sources(cls, window: MainWindow, fact: Fact | None) -> ChooseEntryDialog:
        """Which source?"""
        search = BaseSearch(window.session)
        ids = dict.fromkeys(cite.source for cite in fact.cites) if fact is not None else {}
        return cls(
            window,
            "Edit source",
            [search.source_chip(id_) for id_ in ids],
            lambda text: [one for one in search.sources(text) if one.value != NEW],
        )

    @classmethod
    def actors(cls, window: MainWindow, fact: Fact | None) -> ChooseEntryDialog:
        """Which actor?"""
        search = BaseSearch(window.session)
        ids = dict.fromkeys(fact.actors) if fact is not None else {}
        return cls(window, "Edit actor", [search.actor_chip(id_) for id_ in ids], search.actors)

    def choose(self, id_: str) -> None:
        """This one: its form takes the place of this question."""
        self.accept()
        self.open_asked.emit(id_)
