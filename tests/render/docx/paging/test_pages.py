"""Filling pages: what stays together, and what notes leave of them."""

from __future__ import annotations

from briefgen.render.docx.paging.pages import Filled, NoteSetting, Slice, fill

NO_NOTES = NoteSetting({}, 10)


def filled(*slices: Slice, limit: int = 100, notes: NoteSetting = NO_NOTES) -> Filled:
    return fill(slices, lambda page: limit, notes)


def pages(made: Filled) -> list[int]:
    return [place.page for place in made.places]


def note(*heights: int, glued: tuple[int, ...] = ()) -> list[Slice]:
    return [Slice(height, glued=n in glued, space=5 if not n else 0) for n, height in enumerate(heights)]  # fmt: skip


def test_room_above_a_page_s_first_line_is_dropped() -> None:
    made = filled(Slice(60), Slice(60, space=30), Slice(30, space=10))
    assert made.places == ((1, 0), (2, 0), (2, 70))
    assert made.bottoms == (60, 100)


def test_a_page_that_is_asked_for_keeps_it() -> None:
    made = filled(Slice(20), Slice(20, new_page=True, top_space=30))
    assert made.places == ((1, 0), (2, 30))


def test_what_is_glued_moves_along() -> None:
    assert pages(filled(Slice(50), Slice(30, glued=True), Slice(30))) == [1, 2, 2]
    # Where everything is glued something must give.
    assert pages(filled(*[Slice(60, glued=True)] * 3)) == [1, 2, 3]


def test_what_is_higher_than_a_page_stands_on_one() -> None:
    assert pages(filled(Slice(10), Slice(500), Slice(10))) == [1, 2, 3]


def test_a_header_is_repeated() -> None:
    made = filled(Slice(20, glued=True), *[Slice(40, header=20)] * 4)
    assert made.places == ((1, 0), (1, 20), (1, 60), (2, 20), (2, 60))


def test_notes_stand_on_the_page_of_their_mark() -> None:
    setting = NoteSetting({1: note(30)}, 10)
    assert pages(filled(Slice(60, notes=(1,)), Slice(20), notes=setting)) == [1, 2]
    assert pages(filled(Slice(30), Slice(40, notes=(1,)), notes=setting)) == [1, 2]
    two = NoteSetting({1: note(20), 2: note(20)}, 10)
    assert filled(Slice(20, notes=(1,)), Slice(20, notes=(2,)), notes=two).bottoms == (95,)


def test_a_note_goes_on_overleaf_where_it_may() -> None:
    loose = NoteSetting({1: note(20, 20, 20)}, 10)
    made = filled(Slice(60, notes=(1,)), Slice(10), notes=loose)
    assert (pages(made), made.bottoms) == ([1, 2], (90, 60))
    # Two lines stay and two go on, or none.
    tight = NoteSetting({1: note(20, 20, 20, glued=(0, 1))}, 10)
    assert pages(filled(Slice(20), Slice(40, notes=(1,)), notes=tight)) == [1, 2]


def test_notes_come_to_an_end_after_the_text() -> None:
    setting = NoteSetting({1: note(*[40] * 7)}, 10)
    made = filled(Slice(50, notes=(1,)), notes=setting)
    assert (pages(made), made.pages) == ([1], 4)


def test_nothing_is_one_page() -> None:
    assert filled().pages == 1
