"""A paragraph's text as lines, broken and measured as word processors do it.

Lines are filled greedily and may end at spaces, after hyphens and dashes, and where Unicode's line
breaking (UAX 14) else allows it. A line is as high as its highest letters, and more as the
paragraph asks: what lines set apart by one and a half are higher stands above each but the first,
and below the last, where another paragraph follows on the same page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from briefgen.patterns import lazy_pattern
from briefgen.render.docx.cascade import ParagraphLook, RunLook
from briefgen.render.docx.paging.faces import face
from briefgen.render.docx.paging.reading import (
    Anchor,
    LineEnd,
    Mark,
    Paragraph,
    Picture,
    TabCharacter,
    Words,
)

_SMALL_CAPITALS = 0.8
_RAISED = 0.58
"""Size of what is raised or lowered, by that of the text."""
_TOLERANCE = 1.0
_STEPS = 6
"""Heights are rounded to sixths of a twip, then to twips."""


class Line(NamedTuple):
    """One line. Heights are twips."""

    height: int
    below: int
    """Room between it and what follows the paragraph, if it is the last."""
    notes: tuple[int, ...]
    anchors: tuple[str, ...]
    ends_page: bool = False
    text: str = ""


@dataclass(slots=True)
class _Piece:
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


@lru_cache(maxsize=4_000)
def lines_of(paragraph: Paragraph, width: int, default_tab: int) -> tuple[Line, ...]:
    """The lines of a paragraph in a column of `width` twips. At least one.

    A document is laid out once more with its list of contents, and again for each trial of what
    would make it fit: most paragraphs are the same each time.
    """
    look = paragraph.look
    pieces = list(_pieces(paragraph))
    lines: list[Line] = []
    first = True
    position = 0
    pending = list(paragraph.before)
    right_edge = float(width - look.right)
    while position < len(pieces) or first:
        # A bullet or number takes the room in which the first line hangs.
        hangs = first and not (look.listed and look.first < 0)
        begin = float(look.left + (look.first if hangs else 0))
        x, gap = begin, 0.0
        taken: list[_Piece] = []
        ends_page = False
        while position < len(pieces):
            piece = pieces[position]
            if piece.ends is not None:
                position += 1
                ends_page = piece.ends.page
                break
            if piece.tab:
                stop = _stop(look, x + gap, default_tab)
                if taken and stop.at > right_edge + _TOLERANCE and stop.kind == "left":
                    break
                x, gap = (float(stop.at) if stop.kind == "left" else x + gap), 0.0
                taken.append(piece)
                position += 1
                continue
            if x + gap + piece.width > right_edge + _TOLERANCE:
                if taken:
                    break
                head, tail = _torn(piece, right_edge - x)
                if head is not None:
                    pieces[position : position + 1] = [head, tail]
                    piece = head
                taken.append(piece)
                position += 1
                break
            x += gap + piece.width
            gap = piece.gap
            taken.append(piece)
            position += 1
        lines.append(_line(taken, paragraph, pending, first, ends_page))
        pending = []
        first = False
    return tuple(lines)


class _Stop(NamedTuple):
    at: int
    kind: str


def _stop(look: ParagraphLook, x: float, default_tab: int) -> _Stop:
    """The next tab stop after `x`."""
    for tab in look.tabs:
        if tab.at > x + 0.5:
            return _Stop(tab.at, "left" if tab.kind in ("left", "num", "start") else tab.kind)
    if look.first < 0 and look.left > x + 0.5:
        return _Stop(look.left, "left")
    step = max(default_tab, 1)
    return _Stop((int(x // step) + 1) * step, "left")


def _line(
    taken: Sequence[_Piece],
    paragraph: Paragraph,
    pending: Sequence[str],
    first: bool,
    ends_page: bool,
) -> Line:
    look = paragraph.look
    looks = {each for piece in taken for each in piece.looks if not each.raised}
    if not looks:
        looks = {each for piece in taken for each in piece.looks} or {paragraph.mark}
    above = max((piece.picture for piece in taken), default=0)
    below = 0
    for each in looks:
        up, down = heights(each)
        above, below = max(above, up), max(below, down)
    height, more = above + below, 0
    if look.rule == "exact":
        height = look.line
    elif look.rule == "atLeast":
        height = max(height, look.line)
    elif look.line != 240:
        spaced = height * ((look.line * 100 + 120) // 240) // 100
        more = max(spaced - height, 0)
        height = min(height, spaced) if first else spaced
    return Line(
        height,
        more,
        tuple(note for piece in taken for note in piece.notes),
        (*pending, *(anchor for piece in taken for anchor in piece.anchors)),
        ends_page,
        "".join(text for piece in taken for text, _ in piece.texts),
    )


@lru_cache(maxsize=512)
def heights(look: RunLook) -> tuple[int, int]:
    """Ascent and descent of a run, in twips."""
    measures = face(look.family, look.bold, look.italic).measures
    size = look.size * 10 * (_RAISED if look.raised else 1.0)
    up, down = (round(length * size * _STEPS) for length in (measures.ascent, measures.descent))
    whole = (up + down + _STEPS // 2) // _STEPS
    above = (up + _STEPS // 2) // _STEPS
    return above, whole - above


def width_of(text: str, look: RunLook) -> float:
    """How wide `text` is, in twips."""
    one = face(look.family, look.bold, look.italic)
    size = look.size * 10 * (_RAISED if look.raised else 1.0)
    if look.caps:
        width = one.width(text.upper())
    elif look.small_caps:
        width = sum(
            one.width(c.upper()) * (_SMALL_CAPITALS if c.upper() != c else 1.0) for c in text
        )
    else:
        width = one.width(text)
    return width * size * look.stretch / 100 + look.spacing * len(text)


# --- where lines may end -----------------------------------------------------------------------


def _pieces(paragraph: Paragraph) -> Iterator[_Piece]:
    """What the paragraph says, cut where lines may end."""
    now = _Piece()
    before = ""
    for item in paragraph.items:
        match item:
            case Anchor(name):
                now.anchors.append(name)
            case Words(text, look):
                for part, spaces in _parts(text):
                    if part:
                        if now.gap or _may_part(before, part[0]):
                            yield now
                            now = _Piece()
                        now.width += width_of(part, look)
                        now.looks.append(look)
                        now.texts.append((part, look))
                        before = part[-1]
                    if spaces:
                        now.gap += width_of(spaces, look)
                        now.looks.append(look)
                        before = ""
            case Mark(id_, look, counted):
                if now.gap:
                    yield now
                    now = _Piece()
                if counted:  # ids are numbers, but for a separator or two
                    now.width += width_of(str(id_), look)
                now.looks.append(look)
                now.notes.append(id_)
                before = "1"
            case TabCharacter(look):
                yield now
                yield _Piece(looks=[look], tab=True)
                now, before = _Piece(), ""
            case LineEnd():
                yield now
                yield _Piece(ends=item)
                now, before = _Piece(), ""
            case Picture(width, height):
                now.width += width
                now.picture = max(now.picture, height)
    if now.looks or now.anchors or now.notes or now.picture:
        yield now


@lru_cache(maxsize=20_000)
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


def _torn(piece: _Piece, room: float) -> tuple[_Piece | None, _Piece]:
    """A piece wider than a line, cut where the line is full."""
    head = _Piece(notes=piece.notes[:0], anchors=piece.anchors)
    tail = _Piece(gap=piece.gap, notes=piece.notes)
    full = False
    for text, look in piece.texts:
        for place, character in enumerate(text):
            width = width_of(character, look)
            if not full and head.width + width > room and head.texts:
                full = True
            into = tail if full else head
            into.width += width
            if into.texts and into.texts[-1][1] == look and place:
                into.texts[-1] = (into.texts[-1][0] + character, look)
            else:
                into.texts.append((character, look))
                into.looks.append(look)
    return (head, tail) if tail.texts else (None, piece)
