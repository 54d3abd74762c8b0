"""A passage and an address become a draft."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from briefgen.editing.quick_add import draft_entry, quick_draft, still_quoted
from briefgen.facts.model import Base, Source

TODAY = date(2026, 11, 22)
SOURCES = {
    "dawn": {"type": "article-newspaper", "title": "Era", "container-title": "Dawn", "URL": "https://www.dawn.com/news/659642"},
    "paper": {"type": "article-journal", "title": "On oil", "DOI": "10.1234/Oil"},
    "yearbook": {"type": "report", "title": "Trade yearbook"},
}  # fmt: skip
BASE = Base("b", "T", "en", {}, {}, (), {}, {id_: Source(id_, csl) for id_, csl in SOURCES.items()})

NEW = [
    (
        "https://www.dawn.com/news/123/pakistan-buys-more-russian-oil?utm_source=x",
        {"type": "article-newspaper", "title": "Pakistan buys more russian oil", "container-title": "Dawn",
         "URL": "https://www.dawn.com/news/123/pakistan-buys-more-russian-oil?utm_source=x", "accessed": "2026-11-22"},
    ),
    ("www.example.org/a", {"type": "webpage", "URL": "https://www.example.org/a", "accessed": "2026-11-22"}),
    ("https://oil.blogspot.com/", {"type": "post-weblog", "URL": "https://oil.blogspot.com/", "accessed": "2026-11-22"}),
    ("https://www.state.gov/x", {"type": "report", "URL": "https://www.state.gov/x", "accessed": "2026-11-22"}),
    ("doi:10.99999/abc", {"type": "article-journal", "DOI": "10.99999/abc"}),
    ("Minutes of the third meeting", {"type": "document", "title": "Minutes of the third meeting"}),
    ("", {}),
]  # fmt: skip


@pytest.mark.parametrize(("address", "source"), NEW)
def test_what_an_address_says_of_a_new_source(address: str, source: dict[str, Any]) -> None:
    draft = quick_draft("Some words.", address, BASE, TODAY)

    assert draft.existing is None
    assert dict(draft.source) == source


@pytest.mark.parametrize(
    ("address", "id_"),
    [
        ("http://dawn.com/news/659642/?utm_medium=y#top", "dawn"),
        ("https://doi.org/10.1234/oil", "paper"),
        ("Trade Yearbook", "yearbook"),
        ("yearbook", "yearbook"),
    ],
)
def test_a_source_that_is_there_is_used_again(address: str, id_: str) -> None:
    draft = quick_draft("Some words.", address, BASE, TODAY)

    assert draft.existing is not None
    assert draft.existing.id == id_
    assert draft.source == {}


@pytest.mark.parametrize(
    ("passage", "statement", "quote"),
    [
        (
            "“Oil came.\n It was  paid for in yuan.”",
            "Oil came.",
            "Oil came. It was paid for in yuan.",
        ),
        ("Gen. Kayani met Mr. Lavrov. They talked.", "Gen. Kayani met Mr. Lavrov.", None),
        ("no end", "no end", None),
        ("He said “Oil came.” Then he left.", "He said “Oil came.”", None),
    ],
)
def test_the_statement_starts_as_the_first_sentence(
    passage: str, statement: str, quote: str | None
) -> None:
    draft = quick_draft(passage, "", BASE, TODAY)

    assert draft.statement == statement
    assert draft.passage == (passage if quote is None else quote)


@pytest.mark.parametrize(
    ("statement", "quoted"),
    [
        ("The first cargo of Russian crude oil arrived in Karachi on Sunday.", True),
        ("On Sunday the first cargo of Russian crude oil arrived in port.", True),
        ("Karachi received its first Russian crude.", False),
        ("Crude oil", True),
        ("", False),
    ],
)
def test_whose_words_a_statement_has(statement: str, quoted: bool) -> None:
    passage = "The first cargo of Russian crude oil arrived in Karachi on Sunday, officials said."

    assert still_quoted(statement, passage) == quoted


def test_the_draft_is_a_draft_and_quotes_the_passage() -> None:
    draft = quick_draft("Oil came. It was paid for.", "dawn", BASE, TODAY)

    entry = draft_entry(
        draft, "dawn", id_="oil", statement=" Oil \n arrived. ", topics=["energy"], more={"date": "2023", "actors": []}
    )  # fmt: skip

    assert entry == {
        "id": "oil",
        "topics": ["energy"],
        "kind": "event",
        "statement": "Oil arrived.",
        "cites": [{"source": "dawn", "quote": "Oil came. It was paid for."}],
        "status": "draft",
        "date": "2023",
    }
