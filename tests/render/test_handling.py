"""What stands behind the marking stands there at the head and foot of every format."""

from __future__ import annotations

import html
import json
import re

import pypdfium2
import pytest

from briefgen.render.docx import render_docx
from briefgen.render.html import render_html
from briefgen.render.html.style import css_string
from briefgen.render.markdown import render_markdown
from briefgen.render.model_json import render_json
from briefgen.render.pdf import render_pdf
from briefgen.render.text import render_text
from render.docx.word_file import WordFile
from render.sample_brief import rich_brief

BRIEF = rich_brief(marking="UK SECRET", handling=("COMMERCIAL", "UK EYES ONLY"))
LINE = "UK SECRET - COMMERCIAL - UK EYES ONLY"


@pytest.mark.parametrize("render", [render_text, render_html, render_markdown])
def test_formats_without_pages_open_and_close_with_it(render: object) -> None:
    assert callable(render)
    said = html.unescape(re.sub(rb"<style>.*?</style>", b"", render(BRIEF), flags=re.S).decode())
    body = said.replace("\\-", "-")
    assert body.count(LINE) == 2


def test_the_style_sheet_for_print_has_it_too() -> None:
    assert render_html(BRIEF).decode().count(f"content: {css_string(LINE)}") == 2


def test_every_page_of_a_pdf() -> None:
    pages = pypdfium2.PdfDocument(render_pdf(BRIEF).data)
    try:
        for page in pages:
            assert page.get_textpage().get_text_range().count(LINE) == 2
    finally:
        pages.close()


def test_a_word_files_headers_footers_and_properties() -> None:
    file = WordFile(render_docx(BRIEF).data)
    for kind in ("header", "footer"):
        frames = file.frames(kind)
        assert frames
        assert all(LINE in lines for lines in frames.values())
    properties = file.read("docProps/custom.xml").decode()
    assert ">UK SECRET<" in properties
    assert ">COMMERCIAL; UK EYES ONLY<" in properties


def test_json_has_the_two_apart() -> None:
    said = json.loads(render_json(BRIEF))
    assert (said["marking"], said["handling"]) == ("UK SECRET", ["COMMERCIAL", "UK EYES ONLY"])
