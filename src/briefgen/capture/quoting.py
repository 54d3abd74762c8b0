"""Passages in a saved copy: where they stand, and which of them facts quote already."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from briefgen.capture.model import Paragraph, SavedText, folded
from briefgen.patterns import lazy_pattern
from briefgen.values import valueclass

_ELLIPSIS = lazy_pattern(r"(?<!\s)\s*+(?:\[\s*+)?(?:…|\.\s?\.\s?\.)(?:\s*\])?\s*")
_SAME = str.maketrans({
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
    "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "\u00a0": " ", "\u202f": " ",
})  # fmt: skip


@valueclass(frozen=True, slots=True)
class Place:
    """A stretch of letters in the paragraphs of a copy, the last paragraph included."""

    first: int
    """The number of a paragraph in the list, from 0."""
    start: int
    last: int
    end: int


def locator(saved: SavedText, first: int, last: int) -> dict[str, str]:
    """The locator of what stands from one paragraph (from 0) to another, in CSL's terms.

    The page in what has pages, else the paragraph; nothing of what is not the document's own text.
    """
    one, other = saved.paragraphs[first], saved.paragraphs[last]
    if one.page:
        return {"page": _from_to(one.page, other.page)}
    numbers = [p.number for p in saved.paragraphs[first : last + 1] if p.number]
    return {"paragraph": _from_to(numbers[0], numbers[-1])} if numbers else {}


def _from_to(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}-{last}"


def even(text: str) -> str:
    """A text as quotations are compared: letter for letter, marks and dashes of any shape alike."""
    return text.translate(_SAME)


class Quotations:
    """Finds quotations in the paragraphs of a copy, all of which count as one text."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self._text = " ".join(even(paragraph.text) for paragraph in paragraphs)
        self._starts: list[int] = []
        at = 0
        for paragraph in paragraphs:
            self._starts.append(at)
            at += len(paragraph.text) + 1

    def find(self, quote: str) -> tuple[Place, ...]:
        """Where a quotation stands: each of its parts, `…` standing for what was left out.

        Empty where one of them is nowhere. White space and the shape of marks do not count.
        """
        found: list[Place] = []
        start = 0
        for part in _ELLIPSIS.split(even(folded(quote))):
            at = self._text.find(part, start)
            if at < 0:
                return ()
            if part:
                start = at + len(part)
                found.append(self._place(at, start))
        return tuple(found)

    def _place(self, start: int, end: int) -> Place:
        first = bisect_right(self._starts, start) - 1
        last = bisect_right(self._starts, end - 1) - 1
        return Place(first, start - self._starts[first], last, end - self._starts[last])
