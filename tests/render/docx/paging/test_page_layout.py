"""A brief's pages as its Word document will have them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from briefgen.brief.model import Cite, Note, Paragraph, Section, Text
from briefgen.render.docx.paging import page_layout
from render.docx.houses import foreign_office, statistics_office
from render.sample_brief import rich_brief

pytestmark = pytest.mark.usefixtures("one_font")


def long(count: int, *, annex: bool = False) -> list[Section]:
    text = Paragraph((Text("Words that take room on the page, and then some more of them. " * 6),))
    sections = [
        Section(f"s{n}", f"section-s{n}", (Text(f"Section {n}"),), (text,) * 4)
        for n in range(count)
    ]
    last = Section("annex", "section-annex", (Text("Annex"),), (text,), break_before=annex)
    return [*sections, last]


def test_headings_stand_on_pages_in_order_and_an_annex_on_a_page_of_its_own() -> None:
    brief = replace(rich_brief(), sections=tuple(long(12, annex=True)), notes=())
    layout = page_layout(brief)
    pages = [layout.heading_pages[section.anchor] for section in brief.sections]
    assert pages == sorted(pages)
    assert pages[0] == 1
    assert pages[-1] == layout.pages > pages[-2]
    assert len(layout.extents.filled) == layout.pages
    assert max(layout.extents.filled) <= layout.extents.page_body + 1
    assert layout.extents.filled[-1] < layout.extents.page_body / 2


def test_a_long_document_is_laid_out_with_its_contents() -> None:
    sections = tuple(long(12))
    layout = page_layout(replace(rich_brief(), sections=sections, notes=()))
    assert any(line.text.startswith("Contents") for line in layout.lines)
    short = page_layout(replace(rich_brief(), sections=sections[:2], notes=()))
    assert not any(line.text.startswith("Contents") for line in short.lines)


def test_notes_at_the_end_take_their_room_there() -> None:
    """As many as before the annex in a document that has none of them, and more behind it."""
    marked = [
        Section(
            f"s{n}",
            f"section-s{n}",
            (Text(f"Section {n}"),),
            (Paragraph((Text("Words that take room. "), Cite((), f"cite-{n}", (), n))),) * 4,
        )
        for n in range(1, 13)
    ]
    annex = Section("annex", "section-annex", (Text("Annex"),), (Paragraph((Text("So."),)),))
    notes = tuple(
        Note(n, f"note-{n}", (Text("A source that has a long name. " * 30),), (f"cite-{n}",))
        for n in range(1, 13)
    )
    brief = replace(
        rich_brief(),
        sections=(*marked, replace(annex, break_before=True)),
        notes=notes,
        notes_at="end",
        lists_contents=False,
    )
    layout = page_layout(brief)
    bare = page_layout(replace(brief, notes=()))
    foot = page_layout(replace(brief, notes_at="foot"))
    place = layout.heading_pages["section-annex"]
    assert place == bare.heading_pages["section-annex"] == bare.pages
    assert layout.pages > bare.pages
    assert foot.heading_pages["section-annex"] > place
    assert sum("Asourcethat" in line.text for line in layout.lines) >= len(notes)


def test_a_house_s_type_and_paper_count() -> None:
    brief = replace(rich_brief(), sections=tuple(long(8)), notes=())
    ours, wide, narrow = (
        page_layout(brief, house) for house in (None, foreign_office(), statistics_office())
    )
    assert narrow.pages < ours.pages < wide.pages
    assert wide.extents.page_body < narrow.extents.page_body


def test_fonts_that_are_lacking_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from briefgen.render.docx.paging import faces

    assert page_layout(rich_brief()).certain
    monkeypatch.setattr(faces, "_matches", lambda family, bold, italic: ())
    faces.face.cache_clear()
    layout = page_layout(rich_brief(), foreign_office())
    assert "Times New Roman" in layout.missing_fonts
    assert not layout.certain


def test_the_same_brief_has_the_same_pages() -> None:
    assert page_layout(rich_brief()) == page_layout(rich_brief())
