"""What would become of each row or entry of a file that is to be imported."""

from __future__ import annotations

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
