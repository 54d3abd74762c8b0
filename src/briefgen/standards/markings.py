"""Handling markings: which there are, which is higher, and which may be proposed instead."""

from __future__ import annotations

from collections.abc import Iterable

from briefgen.values import valueclass


@valueclass(frozen=True, slots=True)
class MarkingScheme:
    """The markings of a fact base. One without levels takes any words, and ranks none."""

    levels: tuple[str, ...] = ()
    """Lowest first."""
    spellings: tuple[tuple[str, str], ...] = ()
    """Other ways to write a level, and the level: `AMBER` for `TLP:AMBER`. Printed as the level."""
    prefixes: tuple[str, ...] = ("UK",)
    """What may stand before a level and changes nothing in rank: `UK OFFICIAL`. Printed."""
    handling: tuple[str, ...] = ()
    """Instructions, descriptors and caveats that the scheme names. Others may be used."""
    label: str = ""
    """Empty for a list in base.yaml."""

    def printed(self, marking: str) -> str:
        """A marking as it is printed; one that the scheme does not have as it is written."""
        return "".join(self._parts(marking))

    def _parts(self, marking: str) -> tuple[str, str]:
        """A marking's prefix, with the space behind it, and its level as printed."""
        levels = dict(self.spellings) | {level: level for level in self.levels}
        if marking not in levels:
            for prefix in self.prefixes:
                rest = marking.removeprefix(f"{prefix} ")
                if rest != marking and rest in levels:
                    return f"{prefix} ", levels[rest]
        return "", levels.get(marking, marking)

    def rank(self, marking: str) -> int | None:
        """How high a marking is: 0 for the lowest level; None for what the scheme does not have."""
        level = self._parts(marking)[1]
        return self.levels.index(level) if level in self.levels else None

    def highest(self, markings: Iterable[str]) -> str:
        """The highest of several, as printed; the first among equals. Unknown ones rank lowest."""
        found, rank = "", -2
        for marking in markings:
            own = self.rank(marking)
            if marking and (-1 if own is None else own) > rank:
                found, rank = self.printed(marking), -1 if own is None else own
        return found

    def from_level(self, marking: str) -> tuple[str, ...]:
        """The level of a marking and those above it; all for what the scheme does not have."""
        return self.levels[self.rank(marking) or 0 :]

    @property
    def writings(self) -> tuple[str, ...]:
        """Everything that may be written for a level, the levels themselves last, lowest first."""
        others = [other for other, _ in self.spellings]
        prefixed = [
            f"{prefix} {each}" for prefix in self.prefixes for each in (*others, *self.levels)
        ]
        return tuple(dict.fromkeys((*prefixed, *others, *self.levels)))


def near_marking(word: str, known: Iterable[str]) -> str:
    """`did you mean 'x'?` for a marking that is nobody's, or nothing.

    `known` are those that may be proposed, the highest last. A marking that was broken off is never
    taken for a lower one that is whole: `OFFICIAL-S` is not meant to be `OFFICIAL`.
    """
    from difflib import get_close_matches  # imported here: only faults need it

    markings = list(known)
    near = get_close_matches(word, markings, n=max(1, len(markings)), cutoff=0.6)
    if not near:
        return ""
    broken_off = len(near[0]) < len(word) and word.startswith(near[0])
    meant = max(near, key=markings.index) if broken_off else near[0]
    return f"did you mean {meant!r}?"
