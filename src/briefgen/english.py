"""British and American English: which of the two a language tag means, and our own words in it.

For what briefgen itself says in a document. What people wrote, facts, titles and quotations, is
never put through any of this.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Literal

from briefgen.patterns import lazy_pattern

Variety = Literal["en-GB", "en-US"]

_QUOTED = lazy_pattern(r"‘([^‘’]*(?:’\b[^‘’]*)*)’([.,]?)")
_SPELLINGS = {
    "per cent": "percent",
    "judgement": "judgment",
    "programme": "program",
    "organisation": "organization",
    "defence": "defense",
    "centre": "center",
    "labelled": "labeled",
    "cancelled": "canceled",
    "acknowledgement": "acknowledgment",
}
"""British to American: what our own words hold or may come to hold, in lower case."""
_BRITISH = lazy_pattern(rf"\b(?:{'|'.join(_SPELLINGS)})", re.IGNORECASE)


def variety(language: str) -> Variety | None:
    """The variety of English that a BCP 47 tag means; None for another language.

    American for the region US. Everything else is British: `en` alone, and regions whose
    conventions are nearer to Britain's.
    """
    first, *others = language.lower().replace("_", "-").split("-")
    if first != "en":
        return None
    return "en-US" if "us" in others else "en-GB"


def american(text: str) -> str:
    """A text of ours in American spelling; what it quotes in double marks, full stops inside.

    For the standing words of briefgen alone.
    """

    def spelt(match: re.Match[str]) -> str:
        found = match.group()
        word = _SPELLINGS[found.lower()]
        return word[0].upper() + word[1:] if found[0].isupper() else word

    return _QUOTED.sub(r"“\1\2”", _BRITISH.sub(spelt, text))


def words_by_language(british: Mapping[str, str]) -> Callable[[str], Mapping[str, str]]:
    """What gives a table of our words in a language (BCP 47), made from the British one.

    British or American for every `en` tag; it raises `KeyError` for another language.
    """

    @cache
    def spelt_as_in_america() -> Mapping[str, str]:
        return MappingProxyType({key: american(text) for key, text in british.items()})

    def words_in(language: str) -> Mapping[str, str]:
        found = variety(language)
        if found is None:
            raise KeyError(language)
        return british if found == "en-GB" else spelt_as_in_america()

    return words_in
