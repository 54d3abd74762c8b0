"""Which facts a command is about."""

from __future__ import annotations

from briefgen.gui.facts.list_view import FactView
from briefgen.gui.facts.model import FactModel


class ChosenFacts:
    """The fact in hand, which the details show, and those that are selected in the list."""

    def __init__(self, view: FactView, model: FactModel) -> None:
        self._view = view
        self._model = model
        self.in_hand: str | None = None
        """The id of the fact in hand, be it listed or not."""

    def ids(self) -> list[str]:
        """The selected facts as they are listed; else the one in hand, if any."""
        places = self._view.chosen_places()
        if places:
            return self._model.ids(places)
        return [self.in_hand] if self.in_hand is not None else []

    def places(self) -> list[int]:
        """The places of `ids`, as far as they are listed."""
        places = self._view.chosen_places()
        if not places and self.in_hand is not None:
            place = self._model.place_of(self.in_hand)
            if place is not None and self._model.row_of(place) is not None:
                places = [place]
        return places
