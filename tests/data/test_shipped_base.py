"""The shipped fact base: whole, well formed, graded with reasons, its disagreements linked.

The files are read as plain YAML: see `shipped.py`.
"""

import re

import pytest
from edtf import parse_edtf

from data.shipped import (
    BASE,
    actors,
    base,
    cites,
    dates,
    disputes,
    facts,
    load,
    sources,
)

# Whole and well formed


def test_there_are_as_many_facts_as_the_articles_bear() -> None:
    assert 180 <= len(facts()) <= 250


def test_every_fact_has_what_it_needs() -> None:
    needed = {"id", "topics", "kind", "actors", "statement", "cites", "credibility", "recorded"}
    assert {id: needed - fact.keys() for id, fact in facts().items() if needed - fact.keys()} == {}


def test_every_id_is_plain() -> None:
    ids = [*facts(), *actors(), *sources(), *base()["topics"], *base()["measures"]]
    assert [id for id in ids if not re.fullmatch(r"[a-z0-9][a-z0-9._-]*", id)] == []


def test_a_statement_is_one_sentence_of_plain_text() -> None:
    odd = [
        fact["statement"]
        for fact in facts().values()
        if not re.fullmatch(r"[A-Z][^\n*_`<>\[\]]*[^.]\.", fact["statement"])
    ]
    assert odd == []


def test_no_statement_stands_twice() -> None:
    seen: dict[tuple[str, str], str] = {}
    for id, fact in facts().items():
        key = (fact["statement"], fact.get("date", ""))
        assert key not in seen, f"{id} repeats {seen.get(key)}"
        seen[key] = id


def test_every_date_is_edtf() -> None:
    """The edtf package does not read open intervals, so that each closed end is read alone."""
    facts_of = {date: id for id, date in dates()}  # each date once: that package is slow
    for date, id in facts_of.items():
        ends = [end for end in date.split("/") if end != ".."] if ".." in date else [date]
        for end in ends:
            assert parse_edtf(end), f"{id}: {date}"


def test_an_approximate_date_says_how_it_is_known() -> None:
    silent = [
        id
        for id, fact in facts().items()
        if re.search(r"[~?/]", fact.get("date", ""))
        and not fact.get("date_note")
        and not fact.get("figures")
    ]
    assert silent == []


def test_every_topic_exists() -> None:
    topics = base()["topics"]
    assert {t for fact in facts().values() for t in fact["topics"]} <= set(topics)
    assert {t.rpartition(".")[0] for t in topics if "." in t} <= set(topics)


def test_a_fact_stands_in_the_file_of_its_first_topic() -> None:
    astray = [
        fact["id"]
        for file in (BASE / "facts").rglob("*.yaml")
        for fact in load(file)
        if fact["topics"][0].split(".")[0] != file.stem
    ]
    assert astray == []


def test_every_reference_resolves() -> None:
    assert {a for fact in facts().values() for a in fact["actors"]} <= set(actors())
    assert {d for fact in facts().values() for d in fact.get("disputes", [])} <= set(facts())
    roles = [role for actor in actors().values() for role in actor.get("roles", [])]
    assert {role["of"] for role in roles if "of" in role} <= set(actors())
    assert {cite["source"] for _, cite in cites()} <= set(sources())
    derived = [s["custom"].get("derived_from", []) for s in sources().values()]
    assert {id for ids in derived for id in ids} <= set(sources())


def test_every_actor_and_source_is_used() -> None:
    assert set(actors()) == {a for fact in facts().values() for a in fact["actors"]}
    assert set(sources()) == {cite["source"] for fact in facts().values() for cite in fact["cites"]}


# Evidence


PARAGRAPHS = {
    "nation-2013": 16, "dawn-2011": 13, "farwa-2017": 11, "kamran-2023": 11, "awan-2023": 13,
}  # fmt: skip
"""Of each article's own text, without headline, byline, headings, menus and pull quotes."""


def test_every_citation_names_a_paragraph_of_the_text_or_rests_on_the_headline() -> None:
    assert {id for id, cite in cites() if "locator" not in cite} == {
        "lavrov-jilani-productive-2023"
    }
    cited: dict[str, set[int]] = {}
    for _, cite in cites():
        if "locator" in cite:
            cited.setdefault(cite["source"], set()).add(int(cite["locator"]["paragraph"]))
    assert {name: max(its) for name, its in cited.items()} == PARAGRAPHS
    assert {name for name, its in cited.items() if min(its) != 1} == set()


def test_positions_and_assessments_say_whose_they_are() -> None:
    nobody = [
        id
        for id, fact in facts().items()
        if fact["kind"] in ("position", "assessment") and not fact.get("attribution")
    ]
    assert nobody == []


def test_every_source_is_graded_with_a_reason_and_dated_with_one() -> None:
    for id, source in sources().items():
        custom = source["custom"]
        assert re.fullmatch("[A-F]", custom["reliability"]), id
        assert custom["reliability_note"], id
        assert custom["archive"].endswith(".txt"), id
        assert source["note"], id


def test_every_credibility_grade_has_a_reason_beside_it() -> None:
    for file in sorted((BASE / "facts").rglob("*.yaml")):
        for line in file.read_text(encoding="utf-8").splitlines():
            if line.startswith("  credibility:"):
                assert re.fullmatch(r"  credibility: [1-6]  # .+", line), f"{file.name}: {line}"


def test_only_independent_sources_confirm_each_other() -> None:
    """Confirmed (1) wants two citations, neither from a text that follows the other."""
    for id, fact in facts().items():
        cited = {cite["source"] for cite in fact["cites"]}
        followers = {
            s for s in cited if set(sources()[s]["custom"].get("derived_from", [])) & cited
        }
        if fact["credibility"] == "1":
            assert len(cited - followers) > 1, id


def test_a_source_says_what_it_is_where_it_was_printed_and_when_it_was_read() -> None:
    for id, source in sources().items():
        assert source["genre"], id
        assert source["accessed"], id
        # A blog has no place; “The Nation (Pakistan)” bears its own.
        placed = source.get("publisher-place") or "(" in source["container-title"]
        assert placed or source["type"] == "post-weblog", id
        assert "Pakistan" in source["custom"]["reliability_note"], id  # all see it from one side


def test_an_address_says_where_it_comes_from() -> None:
    """None stands in a saved copy, so that each was found elsewhere, and the note tells where."""
    silent = [
        id
        for id, source in sources().items()
        if "URL" in source and "address" not in source["note"]
    ]
    assert silent == []


# Figures and disagreement


def test_every_figure_has_a_declared_measure_in_its_unit() -> None:
    measures = base()["measures"]
    for id, fact in facts().items():
        for figure in fact.get("figures", []):
            assert figure["unit"] == measures[figure["measure"]]["unit"], id
            assert re.fullmatch(r"\d+(\.\d+)?", figure["value"]), id
            assert figure["basis"] in ("reported", "estimate", "potential", "planned"), id
            assert figure["period"], id
            assert figure.get("qualifier", "about") in ("about", "at-least", "at-most"), id


def test_what_is_meant_to_be_has_a_measure_of_its_own() -> None:
    """So that no table sets a plan or a potential beside what was counted."""
    bases: dict[str, set[str]] = {}
    for fact in facts().values():
        for figure in fact.get("figures", []):
            bases.setdefault(figure["measure"], set()).add(figure["basis"])
    mixed = {
        measure
        for measure, its in bases.items()
        if its & {"planned", "potential"} and its & {"reported", "estimate"}
    }
    assert mixed == set()


def test_every_measure_is_used() -> None:
    used = {f["measure"] for fact in facts().values() for f in fact.get("figures", [])}
    assert used == set(base()["measures"])


def test_a_potential_is_never_counted_with_what_was_traded() -> None:
    bases = {
        (figure["measure"], figure["basis"])
        for fact in facts().values()
        for figure in fact.get("figures", [])
    }
    assert ("trade-potential", "potential") in bases
    assert {basis for measure, basis in bases if measure == "bilateral-trade"} == {"reported"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("defence-cooperation-initiated-2014", "defence-cooperation-ongoing-2013"),
        ("confined-to-defence-before-2013", "defence-cooperation-initiated-2014"),
        ("relations-long-partnership", "relations-ups-and-downs"),
        ("confined-to-defence-before-2013", "space-cooperation"),
    ],
)
def test_known_disagreements_are_linked(one: str, other: str) -> None:
    assert frozenset((one, other)) in disputes()


def test_a_disagreement_is_between_two_current_facts() -> None:
    for pair in disputes():
        assert len(pair) == 2, f"{pair} disputes itself"
        assert {facts()[id].get("status", "current") for id in pair} == {"current"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("strategic-dialogue-first-ever", "igc-sixth-2017"),  # two bodies
        ("igc-second-session-2011", "igc-sixth-2017"),  # years were left out
        ("presidents-six-meetings", "igc-sixth-2017"),  # presidents, not the commission
        ("crude-first-g2g-2023", "crude-first-after-sanctions-2023"),  # two kinds of "first"
        ("trade-growth-2022", "trade-growth-july-may"),  # two periods
        ("relations-upward-2013", "relations-growing-decade-2013"),  # two opinions
        ("military-chiefs-first-exchange", "postnikov-visit-2011"),  # a visit is no exchange
        ("confined-to-defence-before-2013", "energy-working-group-2011"),  # explored alone
        ("druzhba-since-2017", "defence-exercises-2014"),  # exercises may have had other names
        ("steel-guddu-russian-symbol", "steel-mills-soviet-built"),  # built so, and seen so
        ("steel-guddu-russian-symbol", "guddu-soviet-built"),
        ("nsg-signalled-support-2017", "nsg-no-wish-to-block-2017"),  # words, and their reading
    ],
)
def test_what_can_both_hold_is_no_disagreement_but_is_explained(one: str, other: str) -> None:
    assert frozenset((one, other)) not in disputes()
    assert facts()[one].get("detail")
    assert facts()[other].get("detail")


def test_each_side_of_a_disagreement_says_why_they_clash() -> None:
    sides = {id for pair in disputes() for id in pair}
    assert [id for id in sorted(sides) if not facts()[id].get("detail")] == []


KEY_FACTS = {
    "arms-reluctance-2011",
    "barter-plan-2023",
    "bhutto-zardari-visit-2023",
    "crude-first-shipment-2023",
    "crude-paid-yuan-2023",
    "defence-agreement-2014",
    "lavrov-jilani-2023",
    "mi-35-delivered",
    "nsg-no-wish-to-block-2017",
    "sco-full-member",
    "strategic-dialogue-2013",
    "su-35-interest",
    "trade-2022-23",
    "trade-growth-july-may",
}
"""What a country director would name first."""


def test_the_key_facts_are_those_that_a_director_would_name() -> None:
    assert {id for id, fact in facts().items() if fact.get("key") == "true"} == KEY_FACTS
    weak = {id for id in KEY_FACTS if facts()[id]["credibility"] in ("4", "5", "6")}
    assert weak == set()


def test_key_points_are_few() -> None:
    """Six are printed: as many as energy and defence have together."""
    keys = [fact for fact in facts().values() if fact.get("key") == "true"]
    top = [fact["topics"][0].split(".")[0] for fact in keys]
    assert {topic: top.count(topic) for topic in top if top.count(topic) > 5} == {}
    both = [f for f in keys if {t.split(".")[0] for t in f["topics"]} & {"energy", "defence"}]
    assert len(both) == 6


# Actors


ADJECTIVES = {
    "pakistan": ("Pakistani", "Pakistanis"),
    "russia": ("Russian",),
    "india": ("Indian",),
    "united-states": ("American",),
}
NOT_MEANT = {"soviet-roots": {"russia"}}
"""Moscow stands for the Soviet Union."""


def test_whoever_a_statement_names_is_among_its_actors() -> None:
    missing = {}
    for id, fact in facts().items():
        # A currency is no country, and a body of the UN stands for it.
        text = re.sub(r"US\$|UN (?=Security)", "", fact["statement"])
        named = {
            actor["id"]
            for actor in actors().values()
            for name in (actor["name"], *actor.get("aliases", []), *ADJECTIVES.get(actor["id"], ()))
            if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)
        }
        unlisted = named - set(fact["actors"]) - NOT_MEANT.get(id, set())
        if unlisted:
            missing[id] = unlisted
    assert missing == {}


# People


def test_one_person_in_two_offices_and_two_people_of_one_name() -> None:
    jilani = [(role["title"], role["from"][:4]) for role in actors()["jilani"]["roles"]]
    assert jilani == [("Foreign Secretary", "2013"), ("Foreign Minister", "2023")]
    assert "Ashfaq Kiyani" in actors()["kayani"]["aliases"]
    assert actors()["zardari"]["name"] != actors()["bhutto-zardari"]["name"]
