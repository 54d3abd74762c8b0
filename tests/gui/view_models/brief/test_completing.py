"""What a few typed letters complete to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from briefgen.gui.view_models.brief.completing import Citing, Completer, citing_at, with_citation
from briefgen.index import Index, open_index

BASE = {
    "base.yaml": "format: 1\ntitle: T\nlanguage: en\ntopics: {energy: Energy}\n",
    "actors.yaml": """\
- {id: russia, name: Russia, kind: state, aliases: [Moscow, Россия]}
- {id: niger, name: Niger, kind: state}
- {id: nigeria, name: Nigeria, kind: state}
""",
    "sources.yaml": """\
references:
- {id: awan-2023, type: book, title: Łódź Papers, author: [{family: Awan}], issued: 2023}
- {id: dawn, type: article-newspaper, title: Oil talks open, container-title: Dawn, issued: 2011}
""",
    "facts/all.yaml": """\
- {id: oil-talks, date: 2011-05, topics: [energy], kind: event, statement: Talks on oil opened., cites: [{source: dawn}]}
- {id: oil-price, date: 2013, said: 2013, topics: [energy], kind: event, statement: The price of Mi-17 fuel rose., cites: [{source: dawn}]}
- {id: gas-2012, date: 2012~, said: 2012, topics: [energy], kind: event, statement: A pipeline for gas and oil was agreed on., cites: [{source: dawn}]}
- {id: oil-undated, topics: [energy], kind: event, statement: Oil is an old subject., cites: [{source: dawn}]}
- {id: oil-draft, date: 2014, said: 2014, topics: [energy], kind: event, statement: Unchecked., cites: [{source: dawn}], status: draft}
- {id: oil-wrong, date: 2015, topics: [energy], kind: event, statement: Wrong., cites: [{source: dawn}], status: retracted}
""",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("base")
    (folder / "facts").mkdir()
    for name, text in BASE.items():
        (folder / name).write_text(text, encoding="utf-8")
    with open_index(folder, cache_folder=tmp_path_factory.mktemp("cache")) as opened:
        assert not opened.problems
        yield opened


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        # ids that begin so come first, then words, the newest first
        ("oil", ["oil-draft", "oil-price", "oil-talks", "oil-undated", "gas-2012"]),
        ("oil-t", ["oil-talks"]),
        ("oil t", ["oil-talks"]),
        ("talk", ["oil-talks"]),
        ("PIPE", ["gas-2012"]),
        ("mi-17", ["oil-price"]),
        ("oil 2012", ["gas-2012"]),
        ("2011-05", ["oil-talks"]),
        ("oil zebra", []),
        ("%", []),
        ('"', []),
        ("", ["oil-draft", "oil-price", "gas-2012", "oil-talks", "oil-undated"]),
    ],
)
def test_facts_by_id_words_and_date(index: Index, typed: str, ids: list[str]) -> None:
    found = [one.id for one in Completer(index).facts(typed)]
    assert sorted(found) == sorted(ids) if typed == "" else found == ids


def test_the_briefs_own_facts_come_first(index: Index) -> None:
    found = Completer(index).facts("oil", prefer=("gas-2012", "oil-undated"))
    assert [one.id for one in found] == [
        "gas-2012", "oil-undated", "oil-draft", "oil-price", "oil-talks",
    ]  # fmt: skip


def test_an_entry_tells_what_one_needs_to_choose(index: Index) -> None:
    (one,) = Completer(index).facts("oil-talks")
    assert (one.kind, one.text, one.told) == ("fact", "Talks on oil opened.", "May\u00a02011")


@pytest.mark.parametrize(
    ("typed", "ids"),
    [("", ["awan-2023", "dawn"]), ("lodz", ["awan-2023"]), ("awan", ["awan-2023"]),
     ("2011 oil", ["dawn"]), ("dawn oil", ["dawn"]), ("azn", [])],
)  # fmt: skip
def test_sources_by_id_title_author_and_year(index: Index, typed: str, ids: list[str]) -> None:
    assert [one.id for one in Completer(index).sources(typed)] == ids


def test_sources_have_a_place_beside_many_facts(index: Index) -> None:
    found = Completer(index).citable("", limit=4)
    assert [one.kind for one in found] == ["fact", "fact", "fact", "source"]


@pytest.mark.parametrize(
    ("typed", "ids"),
    [("mosc", ["russia"]), ("росс", ["russia"]), ("niger", ["niger", "nigeria"]), ("x", [])],
)
def test_actors_by_name_and_alias(index: Index, typed: str, ids: list[str]) -> None:
    assert [one.id for one in Completer(index).actors(typed)] == ids


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("See [@|", ""),
        ("See [@oil|", "oil"),
        ("See [@oil tal|ks]", "oil tal"),
        ("See [see @oil|]", "oil"),
        ("See [@a, p. 3; @b|", "b"),
        ("See [-@b|", "b"),
        ("See @oil|", None),
        ("mail [me@oil|", None),
        ("See [@a, p|", None),
        ("See [@a] and|", None),
        ("[@a\nb|", None),
        ("|[@a]", None),
    ],
)
def test_where_a_citation_is_being_typed(text: str, typed: str | None) -> None:
    position = text.index("|")
    found = citing_at(text.replace("|", ""), position)
    assert (found.typed if found else None) == typed


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("See [@oi|", "See [@oil-talks]|"),
        ("See [@oi|.", "See [@oil-talks]|."),
        ("See [@oi|]", "See [@oil-talks|]"),
        ("See [@gas-|2012, p. 3]", "See [@oil-talks|, p. 3]"),
        ("The [@|pipeline", "The [@oil-talks]|pipeline"),
        ("See [@a; @oil t|] and [@b]", "See [@a; @oil-talks|] and [@b]"),
        ("See [@oi| and [@b]", "See [@oil-talks]| and [@b]"),
    ],
)
def test_the_chosen_id_takes_the_place_of_what_was_typed(before: str, after: str) -> None:
    position = before.index("|")
    text = before.replace("|", "")
    citing = citing_at(text, position)
    assert citing is not None
    changed, caret = with_citation(text, citing, "oil-talks")
    assert f"{changed[:caret]}|{changed[caret:]}" == after


def test_a_citing_knows_its_place() -> None:
    assert citing_at("See [@oil", 9) == Citing(6, 9, "oil")
