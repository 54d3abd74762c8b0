"""A passage holds as long as its facts say what they said when it was checked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from briefgen.facts.model import Citation, Fact, Passage
from briefgen.facts.staleness import (
    Change,
    checked_against,
    not_checked,
    open_disputes,
    what_changed,
)

A, B, C = (Fact(id_, ("t",), "event", f"{id_} happened.", (Citation("s"),)) for id_ in "abc")
FACTS = {"a": A, "b": B, "c": C}
PASSAGE = Passage("p", "A [@a] and B [@b].", ("a", "b"), checked_against(("a", "b"), FACTS))


def changes(passage: Passage = PASSAGE, **facts: Fact) -> tuple[Change, ...]:
    known = FACTS | facts
    return what_changed(passage, known, open_disputes(known))


def test_it_stands_while_nothing_changes() -> None:
    assert changes() == ()
    assert changes(a=replace(A, topics=("u",), key=True, marking="OFFICIAL")) == ()
    assert changes(c=replace(C, statement="Otherwise.", status="retracted")) == ()
    assert not_checked(PASSAGE) == ()


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"a": replace(A, statement="Otherwise.")}, "fact 'a' says something else by now"),
        ({"b": replace(B, status="superseded")}, "fact 'b' is superseded"),
        ({"b": replace(B, status="retracted")}, "fact 'b' is retracted"),
        ({"b": replace(B, disputes=("c",))}, "fact 'b' is disputed by 'c', which the passage does not cite"),
        ({"c": replace(C, disputes=("a",))}, "fact 'a' is disputed by 'c', which the passage does not cite"),
    ],
)  # fmt: skip
def test_it_is_stale_once_a_fact_changes(facts: dict[str, Fact], told: str) -> None:
    assert list(map(str, changes(**facts))) == [told]


def test_a_dispute_within_and_one_that_is_settled_do_no_harm() -> None:
    assert changes(a=replace(A, disputes=("b",))) == ()
    assert changes(c=replace(C, disputes=("a",), status="retracted")) == ()


def test_what_was_never_checked_has_not_changed() -> None:
    passage = replace(PASSAGE, checked={"a": PASSAGE.checked["a"]})
    assert not_checked(passage) == ("b",)
    assert changes(passage, b=replace(B, statement="Otherwise.")) == ()


def test_a_fact_that_is_left_out_takes_its_passages_along() -> None:
    assert [str(one) for one in what_changed(PASSAGE, {"a": A}, {})] == [
        "fact 'b' is left out for a fault of its own"
    ]
