"""Tables: data with a header row that repeats, and the masthead (ECMA-376 Part 1, 17.4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from briefgen.brief.model import Cite, Column, Inlines, Row, Table
from briefgen.brief.traversal import inlines_in, plain_text
from briefgen.render.docx.amends import Amend
from briefgen.render.docx.cascade import RunLook
from briefgen.render.docx.inlines import InlineWriter, held_together
from briefgen.render.docx.look import BODY
from briefgen.render.docx.widths import label_width, longest_piece, widest_stand_in
from briefgen.render.docx.xml import attribute

_WHOLE = 8
"""A table of at most so many rows is kept on one page,"""
_WHOLE_LINES = 11
"""if it has at most about so many lines, a fifth of a page: a higher one would leave a gap."""
_SURELY_ENOUGH = 3000
"""A column of so many twips (53 mm) holds any word."""
_JUDGED_BY = 200
_CELL_PADDING = 120
_STAND_IN_PADDING = 190
"""What the cell's own margins take, and a little."""
_VALUE_SIZE = 18
"""The size of the masthead's type in our own look, half-points."""
_CHARACTER = 72
"""About the width of a character in the masthead's small type, in twips."""
_LONG_VALUE = 52
"""A masthead value with more characters gets a row of its own."""


def data_table(
    table: Table,
    inlines: InlineWriter,
    *,
    width: int,
    indent: int,
    scale: float,
    amends: Mapping[str, Amend],
) -> str:
    """A data table. Rows never split; the header row and the first row, and the last two rows,
    stay together, so that no row stands alone. `width` and `indent` are twips; `scale` is the
    size of the text by that of ours; `amends` is what paragraphs of some styles say themselves.
    """
    shares = _shares([column.width if column.width > 0 else 1.0 for column in table.columns], width)
    needs = [_need(table, place, share, scale) for place, share in enumerate(shares)]
    widths = _fitted(shares, needs, width)
    caption, headed = attribute(table.caption), table.has_header or not table.rows
    described = f'<w:tblCaption w:val="{caption}"/><w:tblDescription w:val="{caption}"/>'
    out = [
        (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{attribute(inlines.ids["BriefingTable"])}"/>'
            f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        ),
        f'<w:tblInd w:w="{indent}" w:type="dxa"/>' if indent else "",
        (
            f'<w:tblLayout w:type="fixed"/><w:tblLook w:val="{"0420" if headed else "0400"}"'
            f' w:firstRow="{int(headed)}" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"'
            ' w:noHBand="0" w:noVBand="1"/>'
        ),
        described if caption else "",
        "</w:tblPr>",
        _grid(widths),
    ]
    # Properties are the same down a column: made once, not once a cell.

    def start(name: str, width: int, column: Column, keep: bool) -> str:
        indented = amends[name].indent if name in amends else ""
        return _cell_start(width, inlines.ids[name], column, keep, indented)

    heads = [start("TableHeading", w, c, True) for c, w in _with(table, widths) if headed]
    if heads:
        out.append("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>")
        for head, column in zip(heads, table.columns, strict=True):
            out.append(f"{head}{inlines.write(column.heading)}</w:p></w:tc>")
        out.append("</w:tr>")
    starts = {
        (muted, keep): [
            start("TableMuted" if muted else "TableText", w, c, keep)
            for c, w in _with(table, widths)
        ]
        for muted in (False, True)
        for keep in (False, True)
    }
    count = len(table.rows)
    whole = count <= _WHOLE and _lines(table, widths, scale) <= _WHOLE_LINES
    for place, row in enumerate(table.rows):
        keep = place < count - 1 and (whole or place == 0 or place == count - 2)
        out.append(_row(row, starts[row.muted, keep], inlines))
    out.append("</w:tbl>")
    return "".join(out)


def _lines(table: Table, widths: Sequence[int], scale: float) -> int:
    """About how many lines a table has."""
    rows = [tuple(column.heading for column in table.columns), *(row.cells for row in table.rows)]
    return sum(
        max(
            -(-round(label_width(plain_text(cell)) * scale) // max(width - _CELL_PADDING, 1))
            for cell, width in zip(cells, widths, strict=False)
        )
        for cells in rows
        if cells
    )


def _with(table: Table, widths: list[int]) -> list[tuple[Column, int]]:
    return list(zip(table.columns, widths, strict=True))


def _row(row: Row, starts: list[str], inlines: InlineWriter) -> str:
    out = ["<w:tr><w:trPr><w:cantSplit/></w:trPr>"]
    for place, start in enumerate(starts):
        content = inlines.write(row.cells[place]) if place < len(row.cells) else ""
        out.append(f"{start}{content}</w:p></w:tc>")
    out.append("</w:tr>")
    return "".join(out)


def _cell_start(width: int, style: str, column: Column, keep_next: bool, indent: str) -> str:
    align = {"left": "", "right": '<w:jc w:val="right"/>', "centre": '<w:jc w:val="center"/>'}
    keep = "<w:keepNext/>" if keep_next else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p><w:pPr>'
        f'<w:pStyle w:val="{attribute(style)}"/>{keep}{indent}{align[column.align]}</w:pPr>'
    )


def _grid(widths: Sequence[int]) -> str:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tblGrid>{columns}</w:tblGrid>"


def _shares(weights: Sequence[float], width: int) -> list[int]:
    """`width` shared out by `weights`, to the twip."""
    total = sum(weights)
    edges = [round(width * sum(weights[: n + 1]) / total) for n in range(len(weights))]
    return [edge - before for edge, before in zip(edges, [0, *edges], strict=False)]


class _Need(NamedTuple):
    """What a column needs, in twips."""

    surely: int
    """So that no word or number is broken, whatever font stands in for the document's."""
    unbroken: int
    """So that none is in the document's own font, or one like it."""
    whole: int
    """So that no cell is."""


def _need(table: Table, place: int, share: int, scale: float) -> _Need:
    """A column whose share holds any word is judged by its first rows."""
    rows = table.rows[:_JUDGED_BY] if share > _SURELY_ENOUGH * scale else table.rows
    cells = [row.cells[place] for row in rows if place < len(row.cells)]
    said = (plain_text(held_together(cell)) + _marks(cell) for cell in cells)
    heading = plain_text(held_together(table.columns[place].heading))
    texts = dict.fromkeys([heading, *said])  # in order: ties repeat
    pieces = dict.fromkeys(longest_piece(text) for text in texts)
    surely = max(map(widest_stand_in, pieces))
    surely = max(surely, widest_stand_in(longest_piece(heading), bold=True))
    unbroken = label_width(max(pieces, key=len))
    whole = label_width(max(texts, key=len))
    return _Need(
        round(surely * scale) + _STAND_IN_PADDING,
        round(unbroken * scale) + _CELL_PADDING,
        round(whole * scale) + _CELL_PADDING,
    )


def _marks(cell: Inlines) -> str:
    """About as much text as the marks of its notes take: they hang on its last word."""
    marks = [str(one.note) for one in inlines_in(cell) if isinstance(one, Cite) and one.note]
    return "i" * sum(map(len, marks)) + "i" * max(0, len(marks) - 1)


def _fitted(shares: list[int], needs: Sequence[_Need], width: int) -> list[int]:
    """Columns as wide as their text, up to half as much again as their share; what is left over
    or lacking is shared by those that could use it or can spare it.
    """
    least = [max(need.surely, need.unbroken) for need in needs]
    if sum(least) > width:
        least = [need.unbroken for need in needs]
    if sum(least) > width:  # nothing can be done: as asked for
        return shares
    widths = [
        max(floor, min(need.whole, share * 3 // 2))
        for floor, need, share in zip(least, needs, shares, strict=True)
    ]
    over = sum(widths) - width
    if over > 0:
        spare = [wide - floor for wide, floor in zip(widths, least, strict=True)]
        taken = _shares(spare, over)
        return [wide - less for wide, less in zip(widths, taken, strict=True)]
    wanting = [max(need.whole - wide, 0) for need, wide in zip(needs, widths, strict=True)]
    given = _shares(wanting if sum(wanting) else shares, -over)
    return [wide + more for wide, more in zip(widths, given, strict=True)]


def masthead_table(
    lines: Sequence[tuple[str, str, str, str]],
    width: int,
    style: str,
    looks: tuple[RunLook, RunLook],
    empty: str,
) -> str:
    """The masthead between its two rules. A line is its label, the two paragraphs (label and
    value) as XML, and what its value says. `looks` is how labels and values are set; `empty` is
    the paragraph of a cell without text.

    Lines stand in two columns, read down; a long value has a row of its own below. So have all
    where two columns would not hold their longest words.
    """
    of_label, of_value = looks
    short = [line for line in lines if len(line[3]) <= _LONG_VALUE]
    long = [line for line in lines if len(line[3]) > _LONG_VALUE]
    half = (len(short) + 1) // 2
    left, right = short[:half], short[half:]
    label_left = _label_column([line[0] for line in left + long], width, of_label)
    label_right = _label_column([line[0] for line in right], width, of_label)
    longest = max((len(line[3]) for line in right), default=0)
    wanted = label_right + round(longest * _CHARACTER * of_value.size / _VALUE_SIZE)
    middle = min(max(round(width * 0.3), width - wanted - 2 * _CELL_PADDING), round(width * 0.48))
    if of_value.size > _VALUE_SIZE:  # larger type: what the right column can spare
        whole = [_whole_need(lines, of_value) for lines in (left, right)]
        middle = max(middle, min(label_left + whole[0], width - label_right - whole[1]))
    least = [label_left + _words_need(left, of_value), label_right + _words_need(right, of_value)]
    middle = max(min(middle, width - least[1]), least[0])
    if middle + least[1] > width:
        left, right, long = [], [], list(lines)
        label_left = _label_column([line[0] for line in lines], width, of_label)
        middle, label_right = width // 2, width // 4
    widths = [label_left, middle - label_left, label_right, width - middle - label_right]
    labels = attribute(", ".join(line[0] for line in lines))
    out = [
        (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{attribute(style)}"/>'
            f'<w:tblW w:w="{width}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
            '<w:tblLook w:val="0000" w:firstRow="0" w:lastRow="0" w:firstColumn="0"'
            f' w:lastColumn="0" w:noHBand="0" w:noVBand="0"/><w:tblDescription w:val="{labels}"/>'
            f"</w:tblPr>{_grid(widths)}"
        )
    ]
    for place, first in enumerate(left):
        second = right[place] if place < len(right) else None
        cells = [first[1], first[2], *(second[1:3] if second else (empty, empty))]
        out.append(_layout_row(cells, widths))
    out.extend(
        _layout_row(line[1:3], [label_left, width - label_left], spans=(1, 3)) for line in long
    )
    out.append("</w:tbl>")
    return "".join(out)


def _label_column(labels: Sequence[str], width: int, look: RunLook) -> int:
    """As wide as its labels; where those would take too much, as their longest word."""
    padding = round(140 * look.size / _VALUE_SIZE)
    whole = max((_stand_in(label, look) for label in labels), default=0) + padding
    words = max((_stand_in(longest_piece(label), look) for label in labels), default=0) + padding
    return max(min(whole, width * 3 // 10), min(words, width // 2), min(500, width // 4))


def _words_need(lines: Sequence[tuple[str, str, str, str]], look: RunLook) -> int:
    """What the values of some lines need so that no word of them is broken."""
    words = (_stand_in(longest_piece(line[3]), look) for line in lines)
    return max(words, default=0) + _STAND_IN_PADDING


def _whole_need(lines: Sequence[tuple[str, str, str, str]], look: RunLook) -> int:
    """What the values of some lines need so that each stands on one line."""
    return max((_stand_in(line[3], look) for line in lines), default=0) + _STAND_IN_PADDING


def _stand_in(text: str, look: RunLook) -> int:
    """How wide `text` gets in a look, in whatever font stands in for its own."""
    said = text.upper() if look.caps or look.small_caps else text
    width = widest_stand_in(said, bold=look.bold) * look.size / BODY
    return round(width * look.stretch / 100 + max(look.spacing, 0) * len(said))


def _layout_row(
    cells: Sequence[str], widths: Sequence[int], spans: Sequence[int] = (1, 1, 1, 1)
) -> str:
    out = ["<w:tr><w:trPr><w:cantSplit/></w:trPr>"]
    for cell, width, span in zip(cells, widths, spans, strict=False):
        joined = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
        out.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{joined}</w:tcPr>{cell}</w:tc>'
        )
    out.append("</w:tr>")
    return "".join(out)
