"""PDF, set line by line from the document model.

The trip: `sections` and `blocks` cut the brief into measured slices, `pages` fills pages with
them, `drawing` puts pages on ReportLab's `canvas`, `file` says where links and bookmarks lead.
Measuring happens once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from briefgen.brief.model import Brief
from briefgen.render.fact_places import BlockPlace, FactPlace
from briefgen.render.paged import CONTENTS_FROM, Extents, PagedLayout
from briefgen.render.pdf.closing import close_up
from briefgen.render.pdf.lines import break_lines
from briefgen.render.pdf.looks import Look, Page, Style, page_for
from briefgen.render.pdf.pages import (
    PageContent,
    block_places,
    fact_places,
    fill_pages,
    heading_pages,
    pages_of,
)
from briefgen.render.pdf.runs import Run
from briefgen.render.pdf.sections import Story, StorySetter
from briefgen.render.pdf.setter import setter as setter_of
from briefgen.render.pdf.slices import PageNumber, Placed, Slice
from briefgen.values import valueclass

BODY_SIZE = 10.0
_ROUNDS = 4
"""How often pages are filled before references keep the room that they once had."""

PdfLayout: TypeAlias = PagedLayout


@valueclass(frozen=True, slots=True)
class PdfResult(PagedLayout):
    """A PDF, and what is worth knowing about it."""

    data: bytes
    warnings: tuple[str, ...]
    """What could not be set as written: one sentence each."""
    fact_places: tuple[FactPlace, ...]
    """Where facts stand on the pages, in reading order, if that was asked."""
    block_places: tuple[BlockPlace, ...] = ()
    """Where the blocks of the sections stand that were asked about."""


def render_pdf(
    brief: Brief,
    *,
    body_size: float = BODY_SIZE,
    locate_facts: bool = False,
    locate_blocks: Collection[str] = (),
) -> PdfResult:
    """`brief` as a PDF: the same bytes for the same brief, every font embedded.

    `body_size` is the size of running text in points; all other sizes follow it. With
    `locate_facts` the result tells where facts stand, with `locate_blocks` where the blocks of
    sections stand, by id. Nothing is ever fetched or read but fonts.
    Raises `OutputError` where our own fonts are not installed.
    """
    # Imported here: who only asks for page numbers needs no drawing.
    from briefgen.render.pdf.canvas import BriefCanvas
    from briefgen.render.pdf.drawing import PageDrawer, Pen
    from briefgen.render.pdf.file import Leads, put_properties
    from briefgen.render.pdf.furniture import Furniture

    laid = _lay_out(brief, body_size)
    page, pages, setter = laid.page, laid.pages, laid.setter.setter
    canvas = BriefCanvas(page.width, page.height, setter_of("regular").primary, brief.language)
    drawer = PageDrawer(page)
    drawer.locate(pages)
    leads = Leads(canvas, drawer.places, laid.story.headings())
    furniture = Furniture(brief, page, setter)
    _fill_in_page_numbers(pages, laid.heading_pages(), laid.setter)
    layout = laid.layout()
    facts = fact_places(pages, page.left, page.top) if locate_facts else ()
    blocks = block_places(pages, page.left, page.top, locate_blocks) if locate_blocks else ()
    del laid  # what is drawn is let go of, page by page: a long brief's lines take 100 MB
    pages.reverse()
    for number in range(1, layout.pages + 1):
        pen = Pen(canvas)
        drawer.draw(pages.pop(), pen)
        furniture.draw(pen, number, layout.pages)
        pen.finish()
        leads.put_links(number, pen.links)
        canvas.showPage()
    leads.put_bookmarks()
    put_properties(canvas, brief)
    data = canvas.getpdfdata()
    return PdfResult(
        layout.pages,
        layout.heading_pages,
        layout.extents,
        data,
        setter.lacks.warnings(),
        facts,
        blocks,
    )


def lay_out_pdf(brief: Brief, *, body_size: float = BODY_SIZE) -> PdfLayout:
    """The pages that `render_pdf` would make of `brief`, not drawn."""
    return _lay_out(brief, body_size).layout()


@dataclass(slots=True)
class _LaidOut:
    page: Page
    setter: StorySetter
    story: Story
    pages: list[PageContent]

    def layout(self) -> PdfLayout:
        body = round(self.page.body_height, 2)
        extents = Extents(body, tuple(round(page.height, 2) for page in self.pages))
        return PdfLayout(len(self.pages), self.heading_pages(), extents)

    def heading_pages(self) -> dict[str, int]:
        return heading_pages(self.pages)


def _lay_out(brief: Brief, body_size: float) -> _LaidOut:
    page = page_for(brief.paper)
    setter = StorySetter(brief, page, Style(body_size))
    story = setter.story()
    contents: list[Slice] = []
    rounds = 0
    closed = False
    while True:
        rounds += 1
        slices = story.slices(contents)
        pages = fill_pages(slices, page.body_height, story.notes)
        if brief.lists_contents and not contents and len(pages) >= CONTENTS_FROM:
            contents = setter.contents()
            if contents:
                continue
        # What references say of pages may move what they speak of, which is seen next time.
        cited = pages_of(story.references.cited, pages)
        if not story.references.tell_pages(cited, shrink=rounds <= _ROUNDS):
            if not closed:
                leading = setter.style.leading
                closed = close_up(slices, pages, leading, page.body_height, story.notes)
                if closed:
                    continue
            return _LaidOut(page, setter, story, pages)


def _fill_in_page_numbers(
    pages: list[PageContent], places: Mapping[str, int], setter: StorySetter
) -> None:
    look = Look("regular", setter.style.body)
    for content in pages:
        for standing in content.standing:
            for wanted in reversed(standing.slice.page_numbers):
                _add_number(standing.slice, wanted, places[wanted.anchor], look, setter)


def _add_number(
    each: Slice, wanted: PageNumber, page: int, look: Look, setter: StorySetter
) -> None:
    run = Run(str(page), look, f"#{wanted.anchor}")
    line = break_lines(setter.setter.measured([run]), float("inf"))[0]
    each.lines.insert(wanted.line + 1, Placed(wanted.right - line.width, wanted.drop, line))
