"""A brief made to ask for less, so that it fits its budget of pages, in one call."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from briefgen.brief.spec.model import BriefSpec
from briefgen.pipeline.draft import Desk, MadeBrief, Step, draft_brief
from briefgen.pipeline.pages import counted_each, laid_out_for_budget, most_pages
from briefgen.pipeline.render import read_house
from briefgen.pipeline.resources import Resources

if TYPE_CHECKING:
    from briefgen.pipeline.budget.choices import Choices


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
        made = _counted(spec, desk, house, step)
        if most_pages(made.pages) <= budget:
            return Fitted(spec)
        step("looking for what would bring it back")
        found = find_fit(made, desk, tuple(made.pages), house, budget)
    if found.most <= budget:
        return Fitted(found.spec, fitted_in_words(made, found.taken, with_keys=False))
    return Fitted(spec, over_budget=advice(made, found))


def choices_to_fit(
    spec: BriefSpec,
    base: Path,
    templates: tuple[Path, ...],
    *,
    created: datetime,
    today: date,
    step: Step = lambda text: None,
) -> Choices:
    """What `spec`, which has a budget, could give up to come nearer to it; each was tried.

    Raises `BriefgenError` as `fit_to_budget`.
    """
    from briefgen.pipeline.budget.choices import try_choices

    assert spec.max_pages is not None
    house = read_house(spec)
    with Resources() as resources:
        desk = Desk(base, templates, resources, created, today, unfinished=True)
        made = _counted(spec, desk, house, step)
        return try_choices(made, desk, tuple(made.pages), house, spec.max_pages, step)


def _counted(spec: BriefSpec, desk: Desk, house: bytes | None, step: Step) -> MadeBrief:
    """The brief, cited, with its pages."""
    made = draft_brief(spec, desk, step=step)
    step("counting pages")
    layouts = laid_out_for_budget(made.brief, spec.outputs, house)
    return replace(made, pages=counted_each(made.brief, made.annex, layouts))
