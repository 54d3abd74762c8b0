"""How many columns of a terminal, or of mail in fixed pitch, a text takes."""

from __future__ import annotations

import unicodedata

_ZERO_WIDTH = ("Mn", "Me", "Cf")


def text_width(text: str) -> int:
    """The columns of a text: 2 for wide characters (UAX #11), 0 for combining ones."""
    if text.isascii():
        return len(text)
    return sum(character_width(character) for character in text)


def character_width(character: str) -> int:
    """The columns of one character: 0, 1 or 2."""
    if character < "\u0300":
        return 0 if character == "\u00ad" else 1
    if unicodedata.category(character) in _ZERO_WIDTH:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
