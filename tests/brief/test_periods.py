"""A long column of dates under headings of years, decades or centuries."""

from __future__ import annotations

from brief.conftest import Draft, fact
from briefgen.brief.model import Entries, Heading, Section
from briefgen.facts.model import Fact


def heads(section: Section) -> list[str]:
    return [
        str(block.content[0].text).replace("\u00a0", " ")  # type: ignore[union-attr]
        for block in section.blocks
        if isinstance(block, Heading)
    ]


def happened(draft: Draft, facts: list[Fact]) -> Section:
    brief = draft(facts, template="chronology").brief
    return next(section for section in brief.sections if section.id == "happened")


def each(*years: int, times: int = 1) -> list[Fact]:
    texts = [f"{'-' if year < 0 else ''}{abs(year):04d}" for year in years for _ in range(times)]
    return [fact(f"f{number:04d}", date=text) for number, text in enumerate(texts)]


def test_few_dates_need_no_headings(draft: Draft) -> None:
    assert heads(happened(draft, each(*range(1900, 1999)))) == []


def test_years_where_they_are_few(draft: Draft) -> None:
    made = happened(draft, each(*range(2000, 2010), times=10))
    assert heads(made) == [str(year) for year in range(2000, 2010)]


def test_decades_where_years_are_many(draft: Draft) -> None:
    made = happened(draft, each(*range(1880, 2021)))
    assert heads(made)[:4] == ["1880s", "1890s", "1900–1909", "1910s"]
    assert len(heads(made)) == 15


def test_centuries_where_even_decades_are_too_many(draft: Draft) -> None:
    made = happened(draft, each(*range(1400, 1900), *range(1900, 1940)))
    assert heads(made) == [
        "1400–1499", "1500–1599", "1600–1699", "1700–1799", "1800–1899", "1900–1999",
    ]  # fmt: skip


def test_what_lies_far_apart_stands_together(draft: Draft) -> None:
    ancient = (-507, -278, -43, -29, 476, 812, 1199, 1389, 1494, 1650)
    made = happened(draft, each(*ancient, *range(1780, 1900)))
    assert heads(made)[:4] == ["508–30 BC", "AD 476–1389", "1494–1789", "1790s"]


def test_any_number_of_years_keeps_to_a_page_of_contents(draft: Draft) -> None:
    made = happened(draft, each(*range(-9000, 9000, 25)))
    assert 2 <= len(heads(made)) <= 28


def test_every_entry_stands_under_one_heading_and_each_can_be_linked_to(draft: Draft) -> None:
    made = happened(draft, each(*range(1880, 2021)))
    entries = [b for b in made.blocks if isinstance(b, Entries)]
    assert sum(len(block.entries) for block in entries) == 141
    anchors = [block.anchor for block in made.blocks if isinstance(block, Heading)]
    assert all(anchors)
    assert len(set(anchors)) == len(anchors)
