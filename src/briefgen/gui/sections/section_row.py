"""A section of the template in the list: its tick, its limit and its place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QWidget

from briefgen.brief.template.model import SectionTemplate, Template
from briefgen.facts.model import Base
from briefgen.gui.sections.leads import Leads
from briefgen.gui.sections.limit_box import LimitBox
from briefgen.gui.sections.placing import Handle, arrow
from briefgen.gui.view_models.brief.section_edits import (
    can_be_limited,
    limit_in_words,
)
from briefgen.gui.view_models.brief.section_words import section_in_words, section_name
from briefgen.gui.view_models.words import counted
from briefgen.gui.widgets.building import button_text, column, label, row
from briefgen.gui.widgets.fields import plain_tip
from briefgen.gui.widgets.tick_box import TickBox

if TYPE_CHECKING:
    from briefgen.brief.assemble.placements import SectionCount


class SectionRow(QWidget):
    """One section: its tick, how much of it is printed, and below it what it shows."""

    def __init__(self, section: SectionTemplate, template: Template, base: Base) -> None:
        super().__init__()
        self.section = section
        self.name = section_name(section)
        self._template, self._base = template, base
        self.handle = Handle()
        self.box = TickBox(button_text(self.name))
        self.limit = LimitBox(section, self.name) if can_be_limited(section) else None
        self.up = arrow("↑", f"Move {self.name} up", lambda: None)
        self.down = arrow("↓", f"Move {self.name} down", lambda: None)
        self.told = label("", "hint", wrap=True)
        unwritten = {"input": "not written yet", "judgements": "none written yet"}
        self.empty = label(unwritten.get(section.show, "nothing to show"), "hint")
        self.empty.setToolTip(plain_tip("Nothing in the brief is for this section: it is dropped."))
        self.empty.hide()
        self.count = label("", "count")
        self.count.hide()
        self._counted = ""
        most = "at most" if section.for_each is None else "each at most"
        head = row(
            self.handle, (self.box, 1),
            *([label(most, "hint"), self.limit] if self.limit is not None else []),
            self.up, self.down, spacing=4,
        )  # fmt: skip
        # How much came out stands below, so that the name has the room beside the limit.
        below = row((self.told, 1), self.empty, self.count, margins=(38, 0, 8, 0), spacing=12)
        for said in (self.empty, self.count):
            below.setAlignment(said, Qt.AlignmentFlag.AlignTop)
        self.leads: Leads | None = None
        """Where this is the section that opens topics with them."""
        self._whole = column(head, below, parent=self, spacing=1)
        self.show_limit(None)

    def add_leads(self, leads: Leads) -> None:
        """Take the first words on each topic under the section."""
        self.leads = leads
        self._whole.addWidget(leads)

    def show_on(self, on: bool) -> None:
        """Show whether the brief has it."""
        with QSignalBlocker(self.box):
            self.box.setChecked(on)
        if self.limit is not None:
            self.limit.setEnabled(on)
        if not on:
            self.show_empty(False)
            self.show_count(None)

    def show_limit(self, limit: int | None) -> None:
        """Show how much of it the brief wants at most; None: as much as the template."""
        section = self.section
        if self.limit is not None:
            self.limit.show_limit(limit)
            section = replace(section, limit=None)  # said by the choice above
        told = section_in_words(section, self._template, self._base)
        if limit is not None:
            told += f" (the template: {limit_in_words(self.section.limit)})"
        self.told.setText(told)
        self._describe()

    def show_empty(self, empty: bool) -> None:
        """Tell that it came out empty this time."""
        self.empty.setVisible(empty)
        self._describe()

    def show_count(self, count: SectionCount | None) -> None:
        """Tell how many facts it prints, and how many it would without its limit."""
        if count is None or not self.section.shows_facts:
            self.count.setText("")
        elif count.printed == count.of:
            self.count.setText("the only fact" if count.of == 1 else f"all {count.of:,} facts")
            self._counted = f"Prints {counted(count.of, 'fact')}"
        else:
            self.count.setText(f"{count.printed:,} of {counted(count.of, 'fact')}")
            self._counted = f"Prints {count.printed:,} of {counted(count.of, 'fact')}"
        self.count.setToolTip(self._counted if self.count.text() else "")
        self.count.setVisible(bool(self.count.text()))
        self._describe()

    def _describe(self) -> None:
        told = self.told.text()
        if not self.empty.isHidden():
            told += ". Nothing to show."
        elif self.count.text():
            told += f". {self._counted}."
        self.box.setAccessibleDescription(told)
