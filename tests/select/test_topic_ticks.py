"""Topic lists and the boxes that stand for them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.select.topic_ticks import TopicTree

IDS = ["energy", "energy.oil", "energy.oil.crude", "energy.gas", "trade", "defence.visits"]
TREE = TopicTree(IDS)


def shown(*chosen: str) -> str:
    """The tree's boxes: `x` ticked, `-` partly, a dot for none, in the order of the tree."""
    ticks = TREE.ticks(chosen)
    return "".join({"on": "x", "part": "-", "off": "."}[ticks[id_]] for id_ in TREE.order)


def test_topics_stand_under_their_parents_in_the_order_of_the_base() -> None:
    assert TREE.order == (
        "energy", "energy.oil", "energy.oil.crude", "energy.gas", "trade", "defence",
        "defence.visits",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("chosen", "boxes"),
    [
        ((), "xxxxxxx"),
        (("energy",), "xxxx..."),
        (("energy.oil",), "-xx...."),
        (("energy.oil.crude",), "--x...."),
        (("energy.oil", "energy.gas"), "-xxx..."),  # not what stands under energy itself
        (("trade", "no-such-topic"), "....x.."),
        (("no-such-topic",), "......."),
    ],
)
def test_what_a_list_ticks(chosen: tuple[str, ...], boxes: str) -> None:
    assert shown(*chosen) == boxes


@pytest.mark.parametrize(
    ("chosen", "clicked", "then"),
    [
        (("trade",), "energy.gas", ("energy.gas", "trade")),
        (("energy.oil",), "energy.gas", ("energy",)),
        (("energy.oil",), "energy", ("energy",)),
        (("energy.gas", "trade"), "energy.oil.crude", ("energy", "trade")),
        (("energy", "trade"), "defence.visits", ()),
        (("energy",), "energy.oil", ("energy.gas",)),
        (("energy",), "energy.oil.crude", ("energy.gas",)),
        (("energy", "energy.oil"), "energy.oil", ("energy.gas",)),
        (("energy", "trade"), "energy", ("trade",)),
        ((), "trade", ("energy", "defence")),
        ((), "energy.gas", ("energy.oil", "trade", "defence")),
        (("trade",), "trade", None),
        (("trade", "gone"), "energy", ("energy", "trade", "gone")),
        (("trade", "gone"), "gone", ("trade",)),
        (("gone",), "gone", ()),
    ],
)
def test_a_click_gives_the_shortest_list(
    chosen: tuple[str, ...], clicked: str, then: tuple[str, ...] | None
) -> None:
    assert TREE.toggle(chosen, clicked) == then


def test_topics_may_be_as_deep_as_an_id_is_long() -> None:
    deep = ".".join("a" * 3000)
    tree = TopicTree([deep, "b"])
    assert len(tree.order) == 3001
    assert tree.untick((), deep) == ("b",)


@given(st.lists(st.sampled_from(TREE.order), max_size=4).map(tuple), st.data())
def test_a_click_changes_the_box_that_was_clicked_and_those_that_depend_on_it(
    chosen: tuple[str, ...], data: st.DataObject
) -> None:
    clicked = data.draw(st.sampled_from(TREE.order))
    before = TREE.ticks(chosen)
    then = TREE.toggle(chosen, clicked)
    if then is None:
        return
    after = TREE.ticks(then)
    assert (after[clicked] == "on") == (before[clicked] != "on")
    assert list(then) == [id_ for id_ in TREE.order if id_ in then]
    for id_ in TREE.order:
        apart = not f"{id_}.".startswith(f"{clicked}.") and not f"{clicked}.".startswith(f"{id_}.")
        if apart and not TREE.children[id_]:
            assert after[id_] == before[id_]
