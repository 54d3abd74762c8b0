"""Where a citation stands in its sentence."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.brief.model import (
    Cite,
    CiteItem,
    CrossReference,
    Emphasis,
    Flag,
    Inlines,
    Sentence,
    Superscript,
    Text,
)
from briefgen.cite.placement import merge_citations, place_citations
from cite.making import as_read, cite

CITE = cite("s")


def bracketed(one: Cite) -> Cite:
    return Cite(one.items, content=(CrossReference("ref-s", (Text("[1]"),)),))


def named(one: Cite) -> Cite:
    return Cite(one.items, content=(Text("(Doe, 2023)"),))


def raised(one: Cite) -> Cite:
    return Cite(one.items, content=(Superscript((Text("1"),)),))


def noted(one: Cite) -> Cite:
    return Cite(one.items, note=1)


# Text before the citation, text behind it, and both as printed by an in-text style ...
IN_TEXT = [
    ("Trade grew.", "", "Trade grew~[1]."),
    ("Trade grew. ", "", "Trade grew~[1]."),
    ("Trade grew", "", "Trade grew~[1]"),
    ("Did trade grow?", "", "Did trade grow~[1]?"),
    ("It grew!", "", "It grew~[1]!"),
    ("Really?!", "", "Really~[1]?!"),
    ("They said “we agree.”", "", "They said “we agree.”~[1]"),
    ("They said “we agree”.", "", "They said “we agree”~[1]."),
    ("(It grew.)", "", "(It grew.)~[1]"),
    ("Talks went on…", "", "Talks went on…~[1]"),
    ("Talks went on...", "", "Talks went on...~[1]"),
    ("Talks went on....", "", "Talks went on....~[1]"),
    ("He left the U.S.", "", "He left the U.S.~[1]."),
    ("It began at 9 a.m.", "", "It began at 9 a.m.~[1]."),
    ("It belongs to Gazprom Inc.", "", "It belongs to Gazprom Inc.~[1]."),
    ("It belongs to Gazprom Inc.", " Later it was sold.",
     "It belongs to Gazprom Inc.~[1]. Later it was sold."),
    ("This was plan B.", "", "This was plan B~[1]."),
    ("The answer was no.", "", "The answer was no~[1]."),
    ("It cost 3.5.", "", "It cost 3.5~[1]."),
    ("Это было в 2013 г.", "", "Это было в 2013 г.~[1]."),
    ("یہ پہلا معاہدہ تھا۔", "", "یہ پہلا معاہدہ تھا~[1]۔"),
    ("貿易が増えた。", "", "貿易が増えた~[1]。"),
    ("It grew ", ".", "It grew~[1]."),
    ("It grew. ", " Then it fell.", "It grew~[1]. Then it fell."),
    ("It grew. ", " and so on", "It grew.~[1] and so on"),
    ("It grew.", ".", "It grew.~[1]."),
    ("", "", "[1]"),
    (".", "", ".~[1]"),
    ("760.5 million (", ")", "760.5 million ([1])"),
]  # fmt: skip

# ... and by a note style.
NOTES = [
    ("Trade grew.", "", "Trade grew.^1"),
    ("Trade grew. ", " Then it fell.", "Trade grew.^1 Then it fell."),
    ("Trade grew ", ".", "Trade grew.^1"),
    ("Trade grew ", ", then fell.", "Trade grew,^1 then fell."),
    ("They call it “fair ", ".” Then", "They call it “fair.”^1 Then"),
    ("Did it grow?", "", "Did it grow?^1"),
    ("Trade grew", "", "Trade grew^1"),
    ("He left the U.S.", "", "He left the U.S.^1"),
]


def run(before: str, behind: str) -> Inlines:
    return (
        tuple(Text(text) for text in (before,) if text)
        + (CITE,)
        + ((Text(behind),) if behind else ())
    )


@pytest.mark.parametrize(("before", "behind", "printed"), IN_TEXT)
def test_in_text_citation_stands_before_the_stop(before: str, behind: str, printed: str) -> None:
    for content in (run(before, behind), (Sentence("fact", run(before, behind)),)):
        assert as_read(place_citations(content, bracketed, after_stop=False)) == printed


@pytest.mark.parametrize(("before", "behind", "printed"), NOTES)
def test_a_notes_mark_stands_behind_the_stop(before: str, behind: str, printed: str) -> None:
    assert as_read(place_citations(run(before, behind), noted, after_stop=True)) == printed


def test_a_raised_number_stands_behind_the_stop_in_any_style() -> None:
    placed = place_citations(run("Trade grew.", ""), raised, after_stop=False)
    assert placed[0] == Text("Trade grew.")
    assert isinstance(placed[1], Cite)


def test_names_follow_a_space_that_may_break() -> None:
    placed = place_citations(run("Trade grew.", ""), named, after_stop=False)
    assert as_read(placed) == "Trade grew (Doe, 2023)."


def test_the_stop_inside_emphasis_moves_too() -> None:
    content = (Emphasis((Text("It grew."),)), CITE)
    placed = place_citations(content, bracketed, after_stop=False)
    assert as_read(placed) == "It grew~[1]."
    assert placed[-1] == Emphasis((Text("."),))


def test_a_citation_behind_a_sentence_moves_into_its_place() -> None:
    content = (Sentence("fact", (Text("It grew."),)), CITE)
    assert as_read(place_citations(content, bracketed, after_stop=False)) == "It grew~[1]."


@pytest.mark.parametrize(
    ("worded", "after_stop", "printed"),
    [(bracketed, False, "It grew~[1]. ▲one source"), (noted, True, "It grew.^1 ▲one source")],
)
def test_flags_stay_behind_the_citation(worded, after_stop: bool, printed: str) -> None:
    for content in (
        (Text("It grew."), CITE, Text(" "), Flag("one source")),
        (Text("It grew."), Text(" "), Flag("one source"), CITE),
    ):
        assert as_read(place_citations(content, worded, after_stop=after_stop)) == printed


def test_the_language_of_a_text_stays_with_both_halves() -> None:
    content = (Text("Торговля выросла.", "ru"), CITE)
    placed = place_citations(content, bracketed, after_stop=False)
    assert placed[0] == Text("Торговля выросла\u00a0", "ru")
    assert placed[-1] == Text(".", "ru")


def test_citations_side_by_side_become_one() -> None:
    content = (Text("It grew."), cite("a"), Text(" "), cite("b"), cite("a"), Text(" More."), CITE)
    assert merge_citations(content) == (
        Text("It grew."), cite("a", "b"), Text(" More."), CITE,
    )  # fmt: skip


def test_runs_without_citations_are_left_alone() -> None:
    content = (Text("It grew."), Flag("one source"), Emphasis((Text("x"),)))
    assert place_citations(content, bracketed, after_stop=False) is content
    assert merge_citations(content) is content


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="ab .!?…”)“(г。", max_size=12), st.text(alphabet="aB .,!?", max_size=6))
def test_nothing_is_lost_and_at_most_one_stop_is_added(before: str, behind: str) -> None:
    """Without its citation and spaces, a run reads as before, plus at most one full stop."""
    placed = as_read(place_citations(run(before, behind), bracketed, after_stop=False))
    without = "".join(placed.replace("[1]", "", 1).replace("~", " ").split())
    original = "".join((before + behind).split())
    assert sorted(without) in (sorted(original), sorted(original + "."))


def numbered(one: Cite) -> Cite:
    return Cite(one.items, content=(Text("(1)"),))


def linked(one: Cite) -> Cite:
    return Cite(
        one.items,
        content=(Text("("), CrossReference("ref-s", (Text("Doe, 2023"),)), Text(", p. 8)")),
    )


OWN = (Text("It grew under CASA (a grid)."), CITE)
DATED = (Sentence("fact", (Text("It grew"), Text(" (2014)"), Text("."), CITE)),)
VOICED = (Sentence("fact", (Text("It grew"), Text(" (2014)"), Text(", says Doe."), CITE)),)
ITSELF = (Sentence("fact", (Text("It grew (fast)."), CITE)),)


@pytest.mark.parametrize(
    ("content", "worded", "printed"),
    [
        (DATED, named, "It grew (2014; Doe, 2023)."),
        (DATED, linked, "It grew (2014; Doe, 2023, p. 8)."),
        (DATED, numbered, "It grew, 2014~(1)."),
        (DATED, bracketed, "It grew (2014)~[1]."),
        (DATED, raised, "It grew (2014).1"),
        (VOICED, named, "It grew (2014), says Doe (Doe, 2023)."),
        (OWN, named, "It grew under CASA (a grid; Doe, 2023)."),
        (OWN, numbered, "It grew under CASA (a grid)~(1)."),
        # What a fact says is printed as it stands.
        (ITSELF, named, "It grew (fast) (Doe, 2023)."),
    ],
)
def test_never_two_brackets_in_a_row(content: Inlines, worded, printed: str) -> None:
    assert as_read(place_citations(content, worded, after_stop=False)) == printed


def test_a_citation_that_will_be_worded_anew_keeps_its_brackets() -> None:
    placed = place_citations(DATED, linked, after_stop=False, whole=True)
    assert as_read(placed) == "It grew, 2014 (Doe, 2023, p. 8)."


def test_among_other_citations_an_author_is_named() -> None:
    left_out = Cite((CiteItem("a", suppress_author=True),))
    assert merge_citations((left_out, cite("b"))) == (cite("a", "b"),)
    assert merge_citations((left_out, left_out)) == (left_out,)
