"""What can be done to facts of a brief: edits that can be undone."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer

from briefgen.brief.spec.model import BriefSpec
from briefgen.gui.facts.chosen import ChosenFacts
from briefgen.gui.facts.list_view import FactView
from briefgen.gui.facts.model import FactModel
from briefgen.gui.session import Session
from briefgen.gui.view_models.brief import edits
from briefgen.gui.view_models.brief.passages import (
    join_passages,
    passages_of,
    split_passages,
)
from briefgen.gui.view_models.facts.fact_list import ListedFacts
from briefgen.gui.window import MainWindow


class FactCommands(QObject):
    """Leaves out, pins, stars, rewords and moves the chosen facts."""

    def __init__(
        self, window: MainWindow, view: FactView, model: FactModel, chosen: ChosenFacts
    ) -> None:
        super().__init__(view)
        self._window = window
        self._session: Session = window.session
        self._view = view
        self._model = model
        self._chosen = chosen
        view.tick_asked.connect(self.tick)
        view.move_asked.connect(self.move)
        model.tick_asked.connect(lambda place, on: self.tick([place]))
        model.wording_asked.connect(self._reword)

    def _edit(self, what: str, count: int, spec: BriefSpec) -> None:
        facts = "a fact" if count == 1 else f"{count} facts"
        self._session.edit(what.format(facts=facts), spec)

    def tick(self, places: Sequence[int]) -> None:
        """Leave these facts out, or take them back if all of them are out."""
        if not places:
            return
        ids, listed, spec = self._model.ids(places), self._model.listed, self._session.spec
        if any(place not in listed.left_out for place in places):
            self._edit("Leave out {facts}", len(ids), edits.leave_out(spec, ids))
            return
        picked = {id_ for id_, place in zip(ids, places, strict=True) if place not in listed.beyond}
        self._edit("Take back {facts}", len(ids), edits.take_back(spec, ids, picked))

    def tick_chosen(self) -> None:
        """Leave the chosen facts out, or take them back."""
        self.tick(self._chosen.places())

    def pin(self) -> None:
        """Keep the chosen facts whatever the scope says, or no longer."""
        ids, spec = self._chosen.ids(), self._session.spec
        if not ids:
            return
        if set(ids) <= set(spec.edits.include):
            self._edit("Unpin {facts}", len(ids), edits.unpin(spec, ids))
        else:
            self._edit("Pin {facts}", len(ids), edits.pin(spec, ids))

    def star(self) -> None:
        """Make the chosen facts key points of this brief, or no longer, those of the base, too."""
        spec = self._session.spec
        rows = [self._model.row_for(place) for place in self._chosen.places()]
        if not rows:
            return
        starred = all(row.starred for row in rows)
        touched = [row for row in rows if row.starred == starred]
        own = [row.card.id for row in touched if row.card.key]
        others = [row.card.id for row in touched if not row.card.key]
        if starred:
            spec = edits.unkey(edits.unstar(spec, others), own)
        else:
            spec = edits.star(edits.rekey(spec, own), others)
        self._edit("Unstar {facts}" if starred else "Star {facts}", len(touched), spec)

    def _reword(self, place: int, wording: str) -> None:
        card = self._model.row_for(place).card
        self._reword_as(card.id, wording, card.statement)

    def _reword_as(self, id_: str, wording: str, original: str) -> None:
        self._edit("Reword {facts}", 1, edits.reword(self._session.spec, id_, wording, original))

    def keep_what_is_typed(self, listed: ListedFacts) -> None:
        """Before rows give way to those of `listed`, keep what is being typed into one of them."""
        if self._view.editor is None or self._model.is_shown_by(listed):
            return
        typed = self._view.take_wording()
        if typed is not None:
            place, wording = typed
            card = self._model.row_for(place).card
            self.reword_soon(card.id, wording, card.statement)

    def reword_soon(self, id_: str, wording: str, original: str) -> None:
        """Give a fact other words. Not at once: this may be within an undoing, which ends first."""
        QTimer.singleShot(0, self, lambda: self._reword_as(id_, wording, original))

    def restore(self) -> None:
        """Give the chosen facts the words of the base again."""
        ids = [id_ for id_ in self._chosen.ids() if id_ in self._session.spec.edits.reword]
        if ids:
            spec = edits.restore(self._session.spec, ids)
            self._edit("Restore the words of {facts}", len(ids), spec)

    def split(self) -> None:
        """Print the chosen facts one by one, not as the sentence that says them; or so again."""
        spec = self._session.spec
        said = passages_of(spec.passages, self._session.base, self._chosen.ids())
        joined = [one.passage.id for one in said if not one.is_split]
        if joined:
            self._session.edit("Print fact by fact", split_passages(spec, joined))
        elif said:
            ids = [one.passage.id for one in said]
            self._session.edit("Print as one sentence", join_passages(spec, ids))

    def move(self, places: Sequence[int], beside: int, after: bool) -> None:
        """Put facts before or after another one, in an order by hand."""
        catalogue, sequence = self._model.catalogue, self._model.listed.sequence
        assert catalogue is not None
        spec, ids = self._session.spec, catalogue.ids
        everywhere = catalogue.places([*spec.edits.order])
        place_of = {ids[place]: place for place in sequence} | everywhere
        moved = edits.move(
            spec,
            [ids[place] for place in places],
            [ids[place] for place in sequence],
            lambda id_: place_of.get(id_, len(catalogue)),
            **{"after" if after else "before": ids[beside]},
        )
        self._edit("Move {facts}", len(places), moved)

    def unorder(self) -> None:
        """Give up the order by hand."""
        self._session.edit("Back to the order of dates", edits.unorder(self._session.spec))

    def forget_unknown(self) -> None:
        """Forget the facts that the base does not have."""
        missing = self._model.listed.missing
        spec = edits.forget(self._session.spec, missing)
        self._edit("Forget {facts} that the base does not have", len(missing), spec)
