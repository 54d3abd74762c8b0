"""Which renderers run, and what one tells another."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.brief.model import (
    Block,
    Brief,
    Entries,
    Entry,
    ListBlock,
    Paragraph,
    Section,
    Text,
)
from briefgen.brief.spec.model import BriefSpec, OutputFormat
from briefgen.brief.template.model import SectionTemplate, Template, TextTemplate
from briefgen.cite.styles import load_style
from briefgen.pipeline.draft import MadeBrief
from briefgen.pipeline.render import render_brief, surely_short
from briefgen.render import docx, pdf
from briefgen.render.docx import DocxResult, paging
from briefgen.render.paged import Extents


def paragraph(characters: int) -> Paragraph:
    return Paragraph((Text(("lorem ipsum dolor " * (characters // 18 + 1))[:characters]),))


def brief(*blocks: Block, annexes: int = 0) -> Brief:
    sections = [Section("s", "section-s", (Text("One"),), blocks)]
    for number in range(annexes):
        name = f"a{number}"
        sections.append(
            Section(name, f"section-{name}", (Text("A"),), (paragraph(9),), break_before=True)
        )
    return Brief(
        title="T", kind="Brief", subtitle="", language="en", paper="a4", marking="", masthead=(),
        sections=tuple(sections), printed_date="", created=datetime(2026, 11, 21, tzinfo=UTC),
    )  # fmt: skip


HEADING = TextTemplate("A heading")
TEMPLATE = Template(
    "t", "T", "A template", HEADING, None, (),
    (SectionTemplate("s", HEADING, "bullets"), SectionTemplate("a0", HEADING, "annex")),
)  # fmt: skip


def rendered(whole: Brief, format_: OutputFormat, max_pages: int | None = None) -> MadeBrief:
    made = MadeBrief(
        spec=BriefSpec(max_pages=max_pages), brief=whole, uncited=whole, style=load_style("apa"),
        sources={}, template=TEMPLATE, fact_ids=("f",) * 40, warnings=(), problems=(),
    )  # fmt: skip
    return render_brief(made, (format_,), None)


blocks = st.one_of(
    st.integers(1, 900).map(paragraph),
    st.lists(st.integers(1, 200), min_size=1, max_size=8).map(
        lambda sizes: ListBlock(tuple((paragraph(size),) for size in sizes))
    ),
    st.lists(st.integers(1, 300), min_size=1, max_size=8).map(
        lambda sizes: Entries(
            tuple(Entry((Text("21 September 2011"),), (paragraph(size),)) for size in sizes),
            "Date",
            "Event",
        )
    ),
)


@given(st.lists(blocks, max_size=20), st.integers(0, 2), st.sampled_from(["a4", "letter"]))
@settings(deadline=None, max_examples=40)
def test_what_is_surely_short_needs_no_contents(made: list[Block], annexes: int, paper) -> None:
    whole = replace(brief(*made, annexes=annexes), paper=paper)

    assert not surely_short(whole) or pdf.render_pdf(whole).pages <= 3


def test_short_and_long_are_told_apart() -> None:
    assert surely_short(brief(paragraph(500)))
    assert not surely_short(brief(*[paragraph(500)] * 60))
    assert not surely_short(brief(annexes=3))


@pytest.fixture
def handed_on(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The contents that the Word writer was handed."""
    seen: list[object] = []

    def render_docx(brief: Brief, *, house: object, contents: object, pages: int) -> DocxResult:
        seen.append(contents)
        return DocxResult(b"docx", ("from docx",))

    monkeypatch.setattr(docx, "render_docx", render_docx)
    return seen


def test_a_short_word_document_needs_no_page_layout(
    monkeypatch: pytest.MonkeyPatch, handed_on: list[object]
) -> None:
    monkeypatch.setattr(paging, "page_layout", None)  # calling it would fail

    made = rendered(brief(paragraph(9)), "docx")

    assert (made.data, made.warnings) == ({"docx": b"docx"}, ("from docx",))
    assert handed_on == [()]


def test_a_word_document_without_a_list_of_contents_needs_no_page_layout(
    monkeypatch: pytest.MonkeyPatch, handed_on: list[object]
) -> None:
    monkeypatch.setattr(paging, "page_layout", None)
    long = replace(brief(*[paragraph(900)] * 40, annexes=1), lists_contents=False)

    rendered(long, "docx")

    assert handed_on == [()]


ESTIMATED = (
    "the page numbers in the contents of the Word file were counted without its font Calibri, which"
    " this machine lacks: in Word, click in the contents and press F9 to count them again"
)


@pytest.mark.parametrize(("missing", "said"), [((), []), (("Calibri",), [ESTIMATED])])
def test_a_long_word_document_lists_its_contents_with_pages_and_says_how_surely(
    handed_on: list[object],
    monkeypatch: pytest.MonkeyPatch,
    missing: tuple[str, ...],
    said: list[str],
) -> None:
    monkeypatch.setattr(paging, "page_layout", lambda brief, house: laid_out(missing))

    made = rendered(brief(*[paragraph(900)] * 40, annexes=1), "docx")

    assert handed_on == [(("section-s", 1), ("section-a0", 6))]
    assert [warning for warning in made.warnings if "contents" in warning] == said


def laid_out(missing: tuple[str, ...]) -> paging.DocxLayout:
    """Six pages, the annex on the last."""
    return paging.DocxLayout(
        pages=6,
        heading_pages={"section-s": 1, "section-a0": 6},
        extents=Extents(700.0, (700.0,) * 6),
        missing_fonts=missing,
        lines=(),
    )


COUNTED_WITHOUT = (
    "the pages of the Word file were counted without its font Calibri, which this machine lacks: "
    "with the real ones there may be more or fewer"
)


@pytest.mark.parametrize(("missing", "said"), [((), []), (("Calibri",), [COUNTED_WITHOUT])])
def test_a_budget_counts_the_pages_of_the_word_file_and_says_how_surely(
    handed_on: list[object],
    monkeypatch: pytest.MonkeyPatch,
    missing: tuple[str, ...],
    said: list[str],
) -> None:
    monkeypatch.setattr(paging, "page_layout", lambda brief, house: laid_out(missing))

    made = rendered(brief(paragraph(90), annexes=1), "docx", max_pages=5)

    assert made.pages["docx"] == (5, 6)
    assert made.over_budget == ""
    assert [warning for warning in made.warnings if "counted" in warning] == said


def test_a_budget_counts_the_pages_before_the_annex_whatever_is_written() -> None:
    long = brief(*[paragraph(900)] * 40, annexes=1)

    made = rendered(long, "html", max_pages=2)

    assert list(made.data) == ["html"]
    body, every = made.pages["pdf"]
    assert every == body + 1 > 3
    assert made.over_budget == (
        f"{body} pages before the annex are {body - 2} more than the 2 allowed; "
        f"have export --fit look for what may go, or allow {body} pages"
    )


def test_a_long_annex_is_not_over_budget() -> None:
    short = brief(paragraph(90), annexes=9)

    made = rendered(short, "pdf", max_pages=1)

    assert made.pages["pdf"] == (1, 10)
    assert made.over_budget == ""
