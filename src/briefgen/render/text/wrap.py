"""Lines of a given width, for terminals and mail: what takes two columns counts as two."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from briefgen.patterns import lazy_pattern
from briefgen.text_width import character_width, text_width

_BREAKS = lazy_pattern("[ \t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]+")
_FIXED_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " "})


def wrap(text: str, width: int) -> list[str]:
    """A text's lines, broken at blanks alone; runs of blanks are one.

    A no-break space holds its line together and comes out as a blank. Words that are longer than
    a line (addresses of web pages) stay whole, unless they are in a script that writes without
    blanks.
    """
    lines: list[str] = []
    line: list[str] = []
    used = 0
    for word, length in _measured(_BREAKS.split(text), width):
        if line and used + 1 + length > width:
            lines.append(" ".join(line))
            line = [word]
            used = length
        else:
            used += length + 1 if line else length
            line.append(word)
    if line:
        lines.append(" ".join(line))
    return [line if line.isascii() else line.translate(_FIXED_SPACES) for line in lines]


def one_line(text: str) -> str:
    """A text on one line, as `wrap` would print it."""
    return " ".join(word for word in _BREAKS.split(text) if word).translate(_FIXED_SPACES)


def padded(text: str, width: int, *, right: bool = False) -> str:
    """A text filled up with blanks to `width` columns."""
    gap = " " * (width - text_width(text))
    return gap + text if right else text + gap


def indented(lines: Iterable[str], first: str, rest: str) -> list[str]:
    """Lines with `first` before the first and `rest` before the others; none with only blanks."""
    return [
        f"{rest if number else first}{line}".rstrip()
        if not line
        else f"{rest if number else first}{line}"
        for number, line in enumerate(lines)
    ]


def _measured(words: Iterable[str], width: int) -> Iterator[tuple[str, int]]:
    """Words with their widths; those too long for a line are cut where their script allows."""
    for word in words:
        if word.isascii():
            if word:
                yield word, len(word)
            continue
        length = text_width(word)
        if length <= width or not any(character_width(c) == 2 for c in word):
            yield word, length
        else:
            for piece in _cut(word, width):
                yield piece, text_width(piece)


def _cut(word: str, width: int) -> Iterable[str]:
    """Cuts where a wide character stands on either side: such scripts may break anywhere."""
    piece, used, breakable = "", 0, 0
    for character in word:
        size = character_width(character)
        if piece and size and (size == 2 or character_width(piece[-1]) == 2):
            breakable = len(piece)
        if piece and used + size > width and breakable:
            yield piece[:breakable]
            piece = piece[breakable:]
            used, breakable = text_width(piece), 0
        piece += character
        used += size
    if piece:
        yield piece
