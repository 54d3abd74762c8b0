"""The selection as the scope's groups see it: counted, and changed one filter at a time."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from briefgen.errors import UsageError
from briefgen.gui.session import Session
from briefgen.gui.view_models import words
from briefgen.index import Index
from briefgen.index.text import parse_text_query
from briefgen.select.facets import Facets
from briefgen.select.model import Selection


class CountedSelection:
    """What is asked of the base now, and how many facts each choice would take."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._counted: Index | None = None
        self._facets: Facets | None = None

    @property
    def index(self) -> Index:
        """The open base."""
        return self.session.index

    @property
    def facets(self) -> Facets:
        """The counts of the open base."""
        if self._facets is None or self._counted is not self.session.index:
            self._counted = self.session.index
            self._facets = Facets(self._counted)
        return self._facets

    @property
    def asked(self) -> Selection:
        """The brief's selection, as the brief says it."""
        return self.session.spec.select

    @property
    def counted(self) -> Selection:
        """The selection to count with: half-typed search words that find nothing left out."""
        selection = self.asked
        try:
            parse_text_query(selection.text)
        except UsageError:
            return replace(selection, text="")
        return selection

    def choose(
        self, label: str, *, merge: str = "", however_long: bool = False, **changes: Any
    ) -> None:
        """Change filters of the selection: an edit of the brief that can be undone."""
        spec = self.session.spec
        select = replace(spec.select, **changes)
        self.session.edit(
            label, replace(spec, select=select), merge=merge, however_long=however_long
        )


def number(count: int) -> str:
    """A count as it is shown."""
    return f"{count:,}"


def of_facts(count: int, what: str = "fact") -> str:
    """`1 fact`, `23 facts`."""
    return words.counted(count, what)
