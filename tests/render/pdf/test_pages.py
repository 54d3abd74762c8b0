"""Filling pages: what stays together, what goes on, what repeats."""

from __future__ import annotations

from itertools import chain

from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.render.pdf.pages import PageContent, fill_pages
from briefgen.render.pdf.slices import Group, Slice, enclose, keep_ends


def _numbers(pages: list[PageContent], slices: list[Slice]) -> list[list[int]]:
    where = {id(each): number for number, each in enumerate(slices)}
    return [[where.get(id(s.slice), -1) for s in page.standing] for page in pages]


def _lines(count: int, height: float = 10.0) -> list[Slice]:
    return [Slice(height) for _ in range(count)]


def test_a_page_takes_what_fits() -> None:
    slices = _lines(5)
    assert _numbers(fill_pages(slices, 20), slices) == [[0, 1], [2, 3], [4]]


def test_glued_slices_go_on_together() -> None:
    slices = _lines(4)
    slices[1].glued = True
    assert _numbers(fill_pages(slices, 20), slices) == [[0], [1, 2], [3]]


def test_no_line_of_a_paragraph_stands_alone() -> None:
    slices = _lines(5)
    keep_ends(slices)
    assert _numbers(fill_pages(slices, 40), slices) == [[0, 1, 2], [3, 4]]


def test_what_is_glued_for_longer_than_a_page_still_breaks() -> None:
    slices = _lines(5)
    for each in slices:
        each.glued = True
    assert _numbers(fill_pages(slices, 20), slices) == [[0, 1], [2, 3], [4]]


def test_space_above_is_dropped_at_the_top_of_a_page() -> None:
    slices = _lines(4)
    for each in slices:
        each.space = 5
    tops = [[standing.top for standing in page.standing] for page in fill_pages(slices, 25)]
    assert tops == [[0, 15], [0, 15]]


def test_a_new_page_when_asked() -> None:
    slices = _lines(3)
    slices[1].new_page = True
    assert _numbers(fill_pages(slices, 100), slices) == [[0], [1, 2]]


def test_a_frame_is_drawn_and_padded_on_every_page_it_reaches() -> None:
    slices = _lines(4)
    enclose(slices[1:], Group("box", 0, 100, pad_top=3, pad_bottom=2))
    pages = fill_pages(slices, 27)
    assert _numbers(pages, slices) == [[0, 1], [2, 3]]
    assert [[(f.top, f.bottom, f.opens, f.closes) for f in page.framed] for page in pages] == [
        [(10, 25, True, False)],
        [(0, 25, False, True)],
    ]


def test_a_header_repeats_where_its_table_goes_on() -> None:
    slices = _lines(6)
    table = Group("table", 0, 100, header=(slices[0],))
    enclose(slices[:5], table)
    assert _numbers(fill_pages(slices, 30), slices) == [[0, 1, 2], [0, 3, 4], [5]]


_SLICES = st.lists(
    st.builds(
        Slice,
        st.floats(1, 60),
        space=st.floats(0, 20),
        glued=st.booleans(),
        new_page=st.booleans(),
    ),
    min_size=1,
    max_size=60,
)


@settings(deadline=None)
@given(_SLICES, st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=4))
def test_every_slice_stands_once_in_order_and_on_the_page(
    slices: list[Slice], frames: list[tuple[int, int]]
) -> None:
    for start, length in frames:
        group = Group("box", 0, 100, pad_top=4, pad_bottom=4)
        if slices[start : start + length]:
            enclose(slices[start : start + length], group)
    pages = fill_pages(slices, 100)
    assert list(chain(*_numbers(pages, slices))) == list(range(len(slices)))
    for page in pages:
        assert page.standing
        assert page.height <= 100.02
        assert not any(s.slice.new_page for s in page.standing[1:])
        bottoms = [0.0, *(standing.top + standing.slice.height for standing in page.standing)]
        for standing, above in zip(page.standing, bottoms, strict=False):
            assert standing.top >= above - 0.01
