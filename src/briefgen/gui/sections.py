"""The tab of sections: which of the template's sections the brief has."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from briefgen.brief.template.model import SectionTemplate, Template
from briefgen.facts.model import Base
from briefgen.gui.view_models.brief.section_words import section_in_words, section_name
from briefgen.gui.view_models.brief.switching import homeless
from briefgen.gui.view_models.pages.preview import Preview
from briefgen.gui.widgets.fields import plain_tip
from briefgen.gui.widgets.scrolled import Scrolled
from briefgen.gui.widgets.template_at_hand import take_template, template_of
from briefgen.gui.widgets.tick_box import TickBox
from briefgen.gui.window import MainWindow


class SectionsTab(Scrolled):
    """A tick for each section, in the template's order."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__("Sections")
        self.window_ = window
        self.session = window.session
        self.rows: dict[str, SectionRow] = {}
        self._template: Template | None = None
        self.intro = QLabel()
        self.intro.setTextFormat(Qt.TextFormat.PlainText)
        self.intro.setProperty("role", "hint")
        self.intro.setWordWrap(True)
        self.strangers = QPushButton("Set aside")
        self.strangers.clicked.connect(self._set_aside)
        self.stranger_words = QLabel()
        self.stranger_words.setTextFormat(Qt.TextFormat.PlainText)
        self.stranger_words.setProperty("role", "warning")
        self.stranger_words.setWordWrap(True)
        self._stranger_box = QWidget()
        row = QHBoxLayout(self._stranger_box)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.stranger_words, 1)
        row.addWidget(self.strangers)
        self._list = QVBoxLayout()
        self._list.setSpacing(10)
        self.column.addWidget(self.intro)
        self.column.addWidget(self._stranger_box)
        self.column.addLayout(self._list)
        self.column.addStretch(1)
        self.session.brief_changed.connect(self._refresh)
        self.session.base_opened.connect(self._rebuild)
        self.session.pages_made.connect(self._say_empty)
        self.session.pages_failed.connect(self._say_nothing)

    def _refresh(self, changed: frozenset[str]) -> None:
        if "template" in changed:
            self._rebuild()
        elif changed & {"leave_out", "text"}:
            self._show()

    def _rebuild(self) -> None:
        """Rows for the template, if it is another one than before."""
        template = template_of(self.session)
        if template is None or template != self._template:
            for row in self.rows.values():
                self._list.removeWidget(row)
                row.hide()
                row.deleteLater()
            self.rows = {}
            self._template = template
            for section in template.sections if template is not None else ():
                assert template is not None
                row = SectionRow(section, template, self.session.base)
                row.box.clicked.connect(
                    lambda checked=False, id_=section.id: self._tick(id_, checked)
                )
                self.rows[section.id] = row
                self._list.addWidget(row)
        self._show()

    def _show(self) -> None:
        template, left_out = self._template, self.session.spec.leave_out
        if template is None:
            self.intro.setText("The template cannot be read: choose another one above.")
        else:
            self.intro.setText(f"In the order of {template.label}. A template of yours can order "
                               "them otherwise.")  # fmt: skip
        for id_, row in self.rows.items():
            row.show_on(id_ not in left_out)
        unknown = homeless(self.session.spec, template)[1] if template is not None else ()
        self.stranger_words.setText(
            f"The brief leaves out what this template does not have: {', '.join(unknown)}."
        )
        self._stranger_box.setVisible(bool(unknown))
        on = sum(row.box.isChecked() for row in self.rows.values())
        self.window_.title_tab(self, f"Sections {on}" if self.rows else "Sections")

    def _say_empty(self, preview: Preview) -> None:
        for id_, row in self.rows.items():
            row.show_empty(row.box.isChecked() and id_ not in preview.sections)

    def _say_nothing(self, why: str) -> None:
        if self.session.preview is None:  # what was said was true of another brief
            for row in self.rows.values():
                row.show_empty(False)

    def _tick(self, id_: str, checked: bool) -> None:
        spec, row = self.session.spec, self.rows[id_]
        left_out = {*spec.leave_out} - {id_} | (set() if checked else {id_})
        order = [*self.rows, *(one for one in spec.leave_out if one not in self.rows)]
        label = f"{'Take in' if checked else 'Leave out'} “{row.name}”"
        self.session.edit(
            label, replace(spec, leave_out=tuple(one for one in order if one in left_out))
        )

    def _set_aside(self) -> None:
        if self._template is not None:
            take_template(self.session, self._template)


class SectionRow(QWidget):
    """One section: its tick, and below it what it shows."""

    def __init__(self, section: SectionTemplate, template: Template, base: Base) -> None:
        super().__init__()
        self.name = section_name(section)
        told = section_in_words(section, template, base)
        self.box = TickBox(self.name.replace("&", "&&"))
        self.box.setAccessibleDescription(told)
        self.told = QLabel(told)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setProperty("role", "hint")
        self.told.setWordWrap(True)
        self.told.setContentsMargins(22, 0, 0, 0)
        unwritten = {"input": "not written yet", "judgements": "none written yet"}
        self.empty = QLabel(unwritten.get(section.show, "nothing to show"))
        self.empty.setProperty("role", "hint")
        self.empty.setToolTip(plain_tip("Nothing in the brief is for this section: it is dropped."))
        policy = self.empty.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.empty.setSizePolicy(policy)
        self.empty.hide()
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.box, 1)
        line.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addLayout(line)
        column.addWidget(self.told)

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
