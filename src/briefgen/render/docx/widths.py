"""How wide text is, about: for columns that hold it. Word measures for itself; nothing moves."""

from __future__ import annotations

from functools import lru_cache

from briefgen.render.docx import look

_NARROW = frozenset(" .,:;'|!iljtfrI()[]-/\u00a0\u2019")
_BROAD = frozenset("mwMWQO@%—…")


@lru_cache(maxsize=16_384)
def label_width(text: str) -> int:
    """About how wide `text` is in twips, bold at body size, erring on the broad side."""
    ems = 0.0
    for character in text:
        if character in _NARROW:
            ems += 0.31
        elif character in _BROAD or ord(character) > 0x2E80:
            ems += 0.9
        elif character.isupper():
            ems += 0.64
        else:
            ems += 0.53
    return round(ems * look.BODY * 10) + 100  # half-points to twips, and the gap before the text


def longest_piece(text: str) -> str:
    """The longest piece of `text` that no line may break: words, joined by no-break spaces."""
    return max(text.split(" "), key=len)
