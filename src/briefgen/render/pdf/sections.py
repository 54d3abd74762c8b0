"""The whole brief as slices: masthead, contents, sections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from briefgen.brief import model
from briefgen.render._reading import key_to_flags
from briefgen.render.contents import Listed, contents_lines
from briefgen.render.pdf import looks
from briefgen.render.pdf.blocks import BlockSetter, glue_heading
from briefgen.render.pdf.lines import Line, break_lines, natural_widths
from briefgen.render.pdf.looks import Look, Page, Style
from briefgen.render.pdf.notes import page_notes
from briefgen.render.pdf.page_notes import PageNotes
from briefgen.render.pdf.references import ReferenceSetter
from briefgen.render.pdf.runs import Run, plain
from briefgen.render.pdf.slices import (
    Group,
    HeadingMark,
    PageNumber,
    Placed,
    Slice,
    Stroke,
    enclose,
    find_notes,
    glue,
    keep_ends,
    shift,
)
from briefgen.render.pdf.tables import SMALL
from briefgen.render.pdf.typesetter import Typesetter

_BOX_PADDING = 11.0
_BAR_INDENT = 10.0
_BOX_LINES = 4
"""Of a box that goes on on the next page, on either page at least: the heading and three more."""
_COLUMN_GAP = 24.0


@dataclass(slots=True)
class Story:
    """A brief cut into slices, ready to fill pages."""

    masthead: list[Slice]
    opening: list[Slice]
    """The sections before the list of contents."""
    sections: list[Slice]
    """Those after it."""
    references: ReferenceSetter
    notes: PageNotes | None = None
    """What stands at the foot of pages: notes, where they do, and the key to flags."""

    def slices(self, contents: Sequence[Slice]) -> list[Slice]:
        """All of it, with a list of contents, and with what references say of pages."""
        return self.references.with_pages(
            [*self.masthead, *self.opening, *contents, *self.sections]
        )

    def headings(self) -> list[HeadingMark]:
        """In reading order."""
        slices = (*self.opening, *self.sections)
        return [each.heading for each in slices if each.heading is not None]


class StorySetter:
    """Cuts one brief into slices."""

    def __init__(self, brief: model.Brief, page: Page, style: Style) -> None:
        self.brief = brief
        self.page = page
        self.style = style
        self.setter = Typesetter(brief, style)
        self.blocks = BlockSetter(brief, self.setter, page.body_height)

    def story(self) -> Story:
        """Everything, set once."""
        masthead = self._masthead()
        sections: list[Slice] = []
        opening = 0
        for number, section in enumerate(self.brief.sections):
            if number == self.brief.opening:
                opening = len(sections)
            if not self._is_empty(section):
                self._add(sections, section, number)
        if self.brief.notes and self.brief.notes_at == "end" and not self.blocks.notes_set:
            # A note that is printed nowhere would be a citation lost.
            content = (model.Text(self.setter.word("notes")),)
            notes = model.Section("notes", "notes", content, (model.Notes(),))
            self._add(sections, notes, len(self.brief.sections))
        if sections:
            sections[0].space = self.style.body * 1.7
            if sections[0].heading and not sections[0].groups:
                sections[0].space = self.style.body * 1.5
        story = Story(masthead, sections[:opening], sections[opening:], self.blocks.references)
        at_foot = self.brief.notes if self.brief.notes_at == "foot" else ()
        key = key_to_flags(self.brief)
        if at_foot or key:
            story.notes = page_notes(at_foot, self.page.measure, self.setter, key)
            find_notes([*masthead, *sections], story.notes.lines)
        return story

    def _add(self, sections: list[Slice], section: model.Section, number: int) -> None:
        slices = self._section(section, number)
        if sections:
            slices[0].space = self._room_above(section)
            slices[0].new_page = section.break_before
        sections.extend(slices)

    def _is_empty(self, section: model.Section) -> bool:
        """Whether it is there for the notes alone, and they stand elsewhere."""
        if self.brief.notes_at == "end" or not section.blocks:
            return False
        return all(isinstance(block, model.Notes) for block in section.blocks)

    # --- sections ----------------------------------------------------------------------------

    def _room_above(self, section: model.Section) -> float:
        if section.tone != "plain":
            return self.style.body * 1.5
        return self.style.body * {1: 1.7, 2: 1.3}.get(section.level, 1.1)

    def _section(self, section: model.Section, number: int) -> list[Slice]:
        name = plain(section.heading)
        self.setter.lacks.place = f"“{name}”" if name else f"section {section.id or number + 1}"
        inset = {"plain": 0.0, "accent": _BOX_PADDING, "warning": _BAR_INDENT}[section.tone]
        right = _BOX_PADDING if section.tone == "accent" else 0.0
        width = self.page.measure - inset - right
        heading: list[Slice] = []
        if section.heading:
            colour = looks.WARNING if section.tone == "warning" else looks.ACCENT
            if section.tone == "plain" and section.level > 2:
                colour = looks.INK
            looks_like = 2 if section.tone != "plain" else section.level
            heading = self.blocks.heading(
                section.heading, section.level, section.anchor, width, colour, looks_like
            )
        body = self.blocks.blocks(section.blocks, width)
        if heading and body:
            body[0].space = self.style.gap * (0.55 if section.tone == "plain" else 0.3)
        slices = glue_heading(heading, body) or [Slice(0.0)]
        if not heading and section.anchor:
            slices[0].anchors = (*slices[0].anchors, section.anchor)
        self._frame(section, slices, inset)
        for each in slices:
            each.section = section.id
        return slices

    def _frame(self, section: model.Section, slices: list[Slice], inset: float) -> None:
        if section.tone != "plain":
            self._keep_box(slices)
        if section.tone == "accent":
            shift(slices, inset)
            enclose(slices, Group("box", 0, self.page.measure, 7.0, 8.0))
        elif section.tone == "warning":
            shift(slices, inset)
            enclose(slices, Group("bar", 0, self.page.measure, 0.5, 1.5))

    def _keep_box(self, slices: list[Slice]) -> None:
        """A small box stays whole; another has more than a line on either page."""
        height = sum(each.space + each.height for each in slices)
        if height <= self.blocks.half_page * SMALL:
            glue(slices, 0, len(slices) - 1)
        else:
            keep_ends(slices, _BOX_LINES)

    # --- masthead ----------------------------------------------------------------------------

    def _masthead(self) -> list[Slice]:
        setter, style, brief = self.setter, self.style, self.brief
        width = self.page.measure
        setter.lacks.place = "the title"
        made: list[Slice] = []
        if brief.kind:
            kind = Look("semibold", style.small, looks.ACCENT, caps="caps", tracking=1.0)
            made += setter.stack(break_lines(setter.measured([Run(brief.kind, kind)]), width),
                                 style.small)  # fmt: skip
        if brief.title:
            title = Look("semibold", style.title)
            lines = break_lines(setter.measured([Run(brief.title, title)]), width)
            slices = setter.stack(lines, style.title)
            slices[0].space = style.body * 1.1
            made += slices
        if brief.subtitle:
            setter.lacks.place = "the subtitle"
            subtitle = Look("regular", style.heading, looks.GREY)
            lines = break_lines(setter.measured([Run(brief.subtitle, subtitle)]), width)
            slices = setter.stack(lines, style.heading)
            slices[0].space = style.body * 0.55
            made += slices
        setter.lacks.place = "the masthead"
        grid = self._grid(brief.masthead, width)
        rule = Slice(0.0, space=style.body * 1.0)
        rule.strokes += (Stroke(0, width, 0.0, 0.8, looks.ACCENT),)
        made.append(rule)
        if grid:
            grid[0].space = style.small * 0.6
            closing = Slice(0.0, space=style.small * 0.6)
            closing.strokes += (Stroke(0, width, 0.0, 0.6, looks.HAIRLINE),)
            made += [*grid, closing]
        for each in made:
            each.glued = each is not made[-1]
        return made

    def _grid(self, entries: Sequence[model.MastheadLine], width: float) -> list[Slice]:
        """Two columns of labels and values, the first half of the lines on the left."""
        half = (len(entries) + 1) // 2
        gutter = 18.0
        need = self._masthead_need(entries[half:])
        column = (width - gutter) / 2
        # Long values on the right may take what the left does not need.
        left_width = max(
            min(column, width - gutter - need), min(column, self._masthead_need(entries[:half]))
        )
        left = self._masthead_lines(entries[:half], left_width)
        right = self._masthead_lines(entries[half:], width - gutter - left_width)
        rows: list[Slice] = []
        # Each column keeps its own rhythm: a value of two lines must not tear the other apart.
        leading = self.style.small_leading
        for number in range(max(len(left), len(right))):
            row = Slice(leading)
            for x, lines in ((0.0, left), (left_width + gutter, right)):
                if number < len(lines):
                    row.lines += [Placed(p.x + x, p.drop, p.line) for p in lines[number]]
            rows.append(row)
        return rows

    def _masthead_need(self, entries: Sequence[model.MastheadLine]) -> float:
        """The width at which no value needs a second line."""
        small = self.setter.small
        with self.setter.repeating():
            labels = [self.setter.measured([Run(entry.label, small)]) for entry in entries]
            values = [self.setter.fragments(entry.content, small) for entry in entries]
        label = max((natural_widths(each)[1] for each in labels), default=0.0)
        return label + 10.5 + max((natural_widths(each)[1] for each in values), default=0.0)

    def _masthead_lines(
        self, entries: Sequence[model.MastheadLine], width: float
    ) -> list[list[Placed]]:
        setter = self.setter
        grey = replace(setter.small, colour=looks.GREY)
        labels = [setter.measured([Run(entry.label, grey)]) for entry in entries]
        column = max((natural_widths(label)[1] for label in labels), default=0.0) + 10
        column = min(column, width * 0.42)
        drop = setter.drop(self.style.small)
        rows: list[list[Placed]] = []
        for entry, label in zip(entries, labels, strict=True):
            names: list[Line] = break_lines(label, column - 8)
            values = break_lines(setter.fragments(entry.content, setter.small), width - column)
            for number in range(max(len(names), len(values))):
                row = []
                if number < len(names):
                    row.append(Placed(0.0, drop, names[number]))
                if number < len(values):
                    row.append(Placed(column, drop, values[number]))
                rows.append(row)
        return rows

    # --- contents ----------------------------------------------------------------------------

    def contents(self) -> list[Slice]:
        """The list of contents of what follows it, its page numbers left open."""
        listed = contents_lines(self.brief)
        if not listed:
            return []
        setter, style = self.setter, self.style
        width = self.page.measure
        look = setter.heading_look(2, looks.ACCENT)
        made = setter.stack([setter.words_line(setter.word("contents"), look, width)], style.body)
        made[0].space = style.body * 1.5
        top = min(heading.level for heading in listed)
        columns = self._contents_in_columns(listed, top)
        if columns is not None:
            made[0].glued = True
            columns.space = style.gap * 0.3
            return [*made, columns]
        with setter.repeating():
            for heading in listed:
                indent = (heading.level - top) * 14.0
                runs = [Run(heading.text, setter.body, f"#{heading.anchor}")]
                lines = break_lines(setter.measured(runs), width - indent - 40)
                slices = setter.stack(lines, style.body)
                shift(slices, indent)
                last = slices[-1]
                end = last.lines[-1].x + last.lines[-1].line.width + 6
                drop = last.lines[-1].drop
                last.page_numbers += (PageNumber(heading.anchor, width, drop, len(last.lines) - 1),)
                last.strokes += (
                    Stroke(end, width - 28 - end, drop, 0.5, looks.HAIRLINE, dotted=True),
                )
                made += slices
        made[0].glued = True
        made[1].space = style.gap * 0.3
        return made

    def _contents_in_columns(self, listed: Sequence[Listed], top: int) -> Slice | None:
        """The list in two columns, read downwards; None where a line would not fit."""
        setter, style = self.setter, self.style
        width = (self.page.measure - _COLUMN_GAP) / 2
        rows = (len(listed) + 1) // 2
        leading = setter.stack([setter.words_line(" ", setter.body, width)], style.body)[0].height
        made = Slice(rows * leading)
        for number, heading in enumerate(listed):
            column, row = divmod(number, rows)
            left = column * (width + _COLUMN_GAP) + (heading.level - top) * 14.0
            right = column * (width + _COLUMN_GAP) + width
            runs = [Run(heading.text, setter.body, f"#{heading.anchor}")]
            with setter.repeating():
                lines = break_lines(setter.measured(runs), right - left - 40)
            if len(lines) != 1:
                return None
            line = setter.stack(lines, style.body)[0].lines[0]
            drop = row * leading + line.drop
            end = left + line.line.width + 6
            made.lines.append(Placed(left, drop, line.line))
            made.page_numbers += (PageNumber(heading.anchor, right, drop, len(made.lines) - 1),)
            made.strokes += (Stroke(end, right - 20 - end, drop, 0.5, looks.HAIRLINE, True),)
        return made
