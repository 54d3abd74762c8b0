"""What flags and grades mean, told once in a brief."""

from __future__ import annotations

from dataclasses import replace

import pytest

from brief.conftest import BASE, Draft, fact
from brief.printed import inline
from briefgen.brief.model import CrossReference
from briefgen.facts.model import Source

GRADED = replace(
    BASE,
    sources={
        **BASE.sources,
        "good": Source("good", {"type": "article"}, reliability="B"),
        "bad": Source("bad", {"type": "article"}, reliability="D"),
        "worse": Source("worse", {"type": "article"}, reliability="E"),
    },
)
TEMPLATE = """sections:
- {id: said, heading: Said, show: bullets}
"""
WITH_DISPUTES = TEMPLATE + "- {id: d, heading: Where accounts differ, show: disputes}\n"


def test_a_brief_without_flags_has_no_key(draft: Draft) -> None:
    brief = draft([fact("a", "It grew.", source="good")], TEMPLATE, base=GRADED).brief
    assert brief.key == ()


def test_each_flag_is_explained_once_in_the_order_of_the_pages(draft: Draft) -> None:
    facts = [
        fact("a", "It grew.", date="2011", source="bad"),
        fact("b", "It grew more.", date="2012", source="bad"),
        fact("c", "It shrank.", date="2013", source="good", status="draft"),
    ]
    brief = draft(facts, TEMPLATE, base=GRADED).brief
    assert inline(brief.key) == (
        "▲D-grade source alone: no source bears it out but one judged not usually reliable. "
        "▲draft: unchecked: entered, and not yet checked against its source."
    )


@pytest.mark.parametrize(
    ("template", "said"),
    [
        (TEMPLATE, "▲disputed: another account contradicts it."),
        (
            WITH_DISPUTES,
            "▲disputed: another account contradicts it; see ‘Where accounts differ’.",
        ),
    ],
)
def test_a_dispute_leads_to_where_it_is_told_if_it_is(
    draft: Draft, template: str, said: str
) -> None:
    facts = [
        fact("a", "It grew.", date="2011", source="good", disputes=("b",)),
        fact("b", "It shrank.", date="2011", source="good"),
    ]
    brief = draft(facts, template, base=GRADED).brief
    assert inline(brief.key) == said
    led = [one.anchor for one in brief.key if isinstance(one, CrossReference)]
    assert led == (["section-d"] if template == WITH_DISPUTES else [])


def test_codes_are_explained_where_they_are_printed(draft: Draft) -> None:
    facts = [
        fact("a", "It grew.", date="2011", source="good", credibility=2),
        fact("b", "It shrank.", date="2012", source="worse", credibility=6),
    ]
    brief = draft(facts, TEMPLATE, base=GRADED, grades=True).brief
    assert inline(brief.key) == (
        "▲E-grade source alone: no source bears it out but one judged unreliable. "
        "Letters, of sources: B usually reliable, E unreliable; "
        "figures, of information: 2 probably true, 6 cannot be judged."
    )
    assert inline(draft(facts, TEMPLATE, base=GRADED).brief.key).startswith("▲E-grade")


def test_another_english_is_spelled_its_way(draft: Draft) -> None:
    facts = [fact("a", "It grew.", source="bad")]
    brief = draft(facts, TEMPLATE, base=GRADED, language="en-US").brief
    assert "one judged not usually reliable" in inline(brief.key)
