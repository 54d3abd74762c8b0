"""What poppler and qpdf make of our PDFs."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefgen.brief.model import Brief
from briefgen.render.pdf import render_pdf
from judges import as_running_text, pdf_fonts, pdf_info, pdf_text, qpdf_errors
from render.pdf.samples import NASTY, URL, chronology, drawn_page, everything, long_table
from render.sample_brief import rich_brief

pytestmark = pytest.mark.slow

BRIEFS = {
    "drawn page": drawn_page(),
    "everything": everything(),
    "rich": rich_brief(),
    "chronology": chronology(120, 3),
    "table": long_table(120),
}


@pytest.mark.parametrize("made", BRIEFS.values(), ids=BRIEFS)
def test_sound_and_every_font_embedded(made: Brief, tmp_path: Path) -> None:
    result = render_pdf(made)
    assert qpdf_errors(result.data, tmp_path) == []
    fonts = pdf_fonts(result.data, tmp_path)
    assert fonts
    assert all(font.embedded and font.subset and font.unicode for font in fonts)
    assert pdf_info(result.data, tmp_path)["Pages"] == str(result.pages)


def test_poppler_reads_what_was_written(tmp_path: Path) -> None:
    said = as_running_text(pdf_text(render_pdf(everything()).data, tmp_path))
    for sentence in (
        NASTY,
        "Plain, emphasis, strong, both at once, Small Caps, H2O, 5th, x = 1; y, a link, see Energy",
        "Кириллица, курсивом; Ελληνικά, πλάγια; Łódź, São Tomé, Ålesund; e\u0301 composed, x\u0301",
        "the two governments’ arrangement docked; the price was settled in Chinese currency.4",
        "After a line break. ▲ one unnamed source and on.",
        "if x: return {y}",
    ):
        assert sentence in said
    assert URL in said.replace(" ", "")


def test_poppler_finds_every_entry_of_a_long_chronology(tmp_path: Path) -> None:
    said = as_running_text(pdf_text(render_pdf(chronology(300, 5)).data, tmp_path))
    for number in range(300):
        assert (
            f"Fact {number}: the two sides met in Islamabad and agreed to study the pipeline, the "
            f"power line and the railway, and to report on what it would cost. [{number % 40 + 1}]"
        ) in said
