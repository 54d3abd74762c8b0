"""Actors, chosen one by one; where they may be named freely, names that the base does not know."""

from __future__ import annotations

from briefgen.gui.session import Session
from briefgen.gui.widgets.chips import Chip, Chips
from briefgen.gui.widgets.citing import as_suggestion
from briefgen.gui.widgets.completions import Completions
from briefgen.gui.widgets.suggesting import Suggestion, first_few


class ActorChips(Chips):
    """The ids of actors; with `free` also names as they were typed."""

    def __init__(self, session: Session, label: str, *, free: bool = False) -> None:
        self._session, self._free = session, free
        self._known = Completions.of(session)
        placeholder = "Add an actor or a name" if free else "Add an actor"
        super().__init__(self._actor, self._actors, label, placeholder)

    def _actor(self, id_: str) -> Chip:
        actor = self._session.base.actors.get(id_)
        if actor is not None:
            return Chip(id_, actor.name)
        if self._free:
            return Chip(id_, id_, "A name as it was typed: the base has no such actor.")
        return Chip(id_, id_, "The base has no such actor.", known=False)

    def _actors(self, typed: str) -> list[Suggestion]:
        found = first_few(list(map(as_suggestion, self._known.actors(typed))))
        name = " ".join(typed.split())
        if self._free and name:
            found.append(Suggestion(name, name, "as typed, without an entry in the base"))
        return found
