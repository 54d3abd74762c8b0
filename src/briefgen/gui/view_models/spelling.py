"""Which words of a text no dictionary knows: citations, code and addresses are no words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any, NamedTuple, Protocol

from briefgen.patterns import lazy_pattern

_NO_WORDS = lazy_pattern(
    r"\[[^\[\]\n]*@[^\[\]\n]*\]|@[\w.:/-]+|`[^`\n]*`|\]\([^()\n]*\)|\b(?:https?://|www\.)\S+|\S+@\S+"
)
"""Citations, code, targets of links, addresses."""
_WORD = lazy_pattern(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


class Dictionary(Protocol):
    """One language's words."""

    def check(self, word: str) -> bool:
        """Whether it is one of them."""

    def suggest(self, word: str) -> Sequence[str]:
        """What may have been meant, best first."""


class Unknown(NamedTuple):
    """A word that the dictionary does not know; places count characters of the text."""

    start: int
    end: int
    word: str


def unknown_words(text: str, dictionary: Dictionary, ignored: frozenset[str]) -> Iterator[Unknown]:
    """The words of a text that the dictionary does not know, in order.

    Abbreviations in capitals, and what stands beside digits, are let be.
    """
    said = _NO_WORDS.sub(lambda found: " " * len(found.group()), text)
    for found in _WORD.finditer(said):
        word = found.group()
        beside = said[max(0, found.start() - 1) : found.start()] + said[found.end() :][:1]
        if len(word) < 2 or word.isupper() or word in ignored or re.search(r"[\d_]", beside):
            continue
        if not dictionary.check(word.replace("’", "'")):
            yield Unknown(found.start(), found.end(), word)


def dictionary_for(language: str) -> tuple[Dictionary | None, str]:
    """The system's dictionary for a language (BCP 47), and why there is none; else nothing."""
    try:
        enchant: Any = import_module("enchant")
    except Exception:  # without the C library it fails in ways of its own
        return None, "Spelling is not checked: briefgen[spelling] is not installed."
    tag = language.replace("-", "_")
    if tag == "en":
        tag = "en_GB"
    try:
        for name in dict.fromkeys((tag, tag.split("_")[0])):
            if enchant.dict_exists(name):
                found: Dictionary = enchant.Dict(name)
                return found, ""
    except Exception:
        return None, "Spelling is not checked: the dictionaries cannot be read."
    return None, f"Spelling is not checked: the system has no dictionary for {language}."
