"""Pandoc, which did not write our bibliographies, finds the same sources in them."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import pytest

from briefgen.bibliography.model import Format
from briefgen.bibliography.write import write_bibliography
from briefgen.cite.pandoc import find_pandoc
from briefgen.facts.csl import csl_date
from briefgen.facts.model import Source

SOURCES = [
    Source(
        "paper",
        {
            "id": "paper",
            "type": "article-journal",
            "title": "Über R&D, 50% of a_b {in} Russia",
            "author": [
                {"family": "Müller", "given": "Jörg"},
                {"family": "King", "given": "Martin Luther", "suffix": "Jr."},
            ],
            "container-title": "Journal of Things",
            "volume": "3",
            "issue": "4",
            "page": "12-34",
            "issued": csl_date("2011"),
            "DOI": "10.5555/a_b",
            "URL": "https://example.org/?a=b&c=%20d",
            "publisher": "Simon and Schuster",
        },
    ),
    Source(
        "news",
        {
            "id": "news",
            "type": "article-newspaper",
            "title": "Стратегический диалог",
            "author": [{"literal": "Ministry of Foreign Affairs"}],
            "container-title": "Газета",
            "issued": csl_date("2013"),
        },
    ),
]


def judged(format_: Format, pandoc_format: str) -> dict[str, dict[str, Any]]:
    """What Pandoc makes of our text, by title, for its ids are its own in RIS."""
    done = subprocess.run(
        [find_pandoc(), f"--from={pandoc_format}", "--to=csljson", "--sandbox"],
        input=write_bibliography(SOURCES, format_).encode(),
        capture_output=True,
        check=True,
    )
    return {item.get("DOI", "news"): item for item in json.loads(done.stdout)}


@pytest.mark.parametrize(
    ("format_", "pandoc_format"),
    [("biblatex", "biblatex"), ("bibtex", "bibtex"), ("ris", "ris"), ("csl.json", "csljson")],
)
def test_pandoc_finds_the_same(format_: Format, pandoc_format: str) -> None:
    found = judged(format_, pandoc_format)
    paper, news = found["10.5555/a_b"], found["news"]
    # Pandoc marks titles that keep their case; RIS has no marks to make.
    plain = paper["title"].replace('<span class="nocase">', "").replace("</span>", "")
    assert plain == "Über R&D, 50% of a_b {in} Russia" or (format_ != "ris" and "a_b" in plain)
    assert [name["family"] for name in paper["author"]] == ["Müller", "King"]
    assert paper["issued"]["date-parts"] == [[2011]]
    assert paper["container-title"] == "Journal of Things"
    assert paper["URL"] == "https://example.org/?a=b&c=%20d"
    assert (paper["volume"], paper["issue"]) == ("3", "4")
    assert "Стратегический диалог" in news["title"]
    if format_ != "ris":  # Pandoc's reader of RIS knows no such names
        assert news["author"] == [{"literal": "Ministry of Foreign Affairs"}]
        assert paper["publisher"] == "Simon and Schuster"
        assert paper["type"] == "article-journal"


def test_csl_yaml_is_read_by_pandoc() -> None:
    document = f"---\n{write_bibliography(SOURCES, 'yaml')}---\n\n@paper\n"
    done = subprocess.run(
        [find_pandoc(), "--from=markdown", "--to=plain", "--citeproc", "--sandbox"],
        input=document.encode(),
        capture_output=True,
        check=True,
    )
    said = done.stdout.decode()
    assert "Müller" in said
    assert "Journal of Things" in said
