"""A cited brief to the bytes of every file that was asked for.

The PDF layout is also what knows page numbers: for the list of contents of a Word document, and
for a page budget. It is made once, and only when one of these is wanted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefgen.brief.model import Brief, Code, Flag, LineBreak, Preformatted, Text
from briefgen.brief.spec.model import OutputFormat
from briefgen.brief.walk import inlines_in, walk_blocks, walk_runs

if TYPE_CHECKING:
    from briefgen.render.pdf import PdfLayout

CONTENTS_FROM = 4
"""Pages from which a document opens with a list of its contents, as the PDF's does."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """The bytes of each format, and what the person should know."""

    data: Mapping[OutputFormat, bytes]
    warnings: tuple[str, ...]
    over_budget: str


@dataclass(frozen=True, slots=True)
class Budget:
    """What advice on a page budget needs to know about a brief."""

    pages: int
    template_sections: tuple[str, ...]
    facts: int


def render_all(
    brief: Brief,
    formats: Sequence[OutputFormat],
    house: bytes | None,
    budget: Budget | None,
    step: Callable[[str], None],
) -> Rendered:
    """Render `brief` in every format. Raises `InputError` for an unusable house document."""
    data: dict[OutputFormat, bytes] = {}
    warnings: list[str] = []
    layout: PdfLayout | None = None
    if "pdf" in formats:
        from briefgen.render.pdf import render_pdf

        step("laying out pages")
        layout = pdf = render_pdf(brief)
        data["pdf"] = pdf.data
        warnings += pdf.warnings
    elif budget is not None or ("docx" in formats and not surely_short(brief)):
        from briefgen.render.pdf import lay_out_pdf

        step("laying out pages")
        layout = lay_out_pdf(brief)
    for format_ in formats:
        if format_ == "pdf":
            continue
        if format_ == "docx":
            step("writing the Word document")
            data[format_] = _docx(brief, house, layout, warnings)
        else:
            from briefgen.render import load

            step(f"writing {format_}")
            data[format_] = load(format_)(brief)
    over = ""
    if budget is not None and layout is not None and layout.pages > budget.pages:
        step("looking for what would bring it back")
        over = _over_budget(brief, budget, layout)
    return Rendered(data, tuple(warnings), over)


def surely_short(brief: Brief) -> bool:
    """Whether `brief` certainly has too few pages for a list of contents.

    Counts lines as if every text were set at 50 characters a line with a blank line around it,
    on pages of 30: real pages hold far more. False says nothing.
    """
    lines = 12.0 + 2 * len(brief.masthead)
    for section in brief.sections:
        lines += 30 if section.break_before else 3
    most = (CONTENTS_FROM - 1) * 30
    if any(isinstance(block, Preformatted) for block in walk_blocks(brief)):
        return False
    for run in walk_runs(brief):
        lines += 2
        for one in inlines_in(run):
            if isinstance(one, Text | Code | Flag):
                lines += len(one.text) / 50
            elif isinstance(one, LineBreak):
                lines += 1
        if lines > most:
            return False
    return True


def _docx(
    brief: Brief, house: bytes | None, layout: PdfLayout | None, warnings: list[str]
) -> bytes:
    from briefgen.render.docx import render_docx

    long = layout is not None and layout.pages >= CONTENTS_FROM
    contents = tuple(layout.heading_pages.items()) if layout is not None and long else None
    result = render_docx(brief, house=house, contents=contents)
    warnings += result.warnings
    return result.data


def _over_budget(brief: Brief, budget: Budget, layout: PdfLayout) -> str:
    from briefgen.pipeline.budget import over_budget
    from briefgen.render.pdf import lay_out_pdf

    extents = layout.extents
    return over_budget(
        brief,
        budget.template_sections,
        layout.pages,
        budget.pages,
        {name: height / extents.page_body for name, height in extents.sections.items()},
        extents.last_page / extents.page_body,
        budget.facts,
        lambda shorter: lay_out_pdf(shorter).pages,
    )
