"""What programs that we did not write make of the documents of all templates."""

from __future__ import annotations

from pathlib import Path

import pytest

import judges
from whole.conftest import TEMPLATES, Documents, wanted_of
from whole.reading import as_poppler_gives, furniture_of, is_in, pdf_body_text

pytestmark = pytest.mark.slow

NAMES = [
    f"{which}/{template}" for which in ("usual", "everything", "nasty") for template in TEMPLATES
]


@pytest.mark.parametrize("name", NAMES)
def test_open_xml_sdk_finds_no_error(documents: Documents, name: str, tmp_path: Path) -> None:
    assert judges.open_xml_sdk_errors(documents[name].files["docx"], tmp_path) == []


@pytest.mark.parametrize("name", NAMES)
def test_qpdf_finds_no_fault_and_every_font_is_embedded(
    documents: Documents, name: str, tmp_path: Path
) -> None:
    data = documents[name].files["pdf"]
    assert judges.qpdf_errors(data, tmp_path) == []
    fonts = judges.pdf_fonts(data, tmp_path)
    assert fonts
    assert [font for font in fonts if not (font.embedded and font.unicode)] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_text_stands_in_the_pdf(documents: Documents, name: str, tmp_path: Path) -> None:
    document = documents[name]
    data, paper = document.files["pdf"], document.model["paper"]
    read = as_poppler_gives(pdf_body_text(data, tmp_path, paper=paper))
    assert [text for text in wanted_of(document) if not is_in(as_poppler_gives(text), read)] == []
    around = as_poppler_gives(judges.pdf_text(data, tmp_path, raw=True))
    around_wanted = furniture_of(document.model)
    assert [text for text in around_wanted if as_poppler_gives(text) not in around] == []


@pytest.mark.parametrize("subject", ["energy-defence", "trade"])
@pytest.mark.parametrize(
    ("template", "pages"),
    [("country-brief", 2), ("fact-sheet", 1), ("talking-points", 2), ("visit-brief", 3)],
)
def test_an_example_keeps_to_its_pages_before_the_annex(
    documents: Documents, template: str, subject: str, pages: int, tmp_path: Path
) -> None:
    text = judges.pdf_text(documents[f"example/{template}-{subject}"].files["pdf"], tmp_path)
    lines = [page.split("\n") for page in text.removesuffix("\f").split("\f")]
    annex = next((number for number, page in enumerate(lines) if "Annex" in page), len(lines))
    assert annex == pages


def test_libreoffice_prints_every_text(documents: Documents, tmp_path: Path) -> None:
    """All documents in one start of LibreOffice, which takes longer than the work."""
    files = {name.replace("/", "-"): documents[name].files["docx"] for name in NAMES}
    printed = judges.libreoffice_convert_all(files, tmp_path, source="docx", target="pdf")
    lost = {}
    for name in NAMES:
        document, data = documents[name], printed[name.replace("/", "-")]
        read = as_poppler_gives(pdf_body_text(data, tmp_path, paper=document.model["paper"]))
        wanted = set(wanted_of(document)) - {document.model["kind"]}
        wanted.add(document.model["kind"].upper())  # Word draws it in capitals, this is a drawing
        lost[name] = [text for text in wanted if not is_in(as_poppler_gives(text), read)]
        pages = judges.pdf_text(data, tmp_path).removesuffix("\f").split("\f")
        marking = as_poppler_gives(document.model["marking"])
        assert all(marking in as_poppler_gives(page) for page in pages), name
    assert {name: texts for name, texts in lost.items() if texts} == {}
