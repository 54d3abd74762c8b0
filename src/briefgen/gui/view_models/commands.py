"""Commands by name: which of them a few typed letters may mean, the likeliest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Command(NamedTuple):
    """An entry of a menu."""

    text: str
    menu: str
    """The menu that it stands in, and those around it: `File › Open recent`."""
    keys: str = ""
    tip: str = ""


def fitting(commands: Sequence[Command], typed: str) -> list[int]:
    """The numbers of the commands that fit every word typed, the likeliest first."""
    words = typed.casefold().split()
    scored = []
    for number, command in enumerate(commands):
        scores = [_score(command, word) for word in words]
        fits = [score for score in scores if score is not None]
        if len(fits) == len(words):
            scored.append((sum(fits), number))
    return [number for _, number in sorted(scored)]


def _score(command: Command, word: str) -> int | None:
    """How far from the command's name a word is; None: it does not fit."""
    text = command.text.casefold()
    if text.startswith(word):
        return 0
    if _begins_a_word(text, word):
        return 1
    if word in command.keys.casefold():
        return 2
    if word in text:
        return 3
    if _begins_a_word(command.menu.casefold(), word):
        return 4
    if _begins_a_word(command.tip.casefold(), word):
        return 5
    return 9 if len(word) > 1 and _in_order(word, text) else None


def _begins_a_word(text: str, start: str) -> bool:
    return any(word.lstrip("(“‘").startswith(start) for word in text.split())


def _in_order(letters: str, text: str) -> bool:
    """Whether the letters occur one after the other, the first of them at the start of a word:
    `exp` and `xpd` of a hasty `export pdf`.
    """
    at = -1
    for number, letter in enumerate(letters):
        at = text.find(letter, at + 1)
        while number == 0 and at > 0 and text[at - 1] != " ":
            at = text.find(letter, at + 1)
        if at < 0:
            return False
    return True
