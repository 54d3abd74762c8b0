"""The shipped fact base, checked as plain YAML: whole, honest, and in our own words.

Nothing of briefgen is imported, so that a fault in the program cannot hide a fault in the data.

`article_shingles.txt` stands in for the five articles, which are not ours to publish. It was made
from their saved copies by `shingles` below: the text is put in Unicode form NFKC and case-folded,
its words are the runs of letters and digits in it, every eight words that follow one another
(across lines, too) are joined with single spaces and hashed with SHA-256, and the first 16
hexadecimal digits are kept, sorted, one a line, each once. No word of an article can be read off
the file, but eight words taken over from one will be found.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from edtf import parse_edtf

BASE = Path(__file__).parents[2] / "data"
SHINGLES = Path(__file__).with_name("article_shingles.txt")
RUN = 8

Record = dict[str, Any]


def shingles(text: str) -> set[str]:
    """The hash of every run of eight words in `text`; see above."""
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).casefold())
    runs = (" ".join(words[i : i + RUN]) for i in range(len(words) - RUN + 1))
    return {hashlib.sha256(run.encode()).hexdigest()[:16] for run in runs}


@cache
def article_shingles() -> frozenset[str]:
    return frozenset(SHINGLES.read_text(encoding="ascii").split())


def load(path: Path) -> Any:
    """A YAML file with every scalar as the text that stands there."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


@cache
def base() -> Record:
    record: Record = load(BASE / "base.yaml")
    return record


@cache
def actors() -> dict[str, Record]:
    return by_id(load(BASE / "actors.yaml"))


@cache
def sources() -> dict[str, Record]:
    return by_id(load(BASE / "sources.yaml")["references"])


@cache
def facts() -> dict[str, Record]:
    files = sorted((BASE / "facts").rglob("*.yaml"))
    return by_id([fact for file in files for fact in load(file)])


def by_id(records: list[Record]) -> dict[str, Record]:
    found: dict[str, Record] = {}
    for record in records:
        assert record["id"] not in found, f"{record['id']} stands twice"
        found[record["id"]] = record
    return found


def prose() -> Iterator[tuple[str, str]]:
    """Every text that we wrote, with the id of what it belongs to."""
    for id, fact in facts().items():
        for field in ("statement", "detail", "attribution", "date_note"):
            yield id, fact.get(field, "")
        for cite in fact["cites"]:
            yield id, cite.get("quote", "")
    for id, source in sources().items():
        yield id, source["note"]
        yield id, source["custom"]["reliability_note"]
    for id, actor in actors().items():
        for name in (actor["name"], *actor.get("aliases", [])):
            yield id, name


def dates() -> Iterator[tuple[str, str]]:
    """Every EDTF date, with the id of what it belongs to."""
    for id, source in sources().items():
        yield id, source["issued"]
    for id, actor in actors().items():
        for role in actor.get("roles", []):
            yield from ((id, role[end]) for end in ("from", "to") if end in role)
    for id, fact in facts().items():
        if "date" in fact:
            yield id, fact["date"]
        for figure in fact.get("figures", []):
            yield id, figure["period"]


def cites() -> Iterator[tuple[str, Record]]:
    """Every citation of a fact or a role, with the id of what it belongs to."""
    for id, fact in facts().items():
        yield from ((id, cite) for cite in fact["cites"])
    for id, actor in actors().items():
        for role in actor.get("roles", []):
            yield from ((id, cite) for cite in role["cites"])


# Our own words


def test_no_text_repeats_eight_words_of_an_article() -> None:
    copied = {id: text for id, text in prose() if shingles(text) & article_shingles()}
    assert copied == {}


@pytest.mark.parametrize("source", ["awan-2023", "dawn-2011", "kamran-2023"])
def test_a_copied_text_would_be_found(source: str) -> None:
    """Three articles bear their own titles of more than eight words: those must be hits."""
    title: str = sources()[source]["title"]
    assert shingles(title) <= article_shingles()
    assert shingles(f"It was said that {title.upper()}!") & article_shingles()


def test_words_in_another_order_are_not_found() -> None:
    title: str = sources()["awan-2023"]["title"]
    backwards = " ".join(reversed(title.split()))
    assert shingles(backwards)
    assert not shingles(backwards) & article_shingles()


def test_the_fixture_is_sorted_and_free_of_text() -> None:
    lines = SHINGLES.read_text(encoding="ascii").splitlines()
    assert lines == sorted(set(lines))
    assert len(lines) > 3000
    assert [line for line in lines if not re.fullmatch(r"[0-9a-f]{16}", line)] == []


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
    assert {role["of"] for role in roles} <= set(actors())
    assert {cite["source"] for _, cite in cites()} <= set(sources())
    derived = [s["custom"].get("derived_from", []) for s in sources().values()]
    assert {id for ids in derived for id in ids} <= set(sources())


def test_every_actor_and_source_is_used() -> None:
    assert set(actors()) == {a for fact in facts().values() for a in fact["actors"]}
    assert set(sources()) == {cite["source"] for fact in facts().values() for cite in fact["cites"]}


# Evidence


def test_every_citation_names_a_paragraph() -> None:
    assert [id for id, cite in cites() if int(cite["locator"]["paragraph"]) < 1] == []


def test_the_article_that_holds_its_text_twice_is_cited_in_its_first_copy() -> None:
    dawn = {int(c["locator"]["paragraph"]) for _, c in cites() if c["source"] == "dawn-2011"}
    assert dawn <= set(range(2, 15))


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


def test_an_opinion_that_follows_another_text_is_not_taken_for_confirmation() -> None:
    """A fact is confirmed (1) by independent sources or common knowledge, never by a follower."""
    for id, fact in facts().items():
        cited = {cite["source"] for cite in fact["cites"]}
        followers = {
            s for s in cited if set(sources()[s]["custom"].get("derived_from", [])) & cited
        }
        if followers:
            assert fact["credibility"] != "1", id


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


def disputes() -> set[frozenset[str]]:
    return {frozenset((id, d)) for id, fact in facts().items() for d in fact.get("disputes", [])}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("druzhba-since-2017", "defence-exercises-2014"),
        ("defence-cooperation-initiated-2014", "defence-cooperation-ongoing-2013"),
        ("military-chiefs-first-exchange", "postnikov-visit-2011"),
        ("steel-guddu-russian-symbol", "steel-mills-soviet-built"),
        ("nsg-signalled-support-2017", "nsg-no-wish-to-block-2017"),
        ("confined-to-defence-before-2013", "defence-cooperation-initiated-2014"),
        ("steel-guddu-russian-symbol", "guddu-soviet-built"),
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
    ],
)
def test_what_can_both_hold_is_no_disagreement_but_is_explained(one: str, other: str) -> None:
    assert frozenset((one, other)) not in disputes()
    assert facts()[one].get("detail")
    assert facts()[other].get("detail")


def test_each_side_of_a_disagreement_says_why_they_clash() -> None:
    sides = {id for pair in disputes() for id in pair}
    assert [id for id in sorted(sides) if not facts()[id].get("detail")] == []


# As it is printed


def test_only_what_ended_has_an_open_start() -> None:
    """`../X` is printed as "by X" for a deed, and as "until X" for anything that lasted."""
    lasted = {
        id
        for id, fact in facts().items()
        if fact.get("date", "").startswith("../") and fact["kind"] not in ("event", "agreement")
    }
    assert lasted == {"confined-to-defence-before-2013"}


def test_an_attribution_names_whoever_the_citation_does_not() -> None:
    """Opinions bear their author; for the rest the citation tells who the author is."""
    authors = {
        " ".join((name["given"], name["family"]))
        for source in sources().values()
        for name in source.get("author", [])
    }
    own = authors | {source["container-title"] for source in sources().values()}
    told_twice = [
        id
        for id, fact in facts().items()
        if fact["kind"] in ("event", "agreement", "background", "figure")
        and fact.get("attribution") in own
    ]
    assert told_twice == []
    long = [f["attribution"] for f in facts().values() if len(f.get("attribution", "")) > 60]
    assert long == []


def test_key_points_are_few() -> None:
    """Six are printed: as many as energy and defence have together."""
    keys = [fact for fact in facts().values() if fact.get("key") == "true"]
    top = [fact["topics"][0].split(".")[0] for fact in keys]
    assert {topic: top.count(topic) for topic in top if top.count(topic) > 5} == {}
    both = [f for f in keys if {t.split(".")[0] for t in f["topics"]} & {"energy", "defence"}]
    assert len(both) == 6


def test_no_person_is_named_by_surname_alone_where_the_sentence_begins() -> None:
    names = {actor["name"].split()[-1] for actor in actors().values() if actor["kind"] == "person"}
    bare = [
        id for id, fact in facts().items() if fact["statement"].split()[0].rstrip("’s,") in names
    ]
    assert bare == []


# People


def test_one_person_in_two_offices_and_two_people_of_one_name() -> None:
    jilani = [(role["title"], role["from"][:4]) for role in actors()["jilani"]["roles"]]
    assert jilani == [("Foreign Secretary", "2013"), ("Foreign Minister", "2023")]
    assert "Ashfaq Kiyani" in actors()["kayani"]["aliases"]
    assert actors()["zardari"]["name"] != actors()["bhutto-zardari"]["name"]
