"""The pages that we find, held against those that LibreOffice makes of the same files.

How many there are is held on many more briefs in tests/whole/test_word_pages.py; here it is where
headings stand, on every house.
"""

from __future__ import annotations

import io
from dataclasses import replace
from functools import cache
from pathlib import Path

import pikepdf
import pytest

import judges
from briefgen.brief.model import Brief
from briefgen.brief.spec.reader import read_spec
from briefgen.brief.traversal import plain_text
from briefgen.render.docx import render_docx
from briefgen.render.docx.paging import DocxLayout, page_layout
from briefgen.render.paged import CONTENTS_FROM
from render.docx.drafting import drafted
from render.docx.houses import HOUSES

GOLDEN = sorted((Path(__file__).parents[3] / "golden" / "briefs").glob("*.brief.yaml"))
STYLES = ("chicago-notes-bibliography", "ieee")
PLAIN = "our own look"


@cache
def briefs() -> dict[str, Brief]:
    """The golden ones, with notes and with numbers in brackets."""
    return {
        f"{path.name.partition('.')[0]}-{style}": drafted(replace(read_spec(path), style=style))
        for path in GOLDEN
        for style in STYLES
    }


def written(brief: Brief, house: bytes | None) -> tuple[bytes, DocxLayout]:
    layout = page_layout(brief, house)
    lists = brief.lists_contents and layout.pages >= CONTENTS_FROM
    contents = layout.heading_pages.items() if lists else ()
    return render_docx(brief, house=house, contents=tuple(contents)).data, layout


ALLOWED = 0.04
"""Share of documents whose count may be one off, and of headings: where a footnote finds no room LibreOffice breaks
paragraphs that are to stay whole, which Word does not."""


def paged(pdf: bytes) -> tuple[int, dict[str, int]]:
    """How many pages LibreOffice's PDF has, and the first page of each of its headings."""
    with pikepdf.open(io.BytesIO(pdf)) as opened, opened.open_outline() as outline:
        numbers = {page.objgen: number for number, page in enumerate(opened.pages, start=1)}
        found: dict[str, int] = {}
        todo = list(outline.root)
        while todo:
            item = todo.pop(0)
            found.setdefault(item.title.strip(), numbers[item.destination[0].objgen])
            todo[:0] = item.children
        return len(opened.pages), found


@pytest.mark.slow
@pytest.mark.parametrize("house", [PLAIN, *HOUSES])
def test_pages_and_headings_are_where_libreoffice_has_them(house: str, tmp_path: Path) -> None:
    lent = HOUSES[house]() if house in HOUSES else None
    made = {name: written(brief, lent) for name, brief in briefs().items()}
    files = {name: data for name, (data, _) in made.items()}
    pdfs = judges.libreoffice_convert_all(files, tmp_path, source="docx", target="pdf")
    wrong, far, headings, elsewhere = {}, {}, 0, []
    for name, brief in briefs().items():
        layout = made[name][1]
        count, found = paged(pdfs[name])
        if layout.pages != count:
            wrong[name] = (layout.pages, count)
        if abs(layout.pages - count) > 1:
            far[name] = (layout.pages, count)
        for section in brief.sections:
            title = " ".join(plain_text(section.heading, citations=False).split())
            if title in found and section.anchor in layout.heading_pages:
                headings += 1
                if layout.heading_pages[section.anchor] != found[title]:
                    elsewhere.append((name, title))
    assert not far
    assert len(wrong) <= max(1, ALLOWED * len(made)), wrong
    assert headings > 3 * len(made)
    assert len(elsewhere) <= ALLOWED * headings, elsewhere
