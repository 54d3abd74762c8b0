"""The list's facts by whether the pages print them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Literal

from briefgen.gui.view_models.facts.fact_list import Catalogue, ListedFacts
from briefgen.gui.view_models.pages.printed import Printed

Shown = Literal["all", "on", "off"]
"""All facts of the list, those on the pages, or those that are not on them."""


class OnPages:
    """Which facts the last pages print, and which the list shows of them.

    A fact that was shown stays so while the person works on it, though the next pages have it
    elsewhere: nothing goes from under the pointer. Another choice or scope begins anew.
    """

    def __init__(self) -> None:
        self.shown: Shown = "all"
        self._printed: frozenset[int] = frozenset()
        self._stays: frozenset[int] = frozenset()
        self._begins = True
        self._known = False
        """Whether any pages have come."""

    def take_pages(self, catalogue: Catalogue, printed: Mapping[str, Printed]) -> None:
        """Other pages have come, that print facts of this base."""
        self._known = bool(printed)
        ids = [id_ for id_, where in printed.items() if where.on_pages]
        self._printed = frozenset(catalogue.places(ids).values())
        if self._begins:
            self._stays, self._begins = frozenset(), False

    def begin_anew(self) -> None:
        """What is shown from now on has nothing to do with what was."""
        self._stays, self._begins = frozenset(), True

    def choose(self, shown: Shown) -> None:
        """Show other facts."""
        self.shown = shown
        self._stays = frozenset()

    def counts(self, listed: ListedFacts) -> dict[Shown, int]:
        """How many facts of a list there are for each choice; without pages for `all` alone."""
        count = len(listed.sequence)
        if not self._known:
            return {"all": count}
        on = len(self._on(listed))
        return {"all": count, "on": on, "off": count - on}

    def only(self, listed: ListedFacts) -> ListedFacts:
        """The list without those that are not to be shown; its `sequence` keeps all of them."""
        if self.shown == "all":
            return listed
        on = self._on(listed)
        wanted: Collection[int] = on if self.shown == "on" else set(listed.sequence) - on
        stays = self._stays = self._stays.union(wanted)
        groups = [
            replace(group, places=[place for place in group.places if place in stays])
            for group in listed.groups
        ]
        return replace(listed, groups=tuple(group for group in groups if group.places))

    def _on(self, listed: ListedFacts) -> frozenset[int]:
        return self._printed.intersection(listed.sequence) - listed.left_out
