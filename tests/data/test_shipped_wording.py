"""The words of the shipped base: our own, British, with a voice, about the world and not the base."""

import re

import pytest

from data.shipped import (
    SHINGLES,
    actors,
    article_shingles,
    base,
    cites,
    facts,
    prose,
    shingles,
    sources,
)

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


# Voices


def test_an_attribution_names_whoever_the_citation_does_not() -> None:
    """Opinions bear their author; for the rest the citation tells who the author is.

    A doubtful claim is the author's own, whatever its kind, and is printed as such.
    """
    authors = {
        " ".join((name["given"], name["family"]))
        for source in sources().values()
        for name in source.get("author", [])
    }
    own = authors | {source["container-title"].split(" (")[0] for source in sources().values()}
    told_twice = [
        id
        for id, fact in facts().items()
        if fact["kind"] in ("event", "agreement", "background", "figure")
        and fact.get("attribution") in own
        and fact["credibility"] not in ("4", "5")
    ]
    assert told_twice == []
    long = [f["attribution"] for f in facts().values() if len(f.get("attribution", "")) > 60]
    assert long == []


@pytest.mark.parametrize(
    ("id", "voice"),
    [
        ("russia-iran-gas-reserves-2017", "Ume Farwa"),
        ("offshore-pipeline-agreed-2017", "Ume Farwa"),
        ("india-left-pipeline", "Ume Farwa"),
        ("lavrov-cpec-2017", "as reported by Ume Farwa"),
        ("lavrov-bri-2017", "as reported by Ume Farwa"),
        ("lavrov-jilani-trade-2023", "as reported by Zamir Ahmed Awan"),
        ("lavrov-jilani-productive-2023", "Zamir Ahmed Awan"),
        ("trade-growth-july-may", "own calculation"),
        ("igc-first-session-2010", "own inference"),
        *(
            (f"nsg-{what}-2017", "first secretary")
            for what in (
                "criteria", "strategic-stability", "formula", "never-opposed", "no-wish-to-block",
            )
        ),
    ],
)  # fmt: skip
def test_hearsay_and_opinion_have_their_voice(id: str, voice: str) -> None:
    assert voice in facts()[id]["attribution"]


def test_one_unnamed_source_is_one() -> None:
    """“Unnamed” makes a page say “one unnamed source”: several sources are worded otherwise."""
    unnamed = {id for id, f in facts().items() if "unnamed" in f.get("attribution", "")}
    assert unnamed == {"casa-1000-investment-2011", "fresh-start-wanted-2011"}
    assert all(facts()[id]["attribution"].startswith("an unnamed ") for id in unnamed)


def test_a_sentence_speaks_of_the_world_and_not_of_this_base() -> None:
    """A reader of a brief has neither the articles nor the base before them."""
    talk = re.compile(
        r"(?i)\b(this base|on record|the article|no article|the post|later article)\b"
    )
    assert {
        id: text
        for id, fact in facts().items()
        for text in (fact["statement"], fact.get("detail", ""))
        if talk.search(text)
    } == {}


AMERICAN = re.compile(
    r"(?i)\b(?:\w+(?:iz(?:e|es|ed|ing|ation|ations)|yz(?:e|es|ed|ing))|"
    r"(?:defen|offen|licen)se\w*|(?:\w*(?:col|fav|behavi|lab|neighb|harb|vig)or\w*)|"
    r"(?:cent|theat|fib)ers?|(?:travel|fuel|cancel|signal|label|model)(?:ed|ing)|"
    r"programs?|fertilizers?|tires?|aluminum|percent|toward|catalogs?|dialogs?|gray)\b"
)
SPELT_SO_EVERYWHERE = {"laboratory", "size", "sized", "sizes", "seize", "prize"}


def test_our_own_words_are_british() -> None:
    assert base()["language"] == "en-GB"
    ours = [(id, text) for id, text in prose() if text]
    ours += list(base()["topics"].items())
    ours += [(id, measure["label"]) for id, measure in base()["measures"].items()]
    named = {
        word
        for name in (
            *(alias for actor in actors().values() for alias in actor.get("aliases", [])),
            *(cite.get("quote", "") for _, cite in cites()),
            "Center for China and Globalization",
        )
        for word in name.split()
    }
    american = {
        (id, word)
        for id, text in ours
        for word in (match[0] for match in AMERICAN.finditer(text))
        if word not in named and word.casefold() not in SPELT_SO_EVERYWHERE
    }
    assert american == set()


@pytest.mark.parametrize("word", ["defense", "organization", "Analyzed", "color", "program"])
def test_an_american_spelling_would_be_found(word: str) -> None:
    assert AMERICAN.search(f"The {word} of it.")


@pytest.mark.parametrize("word", ["defence", "organisation", "programme", "towards", "sensible"])
def test_a_british_spelling_is_none(word: str) -> None:
    assert not AMERICAN.search(f"The {word} of it.")


def test_no_person_is_named_by_surname_alone_where_the_sentence_begins() -> None:
    names = {actor["name"].split()[-1] for actor in actors().values() if actor["kind"] == "person"}
    bare = [
        id for id, fact in facts().items() if fact["statement"].split()[0].rstrip("’s,") in names
    ]
    assert bare == []
