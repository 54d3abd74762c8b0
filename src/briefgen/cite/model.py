"""Citations and references as a style words them."""

from __future__ import annotations

from briefgen.brief.model import CiteItem, Inlines
from briefgen.values import valueclass

WORDING_VERSION = 7
"""Raised whenever this folder words the same question differently: answers kept before are dead."""

Cluster = tuple[CiteItem, ...]
"""What one citation cites."""


@valueclass(frozen=True, slots=True)
class WordedReference:
    """One source in the list of references. `label` is its number in a numbered style."""

    source: str
    label: str
    content: Inlines


@valueclass(frozen=True, slots=True)
class Wording:
    """A sequence of citations as the style words them."""

    citations: tuple[Inlines, ...]
    """One for each cluster: what stands in the text, or in its note for a note style."""
    references: tuple[WordedReference, ...]
    """In the style's order. Empty for a style without a bibliography."""
    hanging: bool
    """Whether references hang: all lines but the first are indented."""


def reference_anchor(source: str) -> str:
    """Where citations of a source point to."""
    return f"ref-{source}"
