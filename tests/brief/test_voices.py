"""A voice that several facts share is named once, and what was said stands apart from deeds."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from brief.conftest import BASE, Draft, fact
from brief.printed import lines, section
from briefgen.brief.model import ListBlock
from briefgen.facts.model import Citation, Fact, Source

TIMED = replace(
    BASE,
    sources={
        "paper": Source("paper", {"type": "article-newspaper", "container-title": "The Paper",
                                  "issued": {"date-parts": [[2013, 8, 28]]}}),
        "essay": Source("essay", {"type": "article-newspaper", "container-title": "Gazette",
                                  "author": [{"family": "Doe", "given": "Jo"}],
                                  "issued": {"date-parts": [[2017, 12]], "circa": True}}),
    },
)  # fmt: skip


def said(name: str, who: str, **values: Any) -> Fact:
    return fact(name, kind="position", attribution=who, **{"source": "paper"} | values)


def one(section_yaml: str) -> str:
    return f"sections: [{{id: s, heading: S, {section_yaml}}}]"


def test_a_run_of_bullets_of_one_voice_stands_under_it(draft: Draft) -> None:
    facts = [said(name, "the envoy", date="2013-08") for name in ("a", "b", "c")]
    (block,) = (
        draft([*facts, fact("d", date="2014")], one("show: bullets"), base=TIMED)
        .brief.sections[0]
        .blocks
    )
    assert isinstance(block, ListBlock)
    assert [lines(item) for item in block.items] == [
        [
            "According to the envoy in August 2013:",
            "- Statement a.[paper:3]",
            "- Statement b.[paper:3]",
            "- Statement c.[paper:3]",
        ],
        ["Statement d (2014).[s1:3]"],
    ]


def test_two_bullets_keep_their_own(draft: Draft) -> None:
    facts = [said(name, "the envoy", date="2013-08") for name in ("a", "b")]
    assert section(draft(facts, one("show: bullets"), base=TIMED).brief, "s") == [
        "- Statement a, according to the envoy in August 2013.[paper:3]",
        "- Statement b, according to the envoy in August 2013.[paper:3]",
    ]


def test_paragraphs_of_one_voice_are_one(draft: Draft) -> None:
    facts = [said("a", "the envoy", date="2013-07"), said("b", "the envoy", date="2013-07"),
             said("c", "the envoy", date="2013-08")]  # fmt: skip
    assert section(draft(facts, one("show: paragraphs"), base=TIMED).brief, "s") == [
        "According to the envoy in July 2013: Statement a.[paper:3] Statement b.[paper:3]",
        "Statement c, according to the envoy in August 2013.[paper:3]",
    ]


def test_beside_one_date_a_voice_is_named_once(draft: Draft) -> None:
    facts = [
        said("a", "the envoy", date="2013-08"),
        said("b", "the envoy", date="2013-08"),
        said("c", "another", date="2013-08"),
        fact("d", date="2013-08", kind="background", source="paper"),
    ]
    assert section(draft(facts, one("show: chronology"), base=TIMED).brief, "s") == [
        "August 2013 | According to the envoy: / Statement a.[paper:3] / Statement b.[paper:3]",
        "August 2013 | Statement c, according to another.[paper:3]",
        "August 2013 | Statement d (as reported).[paper:3]",
    ]


def test_a_subtopic_names_voice_and_time_once(draft: Draft) -> None:
    facts = [
        said("a", "the envoy", date="2013-08"),
        fact("b", date="2012"),
        fact("c", date="2013-08", kind="background", source="paper"),
        said("d", "the envoy", date="2013-08"),
        fact("e", date="2013-08", kind="background", source="paper"),
    ]
    brief = draft(facts, one("show: paragraphs, run_in: subtopic"), base=TIMED).brief
    assert section(brief, "s") == [
        (
            "Statement b (2012).[s1:3] As reported in August 2013: Statement c.[paper:3] "
            "Statement e.[paper:3] According to the envoy in August 2013: Statement a.[paper:3] "
            "Statement d.[paper:3]"
        )
    ]


def test_what_was_said_is_grouped_by_source_and_voice_oldest_first(draft: Draft) -> None:
    facts = [
        said("late", "Jo Doe", source="essay", date="2017-12~"),
        said("reported", "the minister, as reported by Jo Doe", source="essay", date="2017-12~"),
        said("early", "the minister, as reported by Jo Doe", source="essay", date="2016-03"),
        said("own", "The Paper", date="2013-08"),
        said("x", "unnamed diplomats", date="2013-08"),
        fact("flat", date="2013-08", kind="background", source="paper"),
        fact("then", date="2001/..", kind="background", source="essay"),
    ]
    brief = draft(facts, one("show: bullets, group: source"), base=TIMED).brief
    assert section(brief, "s") == [
        "The Paper, 28 August 2013",
        "- Statement flat.[paper:3]",
        "The Paper, 28 August 2013, in its own view",
        "- Statement own.[paper:3]",
        "The Paper, 28 August 2013, according to unnamed diplomats",
        "- Statement x.[paper:3]",
        (
            "Gazette, about December 2017, according to the minister, as reported by Jo Doe, "
            "in March 2016"
        ),
        "- Statement early.[essay:3]",
        "Jo Doe, Gazette, about December 2017",
        "- Statement then (from 2001).[essay:3]",
        "Gazette, about December 2017, according to Jo Doe",
        "- Statement late.[essay:3]",
        "Gazette, about December 2017, according to the minister, as reported by Jo Doe",
        "- Statement reported.[essay:3]",
    ]


def test_what_two_sources_say_stands_under_both_and_not_under_the_first(draft: Draft) -> None:
    both = fact("both", date="2013-08", kind="background", source="paper")
    both = replace(both, cites=(*both.cites, Citation("essay", (("paragraph", "4"),))))
    alone = fact("alone", date="2013-08", kind="background", source="paper")
    brief = draft([alone, both], one("show: bullets, group: source"), base=TIMED).brief
    assert section(brief, "s") == [
        "The Paper, 28 August 2013",
        "- Statement alone.[paper:3]",
        "The Paper, 28 August 2013; Jo Doe, Gazette, about December 2017",
        "- Statement both.[paper:3; essay:4]",
    ]


def test_happenings_stand_apart_from_what_was_due_held_or_said(draft: Draft) -> None:
    facts = [
        fact("met", date="2013-08", source="paper"),
        fact("due", date="2013-11", kind="plan", source="paper"),
        fact("planned", date="2030", kind="plan", source="paper"),
        fact("held", date="2013-08", kind="background", source="paper"),
    ]
    grouped = one("show: chronology, group: date_is")
    assert section(draft(facts, grouped, base=TIMED).brief, "s") == [
        "What happened",
        "August 2013 | Statement met.[paper:3]",
        "What fell due (outcome not recorded)",
        "November 2013 | Statement due.[paper:3]",
        "What is yet to fall due",
        "2030 | Statement planned.[paper:3]",
        "How things stood and what was said, as reported",
        "August 2013 | Statement held.[paper:3]",
    ]
    alone = draft(facts[:1], grouped, base=TIMED).brief
    assert section(alone, "s") == ["August 2013 | Statement met.[paper:3]"]


def test_a_chronology_keeps_them_in_sections_of_their_own(draft: Draft) -> None:
    facts = [
        fact("met", date="2013-08", source="paper"),
        fact("once", date="2009/2013-08", source="paper"),
        fact("due", date="2013-11", kind="plan", source="paper"),
        fact("planned", date="2030", kind="plan", source="paper"),
        fact("held", date="", kind="background", source="paper"),
        fact("lost", date="", source="paper"),
    ]
    brief = draft(facts, template="chronology", base=TIMED).brief
    assert {part.id: lines(part.blocks) for part in brief.sections if part.id != "scope-note"} == {
        "happened": [
            "August 2013 | Statement met.[paper:3]",
            ("2009–Aug 2013 | Statement once (exact date not known).[paper:3]"),
        ],
        "due": ["November 2013 | Statement due.[paper:3]"],
        "ahead": ["2030 | Statement planned.[paper:3]"],
        "stood": ["The Paper, 28 August 2013", "- Statement held.[paper:3]"],
        "undated": ["- Statement lost (undated; reported on 28 August 2013).[paper:3]"],
        "sources": ["(references)"],
    }
    (scope,) = section(brief, "scope-note")
    assert scope.startswith(
        "6 facts from 1 source, all dates; the newest information is of 28 August"
    )
