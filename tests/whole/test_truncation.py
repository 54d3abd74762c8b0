"""Wherever a page prints fewer than there are, it says how many of how many, in every format.

A made treaty series of 311 agreements, in all shipped templates. How many there are is counted on
pages of the same brief without the section's limit.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import html as lxml_html

import judges
from brief.conftest import PlainLookup
from brief.printed import lines
from briefgen.brief.assemble.brief import Assembled, assemble_brief
from briefgen.brief.assemble.choosing import TELLING_SHOWS
from briefgen.brief.assemble.gather import contract_order
from briefgen.brief.model import Brief, Section, Sentence, Table
from briefgen.brief.spec.model import BriefSpec, SectionEdits, Sides
from briefgen.brief.template.finding import find_template
from briefgen.brief.traversal import blocks_inlines
from briefgen.cli import main
from briefgen.facts.read import FactBase, read_base
from briefgen.shipped import shipped_templates
from treaty_series import AGREEMENTS, OURS, THEIRS, write_treaty_series

TEMPLATES = ("chronology", "country-brief", "fact-sheet", "talking-points", "visit-brief")
TEXT = {"lines": "\n".join(f"- We want No {n}. [@agreement-{n:03d}]" for n in range(20, 40))}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_treaty_series(tmp_path_factory.mktemp("series") / "base")


@pytest.fixture(scope="module")
def base(folder: Path) -> FactBase:
    read = read_base(folder)
    assert read.base is not None
    return read


def made(base: FactBase, template: str, limits: Mapping[str, int] | None = None) -> Assembled:
    facts = sorted(base.facts, key=contract_order)
    found = find_template(template, (shipped_templates(),))
    assert base.base is not None
    asked = {one.id for one in found.inputs}
    return assemble_brief(
        BriefSpec(
            template=template,
            sides=Sides(ours=(OURS,), theirs=(THEIRS,)),
            text={name: text for name, text in TEXT.items() if name in asked},
            sections=SectionEdits(limits=dict(limits or {})),
        ),
        found,
        base.base,
        facts,
        PlainLookup(facts),
        today=date(2026, 11, 21),
        created=datetime(2026, 11, 21, tzinfo=UTC),
    )


def printed(section: Section) -> int:
    """How much it shows: rows of a table of figures, else facts."""
    for block in section.blocks:
        if isinstance(block, Table) and lines([block])[0].startswith("Measure"):
            return len(block.rows)
    return len(facts_of(section))


def facts_of(section: Section) -> set[str]:
    inlines = blocks_inlines(section.blocks)
    return {name for one in inlines if isinstance(one, Sentence) for name in one.facts}


def limited(template: str) -> dict[str, str]:
    """The sections that have a limit, each with what it shows; disputes have a test of theirs."""
    sections = find_template(template, (shipped_templates(),)).sections
    found = {one.id: str(one.show) for one in sections if one.limit is not None}
    return {name: show for name, show in found.items() if show != "disputes"}


def told(section: Section) -> str:
    return " ".join(lines(section.blocks))


def body_of(brief: Brief) -> set[str]:
    found: set[str] = set()
    for section in brief.sections:
        if section.part == "annex":
            break
        found |= facts_of(section)
    return found


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_section_that_a_limit_cuts_says_so(base: FactBase, template: str) -> None:
    brief = made(base, template).brief
    figures = sum(len(fact.figures) for fact in base.facts)
    for part, show in limited(template).items():
        whole = {one.id: one for one in made(base, template, {part: 10_000}).brief.sections}
        for section in (one for one in brief.sections if one.part == part):
            # A limit of measures leaves older periods out, however high it is.
            total = figures if show == "figures" else printed(whole[section.id])
            shown = printed(section)
            rest = facts_of(whole[section.id]) - facts_of(section)
            if shown == total or (show in TELLING_SHOWS and rest <= body_of(brief)):
                assert " shown" not in told(section)
            else:
                assert f"{shown} of {total} " in told(section), section.id


def test_disputes_are_counted(base: FactBase) -> None:
    brief = made(base, "chronology", {"disputes": 2}).brief
    (section,) = (one for one in brief.sections if one.id == "disputes")
    assert "2 of 9 disputes shown; for the rest, look for facts marked ‘disputed’." in told(section)


EXPECTED = {
    "country-brief": ("9 of 28 figures shown; the rest in ‘Chronology’.",),
    "fact-sheet": (
        f"3 of {AGREEMENTS} agreements shown; the others are not printed here.",
        "6 of 28 figures shown; the others are not printed here.",
    ),
    "talking-points": (
        "5 of 20 positions shown; the others are not printed here.",
        "5 of 20 facts shown; the rest in ‘Evidence’.",
    ),
    "visit-brief": (
        "3 of 20 positions shown; the others are not printed here.",
        "4 of 331 facts shown; the rest in ‘Agreements, offers and plans, in full’.",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("template", list(EXPECTED))
def test_it_is_told_in_every_format(
    folder: Path, base: FactBase, template: str, tmp_path: Path, settled: Path
) -> None:
    spec: dict[str, Any] = {
        "format": 1,
        "template": template,
        "base": str(folder),
        "date": "2026-11-21",
        "select": {"undated": True},
        "sides": {"ours": [OURS], "theirs": [THEIRS]},
    }
    if template == "talking-points":
        spec["text"] = TEXT
    file = tmp_path / "b.brief.yaml"
    file.write_text(json.dumps(spec), encoding="utf-8")
    kinds = "docx,pdf,html,md,txt"
    assert main(["export", str(file), "--format", kinds, "--out", str(tmp_path / "out")]) == 0
    data = {one.suffix: one.read_bytes() for one in (tmp_path / "out").iterdir()}
    pages = {
        "docx": judges.pandoc_read(data[".docx"], tmp_path, source="docx"),
        "pdf": judges.pdf_text(data[".pdf"], tmp_path),
        "html": lxml_html.fromstring(data[".html"]).text_content(),
        "md": judges.pandoc_read(data[".md"], tmp_path, source="markdown"),
        "txt": data[".txt"].decode(),
    }
    sentences = {
        line
        for section in made(base, template).brief.sections
        for line in lines(section.blocks)
        if " shown" in line
    }
    assert sentences.issuperset(EXPECTED[template])
    for kind, text in pages.items():
        flat = " ".join(text.replace("\u00a0", " ").split())
        for sentence in sentences:
            assert sentence in flat, (kind, sentence)
