"""Tables: data with a header row that repeats, and the masthead (ECMA-376 Part 1, 17.4)."""

from __future__ import annotations

from collections.abc import Sequence

from briefgen.brief.model import Column, Row, Table
from briefgen.render.docx.inlines import InlineWriter
from briefgen.render.docx.xml import attribute

_WHOLE = 8
"""A table of at most so many rows is kept on one page."""
_LONG_VALUE = 52
"""A masthead value with more characters gets a row of its own."""


def data_table(table: Table, inlines: InlineWriter, *, width: int, indent: int) -> str:
    """A data table. Rows never split; the header row and the first row, and the last two rows,
    stay together, so that no row stands alone. `width` and `indent` are twips.
    """
    widths = _shares([column.width for column in table.columns], width)
    caption = attribute(table.caption)
    described = f'<w:tblCaption w:val="{caption}"/><w:tblDescription w:val="{caption}"/>'
    out = [
        (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{attribute(inlines.ids["BriefingTable"])}"/>'
            f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        ),
        f'<w:tblInd w:w="{indent}" w:type="dxa"/>' if indent else "",
        (
            '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0"'
            ' w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
        ),
        described if caption else "",
        "</w:tblPr>",
        _grid(widths),
    ]
    # Properties are the same down a column: made once, not once a cell.
    heads = [_cell_start(w, inlines.ids["TableHeading"], c, True) for c, w in _with(table, widths)]
    out.append("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>")
    for start, column in zip(heads, table.columns, strict=True):
        out.append(f"{start}{inlines.write(column.heading)}</w:p></w:tc>")
    out.append("</w:tr>")
    starts = {
        (muted, keep): [
            _cell_start(w, inlines.ids["TableMuted" if muted else "TableText"], c, keep)
            for c, w in _with(table, widths)
        ]
        for muted in (False, True)
        for keep in (False, True)
    }
    count = len(table.rows)
    for place, row in enumerate(table.rows):
        keep = place < count - 1 and (count <= _WHOLE or place == 0 or place == count - 2)
        out.append(_row(row, starts[row.muted, keep], inlines))
    out.append("</w:tbl>")
    return "".join(out)


def _with(table: Table, widths: list[int]) -> list[tuple[Column, int]]:
    return list(zip(table.columns, widths, strict=True))


def _row(row: Row, starts: list[str], inlines: InlineWriter) -> str:
    out = ["<w:tr><w:trPr><w:cantSplit/></w:trPr>"]
    for place, start in enumerate(starts):
        content = inlines.write(row.cells[place]) if place < len(row.cells) else ""
        out.append(f"{start}{content}</w:p></w:tc>")
    out.append("</w:tr>")
    return "".join(out)


def _cell_start(width: int, style: str, column: Column, keep_next: bool) -> str:
    align = {"left": "", "right": '<w:jc w:val="right"/>', "centre": '<w:jc w:val="center"/>'}
    keep = "<w:keepNext/>" if keep_next else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p><w:pPr>'
        f'<w:pStyle w:val="{attribute(style)}"/>{keep}{align[column.align]}</w:pPr>'
    )


def _grid(widths: Sequence[int]) -> str:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tblGrid>{columns}</w:tblGrid>"


def _shares(weights: Sequence[float], width: int) -> list[int]:
    """`width` shared out by `weights`, to the twip."""
    known = [weight if weight > 0 else 1.0 for weight in weights]
    total = sum(known)
    edges = [round(width * sum(known[: n + 1]) / total) for n in range(len(known))]
    return [edge - before for edge, before in zip(edges, [0, *edges], strict=False)]


def masthead_table(
    lines: Sequence[tuple[str, str, str, int]], width: int, style: str, scale: float
) -> str:
    """The masthead between its two rules. A line is its label, the two paragraphs (label and
    value) as XML, and the length of its value in characters. `scale` is the size of the text by
    that of ours.

    Lines stand in two columns, read down; a long value has a row of its own below.
    """
    short = [line for line in lines if line[3] <= _LONG_VALUE]
    long = [line for line in lines if line[3] > _LONG_VALUE]
    half = (len(short) + 1) // 2
    left, right = short[:half], short[half:]
    label_left = _label_column([line[0] for line in left + long], width, scale)
    label_right = _label_column([line[0] for line in right], width, scale)
    room_left = max((len(line[0]) + line[3] for line in left), default=1)
    room_right = max((len(line[0]) + line[3] for line in right), default=1)
    middle = round(width * min(max(room_left / (room_left + room_right), 0.3), 0.6))
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
        cells = [first[1], first[2], *(second[1:3] if second else ("<w:p/>", "<w:p/>"))]
        out.append(_layout_row(cells, widths))
    out.extend(
        _layout_row(line[1:3], [label_left, width - label_left], spans=(1, 3)) for line in long
    )
    out.append("</w:tbl>")
    return "".join(out)


def _label_column(labels: Sequence[str], width: int, scale: float) -> int:
    longest = max((len(label) for label in labels), default=0)
    return min(max(500, round((100 * longest + 200) * scale)), width // 4)


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
