"""One end of a range of dates, as EDTF or in words."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent

from briefgen.dates import DateError, Edtf
from briefgen.dates.typed import read_typed_date
from briefgen.gui.widgets.fields import LineField


class DateField(LineField):
    """What cannot be read stays as it was typed."""

    def __init__(self, label: str, placeholder: str) -> None:
        super().__init__(label, placeholder)
        self.setAccessibleDescription(
            "An EDTF date such as 2011, 2011-05 or 2011-05-17, or words; empty: no limit."
        )
        self._text_of_brief = ""

    def show_date(self, date: Edtf | None) -> None:
        """The brief's date. What is typed stays if the brief has not got another one meanwhile."""
        text = date.text if date is not None else ""
        if text != self._text_of_brief:
            self._text_of_brief = text
            if self.date_or_fault() != date:
                self.show_text(text)

    def start_afresh(self, date: Edtf | None) -> None:
        """The brief's date, whatever was typed."""
        self._text_of_brief = date.text if date is not None else ""
        self.show_text(self._text_of_brief)

    def date_or_fault(self) -> Edtf | DateError | None:
        """What is typed, read; None when the field is empty."""
        text = self.value()
        if not text:
            return None
        try:
            return read_typed_date(text).edtf
        except DateError as error:
            return error

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.selectAll()
