"""Lists for people: aligned columns, the last one wrapped to the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from briefgen.direction import for_people
from briefgen.text_width import text_width

GAP = "  "


def columns(rows: Iterable[Sequence[str]], width: int, widest: int = 32) -> Iterator[str]:
    """Lines of a table without rules: every column as wide as its widest cell.

    A cell before the last that is wider than `widest` takes a line of its own. The last column
    is wrapped at words within `width`.
    """
    kept = [tuple(_calm(cell) for cell in row) for row in rows]
    if not kept:
        return
    sizes = [
        max((text_width(row[i]) for row in kept if text_width(row[i]) <= widest), default=0)
        for i in range(len(kept[0]) - 1)
    ]
    indent = sum(size + len(GAP) for size in sizes)
    room = max(20, width - indent)
    for row in kept:
        line = ""
        for cell, size in zip(row, sizes, strict=False):
            if text_width(cell) > size:
                yield (line + for_people(cell)).rstrip()
                line = " " * (text_width(line) + size) + GAP
            else:
                line += for_people(cell) + " " * (size - text_width(cell)) + GAP
        for part in wrap(row[-1], room) or [""]:
            yield (line + for_people(part)).rstrip()
            line = " " * indent


def wrap(text: str, width: int) -> list[str]:
    """`text` in lines of at most `width` cells, broken at spaces; no-break spaces hold."""
    lines: list[str] = []
    line, used = "", 0
    for word in text.split(" "):
        size = text_width(word)
        if line and used + 1 + size > width:
            lines.append(line)
            line, used = word, size
        else:
            line, used = (f"{line} {word}", used + 1 + size) if line else (word, size)
    return [*lines, line] if line else lines


def _calm(text: str) -> str:
    """Line breaks and tabs as spaces, so that one row stays one row."""
    return " ".join(text.split()) if any(c in text for c in "\n\r\t\v\f\u2028\u2029") else text
