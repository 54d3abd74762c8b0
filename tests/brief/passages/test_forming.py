"""Which passages a brief prints in the place of their facts, where they stand, what they look like."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brief.conftest import BASE, Draft, PlainLookup, draft, fact
from brief.printed import section
from briefgen.brief.assemble.gather import gather_material
from briefgen.brief.assemble.material import Material
from briefgen.brief.assemble.passages import form_units
from briefgen.brief.model import Sentence
from briefgen.brief.spec.model import BriefSpec, Edits, Passages, SectionEdits
from briefgen.brief.template.finding import find_template
from briefgen.brief.traversal import blocks_inlines
from briefgen.dates import parse_edtf
from briefgen.errors import UsageError
from briefgen.facts.cited_facts import cited_facts
from briefgen.facts.model import Base, Citation, Fact, Passage
from briefgen.facts.staleness import checked_against
from briefgen.select.model import Selection
from briefgen.shipped import shipped_templates

__all__ = ["draft"]


def passage(id_: str, text: str, **values: Any) -> Passage:
    return Passage(id_, text, cited_facts(text), **values)


def with_passages(*passages: Passage) -> Base:
    return replace(BASE, passages={one.id: one for one in passages})


def one(section_yaml: str) -> str:
    return f"sections: [{{id: s, heading: S, {section_yaml}}}]"


FACTS = [
    fact("a", "Ann came.", date="2012-01", cites=(Citation("s1"),)),
    fact("b", "Ann spoke.", date="2012-03", cites=(Citation("s1"),)),
    fact("c", "Ann left.", date="2012-05", cites=(Citation("s3"),)),
]
CAME = passage("came", "In 2012 Ann came [@a] and spoke [@b].")


# --- where it stands -------------------------------------------------------------------------------


@pytest.mark.parametrize("show", ["bullets", "paragraphs"])
def test_it_stands_in_the_place_of_its_facts_by_the_last_of_its_dates(
    draft: Draft, show: str
) -> None:
    facts = [*FACTS, fact("between", date="2012-02")]
    brief = draft(facts, one(f"show: {show}"), base=with_passages(CAME)).brief
    assert [line.removeprefix("- ") for line in section(brief, "s")] == [
        "Statement between (February 2012).[s1:3]",
        "In 2012 Ann came and spoke[s1:].",
        "Ann left (May 2012).[s3:]",
    ]
    brief = draft(facts, one(f"show: {show}, sort: newest"), base=with_passages(CAME)).brief
    assert [line.removeprefix("- ") for line in section(brief, "s")] == [
        "Ann left (May 2012).[s3:]",
        "In 2012 Ann came and spoke[s1:].",
        "Statement between (February 2012).[s1:3]",
    ]


def test_a_starred_fact_takes_it_to_the_front(draft: Draft) -> None:
    brief = draft(
        [*FACTS, fact("between", date="2012-02")],
        one("show: bullets"),
        base=with_passages(passage("left", "Ann spoke [@b] and left in 2012 [@c].")),
        edits=Edits(key=("c",)),
    ).brief
    assert section(brief, "s")[0] == "- Ann spoke[s1:] and left in 2012[s3:]."


def test_in_a_chronology_by_date_it_needs_one_date_and_one_meaning(draft: Draft) -> None:
    both = passage("both", "In May 2012 it came [@x] and went [@y].")
    x, y = fact("x", date="2012-05"), fact("y", date="2012-05")
    chronology = one("show: chronology")
    base = with_passages(both)
    assert section(draft([x, y], chronology, base=base).brief, "s") == [
        "May 2012 | In May 2012 it came and went[s1:3]."
    ]
    for other in (replace(y, date=fact("z", date="2012-06").date), replace(y, date_is="within")):
        told = section(draft([x, other], chronology, base=base).brief, "s")
        assert len(told) == 2, told


@pytest.mark.parametrize(
    ("text", "values", "printed"),
    [
        ("In May 2012 Ann came", {"date": "2012-05"}, "May 2012 | Ann came"),
        ("In May 2012, Ann came", {"date": "2012-05"}, "May 2012 | Ann came"),
        ("In May 2012 the envoys came", {"date": "2012-05"}, "May 2012 | The envoys came"),
        ("On 3 May 2012 Ann came", {"date": "2012-05-03"}, "3 May 2012 | Ann came"),
        (
            "As reported in about May 2012, Ann came",
            {"date": "2012-05~", "kind": "background", "said": parse_edtf("2012-05")},
            "about May 2012 | As reported, Ann came",
        ),
        (
            "Some time between 2012 and May 2014 Ann came",
            {"date": "2012/2014-05"},
            "2012–May 2014 | On an unknown date Ann came",
        ),
        (
            "Some time between 2012 and about May 2014 Ann came",
            {"date": "2012/2014-05~"},
            "2012–c. May 2014 | On an unknown date Ann came",
        ),
        # Another date, or what is no sentence without it, stays; so does what is quoted.
        ("In 2012 Ann came", {"date": "2012-05"}, "May 2012 | In 2012 Ann came"),
        ("In May 2012 and again later Ann came", {"date": "2012-05"},
         "May 2012 | In May 2012 and again later Ann came"),
        ("In May 2012, the month of the vote, Ann came", {"date": "2012-05"},
         "May 2012 | In May 2012, the month of the vote, Ann came"),
        ("In May 2012, June and July Ann came", {"date": "2012-05"},
         "May 2012 | In May 2012, June and July Ann came"),
        ("In May 2012–13 Ann came", {"date": "2012-05"}, "May 2012 | In May 2012–13 Ann came"),
        ("“In May 2012 Ann came”, they said", {"date": "2012-05"},
         "May 2012 | “In May 2012 Ann came”, they said"),
    ],
)  # fmt: skip
def test_beside_its_own_date_it_does_not_open_with_it(
    draft: Draft, text: str, values: dict[str, Any], printed: str
) -> None:
    base = with_passages(passage("both", f"{text} [@x] and went [@y]."))
    facts = [fact(name, **values) for name in "xy"]
    (row,) = section(draft(facts, one("show: chronology"), base=base).brief, "s")
    assert row == f"{printed} and went[s1:3]."
    # Where no date stands beside it, it keeps its own; so does a fact, which is printed as it is.
    (bullet,) = section(draft(facts, one("show: bullets"), base=base).brief, "s")
    assert bullet.startswith(f"- {text} ")
    stated = [fact("z", f"{text}.", **values)]
    (row,) = section(draft(stated, one("show: chronology")).brief, "s")
    assert text in row


def test_beside_a_topic_its_dates_may_differ(draft: Draft) -> None:
    both = passage("both", "In May 2012 it came [@x] and went [@y].")
    x, y = fact("x", date="2012-05"), fact("y", date="2012-05")
    base = with_passages(both)
    by_topic = one("show: chronology, label: topic")
    later = replace(y, date=fact("z", date="2012-06").date)
    assert section(draft([x, later], by_topic, base=base).brief, "s") == [
        "Energy | In May 2012 it came and went[s1:3]."
    ]


def test_a_limit_counts_it_once(draft: Draft) -> None:
    brief = draft(FACTS, one("show: bullets, limit: 2"), base=with_passages(CAME)).brief
    assert section(brief, "s")[:2] == [
        "- In 2012 Ann came and spoke[s1:].",
        "- Ann left (May 2012).[s3:]",
    ]


@pytest.mark.parametrize(
    "show",
    ["show: table, columns: [date, statement]", "show: positions", "show: bullets, spoken: true"],
)
def test_tables_positions_and_what_is_spoken_have_none(draft: Draft, show: str) -> None:
    facts = [replace(each, actors=("smith",)) for each in FACTS]
    brief = draft(facts, one(show), base=with_passages(CAME)).brief
    assert not any(
        isinstance(inline, Sentence) and inline.passage
        for made in brief.sections
        for inline in blocks_inlines(made.blocks)
    )


def test_nor_has_an_annex(draft: Draft) -> None:
    template = """sections:
- {id: annex, heading: Annex, show: annex}
- {id: s, heading: All, show: bullets}
"""
    assert len(section(draft(FACTS, template, base=with_passages(CAME)).brief, "s")) == 3


def test_facts_of_a_key_passage_are_key_facts(draft: Draft) -> None:
    template = one("show: bullets, where: {key: true}")
    base = with_passages(replace(CAME, key=True))
    assert section(draft(FACTS, template, base=base).brief, "s") == [
        "- In 2012 Ann came and spoke[s1:]."
    ]
    unkeyed = draft([*FACTS, fact("d", key=True)], template, base=base, edits=Edits(unkey=("b",)))
    assert section(unkeyed.brief, "s") == ["- Statement d (2012).[s1:3]"]


# --- when its facts are told one by one ------------------------------------------------------------


@pytest.mark.parametrize(
    "spec",
    [
        {"edits": Edits(reword={"b": "She spoke."})},
        {"edits": Edits(exclude=("b",))},
        {"passages": Passages(split=("came",))},
        {"select": Selection(topics=("energy",)), "sections": SectionEdits(limits={"s": 9}),
         "edits": Edits(exclude=("a",))},
    ],
)  # fmt: skip
def test_a_brief_can_have_its_facts_one_by_one(draft: Draft, spec: dict[str, Any]) -> None:
    made = draft(FACTS, one("show: bullets"), base=with_passages(CAME), **spec)
    assert "In 2012 Ann came and spoke" not in " ".join(section(made.brief, "s"))
    assert made.warnings == ()


@pytest.mark.parametrize(
    "change",
    [
        {"statement": "Ann spoke up."},
        {"status": "superseded"},
        {"status": "retracted"},
        {"disputes": ("c",)},
    ],
    ids=str,
)
def test_a_stale_one_is_not_printed(draft: Draft, change: dict[str, Any]) -> None:
    facts = {each.id: each for each in FACTS}
    checked = replace(CAME, checked=checked_against(("a", "b"), facts))
    base = with_passages(checked)
    assert "came and spoke" in section(draft(FACTS, one("show: bullets"), base=base).brief, "s")[0]
    facts["b"] = replace(facts["b"], **change)
    told = section(draft(facts.values(), one("show: bullets"), base=base).brief, "s")
    assert len(told) == 3


def test_a_dispute_told_with_both_voices_needs_no_flag_and_no_box(draft: Draft) -> None:
    facts = [
        fact("a", "It began in 2014.", date="2014", attribution="Jo Doe", disputes=("b",)),
        fact("b", "It was under way in 2013.", date="2013", source="s2"),
    ]
    template = """sections:
- {id: s, heading: S, show: bullets}
- {id: accounts, heading: Accounts differ, show: disputes}
"""
    voiced = passage(
        "p", "Doe has it begin in 2014 [@a]; the Gazette had it under way in 2013 [@b]."
    )
    brief = draft(facts, template, base=with_passages(voiced), grades=False).brief
    assert section(brief, "s") == [
        "- Doe has it begin in 2014[s1:3]; the Gazette had it under way in 2013[s2:3]."
    ]
    assert [made.id for made in brief.sections] == ["s"]
    silent = passage("p", "It began in 2014 [@a] or was under way in 2013 [@b].")
    brief = draft(facts, template, base=with_passages(silent), grades=False).brief
    assert len(section(brief, "s")) == 2
    assert all("▲disputed" in line for line in section(brief, "s"))
    assert [made.id for made in brief.sections] == ["s", "accounts"]


# --- the brief's own -------------------------------------------------------------------------------


def test_a_passage_of_the_briefs_own_goes_before_the_bases(draft: Draft) -> None:
    mine = passage("mine", "Ann came [@a], and left in 2012 [@c].")
    made = draft(
        FACTS, one("show: bullets"), base=with_passages(CAME), passages=Passages(add=(mine,))
    )
    assert section(made.brief, "s") == [
        "- Ann spoke (March 2012).[s1:]",
        "- Ann came[s1:], and left in 2012[s3:].",
    ]
    assert made.warnings == ()


def test_one_with_the_id_of_one_of_the_base_stands_in_its_place(draft: Draft) -> None:
    mine = passage("came", "In 2012 Ann came [@a] and gave a speech [@b].")
    made = draft(
        FACTS, one("show: bullets"), base=with_passages(CAME), passages=Passages(add=(mine,))
    )
    assert section(made.brief, "s")[0] == "- In 2012 Ann came and gave a speech[s1:]."


def test_what_is_questionable_in_its_own_is_told(draft: Draft) -> None:
    mine = passage("mine", "In 2014 Ann came [@a] and spoke [@b].")
    made = draft(FACTS, one("show: bullets"), passages=Passages(add=(mine,)))
    assert made.warnings[0] == (
        "passages.add: 'mine': “In 2014 Ann came” has the year 2014, which no fact of this clause "
        "states; correct it, or cite the fact that says so"
    )


@pytest.mark.parametrize(
    ("text", "spec", "why"),
    [
        ("Ann came [@a] and hid in 2012 [@other].", {}, "fact 'other' is not in the brief"),
        ("Ann came in 2012 [@a] and spoke [@b].", {"edits": Edits(reword={"a": "She came."})},
         "fact 'a' is reworded in it"),
        ("Ann came [@a] and went in 2012 [@trade].", {},
         "no section shows all of its facts beside each other"),
    ],
)  # fmt: skip
def test_its_own_that_is_printed_nowhere_is_told(
    draft: Draft, text: str, spec: dict[str, Any], why: str
) -> None:
    facts = [*FACTS, fact("trade", "Ann went.", topics=("trade",))]
    template = one("show: bullets, for_each: topic")
    made = draft(
        facts, template, others=[fact("other", "Ann hid.")],
        passages=Passages(add=(passage("mine", text),)), **spec,
    )  # fmt: skip
    assert f"passages.add: 'mine' is printed nowhere: {why}" in made.warnings


def test_ids_that_the_base_does_not_have_are_refused(draft: Draft) -> None:
    with pytest.raises(UsageError, match=r"passages\.add: the base has no fact 'aa'"):
        draft(FACTS, one("show: bullets"),
              passages=Passages(add=(passage("p", "It came [@aa] and went [@b]."),)))  # fmt: skip
    with pytest.raises(
        UsageError, match=r"passages\.split: the base has no passage 'cam'; did you mean 'came'"
    ):
        draft(
            FACTS, one("show: bullets"), base=with_passages(CAME), passages=Passages(split=("cam",))
        )


# --- on the page -----------------------------------------------------------------------------------


def sentences(brief: Any) -> list[Sentence]:
    return [
        inline
        for made in brief.sections
        for inline in blocks_inlines(made.blocks)
        if isinstance(inline, Sentence)
    ]


def test_each_clause_is_a_sentence_with_its_facts(draft: Draft) -> None:
    whole = passage("whole", "Ann *came* [@a; @b]. She left in 2012 [@c].")
    made = draft(FACTS, one("show: bullets"), base=with_passages(whole))
    assert [(one.facts, one.passage) for one in sentences(made.brief)] == [
        (("a", "b"), "whole"),
        (("c",), "whole"),
    ]
    assert [(p.id, p.passage, p.sections) for p in made.placements] == [
        (id_, "whole", ("s",)) for id_ in "abc"
    ]


def test_flags_and_grades_follow_their_clause_and_stand_once_for_several(draft: Draft) -> None:
    facts = [
        fact("a", "Ann came.", source="s2", credibility=4),
        fact("b", "Ann spoke.", source="s2", credibility=4),
        fact("c", "Ann left.", status="draft"),
    ]
    base = with_passages(passage("p", "Ann came [@a], spoke [@b], and left in 2012 [@c]."))
    assert section(draft(facts, one("show: bullets"), base=base, grades=True).brief, "s") == [
        "- Ann came, spoke[s2:3], (D4) ▲weak source and left in 2012[s1:3]. (B) ▲unchecked"
    ]


def test_a_grade_of_its_own_stays_where_the_citation_goes_on(draft: Draft) -> None:
    facts = [fact("a", "Ann came.", credibility=2), fact("b", "Ann spoke.", credibility=3)]
    base = with_passages(passage("p", "Ann came [@a] and spoke in 2012 [@b]."))
    assert section(draft(facts, one("show: bullets"), base=base, grades=True).brief, "s") == [
        "- Ann came (B2) and spoke in 2012[s1:3]. (B3)"
    ]


def test_a_source_that_several_facts_of_a_clause_cite_stands_once(draft: Draft) -> None:
    facts = [
        fact("a", cites=(Citation("s1"), Citation("s2"))),
        fact("b", cites=(Citation("s2"), Citation("s3"))),
    ]
    base = with_passages(passage("p", "It came and went in 2012 [@a; @b]."))
    assert section(draft(facts, one("show: bullets"), base=base, grades=False).brief, "s") == [
        "- It came and went in 2012[s1:; s2:; s3:]."
    ]


# --- overlaps --------------------------------------------------------------------------------------

NAMES = "abcdefgh"


def material(facts: list[Fact], passages: list[Passage], own: int) -> Material:
    base = with_passages(*passages[own:])
    template = find_template("chronology", (shipped_templates(),))
    spec = BriefSpec(passages=Passages(add=tuple(passages[:own])))
    return gather_material(spec, template, base, tuple(facts), PlainLookup(facts), 0)


@given(
    st.lists(
        st.lists(st.sampled_from(NAMES), min_size=2, max_size=4, unique=True), max_size=6
    ),
    st.integers(0, 6),
    st.permutations(NAMES),
    st.sets(st.sampled_from(NAMES)),
)  # fmt: skip
def test_units_hold_each_fact_once_and_the_passages_that_cover_most(
    groups: list[list[str]], own: int, order: list[str], shown: set[str]
) -> None:
    facts = [fact(name, date=f"20{10 + NAMES.index(name)}") for name in NAMES]
    passages = [
        passage(f"p{number}", " and ".join(f"it [@{name}]" for name in group))
        for number, group in enumerate(groups)
    ]
    here = [next(f for f in facts if f.id == name) for name in order if name in shown]
    units = form_units(here, material(facts, passages, own), by_date=False)
    told = [each.id for unit in units for each in unit.facts]
    assert sorted(told) == sorted(each.id for each in here)
    formed = {unit.passage.id for unit in units if unit.passage is not None}
    taken: set[str] = set()
    for number in sorted(range(len(groups)), key=lambda n: (-len(groups[n]), n)):
        fits = shown.issuperset(groups[number]) and not taken.intersection(groups[number])
        assert (f"p{number}" in formed) is fits
        if fits:
            taken.update(groups[number])
    # What is told one by one keeps its order, and a passage stands where one of its facts stood.
    singles = [unit.facts[0].id for unit in units if unit.passage is None]
    assert singles == [each.id for each in here if each.id in singles]
    for unit in units:
        assert [each.id for each in unit.facts] == sorted(each.id for each in unit.facts)


@given(st.lists(st.integers(0, 3), min_size=4, max_size=4), st.booleans())
def test_by_date_only_facts_of_one_date_are_put_together(months: list[int], newest: bool) -> None:
    facts = [
        fact(name, date=f"2012-0{1 + month}") for name, month in zip("abcd", months, strict=True)
    ]
    facts.sort(key=lambda each: str(each.date.text if each.date else ""), reverse=newest)
    passages = [passage("p", "it [@a] and [@b]"), passage("q", "it [@c] and [@d]")]
    units = form_units(facts, material(facts, passages, 0), by_date=True)
    formed = {unit.passage.id for unit in units if unit.passage is not None}
    assert formed == {
        name
        for name, (one, other) in {"p": (0, 1), "q": (2, 3)}.items()
        if months[one] == months[other]
    }
    days = [unit.facts[-1].date.first_day for unit in units if unit.facts[-1].date]
    assert days == sorted(days, key=lambda day: day or 0, reverse=newest)
