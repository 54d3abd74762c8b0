"""Words that were searched for are lit up where they stand, however they are written there."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.errors import UsageError
from briefgen.index.fold import fold_words
from briefgen.index.text import parse_text_query
from briefgen.select.highlight import found_places


@pytest.mark.parametrize(
    ("query", "text", "lit"),
    [
        ("oil", "Oil and soil: OIL.", ["Oil", "OIL"]),
        ("lodz", "A visit to Łódź was paid.", ["Łódź"]),
        ("еж", "Колючий ёж спит.", ["ёж"]),
        ("ship*", "Shipping to a ship.", ["Shipping", "ship"]),
        ("mi-17", "Ten Mi-17s and a Mi-17.", ["Mi-17"]),
        ('"gas pipeline"', "Gas, then a gas pipeline; pipeline gas.", ["gas pipeline"]),
        ("gas oil", "Gas or oil?", ["Gas", "oil"]),
        ("gas pipeline", "The gas pipeline.", ["gas", "pipeline"]),
        ("京", "東京都", ["京"]),
        ("nothing", "Something else.", []),
        ("", "Something else.", []),
    ],
)
def test_where_words_stand(query: str, text: str, lit: list[str]) -> None:
    places = found_places(text, parse_text_query(query))

    assert [text[start:end] for start, end in places] == lit


@settings(deadline=None, max_examples=200)
@given(text=st.text(max_size=40), query=st.text(min_size=1, max_size=6))
def test_something_is_lit_wherever_a_search_finds(text: str, query: str) -> None:
    try:
        phrases = parse_text_query(query)
    except UsageError:  # nothing in it that could be looked for
        return
    if not phrases:
        return
    found = all(phrase.found_in(fold_words(text)) for phrase in phrases)

    places = found_places(text, phrases)

    assert places == sorted(places)
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert not found or places
