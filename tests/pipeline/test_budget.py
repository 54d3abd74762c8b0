"""Pages over budget: by how much, and what was seen to bring the brief back."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from briefgen.brief.model import Brief, Paragraph, References, Section, Text
from briefgen.pipeline.budget import over_budget, parts_of, template_id, without

TEMPLATE = ("key-points", "topics", "topics-more", "figures", "annex", "chronology", "sources")


def section(id_: str, *, annex: bool = False, references: bool = False) -> Section:
    blocks = (References(),) if references else (Paragraph((Text(id_),)),)
    return Section(id_, f"section-{id_}", (Text(id_),), () if annex else blocks, break_before=annex)


def brief(*sections: Section) -> Brief:
    return Brief(
        title="T", kind="", subtitle="", language="en", paper="a4", marking="", masthead=(),
        sections=sections, printed_date="", created=datetime(2026, 11, 21, tzinfo=UTC),
    )  # fmt: skip


WHOLE = brief(
    section("key-points"),
    section("topics-energy"),
    section("topics-trade"),
    section("figures"),
    section("annex", annex=True),
    section("chronology"),
    section("sources", references=True),
)
SHARES = {
    "key-points": 0.3, "topics-energy": 0.5, "topics-trade": 0.4, "figures": 0.2,
    "chronology": 1.6, "sources": 0.5,
}  # fmt: skip


def advice(budget: int, whole: Brief = WHOLE, facts: int = 40) -> tuple[str, list[list[str]]]:
    """The advice, and the sections of every brief that was set on the way."""
    tried: list[list[str]] = []

    def count_pages(shorter: Brief) -> int:
        tried.append([one.id for one in shorter.sections])
        return -int(-sum(SHARES.get(one.id, 0.0) for one in shorter.sections) // 1)

    said = over_budget(whole, TEMPLATE, 4, budget, SHARES, 0.5, facts, count_pages)
    return said, tried


def test_within_the_budget_nothing_is_said_and_nothing_is_tried() -> None:
    assert advice(4) == ("", [])
    assert advice(9) == ("", [])


def test_an_annex_that_is_enough_is_proposed_first() -> None:
    said, tried = advice(2)

    assert said == (
        "4 pages are 2 more than the 2 allowed; "
        "leave out chronology (in the brief: sections: {leave_out: [chronology]}), "
        "or select about 18 of the 40 facts fewer, or allow 4 pages"
    )
    assert len(tried) == 1
    assert "chronology" not in tried[0]
    assert "sources" in tried[0]


def test_more_goes_when_the_annex_is_not_enough() -> None:
    said, tried = advice(1)

    assert "leave out topics, chronology (in" in said
    assert tried == [["key-points", "figures", "annex", "sources"]]


def test_what_was_tried_and_did_not_help_is_not_proposed() -> None:
    def never(shorter: Brief) -> int:
        return 99

    said = over_budget(WHOLE, TEMPLATE, 4, 2, SHARES, 0.5, 40, never)

    assert said == (
        "4 pages are 2 more than the 2 allowed; "
        "select about 18 of the 40 facts fewer, or allow 4 pages"
    )


def test_a_single_fact_cannot_be_fewer() -> None:
    only = brief(section("key-points"))

    said, tried = advice(3, only, facts=1)

    assert said == "4 pages are 1 more than the 3 allowed; allow 4 pages"
    assert tried == []


def test_the_first_section_and_the_references_are_never_proposed() -> None:
    assert [(part.id, part.pages, part.annex) for part in parts_of(WHOLE, TEMPLATE, SHARES)] == [
        ("topics", pytest.approx(0.9), False),
        ("figures", 0.2, False),
        ("chronology", 1.6, True),
    ]


@pytest.mark.parametrize(
    ("id_", "found"),
    [
        ("topics", "topics"),
        ("topics-energy", "topics"),
        ("topics-more-2011", "topics-more"),
        ("changes", "changes"),
    ],
)
def test_sections_are_traced_to_their_template(id_: str, found: str) -> None:
    assert template_id(section(id_), TEMPLATE) == found


def test_an_annex_heading_goes_with_the_last_section_under_it() -> None:
    shorter = without(WHOLE, ("chronology", "sources"), TEMPLATE)

    assert [one.id for one in shorter.sections] == [
        "key-points", "topics-energy", "topics-trade", "figures",
    ]  # fmt: skip
