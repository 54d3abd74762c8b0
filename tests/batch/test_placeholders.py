"""`{placeholders}`: filled in once, as text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.batch.placeholders import check_placeholders, combinations, fill, filled
from briefgen.reading.shapes import Report
from briefgen.reading.yaml_tree import Mapping, Scalar, Sequence, parse_yaml


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("{topic}-{year}", "energy-2011"),
        ("{ topic }", "energy"),
        ("{{topic}}", "{topic}"),
        ("{{{topic}}}", "{energy}"),
        ("no braces", "no braces"),
        ("{odd}", "{topic}"),
        ("a } b { c", "a } b { c"),
    ],
)
def test_filling_in(text: str, becomes: str) -> None:
    assert fill(text, {"topic": "energy", "year": "2011", "odd": "{topic}"}) == becomes


@pytest.mark.parametrize("text", ["{topic.__class__}", "{topic[0]}", "{topic!r}", "{0}", "{}"])
def test_nothing_is_reached_through_a_placeholder(text: str) -> None:
    with pytest.raises(KeyError):
        fill(text, {"topic": "energy"})


@settings(deadline=None, max_examples=100)
@given(st.text(), st.text())
def test_a_value_comes_out_as_it_went_in(value: str, other: str) -> None:
    assert fill("{a}{b}", {"a": value, "b": other}) == value + other


@settings(deadline=None, max_examples=100)
@given(st.text())
def test_doubled_braces_are_single_ones(text: str) -> None:
    assert fill(text.replace("{", "{{").replace("}", "}}"), {}) == text


def test_every_combination_the_last_changing_fastest() -> None:
    made = combinations({"topic": ("a", "b"), "year": ("1", "2")})
    assert [(one["topic"], one["year"]) for one in made] == [
        ("a", "1"), ("a", "2"), ("b", "1"), ("b", "2"),
    ]  # fmt: skip


def test_a_tree_keeps_its_places() -> None:
    node = parse_yaml(b'name: "{t}"\nselect:\n  topics: ["{t}", b]\n', "f").root
    assert node is not None
    made = filled(node, {"t": "energy"}, Report("f"))
    assert isinstance(made, Mapping)
    name, topics = made.get("name"), made.get("select")
    assert isinstance(name, Scalar)
    assert (name.text, name.line, name.column) == ("energy", 1, 7)
    assert isinstance(topics, Mapping)
    items = topics.get("topics")
    assert isinstance(items, Sequence)
    assert [item.text for item in items.items if isinstance(item, Scalar)] == ["energy", "b"]


def test_keys_that_become_the_same_are_told() -> None:
    node = parse_yaml(b'{"{a}": 1, x: 2}', "f").root
    assert node is not None
    report = Report("f")
    filled(node, {"a": "x"}, report)
    assert [str(problem) for problem in report.problems] == [
        "f:1:12: error: key 'x' stands twice; keep one of the two"
    ]


def test_unknown_placeholders_are_told_with_the_nearest() -> None:
    node = parse_yaml(b'{name: "{topc}", a: "{b.c}"}', "f").root
    assert node is not None
    report = Report("f")
    assert check_placeholders(node, {"topic": ("a",)}, report) == {"topc", "b.c"}
    assert [str(problem) for problem in report.problems] == [
        "f:1:8: error: no value is called 'topc'; did you mean 'topic'?",
        "f:1:21: error: no value is called 'b.c'; there are: topic; a brace as such is written twice",
    ]
