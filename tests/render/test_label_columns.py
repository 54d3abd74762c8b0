"""The columns of labels of one document: few widths, none much wider than its labels."""

from __future__ import annotations

from pathlib import Path

from briefgen.brief.model import Brief, Entries, Entry, Section, Text
from briefgen.render.docx import render_docx
from briefgen.render.label_columns import label_columns, shared_columns
from briefgen.render.pdf import render_pdf
from judges import libreoffice_convert, pdf_words
from render.pdf.samples import brief, para


def _entries(*labels: str, kind: str = "Date") -> Entries:
    made = tuple(Entry((Text(label),), (para("Told thus."),)) for label in labels)
    return Entries(made, kind, "Fact")


def _brief() -> Brief:
    return brief(
        Section("a", "a", (Text("First"),), (_entries("May 2011"),)),
        Section("b", "b", (Text("Second"),), (_entries("about December 2017"),)),
        Section("c", "c", (Text("Third"),), (_entries("1", "2", kind="Line"),)),
        Section("d", "d", (Text("Fourth"),), (_entries("May"),), tone="warning"),
    )


def test_nearly_as_wide_is_as_wide() -> None:
    assert shared_columns([100, 60, 40, 20, 10]) == [100, 100, 100, 20, 20]
    assert shared_columns([]) == []


def test_boxes_have_columns_of_their_own() -> None:
    made = _brief()
    widths = label_columns(made, lambda block: len(str(block.entries[0].label)))
    first, second, _, box = (widths[id(section.blocks[0])] for section in made.sections)
    assert first == second > box


def test_dates_have_one_column_however_short_those_of_a_decade_are() -> None:
    made = brief(
        Section("a", "a", (Text("1780s"),), (_entries("1784"),)),
        Section("b", "b", (Text("1790s"),), (_entries("June 1796–November 1797"),)),
    )
    widths = label_columns(made, lambda block: len(str(block.entries[0].label)))
    assert len(set(widths.values())) == 1


def _starts(pages: list[list[tuple[float, float, str]]]) -> list[float]:
    return [round(x) for page in pages for x, _, word in page if word == "Told"]


def test_text_beside_labels_starts_at_two_places_in_pdf_and_word(tmp_path: Path) -> None:
    made = _brief()
    word = libreoffice_convert(render_docx(made).data, tmp_path, source="docx", target="pdf")
    for data in (render_pdf(made).data, word):
        first, second, third, fourth, _ = _starts(pdf_words(data, tmp_path))
        assert first == second
        assert third == fourth < first - 30
