"""Where pages stand on the desk, and what stays in its place when they change."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.gui.pages.layout import (
    GAP,
    MARGIN,
    Desk,
    Sentences,
    hold_at,
    scale_to_fit,
    top_for,
)
from briefgen.gui.view_models.pages.preview import FactPlace

A4 = (595.0, 842.0)


def place(fact: str, page: int, top: float, sentence: int = 0) -> FactPlace:
    return FactPlace(fact, page, 70.0, top - 12.0, 500.0, top, sentence)


def test_pages_stand_one_below_the_other_in_the_middle() -> None:
    desk = Desk((A4, A4), 1.0, 800.0)
    first, second = desk.sheets

    assert (first.left, first.top) == (102.0, MARGIN)  # whole pixels
    assert second.top == MARGIN + 842 + GAP
    assert desk.height == second.bottom + MARGIN
    assert [desk.page_at(y) for y in (0, 100, 870, 890, 9999)] == [0, 0, 0, 1, 1]


def test_what_is_between_two_heights() -> None:
    desk = Desk((A4, A4, A4), 1.0, 800.0)

    assert list(desk.pages_between(0, 400)) == [0]
    assert list(desk.pages_between(500, 1200)) == [0, 1]
    assert list(desk.pages_between(865, 870)) == []
    assert list(Desk((), 1.0, 800.0).pages_between(0, 400)) == []
    assert desk.main_page(500, 1300) == 1


def test_fitting() -> None:
    assert scale_to_fit((A4,), 595 + 2 * MARGIN) == pytest.approx(1.0)
    assert scale_to_fit((A4,), 5000, 421 + 2 * MARGIN) == pytest.approx(0.5)


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 30), st.floats(0.2, 4), st.floats(200, 3000), st.sampled_from([1.0, 1.5, 2.0]),
    st.floats(0, 1), st.floats(0, 1), st.data(),
)  # fmt: skip
def test_a_point_of_a_page_is_found_again(
    count: int, scale: float, room: float, ratio: float, x: float, y: float, data: st.DataObject
) -> None:
    desk = Desk((A4,) * count, scale, room, ratio)
    page = data.draw(st.integers(0, count - 1))
    sheet = desk.sheets[page]

    found, across, up = desk.spot(
        sheet.left + x * A4[0] * scale * 0.999, sheet.top + y * A4[1] * scale * 0.999
    )

    assert found == page
    assert across == pytest.approx(x * A4[0] * 0.999, abs=0.01)
    assert desk.down_to(found, up) == pytest.approx(sheet.top + y * A4[1] * scale * 0.999, abs=0.01)


def test_a_sentence_is_all_its_lines_and_known_where_it_stands() -> None:
    sentences = Sentences(
        (
            place("a", 0, 700), place("a", 0, 686),
            place("b", 0, 650, 1),
            place("a", 1, 800, 2), place("a", 1, 795, 3),  # two cells of a row
            place("a", 1, 700, 4),
        )
    )  # fmt: skip

    assert [(each.fact, len(each.places)) for each in sentences.all] == [
        ("a", 2), ("b", 1), ("a", 2), ("a", 1),
    ]  # fmt: skip
    found = sentences.at(0, 100, 680)
    assert found is sentences.all[0]
    assert sentences.at(0, 100, 500) is None
    assert [each.places[0].page for each in sentences.of_fact["a"]] == [0, 1, 1]


# --- staying ------------------------------------------------------------------------------------

BEFORE = (place("key", 0, 700), place("a", 0, 500), place("b", 1, 700), place("key", 1, 600))


def stay(before: tuple[FactPlace, ...], after: tuple[FactPlace, ...], top: float) -> float:
    """Where what is seen begins after the pages changed, when it began at `top` before."""
    desk = Desk((A4, A4), 1.0, 700.0)
    old, new = Sentences(before), Sentences(after)
    return top_for(hold_at(desk, old, top, top + 500, new.of_fact), desk, new)


def test_the_uppermost_sentence_stays_where_it_was() -> None:
    moved = (place("key", 0, 700), place("a", 0, 470), *BEFORE[2:])
    assert stay(BEFORE, moved, 300.0) == 330.0


def test_at_the_top_one_stays_at_the_top() -> None:
    assert stay(BEFORE, (place("new", 0, 700), *BEFORE), 0.0) <= 0.0


def test_without_the_fact_that_was_left_out_the_next_one_stays() -> None:
    before = (place("a", 0, 500), place("b", 0, 400))
    assert stay(before, (place("b", 0, 440),), 300.0) == 260.0


def test_without_any_fact_the_place_on_the_page_stays() -> None:
    assert stay((), (), 300.0) == pytest.approx(300.0)
    assert stay(BEFORE, (), 300.0) == pytest.approx(300.0)


def test_a_fact_that_now_stands_among_the_key_points_too_does_not_carry_one_away() -> None:
    after = (BEFORE[0], place("b", 0, 660), *BEFORE[1:])
    # `b` was the uppermost in sight, on the second page, and is now on the first as well.
    top = 900.0
    assert stay(BEFORE, after, top) == top


def test_a_clause_is_found_by_each_of_its_facts() -> None:
    clause = FactPlace("a", 0, 70.0, 688.0, 300.0, 700.0, 0, ("b",))
    sentences = Sentences((clause, place("b", 0, 600.0, 1)))
    assert [sentence.facts for sentence in sentences.all] == [("a", "b"), ("b",)]
    assert [len(sentences.of_fact[id_]) for id_ in "ab"] == [1, 2]
