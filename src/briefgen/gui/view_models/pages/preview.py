"""A brief as its author sees it while working: its pages, and where on them each fact stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from briefgen.brief.spec.model import BriefSpec
from briefgen.errors import Problem
from briefgen.gui.view_models.words import counted
from briefgen.render.fact_places import FactPlace as FactPlace

if TYPE_CHECKING:
    from briefgen.gui.view_models.pages.remarks import Remark
    from briefgen.pipeline.draft import MadeBrief, Step
    from briefgen.pipeline.resources import Resources
    from briefgen.render.pdf import PdfLayout


@dataclass(frozen=True, slots=True)
class Preview:
    """The pages of a brief, and what there is to say about them."""

    data: bytes
    """The PDF, as an export would write it."""
    title: str
    pages: int
    max_pages: int | None
    places: tuple[FactPlace, ...]
    """In reading order."""
    fact_ids: tuple[str, ...]
    """The facts that the brief draws on, in its order."""
    warnings: tuple[str, ...]
    problems: tuple[Problem, ...]
    over_budget: str
    """Over `max_pages`: by how much, and roughly what would bring it back. Empty when it fits."""
    room: str
    """What is left, in words: `room for 11 more lines in two pages`; empty where not to tell."""
    remarks: tuple[Remark, ...] = ()
    """What a careful reader would want to know."""
    sections: tuple[str, ...] = ()
    """The template's sections that came out, by id, in order."""
    marking: str = ""
    """What each page carries, asked for or found."""


def make_preview(
    spec: BriefSpec,
    base: Path,
    templates: tuple[Path, ...],
    resources: Resources,
    created: datetime,
    today: date,
    step: Step = lambda text: None,
) -> Preview:
    """The pages that an export of `spec` as PDF would have.

    What takes long and can wait is not done: over budget, no sections are tried for what leaving
    them out would save. Raises `BriefgenError` where an export would.
    """
    from briefgen.gui.view_models.pages.remarks import remarks_on
    from briefgen.pipeline.budget import template_id
    from briefgen.pipeline.draft import assemble_draft, cite_draft
    from briefgen.pipeline.render import read_house
    from briefgen.render.pdf import render_pdf

    read_house(spec)
    drafted = assemble_draft(
        spec, base, templates, resources, created=created, today=today, step=step
    )
    step("citing")
    drafted = cite_draft(drafted, resources)
    step("laying out pages")
    pdf = render_pdf(drafted.brief, locate_facts=True)
    step("looking at it with care")
    remarks = remarks_on(
        spec, resources.base(base), resources.template(spec.template, templates), today
    )
    budget = spec.max_pages
    over = budget is not None and pdf.pages > budget
    return Preview(
        data=pdf.data,
        title=drafted.brief.title,
        pages=pdf.pages,
        max_pages=budget,
        places=pdf.fact_places,
        fact_ids=drafted.fact_ids,
        warnings=tuple(dict.fromkeys((*drafted.warnings, *pdf.warnings))),
        problems=drafted.problems,
        over_budget=_excess(drafted, pdf, budget) if budget is not None and over else "",
        room=room_left(pdf, budget) if budget is not None and not over else "",
        remarks=remarks,
        sections=tuple(
            dict.fromkeys(
                template_id(one, drafted.template_sections) for one in drafted.brief.sections
            )
        ),
        marking=drafted.brief.marking,
    )


def room_left(layout: PdfLayout, budget: int) -> str:
    """How much more text fits into `budget` pages, in words; empty when there are more already."""
    from briefgen.render.pdf import BODY_SIZE
    from briefgen.render.pdf.looks import Style

    if layout.pages > budget:
        return ""
    leading = Style(BODY_SIZE).leading
    extents = layout.extents
    a_page = int(extents.page_body / leading)
    # A hair's breadth of rounding must not cost a line.
    lines = max(0, int((extents.page_body - extents.last_page) / leading + 0.01))
    pages = budget - layout.pages
    within = f"in {_number(budget)} {'page' if budget == 1 else 'pages'}"
    if lines >= a_page:
        pages, lines = pages + 1, 0
    if not pages and not lines:
        return f"no room for another line {within}"
    said = []
    if pages:
        said.append(counted(pages, "more page"))
    if lines:
        said.append(counted(lines, "line" if pages else "more line"))
    return f"room for {' and '.join(said)} {within}"


def _excess(drafted: MadeBrief, layout: PdfLayout, budget: int) -> str:
    """How far over its budget the brief is, without trying what would bring it back."""
    from briefgen.pipeline.budget import over_budget

    extents = layout.extents
    return over_budget(
        drafted.brief,
        (),  # no section is proposed: whether leaving it out is enough would have to be tried
        layout.pages,
        budget,
        {},
        extents.last_page / extents.page_body,
        len(drafted.fact_ids),
        lambda shorter: layout.pages,
    )


_NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
)  # fmt: skip


def _number(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)
