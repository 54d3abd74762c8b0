"""What each `show` makes of facts, and how sections are filtered, sorted, limited, grouped."""

from __future__ import annotations

from dataclasses import replace

import pytest

from brief.conftest import BASE, Draft, fact, figure
from brief.printed import headings, inline, section
from briefgen.brief.judging.mixing import mixes_likelihood_and_confidence
from briefgen.brief.model import Entries, References, Table
from briefgen.brief.spec.model import Edits, Judgement, SectionEdits, Sides
from briefgen.dates import parse_edtf
from briefgen.errors import NothingSelectedError, UsageError
from briefgen.facts.model import Citation, Topic
from briefgen.select.model import Selection


def one(section_yaml: str) -> str:
    return f"sections: [{{id: s, heading: S, {section_yaml}}}]"


def test_chronology_has_dates_in_a_column(draft: Draft) -> None:
    facts = [fact("b", date="2013-02"), fact("a", date="2012"), fact("u", date="")]
    assert section(draft(facts, one("show: chronology")).brief, "s") == [
        "2012 | Statement a.[s1:3]",
        "February 2013 | Statement b.[s1:3]",
        "undated | Statement u (as reported in 2013).[s1:3]",
    ]


def test_sort_limit_and_pointer_to_the_rest(draft: Draft) -> None:
    facts = [fact("a", date="2010"), fact("b", date="2011", key=True), fact("c", date="2012")]
    template = """sections:
- {id: s, heading: "{{ topic.label }}", show: chronology, for_each: topic, sort: newest, limit: 1,
   keep: important}
- {id: annex, heading: Annex, show: annex}
- {id: all, heading: All of it, show: chronology}
"""
    brief = draft(facts, template).brief
    assert section(brief, "s-energy") == [
        "2011 | Statement b.[s1:3]",
        "1 of 3 facts shown; the rest in ‘All of it’.",
    ]
    assert headings(brief) == ["# Energy", "# Annex", "## All of it"]


def test_what_a_limit_shows_is_counted_without_what_stands_above(draft: Draft) -> None:
    facts = [
        fact("a", date="2010", key=True),
        *(fact(name, date=f"201{number}") for number, name in enumerate("bcd", 1)),
    ]
    points = "- {id: points, heading: Points, show: bullets, where: {key: true}}"
    rest = "- {id: s, heading: S, show: bullets, sort: newest, limit: 1}"
    template = f"sections:\n{points}\n{rest}\n"
    assert section(draft(facts, template).brief, "s")[-1] == (
        "1 of 3 further facts shown; the others are not printed here."
    )
    # Above a section that tells all of its own again nothing is left to be further.
    again = template.replace("limit: 1", "limit: 1, again: true")
    assert section(draft(facts, again).brief, "s")[-1] == (
        "1 of 4 facts shown; some of the others stand elsewhere in this brief, "
        "the rest are not printed here."
    )
    assert section(draft(facts[:3], template).brief, "s")[-1] == (
        "1 of 2 further facts shown; the other is not printed here."
    )
    led = f"sections:\n- {{id: lead, heading: L, show: input, input: lead}}\n{rest}\n"
    led = f"inputs: [{{id: lead, label: Lead}}]\n{led}"
    brief = draft(facts, led, text={"lead": "So it was [@b]."}).brief
    assert section(brief, "s")[-1] == (
        "1 of 3 further facts shown; the others are not printed here."
    )


def test_for_each_topic_files_a_fact_once_under_the_first_topic_asked(draft: Draft) -> None:
    facts = [
        fact("a", topics=["trade", "energy.oil"]),
        fact("b", topics=["energy.oil", "defence"]),
        fact("c", topics=["defence"]),
    ]
    template = one("show: bullets, for_each: topic").replace("heading: S", "heading: ''")
    template = template.replace("heading: ''", "heading: '{{ topic.label }}'")
    brief = draft(facts, template, select=Selection(topics=("energy", "defence"))).brief
    assert headings(brief) == ["# Energy", "# Defence"]
    assert section(brief, "s-energy") == [
        "- Statement a (2012).[s1:3]",
        "- Statement b (2012).[s1:3]",
    ]
    assert section(brief, "s-defence") == ["- Statement c (2012).[s1:3]"]
    narrow = draft(facts, template, select=Selection(topics=("energy", "energy.oil"))).brief
    assert headings(narrow)[0] == "# Oil"


def test_a_table_is_captioned_with_its_heading_as_filled_in(draft: Draft) -> None:
    template = """sections:
- {id: s, heading: "On {{ topic.label }}", show: table, for_each: topic}
"""
    (made,) = draft([fact("a")], template).brief.sections
    (table,) = made.blocks
    assert isinstance(table, Table)
    assert table.caption == "On Energy"


def test_the_texts_of_a_loop_may_call_what_it_goes_through(draft: Draft) -> None:
    template = """sections:
- {id: s, heading: "{{ topic.label }}", show: bullets, for_each: topic, text: "On *{{ topic.id }}*."}
- {id: t, heading: "{{ year }}", show: text, for_each: year, text: "In {{ year }}."}
- {id: e, heading: E, show: bullets, for_each: topic, where: {kinds: [plan]},
   empty: "No plan{{ ' on ' if topic.label }} in {{ period }}."}
"""
    brief = draft([fact("a")], template).brief
    assert section(brief, "s-energy") == ["On energy.", "- Statement a (2012).[s1:3]"]
    assert section(brief, "t-2012") == ["In 2012."]
    assert section(brief, "e") == ["No plan in all dates."]


def test_for_each_year_puts_undated_last(draft: Draft) -> None:
    facts = [fact("a", date="2013"), fact("b", date="../2011"), fact("u", date="")]
    brief = draft(facts, one("show: bullets, for_each: year").replace("S,", "'{{ year }}',")).brief
    assert headings(brief) == ["# 2011", "# 2013", "# Undated"]


def test_where_filters_further(draft: Draft) -> None:
    facts = [
        fact("a", "A visit to Ann.", kind="event", actors=("arcadia",)),
        fact("b", kind="position", actors=("borduria",), attribution="Doe"),
        fact("c", kind="plan", actors=("smith",), date="2012-03"),
    ]
    sides = Sides(("arcadia",), ("borduria",))
    for where, ids in [
        ("{kinds: [event]}", ["A visit"]),
        ("{side: theirs}", ["Statement b"]),
        ("{side: ours}", ["A visit", "Statement c"]),  # an envoy of Arcadia in 2012
        ("{text: 'visit*'}", ["A visit"]),
        ("{any_text: [smith, visit]}", ["A visit", "Statement c"]),
        ("{actors: [borduria]}", ["Statement b"]),
        ("{from: 2012-02, to: 2012-04, kinds: [plan]}", ["Statement c"]),
        ("{date_is: statement}", ["Statement b", "Statement c"]),
        ("{date_is: [occurrence, within]}", ["A visit"]),
    ]:
        lines = section(draft(facts, one(f"show: bullets, where: {where}"), sides=sides).brief, "s")
        assert len(lines) == len(ids), where
        assert all(text in line for text, line in zip(ids, lines, strict=True)), where


def test_a_filter_by_what_the_base_does_not_have_is_told(draft: Draft) -> None:
    made = draft(
        [fact("a")], one("show: bullets, empty: None., where: {topics: [enregy], actors: [xyz]}")
    )
    assert made.warnings == (
        "own.yaml:5:12: the base has no topic 'enregy'; did you mean 'energy'?",
        "own.yaml:5:12: the base has no actor 'xyz'; correct the id under where: actors",
        "1 of 1 facts are printed nowhere: a; select fewer",
    )


def test_at_least_fills_up_with_the_most_important(draft: Draft) -> None:
    facts = [
        fact("k", key=True),
        fact("opinion", kind="assessment", attribution="Doe"),
        fact("deal", kind="agreement"),
    ]
    lines = section(draft(facts, one("show: bullets, where: {key: true}, at_least: 2")).brief, "s")
    assert [line.split(" (")[0] for line in lines] == ["- Statement k", "- Statement deal"]


def test_a_section_without_facts_is_dropped_or_says_so(draft: Draft) -> None:
    empty = one("show: bullets, where: {kinds: [plan]}")
    filler = ", {id: t, heading: T, show: bullets}]"
    assert headings(draft([fact("a")], empty[:-1] + filler).brief) == ["# T"]
    said = one("show: bullets, where: {kinds: [plan]}, empty: 'No plan in {{ base.title }}.'")
    assert section(draft([fact("a")], said).brief, "s") == ["No plan in Arcadia and Borduria."]


def test_figures_table(draft: Draft) -> None:
    facts = [
        fact("a", kind="figure", figures=(figure(1234.5, "2012", qualifier="about"),)),
        fact("b", kind="figure", figures=(figure(4000, "2012", "potential"),), source="s2"),
        fact("c", kind="figure", figures=(figure(10, "2011", value_to=12),)),
        # The same figure from another source: one row, both cited.
        fact("d", kind="figure", figures=(figure(10, "2011", value_to=12),), source="s3"),
    ]
    brief = draft(facts, one("show: figures")).brief
    assert section(brief, "s") == [
        "Measure | Value | Period | Basis",
        "Bilateral trade, USD million | about 1,234.5 | 2012 | reported[s1:3]",
        "Bilateral trade, USD million | 10–12 | 2011 | reported[s1:3; s3:3]",
        (
            "~Bilateral trade, USD million ▲weak source | 4,000 | 2012 | "
            "potential, not a total[s2:3]"
        ),
    ]


def test_people_with_the_offices_they_held_at_the_time(draft: Draft) -> None:
    early = draft([fact("a", date="2012", actors=("smith",))], one("show: actors")).brief
    assert section(early, "s") == [
        "Ann Smith | Minister, Arcadia (last recorded 2023); Envoy, Arcadia (2012 to 2013)"
    ]
    late = draft([fact("a", date="2022", actors=("smith",))], one("show: actors")).brief
    assert section(late, "s") == ["Ann Smith | Minister, Arcadia (last recorded 2023)"]


def test_disputes_show_the_side_that_the_selection_leaves_out(draft: Draft) -> None:
    inside = fact("a", "Talks began in 2012.", disputes=("b",))
    outside = fact("b", "Talks began in 2014.", source="s2", date="2014", topics=["trade"])
    brief = draft([inside], one("show: disputes"), others=[outside]).brief
    assert section(brief, "s") == [
        "Energy; Trade",
        "Doe, 2013 | Talks began in 2012.[s1:3]",
        "Gazette | Talks began in 2014.[s2:3] ▲weak source",
    ]


def test_each_dispute_is_told_once_around_its_hub(draft: Draft) -> None:
    facts = [
        fact("hub", date="2010", disputes=("x", "y")),
        fact("x", date="2011"),
        fact("y", date="2012", disputes=("z",)),
        fact("z", date="2013"),
        fact("calm", date="2014"),
    ]
    brief = draft(facts, one("show: disputes")).brief
    told = [line.split(" | ")[1].split(" (")[0] for line in section(brief, "s") if "|" in line]
    assert told == ["Statement hub", "Statement x", "Statement y", "Statement y", "Statement z"]


def test_a_superseded_side_no_longer_disputes(draft: Draft) -> None:
    old = fact("b", status="superseded")
    brief = draft([fact("a", disputes=("b",))], one("show: bullets"), others=[old]).brief
    assert "▲" not in section(brief, "s")[0]


def test_key_points_tell_that_sources_disagree(draft: Draft) -> None:
    template = """sections:
- {id: s, heading: S, show: bullets, tell_disputes: true}
- {id: d, heading: Quarrels, show: disputes}
"""
    brief = draft([fact("a", disputes=("b",)), fact("b")], template).brief
    assert section(brief, "s")[-1] == "- Sources disagree on one point: see ‘Quarrels’."


def test_gaps(draft: Draft) -> None:
    asked = Selection(
        topics=("energy", "defence"), start=parse_edtf("2003"), end=parse_edtf("2014-06")
    )
    facts = [fact("a", date="2008"), fact("b", date="2011-05/2012-02")]
    lines = section(
        draft(facts, one("show: gaps"), select=asked, undated_left_out=2).brief, "s"
    )  # fmt: skip
    assert lines == [
        "- Energy: nothing is recorded for 2003–2007, 2009–2010 and 2013–2014.",
        "- Defence: nothing is recorded in the period.",
        "- 2 facts that fit the request carry no date and are left out.",
    ]


def test_own_text_with_likelihood_and_confidence_in_one_sentence_is_told(draft: Draft) -> None:
    template = "inputs: [{id: x, label: X}]\n" + one("show: input, input: x")
    text = "We are confident that it is likely [@a]. It is likely. Confidence is low."
    warnings = draft([fact("a")], template, text={"x": text}).warnings
    assert [line for line in warnings if "ICD" in line] == [
        (
            "x: likelihood and confidence in one sentence, “We are confident that it is likely "
            "[@a].”; say them apart (ICD 203)"
        )
    ]


@pytest.mark.parametrize(
    ("sentence", "mixed"),
    [
        ("We have moderate confidence that it is likely.", True),
        ("Confident as we are, it is improbable.", True),
        ("Confidence-building measures are likely.", False),
        ("A vote of no confidence is very likely.", False),
        ("The no-confidence motion will probably fail.", False),
        ("It is likely.", False),
        ("We have high confidence in it.", False),
    ],
)
def test_what_mixes_likelihood_and_confidence(sentence: str, mixed: bool) -> None:
    assert mixes_likelihood_and_confidence(sentence) is mixed


def test_a_judgement_on_an_unknown_fact_is_refused(draft: Draft) -> None:
    judgement = Judgement("Trade will grow.", basis=("nope",))
    with pytest.raises(UsageError, match="no fact 'nope'"):
        draft([fact("a")], one("show: judgements"), judgements=(judgement,))


def test_hand_edits(draft: Draft) -> None:
    facts = [fact("a", date="2010"), fact("b", date="2011"), fact("c", date="2012")]
    extra = fact("x", date="2009", topics=["trade"])
    edits = Edits(
        exclude=("b",), include=("x",), order=("c",), key=("a",), reword={"a": "Reworded <b>."}
    )
    brief = draft(facts, one("show: bullets"), others=[extra], edits=edits).brief
    assert section(brief, "s") == [
        "- Reworded <b> (2010).[s1:3]",
        "- Statement c (2012).[s1:3]",
        "- Statement x (2009).[s1:3]",
    ]
    with pytest.raises(UsageError, match=r"facts\.exclude: the base has no fact 'bb'.*mean 'b'"):
        draft(facts, one("show: bullets"), edits=Edits(exclude=("bb",)))


def test_a_title_that_comes_out_empty_gives_way_to_the_templates_name(draft: Draft) -> None:
    made = draft([fact("a")], one("show: bullets"), base=replace(BASE, title=""))
    assert made.brief.title == "Own"


def test_nothing_selected_is_refused(draft: Draft) -> None:
    with pytest.raises(NothingSelectedError, match="finds no fact"):
        draft([], one("show: bullets"))


@pytest.mark.parametrize(
    ("asked", "source", "printed"),
    [
        (None, "s1", ""),
        (None, "s3", "OFFICIAL-SENSITIVE"),
        ("OFFICIAL", "s1", "OFFICIAL"),
        ("OFFICIAL-SENSITIVE", "s3", "OFFICIAL-SENSITIVE"),
    ],
)
def test_the_highest_marking_wins(
    draft: Draft, asked: str | None, source: str, printed: str
) -> None:
    made = draft([fact("a", source=source)], one("show: bullets"), marking=asked)
    assert made.brief.marking == printed


@pytest.mark.parametrize(
    ("asked", "says"),
    [("OFFICIAL", "lower than 'OFFICIAL-SENSITIVE', which source 's3' carries"),
     ("SECRET", "not one of the base's"), ],
)  # fmt: skip
def test_a_marking_too_low_or_unknown_is_refused(draft: Draft, asked: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        draft([fact("a", source="s3")], one("show: bullets"), marking=asked)


def test_a_dispute_from_outside_lifts_the_marking(draft: Draft) -> None:
    outside = fact("b", source="s3")
    made = draft([fact("a", disputes=("b",))], one("show: disputes"), others=[outside])
    assert made.brief.marking == "OFFICIAL-SENSITIVE"


def test_annex_starts_a_page_and_lowers_what_follows(draft: Draft) -> None:
    template = """sections:
- {id: s, heading: S, show: bullets}
- {id: annex, heading: Annex, show: annex}
- {id: c, heading: C, show: chronology}
- {id: r, heading: R, show: sources}
"""
    brief = draft([fact("a")], template).brief
    assert headings(brief) == ["# S", "# Annex", "## C", "## R"]
    assert [s.break_before for s in brief.sections] == [False, True, False, False]
    assert brief.sections[-1].blocks == (References(),)
    alone = template.replace("- {id: c, heading: C, show: chronology}\n", "").replace(
        "- {id: r, heading: R, show: sources}\n", ""
    )
    assert headings(draft([fact("a")], alone).brief) == ["# S"]


def test_sections_can_be_left_out(draft: Draft) -> None:
    brief = draft(
        [fact("a")], sections=SectionEdits(leave_out=("annex", "chronology", "about-sources"))
    ).brief
    assert not {"annex", "chronology", "about-sources"} & {s.id for s in brief.sections}
    with pytest.raises(UsageError, match="no section 'figure'.*did you mean 'figures'"):
        draft([fact("a")], sections=SectionEdits(leave_out=("figure",)))


def test_masthead(draft: Draft) -> None:
    asked = Selection(topics=("energy",), start=parse_edtf("2003"), end=parse_edtf("2023"))
    made = draft(
        [fact("a", date="2011-05/2023-09~", kind="background", credibility=2)],
        select=asked,
        prepared_for="Director",
        prepared_by="Desk",
        review_on="2027-01-01",
    )
    assert [(line.label, inline(line.content)) for line in made.brief.masthead] == [
        ("For", "Director"),
        ("From", "Desk"),
        ("Topics", "Energy"),
        ("Period", "2003 to 2023"),
        ("Prepared", "21 November 2026"),
        ("Newest information", "about September 2023 – more than three years old"),
        ("Sources", "1"),
        ("Review on", "1 January 2027"),
    ]


def test_no_fact_stands_twice_in_a_section_of_any_shipped_template(draft: Draft) -> None:
    facts = [
        fact(f"f{n}", topics=["energy.oil", "trade"], kind=kind, key=n % 2 == 0, attribution="Doe",
             actors=("arcadia", "borduria"), date=f"20{10 + n}")
        for n, kind in enumerate(("event", "agreement", "position", "plan", "figure"))
    ]  # fmt: skip
    for name in ("country-brief", "chronology", "fact-sheet", "talking-points", "visit-brief"):
        brief = draft(facts, template=name, sides=Sides(("arcadia",), ("borduria",))).brief
        for part in brief.sections:
            told = [
                item
                for block in part.blocks
                if isinstance(block, Entries)
                for entry in block.entries
                for item in [inline(entry.blocks[0].content)]  # type: ignore[union-attr]
            ]
            assert len(told) == len(set(told)), (name, part.id)


def test_two_sources_stand_in_one_citation(draft: Draft) -> None:
    two = replace(fact("a"), cites=(Citation("s1"), Citation("s2", (("page", "3"), ("line", "4")))))
    assert section(draft([two], one("show: bullets")).brief, "s") == [
        "- Statement a (2012).[s1:; s2:3, line 4]"
    ]


def test_a_base_in_another_language_is_refused_by_name(draft: Draft) -> None:
    with pytest.raises(UsageError, match="language .ru. is not built yet"):
        draft([fact("a")], base=replace(BASE, language="ru"))


def test_what_a_base_says_is_no_markup_in_a_templates_text(draft: Draft) -> None:
    odd = replace(BASE, title="*A* <b> [@s1] & _b_ 1. `c`")
    template = one("show: text, text: 'On **{{ base.title }}**.'")
    brief = draft([fact("a")], template, base=odd).brief
    assert section(brief, "s") == ["On *A* <b> [@s1] & _b_ 1. `c`."]


def test_topics_are_joined_so_that_they_can_be_told_apart(draft: Draft) -> None:
    asked = Selection(topics=("energy", "defence"))
    assert (
        draft([fact("a")], select=asked).brief.title == "Arcadia and Borduria: Energy and Defence"
    )
    named = {**BASE.topics, "trade": Topic("trade", "Trade and finance")}
    asked = Selection(topics=("trade", "energy"))
    made = draft([fact("a")], select=asked, base=replace(BASE, topics=named))
    assert made.brief.title == "Arcadia and Borduria: Trade and finance; Energy"


def test_nobody_is_to_be_asked_where_the_brief_names_nobody(draft: Draft) -> None:
    facts = [fact(name, date="2011") for name in "abc"]
    template = "sections: [{id: s, heading: S, show: bullets, limit: 1}]"
    assert section(draft(facts, template).brief, "s")[-1].endswith(
        "the others are not printed here."
    )
    told = section(draft(facts, template, prepared_by="Desk").brief, "s")[-1]
    assert told.endswith("the others on request from the author.")
