"""Invented house documents, unlike each other in type, page and headers."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt


def _saved(document: Document) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _font(document: Document, style: str, family: str, size: float) -> None:
    font = document.styles[style].font
    font.name, font.size = family, Pt(size)
    fonts = document.styles[style].element.rPr.rFonts
    for name in ("asciiTheme", "hAnsiTheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    fonts.set(qn("w:hAnsi"), family)


def _page(document: Document, width: int, height: int, margins: tuple[int, int, int, int]) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.top_margin, section.right_margin = Mm(margins[0]), Mm(margins[1])
    section.bottom_margin, section.left_margin = Mm(margins[2]), Mm(margins[3])


def foreign_office() -> bytes:
    """A4, a serif of 12 points, wide margins, a letterhead of three lines on every page."""
    document = docx.Document()
    _page(document, 210, 297, (30, 30, 30, 35))
    _font(document, "Normal", "Times New Roman", 12)
    _font(document, "Heading 1", "Times New Roman", 16)
    _font(document, "Title", "Times New Roman", 24)
    body = document.styles["Normal"].paragraph_format
    body.space_after, body.line_spacing = Pt(8), 1.15
    header = document.sections[0].header
    header.paragraphs[0].text = "Ministry of Foreign Affairs"
    for line in ("Department for South Asia", "Whitehall Street 1", "Capital City"):
        header.add_paragraph(line)
    document.sections[0].footer.paragraphs[0].text = "Founded 1782"
    return _saved(document)


def statistics_office() -> bytes:
    """Letter, a wide sans serif of 9 points, narrow margins, lines exactly 13 points apart."""
    document = docx.Document()
    _page(document, 216, 279, (18, 18, 18, 18))
    _font(document, "Normal", "Verdana", 9)
    _font(document, "Heading 1", "Verdana", 12)
    _font(document, "Heading 2", "Verdana", 10)
    body = document.styles["Normal"].paragraph_format
    body.line_spacing_rule, body.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(13)
    document.styles["Title"].paragraph_format.line_spacing = Pt(30)
    for style in ("Heading 1", "Heading 2"):
        document.styles[style].paragraph_format.space_before = Pt(18)
        document.styles[style].paragraph_format.space_after = Pt(6)
    return _saved(document)


def parliament() -> bytes:
    """A landscape page, a sans serif of 11 points set one and a half lines apart, a footer that
    takes more than its margin."""
    document = docx.Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    _page(document, 297, 210, (22, 40, 20, 40))
    _font(document, "Normal", "Arial", 11)
    document.styles["Normal"].paragraph_format.line_spacing = 1.5
    document.styles["List Bullet"].paragraph_format.space_after = Pt(6)
    footer = section.footer
    footer.paragraphs[0].text = "Research service of the parliament"
    for line in ("Impartial and confidential", "Not for publication", "Do not quote"):
        footer.add_paragraph(line)
    return _saved(document)


HOUSES: dict[str, Callable[[], bytes]] = {
    "foreign office": foreign_office,
    "statistics office": statistics_office,
    "parliament": parliament,
}
