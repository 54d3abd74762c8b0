"""Sections of facts: which of them are printed, how, and how many a limit keeps out."""

from __future__ import annotations

from collections.abc import Mapping

from briefgen.brief import model
from briefgen.brief.assemble.choosing import READABLE_SHOWS, choose_units
from briefgen.brief.assemble.fact_blocks import (
    bullets,
    chronology,
    fact_table,
    facts_of,
    force_of_agreements,
    paragraphs,
    positions,
    run_in_paragraphs,
)
from briefgen.brief.assemble.grouping import by_meaning, by_source
from briefgen.brief.assemble.material import Cut, Material
from briefgen.brief.assemble.passages import Unit
from briefgen.brief.assemble.periods import by_period
from briefgen.brief.template.jinja_text import render_text
from briefgen.brief.template.model import SectionTemplate
from briefgen.facts.model import Fact


def fact_section(
    section: SectionTemplate,
    facts: tuple[Fact, ...],
    material: Material,
    loop: Mapping[str, object],
    name: str,
    *,
    in_body: bool,
) -> model.Blocks:
    """What the section prints of `facts`; what its limit keeps out is noted under `name`.

    `loop` is what its texts may call besides the brief's own names, `name` its id on the page.
    """
    units, left, is_further = choose_units(section, facts, material, in_body=in_body)
    if left:
        shown = len(facts_of(units))
        total = shown + len(left)
        material.limited[name] = Cut(shown, total, _what(section), left, is_further)
    group = section.group if section.show in READABLE_SHOWS else None
    if group == "source":
        return by_source(units, section, material)
    if group == "date_is":
        return by_meaning(
            units,
            section,
            material,
            lambda part, shown: _shown_units(part, shown, material, loop, name),
        )
    return _shown_units(units, section, material, loop, name)


def _what(section: SectionTemplate) -> str:
    """What a section counts: the one kind of fact that it takes, or facts."""
    kinds = section.where.selection.kinds if section.where is not None else ()
    return kinds[0] if len(kinds) == 1 else "fact"


def _shown_units(
    units: tuple[Unit, ...],
    section: SectionTemplate,
    material: Material,
    loop: Mapping[str, object],
    name: str,
) -> model.Blocks:
    match section.show:
        case "bullets":
            return if_any(bullets(units, section, material))
        case "paragraphs" if section.run_in:
            return run_in_paragraphs(units, section, material)
        case "paragraphs":
            return paragraphs(units, section, material)
        case "table":
            caption = render_text(section.heading, {**material.context, **loop}) or section.id
            table = fact_table(units, section, material, caption)
            return (table, *force_of_agreements(units, section, material)) if table else ()
        case "positions":
            return if_any(positions(units, section, material))
        case _:
            if section.label != "date" or section.group:
                return _column(units, section, material)
            anchor = f"section-{name}-period"
            return by_period(units, anchor, material, lambda part: _column(part, section, material))


def _column(units: tuple[Unit, ...], section: SectionTemplate, material: Material) -> model.Blocks:
    """Labels in a column with what belongs to them, and what is to be said below of agreements."""
    listed = chronology(units, section, material)
    return (listed, *force_of_agreements(units, section, material)) if listed else ()


def if_any(block: model.Block | None) -> model.Blocks:
    """The block where there is one."""
    return () if block is None else (block,)
