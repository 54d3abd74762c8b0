"""What poppler and qpdf make of our PDFs."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest

from briefgen.brief.model import Brief, Text
from briefgen.render.pdf import render_pdf
from judges import as_running_text, pdf_fonts, pdf_info, pdf_text, pdf_words, qpdf_errors
from render.pdf.samples import (
    NASTY,
    URL,
    chronology,
    drawn_page,
    everything,
    long_table,
    noted_chronology,
)
from render.sample_brief import rich_brief

pytestmark = pytest.mark.slow

BRIEFS = {
    "drawn page": drawn_page(),
    "everything": everything(),
    "rich": rich_brief(),
    "chronology": chronology(120, 3),
    "table": long_table(120),
    "notes": noted_chronology(60),
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


@pytest.mark.parametrize("entries", [5, 50, 500])
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_poppler_finds_every_note_below_the_text_of_the_page_of_its_mark(
    entries: int, paper: Literal["a4", "letter"], tmp_path: Path
) -> None:
    made = replace(noted_chronology(entries), paper=paper)
    result = render_pdf(made)
    assert qpdf_errors(result.data, tmp_path) == []
    pages = pdf_words(result.data, tmp_path)
    assert len(pages) == result.pages
    cited_on: dict[int, set[int]] = {}
    said: dict[int, list[str]] = {note.number: [] for note in made.notes}
    for number, words in enumerate(pages, start=1):
        marks = {int(m[1]): top for _, top, word in words if (m := re.match(r"m(\d+)x", word))}
        starts = [int(m[1]) for _, _, word in words if (m := re.match(r"n(\d+)w0$", word))]
        foot = [(top, word) for _, top, word in words if re.match(r"n\d+w\d+$", word)]
        assert sorted(starts) == sorted(marks)
        for _, word in foot:
            said[int(word[1 : word.index("w")])].append(word)
        if foot and marks:
            assert max(marks.values()) < min(top for top, _ in foot) - 15
        for note in marks:
            cited_on.setdefault(note, set()).add(number)
    for note in made.notes:
        whole = "".join(i.text for i in note.content if isinstance(i, Text)).split()
        # Once, whole and in order, on each page that has a mark.
        assert said[note.number] == whole * len(cited_on[note.number])


def test_poppler_finds_citations_on_the_pages_that_references_tell(tmp_path: Path) -> None:
    data = render_pdf(chronology(200, 6)).data
    pages = pdf_words(data, tmp_path)
    true: dict[int, set[int]] = {}
    for number, words in enumerate(pages, start=1):
        for _, _, word in words:
            if cited := re.fullmatch(r"\[(\d+)\]\.?", word):
                true.setdefault(int(cited[1]), set()).add(number)
    said = as_running_text(pdf_text(data, tmp_path))
    entries = re.findall(r"\[(\d+)\] Author \d+, .*?2013\. Cited on pp?\. ([^.]*)\.", said)
    assert len(entries) == 40
    for label, told in entries:
        listed: set[int] = set()
        for first, last in re.findall(r"(\d+)(?:–(\d+))?", told):
            listed |= set(range(int(first), int(last or first) + 1))
        # The entry's own label is found as a citation, too.
        assert listed <= true[int(label)]
        assert len(true[int(label)] - listed) <= 1
