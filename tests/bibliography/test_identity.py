"""Which sources are the same, and what new ones are called."""

from __future__ import annotations

from typing import Any

import pytest

from briefgen.addresses import parse_address
from briefgen.bibliography.clean import first_address
from briefgen.bibliography.identity import (
    Known,
    free_id,
    id_of_key,
    id_of_source,
    same_doi,
    same_url,
)


def found(known: dict[str, Any], incoming: dict[str, Any]) -> tuple[str, str] | None:
    sources = Known()
    sources.add("old", known)
    return sources.find(incoming)


@pytest.mark.parametrize(
    ("known", "incoming", "why"),
    [
        ({"DOI": "10.5555/ABC"}, {"DOI": "https://doi.org/10.5555/abc"}, "same DOI"),
        ({"DOI": "10.5555/abc"}, {"DOI": "doi:10.5555/abc."}, "same DOI"),
        ({"URL": "https://dx.doi.org/10.5555/abc"}, {"DOI": "10.5555/abc"}, "same DOI"),
        ({"URL": "http://www.example.org/a/"}, {"URL": "https://example.org/a#top"}, "same URL"),
        ({"URL": "https://example.org/a?x=1"}, {"URL": "https://example.org/a?utm_source=m&x=1"}, "same URL"),
        ({"URL": "https://example.org:443/a"}, {"URL": "https://EXAMPLE.org/a"}, "same URL"),
        ({"title": "Öl – und Gas!", "issued": "2013-08"}, {"title": "ol und GAS", "issued": {"date-parts": [[2013]]}}, "same title and year"),
    ],
)  # fmt: skip
def test_the_same_source(known: dict[str, Any], incoming: dict[str, Any], why: str) -> None:
    assert found(known, incoming) == ("old", why)


@pytest.mark.parametrize(
    ("known", "incoming"),
    [
        ({"DOI": "10.5555/abc"}, {"DOI": "10.5555/abcd"}),
        ({"URL": "https://example.org/a?id=1"}, {"URL": "https://example.org/a?id=2"}),
        ({"URL": "https://example.org/a"}, {"URL": "https://example.org/A"}),
        ({"title": "Editorial", "issued": "2013"}, {"title": "Editorial", "issued": "2014"}),
        ({"title": "Editorial", "volume": "1"}, {"title": "Editorial"}),  # no year says nothing
        ({"title": "Editorial", "issued": "2013", "DOI": "10.5555/a"}, {"title": "Editorial", "issued": "2013", "DOI": "10.5555/b"}),
        ({"title": "?!", "issued": "2013"}, {"title": "…", "issued": "2013"}),
    ],
)  # fmt: skip
def test_another_source(known: dict[str, Any], incoming: dict[str, Any]) -> None:
    assert found(known, incoming) is None


STATEMENT = {"title": "Joint statement", "issued": "2013", "type": "report"}


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ({"author": [{"literal": "Ministry of Energy"}]}, {"author": [{"literal": "Ministry of Trade"}]}, "other authors"),
        ({"volume": "1"}, {"volume": "2"}, "another volume"),
        ({"page": "1-9"}, {"page": "30-41"}, "other pages"),
        ({"container-title": "A Commentary"}, {"container-title": "Another Commentary"}, "another collection"),
        ({"issued": "2013-04-01"}, {"issued": "2013-09-01"}, "another day"),
        ({"URL": "https://a.example.org/x"}, {"URL": "https://b.example.org/x"}, "another address"),
        ({"edition": "1", "volume": "1"}, {"edition": "2", "volume": "2"}, "another volume and another edition"),
    ],
)  # fmt: skip
def test_works_of_one_title_and_year_that_something_tells_apart(
    one: dict[str, Any], other: dict[str, Any], apart: str
) -> None:
    known = Known()
    known.add("old", {**STATEMENT, **one})
    assert known.find({**STATEMENT, **other}) is None
    assert known.likely({**STATEMENT, **other}) == ("old", f"same title and year, but {apart}")
    assert known.find({**STATEMENT, **one}) == (
        "old",
        "same URL" if "URL" in one else "same title and year",
    )
    assert known.find({**STATEMENT}) == ("old", "same title and year")  # what says less is the same


ISSUE = {"title": "From the Editor", "URL": "https://example.org/tb2.pdf", "issued": "1981"}


@pytest.mark.parametrize(
    ("other", "apart"),
    [
        (
            {"title": "Letters", "author": [{"family": "Stovall"}]},
            "another title and other authors",
        ),
        ({"title": "Letters", "page": "57"}, "another title and other pages"),
        ({"title": "Letters", "issued": "1982"}, "another title and another year"),
    ],
)
def test_works_at_one_address_that_something_tells_apart(other: dict[str, Any], apart: str) -> None:
    known = Known()
    known.add("old", {**ISSUE, "author": [{"family": "Welland"}], "page": "3"})
    assert known.find({**ISSUE, **other}) is None
    assert known.likely({**ISSUE, **other}) == ("old", f"same URL, but {apart}")


@pytest.mark.parametrize(
    "other",
    [
        {"title": "A word from the editor"},  # headlines change
        {"title": "From the editor", "issued": "1982"},
        {"title": "", "issued": "1982"},
    ],
)
def test_an_address_under_another_headline_is_the_same(other: dict[str, Any]) -> None:
    known = Known()
    known.add("old", ISSUE)
    assert known.find({**ISSUE, **other}) == ("old", "same URL")


def test_authors_who_are_written_otherwise_are_the_same() -> None:
    known = Known()
    known.add(
        "old", {**STATEMENT, "author": [{"family": "Roe"}, {"family": "Doe", "given": "Jane"}]}
    )
    assert known.find({**STATEMENT, "author": [{"family": "Doe", "given": "J."}]})


def test_an_address_that_is_none_is_compared_as_it_is() -> None:
    assert same_url("http://[broken") == "http://[broken"


@pytest.mark.parametrize(
    ("key", "id_"),
    [
        ("muller2011", "muller2011"),
        ("Müller2011", "muller2011"),
        ("Straße_1999", "strasse_1999"),
        ("DBLP:conf/foo/Bar99", "dblp-conf-foo-bar99"),
        ("Иванов2019", "ivanov2019"),
        ("2013", "2013"),
        ("-x-", "x"),
        ("李2016", "2016"),
        ("http://zotero.org/users/1/items/ABCD2345", ""),
        ("1234567/QRST6789", ""),
        ("ITEM-1", ""),
        ("5f2b1c34-0d6a-3c52-9a5e-6f0d3a9e7b21", ""),
        ("10.5555/abc", ""),
        ("李", ""),
        ("", ""),
    ],
)
def test_a_key_as_an_id(key: str, id_: str) -> None:
    assert id_of_key(key) == id_


@pytest.mark.parametrize(
    ("csl", "id_"),
    [
        ({"author": [{"family": "Müller"}], "issued": "2011", "title": "The Pipeline"}, "muller-2011-pipeline"),
        ({"author": [{"family": "Щербак"}], "issued": "2019~", "title": "О диалоге"}, "shcherbak-2019-dialoge"),
        ({"author": [{"literal": "Ministry of Foreign Affairs"}], "title": "A Note"}, "ministry-foreign-note"),
        ({"container-title": "The Daily Example", "issued": "2013", "title": "Deal"}, "daily-example-2013-deal"),
        ({"title": "خبر", "issued": "2011"}, "source-2011"),
        ({"title": "李"}, "source"),
    ],
)  # fmt: skip
def test_an_id_from_what_a_source_is(csl: dict[str, Any], id_: str) -> None:
    assert id_of_source(csl) == id_


def test_a_work_without_a_year_is_known_again_only_if_it_says_the_same_in_all() -> None:
    known = Known()
    known.add("w0", {"id": "w0", "type": "book", "title": "Letters"})

    again = {"id": "x", "type": "book", "title": "Letters"}
    assert known.find(again) == ("w0", "the same in all that it says")
    assert known.find({**again, "publisher": "Press"}) is None
    assert known.find({**again, "title": "Letters, again"}) is None


def test_an_id_that_is_taken_gets_a_number() -> None:
    assert free_id("a", {"b"}) == "a"
    assert free_id("a", {"a", "a-2"}) == "a-3"


def test_long_runs_of_blanks_are_read_once() -> None:
    """Where each blank began a search of its own, these would take an hour."""
    run = " " * 500_000
    assert same_doi(f"{run}doi:{run}10.5555/a{run}b{run}") == f"10.5555/a{run}b"
    assert first_address(f"https://example.org/a{run};{';' * 500_000} b") == "https://example.org/a"
    with pytest.raises(ValueError, match="no e-mail address"):
        parse_address(f"Jo{run}Doe{run}")
