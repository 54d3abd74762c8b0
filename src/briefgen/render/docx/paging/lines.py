"""A paragraph's text as lines, broken and measured as word processors do it.

Lines are filled greedily; where they may end is for `pieces` to say. A line is as high as its
highest letters, and more as the paragraph asks: what lines set apart by one and a half are higher
stands above each but the first, and below the last, where another paragraph follows on the same
page.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from briefgen.render.docx.cascade import ParagraphLook, RunLook
from briefgen.render.docx.paging.faces import face
from briefgen.render.docx.paging.pieces import RAISED, Piece, pieces_of, width_of
from briefgen.render.docx.paging.reading import Paragraph

_TOLERANCE = 1.0
_MOST_PARAGRAPHS = 60_000
"""Remembered while a document is laid out."""
_KEPT_PARAGRAPHS = 4_000
"""Remembered for the next one: some megabytes."""
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


_KNOWN: dict[tuple[Paragraph, int, int], tuple[Line, ...]] = {}


def lines_of(paragraph: Paragraph, width: int, default_tab: int) -> tuple[Line, ...]:
    """The lines of a paragraph in a column of `width` twips. At least one.

    They are remembered: a document is laid out once more with its list of contents, and again for
    each trial of what would make it fit, and most paragraphs are the same each time.
    """
    key = (paragraph, width, default_tab)
    known = _KNOWN.get(key)
    if known is None:
        if len(_KNOWN) >= _MOST_PARAGRAPHS:
            _KNOWN.clear()
        known = _KNOWN[key] = _broken(paragraph, width, default_tab)
    return known


def forget_many_lines() -> None:
    """Keep no lines beyond those of documents of ordinary size: one is laid out to its end."""
    if len(_KNOWN) > _KEPT_PARAGRAPHS:
        _KNOWN.clear()


def _broken(paragraph: Paragraph, width: int, default_tab: int) -> tuple[Line, ...]:
    look = paragraph.look
    pieces = pieces_of(paragraph)
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
        taken: list[Piece] = []
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
    taken: Sequence[Piece],
    paragraph: Paragraph,
    pending: Sequence[str],
    first: bool,
    ends_page: bool,
) -> Line:
    look = paragraph.look
    looks: list[RunLook] = []
    raised: list[RunLook] = []
    last: RunLook | None = None
    above = below = 0
    notes: list[int] = []
    anchors = list(pending)
    for piece in taken:
        for each in piece.looks:
            if each is not last:  # nearly always it is
                last = each
                (raised if each.raised else looks).append(each)
        if piece.picture > above:
            above = piece.picture
        if piece.notes:
            notes += piece.notes
        if piece.anchors:
            anchors += piece.anchors
    for each in set(looks or raised or [paragraph.mark]):
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
        tuple(notes),
        tuple(anchors),
        ends_page,
        "".join([text for piece in taken for text, _ in piece.texts]),
    )


@lru_cache(maxsize=512)
def heights(look: RunLook) -> tuple[int, int]:
    """Ascent and descent of a run, in twips."""
    measures = face(look.family, look.bold, look.italic).measures
    size = look.size * 10 * (RAISED if look.raised else 1.0)
    up, down = (round(length * size * _STEPS) for length in (measures.ascent, measures.descent))
    whole = (up + down + _STEPS // 2) // _STEPS
    above = (up + _STEPS // 2) // _STEPS
    return above, whole - above


def _torn(piece: Piece, room: float) -> tuple[Piece | None, Piece]:
    """A piece wider than a line, cut where the line is full."""
    head = Piece(notes=piece.notes[:0], anchors=piece.anchors)
    tail = Piece(gap=piece.gap, notes=piece.notes)
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
