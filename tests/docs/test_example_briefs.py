"""The example briefs of the docs: they export as they stand, within their pages, with no complaint.

They are read as their readers would: what is spoken has no marks, and every starred fact is there.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from briefgen.brief import model
from briefgen.brief.spec.reader import read_spec
from briefgen.brief.traversal import blocks_inlines
from briefgen.pipeline.draft import MadeBrief
from briefgen.pipeline.export import make_brief
from briefgen.shipped import shipped_base, shipped_templates
from docs.pages import ROOT

EXAMPLES = sorted((ROOT / "docs" / "examples").glob("*.brief.yaml"))

_TOLD = (
    "which is weak: its caution stands in the evidence",
    "facts are printed nowhere:",
    "that the base knows is",
)
"""What an author is told even of a brief that can be signed."""


@pytest.fixture(scope="module")
def made() -> Mapping[str, MadeBrief]:
    """Each example as PDF and Word, by its file's stem."""
    return {
        path.name.removesuffix(".brief.yaml"): make_brief(
            read_spec(path),
            shipped_base(),
            (shipped_templates(),),
            ("pdf", "docx"),
            created=datetime(2023, 10, 2, tzinfo=UTC),
            today=date(2023, 10, 2),
            count=True,
        )
        for path in EXAMPLES
    }


def test_there_are_two_for_each_template(made: Mapping[str, MadeBrief]) -> None:
    used = [one.template.id for one in made.values()]
    templates = {path.stem for path in Path(shipped_templates()).glob("*.yaml")}
    assert {name: used.count(name) for name in templates} == dict.fromkeys(templates, 2)
    assert {one.spec.date for one in made.values()} == {"2023-10-02"}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name.split(".")[0])
def test_it_can_be_sent_as_it_stands(path: Path, made: Mapping[str, MadeBrief]) -> None:
    one = made[path.name.removesuffix(".brief.yaml")]
    assert one.over_budget == ""
    assert [w for w in one.warnings if not any(told in w for told in _TOLD)] == []
    assert one.brief.marking == "OFFICIAL"
    placed = {placement.id: placement for placement in one.placements}
    starred = (*one.spec.edits.key, *one.spec.edits.include)
    assert [name for name in starred if not placed[name].printed] == []


def test_the_longest_of_each_kind(made: Mapping[str, MadeBrief]) -> None:
    most = {"country-brief": 2, "fact-sheet": 1, "talking-points": 2, "visit-brief": 3}
    for one in made.values():
        if one.template.id in most:
            for count in one.pages.values():
                assert count.body <= most[one.template.id], one.brief.title


def test_what_is_spoken_has_no_mark_and_no_voice(made: Mapping[str, MadeBrief]) -> None:
    for one in made.values():
        spoken = {section.id for section in one.template.sections if section.spoken}
        for section in one.brief.sections:
            if section.part in spoken:
                for inline in blocks_inlines(section.blocks):
                    assert not isinstance(inline, model.Cite | model.Flag)
                    if isinstance(inline, model.Text):
                        assert "according to" not in inline.text


def test_a_fact_is_told_once_in_the_body(made: Mapping[str, MadeBrief]) -> None:
    for one in made.values():
        if one.template.id != "country-brief":
            continue
        tells = {s.id for s in one.template.sections if s.show in ("bullets", "paragraphs")}
        told = [
            fact
            for section in one.brief.sections
            if section.part in tells
            for inline in blocks_inlines(section.blocks)
            if isinstance(inline, model.Sentence)
            for fact in inline.facts
        ]
        assert len(told) == len(set(told))
