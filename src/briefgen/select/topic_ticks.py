"""Topics as boxes that are ticked: what a list of topic ids ticks, and the list after a tick.

A topic in the list takes its children along; an empty list takes everything. A fact may stand
directly under a topic that has children, so all children together are less than their parent.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

Tick = Literal["on", "part", "off"]


class TopicTree:
    """The topics of a base, each under what stands before its last dot."""

    def __init__(self, ids: Iterable[str]) -> None:
        """`ids` in the order in which they are to stand; a missing parent comes with its child."""
        self.children: dict[str, list[str]] = {"": []}
        """Ids by their parent's id, in order; under the empty id the topics without parent."""
        for id_ in ids:
            missing = []
            while id_ not in self.children:
                missing.append(id_)
                id_ = self.parent(id_)
            for each in reversed(missing):
                self.children[each] = []
                self.children[self.parent(each)].append(each)
        order = []
        to_come = self.children[""][::-1]
        while to_come:
            order.append(to_come.pop())
            to_come += reversed(self.children[order[-1]])
        self.order = tuple(order)
        """All ids, each before its children."""

    @staticmethod
    def parent(id_: str) -> str:
        """The id of the topic that this one is part of; empty for none."""
        return id_.rpartition(".")[0]

    def __contains__(self, id_: str) -> bool:
        return id_ != "" and id_ in self.children

    def unknown(self, chosen: Sequence[str]) -> tuple[str, ...]:
        """Those of the chosen ids that are no topic here."""
        return tuple(id_ for id_ in chosen if id_ not in self)

    def ticks(self, chosen: Sequence[str]) -> dict[str, Tick]:
        """How the box of each topic stands when `chosen` are the topics of a selection."""
        whole = set(chosen)
        ticks: dict[str, Tick] = {}
        for id_ in self.order:
            taken = id_ in whole or ticks.get(self.parent(id_), "off") == "on"
            ticks[id_] = "on" if taken or not chosen else "off"
        for id_ in reversed(self.order):
            if ticks[id_] != "off" and ticks.get(self.parent(id_)) == "off":
                ticks[self.parent(id_)] = "part"
        return ticks

    def tick(self, chosen: Sequence[str], id_: str) -> tuple[str, ...]:
        """The shortest list that takes `id_`, its children and all that `chosen` takes."""
        if not chosen:
            return ()
        whole = self._without(set(chosen), id_) | {id_}
        above = self.parent(id_)
        while all(child in whole for child in self.children[above]):
            whole.difference_update(self.children[above])
            if not above:
                return ()
            whole.add(above)
            above = self.parent(above)
        return self._listed(whole, chosen)

    def untick(self, chosen: Sequence[str], id_: str) -> tuple[str, ...] | None:
        """The shortest list that takes what `chosen` takes but `id_` and its children.

        None where nothing would be left. Facts directly under a parent of `id_` go with it: a
        list cannot take them without its children.
        """
        whole = set(chosen) or set(self.children[""])
        way = [id_]  # from it up to the highest topic that takes it along
        above, held = self.parent(id_), 1 if id_ in whole else 0
        while above:
            way.append(above)
            if above in whole:
                held = len(way)
            above = self.parent(above)
        for topic in way[1:held]:  # what took it along gives way to all beside it
            whole.discard(topic)
            whole.update(self.children[topic])
        for topic in way[1:held]:
            whole.discard(topic)
        left = self._without(whole, id_)
        return self._listed(left, chosen) if left else None

    def toggle(self, chosen: Sequence[str], id_: str) -> tuple[str, ...] | None:
        """The list after a click on the box of `id_`; None where nothing would be left."""
        if id_ not in self:  # it can only go; what the base does not know finds nothing
            return tuple(each for each in chosen if each != id_)
        on = self.ticks(chosen)[id_] == "on"
        return self.untick(chosen, id_) if on else self.tick(chosen, id_)

    def _without(self, whole: set[str], id_: str) -> set[str]:
        return {each for each in whole if each != id_ and not each.startswith(f"{id_}.")}

    def _listed(self, whole: set[str], chosen: Sequence[str]) -> tuple[str, ...]:
        return tuple(id_ for id_ in self.order if id_ in whole) + self.unknown(chosen)
