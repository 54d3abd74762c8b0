"""The tab of sections: which of the template's sections the brief has."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QWidget

from briefgen.brief.template.model import SectionTemplate, Template
from briefgen.facts.model import Base
from briefgen.gui.template_tab import CANNOT_BE_READ, TemplateTab
from briefgen.gui.view_models.brief.edits import leave_out_sections
from briefgen.gui.view_models.brief.section_words import section_in_words, section_name
from briefgen.gui.view_models.brief.switching import homeless
from briefgen.gui.view_models.pages.preview import Preview
from briefgen.gui.widgets.building import button, column, label, row
from briefgen.gui.widgets.fields import plain_tip
from briefgen.gui.widgets.tick_box import TickBox
from briefgen.gui.window import MainWindow


class SectionsTab(TemplateTab["SectionRow"]):
    """A tick for each section, in the template's order."""

    shown_fields = frozenset({"sections", "text"})

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window, "Sections", spacing=10)
        self.strangers = button("Set aside", self.set_aside)
        self.stranger_words = label(role="warning", wrap=True)
        self._stranger_box = QWidget()
        row((self.stranger_words, 1), self.strangers, parent=self._stranger_box)
        self.column.insertWidget(1, self._stranger_box)
        self.session.pages_made.connect(self._say_empty)
        self.session.pages_failed.connect(self._say_nothing)
        self.session.section_asked.connect(self._come_forward)

    def make_rows(self, template: Template) -> Iterable[tuple[str, SectionRow]]:
        for section in template.sections:
            made = SectionRow(section, template, self.session.base)
            made.box.clicked.connect(lambda checked=False, id_=section.id: self._tick(id_, checked))
            yield section.id, made

    def show_brief(self, *, again: bool) -> None:
        template, left_out = self.template, self.session.spec.sections.leave_out
        if template is None:
            self.intro.setText(CANNOT_BE_READ)
        else:
            self.intro.setText(f"In the order of {template.label}. A template of yours can order "
                               "them otherwise.")  # fmt: skip
        for id_, shown in self.rows.items():
            shown.show_on(id_ not in left_out)
        unknown = homeless(self.session.spec, template)[1] if template is not None else ()
        self.stranger_words.setText(
            f"The brief leaves out what this template does not have: {', '.join(unknown)}."
        )
        self._stranger_box.setVisible(bool(unknown))
        on = sum(shown.box.isChecked() for shown in self.rows.values())
        self.window_.title_tab(self, f"Sections {on}" if self.rows else "Sections")

    def _say_empty(self, preview: Preview) -> None:
        for id_, shown in self.rows.items():
            shown.show_empty(shown.box.isChecked() and id_ not in preview.sections)

    def _say_nothing(self, why: str) -> None:
        if self.session.preview is None:  # what was said was true of another brief
            for shown in self.rows.values():
                shown.show_empty(False)

    def _come_forward(self, id_: str) -> None:
        self.window_.show_part("facts")
        self.window_.tabs.setCurrentWidget(self)
        shown = self.rows.get(id_)
        if shown is not None:
            self.ensureWidgetVisible(shown)
            shown.box.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _tick(self, id_: str, checked: bool) -> None:
        spec, name = self.session.spec, self.rows[id_].name
        left_out = {*spec.sections.leave_out} - {id_} | (set() if checked else {id_})
        order = [*self.rows, *(one for one in spec.sections.leave_out if one not in self.rows)]
        label = f"{'Take in' if checked else 'Leave out'} “{name}”"
        self.session.edit(
            label, leave_out_sections(spec, tuple(one for one in order if one in left_out))
        )


class SectionRow(QWidget):
    """One section: its tick, and below it what it shows."""

    def __init__(self, section: SectionTemplate, template: Template, base: Base) -> None:
        super().__init__()
        self.name = section_name(section)
        told = section_in_words(section, template, base)
        self.box = TickBox(self.name.replace("&", "&&"))
        self.box.setAccessibleDescription(told)
        self.told = label(told, "hint", wrap=True)
        self.told.setContentsMargins(22, 0, 0, 0)
        unwritten = {"input": "not written yet", "judgements": "none written yet"}
        self.empty = label(unwritten.get(section.show, "nothing to show"), "hint")
        self.empty.setToolTip(plain_tip("Nothing in the brief is for this section: it is dropped."))
        policy = self.empty.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.empty.setSizePolicy(policy)
        self.empty.hide()
        column(row((self.box, 1), self.empty), self.told, parent=self, spacing=1)

    def show_on(self, on: bool) -> None:
        """Show whether the brief has it."""
        with QSignalBlocker(self.box):
            self.box.setChecked(on)
        if not on:
            self.show_empty(False)

    def show_empty(self, empty: bool) -> None:
        """Tell that it came out empty this time."""
        self.empty.setVisible(empty)
        told = self.told.text()
        self.box.setAccessibleDescription(f"{told}. Nothing to show." if empty else told)


def install(window: MainWindow) -> None:
    """Add the tab."""
    window.add_tab(SectionsTab(window), "Sections")
