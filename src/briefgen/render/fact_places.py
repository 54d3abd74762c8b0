"""Where facts stand on the pages of a document that was set: for who looks at it on a screen."""

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
