"""Lists of contents: a page at most, in every format that has one, however long the brief."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from briefgen.brief.model import Brief, Entries, Entry, Heading, Section, Text
from briefgen.render.contents import MOST_LINES, contents_lines
from briefgen.render.docx import render_docx
from briefgen.render.docx.paging import page_layout
from briefgen.render.html import render_html
from briefgen.render.pdf import render_pdf
from judges import libreoffice_convert, pdf_words
from render.pdf.samples import brief, para


def _sections(*names: str, part: str = "years") -> tuple[Section, ...]:
    return tuple(
        Section(f"{part}-{number}", f"section-{part}-{number}", (Text(name),), (), part=part)
        for number, name in enumerate(names)
    )


def _texts(made: Brief) -> list[str]:
    return [line.text for line in contents_lines(made)]


def test_few_headings_are_listed_as_they_are() -> None:
    made = brief(*_sections("1998", "1999"), *_sections("Sources", part="sources"))
    assert _texts(made) == ["1998", "1999", "Sources"]


def test_many_years_are_listed_by_decades() -> None:
    years = _sections(*map(str, range(1773, 2024)))
    made = brief(*_sections("Scope", part="scope"), *years, *_sections("Sources", part="sources"))
    lines = _texts(made)
    assert lines[:4] == ["Scope", "1773–1779", "1780–1789", "1790–1799"]
    assert lines[-2:] == ["2020–2023", "Sources"]
    assert len(lines) <= MOST_LINES


def test_more_years_than_that_are_listed_by_centuries() -> None:
    assert _texts(brief(*_sections(*map(str, range(1000, 2024)))))[:2] == ["1000–1099", "1100–1199"]


def test_a_year_before_christ_and_the_undated_do_not_hinder_that() -> None:
    lines = _texts(brief(*_sections("44 BC", "AD 476", *map(str, range(1773, 2024)), "Undated")))
    assert lines[:4] == ["44 BC", "AD 476", "1773–1779", "1780–1789"]
    assert lines[-2:] == ["2020–2023", "Undated"]


def test_other_headings_of_one_kind_are_joined_to_a_page_too() -> None:
    names = [f"Name {number:03d}" for number in range(300)]
    lines = _texts(brief(*_sections(*names, part="actors")))
    assert len(lines) <= MOST_LINES
    assert lines[0] == "Name 000 – Name 007"
    assert lines[-1].endswith("Name 299")


def test_lower_headings_go_first() -> None:
    heads = tuple(Heading(2, (Text(f"H{number}"),), f"h-{number}") for number in range(60))
    made = brief(Section("a", "a", (Text("First"),), heads), Section("b", "b", (Text("Last"),), ()))
    assert _texts(made) == ["First", "Last"]


def _chronology() -> Brief:
    """250 years, a section each, some of them with dates that need a line of their own."""
    label = {1780: "between c. 1770 and 1779", 1800: "30 December 1799–2 January 1800"}
    sections = []
    for year in range(1773, 2024):
        name = label.get(year, str(year))
        told = Entries(
            tuple(Entry((Text(name),), (para("Told thus."),)) for _ in range(3)), "Date", "Event"
        )
        anchor = f"section-y-{year}"
        sections.append(Section(f"y-{year}", anchor, (Text(str(year)),), (told,), part="y"))
    return brief(*sections)


def _starts(pages: list[list[tuple[float, float, str]]]) -> Counter[int]:
    return Counter(round(x) for page in pages for x, _, word in page if word == "Told")


def _words(page: list[tuple[float, float, str]]) -> str:
    return " ".join(word for _, _, word in page)


@pytest.mark.slow
def test_a_chronology_of_decades_in_pdf_and_word(tmp_path: Path) -> None:
    made = _chronology()
    contents = tuple(page_layout(made, None).heading_pages.items())
    word = render_docx(made, contents=contents).data
    for data in (
        render_pdf(made).data,
        libreoffice_convert(word, tmp_path, source="docx", target="pdf"),
    ):
        pages = pdf_words(data, tmp_path)
        assert len(pages) > 10
        first, second = _words(pages[0]), _words(pages[1])
        assert "1780–1789" in first
        assert "2020–2023" in first
        assert "2020–2023" not in second
        assert len(_starts(pages)) == 1  # every text begins at one place


def test_a_chronology_of_decades_in_html() -> None:
    page = render_html(_chronology()).decode()
    nav = page.partition("<nav")[2].partition("</nav>")[0]
    listed = re.findall(r"<a [^>]*>([^<]*)</a>", nav)
    assert listed[:2] == ["1773–1779", "1780–1789"]
    assert len(listed) <= MOST_LINES
    assert re.search(r"\.entries > div \{[^}]*grid-template-columns: 12rem ", page)


def test_a_last_entry_never_stands_alone_at_the_head_of_a_page(tmp_path: Path) -> None:
    counts = set()
    for number in range(26, 46):
        entries = tuple(Entry((Text(str(n)),), (para("Told thus."),)) for n in range(number))
        told = Section("a", "a", (Text("A"),), (Entries(entries, "Date", "Event"),))
        made = brief(told, Section("b", "b", (Text("B"),), tuple(para("More.") for _ in range(9))))
        pages = pdf_words(render_pdf(made).data, tmp_path)
        counts.add([word for *_, word in pages[-1]].count("Told"))
    assert 2 in counts  # it came that close
    assert 1 not in counts
