"""Hand edits on sections: each a new value, and in the brief's file no more than is meant."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.brief.spec.model import BriefSpec, OwnSection, SectionEdits
from briefgen.brief.spec.writer import spec_map
from briefgen.brief.template.finding import find_template
from briefgen.brief.template.model import Template
from briefgen.gui.view_models.brief.section_edits import (
    NO_LIMIT,
    free_section_id,
    keep_own_section,
    limit_of,
    limit_section,
    move_section,
    planned_sections,
    read_limit,
    remove_own_section,
)
from briefgen.gui.view_models.brief.switching import Aside, switch_template
from briefgen.shipped import shipped_templates

BRIEF = find_template("country-brief", (shipped_templates(),))
SHEET = find_template("fact-sheet", (shipped_templates(),))
OWN = OwnSection("outlook", "Outlook", "Winter comes.", "key-points")


def order(spec: BriefSpec, template: Template = BRIEF) -> list[str]:
    return [section.id for section in planned_sections(template, spec)]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=6))
def test_a_section_comes_to_stand_where_it_was_moved(moves: list[tuple[int, int]]) -> None:
    spec = BriefSpec(sections=SectionEdits(add=(OWN,)))
    wanted = order(spec)
    for start, place in moves:
        id_ = wanted.pop(start)
        wanted.insert(place, id_)
        spec = move_section(BRIEF, spec, id_, place)
        assert order(spec) == wanted


def test_only_what_stands_elsewhere_is_named() -> None:
    spec = move_section(BRIEF, BriefSpec(), "judgements", 1)
    assert spec.sections.order == ("judgements", "key-points")
    assert move_section(BRIEF, spec, "judgements", 2) == BriefSpec()


def test_a_limit_like_the_templates_is_not_said() -> None:
    points = BRIEF.sections_by_id["key-points"]
    assert points.limit == 5
    spec = limit_section(BriefSpec(), points, 3)
    assert spec_map(spec, Path())["sections"] == {"limits": {"key-points": 3}}
    assert limit_of(points, spec) == 3
    assert limit_section(spec, points, 5) == BriefSpec()
    assert limit_section(spec, points, None) == BriefSpec()
    assert limit_section(spec, points, NO_LIMIT).sections.limits == {"key-points": 10_000}


def test_what_is_typed_as_a_limit() -> None:
    points = BRIEF.sections_by_id["key-points"]
    assert read_limit(" 7 ", points) == 7
    assert read_limit("", points) is None
    assert read_limit("No limit", points) == NO_LIMIT
    for wrong in ("0", "-1", "many", "10001", "1.5"):
        with pytest.raises(ValueError, match=wrong):
            read_limit(wrong, points)


def test_an_id_of_ones_own_is_readable_and_free() -> None:
    assert free_section_id("Ausblick für 2027!", BRIEF, BriefSpec()) == "ausblick-fur-2027"
    assert free_section_id("Прогноз", BRIEF, BriefSpec()) == "section"
    assert free_section_id("Key points", BRIEF, BriefSpec()) == "key-points-2"
    taken = BriefSpec(sections=SectionEdits(add=(OWN,)))
    assert free_section_id("Outlook", BRIEF, taken) == "outlook-2"


def test_a_section_that_follows_another_now_leaves_the_order_by_hand() -> None:
    spec = move_section(BRIEF, BriefSpec(sections=SectionEdits(add=(OWN,))), "outlook", 0)
    assert order(spec)[0] == "outlook"
    spec = keep_own_section(spec, replace(OWN, after="topics"))
    names = order(spec)
    assert names[names.index("topics") + 1] == "outlook"


def test_what_followed_a_section_that_is_removed_stays_where_it_was() -> None:
    second = OwnSection("more", "More", "So.", "outlook")
    spec = BriefSpec(sections=SectionEdits(add=(OWN, second)))
    names = order(spec)
    spec = remove_own_section(spec, "outlook")
    assert order(spec) == [name for name in names if name != "outlook"]
    assert spec.sections.add[0].after == "key-points"


def test_another_template_takes_what_it_knows_and_gives_the_rest_back() -> None:
    spec = limit_section(BriefSpec(), BRIEF.sections_by_id["key-points"], 3)
    spec = keep_own_section(spec, OWN)
    spec = move_section(BRIEF, spec, "judgements", 0)

    sheet, aside = switch_template(spec, BRIEF, SHEET, Aside())
    assert sheet.sections == SectionEdits(add=(replace(OWN, after=""),))
    assert order(sheet, SHEET)[-2:] == ["outlook", "sources"]

    back, aside = switch_template(sheet, SHEET, BRIEF, aside)
    assert back == spec
    assert aside == Aside()
