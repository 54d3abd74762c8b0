"""What would become of each row or entry of a file that is to be imported."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple


class ImportRow(NamedTuple):
    """One of them."""

    number: int
    """What tells it from the others; they stand in its order."""
    place: str
    """Where it stands in the file: `line 12`, `row 3`."""
    text: str
    """Its title or statement, else what the file calls it."""
    state: Literal["new", "same", "fault"]
    """It is added; the base, or the file above it, has it already; it cannot be."""
    words: str
    """The id that it gets, why it is the same, or what is wrong with it."""


MAX_SINGLE_NOTES = 20
"""Of more notes of one kind than these only the number is told."""


def first_few(told: Sequence[str], rest: str) -> list[str]:
    """The first few, and how many more there are of them."""
    if len(told) <= MAX_SINGLE_NOTES:
        return list(told)
    return [*told[:MAX_SINGLE_NOTES], f"{len(told) - MAX_SINGLE_NOTES:,} more {rest}"]
