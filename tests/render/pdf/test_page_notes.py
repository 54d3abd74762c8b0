"""Pages with notes at their foot: what stands there, what goes on, what room is left."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.render.pdf.page_notes import PageNotes
from briefgen.render.pdf.pages import PageContent, fill_pages
from briefgen.render.pdf.slices import Group, Placed, Slice, enclose

LIMIT = 300.0
LEADING = 10.0
GAP = 2.0
ABOVE = 11.0


def notes(*lengths: int) -> PageNotes:
    """Notes 1, 2, ... of so many lines of 10 points, 2 between notes, 11 above the first."""
    lines = {
        number: [Slice(LEADING, section=f"{number}:{line}") for line in range(length)]
        for number, length in enumerate(lengths, start=1)
    }

    def again(number: int) -> Placed:
        return Placed(0.0, 8.0, None)  # type: ignore[arg-type]

    return PageNotes(lines, again, LEADING, GAP, ABOVE, 4.0)


def text_lines(count: int, marks: dict[int, tuple[int, ...]] | None = None) -> list[Slice]:
    """Lines of text of 10 points; `marks` gives the notes that some of them bring."""
    return [Slice(10.0, notes=(marks or {}).get(number, ())) for number in range(count)]


def text_on(page: PageContent) -> int:
    return len([standing for standing in page.standing if not standing.repeated])


def foot_of(page: PageContent) -> list[tuple[int, int]]:
    """Note and line (from 0) of each line at the foot of a page."""
    if page.notes is None:
        return []
    found = []
    for each, _ in page.notes.slices:
        note, _, line = each.section.partition(":")
        found.append((int(note), int(line)))
    return found


def notes_on(page: PageContent) -> list[str]:
    """Each note at the foot of a page as `number:first-last`, counted from 0."""
    found: list[list[int]] = []
    for note, line in foot_of(page):
        if found and found[-1][0] == note and found[-1][2] + 1 == line:
            found[-1][2] = line
        else:
            found.append([note, line, line])
    return [f"{note}:{first}-{last}" for note, first, last in found]


def test_a_note_stands_at_the_foot_of_the_page_of_its_mark() -> None:
    pages = fill_pages(text_lines(31, {2: (1,), 30: (2,)}), LIMIT, notes(2, 1))
    assert [notes_on(page) for page in pages] == [["1:0-1"], ["2:0-0"]]
    found = pages[0].notes
    assert found is not None
    # Against the lower margin, with 2 points below each note but the last.
    assert [top for _, top in found.slices] == [280, 290]
    assert found.rule == 276
    # 26 lines of text, 11 points, two lines of the note, and 9 that nothing fits in.
    assert text_on(pages[0]) == 26


def test_notes_stand_in_the_order_of_their_numbers_and_once_a_page() -> None:
    pages = fill_pages(text_lines(30, {1: (2,), 3: (1, 2), 28: (2,)}), LIMIT, notes(1, 1))
    assert [notes_on(page) for page in pages] == [["1:0-0", "2:0-0"], ["2:0-0"]]


def test_a_short_note_goes_whole_to_the_next_page_with_its_line() -> None:
    pages = fill_pages(text_lines(30, {27: (1,)}), LIMIT, notes(3))
    assert [text_on(page) for page in pages] == [27, 3]
    assert [notes_on(page) for page in pages] == [[], ["1:0-2"]]


def test_a_long_note_is_cut_and_goes_on_before_the_notes_of_the_next_page() -> None:
    pages = fill_pages(text_lines(40, {24: (1,), 26: (2,)}), LIMIT, notes(8, 1))
    assert [text_on(page) for page in pages] == [25, 15]
    assert [notes_on(page) for page in pages] == [["1:0-2"], ["1:3-7", "2:0-0"]]
    assert [page.notes.goes_on for page in pages if page.notes] == [False, True]


def test_at_least_two_lines_stand_on_either_side_of_a_cut() -> None:
    # Room for three of four lines: two stay, two go on.
    pages = fill_pages(text_lines(40, {24: (1,)}), LIMIT, notes(4))
    assert [notes_on(page) for page in pages] == [["1:0-1"], ["1:2-3"]]
    # Room for one: the line of text goes along.
    pages = fill_pages(text_lines(40, {26: (1,)}), LIMIT, notes(4))
    assert [notes_on(page) for page in pages] == [[], ["1:0-3"]]


def test_notes_go_along_when_lines_that_stay_together_go_to_the_next_page() -> None:
    slices = text_lines(31, {25: (1,), 26: (2,)})
    for each in slices[25:28]:
        each.glued = True
    pages = fill_pages(slices, LIMIT, notes(1, 1))
    assert [text_on(page) for page in pages] == [25, 6]
    assert [notes_on(page) for page in pages] == [[], ["1:0-0", "2:0-0"]]


def test_what_is_carried_over_leaves_room_for_text() -> None:
    pages = fill_pages(text_lines(30, {0: (1,)}), LIMIT, notes(80))
    assert [len(foot_of(page)) for page in pages] == [27, 20, 20, 13]
    assert all(text_on(page) for page in pages)


def test_twelve_notes_of_twelve_lines_in_one_row_all_begin_on_its_page() -> None:
    row = Slice(20.0, notes=tuple(range(1, 13)))
    pages = fill_pages([*text_lines(3), row, *text_lines(3)], 700.0, notes(*[12] * 12))
    first = next(page for page in pages if page.notes)
    assert {note for note, line in foot_of(first) if line == 0} == set(range(1, 13))
    said = [line for page in pages for line in foot_of(page)]
    assert sorted(said) == [(note, line) for note in range(1, 13) for line in range(12)]


def test_more_notes_than_a_page_could_hold_are_still_all_printed() -> None:
    row = Slice(290.0, notes=tuple(range(1, 60)))
    pages = fill_pages([row, *text_lines(3)], LIMIT, notes(*[3] * 59))
    said = [line for page in pages for line in foot_of(page)]
    assert said == [(note, line) for note in range(1, 60) for line in range(3)]


def test_a_last_page_is_not_made_of_the_end_of_a_note() -> None:
    pages = fill_pages(text_lines(26, {25: (1,)}), LIMIT, notes(6))
    assert [text_on(page) for page in pages] == [25, 1]
    assert [notes_on(page) for page in pages] == [[], ["1:0-5"]]


def test_a_note_in_a_header_row_stands_on_the_page_where_the_table_begins() -> None:
    slices = text_lines(60, {0: (1,)})
    enclose(slices, Group("table", 0, 100, header=(slices[0],)))
    pages = fill_pages(slices, LIMIT, notes(2))
    assert [notes_on(page) for page in pages] == [["1:0-1"], [], []]
    assert [page.standing[0].repeated for page in pages] == [False, True, True]


@pytest.mark.parametrize("length", [1, 3, 7, 12])
def test_pages_are_as_full_as_one_line_and_its_note_allow(length: int) -> None:
    slices = text_lines(120, {number: (number + 1,) for number in range(120)})
    pages = fill_pages(slices, LIMIT, notes(*[length] * 120))
    for page in pages[:-1]:
        assert LIMIT - page.height < 10 + GAP + (3 if length <= 3 else 2) * LEADING


# --- any slices at all -----------------------------------------------------------------------

_COUNT = 12
_SLICES = st.lists(
    st.builds(
        Slice,
        st.floats(5, 60),
        space=st.floats(0, 20),
        glued=st.booleans(),
        new_page=st.sampled_from([False] * 9 + [True]),
        notes=st.lists(st.integers(1, _COUNT), max_size=4).map(tuple) | st.just(()) | st.just(()),
    ),
    min_size=1,
    max_size=60,
)
_LENGTHS = st.lists(st.integers(1, 12), min_size=_COUNT, max_size=_COUNT)
_FRAMES = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20), st.booleans()), max_size=3)


def _frame(slices: list[Slice], frames: Sequence[tuple[int, int, bool]]) -> None:
    for start, length, headed in frames:
        framed = slices[start : start + length]
        if framed:
            header = (framed[0],) if headed else ()
            enclose(framed, Group("box", 0, 100, pad_top=4, pad_bottom=4, header=header))


@settings(deadline=None, max_examples=300)
@given(_SLICES, _LENGTHS, _FRAMES)
def test_nothing_is_lost_and_nothing_overlaps(
    slices: list[Slice], lengths: list[int], frames: list[tuple[int, int, bool]]
) -> None:
    _frame(slices, frames)
    sheet = notes(*lengths)
    pages = fill_pages(slices, LIMIT, sheet)
    standing = [s.slice for page in pages for s in page.standing if not s.repeated]
    assert list(map(id, standing)) == list(map(id, slices))
    rest: list[list[tuple[int, int]]] = []
    for page in pages:
        bottom = 0.0
        own_lines = [each.slice for each in page.standing if not each.repeated]
        assert not any(each.new_page for each in own_lines[1:])
        for each in page.standing:
            assert each.top >= bottom - 0.01
            bottom = each.top + each.slice.height
        bottom = max([bottom, *(framed.bottom for framed in page.framed)])
        assert bottom <= LIMIT + 0.02 or text_on(page) == 1
        foot = foot_of(page)
        if page.notes is not None:
            assert page.notes.rule >= bottom + ABOVE - 4 - 0.02
            bottom = page.notes.rule + 4
            for _, top in page.notes.slices:
                assert top >= bottom - 0.02
                bottom = top + LEADING
            assert bottom == pytest.approx(LIMIT)
        # First what the page before had no room for, then the page's own notes by number, each
        # once, those last that go on on the next page.
        brought = dict.fromkeys(n for s in page.standing if not s.repeated for n in s.slice.notes)
        own = [[(n, line) for line in range(lengths[n - 1])] for n in sorted(brought)]
        left = []
        for lines in rest:
            _taken(lines, foot)
            if lines:
                left.append(lines)
        own.sort(key=lambda lines: lines[-1] not in foot)
        for lines in own:
            _taken(lines, foot)
            if lines:
                assert lines[0][1] > 0  # every note begins on the page of its mark
                left.append(lines)
        assert not foot
        rest = left
    assert not rest


def _taken(lines: list[tuple[int, int]], foot: list[tuple[int, int]]) -> None:
    """Take off both what the foot begins with."""
    while foot and lines and foot[0] == lines[0]:
        del foot[0], lines[0]


@settings(deadline=None, max_examples=200)
@given(_SLICES, _LENGTHS)
def test_no_page_has_more_room_left_than_what_comes_next_needs(
    slices: list[Slice], lengths: list[int]
) -> None:
    sheet = notes(*lengths)
    pages = fill_pages(slices, LIMIT, sheet)
    index = 0
    for page in pages[:-1]:
        index += text_on(page)
        if index >= len(slices) or slices[index].new_page:
            continue
        need = 0.0
        new: dict[int, None] = {}
        for each in slices[index:]:
            need += each.space + each.height
            new |= dict.fromkeys(each.notes)
            if not each.glued:
                break
        need += ABOVE + sum(map(sheet.height, new))
        # Where notes are cut, each may leave lines that would part less than two from the rest.
        assert LIMIT - page.height <= need + 3 * LEADING
