"""The brief as lines of text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import assert_never

from briefgen.brief import model
from briefgen.direction import isolated, isolated_in_lines
from briefgen.patterns import lazy_pattern
from briefgen.render._reading import (
    WARNING_SIGN,
    entry_with_notes,
    foot_parts,
    has_notes_block,
    held_together,
    notes_citing,
    standing_word,
    with_key_last,
)
from briefgen.render.label_columns import label_columns
from briefgen.render.text.wrap import indented, one_line, padded, wrap
from briefgen.text_width import text_width

WIDTH = 72
"""Columns, as mail has it (RFC 3676, section 4.2, asks for fewer than 78)."""

LABEL_WIDTH = 20
"""Widest column of dates or names; longer ones stand on a line of their own."""

_NARROWEST = 24
"""A column narrower than this holds no sentence that one would want to read; a few words it may."""

_UNDERLINES = {1: "-", 2: "."}

_RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_NUMERIC = lazy_pattern(r"(?=[+\-=(),–\s]*\d)[\d+\-=(),–\s]+", re.ASCII)

_LINE_END = "\0"  # stands for a LineBreak between words; the reader refuses it in texts


def render_text(brief: model.Brief) -> bytes:
    """The brief as plain text, UTF-8, lines of at most 72 columns where words allow it.

    No markup: a note's mark is its number in brackets, emphasis leaves no trace, and no-break
    spaces become blanks once lines are broken. Tables are their own text, so their captions, made
    for who cannot see one, are left out: without type to set them apart they look like headings.

    Lines have no pages and no feet: whatever `notes_at` says, notes stand together once, where a
    `Notes` block is, else under a heading at the end. An entry among the references names the
    notes that cite it; citations in the text have no number to name.
    """
    text = "\n".join(_trimmed(_document(with_key_last(brief)))) + "\n"
    return isolated_in_lines(text).encode("utf-8")


def _document(brief: model.Brief) -> Iterator[str]:
    writer = _Writer(brief)
    if brief.marking_line:
        yield from _centred(brief.marking_line)
    if brief.kind:
        yield from wrap(brief.kind, WIDTH)
    yield from _underlined(wrap(brief.title, WIDTH), "=")
    if brief.subtitle:
        yield from wrap(brief.subtitle, WIDTH)
        yield ""
    labels = max((text_width(line.label) + 1 for line in brief.masthead), default=0)
    for line in brief.masthead:
        label = padded(f"{one_line(line.label)}:", labels + 1)
        body = writer.lines(line.content, WIDTH - len(label))
        yield from indented(body, label, " " * len(label))
    yield ""
    for section in brief.sections:
        yield from _section(section, writer)
    if brief.notes and not has_notes_block(brief):
        yield from _underlined(wrap(standing_word(brief, "notes"), WIDTH), "-")
        yield from writer.notes(WIDTH)
        yield ""
    foot = " · ".join(foot_parts(brief))
    if foot:
        yield from ("", *wrap(foot, WIDTH))
    if brief.marking_line:
        yield ""
        yield from _centred(brief.marking_line)


def _section(section: model.Section, writer: _Writer) -> Iterator[str]:
    if section.heading:
        sign = f"{WARNING_SIGN}\u00a0" if section.tone == "warning" else ""
        yield from writer.heading(section.level, section.heading, sign)
    yield from writer.blocks(section.blocks, WIDTH)
    yield ""


class _Writer:
    """Blocks as lines. Every method takes the width that it may fill."""

    def __init__(self, brief: model.Brief) -> None:
        self._brief = brief
        self._notes_citing = notes_citing(brief)
        self._notes_printed = False
        self._columns = label_columns(brief, _labels_need)

    def blocks(self, blocks: model.Blocks, width: int) -> list[str]:
        """A run of blocks, a blank line between each and the next."""
        lines: list[str] = []
        for block in blocks:
            more = self._block(block, width)
            if more and lines:
                lines.append("")
            lines.extend(more)
        return lines

    def heading(self, level: int, content: model.Inlines, sign: str = "") -> list[str]:
        """A heading, underlined where its level has a line, and a blank line."""
        words = wrap(sign + _said(content), WIDTH)
        return _underlined(words, _UNDERLINES.get(level, ""))

    def lines(self, content: model.Inlines, width: int) -> list[str]:
        """Inlines as lines."""
        return [line for part in _said(content).split(_LINE_END) for line in wrap(part, width)]

    def notes(self, width: int) -> list[str]:
        """All notes, numbered as their marks are, the first time; later nothing."""
        if self._notes_printed:
            return []
        self._notes_printed = True
        marks = [f"[{note.number}] " for note in self._brief.notes]
        size = max(map(len, marks), default=0)
        lines: list[str] = []
        for mark, note in zip(marks, self._brief.notes, strict=True):
            body = self.lines(note.content, width - size) or [""]
            lines += indented(body, mark.ljust(size), " " * size)
        return lines

    def _block(self, block: model.Block, width: int) -> list[str]:
        match block:
            case model.Paragraph():
                return self.lines(block.content, width)
            case model.Heading():
                return self.heading(block.level, block.content)[:-1]
            case model.ListBlock():
                return self._list(block, width)
            case model.Entries():
                return self._entries(block, width)
            case model.Table():
                return self._table(block, width)
            case model.Quote():
                return indented(self.blocks(block.blocks, width - 4), "    ", "    ")
            case model.Preformatted():
                return indented(block.text.splitlines(), "    ", "    ")
            case model.Rule():
                return ["* * *"]
            case model.References():
                return self._references(block, width)
            case model.Notes():
                return self.notes(width)
            case _:
                assert_never(block)

    def _list(self, block: model.ListBlock, width: int) -> list[str]:
        last = block.start + len(block.items) - 1
        size = len(f"{last}. ") if block.ordered else 2
        lines: list[str] = []
        for number, item in enumerate(block.items, block.start):
            if (
                lines
                and len(item) > 1
                and not all(isinstance(b, model.ListBlock) for b in item[1:])
            ):
                lines.append("")
            mark = (f"{number}." if block.ordered else "*").ljust(size)
            inside = self.blocks(item, width - size) or [""]
            lines += indented(inside, mark, " " * size)
        return lines

    def _entries(self, block: model.Entries, width: int) -> list[str]:
        column = round(self._columns.get(id(block)) or _labels_need(block))
        lines: list[str] = []
        for entry in block.entries:
            label = _label(entry)
            size = text_width(label)
            body = self.blocks(entry.blocks, width - column)
            indent = " " * column
            if size + 2 > column:
                # Beside it the label's own second line would run into the text's.
                lines += [*wrap(label, width), *indented(body, indent, indent)]
            else:
                lines += indented(body or [""], padded(label, column), indent)
            if len(entry.blocks) > 1:
                lines.append("")
        return lines[:-1] if lines and not lines[-1] else lines

    def _table(self, block: model.Table, width: int) -> list[str]:
        header = [_cell(column.heading) for column in block.columns]
        rows = [[_cell(cell) for cell in row.cells] for row in block.rows]
        sizes = [max(text_width(line[i]) for line in (header, *rows)) for i in range(len(header))]
        room = width - sum(sizes[:-1]) - 2 * (len(sizes) - 1)
        if sizes and _reads_well([line[-1] for line in (header, *rows)], sizes[-1], room):
            sizes[-1] = min(sizes[-1], room)
            right = [column.align == "right" for column in block.columns]
            lines = []
            if block.has_header:
                lines = [*_aligned(header, sizes, right), "  ".join("-" * size for size in sizes)]
            for row in rows:
                lines += _aligned(row, sizes, right)
            return lines
        return _records(header, rows, width)

    def _references(self, block: model.References, width: int) -> list[str]:
        size = max(
            (text_width(entry.label) + 1 for entry in block.entries if entry.label), default=2
        )
        lines: list[str] = []
        for entry in block.entries:
            mark = padded(entry.label, size) if entry.label else ""
            numbers = self._notes_citing.get(entry.source, ()) if block.backlinks else ()
            said = self.lines(entry_with_notes(self._brief, entry, numbers), width - size)
            lines += indented(said or [""], mark, " " * size)
        return lines


def _reads_well(cells: list[str], natural: int, room: int) -> bool:
    """Whether a table's last column may be fitted into `room` columns."""
    if natural <= room or room >= _NARROWEST:
        return True
    longest = max((text_width(word) for cell in cells for word in cell.split(" ")), default=0)
    return longest <= room and natural <= 3 * room


def _aligned(cells: list[str], sizes: list[int], right: list[bool]) -> list[str]:
    """A row in columns. The last column alone may take several lines, so that no cell's text is
    cut in two by another's.
    """
    start = "".join(
        padded(one_line(cell), size, right=to_right) + "  "
        for cell, size, to_right in zip(cells[:-1], sizes[:-1], right[:-1], strict=True)
    )
    last = wrap(cells[-1], sizes[-1]) or [""]
    shown = [padded(line, sizes[-1], right=True) if right[-1] else line for line in last]
    return [line.rstrip() for line in indented(shown, start, " " * text_width(start))]


def _records(header: list[str], rows: list[list[str]], width: int) -> list[str]:
    """A table too wide for its columns: each row as lines of `heading: cell`."""
    lines: list[str] = []
    for row in rows:
        if lines:
            lines.append("")
        for name, cell in zip(header, row, strict=True):
            if cell:
                text = f"{name}: {cell}" if name else cell
                lines += indented(wrap(text, width - 2), "", "  ")
    return lines


def _cell(content: model.Inlines) -> str:
    return " ".join(_said(content).split(_LINE_END)).strip(" ")


def _said(content: model.Inlines) -> str:
    """What inlines say, no-break spaces kept and line ends marked."""
    said = ""
    for inline in content:
        if isinstance(inline, model.Flag) and said and not said[-1].isspace():
            said += " "
        said += _inline(inline)
    return said


def _inline(inline: model.Inline) -> str:
    match inline:
        case model.Text() | model.Code():
            return isolated(inline.text)
        case (
            model.Emphasis()
            | model.Strong()
            | model.SmallCaps()
            | model.CrossReference()
            | model.Sentence()
        ):
            return _said(inline.content)
        case model.Superscript():
            return _shifted(_said(inline.content), _RAISED)
        case model.Subscript():
            return _shifted(_said(inline.content), _LOWERED)
        case model.Link():
            said = _said(inline.content)
            address = inline.url.removeprefix("mailto:")
            return said if said in (inline.url, address) else f"{said} <{inline.url}>"
        case model.LineBreak():
            return _LINE_END
        case model.Flag():
            return f"{WARNING_SIGN}\u00a0{held_together(inline.text)}"
        case model.Cite():
            return _said(inline.content) if inline.note is None else f"[{inline.note}]"
        case _:
            assert_never(inline)


def _shifted(text: str, table: dict[int, int]) -> str:
    """A raised or lowered number in the characters made for that: H₂O, not H2O."""
    return text.translate(table) if _NUMERIC.fullmatch(text) else text


def _underlined(lines: list[str], mark: str) -> list[str]:
    if not mark or not lines:
        return [*lines, ""]
    return [*lines, mark * max(text_width(line) for line in lines), ""]


def _centred(text: str) -> list[str]:
    lines = wrap(text, WIDTH)
    return [*(" " * ((WIDTH - text_width(line)) // 2) + line for line in lines), ""]


def _trimmed(lines: Iterator[str]) -> list[str]:
    """Lines without blank ones at the ends, and never two blank ones running."""
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    while kept and not kept[-1]:
        kept.pop()
    return kept


def _label(entry: model.Entry) -> str:
    return one_line(_said(entry.label).replace(_LINE_END, " "))


def _labels_need(block: model.Entries) -> float:
    """What the labels of a list that have room beside their text take, and the gap after them."""
    widths = (text_width(_label(entry)) for entry in block.entries)
    return max((width for width in widths if width <= LABEL_WIDTH), default=4) + 2
