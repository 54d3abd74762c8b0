"""What a text filter asks for: words and "quoted phrases", as phrases to search for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from briefgen.errors import UsageError
from briefgen.index.fold import fold_words
from briefgen.patterns import lazy_pattern

MOST_WORDS = 100
"""Most words and phrases in one filter, and most words in one phrase."""

_QUOTES = '"“”„‟«»＂'
_TERM = lazy_pattern(
    rf"""[^\w{_QUOTES}\s]*                                # brackets and dashes before it
         (?:[{_QUOTES}](?P<phrase>[^{_QUOTES}]*)(?:[{_QUOTES}](?P<star>\*)?|$)
           |(?P<word>\S+))""",
    re.VERBOSE,
)
_TRAILING = lazy_pattern(r"(?<![\W_])[\W_]*\Z")


class Phrase(NamedTuple):
    """Folded words that must stand side by side; `beginning`: the last may go on."""

    words: tuple[str, ...]
    beginning: bool = False

    @property
    def match(self) -> str:
        """This term as an FTS5 query. Every word is quoted: none can be an operator."""
        # Folded words hold no quotation mark, so there is nothing to escape.
        return f'"{" ".join(self.words)}"{" *" if self.beginning else ""}'

    def found_in(self, words: Sequence[str]) -> bool:
        """Whether this phrase stands in one field's folded words, as FTS5 would say."""
        *whole, last = self.words
        for start in range(len(words) - len(whole)):
            end = start + len(whole)
            if list(words[start:end]) == whole and (
                words[end].startswith(last) if self.beginning else words[end] == last
            ):
                return True
        return False


def parse_text_query(text: str) -> tuple[Phrase, ...]:
    """The words and phrases of a text filter; none when `text` is blank.

    A word such as `Mi-17` is the phrase of its parts. A quotation mark that is never closed
    runs to the end. Raises `UsageError` when there is text but no letter or digit in it, or
    far too much of it.
    """
    phrases: dict[Phrase, None] = {}
    for match in _TERM.finditer(text):
        quoted = match["phrase"]
        raw = match["word"] if quoted is None else quoted
        words = tuple(fold_words(raw))
        if words:
            beginning = bool(match["star"]) or "*" in _TRAILING.findall(raw)[0]
            phrases[Phrase(words, beginning)] = None
    if text.strip() and not phrases:
        raise UsageError(
            f"text: nothing to look for in {text.strip()[:60]!r}",
            hint="write words, or a phrase in quotation marks",
            about=("text", text),
        )
    if len(phrases) > MOST_WORDS or any(len(phrase.words) > MOST_WORDS for phrase in phrases):
        raise UsageError(
            f"text: more than {MOST_WORDS} words to look for",
            hint="keep the telling ones",
            about=("text", text),
        )
    return tuple(phrases)
