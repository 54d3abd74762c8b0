"""What is spoken has no marks; what bears it out stands overleaf under the numbers of the lines."""

from __future__ import annotations

from dataclasses import replace

import pytest

from brief.conftest import BASE, Draft, fact, figure
from brief.printed import section
from briefgen.brief.assemble.requirements import refuse_missing
from briefgen.brief.model import Cite, Flag
from briefgen.brief.spec.model import Edits, Sides
from briefgen.brief.traversal import blocks_inlines
from briefgen.errors import UsageError
from briefgen.standards.markings import MarkingScheme

TALK = """requires: [sides, lines]
inputs:
- {id: lines, label: Points to make, hint: Three to six.}
- {id: raised, label: If they raise}
sections:
- {id: lines, heading: Points, show: input, input: lines, spoken: true, numbered: true}
- {id: usable, heading: Facts you can use, show: usable, input: lines, spoken: true, limit: 2}
- {id: raised, heading: If they raise, show: input, input: raised, spoken: true}
- {id: evidence, heading: Evidence, show: evidence}
- {id: free, heading: Background, show: bullets, where: {use: free}}
- {id: closed, heading: Not to be disclosed, show: bullets, where: {use: not_for_use}}
"""
FACTS = [
    fact("a", date="2012", credibility=2),
    fact("b", date="2013", credibility=4),
    fact("c", date="2014", attribution="Doe", kind="assessment", credibility=2),
    fact("d", date="2015", kind="figure", figures=(figure(1, "2015"),), credibility=2),
    fact("e", date="2016", kind="figure", figures=(figure(2, "2016"),), credibility=2),
    fact("f", date="2017", credibility=2),
]
LINES = {"lines": "1. We should plan [@a].\n2. It is weak [@b].\n3. Our trade grew [@d; @e].\n"}
SIDES = Sides(("arcadia",), ("borduria",))


def test_spoken_lines_carry_no_marks_and_their_evidence_stands_under_their_numbers(
    draft: Draft,
) -> None:
    made = draft(FACTS, TALK, text={**LINES, "raised": "Pipelines: we wait [@c]."})
    assert section(made.brief, "lines") == [
        "- We should plan.", "- It is weak.", "- Our trade grew.",
    ]  # fmt: skip
    spoken = [s for s in made.brief.sections if s.id in ("lines", "usable", "raised")]
    for part in spoken:
        assert not [i for i in blocks_inlines(part.blocks) if isinstance(i, Cite | Flag)]
    shown = section(made.brief, "evidence")
    assert shown[0].startswith("1 | Statement a (2012).[s1:3]")
    assert [line.split(" |")[0] for line in shown if " |" in line] == [
        "1", "2", "3", "If they raise",
    ]  # fmt: skip


def test_facts_to_be_used_are_sound_dated_and_one_for_each_measure(draft: Draft) -> None:
    lines = {"lines": "- One [@a; @b; @c].\n- Two [@d; @e].\n"}
    made = draft(FACTS, TALK, text=lines, sides=SIDES)
    assert section(made.brief, "usable") == ["- Statement a (2012).", "- Statement e (2016)."]
    starred = draft(FACTS, TALK, text=lines, sides=SIDES, edits=Edits(key=("b", "f", "c")))
    assert section(starred.brief, "usable") == [
        "- Statement b (2013).",
        "- Statement f (2017).",
        "- Statement c (said in 2014), by the account of Doe.",
        "3 of 5 facts shown; the rest in ‘Evidence’.",
    ]
    assert any("facts.key: 'b' is weak and will be spoken of" in w for w in starred.warnings)
    shown = section(starred.brief, "evidence")
    assert any(line.startswith("Facts you can use | Statement f") for line in shown)


def test_what_must_not_be_disclosed_is_not_spoken_and_stands_apart(draft: Draft) -> None:
    base = replace(BASE, markings=MarkingScheme(("OFFICIAL", "SECRET")))
    facts = [*FACTS, fact("s", date="2018", marking="SECRET")]
    made = draft(
        facts, TALK, base=base, sides=SIDES, text={"lines": "- One [@a; @f; @s]."},
        edits=Edits(not_for_use=("f",)),
    )  # fmt: skip
    assert section(made.brief, "usable") == ["- Statement a (2012)."]
    assert "lines: line 1 rests on 'f', which is not to be disclosed" in made.warnings
    other = draft(facts, TALK, base=base, sides=SIDES, text=LINES, edits=Edits(not_for_use=("f",)))
    assert [line.split(" (")[0] for line in section(other.brief, "closed")] == [
        "- Statement f", "- Statement s",
    ]  # fmt: skip


def test_long_and_weak_lines_are_told(draft: Draft) -> None:
    long = " ".join(["word"] * 26)
    made = draft(FACTS, TALK, text={"lines": f"- {long} [@b]."}, sides=SIDES)
    assert "lines: line 1 has 26 words; 25 can be said in a breath" in made.warnings
    assert any("line 1 rests on 'b', which is weak" in warning for warning in made.warnings)


def test_what_is_missing_is_said_in_its_place_and_makes_a_draft(draft: Draft) -> None:
    made = draft(FACTS, TALK)
    assert [one.name for one in made.missing] == ["sides", "lines"]
    assert section(made.brief, "lines") == ["To be written: Points to make. Three to six."]
    assert made.brief.marking == "DRAFT"
    with pytest.raises(UsageError) as caught:
        refuse_missing(made.missing, "talk")
    assert str(caught.value) == (
        "template 'talk' needs what the brief does not say; add "
        "'sides: {ours: [actor-id], theirs: [actor-id]}' and 'text: {lines: \"…\"}', "
        "or print a draft with --draft"
    )
    whole = draft(FACTS, TALK, text=LINES, sides=SIDES)
    assert whole.missing == ()
    assert whole.brief.marking == ""


def test_what_concerns_both_sides_names_both(draft: Draft) -> None:
    template = TALK.replace("where: {use: free}", "where: {side: both}")
    facts = [
        fact("a", actors=["arcadia", "borduria"]), fact("b", actors=["arcadia"]), fact("c"),
    ]  # fmt: skip
    made = draft(facts, template, sides=SIDES, text={"lines": "- One."})
    assert section(made.brief, "free") == ["- Statement a (2012).[s1:3]"]
