"""A paragraph's text in pieces that no line may break, and how wide they are.

Lines may end at spaces, after hyphens and dashes, and where Unicode's line breaking (UAX 14) else
allows it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain

from briefgen.patterns import lazy_pattern
from briefgen.render.docx.cascade import RunLook
from briefgen.render.docx.paging.faces import Face, face
from briefgen.render.docx.paging.reading import (
    Anchor,
    LineEnd,
    Mark,
    Paragraph,
    Picture,
    TabCharacter,
    Words,
)

RAISED = 0.58
"""Size of what is raised or lowered, by that of the text."""
_SMALL_CAPITALS = 0.8
_MOST_WORDS = 20_000


@dataclass(slots=True)
class Piece:
    """What no line may break. `gap` is the room after it, which a line's end swallows."""

    width: float = 0.0
    gap: float = 0.0
    looks: list[RunLook] = field(default_factory=list)
    notes: list[int] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)
    texts: list[tuple[str, RunLook]] = field(default_factory=list)
    picture: int = 0
    tab: bool = False
    ends: LineEnd | None = None


def width_of(text: str, look: RunLook) -> float:
    """How wide `text` is, in twips."""
    one = face(look.family, look.bold, look.italic)
    size = look.size * 10 * (RAISED if look.raised else 1.0)
    if look.caps:
        width = one.width(text.upper())
    elif look.small_caps:
        width = sum(
            one.width(c.upper()) * (_SMALL_CAPITALS if c.upper() != c else 1.0) for c in text
        )
    else:
        width = one.width(text)
    return width * size * look.stretch / 100 + look.spacing * len(text)


def pieces_of(paragraph: Paragraph) -> list[Piece]:
    """What the paragraph says, cut where lines may end."""
    found: list[Piece] = []
    now = Piece()
    before = ""
    for item in paragraph.items:
        match item:
            case Anchor(name):
                now.anchors.append(name)
            case Words(text, look):
                head, inner, text = _inner_words(text, look)
                if inner:
                    now, _ = _add_text(head, look, found, now, before)
                    found.append(now)
                    found += inner
                    now, before = Piece(), ""
                now, before = _add_text(text, look, found, now, before)
            case Mark(id_, look, counted):
                if now.gap:
                    found.append(now)
                    now = Piece()
                if counted:  # ids are numbers, but for a separator or two
                    now.width += width_of(str(id_), look)
                now.looks.append(look)
                now.notes.append(id_)
                before = "1"
            case TabCharacter(look):
                found += (now, Piece(looks=[look], tab=True))
                now, before = Piece(), ""
            case LineEnd():
                found += (now, Piece(ends=item))
                now, before = Piece(), ""
            case Picture(width, height):
                now.width += width
                now.picture = max(now.picture, height)
    if now.looks or now.anchors or now.notes or now.picture:
        found.append(now)
    return found


def _add_text(
    text: str, look: RunLook, found: list[Piece], now: Piece, before: str
) -> tuple[Piece, str]:
    """Add text to the piece `now` that ends with `before`: what is whole goes to `found`.

    Gives back the piece that may go on, and how it ends.
    """
    for part, spaces in _parts(text):
        if part:
            if now.gap or _may_part(before, part[0]):
                found.append(now)
                now = Piece()
            now.width += width_of(part, look)
            now.looks.append(look)
            now.texts.append((part, look))
            before = part[-1]
        if spaces:
            now.gap += width_of(spaces, look)
            now.looks.append(look)
            before = ""
    return now, before


def _inner_words(text: str, look: RunLook) -> tuple[str, list[Piece], str]:
    """The first word of a text, the pieces of those that have neighbours on both sides, the last.

    No pieces where that is not so simple; `text` comes back as the last then.
    """
    if text.count(" ") < 2 or "  " in text:
        return "", [], text
    head, *inner, last = text.split(" ")
    if not last:
        last = f"{inner.pop()} "
    known = _words(look, face(look.family, look.bold, look.italic))
    if not (head and inner and known.gap):
        return "", [], text
    return f"{head} ", list(chain.from_iterable(map(known.__getitem__, inner))), last


class _Words(dict[str, tuple[Piece, ...]]):
    """Words of one look with a space on either side: nearly all. Nobody changes their pieces."""

    def __init__(self, look: RunLook) -> None:
        super().__init__()
        self._look = look
        self.gap = width_of(" ", look)

    def __missing__(self, word: str) -> tuple[Piece, ...]:
        if len(self) >= _MOST_WORDS:
            self.clear()
        found: list[Piece] = []
        last, _ = _add_text(f"{word} ", self._look, found, Piece(), "")
        made = self[word] = (*found, last)
        return made


@lru_cache(maxsize=64)
def _words(look: RunLook, one: Face) -> _Words:
    """Those of a look, set in the face that this machine has for it."""
    return _Words(look)


def _parts(text: str) -> tuple[tuple[str, str], ...]:
    """`text` in parts that no line ends within, each with the spaces after it."""
    found: list[tuple[str, str]] = []
    start = index = 0
    length = len(text)
    while index < length:
        if text[index] == " ":
            end = index
            while end < length and text[end] == " ":
                end += 1
            found.append((text[start:index], text[index:end]))
            start = index = end
            continue
        if index > start and _may_part(text[index - 1], text[index]):
            found.append((text[start:index], ""))
            start = index
        word = _WHOLE.match(text, index)
        index = word.end() if word else index + 1
    if start < length:
        found.append((text[start:], ""))
    return tuple(found)


_WHOLE = lazy_pattern("[A-Za-z0-9]+")
"""What surely no line ends within."""
_NEVER = frozenset("\u00a0\u202f\u2011\u2060\ufeff\u200d")
_AFTER = frozenset("-\u2010\u2012\u2013\u00ad\u200b/?!|")
_NOT_BEFORE = frozenset(")]}.,:;!?%\u2019\u201d\u00bb\u2026/-\u2010\u2012\u2013'\"")
_NOT_AFTER = frozenset("([{\u2018\u201c\u00ab")


def _may_part(before: str, after: str) -> bool:
    """Whether a line may end between two characters that no space parts (UAX 14, in short)."""
    if not before or before in _NEVER or after in _NEVER:
        return False
    if before == "\u200b":
        return True
    if after in _NOT_BEFORE or before in _NOT_AFTER:
        return False
    if before == "\u2014" or after == "\u2014":
        return True
    if before in _AFTER:
        return not (after.isdigit() and before in "-/")
    return _ideographic(before) or _ideographic(after)


def _ideographic(character: str) -> bool:
    code = ord(character)
    return 0x2E80 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or 0xFF00 <= code <= 0xFFEF
