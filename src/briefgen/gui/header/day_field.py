"""A line for one day, in words or as it is stored, which says below what it has understood."""

from __future__ import annotations

from PySide6.QtCore import Signal

from briefgen.brief.spec.reader import iso_date
from briefgen.dates import date_in_words, parse_edtf
from briefgen.dates.typed import edtf_from_words
from briefgen.gui.widgets.building import label, restyle
from briefgen.gui.widgets.fields import LineField, set_state


class DayField(LineField):
    """`taken` tells each day that was typed, as `2026-11-21`; empty for none."""

    taken = Signal(str)

    def __init__(self, name: str, placeholder: str) -> None:
        super().__init__(name, placeholder)
        self.setAccessibleDescription("A day, such as 2026-11-21 or 21 November 2026.")
        self._day = ""
        self.said = label(role="hint", wrap=True)
        """Stands below the field."""
        self.said.hide()
        self.typed.connect(self._take)
        self.editingFinished.connect(self._settle)

    def show_day(self, day: str) -> None:
        """The brief's day. What is half typed stays as it is."""
        self._day = day
        try:
            shown = self._read() if self.value() else ""
        except ValueError:
            if self.hasFocus():
                return  # still typing
            shown = None
        if shown != day:
            self.show_text(day)
        self._tell(day)

    def _read(self) -> str:
        return iso_date(edtf_from_words(self.value()))

    def _take(self, text: str) -> None:
        try:
            day = self._read() if text else ""
        except ValueError as error:
            self._say(str(error), "error")
            return
        self._tell(day)
        self.taken.emit(day)

    def _settle(self) -> None:
        """Words become what is stored."""
        if self.property("state") != "wrong":
            self.show_text(self._day)

    def _tell(self, day: str) -> None:
        self._say(date_in_words(parse_edtf(day)) if day else "", "hint")

    def _say(self, text: str, role: str) -> None:
        set_state(self, "wrong" if role == "error" else "")
        restyle(self.said, "role", role)
        self.said.setText(text)
        self.said.setVisible(bool(text))
