"""The canvas: objects, fonts and marks, as other programs read them; and what we lean on."""

from __future__ import annotations

import ast
import io
import re
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest
from fontTools.ttLib import TTFont as FontToolsFont
from hypothesis import example, given, settings
from hypothesis import strategies as st
from reportlab import rl_config
from reportlab.pdfbase.pdfdoc import PDFDocument
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from briefgen.render.fonts import packaged_fonts
from briefgen.render.pdf import canvas as module
from briefgen.render.pdf import render_pdf
from briefgen.render.pdf.canvas import BriefCanvas
from briefgen.render.pdf.typeface import Typeface, typeface
from judges import pdf_text
from render.pdf.samples import chronology, everything

FACE = typeface(packaged_fonts("regular")[0])
WHEN = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)


def sheet(*said: str, title: str = "T", face: Typeface = FACE) -> bytes:
    """One page with these words in a line each."""
    canvas = BriefCanvas(300, 400, FACE, "en")
    text = canvas.beginText()
    text.set_typeface(face, 10)
    for number, words in enumerate(said):
        text.setTextOrigin(20, 380 - 12 * number)
        text.textOut(words)
    canvas.drawText(text)
    canvas.showPage()
    canvas.describe({"Title": title, "Author": ""}, WHEN, b"<x:xmpmeta/>")
    return canvas.getpdfdata()


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


# --- objects -----------------------------------------------------------------------------------


def test_what_is_no_stream_is_packed_and_found_again() -> None:
    result = render_pdf(chronology(200, 6))
    assert b"/Type /Annot" not in result.data
    assert b"\nxref\n" not in result.data
    pdf = opened(result.data)
    assert len(pdf.objects) > 400  # more than one stream of objects holds
    links = [link for page in pdf.pages for link in page.get("/Annots", [])]
    assert len(links) > 200
    assert all(link.Subtype == "/Link" for link in links)


def test_contents_are_compressed_and_metadata_are_not() -> None:
    data = sheet("word " * 20)
    assert b"Tj" not in data
    assert b"<x:xmpmeta/>" in data
    assert opened(data).Root.Metadata.Subtype == "/XML"


def test_every_stream_ends_with_an_end_of_line() -> None:
    data = render_pdf(everything()).data
    assert data.count(b"endstream") == data.count(b"\nendstream\nendobj\n") > 10


def test_each_page_names_its_own_fonts() -> None:
    for page in opened(render_pdf(everything()).data).pages:
        assert "/Font" in page.obj["/Resources"]


def test_empty_properties_are_left_out() -> None:
    assert set(opened(sheet("x")).docinfo) == {"/Title", "/CreationDate", "/ModDate"}


@settings(deadline=None, max_examples=40)
@given(st.text(st.characters(codec="utf-8"), max_size=30))
@example("soft\u00adhyphen")
def test_a_title_comes_back(title: str) -> None:
    assert str(opened(sheet(title=title)).docinfo.get("/Title", "")) == title


def test_a_persons_settings_of_reportlab_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = sheet("plain")
    for name, value in (("useA85", 1), ("pageCompression", 0), ("ttfAsciiReadable", 1),
                        ("invariant", 0), ("documentLang", "xx")):  # fmt: skip
        monkeypatch.setattr(rl_config, name, value)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    assert sheet("plain") == usual


# --- fonts and text ----------------------------------------------------------------------------


@pytest.mark.slow
def test_more_characters_than_one_font_in_the_file_holds(tmp_path: Path) -> None:
    plain = sorted(code for code in FACE.font.face.charToGlyph if 0x100 <= code < 0x530)
    characters = [chr(code) for code in plain if FACE.sets(chr(code))][:400]
    words = ["".join(characters[start : start + 20]) for start in range(0, len(characters), 20)]
    assert len(words) > 15
    said = pdf_text(sheet(*words), tmp_path).split()
    assert said == words
    pdf = opened(sheet(*words))
    fonts = pdf.pages[0].Resources.Font
    assert len(fonts) > 1
    for font in fonts.values():
        blocks = re.findall(rb"(\d+) beginbfchar", font.ToUnicode.read_bytes())
        assert all(int(count) <= 100 for count in blocks)


def test_fonts_in_the_file_are_sound_and_hold_what_is_used() -> None:
    pdf = opened(sheet("Ab e\u0301"))
    for font in pdf.pages[0].Resources.Font.values():
        program = font.FontDescriptor.FontFile2.read_bytes()
        sound = FontToolsFont(io.BytesIO(program), checkChecksums=2)
        assert int(font.FontDescriptor.FontFile2.Length1) == len(program)
        assert 4 <= len(sound.getGlyphOrder()) < 20


@pytest.mark.slow
def test_stand_ins_are_copied_as_what_they_mean(tmp_path: Path) -> None:
    small = "".join(FACE.stand_in(letter.upper(), letter) for letter in "brief")
    joined = "a" + FACE.stand_in("", "\u200d") + "b"
    said = pdf_text(sheet(f"{small} {joined} plain"), tmp_path)
    assert said.split() == ["brief", "a\u200db", "plain"]


def test_what_draws_nothing_claims_no_glyph() -> None:
    joined = "a" + FACE.stand_in("", "\u200d") + "b"
    pdf = opened(sheet(joined))
    page = pdf.pages[0]
    content = page.Contents.read_bytes()
    assert b"/Span <</ActualText <feff0061200d0062>>> BDC" in content
    for font in page.Resources.Font.values():
        assert b"200D" not in font.ToUnicode.read_bytes()


def test_two_fonts_of_one_name_may_stand_in_one_document() -> None:
    other = Typeface(packaged_fonts("regular")[0])
    other.font.fontName += " in another folder"
    canvas = BriefCanvas(300, 400, FACE, "")
    text = canvas.beginText()
    for face, said in ((FACE, "one"), (other, "two")):
        text.set_typeface(face, 10)
        text.setTextOrigin(20, 300)
        text.textOut(said)
    canvas.drawText(text)
    canvas.showPage()
    pdf = opened(canvas.getpdfdata())
    fonts = pdf.pages[0].Resources.Font
    assert len({str(font.BaseFont) for font in fonts.values()}) == 2


# --- what ReportLab does not promise -----------------------------------------------------------

PRIVATE = {
    Canvas: {"_addAnnotation"},
    PDFDocument: set(),
    PDFTextObject: set(),
}
"""Methods that are not part of ReportLab's public face, and that we call."""

STATE = {
    "_code": lambda: Canvas("", initialFontSize=9)._code,
    "_doc": lambda: Canvas("")._doc,
    "_destinations": lambda: Canvas("")._destinations,
    "_canvas": lambda: PDFTextObject(Canvas(""))._canvas,
    "_curSubset": lambda: PDFTextObject(Canvas(""))._curSubset,
}
"""Attributes of the same kind."""


def test_only_these_private_names_of_reportlab_are_used() -> None:
    tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
    own = {
        node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)
    } | {
        target.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for part in node.targets
        for target in ast.walk(part)
        if isinstance(target, ast.Attribute)
    } - set(STATE)
    used = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and re.match(r"_[a-z]", node.attr)
    }
    assert used - own == set().union(*PRIVATE.values()) | set(STATE)


def test_the_private_names_are_there() -> None:
    for kind, names in PRIVATE.items():
        assert names <= set(dir(kind))
    for read in STATE.values():
        read()
    document = PDFDocument()
    for name in ("Catalog", "idToObject", "numberToId",
                 "idToObjectNumberAndVersion", "delayedFonts", "fontMapping",
                 "signature", "info"):  # fmt: skip
        assert hasattr(document, name)
    assert {"state", "State"} <= set(dir(FACE.font))
    state = TTFont.State(False, FACE.font)
    assert (state.subsets[0][0], len(state.subsets[0]), state.nextCode) == (0, 33, 1)
