"""Hand edits on sections: their limits and order, and sections of the author's own."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from briefgen.brief.assemble.section_plan import LIMITED_SHOWS, PlannedSection, plan_sections
from briefgen.brief.spec.model import BriefSpec, OwnSection
from briefgen.brief.template.model import SectionTemplate, Template
from briefgen.errors import BriefgenError
from briefgen.patterns import lazy_pattern

NO_LIMIT = 10_000
"""The highest limit that a brief may have: what it says where the template's is lifted."""
_WORD = lazy_pattern(r"[a-z0-9]+")
_NO_LIMIT_WORDS = frozenset({"no limit", "none", "all", "no"})


def planned_sections(template: Template, spec: BriefSpec) -> tuple[PlannedSection, ...]:
    """All sections in the order in which they stand, those that are left out among them.

    In the template's order, with sections of the author's own at its end, where the brief names
    what the template does not have.
    """
    everything = replace(spec, sections=replace(spec.sections, leave_out=()))
    try:
        return plan_sections(template, everything)[0]
    except BriefgenError:
        own = (one for one in spec.sections.add if one.id not in template.sections_by_id)
        return (*template.sections, *own)


def move_section(template: Template, spec: BriefSpec, id_: str, place: int) -> BriefSpec:
    """The brief with a section at this place, from 0, among all of them.

    `order` names the sections that stand elsewhere than they would by themselves, and no others.
    """
    order = [section.id for section in planned_sections(template, spec)]
    if id_ not in order:
        return spec
    order.remove(id_)
    order.insert(place, id_)
    usual = planned_sections(template, _with(spec, order=()))
    moved = tuple(new for new, old in zip(order, usual, strict=True) if new != old.id)
    return _with(spec, order=moved)


def unorder_sections(spec: BriefSpec) -> BriefSpec:
    """The brief with its sections in the template's order."""
    return _with(spec, order=())


# --- limits ----------------------------------------------------------------------------------


def can_be_limited(section: SectionTemplate) -> bool:
    """Whether the section shows things that are counted."""
    return section.show in LIMITED_SHOWS


def limit_of(section: SectionTemplate, spec: BriefSpec) -> int | None:
    """The limit that the brief sets; None where it leaves that to the template."""
    limits = spec.sections.limits
    return next((limits[id_] for id_ in (section.id, *section.formerly) if id_ in limits), None)


def limit_section(spec: BriefSpec, section: SectionTemplate, limit: int | None) -> BriefSpec:
    """The brief with this limit; None or the template's own: with none of its own."""
    names = (section.id, *section.formerly)
    limits = {id_: kept for id_, kept in spec.sections.limits.items() if id_ not in names}
    if limit is not None and limit != (section.limit or NO_LIMIT):
        limits[section.id] = limit
    return _with(spec, limits=limits)


def limit_in_words(limit: int | None) -> str:
    """`5` or `no limit`."""
    return "no limit" if limit is None or limit >= NO_LIMIT else str(limit)


def read_limit(text: str, section: SectionTemplate) -> int | None:
    """What somebody typed as a limit: a number from 1, or that there is none; empty: the
    template's (None). Raises `ValueError` for anything else.
    """
    said = " ".join(text.casefold().split())
    if not said:
        return None
    if said in _NO_LIMIT_WORDS:
        return NO_LIMIT
    if not said.isdecimal() or not 1 <= int(said) <= NO_LIMIT:
        raise ValueError(text)
    return int(said)


# --- sections of the author's own ------------------------------------------------------------


def free_section_id(heading: str, template: Template, spec: BriefSpec) -> str:
    """An id for a section of the author's own: from its heading, and not taken."""
    taken = {id_ for one in template.sections for id_ in (one.id, *one.formerly)}
    taken |= {*template.retired, *(one.id for one in spec.sections.add), "changes"}
    plain = unicodedata.normalize("NFKD", heading).encode("ascii", "ignore").decode().lower()
    wished = "-".join(_WORD.findall(plain))[:40].strip("-") or "section"
    number, id_ = 1, wished
    while id_ in taken:
        number += 1
        id_ = f"{wished}-{number}"
    return id_


def keep_own_section(spec: BriefSpec, own: OwnSection) -> BriefSpec:
    """The brief with this section of the author's own, in the place of one that has its id.

    One that follows another section now stands there, wherever it was moved before.
    """
    known = {one.id: one for one in spec.sections.add}
    before = known.get(own.id)
    order = spec.sections.order
    if before is not None and before.after != own.after:
        order = _without(order, own.id)
    return _with(spec, add=tuple((known | {own.id: own}).values()), order=order)


def remove_own_section(spec: BriefSpec, id_: str) -> BriefSpec:
    """The brief without a section of the author's own. What followed it follows what it did."""
    gone = next((one for one in spec.sections.add if one.id == id_), None)
    if gone is None:
        return spec
    kept = tuple(
        replace(one, after=gone.after) if one.after == id_ else one
        for one in spec.sections.add
        if one is not gone
    )
    return _with(spec, add=kept, order=_without(spec.sections.order, id_))


def lead_topic(spec: BriefSpec, topic: str, text: str) -> BriefSpec:
    """The brief with these words first on a topic; no words: with none."""
    leads = {id_: said for id_, said in spec.sections.leads.items() if id_ != topic}
    if text.strip():
        leads = {**spec.sections.leads, topic: text}
    return _with(spec, leads=leads)


def _without(order: Sequence[str], id_: str) -> tuple[str, ...]:
    """An order without a section; one that is left alone in it changes places with nobody."""
    rest = tuple(name for name in order if name != id_)
    return rest if len(rest) > 1 else ()


def _with(spec: BriefSpec, **changes: Any) -> BriefSpec:
    return replace(spec, sections=replace(spec.sections, **changes))
