"""References as they were worded before in this process, for styles that word each by itself.

What is kept is bounded, and found under everything that it depends on: the style, the locale, the
build of Pandoc and the source's record.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefgen.brief.model import CrossReference, Inline, Inlines
from briefgen.brief.traversal import CONTAINERS

if TYPE_CHECKING:
    from briefgen.cite.wording import WordedReference

_MOST_STYLES = 4
_MOST_REFERENCES = 4000
"""References kept for one style: about 2 kB each."""


@dataclass(frozen=True, slots=True)
class KeptReference:
    """A reference but for its number, which stands in the label between two affixes."""

    before: str
    after: str
    content: Inlines

    def label(self, number: int) -> str:
        """The label under another number."""
        return f"{self.before}{number}{self.after}"


class WordedReferences:
    """The references that one style has worded, by their sources' records.

    Nothing is known until a second brief asks: for a single one it would be work for nothing.
    """

    def __init__(self, style: bytes) -> None:
        self._style = style
        self._apart: bool | None = None
        self._first: tuple[Sequence[str], Sequence[WordedReference]] = ((), ())
        self._kept: dict[str, KeptReference] = {}

    def known(self, records: Sequence[str]) -> list[KeptReference | None]:
        """For each record its reference, where it is known."""
        if self._apart is None:
            if not self._first[0]:
                return [None] * len(records)
            from briefgen.cite.apart import words_references_apart

            self._apart = words_references_apart(self._style)
            first, self._first = self._first, ((), ())
            self.keep(*first)
        get = self._kept.get
        return [get(record) for record in records]

    def keep(self, records: Sequence[str], worded: Sequence[WordedReference]) -> None:
        """Keep references as worded; they are numbered from 1, and each is of the record there."""
        if self._apart is None:
            self._first = (records, worded)
            return
        if not self._apart:
            return
        from briefgen.cite.apart import around_number

        if len(self._kept) + len(records) > _MOST_REFERENCES:
            self._kept.clear()
        for number, (record, reference) in enumerate(zip(records, worded, strict=True), start=1):
            around = around_number(reference.label, number)
            if around is not None and not _refers(reference.content):
                self._kept[record] = KeptReference(*around, reference.content)

    def distrust(self) -> None:
        """Keep nothing of this style any more."""
        self._apart = False
        self._kept.clear()


_WORDED: dict[tuple[bytes, str, str, str], WordedReferences] = {}


def worded_references(style: bytes, kind: str, locale: str, pandoc: str) -> WordedReferences:
    """What a style has worded in this process, in a locale, by a build of Pandoc."""
    key = (style, kind, locale, pandoc)
    found = _WORDED.get(key)
    if found is None:
        if len(_WORDED) >= _MOST_STYLES:
            _WORDED.clear()
        found = _WORDED[key] = WordedReferences(style)
    return found


def _refers(inlines: Sequence[Inline]) -> bool:
    """Whether anything in a text links to another place in the document."""
    return any(
        isinstance(inline, CrossReference)
        or (isinstance(inline, CONTAINERS) and _refers(inline.content))
        for inline in inlines
    )
