"""A tab with a row for each thing of one kind that the brief's template has."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from briefgen.brief.template.model import Template
from briefgen.gui.widgets.building import column, label
from briefgen.gui.widgets.holding_focus import go_back_to, place_within
from briefgen.gui.widgets.removing import remove
from briefgen.gui.widgets.scrolled import Scrolled
from briefgen.gui.widgets.template_at_hand import take_template, template_of
from briefgen.gui.window import MainWindow

CANNOT_BE_READ = "The template cannot be read: choose another one above."
"""What a tab says of a template that is not there or has faults."""

_Row = TypeVar("_Row", bound=QWidget)


def come_forward(window: MainWindow, tab: Scrolled, field: QWidget) -> None:
    """Show a tab with the caret in one of its fields: the person asked for that."""
    window.show_part("facts")
    window.tabs.setCurrentWidget(tab)
    field.setFocus(Qt.FocusReason.ShortcutFocusReason)
    tab.inside.adjustSize()
    tab.ensureWidgetVisible(field)


class TemplateTab(Scrolled, Generic[_Row]):
    """Its rows are made anew for another template, and shown anew when the brief changes."""

    shown_fields: frozenset[str]
    """The fields of the brief that the tab shows, besides its template."""

    def __init__(self, window: MainWindow, title: str, *, spacing: int) -> None:
        super().__init__(title)
        self.window_ = window
        self.session = window.session
        self.template: Template | None = None
        self.rows: dict[str, _Row] = {}
        """By the id that the template gives them."""
        self._title = title
        self.intro = label(role="hint", wrap=True)
        self._list = column(spacing=spacing)
        self.column.addWidget(self.intro)
        self.column.addLayout(self._list)
        self.column.addStretch(1)
        self.session.brief_changed.connect(self._refresh)
        self.session.base_opened.connect(self._rebuild)

    def make_rows(self, template: Template) -> Iterable[tuple[str, _Row]]:
        """The rows for a template, in order, each with its id."""
        raise NotImplementedError

    def show_brief(self, *, again: bool) -> None:
        """Show the brief as it is now; `again`: the base may be another one."""
        raise NotImplementedError

    def show_count(self, count: int) -> None:
        """Say in the tab's title how many there are; nothing for none."""
        self.window_.title_tab(self, f"{self._title} {count}" if count else self._title)

    def set_aside(self) -> None:
        """Set aside what the brief has for other templates."""
        if self.template is not None:
            take_template(self.session, self.template)

    def _refresh(self, changed: frozenset[str]) -> None:
        if "template" in changed:
            self._rebuild()
        elif changed & self.shown_fields:
            self.show_brief(again=False)

    def _rebuild(self) -> None:
        template = template_of(self.session)
        if template is None or template != self.template:
            place = place_within(*self.rows.values())
            remove(self._list, *self.rows.values())
            self.template = template
            self.rows = dict(self.make_rows(template)) if template is not None else {}
            for row in self.rows.values():
                self._list.addWidget(row)
                row.show()  # before anybody can be in it
            self.show_brief(again=True)
            go_back_to(place, *self.rows.values())
            return
        self.show_brief(again=True)
