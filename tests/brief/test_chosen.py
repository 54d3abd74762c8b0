"""What a person chose is printed: stars, pins, order, limits, sections and leads of their own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from brief.conftest import BASE, Draft, fact
from brief.printed import headings, section
from briefgen.brief.assemble.brief import Assembled
from briefgen.brief.spec.model import BriefSpec, Edits, OwnSection, SectionEdits
from briefgen.brief.spec.reader import parse_spec
from briefgen.errors import Origin, UsageError
from briefgen.facts.model import Topic
from briefgen.select.model import Selection

TEMPLATE = """sections:
- {id: points, heading: Points, show: bullets, where: {key: true}, sort: importance, limit: 2}
- {id: topics, heading: "{{ topic.label }}", show: paragraphs, for_each: topic, sort: newest,
   limit: 1}
- {id: table, heading: Plans, show: table, where: {kinds: [plan]}}
- {id: annex, heading: Annex, show: annex}
- {id: all, heading: All, show: chronology}
- {id: sources, heading: Sources, show: sources}
"""
FACTS = [
    fact("a", date="2010", key=True, kind="agreement"),
    fact("b", date="2011", key=True),
    fact("c", date="2012", key=True),
    fact("d", date="2013"),
    fact("e", date="2014"),
    fact("f", date="2015", topics=["defence"]),
    fact("g", date="2016", topics=["defence"]),
]


def said(made: Assembled, name: str) -> list[str]:
    """The statements of a section, by the ids that they are made of."""
    lines = section(made.brief, name)
    return [line.split("Statement ")[1][0] for line in lines if "Statement " in line]


def reasons(made: Assembled) -> dict[str, str | None]:
    return {placement.id: placement.reason for placement in made.placements}


def test_a_fact_stands_once_in_the_body_and_a_topic_goes_on_from_the_key_points(
    draft: Draft,
) -> None:
    made = draft(FACTS, TEMPLATE)
    assert said(made, "points") == ["a", "c"]
    assert said(made, "topics-energy") == ["e"]
    assert said(made, "all") == list("abcdefg"), "the annex holds them all"


def test_stars_lead_the_key_points_and_unkey_takes_one_of_the_base_s_away(draft: Draft) -> None:
    made = draft(FACTS, TEMPLATE, edits=Edits(key=("e",), unkey=("a",)))
    assert said(made, "points") == ["e", "c"]
    many = draft(FACTS, TEMPLATE, edits=Edits(key=("d", "e", "f")))
    assert set(said(many, "points")) == {"d", "e", "f"}, "all of them, above the limit"


def test_pinned_facts_are_printed_in_their_section_whatever_the_limit(draft: Draft) -> None:
    made = draft(FACTS, TEMPLATE, edits=Edits(include=("b", "d")))
    assert said(made, "points") == ["a", "b"], "in the section's order, the pinned one within"
    assert said(made, "topics-energy") == ["d"]
    assert reasons(made)["e"] is None
    several = draft(FACTS, TEMPLATE, edits=Edits(include=("d", "e")))
    assert said(several, "topics-energy") == ["e", "d"]


def test_order_holds_inside_sections_and_moves_no_date_to_another_year(draft: Draft) -> None:
    made = draft(FACTS, TEMPLATE, edits=Edits(order=("c", "d", "a")))
    assert said(made, "points") == ["c", "a"]
    assert said(made, "topics-energy") == ["d"]
    assert said(made, "all") == list("abcdefg")
    same_year = [fact("x", date="2012-03"), fact("y", date="2012-05"), fact("z", date="2013")]
    made = draft(same_year, TEMPLATE, edits=Edits(order=("z", "y")))
    assert said(made, "all") == ["y", "x", "z"]


def test_limits_and_order_of_sections_are_the_brief_s(draft: Draft) -> None:
    made = draft(FACTS, TEMPLATE, sections=SectionEdits(limits={"points": 1, "topics": 3}))
    assert said(made, "points") == ["a"]
    assert said(made, "topics-energy") == ["e", "d", "c"]
    turned = draft(FACTS, TEMPLATE, sections=SectionEdits(order=("topics", "points")))
    assert headings(turned.brief)[:3] == ["# Energy", "# Defence", "# Points"]
    with pytest.raises(UsageError, match=r"sections.limits: .*'pionts'; did you mean 'points'"):
        draft(FACTS, TEMPLATE, sections=SectionEdits(limits={"pionts": 1}))
    (told, *_) = draft(FACTS, TEMPLATE, sections=SectionEdits(limits={"sources": 1})).warnings
    assert told == "sections.limits: section 'sources' has nothing to count"


def test_sections_of_one_s_own_stand_where_they_are_told_and_cite_facts(draft: Draft) -> None:
    own = (
        OwnSection("mine", "What I saw", "It *came* [@d].", after="points"),
        OwnSection("last", "At last", "More [@f]."),
        OwnSection("later", "After mine", "And [@a].", after="mine"),
    )
    made = draft(FACTS, TEMPLATE, sections=SectionEdits(add=own))
    order = [one.removeprefix("# ") for one in headings(made.brief)]
    assert order.index("What I saw") == order.index("Points") + 1
    assert order.index("After mine") == order.index("What I saw") + 1
    assert order.index("At last") == order.index("Annex") - 1
    assert section(made.brief, "mine") == ["It came[s1:3]."]
    placed = {placement.id: placement.sections for placement in made.placements}
    assert placed["d"] == ("mine", "all")
    with pytest.raises(UsageError, match="has 'points' already"):
        draft(FACTS, TEMPLATE, sections=SectionEdits(add=(OwnSection("points", "P", "T"),)))
    with pytest.raises(UsageError, match="sections.add: .* no section 'nowhere'"):
        draft(
            FACTS, TEMPLATE,
            sections=SectionEdits(add=(OwnSection("x", "P", "T", after="nowhere"),)),
        )  # fmt: skip


def test_a_lead_opens_its_topic_and_tells_what_it_cites(draft: Draft) -> None:
    leads = {"energy": "Little came [@e].", "trade": "Nothing to say of trade [@a]."}
    made = draft(FACTS, TEMPLATE, sections=SectionEdits(leads=leads))
    assert section(made.brief, "topics-energy")[0] == "Little came[s1:3]."
    assert said(made, "topics-energy") == ["d"], "what the lead cites is told by it"
    assert section(made.brief, "topics-trade") == ["Nothing to say of trade[s1:3]."]
    asked = Selection(topics=("energy",))
    below = draft(FACTS, TEMPLATE, select=asked, sections=SectionEdits(leads={"energy.oil": "O."}))
    assert section(below.brief, "topics-energy")[0] == "Oil. O."
    lost = draft(FACTS, TEMPLATE, select=asked, sections=SectionEdits(leads={"defence": "D."}))
    assert (
        "sections.leads: 'defence' is printed nowhere: the brief does not ask for that topic"
        in (lost.warnings)
    )
    with pytest.raises(UsageError, match="sections.leads: the base has no topic 'enregy'"):
        draft(FACTS, TEMPLATE, sections=SectionEdits(leads={"enregy": "E."}))


def test_it_is_known_of_each_fact_where_it_is_printed_or_why_not(draft: Draft) -> None:
    short = TEMPLATE[: TEMPLATE.index("- {id: annex")] + "- {id: s, heading: S, show: sources}\n"
    facts = [*FACTS, fact("p", date="2009", kind="plan", topics=["defence"])]
    made = draft(facts, short, edits=Edits(exclude=("g",)))
    placed = {placement.id: placement for placement in made.placements}
    assert placed["a"].sections == ("points",)
    assert placed["p"].sections == ("table",)
    assert reasons(made) == {
        "a": None, "b": "limit", "c": None, "d": "limit", "e": None, "f": None, "p": None,
        "g": "excluded",
    }  # fmt: skip
    assert made.warnings[-1] == (
        "2 of 7 facts are printed nowhere: b, d; raise a limit (sections.limits), pin them "
        "(facts.include) or select fewer"
    )
    off = draft(facts, short, sections=SectionEdits(leave_out=("topics", "points")))
    assert reasons(off)["d"] == "section-off"
    kept_out = {placement.id: placement.kept_out_by for placement in off.placements}
    assert (placed["b"].kept_out_by, kept_out["d"], kept_out["p"]) == ("points", "topics", None)
    only = "sections:\n- {id: s, heading: S, show: bullets, where: {kinds: [plan]}}\n"
    pinned = draft(facts, only, edits=Edits(include=("a",)))
    assert reasons(pinned)["a"] == "no-section"
    assert any("facts.include: 'a' is printed nowhere: no section" in w for w in pinned.warnings)


def test_ids_of_old_briefs_are_carried_over_with_a_word(draft: Draft) -> None:
    template = """retired: [gone]
inputs:
- {id: scope, label: Scope, formerly: [purpose]}
sections:
- {id: scope, heading: Scope, show: input, input: scope, formerly: [purpose]}
- {id: all, heading: All, show: bullets}
"""
    made = draft(
        FACTS, template, text={"purpose": "To talk [@a].", "gone": "Lost."},
        sections=SectionEdits(leave_out=("gone",), order=("all", "purpose")),
    )  # fmt: skip
    assert headings(made.brief) == ["# All", "# Scope"]
    assert section(made.brief, "scope") == ["To talk[s1:3]."]
    assert [w for w in made.warnings if "now" in w or "any more" in w] == [
        "sections.leave_out: template 'own' has no section 'gone' any more: it is passed over",
        "sections.order: template 'own' calls section 'purpose' 'scope' now",
        "text: template 'own' calls input 'purpose' 'scope' now",
        "text: template 'own' has no input 'gone' any more: it is passed over",
    ]


def test_edits_for_a_template_that_a_flag_replaced_are_passed_over(draft: Draft) -> None:
    file = Origin("x.brief.yaml", 1, 1)
    made = draft(
        FACTS, TEMPLATE, template="fact-sheet", origin=file,
        places={("template",): file, ("template", "chronology"): file},
        sections=SectionEdits(leave_out=("years",)), text={"scope": "All."},
    )  # fmt: skip
    assert sum("passed over" in warning for warning in made.warnings) == 2
    assert BriefSpec().template == "country-brief"


def test_pointers_count_what_stands_there(draft: Draft) -> None:
    template = """sections:
- {id: points, heading: Points, show: bullets, limit: 1, tell_disputes: true}
- {id: disputes, heading: Accounts differ, show: disputes, limit: 1}
"""
    facts = [
        fact("a", disputes=["b"]), fact("b"), fact("c", disputes=["d"], kind="plan"), fact("d"),
    ]  # fmt: skip
    brief = draft(facts, template).brief
    assert "Sources disagree on one point: see ‘Accounts differ’." in section(brief, "points")[-2]
    assert section(brief, "disputes")[-1] == (
        "1 of 2 disputes shown; for the rest, look for facts marked ‘disputed’."
    )
    unmarked = template.replace("show: bullets, limit: 1,", "show: bullets, where: {kinds: [figure]},"
                                " empty: None.,")  # fmt: skip
    brief = draft(facts, unmarked).brief
    assert section(brief, "disputes")[-1] == (
        "1 of 2 disputes shown; the other is not printed here."
    )


def test_what_is_starred_has_a_sentence_of_its_own_even_where_the_author_cites_it(
    draft: Draft,
) -> None:
    own = OwnSection("mine", "First", "It came [@a; @b].")
    template = TEMPLATE.replace("sections:\n", "sections:\n- {id: top, heading: T, show: gaps}\n")
    sections = SectionEdits(add=(replace(own, after="top"),))
    made = draft(FACTS, template, edits=Edits(key=("b",)), sections=sections)
    assert said(made, "points") == ["b", "c"], "a, which is the base's own, was told above"


def test_a_few_lines_say_something_of_every_subtopic(draft: Draft) -> None:
    template = """sections:
- {id: t, heading: "{{ topic.label }}", show: paragraphs, run_in: subtopic, for_each: topic,
   limit: 2, keep: important}
"""
    facts = [
        fact("a", topics=["energy.oil"], kind="agreement"),
        fact("b", topics=["energy.oil"], kind="agreement"),
        fact("c", topics=["energy"], kind="agreement"),
        fact("d", topics=["energy.gas"], kind="plan"),
    ]
    base = replace(BASE, topics={**BASE.topics, "energy.gas": Topic("energy.gas", "Gas")})
    made = draft(facts, template, base=base, select=Selection(topics=("energy",)))
    assert sorted(fact for line in section(made.brief, "t-energy") for fact in "abcd"
                  if f"Statement {fact}" in line) == ["a", "d"]  # fmt: skip


def test_a_section_after_one_that_there_never_was_is_told_where_it_stands(draft: Draft) -> None:
    spec = parse_spec(
        b"format: 1\nsections:\n  add:\n  - {id: own, heading: Own, text: T., after: pionts}\n",
        "x.brief.yaml",
        Path(),
    )
    with pytest.raises(UsageError) as caught:
        draft(FACTS, TEMPLATE, sections=spec.sections, places=spec.places)
    assert str(caught.value) == (
        "x.brief.yaml:4:46: sections.add: template 'own' has no section 'pionts'; "
        "did you mean 'points'?"
    )
