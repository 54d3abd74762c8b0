"""Runs to fragments to lines: greedy breaking, ragged right.

A fragment is as much text as has one face, one look and no place to break. Its width is asked of
the setter, which remembers words, so that breaking is additions and comparisons.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from briefgen.render.pdf.looks import Look
from briefgen.render.pdf.runs import Run
from briefgen.render.pdf.setter import Lacks, Part, setter, soft_hyphen
from briefgen.render.pdf.typeface import Typeface

_TOLERANCE = 0.01
_WHITE = re.compile(r"[ \t\n\r\x0b\x0c\x85\u2028\u2029]+")
_ODD_WHITE = re.compile(r"[\t\n\r\x0b\x0c\x85\u2028\u2029]|  ")


class Fragment(NamedTuple):
    """An unbreakable piece. `face` is None where the line must end."""

    text: str
    face: Typeface | None
    look: Look
    width: float
    space: float = 0.0
    """Room before it when it does not begin a line; 0 where no space stands."""
    breakable: bool = False
    """Whether a line may begin with it."""
    link: str = ""
    anchors: tuple[str, ...] = ()
    note: int = 0
    hyphen: bool = False


class Span(NamedTuple):
    """Text on a line, `x` points from the line's beginning."""

    x: float
    width: float
    text: str
    face: Typeface
    look: Look
    link: str = ""
    anchors: tuple[str, ...] = ()


class Line(NamedTuple):
    """One line of text. `notes` are the numbers of the note marks that it holds."""

    spans: tuple[Span, ...]
    width: float
    notes: tuple[int, ...] = ()


class _Words(dict[str, tuple[Fragment, ...]]):
    """Words in one look, as they are after a space, without links: nearly all of them."""

    def __init__(self, look: Look, lacks: Lacks) -> None:
        super().__init__()
        self.look = look
        self.lacks = lacks
        self.cut = setter(look.cut, look.caps)
        self.gap = look.pitch or self.cut.space * look.size / 1000 + look.tracking

    def __missing__(self, word: str) -> tuple[Fragment, ...]:
        parts = self.cut.parts(word, self.lacks)
        scale, look, gap = self.look.size / 1000, self.look, self.gap
        made = tuple(
            Fragment(
                part.text,
                part.face,
                look,
                _advance(part, look, scale),
                0.0 if number else gap,
                part.breakable or not number,
                hyphen=part.hyphen,
            )
            for number, part in enumerate(parts)
        )
        if not self.cut.lacks_for(word):
            # A word with something missing is asked for anew each time, so that it is counted.
            self[word] = made
        return made


class Measurer:
    """Runs to fragments, for one document: it knows the words that it has met."""

    def __init__(self, lacks: Lacks) -> None:
        self.lacks = lacks
        self._looks: dict[Look, _Words] = {}

    def fragments(self, runs: Sequence[Run]) -> list[Fragment]:
        """The fragments of a paragraph."""
        made: list[Fragment] = []
        space = 0.0
        anchors: tuple[str, ...] = ()
        for run in runs:
            text, look, link, own, note = run
            if own:
                anchors += own
            if text == "\n":
                made.append(Fragment("", None, look, 0.0, anchors=anchors))
                anchors, space = (), 0.0
                continue
            if not text:
                continue
            known = self._looks.get(look)
            if known is None:
                known = self._looks[look] = _Words(look, self.lacks)
            words = _WHITE.split(text) if _ODD_WHITE.search(text) else text.split(" ")
            spaced = False
            for word in words:
                if spaced:
                    space = known.gap
                spaced = True
                if not word:
                    continue
                parts = known[word]
                if space == known.gap and not link and not anchors and not note:
                    made += parts
                else:
                    first = parts[0]
                    made.append(
                        Fragment(first.text, first.face, look, first.width, space, space > 0.0,
                                 link, anchors, note, first.hyphen)
                    )  # fmt: skip
                    for part in parts[1:]:
                        made.append(part._replace(link=link) if link else part)
                    anchors, note = (), 0
                space = 0.0
        if anchors:
            look = runs[-1].look
            made.append(Fragment("", setter(look.cut).primary, look, 0.0, anchors=anchors))
        return made


def _advance(part: Part, look: Look, scale: float) -> float:
    if look.pitch:
        return look.pitch * len(part.text)
    if look.tracking:
        return part.width * scale + look.tracking * len(part.text)
    return part.width * scale


def fixed_fragments(text: str, look: Look, lacks: Lacks) -> list[Fragment]:
    """Lines of fixed-width text as they stand: spaces kept, tabs to every fourth column."""
    made: list[Fragment] = []
    cut = setter(look.cut)
    for row, line in enumerate(text.splitlines()):
        if row:
            made.append(Fragment("", None, look, 0.0))
        for word in re.findall(r" +|[^ ]+", line.expandtabs(4)):
            if word.isspace():
                made.append(Fragment(word, cut.primary, look, look.pitch * len(word)))
                continue
            made.extend(
                Fragment(
                    part.text, part.face, look, look.pitch * len(part.text), breakable=not number
                )
                for number, part in enumerate(cut.parts(word, lacks))
            )
    return made


def natural_widths(parts: Sequence[Fragment]) -> tuple[float, float]:
    """The widest piece that cannot be broken, and the longest line if none were."""
    widest = longest = piece = line = 0.0
    for part in parts:
        if part.face is None:
            piece = line = 0.0
            continue
        width = part.width
        line += part.space + width
        piece = width if part.breakable else piece + width
        if piece > widest:
            widest = piece
        if line > longest:
            longest = line
    return widest, longest


def break_lines(parts: Sequence[Fragment], width: float, first: float | None = None) -> list[Line]:
    """Lines no wider than `width` points (the first no wider than `first`). At least one line."""
    lines: list[Line] = []
    work = parts if isinstance(parts, list) else list(parts)
    limit = (width if first is None else first) + _TOLERANCE
    start = index = 0
    x = 0.0
    candidate = -1
    count = len(work)
    while index < count:
        part = work[index]
        if part.face is None:
            lines.append(_line(work, start, index, part.anchors))
            limit = width + _TOLERANCE
            start = index = index + 1
            x, candidate = 0.0, -1
            continue
        if index > start:
            left = x + part.space
            before = work[index - 1]
            if part.breakable and not (before.hyphen and x + _hyphen_width(before) > limit):
                candidate = index
        else:
            left = 0.0
        right = left + part.width
        if right > limit:
            if candidate > start:
                lines.append(_line(work, start, candidate))
                limit = width + _TOLERANCE
                start = index = candidate
                x, candidate = 0.0, -1
                continue
            if index > start and next(_units(part))[1] > limit - left:
                # Not one character fits beside what stands there, and no better place to break.
                lines.append(_line(work, start, index))
                limit = width + _TOLERANCE
                start = index
                x = 0.0
                continue
            if work is parts:
                work = list(parts)
            torn = list(_tear(part, limit - left, width))
            work[index : index + 1] = torn
            count = len(work)
            right = left + torn[0].width
        x = right
        index += 1
    if start < count or not lines:
        lines.append(_line(work, start, count))
    return lines


def _tear(part: Fragment, room: float, width: float) -> Iterator[Fragment]:
    """An over-long fragment, cut where it must be: the first piece fits `room`, the rest `width`.

    Marks stay with their letters, and a piece holds at least one, however narrow the room.
    """
    pieces: list[tuple[str, float]] = []
    text, taken = "", 0.0
    for unit, advance in _units(part):
        if text and taken + advance > room:
            cut = _last_hyphen(text)
            kept = text[cut:]
            kept_width = sum(_unit_advance(part, character) for character in kept)
            pieces.append((text[:cut], taken - kept_width))
            text, taken, room = kept, kept_width, width
        text += unit
        taken += advance
    pieces.append((text, taken))
    last = len(pieces) - 1
    for number, (text, taken) in enumerate(pieces):
        hyphen = part.hyphen and number == last
        if number == 0:
            yield part._replace(text=text, width=taken, hyphen=hyphen)
        else:
            yield Fragment(text, part.face, part.look, taken, 0.0, True, part.link, hyphen=hyphen)


def _last_hyphen(text: str) -> int:
    """The place after the last hyphen if one stands late in `text`, else the end."""
    cut = max(text.rfind(sign) for sign in "-\u2010") + 1
    return cut if cut >= len(text) / 2 else len(text)


def _unit_advance(part: Fragment, character: str) -> float:
    assert part.face is not None
    if part.look.pitch:
        return part.look.pitch
    return part.face.width(character) * part.look.size / 1000 + part.look.tracking


def _units(part: Fragment) -> Iterator[tuple[str, float]]:
    """Characters with their widths, each together with what takes no room of its own."""
    assert part.face is not None
    unit, width = "", 0.0
    for character in part.text:
        advance = _unit_advance(part, character)
        if unit and advance > 0:
            yield unit, width
            unit, width = "", 0.0
        unit += character
        width += advance
    if unit:
        yield unit, width


def _hyphen_width(part: Fragment) -> float:
    assert part.face is not None
    return part.face.width("-") * part.look.size / 1000


def _line(
    parts: Sequence[Fragment], start: int, end: int, more_anchors: tuple[str, ...] = ()
) -> Line:
    """One line of `parts[start:end]`, neighbours of the same look joined."""
    spans: list[Span] = []
    notes: list[int] = []
    text = ""
    face: Typeface | None = None
    look: Look | None = None
    link = ""
    anchors: tuple[str, ...] = ()
    begin = x = 0.0
    for index in range(start, end):
        part = parts[index]
        space = part.space if index > start else 0.0
        if part.note:
            notes.append(part.note)
        if (
            part.face is face
            and (part.look is look or part.look == look)
            and part.link == link
            and not part.anchors
        ):
            text += " " + part.text if space else part.text
        else:
            if face is not None and look is not None:
                if space:
                    text += " "
                spans.append(Span(begin, x - begin, text, face, look, link, anchors))
            text, face, look = part.text, part.face, part.look
            link, anchors = part.link, part.anchors
            begin = x + space
        x += space + part.width
    if face is not None and look is not None:
        if end > start and parts[end - 1].hyphen and end < len(parts):
            shown = soft_hyphen(face)
            text = text[:-1] + shown
            x += face.width(shown) * look.size / 1000
        elif end < len(parts) and (parts[end].space or parts[end].face is None):
            # A space that nobody sees keeps the words apart when the text is copied.
            text += " "
        spans.append(Span(begin, x - begin, text, face, look, link, anchors + more_anchors))
    elif more_anchors:
        part = parts[end]
        cut = setter(part.look.cut).primary
        spans.append(Span(0.0, 0.0, "", cut, part.look, "", more_anchors))
    return Line(tuple(spans), x, tuple(notes))
