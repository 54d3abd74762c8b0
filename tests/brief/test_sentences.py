"""How one fact reads: date, attribution, flags and citation around a literal statement."""

from __future__ import annotations

import pytest

from brief.conftest import Draft, fact
from brief.printed import section
from briefgen.brief.model import Cite
from briefgen.brief.spec.model import Edits
from briefgen.brief.traversal import walk_inlines
from briefgen.facts.model import Citation

BULLETS = "sections: [{id: s, heading: S, show: bullets}]"


@pytest.mark.parametrize(
    ("made", "reads"),
    [
        (fact("a", "It rained.", date="2011-05"), "It rained (May 2011).[s1:3]"),
        (fact("a", "It rained.", date="2012~"), "It rained (about 2012).[s1:3]"),
        (fact("a", "It rained.", date="2011-07/2012-05", kind="background"),
         "It rained (July 2011 to May 2012, as reported in 2013).[s1:3]"),
        (fact("a", "It rained.", date=""), "It rained (undated; reported in 2013).[s1:3]"),
        (fact("a", "It rained.", date="", source="s2"), "It rained.[s2:3] ▲weak source"),
        # A year that the statement tells is not told again.
        (fact("a", "In 2011 it rained.", date="2011-05"), "In 2011 it rained.[s1:3]"),
        (fact("a", "Flight 20115 left.", date="2011"), "Flight 20115 left (2011).[s1:3]"),
        # A deed dated to a long interval happened at some time within it.
        (fact("a", "It sold four.", date="2014/2023-09~"),
         "It sold four (some time between 2014 and September 2023).[s1:3]"),
        (fact("a", "It was built.", date="../1991"), "It was built (by 1991).[s1:3]"),
        (fact("a", "They met.", date="2011-05-03/2011-05-07"),
         "They met (3 to 7 May 2011).[s1:3]"),
        # Attribution goes before the full stop, and not in where the statement has it.
        (fact("a", "It rained.", attribution="the weather office"),
         "It rained (2012), according to the weather office.[s1:3]"),
        (fact("a", "The weather office saw rain.", attribution="The Weather Office"),
         "The weather office saw rain (2012).[s1:3]"),
        (fact("a", "Did it rain?", attribution="Doe"),
         "Did it rain? (2012) (according to Doe)[s1:3]"),
        # Two sources in one citation.
    ],
)  # fmt: skip
def test_a_sentence_reads_well(draft: Draft, made: object, reads: str) -> None:
    assert section(draft([made], BULLETS).brief, "s") == [f"- {reads}"]


@pytest.mark.parametrize(
    ("made", "flags"),
    [
        (fact("a", attribution="an unnamed official"), "one unnamed source"),
        (fact("a", attribution="a diplomatic source"), "one unnamed source"),
        (fact("a", attribution="an unnamed source privy to the talks"), "one unnamed source"),
        (fact("a", attribution="a senior unnamed diplomat"), "one unnamed source"),
        # "One" only where it is one.
        (fact("a", attribution="unnamed diplomatic sources"), ""),
        (fact("a", attribution="diplomats whom the Gazette does not name"), ""),
        (fact("a", attribution="a group of unnamed officials"), ""),
        (fact("a", attribution="the resources ministry"), ""),
        (fact("a", source="s2"), "weak source"),
        (fact("a", status="draft"), "unchecked"),
        (fact("a", status="retracted", source="s2"), "retracted; weak source"),
    ],
)
def test_flags_follow_their_fact(draft: Draft, made: object, flags: str) -> None:
    (line,) = section(draft([made], BULLETS).brief, "s")
    assert line.partition("▲")[2] == flags


def test_a_dispute_is_flagged_from_both_ends(draft: Draft) -> None:
    facts = [fact("a", disputes=("b",)), fact("b")]
    assert [line.partition("▲")[2] for line in section(draft(facts, BULLETS).brief, "s")] == [
        "disputed",
        "disputed",
    ]


def test_grades_are_printed_when_asked_and_flags_can_be_left_out(draft: Draft) -> None:
    made = fact("a", source="s2", credibility=3, status="draft")
    (graded,) = section(draft([made], BULLETS, grades=True).brief, "s")
    assert graded == "- Statement a (2012).[s2:3] (D3) ▲unchecked; weak source"
    (bare,) = section(draft([made], BULLETS, grades=False).brief, "s")
    assert bare.endswith("▲unchecked")


def test_markup_in_a_statement_is_text(draft: Draft) -> None:
    nasty = "<b>x</b> & {{ 1/0 }} {% raw %} [@s1] *y* =1+1 Россия \u200d."
    (line,) = section(draft([fact("a", nasty, date="", source="s3")], BULLETS).brief, "s")
    assert line == f"- {nasty}[s3:3]"


BORDURIA = {"kind": "position", "attribution": "Borduria’s envoy", "date": "2013-02"}


@pytest.mark.parametrize(
    ("made", "reworded", "reads"),
    [
        # The voice and the time of its words stand together.
        (fact("a", "Trade would grow.", **BORDURIA), "",
         "Trade would grow, according to Borduria’s envoy in February 2013.[s1:3]"),
        (fact("a", "Trade would grow.", kind="assessment", date="2013-02",
              attribution="Jo Doe, Minister for Trade"), "",
         "Trade would grow, according to Jo Doe, Minister for Trade, in February 2013.[s1:3]"),
        (fact("a", "Borduria’s envoy was glad.", **BORDURIA), "",
         "Borduria’s envoy was glad (said in February 2013).[s1:3]"),
        (fact("a", "Was trade to grow?", **BORDURIA), "",
         "Was trade to grow? (according to Borduria’s envoy in February 2013)[s1:3]"),
        # Nobody is made to say what the author says in their own name ...
        (fact("a", "Trade would grow.", **BORDURIA), "We are glad that trade grows.",
         "We are glad that trade grows (said in February 2013).[s1:3]"),
        (fact("a", "Trade would grow.", **BORDURIA), "I hope for trade.",
         "I hope for trade (said in February 2013).[s1:3]"),
        # ... or has given a voice already; else the rewording keeps its own.
        (fact("a", "Trade would grow.", **BORDURIA), "The envoy said that trade would grow.",
         "The envoy said that trade would grow (said in February 2013).[s1:3]"),
        (fact("a", "Trade grew.", attribution="own calculation"), "",
         "Trade grew (2012; own calculation).[s1:3]"),
        (fact("a", "Trade would grow.", **BORDURIA), "Trade with the US would grow.",
         "Trade with the US would grow, according to Borduria’s envoy in February 2013.[s1:3]"),
        (fact("a", "Trade would grow.", **BORDURIA), "Trade was “good for us”.",
         "Trade was “good for us”, according to Borduria’s envoy in February 2013.[s1:3]"),
    ],
)  # fmt: skip
def test_a_voice_is_named_once_and_never_for_words_of_another(
    draft: Draft, made: object, reworded: str, reads: str
) -> None:
    edits = Edits(reword={"a": reworded} if reworded else {})
    assert section(draft([made], BULLETS, edits=edits).brief, "s") == [f"- {reads}"]


def test_spoken_lines_carry_no_marks_and_no_dates(draft: Draft) -> None:
    spoken = "sections: [{id: s, heading: S, show: bullets, spoken: true}]"
    (line,) = section(draft([fact("a", attribution="Doe")], spoken).brief, "s")
    assert line == "- Statement a, by the account of Doe."


@pytest.mark.parametrize(
    ("made", "left_out"),
    [
        (fact("a", "It rained.", attribution="Jo Doe"), True),
        (fact("a", "It rained.", attribution="Dr. Doe, of the Gazette"), True),
        (fact("a", "In 2012 it rained, J. Doe found.", attribution="J. Doe"), True),
        # "(2012; 2013, para. 3)" would not be understood.
        (fact("a", "It rained, J. Doe found.", attribution="J. Doe"), False),
        (fact("a", "It rained.", attribution="a source of Doe’s"), True),
        # Nobody signed what the Gazette said; what stands there is its own voice.
        (fact("a", "It rained.", attribution="the Gazette", source="s2"), True),
        (fact("a", "It rained.", attribution="the gazette of Arcadia", source="s2"), False),
        # Somebody else, and somebody else of that name.
        (fact("a", "It rained.", attribution="the weather office"), False),
        (fact("a", "It rained.", attribution="Ann Doe"), False),
        (fact("a", "It rained.", attribution="Doering"), False),
        # The author is one of several, or is not named at all.
        (fact("a", "It rained.", attribution="Doe", cites=(Citation("s1"), Citation("s2"))), False),
        (fact("a", "We saw it rain.", attribution="Doe"), False),
        (fact("a", "It rained."), False),
    ],
)  # fmt: skip
def test_a_citation_leaves_out_the_author_whose_voice_it_is(
    draft: Draft, made: object, left_out: bool
) -> None:
    brief = draft([made], BULLETS).brief
    (cite,) = (one for one in walk_inlines(brief) if isinstance(one, Cite))
    assert {item.suppress_author for item in cite.items} == {left_out}
