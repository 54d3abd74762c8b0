"""The model's blocks as slices: paragraphs, lists, entries, quotations, and what others set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

from briefgen.brief import model
from briefgen.render._reading import announces
from briefgen.render.label_columns import label_columns
from briefgen.render.pdf import looks
from briefgen.render.pdf.lines import Fragment, Line, break_lines, fixed_fragments, natural_widths
from briefgen.render.pdf.notes import end_notes
from briefgen.render.pdf.references import ReferenceSetter
from briefgen.render.pdf.runs import plain
from briefgen.render.pdf.slices import (
    Group,
    HeadingMark,
    Placed,
    Slice,
    Stroke,
    enclose,
    glue,
    shift,
)
from briefgen.render.pdf.tables import table_slices
from briefgen.render.pdf.typesetter import Typesetter

_NARROWEST = 48.0
"""Nested blocks get no narrower than this."""
_LABEL_WIDEST = 44 * looks.MILLIMETRE
_LABEL_NARROWEST = 16 * looks.MILLIMETRE
_LABEL_GAP = 12.0
_BULLET_INDENT = 12.0
_QUOTE_INDENT = 12.0
_LABEL_LINES_AT_ONCE = 4


class BlockSetter:
    """Sets the blocks of one brief in columns of any width."""

    def __init__(self, brief: model.Brief, setter: Typesetter, page_height: float) -> None:
        self.setter = setter
        self.style = setter.style
        self.references = ReferenceSetter(setter)
        self.notes_set = False
        """Whether all notes stand in a block."""
        self._unnamed = 0
        self._brief = brief
        self.half_page = page_height / 2
        with setter.repeating():
            self._labels = label_columns(brief, lambda block: _labels_need(self._set_labels(block)))

    def blocks(self, blocks: model.Blocks, width: float) -> list[Slice]:
        """Blocks one below the other. The first slice has no space above it."""
        width = max(width, _NARROWEST)
        made: list[Slice] = []
        after, below_heading = 0.0, False
        announced = False
        for number, block in enumerate(blocks):
            slices = self.block(block, width)
            if not slices:
                continue
            for each in slices:  # whoever encloses these blocks says it anew
                each.block = number
            above, below = self._room(block)
            if made:
                # What follows a heading stands close to it, whatever it is.
                slices[0].space = after if below_heading else max(above, after)
                if announced or (isinstance(block, model.Paragraph) and block.role == "small"):
                    # An aside ("5 more facts ...") means nothing away from what it follows.
                    made[-1].glued = True
            announced = announces(block)
            after, below_heading = below, isinstance(block, model.Heading)
            made.extend(slices)
        return made

    def _room(self, block: model.Block) -> tuple[float, float]:
        """The least room above and below a block."""
        gap = self.style.gap
        match block:
            case model.Heading(level):
                return (gap * 2.4, gap * 0.4) if level <= 1 else (gap * 1.9, gap * 0.3)
            case model.ListBlock():
                return gap * 0.7, gap
            case model.Table():
                return gap * 0.8, gap * 2.0
            case model.Rule():
                return gap * 1.4, gap * 1.4
            case model.Quote() | model.Preformatted():
                return gap * 1.2, gap * 1.2
            case _:
                return gap, gap

    def block(self, block: model.Block, width: float) -> list[Slice]:
        """One block's slices."""
        match block:
            case model.Paragraph():
                return self._paragraph(block, width)
            case model.Heading(level, content, anchor):
                colour = looks.ACCENT if level <= 2 else looks.INK
                return self.heading(content, level, anchor, width, colour)
            case model.ListBlock():
                return self._list(block, width)
            case model.Entries():
                return self._entries(block, width)
            case model.Table():
                return table_slices(block, width, self.setter, self.half_page)
            case model.Quote(blocks):
                return self._quote(blocks, width)
            case model.Preformatted(text):
                return self._preformatted(text, width)
            case model.Rule():
                stroke = Stroke(width / 3, width / 3, 0.5, 0.6, looks.HAIRLINE)
                return [Slice(1.0, strokes=(stroke,))]
            case model.References():
                return self.references.references(block, width)
            case model.Notes():
                return self._end_notes(width)
            case _:
                assert_never(block)

    def _end_notes(self, width: float) -> list[Slice]:
        if self._brief.notes_at == "foot":
            return []
        self.notes_set = True
        return end_notes(self._brief.notes, width, self.setter)

    def heading(
        self, content: model.Inlines, level: int, anchor: str, width: float, colour: looks.Colour,
        size_level: int | None = None,
    ) -> list[Slice]:  # fmt: skip
        """A heading, glued to what follows. `size_level` is the level that it looks like."""
        look = self.setter.heading_look(size_level or level, colour)
        slices = self.setter.paragraph(content, look, width)
        for each in slices:
            each.glued = True
        named = bool(anchor)
        if not named:
            self._unnamed += 1
            anchor = f"\x00heading-{self._unnamed}"
        slices[0].heading = HeadingMark(level, plain(content), anchor, named)
        slices[0].anchors = (anchor,)
        return slices

    def _paragraph(self, paragraph: model.Paragraph, width: float) -> list[Slice]:
        body = self.setter.body
        match paragraph.role:
            case "body":
                look = body
            case "lead":
                look = self.setter.strong(body)
            case "small":
                look = replace(self.setter.small, colour=looks.GREY)
            case "empty":
                look = replace(body, cut="italic", colour=looks.GREY)
        return self.setter.paragraph(paragraph.content, look, width)

    # --- lists -------------------------------------------------------------------------------

    def _list(self, block: model.ListBlock, width: float) -> list[Slice]:
        body = replace(self.setter.body, colour=looks.ACCENT)
        if block.ordered:
            numbers = range(block.start, block.start + len(block.items))
            marks = [self.setter.mark(f"{number}.", body) for number in numbers]
            indent = max([_BULLET_INDENT, *(mark.width + 5 for mark in marks)])
        else:
            bullet = self.setter.mark("•", body)
            marks = [bullet] * len(block.items)
            indent = _BULLET_INDENT
        gap = self.style.gap * (0.5 if all(len(item) < 2 for item in block.items) else 1.0)
        made: list[Slice] = []
        for number, (mark, item) in enumerate(zip(marks, block.items, strict=True)):
            slices = self.blocks(item, width - indent)
            x = indent - mark.width - 5 if block.ordered else 0.0
            slices = self._beside(mark, x, slices, indent)
            if made:
                slices[0].space = gap
            for each in slices:
                each.item = number
            made.extend(slices)
        return made

    def _beside(self, mark: Line, x: float, slices: list[Slice], indent: float) -> list[Slice]:
        """A mark on the first line of slices that stand indented beside it."""
        if not slices:
            slices = [Slice(self.style.leading)]
        drop = self._first_baseline(slices[0])
        shift(slices, indent)
        slices[0].lines.insert(0, Placed(x, drop, mark))
        return slices

    def _first_baseline(self, first: Slice) -> float:
        return first.lines[0].drop if first.lines else self.setter.drop(self.style.body)

    # --- entries -----------------------------------------------------------------------------

    def _entries(self, block: model.Entries, width: float) -> list[Slice]:
        labels = self._set_labels(block)
        shared = self._labels.get(id(block)) or _labels_need(labels)
        # Where a box is narrow, the text must not starve.
        column = max(min(shared, width * 0.4), _LABEL_NARROWEST) + _LABEL_GAP
        made: list[Slice] = []
        for entry, label in zip(block.entries, labels, strict=True):
            slices = self.blocks(entry.blocks, width - column)
            slices = self._with_label(break_lines(label, column - _LABEL_GAP), slices, column)
            if made:
                slices[0].space = self.style.gap * 0.75
                if entry is block.entries[-1]:
                    made[-1].glued = True  # it never stands alone at the head of a page
            made.extend(slices)
        return made

    def _set_labels(self, block: model.Entries) -> list[list[Fragment]]:
        look = replace(self.setter.strong(self.setter.body), colour=looks.GREY)
        return [self.setter.fragments(entry.label, look) for entry in block.entries]

    def _with_label(self, lines: list[Line], slices: list[Slice], column: float) -> list[Slice]:
        leading = self.style.leading
        if not slices:
            slices = [Slice(leading)]
        baseline = self._first_baseline(slices[0])
        shift(slices, column)
        slices[0].lines[0:0] = [
            Placed(0.0, baseline + number * leading, line)
            for number, line in enumerate(lines[:_LABEL_LINES_AT_ONCE])
        ]
        # What the label covers stays together; what it is longer by makes the entry longer.
        need = len(lines[:_LABEL_LINES_AT_ONCE]) * leading - self.style.leading / 2
        covered = slices[0].height
        for number in range(1, len(slices)):
            if covered >= need:
                break
            slices[number - 1].glued = True
            covered += slices[number].space + slices[number].height
        room = len(lines[:_LABEL_LINES_AT_ONCE]) * leading
        if covered < need:
            slices[-1].height += room - covered
        # A label of many lines goes on beside whatever lines there are.
        position = 0
        top = 0.0
        for line in lines[_LABEL_LINES_AT_ONCE:]:
            while position < len(slices) and top + slices[position].height <= room:
                top += slices[position].height
                position += 1
                if position < len(slices):
                    top += slices[position].space
            if position >= len(slices):
                slices.append(Slice(leading))
                top = room
            slices[position].lines.append(Placed(0.0, max(room - top, 0.0) + baseline, line))
            bottom = max(room - top, 0.0) + leading
            slices[position].height = max(slices[position].height, bottom)
            room += leading
        return slices

    # --- the author's own text ---------------------------------------------------------------

    def _quote(self, blocks: model.Blocks, width: float) -> list[Slice]:
        slices = self.blocks(blocks, width - _QUOTE_INDENT)
        shift(slices, _QUOTE_INDENT)
        enclose(slices, Group("quote", 0, width))
        return slices

    def _preformatted(self, text: str, width: float) -> list[Slice]:
        size = self.style.small
        look = replace(self.setter.small, pitch=round(size * 0.56, 3))
        lines = break_lines(fixed_fragments(text, look, self.setter.lacks), width - _QUOTE_INDENT)
        slices = self.setter.stack(lines, size)
        shift(slices, _QUOTE_INDENT)
        return slices


def glue_heading(heading: list[Slice], body: list[Slice]) -> list[Slice]:
    """A heading and what it stands above; a heading with nothing below it stands free."""
    if heading and body:
        glue(heading, 0, len(heading))
        heading[-1].glued = True
    elif heading:
        heading[-1].glued = False
    return [*heading, *body]


def _labels_need(labels: Sequence[list[Fragment]]) -> float:
    """As wide as the longest label, within bounds; a date that must not break may take more."""
    sizes = [natural_widths(label) for label in labels] or [(0.0, 0.0)]
    longest = max(size[1] for size in sizes)
    if longest <= _LABEL_WIDEST:
        return longest
    return max(_LABEL_WIDEST * 0.9, max(size[0] for size in sizes))
