"""Where accounts differ, in a sentence for each: who says this; who says that."""

from __future__ import annotations

from dataclasses import replace

from brief.conftest import BASE, Draft, fact
from brief.printed import section
from briefgen.facts.model import Source

VOICES = replace(
    BASE,
    sources={
        **BASE.sources,
        "kamran": Source("kamran", {"type": "article", "author": [
            {"family": "Kamran", "given": "Sehar"}], "issued": {"date-parts": [[2023, 7]]}}),
        "nation": Source("nation", {"type": "article-newspaper", "container-title": "The Nation",
                                    "issued": {"date-parts": [[2013, 8, 28]]}}),
    },
)  # fmt: skip
TEMPLATE = """sections:
- {id: key, heading: Key, show: bullets, where: {key: true}}
- {id: d, heading: D, show: disputes, in_a_sentence: true, limit: 2}
- {id: rest, heading: Rest, show: bullets}
"""


def test_both_voices_stand_in_one_sentence(draft: Draft) -> None:
    facts = [
        fact("began", "Cooperation began.", date="2014", source="kamran", key=True),
        fact("under-way", "Cooperation was under way.", kind="background", date="2013-08",
             source="nation", disputes=("began",)),
    ]  # fmt: skip
    brief = draft(facts, TEMPLATE, base=VOICES).brief
    assert section(brief, "d") == [
        (
            "- The Nation (2013): Cooperation was under way[nation:3]; "
            "Sehar Kamran (2023): Cooperation began (2014)[kamran:3]."
        )
    ]


def test_another_voice_than_the_sources_own_is_named(draft: Draft) -> None:
    facts = [
        fact("a", "Talks failed.", kind="position", date="2013-08", source="nation",
             attribution="unnamed diplomats", key=True),
        fact("b", "Talks went well.", kind="assessment", date="2023-07", source="kamran",
             attribution="Sehar Kamran", disputes=("a",)),
    ]  # fmt: skip
    brief = draft(facts, TEMPLATE, base=VOICES).brief
    assert section(brief, "d") == [
        (
            "- The Nation (2013): Talks failed, according to unnamed diplomats in August 2013"
            "[nation:3]; Sehar Kamran (2023): Talks went well[kamran:3]."
        )
    ]


def test_only_what_touches_the_body_and_what_it_tells_most_of_first(draft: Draft) -> None:
    facts = [
        fact("one", date="2010", key=True, disputes=("other",)),
        fact("other", date="2011"),
        fact("x", date="2012", key=True, disputes=("y",)),
        fact("y", date="2013", key=True),
        fact("p", date="2014", disputes=("q",)),
        fact("q", date="2015"),
    ]
    made = draft(facts, TEMPLATE, base=VOICES)
    *told, more = section(made.brief, "d")
    assert [line.partition(": ")[2].partition(" (")[0] for line in told] == [
        "Statement x", "Statement one",
    ]  # fmt: skip
    # The pair that nobody has told of is among those that a pointer counts.
    assert more.startswith("2 of 3 disputes shown")


def test_a_hub_names_three_voices_and_counts_the_rest(draft: Draft) -> None:
    facts = [
        fact("hub", date="2010", key=True, disputes=("a", "b", "c", "e")),
        *(fact(name, date="2011", key=name == "e") for name in ("a", "b", "c", "e")),
    ]
    (line,) = section(draft(facts, TEMPLATE, base=VOICES).brief, "d")
    assert [part.partition(": ")[2].partition(" (")[0] for part in line.split("; ")] == [
        "Statement hub", "Statement e", "Statement a", "",
    ]  # fmt: skip
    assert line.endswith("; two more accounts differ, too.")


def test_a_dispute_on_the_topic_of_what_the_body_tells_is_told_too(draft: Draft) -> None:
    """What a limit kept out of the body is no reason to keep silent; another topic is."""
    facts = [
        fact("signed", date="2014", topics=("defence",), key=True),
        fact("began", "Work began.", date="2014", topics=("defence",), source="kamran"),
        fact("went-on", "Work was under way.", kind="background", date="2013-08",
             topics=("defence",), source="nation", disputes=("began",)),
        fact("sold", date="2013", topics=("trade",)),
        fact("not-sold", date="2013", topics=("trade",), disputes=("sold",)),
    ]  # fmt: skip
    shortened = TEMPLATE.replace("- {id: rest, heading: Rest, show: bullets}\n", "")
    lines = section(draft(facts, shortened, base=VOICES).brief, "d")
    assert lines[0] == (
        "- The Nation (2013): Work was under way[nation:3]; "
        "Sehar Kamran (2023): Work began (2014)[kamran:3]."
    )
    assert not [line for line in lines if "sold" in line]


def test_sides_about_one_thing_stand_together_and_else_each_subject_is_named(draft: Draft) -> None:
    facts = [
        fact("limited", "It was limited to defence.", topics=["defence"], source="nation",
             disputes=("began", "oil")),
        fact("oil", "They drilled for oil.", topics=["energy.oil"]),
        fact("began", "Defence began.", topics=["defence"], source="kamran",
             disputes=("under-way",)),
        fact("under-way", "Defence was under way.", topics=["defence"]),
    ]  # fmt: skip
    brief = draft(facts, "sections: [{id: d, heading: D, show: disputes}]", base=VOICES).brief
    told = [line for line in section(brief, "d") if "▲" not in line]
    subjects = [line for line in told if " | " not in line]
    assert sorted(subjects) == ["Defence", "Defence; Energy: Oil"]
