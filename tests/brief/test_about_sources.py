"""What a brief rests on, as a reader would say it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from brief.conftest import BASE, Draft, fact
from brief.printed import section
from briefgen.facts.model import Fact, Source

ABOUT = "sections: [{id: s, heading: S, show: about_sources}]"


def source(name: str, issued: list[int], kind: str = "article-newspaper", **more: Any) -> Source:
    given = {key: more.pop(key) for key in ("reliability", "derived_from") if key in more}
    return Source(name, {"type": kind, "issued": {"date-parts": [issued]}, **more}, **given)


def about(draft: Draft, sources: list[Source], facts: list[Fact] | None = None, **spec: Any) -> str:
    base = replace(BASE, sources={one.id: one for one in sources})
    cited = facts or [fact(one.id, source=one.id) for one in sources]
    return " ".join(section(draft(cited, ABOUT, base=base, **spec).brief, "s"))


def test_number_kinds_years_age_and_reliability_in_words(draft: Draft) -> None:
    told = about(
        draft,
        [
            source("dawn", [2011, 9], genre="News report", reliability="B"),
            source("farwa", [2017, 12], genre="Comment", reliability="C"),
            source("kamran", [2023, 7], genre="Opinion", reliability="C"),
            source("awan", [2023, 9], "post-weblog", genre="Blog post", reliability="D",
                   derived_from=("kamran",), author=[{"family": "Awan"}]),
        ],
        date="2023-10-02",
    )  # fmt: skip
    assert told == (
        "This brief rests on four sources: two opinion pieces, one press report and one blog post, "
        "issued 2011 to 2023. None of them is an official record. The newest information is of "
        "September 2023. Judged for reliability: one usually reliable, two fairly reliable and one "
        "not usually reliable. Awan (2023) repeats wording of kamran (2023): where they agree, that confirms nothing."
        "[awan:]"
    )


def test_old_knowledge_is_called_so(draft: Draft) -> None:
    sources = [source("dawn", [2023, 9])]
    assert "September 2023." in about(draft, sources, date="2024-09-29")
    assert "September 2023, more than a year before" in about(draft, sources, date="2024-10-02")
    assert "September 2023, more than three years before" in about(
        draft, sources, date="2026-11-21"
    )


def test_official_records_of_one_kind_and_one_unnamed_source(draft: Draft) -> None:
    told = about(
        draft,
        [source("deal", [2011], "treaty"), source("pact", [2013], "treaty")],
        [
            fact("a", source="deal", attribution="an unnamed official"),
            fact("b", source="pact"),
        ],
        date="2014-02-01",
    )
    assert told == (
        "This brief rests on two treaties, issued 2011 to 2013. The newest information is of 2013. "
        "One of the statements rests on one unnamed source."
    )


def test_one_source_and_one_that_may_be_official(draft: Draft) -> None:
    dated = {"date": "2014-02-01"}
    assert "issued 2013. It is no official record. " in about(
        draft, [source("dawn", [2013])], **dated
    )
    a_ministrys = source("yearbook", [2013], "report")
    assert "official" not in about(draft, [source("dawn", [2013]), a_ministrys], **dated)


def test_letters_where_grades_are_asked_and_none_where_they_are_off(draft: Draft) -> None:
    sources = [source("dawn", [2023], reliability="B"), source("none", [2023])]
    assert "one usually reliable (B) and one not judged." in about(draft, sources, grades=True)
    assert "reliability" not in about(draft, sources, grades=False)


def test_unnamed_sources_and_hearsay_are_counted_too(draft: Draft) -> None:
    told_by = ("an unnamed official", "diplomatic sources", "hearsay that Dawn reported",
               "unattributed reports", "Ann Smith")  # fmt: skip
    facts = [
        fact(f"f{number}", source="dawn", attribution=who) for number, who in enumerate(told_by)
    ]
    told = about(draft, [source("dawn", [2011])], facts)
    assert "One of the statements rests on one unnamed source." in told
    assert "Three more rest on unnamed sources or on hearsay." in told
