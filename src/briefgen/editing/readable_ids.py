"""Ids made of words and a year, the same for the same words every time."""

from __future__ import annotations

import hashlib

from briefgen.index.fold import fold_words
from briefgen.small_words import SMALL_WORDS

_MOST = 48
"""Longest id made, without its year."""


def id_of_words(text: str, year: str, what: str) -> str:
    """`trade-grew-again-2014` for "Trade grew again." of 2014.

    The words that tell most, in small letters without accents; where none can be written so, `what`
    and a few signs that are the text's own. `year` is empty, or four digits.
    """
    words = [word for word in fold_words(text) if word.isascii()]
    stem = ""
    for word in [word for word in words if word not in SMALL_WORDS]:
        longer = f"{stem}-{word}" if stem else word[:_MOST]
        if len(longer) > _MOST:
            break
        stem = longer
    if not stem:
        stem = f"{what}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"
    return f"{stem}-{year}" if year and year not in stem.split("-") else stem
