"""Citations and figures as the words of a cell: people write them, and what we write reads back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from briefgen.dates import parse_edtf
from briefgen.facts.model import CSL_LOCATOR_LABELS, Citation, Figure
from briefgen.facts.tables.cell_words import (
    CellError,
    citations_in_cells,
    figures_in_cell,
    read_citations,
    read_figures,
)


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("s1", [{"source": "s1"}]),
        ("s1; s2 ;", [{"source": "s1"}, {"source": "s2"}]),
        ("s1, p. 3", [{"source": "s1", "locator": {"page": "3"}}]),
        ("s1 p.3", [{"source": "s1", "locator": {"page": "3"}}]),
        ("s1, 3", [{"source": "s1", "locator": {"page": "3"}}]),
        ("s1, xii-xiv", [{"source": "s1", "locator": {"page": "xii-xiv"}}]),
        ("s1, pp. 3, 5", [{"source": "s1", "locator": {"page": "3, 5"}}]),
        ("s1, § 7, para. 2", [{"source": "s1", "locator": {"section": "7", "paragraph": "2"}}]),
        ("s1, at 00:12:30", [{"source": "s1", "locator": {"timestamp": "00:12:30"}}]),
        ("s1, sub-verbo oil", [{"source": "s1", "locator": {"sub-verbo": "oil"}}]),
        ("s1, p. 3; s2, Ch. 4", [{"source": "s1", "locator": {"page": "3"}}, {"source": "s2", "locator": {"chapter": "4"}}]),
        ('[{"source": "s1", "locator": {"page": "3; 4"}}]', [{"source": "s1", "locator": {"page": "3; 4"}}]),
    ],
)  # fmt: skip
def test_citations_as_people_write_them(text: str, entries: list[dict[str, Any]]) -> None:
    assert read_citations(text) == entries


def test_quotes_and_a_place_from_cells_of_their_own() -> None:
    assert read_citations("s1", "a | b", "p. 3") == [
        {"source": "s1", "locator": {"page": "3"}, "quote": "a | b"}
    ]
    assert read_citations("s1; s2; s3", "a | | c") == [
        {"source": "s1", "quote": "a"}, {"source": "s2"}, {"source": "s3", "quote": "c"}
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        (("s1, somewhere",), "'somewhere' is no place in a source"),
        (("s1; s2", "a | b | c"), "3 quotes for 2 sources"),
        (("s1; s2", "", "p. 3"), "a place beside several sources"),
        (("s1, p. 3", "", "p. 3"), "a place beside several sources, or beside another place"),
        (("[1]",), "the JSON is no list of objects"),
        (("[{",), "not JSON: "),
    ],
)
def test_citations_that_cannot_be_read(cells: tuple[str, ...], message: str) -> None:
    with pytest.raises(CellError, match=message.replace("|", r"\|").replace("(", r"\(")) as caught:
        read_citations(*cells)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("trade: 542 USD million (reported)",
         {"measure": "trade", "value": "542", "unit": "USD million", "basis": "reported"}),
        ("trade : at least 1.5 to 2e3 per cent (a year) (planned, 2013/..)",
         {"measure": "trade", "qualifier": "at-least", "value": "1.5", "value_to": "2e3",
          "unit": "per cent (a year)", "basis": "planned", "period": "2013/.."}),
    ],
)  # fmt: skip
def test_figures_as_people_write_them(text: str, entry: dict[str, Any]) -> None:
    assert read_figures(text) == [entry]


@pytest.mark.parametrize(
    "text", ["542", "trade: 1,200 USD (reported)", "trade: 542 USD", "trade: x USD (reported)"]
)
def test_figures_that_cannot_be_read(text: str) -> None:
    with pytest.raises(CellError, match="is no figure"):
        read_figures(text)


IDS = st.from_regex(r"[a-z0-9][a-z0-9._-]{0,6}", fullmatch=True)
WORDS = st.text(st.sampled_from("ab3 ,;|()[]{}:.\n\"'=p") | st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=12)  # fmt: skip
LOCATORS = st.dictionaries(st.sampled_from(CSL_LOCATOR_LABELS), WORDS, max_size=3)
CITES = st.builds(
    lambda source, locators, quote: Citation(source, tuple(locators.items()), quote),
    IDS, LOCATORS, WORDS | st.just(""),
)  # fmt: skip
NUMBERS = st.integers(-(10**20), 10**20) | st.floats(allow_nan=False, allow_infinity=False)
FIGURES = st.builds(
    Figure,
    IDS,
    NUMBERS,
    WORDS,
    st.sampled_from(["reported", "estimate"]),
    st.none() | NUMBERS,
    st.none() | st.sampled_from(["2013", "2012~", "2013/.."]).map(parse_edtf),
    st.sampled_from([None, "about", "at-least"]),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(CITES, min_size=1, max_size=3))
@example([Citation("s1", (), "a | b")])
@example([Citation("s1", (), "a"), Citation("s2", (), "b | c")])
@example([Citation("s1", (("page", "3, para. 4"),), "")])
def test_citations_come_back(cites: list[Citation]) -> None:
    assert [
        Citation(entry["source"], tuple(entry.get("locator", {}).items()), entry.get("quote", ""))
        for entry in read_citations(*citations_in_cells(cites))
    ] == cites


@settings(max_examples=200, deadline=None)
@given(st.lists(FIGURES, max_size=3))
@example([Figure("m", 1, "a to 2 b", "reported")])
@example([Figure("m", 1, "x; y", "reported")])
def test_figures_come_back(figures: list[Figure]) -> None:
    back = read_figures(figures_in_cell(figures))
    assert [
        Figure(
            entry["measure"],
            number(entry["value"]),
            entry["unit"],
            entry["basis"],
            number(entry["value_to"]) if "value_to" in entry else None,
            parse_edtf(entry["period"]) if "period" in entry else None,
            entry.get("qualifier"),
        )
        for entry in back
    ] == figures


def number(text: str) -> float:
    return int(text) if text.lstrip("-").isdigit() else float(text)


def test_what_words_cannot_say_is_json_and_the_rest_is_words() -> None:
    assert citations_in_cells([Citation("s1", (("page", "3"),), "so"), Citation("s2")]) == (
        "s1, page 3; s2",
        "so",
    )
    words, quotes = citations_in_cells([Citation("s1", (("page", "3; 4"),), "so")])
    assert (words, quotes) == ('[{"source": "s1", "locator": {"page": "3; 4"}, "quote": "so"}]', "")
