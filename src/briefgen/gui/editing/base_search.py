"""What typing in the forms finds in the base: sources, actors, facts; in two lines each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from briefgen.facts.model import Base
from briefgen.gui.session import Session
from briefgen.gui.view_models.brief.completing import Completer
from briefgen.gui.view_models.meanings import RELIABILITY_WORDS
from briefgen.gui.widgets.chips import Chip
from briefgen.gui.widgets.citing import as_suggestion
from briefgen.gui.widgets.suggesting import Suggestion, first_few
from briefgen.index import Index
from briefgen.index.fold import fold_words

NEW = ("new",)
"""The value of the entry that leads to the form of a new one."""


class BaseSearch:
    """Searches one opened base for one form."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.new_sources: dict[str, Mapping[str, Any]] = {}
        """Sources that the form will add, by id."""
        self._completer: Completer | None = None
        self._searched: Index | None = None

    @property
    def index(self) -> Index:
        """The base as it is open now: it may be read anew while a form is open."""
        return self.session.index

    @property
    def base(self) -> Base:
        """The same, without its facts."""
        return self.session.base

    @property
    def completer(self) -> Completer:
        """What searches it."""
        if self._completer is None or self._searched is not self.index:
            self._searched = self.index
            self._completer = Completer(self.index, "en")
        return self._completer

    def sources(self, text: str) -> list[Suggestion]:
        """Sources by title, author, year and id; last the way to a new one."""
        words = fold_words(text)
        found = [
            Suggestion(id_, str(entry.get("title", id_)), f"new · {id_}")
            for id_, entry in self.new_sources.items()
            if all(word in fold_words(f"{entry.get('title', '')} {id_}") for word in words)
        ]
        found += map(as_suggestion, self.completer.sources(text))
        told = f"“{text}”" if text else "not in this base yet"
        return [*first_few(found), Suggestion(NEW, "New source…", told)]

    def source_words(self, id_: str) -> tuple[str, str]:
        """A source's title, and who, when and how reliable it is."""
        new = self.new_sources.get(id_)
        if new is not None:
            return str(new.get("title", id_)), "new: written together with the fact"
        source = self.base.sources.get(id_)
        if source is None:
            return id_, "the base has no such source" if id_ else ""
        one = next((one for one in self.completer.sources(id_) if one.id == id_), None)
        grade = source.reliability
        graded = f"{grade}, {RELIABILITY_WORDS[grade]}" if grade else "not graded"
        return source.title, " · ".join(filter(None, (one.told if one else "", graded, id_)))

    def actors(self, text: str) -> list[Suggestion]:
        """Actors by name and alias."""
        return [as_suggestion(one) for one in self.completer.actors(text)]

    def actor_chip(self, id_: str) -> Chip:
        """An actor's chip."""
        actor = self.base.actors.get(id_)
        if actor is None:
            return Chip(id_, id_, "The base has no such actor", known=False)
        return Chip(id_, actor.name, ", ".join(actor.aliases))

    def source_chip(self, id_: str) -> Chip:
        """A source's chip."""
        title, told = self.source_words(id_)
        return Chip(id_, title, told, known=id_ in self.base.sources)

    def facts(self, besides: Callable[[], str]) -> Callable[[str], Sequence[Suggestion]]:
        """Facts by id, words and date, but not the one in hand."""

        def search(text: str) -> list[Suggestion]:
            if len(text) < 2:
                return []
            found = self.completer.facts(text)
            return first_few([as_suggestion(one) for one in found if one.id != besides()])

        return search

    def fact_chip(self, id_: str) -> Chip:
        """A fact's chip: its statement."""
        fact = self.index.facts([id_]).get(id_)
        if fact is None:
            return Chip(id_, id_, "The base has no such fact, or it is faulty", known=False)
        return Chip(id_, fact.statement, f"{fact.statement} ({id_})")
