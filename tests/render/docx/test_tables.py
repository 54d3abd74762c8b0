"""Columns of tables hold their words, whatever font stands in for the document's."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

import judges
from briefgen.brief.model import Brief, Column, Row, Table, Text
from briefgen.render.docx import render_docx
from briefgen.render.docx.opening import reference_document
from briefgen.render.docx.widths import label_width, longest_piece, widest_stand_in
from render.docx.word_file import changed_package
from render.texts import brief_of

THEME = "word/theme/theme1.xml"
CELLS = (
    ("Bilateral trade, USD million", "about\u00a0542", "July\u00a02022–May\u00a02023", "reported"),
    (
        "Russian crude delivered to Pakistan, tonnes",
        "45,000",
        "c.\u00a0Sept\u00a02023",
        "discussed",
    ),
)


def _figures() -> Brief:
    columns = [
        Column((Text(name),), align, width)
        for name, align, width in (
            ("Measure", "left", 3.0),
            ("Value", "right", 1.0),
            ("Period", "left", 1.5),
            ("Basis", "left", 1.0),
            ("Language", "left", 0.5),
        )
    ]
    rows = [Row(tuple((Text(cell),) for cell in (*cells, "interpreted"))) for cells in CELLS]
    return brief_of(Table(tuple(columns), tuple(rows), caption="Figures"))


@pytest.mark.parametrize("font", ["Calibri", "DejaVu Sans"])
def test_no_word_number_or_date_is_broken(font: str, tmp_path: Path) -> None:
    with zipfile.ZipFile(BytesIO(reference_document())) as package:
        theme = package.read(THEME).replace(b'typeface="Calibri"', f'typeface="{font}"'.encode())
    house = changed_package(reference_document(), {THEME: theme})
    data = render_docx(_figures(), house=house).data
    pdf = judges.libreoffice_convert(data, tmp_path, source="docx", target="pdf")
    said = judges.pdf_text(pdf, tmp_path).replace("\u00a0", " ")
    for cells in CELLS:
        for cell in (*cells[1:], "interpreted", "Language", "Pakistan,"):
            assert cell.replace("\u00a0", " ") in said


def test_the_widest_piece_is_no_matter_of_letters_counted() -> None:
    assert longest_piece("illicit WMMWWM") == "WMMWWM"
    assert (
        widest_stand_in("45,000", bold=True)
        > widest_stand_in("45,000")
        > label_width("45,000") - 100
    )
