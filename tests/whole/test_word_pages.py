"""A budget of pages counts a Word file's as LibreOffice does: on fifty briefs, and three houses.

The briefs are drawn by lot, always the same ones: every template, notes and numbers and names in
brackets, long and short own text, both papers, much and little selected.
"""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

import pikepdf
import pytest

import judges
from briefgen.brief.spec.model import BriefSpec, SectionEdits
from briefgen.dates import parse_edtf
from briefgen.pipeline.draft import Desk
from briefgen.pipeline.pages import PageCount
from briefgen.pipeline.render import render_brief
from briefgen.pipeline.resources import Resources
from briefgen.select.model import Selection
from briefgen.shipped import shipped_base, shipped_templates
from render.docx.houses import HOUSES

BRIEFS = 50
BORDERLINE = 2
"""Of these so many may come out a page longer or shorter: a page of 14,000 twips that is full to a
few twips depends on how each line was rounded."""
TEMPLATES = ("country-brief", "chronology", "fact-sheet", "talking-points", "visit-brief")
STYLES = ("chicago-notes-bibliography", "ieee", "apa", "oscola", "harvard-cite-them-right")
TOPICS = ("energy", "defence", "trade", "diplomacy", "energy.oil", "multilateral")
SENTENCE = (
    "Talks have produced frameworks and offers, and few deliveries that anybody has counted. "
)


class Case(NamedTuple):
    """A brief, and the house that it is written on."""

    name: str
    spec: BriefSpec
    house: str


def cases() -> Iterator[Case]:
    """Fifty briefs, three in ten of them on a house's stationery."""
    lot = random.Random(2023)
    houses = (*["" for _ in range(7)], *HOUSES)
    for number in range(BRIEFS):
        topics = tuple(lot.sample(TOPICS, lot.randint(1, 3)))
        start = parse_edtf(str(lot.choice((1948, 2003, 2011, 2014))))
        own = SENTENCE * lot.randint(1, 6)
        spec = BriefSpec(
            title=lot.choice((None, "Energy ties", "What was promised, and what came of it since")),
            template=TEMPLATES[number % len(TEMPLATES)],
            select=Selection(topics=topics, start=start, undated=lot.random() < 0.5),
            sections=SectionEdits(leads={topics[0]: own.strip()} if number % 5 == 0 else {}),
            changes=own.strip() if lot.random() < 0.4 else "",
            style=lot.choice(STYLES),
            grades=lot.choice((None, True, False)),
            paper=lot.choice(("a4", "a4", "letter")),
            date="2023-10-02",
            reference=lot.choice(("", "SA/2026/114")),
            outputs=("docx",),
        )
        yield Case(f"brief-{number:02}", spec, houses[number % len(houses)])


@pytest.mark.slow
def test_libreoffice_finds_as_many_pages(tmp_path: Path) -> None:
    files: dict[str, bytes] = {}
    ours: dict[str, PageCount] = {}
    with Resources() as resources:
        desk = Desk(
            shipped_base(),
            (shipped_templates(),),
            resources,
            datetime(2026, 11, 21, tzinfo=UTC),
            date(2026, 11, 21),
            unfinished=True,
        )
        for case in cases():
            house = HOUSES[case.house]() if case.house else None
            made = render_brief(desk.cite(desk.draft(case.spec)), ("docx",), house, count=True)
            files[case.name], ours[case.name] = made.data["docx"], made.pages["docx"]
    pdfs = judges.libreoffice_convert_all(files, tmp_path, source="docx", target="pdf")

    theirs = {name: counted(pdf) for name, pdf in pdfs.items()}
    others = {name: (ours[name], count) for name, count in theirs.items() if count != ours[name]}
    assert len(others) <= BORDERLINE, others
    for our, their in others.values():
        assert abs(our.all - their.all) <= 1
        assert abs(our.body - their.body) <= 1


def counted(pdf: bytes) -> PageCount:
    """The pages of what LibreOffice made, and those before the heading of the annex."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        pages = len(opened.pages)
        with opened.open_outline() as outline:
            annex = [item for item in outline.root if str(item.title) == "Annex"]
        if not annex:
            return PageCount(pages, pages)
        target = annex[0].destination[0]
        numbers = [number for number, page in enumerate(opened.pages) if page.obj == target]
    return PageCount(numbers[0], pages)
