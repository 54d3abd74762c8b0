"""A brief as its author sees it while working: its pages, and where on them each fact stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from briefgen.brief.spec.model import BriefSpec
from briefgen.errors import Problem
from briefgen.gui.view_models.words import counted
from briefgen.render.fact_places import FactPlace as FactPlace

if TYPE_CHECKING:
    from briefgen.brief.assemble.placements import SectionCount
    from briefgen.brief.assemble.requirements import Missing
    from briefgen.gui.view_models.pages.own_places import OwnPlace
    from briefgen.gui.view_models.pages.printed import Printed
    from briefgen.gui.view_models.pages.remarks import Remark
    from briefgen.pipeline.draft import Step
    from briefgen.pipeline.resources import Resources
    from briefgen.render.pdf import PdfLayout


@dataclass(frozen=True, slots=True)
class Preview:
    """The pages of a brief, and what there is to say about them."""

    data: bytes
    """The PDF, as an export would write it."""
    title: str
    pages: int
    """Of the PDF, the annex included."""
    counted: int
    """Those that a budget is held against: before the annex, in the output that has most."""
    max_pages: int | None
    places: tuple[FactPlace, ...]
    """In reading order."""
    fact_ids: tuple[str, ...]
    """The facts that the brief draws on, in its order."""
    warnings: tuple[str, ...]
    problems: tuple[Problem, ...]
    over_budget: str
    """Over `max_pages`: by how much. Empty when it fits."""
    room: str
    """What is left, in words: `room for 11 more lines in two pages`; empty where not to tell."""
    remarks: tuple[Remark, ...] = ()
    """What a careful reader would want to know."""
    sections: tuple[str, ...] = ()
    """The template's sections that came out, by id, in order."""
    marking: str = ""
    """What each page carries, asked for or found."""
    printed: Mapping[str, Printed] = field(default_factory=dict)
    """By id, where each fact is printed, or why it is not: those that were selected, pinned or
    left out by hand."""
    unprintable: tuple[str, ...] = ()
    """Those of `warnings` that tell of letters for which boxes stand in."""
    warned_facts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By warning: the facts that it is about, where it is about some."""
    own_places: tuple[OwnPlace, ...] = ()
    """Where the author's own words stand."""
    section_counts: Mapping[str, SectionCount] = field(default_factory=dict)
    """By section of the template: how many facts it prints, of how many."""
    missing: tuple[Missing, ...] = ()
    """What the template requires and the brief does not say."""


def told_of(preview: Preview) -> tuple[Remark, ...]:
    """All that there is to say of pages, what weighs most first.

    Among the remarks of one weight, those on the facts come before what an export would warn of.
    """
    from briefgen.gui.view_models.pages.remarks import Remark, Weight, by_weight
    from briefgen.gui.view_models.pages.warned import warned

    blocking = []
    if preview.over_budget:
        said = f"over budget: {preview.over_budget}"
        blocking.append(Remark(said, (), True, Weight.BLOCKS, "max_pages"))
    if preview.unprintable:
        blocking.append(Remark("; ".join(preview.unprintable), (), True, Weight.BLOCKS))
    warnings = (one for one in preview.warnings if one not in preview.unprintable)
    return by_weight(
        (
            *preview.remarks,
            *blocking,
            *(warned(text, preview.warned_facts.get(text, ())) for text in warnings),
        )
    )


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

    What takes long and can wait is not done: over budget, nothing is tried that would bring it
    back (that is `fit_to_budget`). Raises `BriefgenError` where an export would.
    """
    from briefgen.brief.assemble.requirements import sides_warning
    from briefgen.gui.view_models.pages.own_places import Authored
    from briefgen.gui.view_models.pages.printed import printed_facts
    from briefgen.gui.view_models.pages.remarks import remarks_on
    from briefgen.pipeline.budget.advice import excess_in_words
    from briefgen.pipeline.draft import assemble_draft, cite_draft
    from briefgen.pipeline.pages import (
        body_alone,
        counted_each,
        laid_out_for_budget,
        most_pages,
    )
    from briefgen.pipeline.render import read_house
    from briefgen.render.pdf import render_pdf

    house = read_house(spec)
    drafted = assemble_draft(
        spec, base, templates, resources, created=created, today=today, step=step, unfinished=True
    )
    step("citing")
    drafted = cite_draft(drafted, resources)
    step("laying out pages")
    authored = Authored(spec, drafted.template, drafted.brief.sections, drafted.led)
    pdf = render_pdf(drafted.brief, locate_facts=True, locate_blocks=authored.sections)
    step("looking at it with care")
    remarks = remarks_on(
        spec, resources.base(base), resources.template(spec.template, templates), today
    )
    budget = spec.max_pages
    formats = spec.outputs if budget is not None else ()
    body = body_alone(drafted.brief, drafted.annex, is_long=False)
    held = counted_each(
        body, drafted.annex, laid_out_for_budget(body, formats, house, {"pdf": pdf})
    )
    most = most_pages(held)
    over = budget is not None and most > budget
    return Preview(
        data=pdf.data,
        title=drafted.brief.title,
        pages=pdf.pages,
        counted=most,
        max_pages=budget,
        places=pdf.fact_places,
        fact_ids=drafted.fact_ids,
        warnings=tuple(
            without_place(one, spec.origin.path)
            for one in dict.fromkeys((*drafted.warnings, *pdf.warnings))
            if one != sides_warning(drafted.template)
        ),  # a remark says so already
        problems=drafted.problems,
        over_budget=excess_in_words(held, budget, has_annex=bool(drafted.annex))
        if budget is not None
        else "",
        room=room_left(pdf, most, budget) if budget is not None and not over else "",
        remarks=remarks,
        sections=tuple(dict.fromkeys(section.part for section in drafted.brief.sections)),
        printed=printed_facts(drafted, pdf.fact_places),
        own_places=authored.places(pdf.block_places),
        section_counts=drafted.section_counts,
        missing=drafted.missing,
        marking=drafted.brief.marking,
        unprintable=pdf.warnings,
        warned_facts={
            without_place(text, spec.origin.path): facts
            for text, facts in drafted.warned_facts.items()
        },
    )


def without_place(warning: str, path: str) -> str:
    """A warning without the brief's file and line: in the window one has the brief before one."""
    rest = warning.removeprefix(path) if path else warning
    place, colon, words = rest.partition(": ")
    is_place = rest != warning and not place.strip(":0123456789")
    return words if colon and is_place else warning


def room_left(layout: PdfLayout, counted_pages: int, budget: int) -> str:
    """How much more text fits into `budget` pages, in words; empty when there are more already.

    `counted_pages` are those of `layout` that count.
    """
    from briefgen.render.pdf import BODY_SIZE
    from briefgen.render.pdf.looks import Style

    if counted_pages > budget:
        return ""
    leading = Style(BODY_SIZE).leading
    extents = layout.extents
    a_page = int(extents.page_body / leading)
    filled = extents.filled[min(counted_pages, len(extents.filled)) - 1]
    # A hair's breadth of rounding must not cost a line.
    lines = max(0, int((extents.page_body - filled) / leading + 0.01))
    pages = budget - counted_pages
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


_NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
)  # fmt: skip


def _number(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)
