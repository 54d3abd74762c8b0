"""How many pages a brief has, in each kind of file that has pages.

A budget of pages is about those before the annex, in templates that have one: what is looked up
there may be long.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, Protocol

from briefgen.render.paged import CONTENTS_FROM, Extents

if TYPE_CHECKING:
    from briefgen.brief.model import Brief
    from briefgen.brief.spec.model import OutputFormat
    from briefgen.brief.template.model import Template

PAGED: tuple[OutputFormat, ...] = ("docx", "pdf")
"""What has pages. Whoever reads the others has lines, or a window."""


class PageCount(NamedTuple):
    """Pages of one file."""

    body: int
    """Those before the annex; all of them where there is none."""
    all: int


class Layout(Protocol):
    """What is asked of a document that was laid out."""

    @property
    def pages(self) -> int:
        """How many there are."""

    @property
    def heading_pages(self) -> Mapping[str, int]:
        """Anchor of each heading to the page, from 1, on which it stands."""

    @property
    def extents(self) -> Extents:
        """How much room it takes."""


def annex_of(template: Template, brief: Brief) -> str:
    """The anchor of the section that opens the annex of `brief`; empty where it has none."""
    dividers = {section.id for section in template.sections if section.show == "annex"}
    return next((section.anchor for section in brief.sections if section.id in dividers), "")


def counted(brief: Brief, annex: str, layout: Layout) -> PageCount:
    """The pages of `brief` as it was laid out; `annex` is as `annex_of` gives it."""
    page = layout.heading_pages.get(annex) if annex else None
    if page is None:
        return PageCount(layout.pages, layout.pages)
    opens_a_page = any(
        section.break_before for section in brief.sections if section.anchor == annex
    )
    return PageCount(max(1, page - 1) if opens_a_page else page, layout.pages)


def length_of(brief: Brief, annex: str, layout: Layout) -> float:
    """How long `brief` is before its annex, in pages: 2.4 where the third is filled to four tenths.

    Never more than its pages, nor as few as one less.
    """
    pages = counted(brief, annex, layout).body
    extents = layout.extents
    if not extents.page_body or len(extents.filled) < pages:
        return float(pages)
    filled = extents.filled[pages - 1] / extents.page_body
    return pages - 1 + min(1.0, max(0.01, filled))


def body_alone(brief: Brief, annex: str, *, is_long: bool) -> Brief:
    """The brief with nothing in its annex but headings: as many pages before it, found sooner.

    What stands there decides nothing before it but whether there is a list of contents, which
    takes room. `is_long`: whether the annex alone calls for one; then its headings do so, too,
    each on a page of its own. Where that is not sure the brief comes back as it is.
    """
    place = next((n for n, section in enumerate(brief.sections) if section.anchor == annex), None)
    if not annex or place is None:
        return brief
    if brief.lists_contents and not (is_long and len(brief.sections) - place >= CONTENTS_FROM):
        return brief
    headings = [replace(one, blocks=(), break_before=True) for one in brief.sections[place:]]
    return replace(brief, sections=(*brief.sections[:place], *headings))


def most_pages(pages: Mapping[OutputFormat, PageCount]) -> int:
    """The pages that a budget is held against: before the annex, in the file that has most."""
    return max((count.body for count in pages.values()), default=0)


def has_pages(formats: Iterable[OutputFormat]) -> bool:
    """Whether any of `formats` has pages."""
    return any(format_ in PAGED for format_ in formats)


def laid_out_for_budget(
    brief: Brief,
    formats: Iterable[OutputFormat],
    house: bytes | None,
    made: Mapping[str, Layout | None] = MappingProxyType({}),
) -> dict[OutputFormat, Layout]:
    """The layout of each file that has pages; where none has, of the PDF that one would get.

    `brief` is cited, `house` is what its DOCX is written on (None: our own look), `made` are
    layouts that there are already, by format.
    """
    held = tuple(format_ for format_ in PAGED if format_ in set(formats)) or PAGED[-1:]
    return {format_: made.get(format_) or lay_out(brief, format_, house) for format_ in held}


def counted_each(
    brief: Brief, annex: str, layouts: Mapping[OutputFormat, Layout]
) -> dict[OutputFormat, PageCount]:
    """The pages of each file."""
    return {format_: counted(brief, annex, layout) for format_, layout in layouts.items()}


def missing_fonts(layouts: Mapping[OutputFormat, Layout]) -> tuple[str, ...]:
    """Families of the Word file that this machine has no font for: others were measured."""
    from briefgen.render.docx.paging import DocxLayout

    return tuple(
        family
        for layout in layouts.values()
        if isinstance(layout, DocxLayout)
        for family in layout.missing_fonts
    )


def lay_out(brief: Brief, format_: OutputFormat, house: bytes | None) -> Layout:
    """A cited brief laid out as its file of that format would be.

    Raises `InputError` for a house that cannot be used.
    """
    if format_ == "docx":
        from briefgen.render.docx.paging import page_layout

        return page_layout(brief, house)
    from briefgen.render.pdf import lay_out_pdf

    return lay_out_pdf(brief)
