"""Blocks as slices: lines and rows with the room between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from briefgen.render.docx.cascade import ParagraphLook
from briefgen.render.docx.paging.lines import Line, lines_of
from briefgen.render.docx.paging.pages import Slice
from briefgen.render.docx.paging.reading import Block, Paragraph, Row, Table


class Habits(NamedTuple):
    """What a document's settings say of all its paragraphs."""

    default_tab: int = 720
    adds_spaces: bool = False
    """Whether the room below a paragraph and that above the next are added; else the larger
    counts."""


def slices_of(
    blocks: Iterable[Block],
    width: int,
    habits: Habits,
) -> list[Slice]:
    """The slices of a body in a column of `width` twips."""
    made: list[Slice] = []
    blocks = list(blocks)
    before: ParagraphLook | None = None
    owed = below = 0
    """Room below the block before: what it asks for, and what its last line has."""
    for place, block in enumerate(blocks):
        if isinstance(block, Table):
            rows = _rows(block, width, habits)
            if rows and made:
                rows[0].space = owed + below
            made += rows
            before, owed, below = None, 0, 0
            continue
        following = blocks[place + 1] if place + 1 < len(blocks) else None
        after = following.look if isinstance(following, Paragraph) else None
        lines = lines_of(block, width, habits.default_tab)
        slices = [_slice(line) for line in lines]
        look = block.look
        _keep(slices, look)
        _part(slices, lines)
        above = _between(before, look, owed, habits) + below
        joined = _joined(before, look)
        if look.top is not None and not joined:
            above += look.top.room
        slices[0].space = above if made else _top(look)
        slices[0].new_page = slices[0].new_page or look.page_break
        slices[0].top_space = _top(look)
        if look.bottom is not None and not _joined(look, after):
            slices[-1].height += look.bottom.room
        slices[-1].below = lines[-1].below
        made += slices
        before, owed, below = look, look.after, lines[-1].below
    return made


def _top(look: ParagraphLook) -> int:
    return look.before + (look.top.room if look.top is not None else 0)


def _slice(line: Line) -> Slice:
    return Slice(line.height, notes=line.notes, anchors=line.anchors, text=line.text)


def _keep(slices: Sequence[Slice], look: ParagraphLook) -> None:
    count = len(slices)
    if look.keep_lines:
        for each in slices[:-1]:
            each.glued = True
    elif look.widows and count > 1:
        slices[0].glued = slices[count - 2].glued = True
    if look.keep_next:
        slices[-1].glued = True


def _part(slices: Sequence[Slice], lines: Sequence[Line]) -> None:
    """Pages that end within a paragraph."""
    for number, line in enumerate(lines[:-1]):
        if line.ends_page:
            slices[number].glued = False
            slices[number + 1].new_page = True


def _between(before: ParagraphLook | None, look: ParagraphLook, owed: int, habits: Habits) -> int:
    above = look.before
    if before is not None and before.style == look.style:
        owed = 0 if before.contextual else owed
        above = 0 if look.contextual else above
    return owed + above if habits.adds_spaces else max(owed, above)


def _joined(one: ParagraphLook | None, other: ParagraphLook | None) -> bool:
    """Whether the frames of two neighbours are drawn as one."""
    if one is None or other is None or one.top is None or other.top is None:
        return False
    if one.bottom is None or other.bottom is None:
        return False
    same = one.top.said == other.top.said and one.bottom.said == other.bottom.said
    return same and one.sides == other.sides


def height_of(blocks: Iterable[Block], width: int, habits: Habits) -> int:
    """The height of blocks that stand together, the room below the last included: a header's."""
    blocks = list(blocks)
    return _stacked(blocks, slices_of(blocks, width, habits))


def _stacked(blocks: Sequence[Block], slices: Sequence[Slice]) -> int:
    """The height of `slices`, those of `blocks`, as `height_of` has it."""
    if not blocks or not slices:
        return 0
    last = blocks[-1]
    below = last.look.after if isinstance(last, Paragraph) else 0
    return sum(each.height + each.space for each in slices) + below + slices[-1].below


# --- tables ------------------------------------------------------------------------------------


def _rows(
    table: Table,
    width: int,
    habits: Habits,
) -> list[Slice]:
    made = [_row(row, habits) for row in table.rows]
    if not made:
        return []
    made[0].height += table.top
    made[-1].height += table.bottom
    header = 0
    for each, row in zip(made, table.rows, strict=True):
        if not row.header:
            break
        each.height += table.rule
        header += each.height
    for number, (each, row) in enumerate(zip(made, table.rows, strict=True)):
        each.glued = row.keep_next
        each.header = 0 if row.header or not number else header
    return made


def _row(row: Row, habits: Habits) -> Slice:
    height = 0
    notes: list[int] = []
    anchors: list[str] = []
    for cell in row.cells:
        slices = slices_of(cell.paragraphs, cell.width, habits)
        height = max(height, cell.above + _stacked(cell.paragraphs, slices) + cell.below)
        notes += [note for each in slices for note in each.notes]
        anchors += [anchor for each in slices for anchor in each.anchors]
    return Slice(height, notes=tuple(notes), anchors=tuple(anchors))
