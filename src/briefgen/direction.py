"""Characters that steer the direction of text unseen (Unicode Standard Annex #9).

Left open, they turn round what follows, in documents and terminals: a date, a name, a command.
"""

from __future__ import annotations

from briefgen.patterns import lazy_pattern

_STEERING = lazy_pattern("[\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]")
_OPENS = {
    "\u202a": "\u202c", "\u202b": "\u202c", "\u202d": "\u202c", "\u202e": "\u202c",
    "\u2066": "\u2069", "\u2067": "\u2069", "\u2068": "\u2069",
}  # fmt: skip


def stray_direction(text: str) -> str:
    """The first character of a text that steers more than it closes, as `U+202E`; else empty.

    Embeddings, overrides and isolates that are closed in their own paragraph, one inside the other,
    are what some names and quotations need. Tag characters are never seen and say nothing.
    """
    if text.isascii() or not _STEERING.search(text):
        return ""
    for paragraph in text.splitlines():
        opened: list[str] = []
        for found in _STEERING.finditer(paragraph):
            character = found.group()
            if character in _OPENS:
                opened.append(character)
            elif not opened or _OPENS[opened.pop()] != character:
                return _named(character)
        if opened:
            return _named(opened[-1])
    return ""


def _named(character: str) -> str:
    return f"U+{ord(character):04X}"
