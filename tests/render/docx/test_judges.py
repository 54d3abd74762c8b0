"""What programs that we did not write make of our Word documents."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest

import judges
from briefgen.brief.model import Brief
from briefgen.render.docx import render_docx
from render.docx.test_house import ministry, plain_house, saved
from render.docx.word_file import WordFile, changed_package
from render.sample_brief import (
    NASTY_TEXTS,
    RICH_CONTENTS,
    many_facts_brief,
    rich_brief,
    statements,
)

pytestmark = pytest.mark.slow

BRIEFS = {
    "rich": (rich_brief(), {"contents": RICH_CONTENTS}),
    "letter, nothing optional": (
        rich_brief(
            paper="letter", marking="", reference="", author="", keywords=(), masthead=(), notes=()
        ),
        {},
    ),
    "table": (many_facts_brief(60, as_table=True), {}),
    "notes": (many_facts_brief(60, cited="notes"), {}),
    "on a ministry's house": (rich_brief(), {"house": ministry(), "contents": RICH_CONTENTS}),
    "on a bare house": (rich_brief(), {"house": plain_house()}),
    "on its own house": (rich_brief(), {"house": render_docx(rich_brief()).data}),
}


@pytest.mark.parametrize("name", BRIEFS)
def test_open_xml_sdk_finds_nothing_wrong(name: str, tmp_path: Path) -> None:
    brief, options = BRIEFS[name]
    assert judges.open_xml_sdk_errors(render_docx(brief, **options).data, tmp_path) == []


def test_the_judge_does_judge(tmp_path: Path) -> None:
    data = render_docx(rich_brief()).data
    document = WordFile(data).read("word/document.xml")
    wrong = {"word/document.xml": document.replace(b"<w:titlePg/>", b"<w:titlePage/>")}
    (error,) = judges.open_xml_sdk_errors(changed_package(data, wrong), tmp_path)
    assert "titlePage" in error


PRINTED = {name: BRIEFS[name] for name in ("rich", "on a ministry's house", "table")}


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """As PDF, all in one start of LibreOffice, which takes longer than the work."""
    long_table: tuple[Brief, dict[str, Any]] = (many_facts_brief(80, as_table=True), {})
    briefs = {**PRINTED, "long table": long_table}
    files = {name: render_docx(brief, **options).data for name, (brief, options) in briefs.items()}
    folder = tmp_path_factory.mktemp("printed")
    return judges.libreoffice_convert_all(files, folder, source="docx", target="pdf")


def _comparable(text: str) -> str:
    """Letters as a text layer gives them: hyphens alike, joiners and blanks without weight."""
    for mark in ("\u200b", "\u200d", "\u00ad"):
        text = text.replace(mark, "")
    return "".join(text.replace("\u2011", "-").split())


def _is_printed(statement: str, whole: str) -> bool:
    """Whether a statement stands in the text: in one piece, or on two pages.

    (LibreOffice breaks a paragraph that is to be kept whole where its note needs the room.)
    """
    words = statement.split(" ")
    pieces = ((" ".join(words[:n]), " ".join(words[n:])) for n in range(len(words)))
    return any(_comparable(head) in whole and _comparable(tail) in whole for head, tail in pieces)


@pytest.mark.parametrize("name", PRINTED)
def test_libreoffice_prints_every_statement_and_marks_every_page(
    name: str, printed: dict[str, bytes], tmp_path: Path
) -> None:
    brief, _ = BRIEFS[name]
    text = judges.pdf_text(printed[name], tmp_path)
    # Twice: poppler's order mixes columns of a table at times, the order of setting joins lines.
    whole = _comparable(text) + _comparable(judges.pdf_text(printed[name], tmp_path, raw=True))
    lost = [s for s in statements(brief) if not _is_printed(s, whole) and "क" not in s]
    assert lost == []  # (LibreOffice reorders Devanagari in the text layer)
    pages = text.removesuffix("\f").split("\f")
    assert all(page.count(brief.marking) >= 2 for page in pages)
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in page


def test_libreoffice_repeats_the_header_row(printed: dict[str, bytes], tmp_path: Path) -> None:
    text = judges.pdf_text(printed["long table"], tmp_path)
    pages = [page for page in text.split("\f") if "Fact " in page]
    assert len(pages) > 2
    assert all("What happened" in page for page in pages)


def test_pandoc_reads_back_text_literally(tmp_path: Path) -> None:
    data = render_docx(rich_brief()).data
    read = judges.pandoc_read(data, tmp_path, source="docx", target="plain")
    lines = [" ".join(line.split()) for line in read.splitlines()]
    for nasty in NASTY_TEXTS:
        assert " ".join(nasty.split()) in lines


def _walk(node: Any) -> list[dict[str, Any]]:
    found = []
    if isinstance(node, dict):
        if "t" in node:
            found.append(node)
        for value in node.values():
            found += _walk(value)
    elif isinstance(node, list):
        for value in node:
            found += _walk(value)
    return found


def _said(node: Any) -> str:
    return "".join(
        {"Str": n.get("c"), "Space": " ", "SoftBreak": " "}.get(n["t"]) or "" for n in _walk(node)
    )


def test_pandoc_sees_headings_lists_links_and_a_header_row(tmp_path: Path) -> None:
    tree = judges.pandoc_ast(render_docx(rich_brief()).data, tmp_path, source="docx")
    nodes = _walk(tree["blocks"])
    headings = [(n["c"][0], _said(n["c"][2])) for n in nodes if n["t"] == "Header"]
    assert (1, "Energy") in headings
    assert (2, "Figures on oil") in headings
    assert (3, "A third-level heading") in headings
    ordered = [n["c"] for n in nodes if n["t"] == "OrderedList"]
    # pandoc ends a list at a nested one; that it starts again with 4 shows the number going on
    assert [c[0][0] for c in ordered] == [3, 4, 1]
    bullets = [_said(item) for n in nodes if n["t"] == "BulletList" for item in n["c"]]
    assert any(text.startswith("Pakistan’s first crude bought from Russia") for text in bullets)
    heads = [_said(n["c"][3]) for n in nodes if n["t"] == "Table"]
    assert "MeasureValuePeriodBasis" in heads
    targets = {n["c"][2][0] for n in nodes if n["t"] == "Link"}
    assert "https://example.org/a?b=1&c=d%20e#f" in targets


def test_a_house_made_by_libreoffice(tmp_path: Path) -> None:
    html = (
        "<html><head><style>h1 {color: #aa0000; font-family: Georgia}"
        " @page {size: 21.6cm 27.9cm; margin: 3cm}</style></head>"
        "<body><div title='header'><p>Ministry of Works</p></div><h1>Old text</h1>"
        "<ul><li>one</li></ul><ol><li>two</li></ol></body></html>"
    )
    filter_ = "docx:MS Word 2007 XML"
    house = judges.libreoffice_convert(html.encode(), tmp_path, source="html", target=filter_)
    result = render_docx(rich_brief(), house=house)
    assert "Old text" not in WordFile(result.data).texts()
    assert judges.open_xml_sdk_errors(result.data, tmp_path / "sdk") == []
    docx.Document(BytesIO(result.data))


def test_a_house_with_a_first_page_and_even_pages(tmp_path: Path) -> None:
    document = docx.Document()
    document.settings.odd_and_even_pages_header_footer = True
    document.sections[0].different_first_page_header_footer = True
    document.sections[0].first_page_header.paragraphs[0].text = "Letterhead"
    document.sections[0].even_page_header.paragraphs[0].text = "Even Ministry"
    data = render_docx(rich_brief(), house=saved(document)).data
    assert judges.open_xml_sdk_errors(data, tmp_path) == []
    pdf = judges.libreoffice_convert(data, tmp_path, source="docx", target="pdf")
    pages = judges.pdf_text(pdf, tmp_path).removesuffix("\f").split("\f")
    assert "Letterhead" in pages[0]
    assert "Even Ministry" in pages[1]
    assert all(page.count("OFFICIAL-SENSITIVE") >= 2 for page in pages)
