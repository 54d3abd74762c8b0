"""Tables: horizontal rules only, a header on every page, columns as wide as their words need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from briefgen.brief import model
from briefgen.render.pdf import looks
from briefgen.render.pdf.lines import Fragment, Line, break_lines, natural_widths
from briefgen.render.pdf.slices import Group, Placed, Slice, Stroke, enclose, glue
from briefgen.render.pdf.typesetter import Typesetter
from briefgen.values import valueclass

_PAD = 5.0
"""Left and right of a cell's text."""
_ROW_GAP = 1.6
"""Between the lines of two rows."""
SMALL = 0.4
"""Height up to which a table or a box stays whole, as a share of that of a row that does: a fifth
of a page. A higher one would leave a gap on the page before."""
_TALLEST_HEADER = 0.4
"""Height of a header that repeats, as a share of that of a row that stays whole: with both of them
on a page there is still room for the notes that they bring."""


@valueclass(frozen=True, slots=True)
class _Cell:
    parts: list[Fragment]
    widest: float
    longest: float


def table_slices(
    table: model.Table, width: float, setter: Typesetter, tallest: float
) -> list[Slice]:
    """The slices of a table. A row higher than `tallest` points may go on on the next page."""
    if not table.columns:
        return []
    bold = setter.strong(setter.body)
    muted = replace(setter.body, cut="italic", colour=looks.GREY)
    head = [_cell(setter, column.heading, bold) for column in table.columns]
    rows = [
        [_cell(setter, cell, muted if row.muted else setter.body)
         for cell in _padded(row.cells, len(table.columns))]
        for row in table.rows
    ]  # fmt: skip
    widths = column_widths(table.columns, [head, *rows], width)
    lefts = [sum(widths[:number]) for number in range(len(widths))]

    def lay(cells: Sequence[_Cell]) -> list[Slice]:
        broken = [
            break_lines(cell.parts, max(room - 2 * _PAD, 1.0))
            for cell, room in zip(cells, widths, strict=True)
        ]
        return _row_slices(broken, table.columns, lefts, widths, setter, tallest)

    header = lay(head) if any(cell.parts for cell in head) else []
    top = Stroke(0, width, 0.4, 0.8, looks.ACCENT)
    if header:
        header[0].strokes += (top,)
        last = header[-1]
        last.height += 2.0
        last.strokes += (Stroke(0, width, last.height - 1.2, 0.5, looks.ACCENT),)
        glue(header, 0, len(header))
    body: list[Slice] = []
    starts: list[int] = []
    for cells in rows:
        starts.append(len(body))
        body.extend(lay(cells))
    if not header and body:
        body[0].strokes += (top,)
    group = Group("table", 0, width, pad_bottom=1.6)
    if sum(each.height for each in header) < tallest * _TALLEST_HEADER:
        group.header = tuple(header)
    slices = [*header, *body]
    offset = len(header)
    if header:
        header[-1].glued = bool(body)
    # A small table stays whole; no lonely row at either end of another.
    if sum(each.height for each in slices) <= tallest * SMALL:
        glue(slices, 0, len(slices) - 1)
    elif len(starts) > 1:
        glue(slices, offset, offset + starts[1])
        glue(slices, offset + starts[-2], offset + starts[-1])
    enclose(slices, group)
    return slices


def _padded(cells: tuple[model.Inlines, ...], count: int) -> tuple[model.Inlines, ...]:
    return (*cells, *((),) * count)[:count]


def _cell(setter: Typesetter, content: model.Inlines, look: looks.Look) -> _Cell:
    parts = setter.fragments(content, look)
    widest, longest = natural_widths(parts)
    return _Cell(parts, widest, longest)


def column_widths(
    columns: Sequence[model.Column], rows: Sequence[Sequence[_Cell]], width: float
) -> list[float]:
    """Widths that add up to `width`: at best each column on one line, else shared by need.

    What is left over goes to the columns that hold words, by their share; figures stay close to
    what they belong to. Where not even the longest words fit, they will be broken.
    """
    pad = 2 * _PAD
    longest = [max(row[n].longest for row in rows) + pad for n in range(len(columns))]
    widest = [max(row[n].widest for row in rows) + pad for n in range(len(columns))]
    if sum(longest) <= width:
        shares = [
            0.0 if column.align == "right" else column.width * size
            for column, size in zip(columns, longest, strict=True)
        ]
        if not any(shares):
            shares = list(longest)
        left, total = width - sum(longest), sum(shares)
        return [size + left * share / total for size, share in zip(longest, shares, strict=True)]
    if sum(widest) > width:
        return [width * size / sum(widest) for size in widest]
    # Long columns need room in proportion to the square root, or one long cell would starve all.
    wants = [
        ((most - least) * column.width) ** 0.7 if most > least else 0.0
        for most, least, column in zip(longest, widest, columns, strict=True)
    ]
    return _share(widest, longest, wants, width)


def _share(
    least: Sequence[float], most: Sequence[float], wants: Sequence[float], width: float
) -> list[float]:
    """`least` plus shares of what is left, none beyond `most`."""
    given = list(least)
    open_columns = {n for n, want in enumerate(wants) if want > 0}
    left = width - sum(given)
    while left > 0.01 and open_columns:
        total = sum(wants[n] for n in open_columns)
        full = set()
        spent = 0.0
        for n in sorted(open_columns):
            share = left * wants[n] / total
            if given[n] + share >= most[n]:
                share = most[n] - given[n]
                full.add(n)
            given[n] += share
            spent += share
        left -= spent
        if not full:
            break
        open_columns -= full
    given[0] += max(width - sum(given), 0.0)
    return given


def _row_slices(
    cells: Sequence[Sequence[Line]],
    columns: Sequence[model.Column],
    lefts: Sequence[float],
    widths: Sequence[float],
    setter: Typesetter,
    tallest: float,
) -> list[Slice]:
    leading = setter.style.leading
    drop = setter.drop(setter.style.body)
    depth = max(len(lines) for lines in cells)

    def placed(number: int, top: float) -> list[Placed]:
        found = []
        for lines, column, left, room in zip(cells, columns, lefts, widths, strict=True):
            if number < len(lines) and lines[number].spans:
                x = left + _PAD
                slack = room - 2 * _PAD - lines[number].width
                if column.align == "right":
                    x += slack
                elif column.align == "centre":
                    x += slack / 2
                found.append(Placed(x, top + drop, lines[number]))
        return found

    if depth * leading <= tallest:
        lines = [p for number in range(depth) for p in placed(number, _ROW_GAP / 2 +
                                                              number * leading)]  # fmt: skip
        return [Slice(depth * leading + _ROW_GAP, lines)]
    slices = [Slice(leading, placed(number, 0.0)) for number in range(depth)]
    slices[-1].height += _ROW_GAP
    slices[0].space = _ROW_GAP
    glue(slices, 0, 1)
    glue(slices, depth - 2, depth - 1)
    return slices
