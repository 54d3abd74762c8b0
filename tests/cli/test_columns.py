"""Lists for people: aligned, wrapped, in any script."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.cli.columns import columns, wrap
from briefgen.text_width import text_width


def test_columns_are_aligned_and_the_last_is_wrapped() -> None:
    rows = [("energy", "12 facts", "Energy"), ("energy.oil", "3 facts", "Oil and refined products")]

    assert list(columns(rows, 45)) == [
        "energy      12 facts  Energy",
        "energy.oil  3 facts   Oil and refined",
        "                      products",
    ]


def test_a_very_wide_cell_takes_a_line_of_its_own() -> None:
    assert list(columns([("a", "one"), ("a-very-long-id", "two")], 80, widest=5)) == [
        "a  one",
        "a-very-long-id",
        "   two",
    ]


def test_no_rows_no_lines() -> None:
    assert list(columns([], 80)) == []


@pytest.mark.parametrize(
    ("text", "size"), [("abc", 3), ("Россия", 6), ("中国", 4), ("e\u0301", 1), ("a\u200db", 2)]
)
def test_text_width(text: str, size: int) -> None:
    assert text_width(text) == size


@given(st.text(alphabet=" aж中\u0301\u00a0", max_size=80), st.integers(1, 30))
@settings(deadline=None, max_examples=100)
def test_wrapping_loses_no_word_and_keeps_to_the_width(text: str, width: int) -> None:
    lines = wrap(text, width)

    assert [word for line in lines for word in line.split(" ") if word] == [
        word for word in text.split(" ") if word
    ]
    assert all(text_width(line) <= width or " " not in line.strip(" ") for line in lines)
