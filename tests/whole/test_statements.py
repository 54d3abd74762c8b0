"""What a brief says stands in each of its files, literally, whatever markup it looks like.

An in-text citation may stand before a closing full stop, and white space is what a format makes
of it; nothing else may differ.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from briefgen.shipped import shipped_base
from whole.conftest import TEMPLATES, Documents, wanted_of
from whole.reading import (
    docx_furniture,
    furniture_of,
    html_text,
    pandoc_text,
    passages_in,
    said,
    spaced,
    statements_in,
    unspaced,
)

ORDINARY = [f"{which}/{template}" for which in ("usual", "nasty") for template in TEMPLATES]


@pytest.mark.parametrize("name", ORDINARY)
def test_a_sentence_is_its_statement(documents: Documents, name: str) -> None:
    """What follows a statement is its date, who says so, cautions and citations: no other word."""
    document = documents[name]
    assert document.shown
    for sentence in statements_in(document.model):
        whole = spaced("".join(said(sentence["content"])))
        assert whole.startswith(spaced(document.shown[sentence["fact"]]))


def test_a_passage_is_printed_as_it_was_written(documents: Documents) -> None:
    """Read without any code of ours between; its citations become notes."""
    text = (shipped_base() / "passages.yaml").read_text(encoding="utf-8")
    written = {
        passage["id"]: re.sub(r"\s*\[@[^\]]+\]", "", passage["text"])
        for passage in yaml.load(text, Loader=yaml.BaseLoader)
    }
    printed: dict[str, str] = {}
    for template in TEMPLATES:
        printed |= passages_in(documents[f"usual/{template}"].model)
    assert printed
    other = {
        name: words for name, words in printed.items() if unspaced(words) != unspaced(written[name])
    }
    for name, words in other.items():
        # Beside its own date it does not open with that date again.
        without_date = re.sub(r"^In [A-Z][a-z]+ \d{4} ", "", written[name])
        assert unspaced(words) == unspaced(without_date), name
    assert len(other) < len(printed)


@pytest.mark.parametrize("name", ORDINARY)
def test_every_text_stands_in_word(documents: Documents, name: str, tmp_path: Path) -> None:
    document = documents[name]
    data = document.files["docx"]
    read = spaced(pandoc_text(data, tmp_path, source="docx"))
    assert [text for text in wanted_of(document) if spaced(text) not in read] == []
    around = docx_furniture(data)
    assert [text for text in furniture_of(document.model) if text not in around] == []


@pytest.mark.parametrize("name", ORDINARY)
def test_every_text_stands_in_html(documents: Documents, name: str) -> None:
    document = documents[name]
    read = spaced(html_text(document.files["html"]))
    wanted = [*wanted_of(document), *furniture_of(document.model)]
    assert [text for text in wanted if spaced(text) not in read] == []


@pytest.mark.parametrize("name", ORDINARY)
def test_every_text_stands_in_markdown(documents: Documents, name: str, tmp_path: Path) -> None:
    document = documents[name]
    read = spaced(pandoc_text(document.files["md"], tmp_path, source="markdown"))
    wanted = [*wanted_of(document), *furniture_of(document.model)]
    assert [text for text in wanted if spaced(text) not in read] == []


@pytest.mark.parametrize("name", ORDINARY)
def test_every_text_stands_in_plain_text(documents: Documents, name: str) -> None:
    document = documents[name]
    read = unspaced(document.files["txt"].decode("utf-8"))
    wanted = [*wanted_of(document), *furniture_of(document.model)]
    assert [text for text in wanted if unspaced(text) not in read] == []
