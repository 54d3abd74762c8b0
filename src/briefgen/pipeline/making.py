"""One brief from request to the bytes of its files: every stage in turn, nothing written."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from briefgen.brief.model import Brief
from briefgen.brief.spec.model import BriefSpec, OutputFormat
from briefgen.errors import InputError, Origin, Problem, told_at
from briefgen.pipeline.drafting import Drafted, Step, draft_brief


@dataclass(frozen=True, slots=True)
class Made:
    """A brief's files in memory, and what the person should know."""

    brief: Brief
    data: Mapping[OutputFormat, bytes]
    fact_ids: tuple[str, ...]
    warnings: tuple[str, ...]
    problems: tuple[Problem, ...]
    """Of the base: its faulty facts were left out."""
    over_budget: str
    """Over `max_pages`: by how much and what would bring it back. Empty when it fits."""


def make_brief(
    spec: BriefSpec,
    base: Path,
    templates: tuple[Path, ...],
    formats: Sequence[OutputFormat],
    *,
    created: datetime,
    today: date,
    step: Step = lambda text: None,
) -> Made:
    """The brief that `spec` asks for in every one of `formats`.

    Raises `BriefgenError` for input that cannot be used and a selection that finds nothing.
    """
    house = read_house(spec)
    drafted = draft_brief(
        spec,
        base,
        templates,
        created=created,
        today=today,
        step=step,
        while_citing=lambda: load_renderers(formats),
    )
    return render_draft(spec, drafted, formats, house, step)


def render_draft(
    spec: BriefSpec,
    drafted: Drafted,
    formats: Sequence[OutputFormat],
    house: bytes | None,
    step: Step = lambda text: None,
) -> Made:
    """The cited brief in every one of `formats`. Raises `InputError` for an unusable house."""
    from briefgen.pipeline.rendering import Budget, render_all

    budget = None
    if spec.max_pages is not None:
        budget = Budget(spec.max_pages, drafted.template_sections, len(drafted.fact_ids))
    with told_at(Origin(spec.house) if spec.house is not None else None):  # all else is ours
        rendered = render_all(drafted.brief, formats, house, budget, step)
    return Made(
        drafted.brief,
        rendered.data,
        drafted.fact_ids,
        tuple(dict.fromkeys((*drafted.warnings, *rendered.warnings))),
        drafted.problems,
        rendered.over_budget,
    )


def read_house(spec: BriefSpec) -> bytes | None:
    """The house document that the brief names, if it names one. Raises `InputError`."""
    if spec.house is None:
        return None
    try:
        return Path(spec.house).expanduser().read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        place = spec.place("house", spec.house)
        named = (
            f"cannot read the house document {spec.house}"
            if place
            else ("cannot read the house document")
        )
        raise InputError(
            f"{named} ({reason})",
            hint="name a .docx or .dotx file that you may read",
            origin=place or Origin(spec.house),
        ) from None


def load_renderers(formats: Sequence[OutputFormat]) -> None:
    """Import what will render `formats`, so that it is there when it is wanted."""
    from briefgen.render import load

    with contextlib.suppress(Exception):  # what is wrong shows when it is used
        for format_ in formats:
            load(format_)
