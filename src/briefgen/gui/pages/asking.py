"""A line under the pages: what the brief has still to say, and the way there."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QPushButton, QWidget

from briefgen.gui.session import Session
from briefgen.gui.view_models.brief.wanted import Wanted, still_wanted, wanted_in_words
from briefgen.gui.widgets.building import button, button_text, column, label, row
from briefgen.gui.widgets.removing import remove
from briefgen.gui.widgets.template_at_hand import template_of

_MOST = 3
"""Buttons that there are at once: what comes first is said first."""


class Asking(QWidget):
    """What the template requires and the brief does not say; nothing at all when it says it."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setAccessibleName("Still to be said")
        self._session = session
        self._shown: tuple[str, tuple[Wanted, ...]] = ("", ())
        self.said = label(role="warning", wrap=True)
        self._row = row(spacing=6)
        self._row.addStretch(1)
        self.buttons: list[QPushButton] = []
        column(self.said, self._row, parent=self, margins=(14, 6, 12, 8), spacing=4)
        self.hide()
        session.brief_changed.connect(lambda changed: self.refresh())
        session.base_opened.connect(self.refresh)

    def refresh(self) -> None:
        """Look at what the brief says now."""
        template = template_of(self._session)
        wanted = still_wanted(template, self._session.spec) if template is not None else ()
        said = f"▲ {wanted_in_words(template, wanted)}" if template is not None and wanted else ""
        if (said, wanted) == self._shown:
            return
        self._shown = (said, wanted)
        self.said.setText(said)
        remove(self._row, *self.buttons)
        ask = self._session.field_asked.emit
        self.buttons = [
            button(button_text(one.do), partial(ask, one.field)) for one in wanted[:_MOST]
        ]
        for place, made in enumerate(self.buttons):
            self._row.insertWidget(place, made)
        self.setVisible(bool(wanted))
