"""Text that runs against the lines around it, and characters that steer that unseen.

Left alone, right-to-left letters pull digits and signs beside them to their side, and characters
that steer unseen turn round what follows: a date, a name, a command (Unicode Standard Annex #9).
"""

from __future__ import annotations

import re
import unicodedata

from briefgen.patterns import lazy_pattern

RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
"""The letters of scripts that run right to left, and their marks, for the class of a pattern."""
SOME_RIGHT_TO_LEFT = lazy_pattern(f"[{RIGHT_TO_LEFT}]")
RIGHT_TO_LEFT_STRETCH = lazy_pattern(
    rf"([{RIGHT_TO_LEFT}](?:[{RIGHT_TO_LEFT}\W\d]*[{RIGHT_TO_LEFT}])?)"
)
"""Right-to-left letters, and the spaces, signs and digits between them."""
_MAY_TURN = lazy_pattern(f"[{RIGHT_TO_LEFT}\u202a-\u202e\u2066-\u2069]")
_UNSEEN = lazy_pattern("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\U000e0000-\U000e007f]")
_ISOLATE, _END_OF_ISOLATE = "\u2068", "\u2069"

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


def apart(text: str) -> list[str]:
    """`text` in pieces, every second of which runs against left-to-right text, or may.

    A text with characters that steer is such a piece as a whole.
    """
    if text.isascii() or not _MAY_TURN.search(text):
        return [text]
    if _STEERING.search(text):
        return ["", text, ""]
    return RIGHT_TO_LEFT_STRETCH.split(text)


def isolated(text: str) -> str:
    """`text` as plain text in which nothing pulls what stands beside it to the other side."""
    pieces = apart(text)
    if len(pieces) == 1:
        return text
    return "".join(
        f"{_ISOLATE}{piece}{_END_OF_ISOLATE}" if place % 2 and piece else piece
        for place, piece in enumerate(pieces)
    )


def isolated_in_lines(text: str) -> str:
    """A text whose isolates were broken into lines, each of them closed in its line."""
    if _ISOLATE not in text:
        return text
    lines, is_open = [], 0
    for line in text.split("\n"):
        opened = _ISOLATE * is_open + line
        is_open = max(0, opened.count(_ISOLATE) - opened.count(_END_OF_ISOLATE))
        lines.append(opened + _END_OF_ISOLATE * is_open)
    return "\n".join(lines)


def visible(text: str) -> str:
    """`text` as a terminal may show it: what would colour, clear or turn it is written out."""
    if text.isprintable():
        return text
    shown = _UNSEEN.sub(_written_out, text)
    return _STEERING.sub(_written_out, shown) if stray_direction(shown) else shown


def for_people(text: str) -> str:
    """Words from elsewhere as a terminal or a widget may show them, beside others.

    Nothing in them can colour, clear or turn what stands around them, in any of their lines.
    """
    if text.isascii() and text.isprintable():
        return text
    return isolated_in_lines(isolated(visible(text)))


def on_a_line_of_its_own(text: str) -> str:
    """`for_people`, for a text that has a line to itself, which then runs as the text does."""
    return visible(text) if begins_right_to_left(text) else for_people(text)


def begins_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction of its own runs from the right (UAX #9, P2)."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


def _written_out(found: re.Match[str]) -> str:
    return found.group().encode("unicode_escape").decode()


def _named(character: str) -> str:
    return f"U+{ord(character):04X}"
