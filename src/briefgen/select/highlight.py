"""Where in a text the words stand that were searched for, to be lit up there."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from briefgen.index.fold import fold_words
from briefgen.index.text import Phrase


def found_places(text: str, phrases: Sequence[Phrase]) -> list[tuple[int, int]]:
    """Where any of `phrases` stands in `text`: (start, end) in characters, sorted, not touching.

    Words compare as a search compares them: `Lodz` is found in `Łódź`. Of a word that was
    searched by its beginning, the whole word is told.
    """
    if not phrases:
        return []
    words: list[str] = []
    places: list[tuple[int, int]] = []
    for start, end in _word_places(text):
        for word in fold_words(text[start:end]):
            words.append(word)
            places.append((start, end))
    found = sorted(
        (places[first][0], places[first + len(phrase.words) - 1][1])
        for phrase in phrases
        for first in range(len(words) - len(phrase.words) + 1)
        if phrase.found_in(words[first : first + len(phrase.words)])
    )
    joined: list[tuple[int, int]] = []
    for start, end in found:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _word_places(text: str) -> list[tuple[int, int]]:
    """Where the words of `text` stand, those of scripts without blanks character by character."""
    places: list[tuple[int, int]] = []
    start = None
    for place, character in enumerate(text):
        parts = _parts(character)
        if parts == 1:
            if start is None:
                start = place
            continue
        if start is not None:
            places.append((start, place))
            start = None
        if parts > 2:
            places.append((place, place + 1))
    if start is not None:
        places.append((start, len(text)))
    return places


@lru_cache(maxsize=4096)
def _parts(character: str) -> int:
    """1: part of a word; 2: between words; 3: a word by itself."""
    words = fold_words(f"a{character}a")
    if words == ["a", "a"]:
        return 2
    return 3 if len(words) > 2 else 1  # a fraction such as ¼ is part of the words that it makes
