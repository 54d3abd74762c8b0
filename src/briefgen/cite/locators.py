"""Places within sources (pages, paragraphs, tables) as Pandoc is told of them.

A locator's label is marked by a word that no language has, which the style is made to know, for
Pandoc would otherwise guess the label from the text in the document's language. It knows only
seventeen of CSL's thirty labels; those that it knows and that are not used carry the others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping

from briefgen.brief.model import CiteItem
from briefgen.cite.pandoc_document import Json, literal_words

KNOWN_LABELS = (
    "book", "chapter", "column", "figure", "folio", "issue", "line", "note", "opus", "page",
    "paragraph", "part", "section", "sub-verbo", "verse", "volume",
)  # fmt: skip
"""CSL's locator labels that Pandoc recognises in a citation."""

CARRIERS = ("opus", "sub-verbo", "folio", "verse", "column", "figure", "line", "book", "note")
"""Labels that can stand in for those that Pandoc does not know; no variable is called like them."""


def marker(label: str) -> str:
    """The word that marks a locator's label: of letters only, so that Pandoc keeps it whole."""
    return "zqlocator" + re.sub(r"[^a-z]", "q", label)


def item_affixes(
    item: CiteItem, carried: Mapping[str, str], guard: Callable[[str], str]
) -> tuple[list[Json], list[Json]]:
    """Prefix and suffix of an item as Pandoc takes them, its locator in front of the suffix.

    `carried` names the label to use for one that Pandoc does not know; `guard` hides the
    characters that Pandoc would read as its own syntax.
    """
    place = ""
    if item.locator.strip():
        label = item.label or "page"
        value = guard(item.locator.strip())
        known = carried.get(label, label)
        place = "{" + marker(known if known in KNOWN_LABELS else "page") + " " + value + "}"
    suffix = guard(item.suffix)
    if suffix and (suffix[0].isalnum() or not place):
        # Pandoc's own comma, and empty braces to say that no locator is in what follows.
        suffix = (place or "{}") + (", " if suffix[0].isalnum() else "") + suffix
    else:
        suffix = place + suffix
    return literal_words(guard(item.prefix.strip())), literal_words(suffix)


def choose_carriers(used: Iterable[Collection[str]], style: bytes) -> dict[str, str]:
    """For each label used by the citations that Pandoc does not know, an unused one that it does.

    Labels beyond the free carriers are left out: they are worded as pages then.
    """
    labels = dict.fromkeys(label for each in used for label in sorted(each))
    unknown = [label for label in labels if label not in KNOWN_LABELS]
    free = [
        name for name in CARRIERS
        if name not in labels and f'term="{name}"'.encode() not in style
    ]  # fmt: skip
    return dict(zip(unknown, free, strict=False))
