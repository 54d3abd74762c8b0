"""Problems by the thousand: bounded where they are collected, the first of each kind where told.

A small file can have a million: an alias repeats what is wrong, and a line of four bytes is wrong
in one way. Nobody reads more than some of a kind.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from briefgen.errors import Problem
from briefgen.patterns import lazy_pattern

MOST = 100_000
"""Problems that are remembered of one file; what comes after them is counted."""
TOLD = 20
"""Of one kind in one file: so many are told."""

_VARYING = lazy_pattern(r"'[^']*'|\"[^\"]*\"|\d+")
"""What differs between two of one kind: what is quoted, and numbers."""

Told = TypeVar("Told")


class Problems(list[Problem]):
    """What was found, in order, each once; at most `MOST`, the last of which counts the others."""

    def __init__(self, found: Iterable[Problem] = ()) -> None:
        super().__init__()
        self._known: set[Hashable] = set()
        self._left_out = 0
        for problem in found:
            self.append(problem)

    def append(self, problem: Problem) -> None:
        """Add a problem, unless it is there: an alias leads to one place again and again."""
        known = (problem.origin, problem.message)
        if known in self._known:
            return
        if len(self) < MOST - 1:
            self._known.add(known)
            super().append(problem)
            return
        self._left_out += 1
        more = f"{self._left_out:,} more problems" if self._left_out > 1 else "another problem"
        first = self[MOST - 1].origin if self._left_out > 1 else problem.origin
        said, hint = f"{more} from here on", "mend the first ones first"
        self[MOST - 1 :] = [Problem(first, problem.severity, said, hint)]


def first_of_each_kind(problems: Iterable[Problem]) -> list[Problem]:
    """The first `TOLD` problems of each kind in each file; one more counts the others.

    Of one kind are those that say the same but for what is quoted, and numbers. The one that counts
    stands where the first that is left out does.
    """

    def kind(problem: Problem) -> Hashable:
        return problem.origin.path, problem.severity, _VARYING.sub("", problem.message)

    return _first([*problems], kind, lambda problem, said: replace(problem, message=said, hint=""))


def first_lines(lines: Iterable[str]) -> list[str]:
    """As `first_of_each_kind`, of lines that tell something each."""
    return _first([*lines], lambda line: _VARYING.sub("", line), lambda line, said: said)


def _first(
    found: Sequence[Told],
    kind: Callable[[Told], Hashable],
    counting: Callable[[Told, str], Told],
) -> list[Told]:
    if len(found) <= TOLD:
        return [*found]
    kinds = [kind(each) for each in found]
    numbers = Counter(kinds)
    seen: Counter[Hashable] = Counter()
    told = []
    for each, its_kind in zip(found, kinds, strict=True):
        seen[its_kind] += 1
        others = numbers[its_kind] - TOLD
        if seen[its_kind] <= TOLD or others == 1:
            told.append(each)
        elif seen[its_kind] == TOLD + 1:
            told.append(counting(each, f"and {others:,} more of this kind"))
    return told
