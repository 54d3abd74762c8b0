"""Dates in a form: typed in words, kept as EDTF, read back to the person while they type."""

from __future__ import annotations

from typing import Any

from briefgen.dates import DateError
from briefgen.dates.typed import read_typed_date
from briefgen.gui.editing.fields import FormLine, Labelled
from briefgen.gui.view_models.typed_values import date_as_typed, typed_date

KEPT = "kept as it is in the file"
"""Stands in a field whose value no one line can show."""


class DateLine(FormLine):
    """A date in a person's words. `data` is EDTF; `reading` says how it was read."""

    def __init__(self, label: str, placeholder: str = "11 June 2023, May 2011, since 2014") -> None:
        super().__init__(label, placeholder)
        self.setAccessibleDescription("A date in words, or EDTF.")

    def data(self) -> str | None:
        text = self.value()
        return typed_date(text) if text else None

    def reading(self) -> tuple[str, str]:
        """What to say of what was typed, and the role: how it reads, or what is wrong."""
        text = self.value()
        if not text:
            return "", "hint"
        try:
            read = read_typed_date(text)
        except DateError as error:
            return str(error), "error"
        if read.edtf.text == text:
            return read.words, "hint"
        same = read.words.casefold() == text.casefold()
        return f"→ {read.edtf.text}" if same else f"→ {read.edtf.text}, {read.words}", "hint"


class CslDate(DateLine):
    """A date of CSL, as EDTF. A date in CSL's own form stays as it is until another is typed."""

    def set_data(self, value: Any) -> None:
        text = date_as_typed(value)
        super().set_data(text or "")
        self.setPlaceholderText(KEPT if text is None else "11 June 2023, May 2011, about 2012")


class LabelledDate(Labelled):
    """A date with a line under it that says how it is read, while it is typed."""

    def __init__(self, text: str, field: DateLine) -> None:
        super().__init__(text, field, keeps_room=True)
        self.date = field
        field.changed.connect(self.read)
        field.setAccessibleDescription("A date in words, or EDTF; how it is read stands below.")

    def read(self) -> None:
        """Say how it reads now."""
        text, role = self.date.reading()
        self.hint("" if role == "error" else text)
        self.tell("")

    def tell(self, text: str, role: str = "error") -> None:
        # What was typed is no EDTF, but why not is told in words about what was typed.
        reading, kind = self.date.reading()
        wrong = kind == "error" and (bool(text) or not self.date.hasFocus())
        super().tell(reading if wrong else text, "error" if wrong else role)
