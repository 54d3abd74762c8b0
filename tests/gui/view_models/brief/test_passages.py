"""Sentences for several facts in the app: which are meant, what is said of them, what a brief keeps."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from briefgen.brief.passages.clauses import clauses_of
from briefgen.brief.spec.model import BriefSpec, Passages
from briefgen.facts.cited_facts import cited_facts
from briefgen.facts.model import Citation, Fact, Passage
from briefgen.gui.view_models.brief import passages as sentences
from briefgen.gui.view_models.facts.fact_details import fact_details
from briefgen.gui.view_models.facts.fact_list import FactLister
from briefgen.index import Index, open_index


def passage(id_: str, text: str) -> Passage:
    return Passage(id_, text, cited_facts(text))


OIL = passage("oil", "Talks on oil [@oil-talks] came before gas was agreed on [@gas-agreed].")
TRADE = passage(
    "trade", "Trade is old [@trade-old] and stood at 542 million in 2013 [@trade-2013]."
)


@pytest.fixture
def index(base: Path, tmp_path: Path) -> Iterator[Index]:
    (base / "passages.yaml").write_text(
        f"- {{id: oil, text: '{OIL.text}'}}\n- {{id: trade, text: '{TRADE.text}', key: true}}\n",
        encoding="utf-8",
    )
    with open_index(base, cache_folder=tmp_path / "cache") as opened:
        yield opened


# --- which is meant --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ids", "meant"),
    [
        ([], None),
        (["oil-talks"], "oil"),
        (["gas-agreed", "oil-talks"], "oil"),
        (["oil-talks", "trade-2013"], None),
        (["exercise"], None),
        (["trade-2013"], "trade"),
        (["oil-talks", "gas-agreed", "exercise"], None),
    ],
)
def test_the_one_that_says_these_facts_is_edited(
    index: Index, ids: list[str], meant: str | None
) -> None:
    known = sentences.passage_to_edit(Passages(), index.base, ids)
    assert (known.passage.id if known else None) == meant


def test_the_briefs_own_come_first_and_stand_in_the_bases_place(index: Index) -> None:
    mine = passage("oil", "Oil [@oil-talks] or gas [@gas-agreed].")
    more = passage("more", "Oil [@oil-talks] or trade [@trade-2013].")
    had = Passages(add=(more, mine), split=("trade",))
    assert [
        (one.passage.id, one.owner, one.is_split)
        for one in sentences.known_passages(had, index.base)
    ] == [("more", "brief", False), ("oil", "brief", False), ("trade", "base", True)]
    assert [one.passage for one in sentences.passages_of(had, index.base, ["gas-agreed", "oil-talks"])] == [
        mine, more,
    ]  # fmt: skip


# --- what a brief keeps ----------------------------------------------------------------------------


def test_edits_of_a_brief() -> None:
    spec = sentences.keep_passage(BriefSpec(), OIL)
    assert spec.passages == Passages(add=(OIL,))
    spec = sentences.keep_passage(sentences.split_passages(spec, ["oil", "trade"]), TRADE)
    assert spec.passages == Passages(add=(OIL, TRADE), split=("oil",))
    other = passage("oil", "Oil [@oil-talks] or gas [@gas-agreed].")
    assert sentences.keep_passage(spec, other).passages == Passages(add=(other, TRADE))
    assert sentences.join_passages(spec, ["oil"]).passages == Passages(add=(OIL, TRADE))
    assert sentences.remove_passages(spec, ["oil"]).passages == Passages(add=(TRADE,))
    assert sentences.remove_passages(spec, ["none"]) == spec


# --- writing one -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statement", "attribution", "text"),
    [
        ("It came.", "", "It came [@a]."),
        ("Did it come?", "", "Did it come [@a]?"),
        ("It came", "Jo Doe", "It came, according to Jo Doe [@a]."),
        ("Jo Doe saw it come.", "Jo Doe", "Jo Doe saw it come [@a]."),
        ("Nothing came...", "", "Nothing came... [@a]."),
        ("- a *b* _c_ [d] <e> @f \\", "", r"\- a \*b\* \_c\_ \[d\] \<e> \@f \\ [@a]."),
        ("3. It came.", "", r"3\. It came [@a]."),
    ],
)
def test_it_starts_from_what_the_facts_say(statement: str, attribution: str, text: str) -> None:
    fact = Fact("a", ("t",), "event", statement, (Citation("s"),), attribution=attribution)
    assert sentences.draft_text([fact]) == text
    (clause,) = clauses_of(Passage("p", text, ("a",)))
    assert clause.text.startswith(statement.rstrip(".?"))


def test_several_facts_become_several_clauses(index: Index) -> None:
    facts = list(index.facts(["oil-talks", "gas-not-agreed"]).values())
    text = sentences.draft_text(facts)
    assert text == (
        "Russia and Pakistan opened talks on oil [@oil-talks]. No gas pipeline was agreed on, "
        "according to the ministry [@gas-not-agreed]."
    )
    assert cited_facts(text) == ("oil-talks", "gas-not-agreed")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", []),
        ("Russia and Pakistan opened talks on oil in 2011 [@oil-talks].",
         [("error", "a passage says what several facts say, and this one cites 'oil-talks' alone; put [@fact-id] behind each clause, for the facts it rests on: two or more")]),
        ("Talks on oil in 2011 [@oil-talk] and trade [@trade-2013].",
         [("error", "the base has no fact 'oil-talk'; did you mean 'oil-talks'?")]),
        ("Talks on oil opened in 2011 [@oil-talks]; trade stood at 542 million dollars [@trade-2013].", []),
        ("Talks on oil opened in 2011 [@oil-talks]; trade stood at 600 million dollars [@trade-2013].",
         [("warning", "“trade stood at 600 million dollars.” has the number 600 million, which no fact of this clause states; correct it, or cite the fact that says so")]),
        ("Talks on oil opened in 2011 [@oil-talks] and gas was agreed on [@gas-agreed].",
         [("warning", "its facts would be printed one by one: fact 'gas-agreed' is disputed by 'gas-not-agreed', which the passage does not cite")]),
    ],
)  # fmt: skip
def test_what_is_said_while_it_is_written(
    index: Index, text: str, said: list[tuple[str, str]]
) -> None:
    notes = sentences.PassageCheck(index).notes(text)
    assert [(note.severity, note.text) for note in notes] == said


def test_facts_of_several_sources_belong_in_a_brief(index: Index) -> None:
    check = sentences.PassageCheck(index)
    assert check.belongs_in_base("Gas [@gas-agreed] and oil [@oil-talks].") == ""
    assert "none in common" in check.belongs_in_base("Trade [@trade-2013] and oil [@oil-talks].")


# --- where it is seen ------------------------------------------------------------------------------


def test_the_list_marks_facts_that_a_sentence_says(index: Index) -> None:
    lister = FactLister(index)

    def marked(spec: BriefSpec) -> set[str]:
        listed = lister.list_facts(spec, "topic")
        return {lister.catalogue.ids[place] for place in listed.in_sentence}

    assert marked(BriefSpec()) == {"trade-old", "trade-2013"}  # of oil one fact is disputed
    assert marked(sentences.split_passages(BriefSpec(), ["trade"])) == set()
    mine = passage("mine", "Talks [@oil-talks] and a fair [@exercise].")
    assert marked(sentences.keep_passage(BriefSpec(), mine)) == {
        "trade-old", "trade-2013", "oil-talks", "exercise",
    }  # fmt: skip


def test_the_details_tell_the_sentences_of_a_fact(index: Index) -> None:
    def told(id_: str, passages: Passages) -> list[tuple[str, str]]:
        details = fact_details(index, id_, passages=passages)
        assert details is not None
        return [(one.text, one.told) for one in details.passages]

    assert told("exercise", Passages()) == []
    assert told("trade-old", Passages()) == [
        ("Trade is old and stood at 542 million in 2013.", "of the base, not yet checked")
    ]
    assert (
        told("trade-old", Passages(split=("trade",)))[0][1] == "of the base, printed fact by fact"
    )
    assert told("gas-agreed", Passages())[0][1] == (
        "of the base, stale: fact 'gas-agreed' is disputed by 'gas-not-agreed', which the passage "
        "does not cite"
    )
    mine = passage("mine", "Trade [@trade-old] and a fair [@exercise].")
    assert told("exercise", Passages(add=(mine,))) == [("Trade and a fair.", "of this brief")]
