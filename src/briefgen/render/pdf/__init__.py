"""PDF, set line by line from the document model.

The trip: `sections` and `blocks` cut the brief into measured slices, `pages` fills pages with
them, `drawing` turns pages into operators, `file` writes the objects. Measuring happens once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from briefgen.brief.model import Brief
from briefgen.render.pdf.drawing import DrawnPage, PageDrawer, Pen
from briefgen.render.pdf.embedding import FontBook
from briefgen.render.pdf.file import write_pdf
from briefgen.render.pdf.furniture import Furniture
from briefgen.render.pdf.lines import break_lines
from briefgen.render.pdf.looks import Look, Style, page_for
from briefgen.render.pdf.pages import PageContent, fill_pages, section_heights
from briefgen.render.pdf.runs import Run
from briefgen.render.pdf.sections import StorySetter
from briefgen.render.pdf.slices import PageNumber, Placed, Slice

BODY_SIZE = 10.0
CONTENTS_FROM = 4
"""Pages from which a brief gets a list of contents."""


@dataclass(frozen=True, slots=True)
class Extents:
    """How much room a brief takes, in points of height: what a page budget reckons with."""

    sections: Mapping[str, float]
    """Section id to the height of its text, wherever its pages end."""
    page_body: float
    """Height of the text on a full page."""
    last_page: float
    """Height of the text on the last page."""


@dataclass(frozen=True, slots=True)
class PdfResult:
    """A PDF, and what is worth knowing about it."""

    data: bytes
    pages: int
    heading_pages: Mapping[str, int]
    """Anchor of each heading to the page, from 1, on which it stands."""
    extents: Extents
    warnings: tuple[str, ...]
    """What could not be set as written: one sentence each."""


def render_pdf(brief: Brief, *, body_size: float = BODY_SIZE) -> PdfResult:
    """`brief` as a PDF: the same bytes for the same brief, every font embedded.

    `body_size` is the size of running text in points; all other sizes follow it. Nothing is ever
    fetched or read but fonts. Raises `OutputError` where our own fonts are not installed.
    """
    page = page_for(brief.paper)
    setter = StorySetter(brief, page, Style(body_size))
    story = setter.story()
    slices = [*story.masthead, *story.sections]
    pages = fill_pages(slices, page.body_height)
    if len(pages) >= CONTENTS_FROM:
        place = story.opening
        after = story.sections[place:]
        contents = setter.contents([each.heading for each in after if each.heading is not None])
        if contents:
            slices = [*story.masthead, *story.sections[:place], *contents, *after]
            pages = fill_pages(slices, page.body_height)
    fonts = FontBook()
    drawer = PageDrawer(page, fonts)
    drawer.locate(pages)
    furniture = Furniture(brief, page, setter.setter)
    _fill_in_page_numbers(pages, drawer, setter)
    drawn: list[DrawnPage] = []
    for number, content in enumerate(pages, start=1):
        pen = Pen(fonts)
        drawer.draw(content, pen)
        furniture.draw(pen, number, len(pages))
        drawn.append(pen.finish())
    data = write_pdf(brief, page, drawn, drawer.places, story.headings(), fonts)
    heights = section_heights(story.sections)
    extents = Extents(heights, round(page.body_height, 2), round(pages[-1].height, 2))
    return PdfResult(
        data, len(pages), drawer.heading_pages, extents, setter.setter.lacks.warnings()
    )


def _fill_in_page_numbers(
    pages: list[PageContent], drawer: PageDrawer, setter: StorySetter
) -> None:
    look = Look("regular", setter.style.body)
    for content in pages:
        for standing in content.standing:
            for wanted in standing.slice.page_numbers:
                page = drawer.places[wanted.anchor].page
                _add_number(standing.slice, wanted, page, look, setter)


def _add_number(
    each: Slice, wanted: PageNumber, page: int, look: Look, setter: StorySetter
) -> None:
    run = Run(str(page), look, f"#{wanted.anchor}")
    line = break_lines(setter.setter.measured([run]), float("inf"))[0]
    each.lines.append(Placed(wanted.right - line.width, wanted.drop, line))
