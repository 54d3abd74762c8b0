"""The first few of many, and how many more there are."""

from __future__ import annotations

from briefgen.suggestions import few_of


def test_few_are_all_told() -> None:
    assert few_of([], 3) == ""
    assert few_of(["a", "b", "c"], 3) == "a, b, c"


def test_of_many_the_rest_is_counted() -> None:
    assert few_of(["a", "b", "c", "d"], 3) == "a, b, c and 1 more"
    assert few_of([str(n) for n in range(2000)], 2) == "0, 1 and 1,998 more"
