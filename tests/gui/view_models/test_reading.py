"""A copy as one text: its margin, its passages, and what a new fact starts as."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from briefgen.capture.read import read_saved
from briefgen.facts.csl import csl_date
from briefgen.facts.model import Source
from briefgen.gui.view_models.reading import CopyOnView, MarkedPassage, new_fact
from briefgen.index import Index, open_index
from capture.copies import pdf
from gui.conftest import BASE
from written_files import write_files

TEXT = CopyOnView(read_saved(b"Talks\n\nThey met on Wednesday.\nThey agreed.", "a.txt"))


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with open_index(write_files(tmp_path / "base", BASE)) as index:
        yield index


def test_paragraphs_are_numbered_and_pages_where_they_begin() -> None:
    assert [TEXT.margin(line) for line in range(-1, 7)] == ["", "1", "", "2", "", "3", "", ""]
    pages = CopyOnView(read_saved(pdf(["One.", "", "", "", "Two."], ["Three."]), "a.pdf"))
    assert pages.text == "One.\n\nTwo.\n\nThree."
    assert [pages.margin(line) for line in range(5)] == ["p. 1", "", "", "", "p. 2"]
    assert [pages.page_at(at) for at in (0, 6, len(pages.text))] == [1, 1, 2]


def test_what_is_marked_is_one_line_with_its_place() -> None:
    whole = TEXT.text
    start = whole.index("Wednesday")
    assert TEXT.passage(start - 1, whole.index("agreed")) == MarkedPassage(
        "Wednesday. They", {"paragraph": "2-3"}
    )
    assert TEXT.passage(5, 7) is None
    assert TEXT.passage(3, 3) is None
    assert TEXT.passage(0, 7) == MarkedPassage("Talks", {"paragraph": "1"})


def test_a_new_fact_has_what_is_known_and_proposes_the_rest(index: Index) -> None:
    source = Source("s9", {"type": "article-newspaper", "issued": csl_date("2013-08-28")})
    passage = MarkedPassage("Russia agreed on gas on Wednesday.", {"paragraph": "2"})
    entry, proposals = new_fact(index, source, passage)
    assert entry == {
        "cites": [
            {"source": "s9", "locator": {"paragraph": "2"}, "quote": passage.text},
        ],
        "date": "2013-08-28",
        "date_note": "‘On Wednesday’ in an article of 28 August 2013.",
    }
    assert [(one.field, one.value) for one in proposals] == [
        ("kind", "agreement"), ("topics", "energy.gas"), ("actors", "russia"),
    ]  # fmt: skip


def test_a_further_passage_stands_in_the_order_of_the_text() -> None:
    whole = TEXT.text
    first = {"source": "s", "locator": {"paragraph": "2"}, "quote": "They met"}
    start = whole.index("They agreed")
    both = TEXT.with_passage(first, start, len(whole))
    assert both == {
        "source": "s", "locator": {"paragraph": "2, 3"}, "quote": "They met … They agreed.",
    }  # fmt: skip
    before = TEXT.with_passage({"source": "s", "quote": "They agreed."}, 0, 5)
    assert before["quote"] == "Talks … They agreed."
    assert TEXT.with_passage(first, 5, 7) == first
