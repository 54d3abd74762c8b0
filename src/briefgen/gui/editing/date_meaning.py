"""When a fact was said and what its date means: fields that tell what holds while empty."""

from __future__ import annotations

from typing import Any

from briefgen.dates import DateError, Edtf, date_in_plain_words, parse_edtf
from briefgen.facts.model import FACT_KINDS, Base, Citation, Fact
from briefgen.facts.timing import effective_date_is, effective_said
from briefgen.gui.editing.date_fields import DateLine
from briefgen.gui.editing.fields import FormChoice
from briefgen.gui.view_models.meanings import DATE_WORDS

_KIND_DECIDES = "As its kind has it"
_NOT_SAID = "as its source"


def typed_edtf(line: DateLine) -> Edtf | None:
    """The date that was typed; None where there is none yet."""
    try:
        return parse_edtf(line.data() or "")
    except DateError:
        return None


class DateMeaning(FormChoice):
    """What the date means, in words; nothing while the kind of fact decides."""

    def __init__(self) -> None:
        choices = [(means, words[:1].upper() + words[1:]) for means, words in DATE_WORDS.items()]
        super().__init__("What the date means", choices, 14, none=_KIND_DECIDES)

    def follow(self, base: Base, kind: str | None, date: Edtf | None, said: Edtf | None) -> None:
        """Tell what is taken for granted of a fact of this kind with this date, said then."""
        known = next((one for one in FACT_KINDS if one == kind), None)
        if known is None:
            self.setItemText(0, _KIND_DECIDES)
            return
        means = effective_date_is(Fact("", (), known, "", (), date=date, said=said), base.sources)
        self.setItemText(0, f"As for any {known}: {DATE_WORDS[means]}")


class SaidLine(DateLine):
    """When the fact was said; while it is empty, when its first source was issued."""

    def __init__(self) -> None:
        super().__init__("When it was said", _NOT_SAID)

    def follow(self, base: Base, cites: Any) -> Edtf | None:
        """When a fact with these citations was said, as far as is known."""
        first = str(cites[0].get("source") or "") if cites else ""
        issued = effective_said(Fact("", (), "event", "", (Citation(first),)), base.sources)
        told = f"{_NOT_SAID}: {date_in_plain_words(issued)}" if issued else _NOT_SAID
        self.setPlaceholderText(told)
        return typed_edtf(self) or issued
