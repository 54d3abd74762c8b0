"""On what there is nothing: the base is spoken of, and what a filter hides is told as that."""

from __future__ import annotations

from typing import Any

import pytest

from brief.conftest import Draft, fact
from brief.printed import section
from briefgen.brief.spec.model import Edits
from briefgen.dates import parse_edtf
from briefgen.errors import Origin
from briefgen.facts.model import Fact
from briefgen.select.model import Selection

GAPS = "sections: [{id: s, heading: S, show: gaps}, {id: f, heading: F, show: bullets}]"


def gaps(
    draft: Draft, facts: list[Fact], asked: Selection, hidden: list[Fact] | None = None, **spec: Any
) -> list[str]:
    brief = draft(facts, GAPS, others=hidden or [], select=asked, **spec).brief
    told = [part for part in brief.sections if part.id == "s"]
    return [line.removeprefix("- ") for line in section(brief, "s")] if told else []


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ({"text": '"crude oil" ship*'}, "not mentioning ‘crude oil ship’"),
        ({"actors": ("smith", "borduria")}, "not naming Ann Smith or Borduria"),
        ({"kinds": ("event", "plan")}, "being of another kind than events or offers and plans"),
        ({"min_reliability": "B"}, "being less well borne out than was asked for"),
        ({"min_credibility": 2}, "being less well borne out than was asked for"),
        ({"status": ("draft",)}, "being current, which was not asked for"),
        (
            {"text": "oil", "actors": ("smith",)},
            "not mentioning ‘oil’ or not naming Ann Smith",
        ),
    ],
)
def test_what_a_filter_hides_is_no_gap(draft: Draft, asked: dict[str, Any], reason: str) -> None:
    shown = [fact("a", date="2012")]
    hidden = [
        fact("b", topics=["defence"], date="2012"),
        fact("c", topics=["defence"], date="2012"),
        fact("d", topics=["energy.oil"], date="2012"),
        # Not in the period, not on a topic, not current: neither hidden nor known.
        fact("e", topics=["defence"], date="2019"),
        fact("f", topics=["trade"], date="2012"),
        fact("g", topics=["defence"], date="2012", status="superseded"),
    ]
    year = parse_edtf("2012")
    selection = Selection(topics=("energy", "defence"), start=year, end=year, **asked)
    assert gaps(draft, shown, selection, hidden) == [
        f"One fact on energy is left out for {reason}.",
        f"2 facts on defence are left out for {reason}.",
    ]


def test_without_topics_all_that_is_left_out_is_counted_together(draft: Draft) -> None:
    hidden = [fact("b", topics=["defence"]), fact("c", topics=["trade"])]
    year = parse_edtf("2012")
    selection = Selection(start=year, end=year, text="oil")
    assert gaps(draft, [fact("a")], selection, hidden) == [
        "2 facts are left out for not mentioning ‘oil’."
    ]


def test_hand_edits_are_no_gaps_of_the_base(draft: Draft) -> None:
    year = parse_edtf("2012")
    facts = [fact("a"), fact("b", topics=["defence"])]
    selection = Selection(topics=("energy", "defence"), start=year, end=year)
    assert gaps(draft, facts, selection, edits=Edits(exclude=("b",))) == []


def test_a_topic_that_a_fact_is_also_on_is_not_empty(draft: Draft) -> None:
    year = parse_edtf("2012")
    selection = Selection(topics=("energy", "defence"), start=year, end=year)
    both = fact("a", topics=["energy", "defence"])
    assert gaps(draft, [both], selection) == []


@pytest.mark.parametrize(
    ("date", "to", "years"),
    [
        # A period ends today, not with the newest fact, nor after today.
        ("2026-11-21", "", "2011 and 2013–2026"),
        ("2026-03-01", "", "2011 and 2013–2025"),
        ("2014-12-01", "2030", "2011 and 2013–2014"),
        ("2026-11-21", "2013", "2011 and 2013"),
    ],
)
def test_a_period_ends_with_the_briefs_own_date(
    draft: Draft, date: str, to: str, years: str
) -> None:
    selection = Selection(
        topics=("energy",), start=parse_edtf("2011"), end=parse_edtf(to) if to else None
    )
    told = gaps(draft, [fact("a", date="2012")], selection, date=date)
    # In a long period a single year is no gap.
    expected = years if len(years.split("–")) == 1 or "2014" in years else years.split(" and ")[1]
    assert told == [f"Energy: nothing is recorded for {expected}."]


def test_a_wide_span_tells_of_its_end_alone(draft: Draft) -> None:
    selection = Selection(topics=("energy",), start=parse_edtf("2001"), end=parse_edtf("2012"))
    assert gaps(draft, [fact("a", date="2001/2012")], selection) == [
        "Energy: nothing is recorded for 2001–2011."
    ]


def test_what_is_thin_is_offered_to_the_author_and_not_printed(draft: Draft) -> None:
    year = parse_edtf("2012")
    template = """inputs:
- {id: unknown, label: What we do not know, offers: gaps}
- {id: line, label: Line}
sections:
- {id: unknown, heading: What we do not know, show: input, input: unknown}
- {id: f, heading: F, show: bullets}
"""
    asked = Selection(topics=("energy", "defence"), start=year, end=year)
    origin = Origin("own.brief.yaml")
    made = draft([fact("a")], template, select=asked, origin=origin, text={"line": "So [@a]."})
    assert [part.id for part in made.brief.sections] == ["f"]
    assert made.warnings == (
        (
            "own.brief.yaml: unknown: not written; there is this to say of: Defence: nothing is recorded in the "
            "period. 1 of 1 facts rest on one source alone. No fact here rests on a primary "
            "record, such as a treaty: the one source is press, commentary or the like."
        ),
    )
    written = draft(
        [fact("a")], template, select=asked, origin=origin, text={"unknown": "Terms [@a]."}
    )
    assert written.warnings == ()
    # Without any words of an author's nobody writes.
    assert draft([fact("a")], template, select=asked).warnings == ()
