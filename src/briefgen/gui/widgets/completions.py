"""What fields of one window offer from its base: opened once, forgotten when the base changes."""

from __future__ import annotations

from PySide6.QtCore import QObject

from briefgen.gui.session import Session
from briefgen.gui.view_models.brief.completing import Completer, Completion
from briefgen.gui.widgets.chips import Chip


class Completions(QObject):
    """The base's facts, sources and actors, those of the brief first."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._completer: Completer | None = None
        session.base_opened.connect(self._forget)

    @classmethod
    def of(cls, session: Session) -> Completions:
        """The one of this session."""
        return session.findChild(cls) or cls(session)

    def citable(self, typed: str) -> list[Completion]:
        """Facts and sources for `[@`."""
        return self._now.citable(typed, prefer=self._preferred())

    def facts(self, typed: str) -> list[Completion]:
        """Facts alone."""
        return self._now.facts(typed, prefer=self._preferred())

    def actors(self, typed: str) -> list[Completion]:
        """Actors by name, alias or id."""
        return self._now.actors(typed)

    def chip(self, id_: str) -> Chip:
        """A fact as a chip."""
        fact = self._session.index.facts([id_]).get(id_)
        if fact is None:
            return Chip(id_, id_, "The base has no such fact.", known=False)
        entry = self._now.fact(fact)
        return Chip(id_, fact.statement, f"{entry.told}: {fact.statement} ({id_})")

    @property
    def _now(self) -> Completer:
        if self._completer is None:
            self._completer = Completer(self._session.index)
        return self._completer

    def _preferred(self) -> tuple[str, ...]:
        preview = self._session.preview
        return tuple(preview.fact_ids) if preview is not None else ()

    def _forget(self) -> None:
        self._completer = None
