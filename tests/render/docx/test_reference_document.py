"""The document whose look is ours: it agrees with its text, is sound, and is what exports look like."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import docx
import pytest
from lxml import etree

import judges
from briefgen.render.docx import house, render_docx
from briefgen.render.docx.opening import reference_document
from render.docx.word_file import W, WordFile, changed_package, style_of
from render.sample_brief import RICH_CONTENTS, rich_brief

ROOT = Path(__file__).parents[3]
STYLES = "word/styles.xml"


def style(root: etree._Element, name: str) -> etree._Element:
    (found,) = [
        s
        for s in root.iter(f"{W}style")
        if (n := s.find(f"{W}name")) is not None and n.get(f"{W}val") == name
    ]
    return found


def with_styles(change: Callable[[etree._Element], None]) -> bytes:
    """The reference document with its styles changed."""
    root = WordFile(reference_document()).root(STYLES)
    change(root)
    return changed_package(reference_document(), {STYLES: etree.tostring(root)})


def paint_headings_green(root: etree._Element) -> None:
    colour = style(root, "heading 1").find(f"{W}rPr/{W}color")
    assert colour is not None
    colour.set(f"{W}val", "00FF00")


def test_it_says_what_its_parts_in_the_repository_say() -> None:
    command = [sys.executable, str(ROOT / "tools" / "reference_document.py"), "check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)


def test_it_shows_every_style_of_paragraph_that_a_brief_may_have() -> None:
    file = WordFile(reference_document())
    roots = [
        file.body,
        *(file.root(n) for n in file.names if n.startswith(("word/h", "word/foot"))),
    ]
    shown = {style_of(p) for root in roots for p in root.iter(f"{W}p")}
    defined = {
        s.get(f"{W}styleId") for s in file.root(STYLES).iter(f"{W}style")
        if s.get(f"{W}type") == "paragraph"
    }  # fmt: skip
    assert defined - shown == {"Normal", "Header", "Footer"}  # the ground that others stand on


def test_it_holds_nothing_personal() -> None:
    file = WordFile(reference_document())
    assert not [name for name in file.names if name.startswith(("docProps/", "customXml/"))]
    assert b"rsid" not in b"".join(file.read(name) for name in file.names)


def test_python_docx_opens_it() -> None:
    document = docx.Document(BytesIO(reference_document()))
    assert "Heading 1" in {s.name for s in document.styles}


@pytest.mark.slow
def test_open_xml_sdk_finds_nothing_wrong(tmp_path: Path) -> None:
    assert judges.open_xml_sdk_errors(reference_document(), tmp_path) == []


# --- what it is for --------------------------------------------------------------------------


def test_a_style_changed_in_it_changes_the_export(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(house, "reference_document", lambda: with_styles(paint_headings_green))
    root = WordFile(render_docx(rich_brief()).data).root(STYLES)
    colour = style(root, "heading 1").find(f"{W}rPr/{W}color")
    assert colour is not None
    assert colour.get(f"{W}val") == "00FF00"


def test_a_style_taken_out_of_it_is_gone_from_the_export(monkeypatch: pytest.MonkeyPatch) -> None:
    def without_captions(root: etree._Element) -> None:
        root.remove(style(root, "caption"))

    before = WordFile(render_docx(rich_brief()).data).read(STYLES)
    monkeypatch.setattr(house, "reference_document", lambda: with_styles(without_captions))
    after = WordFile(render_docx(rich_brief()).data).read(STYLES)
    assert b'"caption"' in before
    assert b'"caption"' not in after


def test_a_page_and_a_header_changed_in_it_change_the_export(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = WordFile(reference_document())
    document = file.read("word/document.xml").replace(b'w:left="1417"', b'w:left="2000"')
    letterhead = (
        b"<w:hdr xmlns:w='" + W[1:-1].encode() + b"'><w:p><w:r><w:t>Ministry</w:t></w:r></w:p>"
    )
    header = file.read("word/header2.xml")
    header = letterhead + header[header.index(b"<w:p>") :]
    changed = changed_package(
        reference_document(), {"word/document.xml": document, "word/header2.xml": header}
    )
    monkeypatch.setattr(house, "reference_document", lambda: changed)
    made = WordFile(render_docx(rich_brief()).data)
    (margins,) = made.body.iter(f"{W}pgMar")
    assert margins.get(f"{W}left") == "2000"
    assert made.frames("header")["first"] == ["Ministry", "OFFICIAL-SENSITIVE"]


def test_as_a_house_document_it_gives_what_no_house_gives() -> None:
    own = render_docx(rich_brief(), contents=RICH_CONTENTS).data
    on_house = render_docx(rich_brief(), contents=RICH_CONTENTS, house=reference_document()).data
    assert on_house == own


def test_restyled_it_is_a_house_document() -> None:
    restyled = with_styles(paint_headings_green)
    root = WordFile(render_docx(rich_brief(), house=restyled).data).root(STYLES)
    colour = style(root, "heading 1").find(f"{W}rPr/{W}color")
    assert colour is not None
    assert colour.get(f"{W}val") == "00FF00"
