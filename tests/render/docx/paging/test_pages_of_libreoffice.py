"""The pages that we find, held against those that LibreOffice makes of the same files."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import judges
from briefgen.brief.model import Brief
from briefgen.brief.spec.reader import read_spec
from briefgen.pipeline.draft import draft_brief
from briefgen.render.docx import render_docx
from briefgen.render.docx.paging import DocxLayout, page_layout
from briefgen.render.paged import CONTENTS_FROM
from briefgen.shipped import shipped_base, shipped_templates
from render.docx.houses import HOUSES

BRIEFS = sorted((Path(__file__).parents[3] / "golden" / "briefs").glob("*.brief.yaml"))
STYLES = ("chicago-notes-bibliography", "ieee")


def drafted(path: Path, style: str) -> Brief:
    return draft_brief(
        replace(read_spec(path), style=style),
        shipped_base(),
        (shipped_templates(),),
        created=datetime(2026, 11, 21, tzinfo=UTC),
        today=date(2026, 11, 21),
    ).brief


def written(brief: Brief, house: bytes | None) -> tuple[bytes, DocxLayout]:
    layout = page_layout(brief, house)
    lists = brief.lists_contents and layout.pages >= CONTENTS_FROM
    contents = layout.heading_pages.items() if lists else ()
    return render_docx(brief, house=house, contents=tuple(contents)).data, layout


@pytest.mark.slow
@pytest.mark.parametrize("house", ["plain"])
def test_pages_are_as_many_as_libreoffice_makes(house: str, tmp_path: Path) -> None:
    lent = HOUSES[house]() if house in HOUSES else None
    made = {
        f"{path.name.partition('.')[0]}-{style}": written(drafted(path, style), lent)
        for path in BRIEFS
        for style in STYLES
    }
    files = {name: data for name, (data, _) in made.items()}
    pdfs = judges.libreoffice_convert_all(files, tmp_path, source="docx", target="pdf")
    found = {name: int(judges.pdf_info(pdf, tmp_path)["Pages"]) for name, pdf in pdfs.items()}
    assert {name: layout.pages for name, (_, layout) in made.items()} == found
