"""A cited brief to the bytes of every file that was asked for.

Pages are laid out only where somebody has to know them: a PDF's always, a Word document's for its
list of contents.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from briefgen.brief.model import Brief, Code, Flag, LineBreak, Preformatted, Text
from briefgen.brief.spec.model import BriefSpec, OutputFormat
from briefgen.brief.traversal import inlines_in, walk_blocks, walk_runs
from briefgen.errors import InputError, Origin, not_read_in_words, told_at
from briefgen.folders import at_home
from briefgen.ordinary_files import MAX_HOUSE_BYTES, read_ordinary
from briefgen.pipeline.draft import Desk, MadeBrief, Step
from briefgen.pipeline.pages import (
    Layout,
    counted_each,
    has_pages,
    laid_out_for_budget,
    missing_fonts,
    most_pages,
)
from briefgen.render.paged import CONTENTS_FROM

if TYPE_CHECKING:
    from briefgen.render.docx.paging import DocxLayout

LONGEST_TRIED = 60
"""Most pages before the annex of a brief for which advice is tried without being asked for, so
that it never takes minutes."""

_PAGE_LINES = 42


def render_brief(
    made: MadeBrief,
    formats: Sequence[OutputFormat],
    house: bytes | None,
    step: Step = lambda text: None,
    *,
    desk: Desk | None = None,
    fit: bool = False,
    count: bool = False,
) -> MadeBrief:
    """The brief with the bytes of every one of `formats`.

    `house` is the house document, as `read_house` gives it. Over its budget of pages the brief is
    made as it was asked for, and told what would bring it back, if there is a `desk` to try that
    at; with `fit` that is done where it is enough. Pages are counted for a budget, or with `count`.
    Raises `InputError` for a house that cannot be used.
    """
    made, layouts = _rendered(made, formats, house, step)
    budget = made.spec.max_pages
    if budget is None and not (count and has_pages(formats)):
        return made
    held = laid_out_for_budget(made.brief, formats, house, layouts)
    pages = counted_each(made.brief, made.annex, held)
    made = replace(made, pages=pages)
    if budget is None:
        return made
    made = replace(made, warnings=(*made.warnings, *_font_warning(held)))
    if most_pages(pages) <= budget:
        return made
    step("looking for what would bring it back")
    from briefgen.pipeline.budget.advice import advice, fitted_in_words
    from briefgen.pipeline.budget.fitting import find_fit

    found = None
    if desk is not None and (fit or most_pages(pages) <= LONGEST_TRIED):
        found = find_fit(made, desk, tuple(pages), house, budget)
    if not fit or found is None or found.most > budget:
        return replace(made, over_budget=advice(made, found))
    told = fitted_in_words(made, found.taken, with_keys=True)
    fitted, _ = _rendered(found.drafted, formats, house, step)
    fitted = replace(fitted, warnings=(*fitted.warnings, *_font_warning(held)))
    return replace(fitted, pages=found.pages, fitted=told)


def _estimated(families: Sequence[str]) -> str:
    """That a list of contents shows pages counted with other fonts than a reader will have."""
    fonts = f"font{'s' if len(families) > 1 else ''} {', '.join(families)}"
    return (
        f"the page numbers in the contents of the Word file were counted without its {fonts},"
        " which this machine lacks: in Word, click in the contents and press F9 to count them again"
    )


def _font_warning(layouts: Mapping[OutputFormat, Layout]) -> tuple[str, ...]:
    """That pages were counted with other fonts than a reader will have, where that is so."""
    if "docx" not in layouts:
        return ()
    families = missing_fonts(layouts)
    if not families:
        return ()
    fonts = f"font{'s' if len(families) > 1 else ''} {', '.join(families)}"
    said = f"the pages of the Word file were counted without its {fonts}, which this machine lacks"
    return (f"{said}: with the real ones there may be more or fewer",)


def _rendered(
    made: MadeBrief, formats: Sequence[OutputFormat], house: bytes | None, step: Step
) -> tuple[MadeBrief, Mapping[str, Layout | None]]:
    """The brief with the bytes of its files, and the layouts that were made for them, by format."""
    brief = made.brief
    data: dict[OutputFormat, bytes] = {}
    warnings = list(made.warnings)
    layouts: dict[str, Layout | None] = {}
    if "pdf" in formats:
        from briefgen.render.pdf import render_pdf

        step("laying out pages")
        layouts["pdf"] = pdf = render_pdf(brief)
        data["pdf"] = pdf.data
        warnings += pdf.warnings
    for format_ in formats:
        if format_ == "pdf":
            continue
        if format_ == "docx":
            step("writing the Word document")
            with told_at(Origin(made.spec.house) if made.spec.house is not None else None):
                data[format_], layouts[format_] = _docx(brief, house, warnings)
        else:
            from briefgen.render import load

            step(f"writing {format_}")
            data[format_] = load(format_)(brief)
    files = {format_: data[format_] for format_ in formats}
    made = replace(made, data=files, warnings=tuple(dict.fromkeys(warnings)))
    return made, layouts


def read_house(spec: BriefSpec) -> bytes | None:
    """The house document that the brief names, if it names one. Raises `InputError`."""
    if spec.house is None:
        return None
    try:
        return read_ordinary(at_home(spec.house), MAX_HOUSE_BYTES)
    except (OSError, ValueError) as error:
        place = spec.place("house", spec.house)
        said, hint = not_read_in_words(
            f"house document {spec.house}" if place else "house document",
            error,
            "name a .docx or .dotx file that you may read",
        )
        raise InputError(said, hint=hint, origin=place or Origin(spec.house)) from None


def load_renderers(formats: Sequence[OutputFormat]) -> None:
    """Import what will render `formats`, so that it is there when it is wanted."""
    from briefgen.render import load

    with contextlib.suppress(Exception):  # what is wrong shows when it is used
        for format_ in formats:
            load(format_)


def surely_short(brief: Brief) -> bool:
    """Whether `brief` certainly has too few pages for a list of contents.

    Counts lines as if every text were set at 50 characters a line with half a line around it, on
    pages of 42: real lines hold 90 characters, real pages 47 lines. False says nothing.
    """
    lines = 12.0 + 2 * len(brief.masthead)
    for section in brief.sections:
        lines += _PAGE_LINES if section.break_before else 3
    most = (CONTENTS_FROM - 1) * _PAGE_LINES
    if any(isinstance(block, Preformatted) for block in walk_blocks(brief)):
        return False
    for run in walk_runs(brief):
        lines += 1.5
        for one in inlines_in(run):
            if isinstance(one, Text | Code | Flag):
                lines += len(one.text) / 50
            elif isinstance(one, LineBreak):
                lines += 1
        if lines > most:
            return False
    return True


def _docx(
    brief: Brief, house: bytes | None, warnings: list[str]
) -> tuple[bytes, DocxLayout | None]:
    """The document, and its pages if these had to be known."""
    from briefgen.render.docx import render_docx

    layout: DocxLayout | None = None
    contents: tuple[tuple[str, int], ...] = ()
    if brief.lists_contents and (house is not None or not surely_short(brief)):
        from briefgen.render.docx.paging import page_layout

        layout = page_layout(brief, house)
        if layout.pages >= CONTENTS_FROM:
            contents = tuple(layout.heading_pages.items())
            if not layout.certain:
                warnings.append(_estimated(layout.missing_fonts))
    pages = layout.pages if layout is not None else 0
    result = render_docx(brief, house=house, contents=contents, pages=pages)
    warnings += result.warnings
    return result.data, layout
