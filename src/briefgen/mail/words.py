"""The standing words of a message, by language. Only English so far, written as in Britain."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from briefgen.english import words_by_language

ENGLISH: Mapping[str, str] = MappingProxyType(
    {
        "message": "Message",
        "key_points": "Key points",
        "more_inside": "{shown} of {total} points shown; the rest in the document.",
        "attached": "Attached",
        "in_the_document": "in the document",
        "and_others": "{first} et al.",
        "two_names": "{first} and {second}",
        "shortened": "…",
        # locators in short: one place, several places
        "page": "p. {place}",
        "pages": "pp. {place}",
        "paragraph": "para. {place}",
        "paragraphs": "paras {place}",
        "chapter": "ch. {place}",
        "chapters": "chs {place}",
        "section": "sec. {place}",
        "sections": "secs {place}",
        "article": "art. {place}",
        "articles": "arts {place}",
        "volume": "vol. {place}",
        "issue": "no. {place}",
        "note": "n. {place}",
        "line": "line {place}",
        "lines": "lines {place}",
        "timestamp": "at {place}",
        "other_place": "{label} {place}",
    }
)

words_in = words_by_language(ENGLISH)
"""The standing words in a language (BCP 47). Raises `KeyError` for one without a table."""
