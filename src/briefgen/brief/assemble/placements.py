"""Where each fact of a brief is printed, or why it is not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from briefgen.brief import model
from briefgen.brief.assemble.filters import section_facts
from briefgen.brief.assemble.material import Material
from briefgen.brief.traversal import blocks_inlines
from briefgen.brief.words import listed as words_listed
from briefgen.suggestions import few_of

LISTED_AT_MOST = 8
"""Ids in one line of warning."""

Reason = Literal["limit", "excluded", "no-section", "section-off"]


class Placement(NamedTuple):
    """What became of one fact that was selected, pinned or excluded."""

    id: str
    printed: bool
    sections: tuple[str, ...]
    """The ids of the sections that print it, in reading order; the author's own text counts."""
    passage: str | None
    """The passage that says it, if one does."""
    reason: Reason | None
    """Why it is printed nowhere; None where it is printed."""
    kept_out_by: str | None = None
    """The section whose limit keeps it out, or that is left out; None for other reasons."""


def placements(sections: Sequence[model.Section], material: Material) -> tuple[Placement, ...]:
    """What became of each fact, in the brief's order; those that were excluded come last."""
    places: dict[str, list[str]] = {}
    passages: dict[str, str] = {}
    for section in sections:
        here = dict.fromkeys(material.cited_in.get(section.id, ()))
        for inline in blocks_inlines(section.blocks):
            if isinstance(inline, model.Sentence):
                here.update(dict.fromkeys(inline.facts))
                if inline.passage:
                    passages.update(dict.fromkeys(inline.facts, inline.passage))
        for name in here:
            found = places.setdefault(name, [])
            if section.part not in found:
                found.append(section.part)
    ids = dict.fromkeys((*material.by_id, *material.spec.edits.exclude))
    limited = _limited(sections, material)
    off = _facts_of_sections_off(material)

    def nowhere(name: str) -> tuple[Reason, str | None]:
        if name not in material.by_id:
            return "excluded", None
        if name in limited:
            return "limit", limited[name]
        return ("section-off", off[name]) if name in off else ("no-section", None)

    return tuple(
        Placement(name, True, tuple(places[name]), passages.get(name), None)
        if name in places
        else Placement(name, False, (), None, *nowhere(name))
        for name in ids
    )


def _limited(sections: Iterable[model.Section], material: Material) -> dict[str, str]:
    """The facts that a limit kept out, and the first section, by its part, whose limit that was."""
    part = {section.id: section.part for section in sections}
    found: dict[str, str] = {}
    for section, cut in material.limited.items():
        for name in cut.left:
            found.setdefault(name, part.get(section, section))
    return found


def _facts_of_sections_off(material: Material) -> dict[str, str]:
    """The facts that sections which the brief leaves out would have shown, and the first such."""
    off = set(material.spec.sections.leave_out)
    found: dict[str, str] = {}
    for section in material.template.sections:
        if section.shows_facts and off.intersection((section.id, *section.formerly)):
            for fact in section_facts(section.where, material):
                found.setdefault(fact.id, section.id)
    return found


class SectionCount(NamedTuple):
    """How many facts a section prints, of how many that it would without its limit."""

    printed: int
    of: int


def section_counts(
    sections: Iterable[model.Section], placed: Iterable[Placement], material: Material
) -> Mapping[str, SectionCount]:
    """By part of the template, for those that print facts."""
    printed: dict[str, set[str]] = {}
    for placement in placed:
        for part in placement.sections:
            printed.setdefault(part, set()).add(placement.id)
    left: dict[str, set[str]] = {}
    for section in sections:
        if section.id in material.limited:
            left.setdefault(section.part, set()).update(material.limited[section.id].left)
    return {
        part: SectionCount(len(names), len(names | left.get(part, set())))
        for part, names in printed.items()
    }


def tell_unprinted(placed: Iterable[Placement], material: Material) -> None:
    """Warn, in a line for each, of pins that no section takes and of facts that stand nowhere."""
    edits = material.spec.edits
    chosen = (*edits.include, *edits.key)
    nowhere = [p for p in placed if not p.printed and p.reason != "excluded"]
    for placement in nowhere:
        if placement.id in chosen:
            key = "include" if placement.id in edits.include else "key"
            why = (
                "the section that takes it is left out"
                if placement.reason == "section-off"
                else f"no section of template {material.template.id!r} takes it"
            )
            material.warn(
                f"facts.{key}: {placement.id!r} is printed nowhere: {why}",
                (placement.id,),
                at=material.spec.place("facts", key, placement.id),
            )
    rest = [placement for placement in nowhere if placement.id not in chosen]
    if rest:
        listed = few_of([placement.id for placement in rest], LISTED_AT_MOST)
        ways = ["pin them (facts.include)"] if any(p.reason == "limit" for p in rest) else []
        ways = ["raise a limit (sections.limits)", *ways] if ways else ways
        ways.append("select fewer")
        material.warn(
            f"{len(rest)} of {len(material.facts)} facts are printed nowhere: {listed}; "
            f"{words_listed(ways, 'or')}",
            (placement.id for placement in rest),
        )
