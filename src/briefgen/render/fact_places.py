"""Where facts and blocks stand on the pages of a document, for who looks at it on a screen."""

from __future__ import annotations

from briefgen.values import valueclass


@valueclass(frozen=True, slots=True)
class FactPlace:
    """Where a part of a fact's sentence stands on a page. A sentence has one for each line.

    In points from the page's lower left corner, as ISO 32000 reckons.
    """

    fact: str
    page: int
    """From 0."""
    left: float
    bottom: float
    right: float
    top: float
    sentence: int = 0
    """Tells the sentences of a document from one another: all lines of one have the same."""
    others: tuple[str, ...] = ()
    """Further facts that the sentence rests on."""
    passage: str = ""
    """The passage that the sentence is a clause of."""


@valueclass(frozen=True, slots=True)
class BlockPlace:
    """Where a block of a section, or an item of a list, stands on a page: a box around its lines.

    Lengths are as in `FactPlace`.
    """

    section: str
    """The section's id."""
    block: int
    """Among the section's blocks, from 0."""
    item: int
    """Among the items of a list, from 0; 0 in other blocks."""
    page: int
    left: float
    bottom: float
    right: float
    top: float
