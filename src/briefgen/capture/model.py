"""A saved copy as it is read: paragraphs with their places, and what it says of itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import count
from typing import Any, Literal

from briefgen.patterns import UNPRINTABLE
from briefgen.values import valueclass

CopyKind = Literal["pdf", "html", "mhtml", "eml", "docx", "txt"]

MOST_BYTES = 64 * 2**20
"""Largest copy that is read."""
MOST_LETTERS = 4_000_000
"""Letters of all paragraphs: a book of two thousand pages."""
MOST_PARAGRAPHS = 100_000


@valueclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph on one line, with its number from 1 and, in a PDF, its page from 1."""

    number: int
    """0 where it is not of the document's own text: a headline, a menu, a pull quote."""
    text: str
    page: int = 0
    """0 where the copy has no pages."""


@valueclass(frozen=True, slots=True)
class SavedText:
    """What is read of a saved copy."""

    kind: CopyKind
    paragraphs: tuple[Paragraph, ...]
    csl: Mapping[str, Any]
    """What the copy says of its document in CSL's terms, without an id; `type` always."""
    pages: int = 0
    """Pages of a PDF; else 0."""

    @property
    def is_scan(self) -> bool:
        """Whether it has pages and no text on them: pictures of paper."""
        return bool(self.pages) and not self.paragraphs


def of_own_text(saved: SavedText, ranges: Sequence[range]) -> SavedText:
    """The copy, the paragraphs in `ranges` numbered anew from 1 and all others not at all.

    Without ranges, and where places are pages, as it is.
    """
    if not ranges or saved.pages:
        return saved
    numbers = count(1)
    return replace(
        saved,
        paragraphs=tuple(
            replace(one, number=next(numbers) if any(one.number in r for r in ranges) else 0)
            for one in saved.paragraphs
        ),
    )


_UNSEEN = dict.fromkeys((0xAD, 0x200B, 0xFEFF))
"""Soft hyphens, zero-width spaces and marks of encodings: no letters of a text."""


def folded(text: str) -> str:
    """A text on one line, without what cannot be seen or printed."""
    clean = UNPRINTABLE.sub(
        " ", text.replace("\u00ad", "").replace("\u200b", "").replace("\ufeff", "")
    )
    return " ".join(clean.split())


def numbered(texts: list[str]) -> tuple[Paragraph, ...]:
    """Texts as paragraphs of a copy without pages; what says nothing is no paragraph."""
    said = [text for text in map(folded, texts) if text]
    return tuple(Paragraph(number, text) for number, text in enumerate(said, 1))
