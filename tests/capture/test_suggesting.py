"""What a passage makes likely: actors by name, topics by words and facts, kinds by their words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from briefgen.capture.suggesting import likely_actors, likely_kinds, likely_topics, suggested
from briefgen.dates import parse_edtf
from briefgen.index import Index, open_index
from gui.conftest import BASE
from written_files import write_files


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Index]:
    monkeypatch.setenv("BRIEFGEN_CACHE", str(tmp_path / "cache"))
    with open_index(write_files(tmp_path / "base", BASE)) as index:
        yield index


def test_actors_are_named_as_whole_words_in_any_spelling(index: Index) -> None:
    passage = (
        "Talks in ISLAMABAD: Россия’s Lavrov spoke; Russian-made goods and Moscowites did not."
    )
    assert likely_actors(index.base, passage) == ("pakistan", "russia", "lavrov")
    assert likely_actors(index.base, "Nobody was named.") == ()


def test_topics_come_from_their_labels_and_from_facts(index: Index) -> None:
    assert likely_topics(index, "They spoke of oil.", ())[0] == "energy.oil"
    assert likely_topics(index, "A joint exercise was planned.", ("russia",))[0] == "defence"
    assert likely_topics(index, "Nothing of the kind.", ("russia",)) == ()


@pytest.mark.parametrize(
    ("passage", "kind"),
    [
        ("They signed a memorandum.", "agreement"),
        ("The pipeline will be built.", "plan"),
        ("Trade stood at 542 million dollars.", "figure"),
        ("The ministry rejected the claim.", "position"),
        ("A war seems near.", "assessment"),
        ("They met.", "event"),
    ],
)
def test_kinds(passage: str, kind: str) -> None:
    assert likely_kinds(passage)[0] == kind
    assert likely_kinds(passage)[-1] == "event"


def test_all_of_it(index: Index) -> None:
    found = suggested(index, "Russia agreed on gas on Wednesday.", parse_edtf("2013-08-28"))
    assert (found.actors, found.topics[0], found.kinds[0]) == (
        ("russia",),
        "energy.gas",
        "agreement",
    )
    assert found.dates[0].edtf == "2013-08-28"


def test_words_of_a_query_language_are_words(index: Index) -> None:
    for passage in ('oil" OR statement:*', "oil AND NOT NEAR(gas)", "'; DROP TABLE facts; --"):
        suggested(index, passage)
