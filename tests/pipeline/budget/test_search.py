"""The smallest change that fits: halving, then giving back, against trying everything."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from briefgen.pipeline.budget.concessions import Concession, Steps
from briefgen.pipeline.budget.search import smallest


def concession(name: str, *limits: int, may_go: bool = True) -> Concession:
    return Concession(name, limits, may_go)


GAPS = concession("gaps", 2, 1)
FIGURES = concession("figures", 1)
TOPICS = concession("topics", 2, 1, may_go=False)
ALL = (GAPS, FIGURES, TOPICS)
ROOM = {"gaps": (6, 4, 2, 0), "figures": (8, 5, 0), "topics": (30, 20, 10)}
"""Lines that each takes after so many steps."""


def lines(steps: Steps) -> int:
    return sum(ROOM[one.section][step] for one, step in zip(ALL, steps, strict=True))


def found(most: int) -> tuple[Steps | None, list[Steps]]:
    """The choice that brings 44 lines down to `most`, and all that was tried."""
    tried: list[Steps] = []

    def fits(steps: Steps) -> bool:
        tried.append(steps)
        return lines(steps) <= most

    return smallest(ALL, fits), tried


def test_what_stands_lowest_gives_first_and_no_more_than_it_must() -> None:
    assert found(43)[0] == (1, 0, 0)
    assert found(40)[0] == (2, 0, 0)
    assert found(38)[0] == (3, 0, 0)
    assert found(36)[0] == (3, 1, 0)


def test_what_need_not_go_comes_back() -> None:
    """Leaving out the figures makes room for the gaps again, all of them or some."""
    assert found(34)[0] == (1, 2, 0)
    assert found(30)[0] == (3, 2, 0)
    assert found(26)[0] == (3, 1, 1)
    assert found(24)[0] == (1, 2, 1)


def test_where_nothing_is_enough_there_is_no_choice_and_no_search() -> None:
    choice, tried = found(9)

    assert choice is None
    assert tried == [(3, 2, 2)]


def test_nothing_is_tried_twice() -> None:
    for most in range(10, 44):
        tried = found(most)[1]
        assert len(tried) == len(set(tried))


concessions = st.lists(
    st.builds(
        lambda limits, may_go: Concession("s", tuple(range(limits, 0, -1)), may_go),
        st.integers(0, 4),
        st.booleans(),
    ),
    min_size=1,
    max_size=4,
)


@given(concessions, st.data())
def test_no_concession_of_what_is_found_could_be_smaller(
    made: list[Concession], data: st.DataObject
) -> None:
    saves = [
        [0, *data.draw(st.lists(st.integers(0, 9), min_size=one.steps, max_size=one.steps))]
        for one in made
    ]
    needed = data.draw(st.integers(1, 30))

    def fits(steps: Steps) -> bool:
        return sum(sum(each[: step + 1]) for each, step in zip(saves, steps, strict=True)) >= needed

    choice = smallest(made, fits)

    possible = [range(one.steps + 1) for one in made]
    if choice is None:
        assert not any(map(fits, product(*possible)))
        return
    assert fits(choice)
    for place, step in enumerate(choice):
        if step:
            assert not fits((*choice[:place], step - 1, *choice[place + 1 :]))
