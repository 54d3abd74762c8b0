"""A brief made to ask for less, so that it fits its budget of pages, in one call."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from briefgen.brief.spec.model import BriefSpec
from briefgen.pipeline.draft import Desk, Step, draft_brief
from briefgen.pipeline.pages import counted_each, laid_out_for_budget, most_pages
from briefgen.pipeline.render import read_house
from briefgen.pipeline.resources import Resources


class Fitted(NamedTuple):
    """What became of a brief that should fit."""

    spec: BriefSpec
    """It, with what `export --fit` would do written into it; unchanged where nothing need be done
    or nothing is enough."""
    told: tuple[str, ...] = ()
    """What went, a line for each section."""
    over_budget: str = ""
    """How far over its budget the brief stays, if nothing is enough."""


def fit_to_budget(
    spec: BriefSpec,
    base: Path,
    templates: tuple[Path, ...],
    *,
    created: datetime,
    today: date,
    step: Step = lambda text: None,
) -> Fitted:
    """`spec` with the smallest change after which none of its outputs is over `spec.max_pages`.

    Its template may require what it does not say yet. Raises `BriefgenError` where an export would
    else.
    """
    from briefgen.pipeline.budget.advice import advice, fitted_in_words
    from briefgen.pipeline.budget.fitting import find_fit

    budget = spec.max_pages
    if budget is None:
        return Fitted(spec)
    house = read_house(spec)
    with Resources() as resources:
        desk = Desk(base, templates, resources, created, today, unfinished=True)
        made = draft_brief(spec, desk, step=step)
        step("counting pages")
        layouts = laid_out_for_budget(made.brief, spec.outputs, house)
        pages = counted_each(made.brief, made.annex, layouts)
        if most_pages(pages) <= budget:
            return Fitted(spec)
        made = replace(made, pages=pages)
        step("looking for what would bring it back")
        found = find_fit(made, desk, tuple(pages), house, budget)
    if found.most <= budget:
        return Fitted(found.spec, fitted_in_words(made, found.taken, with_keys=False))
    return Fitted(spec, over_budget=advice(made, found))
