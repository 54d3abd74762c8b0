"""Column widths and rows."""

from __future__ import annotations

from briefgen.brief.model import Column, Row, Table
from briefgen.render.pdf.looks import Style
from briefgen.render.pdf.slices import Slice
from briefgen.render.pdf.tables import table_slices
from briefgen.render.pdf.typesetter import Typesetter
from render.pdf.samples import FIGURES, brief, text


def _slices(table: Table, width: float = 450.0, tallest: float = 350.0) -> list[Slice]:
    return table_slices(table, width, Typesetter(brief(), Style()), tallest)


def _cells(each: Slice) -> list[tuple[float, float]]:
    """Left and right end of each cell's first line."""
    return [(placed.x, placed.x + placed.line.width) for placed in each.lines]


def test_figures_end_at_the_same_place_under_their_heading() -> None:
    rights = {round(_cells(each)[1][1], 2) for each in _slices(FIGURES)}
    assert len(rights) == 1


def test_nothing_sticks_out_however_little_room_there_is() -> None:
    for width in (450, 200, 90, 30):
        for each in _slices(FIGURES, width):
            for placed in each.lines:
                assert placed.x >= 0
                assert placed.x + placed.line.width <= max(width, 4 * 11) + 0.02


def test_columns_with_long_words_do_not_starve_the_others() -> None:
    table = Table(
        (Column(text("A")), Column(text("Prose"))),
        (Row((text("short"), text("a long tale " * 40))),),
        "",
    )
    header, row = _slices(table)
    assert max(right for _, right in _cells(row)) <= 445.02
    assert header.lines[1].x < 80
    assert len([placed for placed in row.lines if placed.x == 5.0]) == 1


def test_a_small_table_stays_whole() -> None:
    slices = _slices(FIGURES)
    assert [each.glued for each in slices] == [True] * 4 + [False]


def test_a_table_higher_than_a_fifth_of_a_page_may_go_on() -> None:
    rows = tuple(Row((text(str(number)),)) for number in range(11))
    slices = _slices(Table((Column(text("N")),), rows, ""))
    assert [number for number, each in enumerate(slices) if each.glued] == [0, 1, 10]


def test_no_row_of_a_long_table_stands_alone() -> None:
    rows = tuple(Row((text(str(number)),)) for number in range(40))
    slices = _slices(Table((Column(text("N")),), rows, ""))
    assert [number for number, each in enumerate(slices) if each.glued] == [0, 1, 39]


def test_a_row_higher_than_half_a_page_may_go_on() -> None:
    rows = (Row((text("word " * 900), text("1"))),)
    table = Table((Column(text("W")), Column(text("N"), "right")), rows, "")
    slices = _slices(table)
    assert len(slices) > 30
    assert max(each.height for each in slices) < 30


def test_rows_of_the_wrong_length_are_filled_up() -> None:
    table = Table((Column(text("A")), Column(text("B"))), (Row((text("x"),)), Row(())), "")
    assert len(_slices(table)) == 3


def test_a_table_without_headings_has_no_header_row() -> None:
    table = Table((Column(()), Column(())), (Row((text("x"), text("y"))),), "")
    (row,) = _slices(table)
    assert row.strokes
    assert row.groups[0].header == ()
