"""The handling marking: one of the base's, words of one's own where it lists none, or automatic."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QStackedWidget

from briefgen.gui.session import Session
from briefgen.gui.widgets.choice_box import ChoiceBox
from briefgen.gui.widgets.fields import LineField
from briefgen.gui.widgets.holding_focus import focus_within


class MarkingField(QStackedWidget):
    """A list of the base's markings, or a line where the base has none."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._found = ""
        self.list = ChoiceBox("Marking", 8)
        self.list.setAccessibleDescription(
            "Automatic is the highest marking among the brief’s facts and sources."
        )
        self.line = LineField("Marking", "None")
        self.line.setAccessibleDescription("The base lists no markings: write what you need.")
        self.addWidget(self.list)
        self.addWidget(self.line)
        self.list.activated.connect(lambda row: self._edit(self.list.itemData(row)))
        self.line.typed.connect(lambda text: self._edit(text or None, merge="marking"))
        self.line.editingFinished.connect(self._left)

    def show_marking(self) -> None:
        """Show what the brief says, in the terms of its base."""
        asked, markings = self._session.spec.marking, self._session.base.markings.levels
        if not markings or focus_within(self.line):  # who types goes on in the line
            self.line.show_text(asked or "")
            self.setCurrentWidget(self.line)
            return
        with QSignalBlocker(self.list):
            self.list.clear()
            self.list.addItem(f"Automatic: {self._found}" if self._found else "Automatic", None)
            for marking in markings:
                self.list.addItem(marking, marking)
            if asked and asked not in markings:
                known = self._session.base.markings.rank(asked) is not None
                self.list.addItem(asked if known else f"{asked} (not of this base)", asked)
            self.list.setCurrentIndex(max(0, self.list.findData(asked)) if asked else 0)
        self.list.setToolTip("" if asked else "The highest among its facts and sources")
        self.setCurrentWidget(self.list)

    def _left(self) -> None:
        if not self.line.hasFocus():
            self.show_marking()

    def show_found(self, marking: str) -> None:
        """Tell what the pages carry while the brief leaves it to them."""
        if not self._session.spec.marking and marking != self._found:
            self._found = marking
            self.show_marking()

    def _edit(self, marking: str | None, merge: str = "") -> None:
        session = self._session
        session.edit("Marking", replace(session.spec, marking=marking), merge=merge)
