"""The brief's notes, set: for the foot of each page, or all together at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from briefgen.brief import model
from briefgen.render.pdf import looks
from briefgen.render.pdf.lines import Line, break_lines
from briefgen.render.pdf.page_notes import PageNotes
from briefgen.render.pdf.runs import KEY, Run
from briefgen.render.pdf.slices import Placed, Slice, keep_ends, shift
from briefgen.render.pdf.typesetter import Typesetter

_MOST_ARROWS = 2
"""Ways back to further marks of one note, besides its number, which leads to the first."""
_COLUMN_GAP = 6.0
_ABOVE_RULE = 7.0
_BELOW_RULE = 4.0


def mark_anchor(number: int) -> str:
    """Where a note's number leads to: the first mark of the note on the same page."""
    return f"\x00mark-{number}"


def page_notes(
    notes: Sequence[model.Note], width: float, setter: Typesetter, key: model.Inlines = ()
) -> PageNotes:
    """Notes for the foot of the page. The number of each leads back to its mark.

    `key`, the key to flags, stands above them as a note without a number.
    """
    leading = setter.style.note_leading
    look = setter.small
    drop = setter.drop(look.size, leading)
    grey = replace(look, colour=looks.GREY)
    labels = [
        setter.mark(f"{note.number}.", grey, f"#{mark_anchor(note.number)}") for note in notes
    ]
    column = _column(labels)
    lines: dict[int, list[Slice]] = {}
    if key:
        broken = break_lines(setter.fragments(key, grey), width)
        lines[KEY] = [Slice(leading, [Placed(0.0, drop, line)]) for line in broken]
    for note, label in zip(notes, labels, strict=True):
        setter.lacks.place = f"note {note.number}"
        broken = break_lines(setter.fragments(note.content, look), width - column)
        slices = [Slice(leading, [Placed(column, drop, line)]) for line in broken]
        slices[0].lines.insert(0, Placed(column - _COLUMN_GAP - label.width, drop, label))
        slices[0].anchors = (note.anchor,)
        lines[note.number] = slices

    def again(number: int) -> Placed:
        if number == KEY:
            return Placed(0.0, drop, Line((), 0.0))
        with setter.repeating():
            line = setter.mark(f"({number})", grey, f"#{mark_anchor(number)}")
        return Placed(max(column - _COLUMN_GAP - line.width, 0.0), drop, line)

    gap = round(setter.style.gap * 0.35, 2)
    return PageNotes(lines, again, leading, gap, _ABOVE_RULE + _BELOW_RULE, _BELOW_RULE)


def end_notes(notes: Sequence[model.Note], width: float, setter: Typesetter) -> list[Slice]:
    """All notes, one below the other.

    The number of each leads back to its first mark, arrows behind it to further ones.
    """
    small = setter.small
    grey = replace(small, colour=looks.GREY)
    labels = [
        setter.mark(f"{note.number}.", grey, f"#{note.cited_at[0]}" if note.cited_at else "")
        for note in notes
    ]
    column = _column(labels)
    arrow = replace(small, colour=looks.ACCENT)
    drop = setter.drop(small.size)
    made: list[Slice] = []
    for note, label in zip(notes, labels, strict=True):
        setter.lacks.place = f"note {note.number}"
        runs = setter.runs(note.content, small)
        for number, anchor in enumerate(note.cited_at[1 : 1 + _MOST_ARROWS]):
            runs.append(Run("\u00a0" if runs and not number else " ", arrow))
            runs.append(Run("↑", arrow, f"#{anchor}"))
        slices = setter.stack(break_lines(setter.measured(runs), width - column), small.size)
        keep_ends(slices)
        shift(slices, column)
        slices[0].lines.insert(0, Placed(column - _COLUMN_GAP - label.width, drop, label))
        slices[0].anchors = (note.anchor,) if note.anchor else ()
        if made:
            slices[0].space = setter.style.gap * 0.3
        made += slices
    return made


def _column(labels: Sequence[Line]) -> float:
    return max((label.width for label in labels), default=0.0) + _COLUMN_GAP
