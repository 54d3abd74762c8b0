"""Which facts a section prints, in which order: what a person chose comes before every limit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from briefgen.brief.assemble.filters import (
    fact_year,
    importance,
    is_weak,
    sort_facts,
    subtopic_of,
)
from briefgen.brief.assemble.material import Material
from briefgen.brief.assemble.passages import Unit, form_units
from briefgen.brief.template.model import SectionTemplate, Show
from briefgen.facts.model import Fact

TELLING_SHOWS: frozenset[Show] = frozenset({"bullets", "paragraphs", "chronology", "positions"})
"""What tells a fact in a sentence of its own: each fact stands once in the body.

A cell of a table, a row of figures and the annex do not count as a second time.
"""

READABLE_SHOWS: frozenset[Show] = frozenset({"bullets", "paragraphs", "chronology"})
"""Where facts stand one after the other, and a passage may stand in the place of its own."""


class Choice(NamedTuple):
    """What a section prints of the facts that it could print."""

    units: tuple[Unit, ...]
    left: tuple[str, ...]
    """The ids of those that its limit, or others of their topic or actor, kept out."""
    is_further: bool = False
    """Whether some that it could print are in neither, since the body has told them before."""


def choose_units(
    section: SectionTemplate, facts: Sequence[Fact], material: Material, *, in_body: bool
) -> Choice:
    """The facts, or passages of them, that the section prints of `facts`, in its order.

    In the body, what was told before is not told again, and what is told now is noted. Starred and
    pinned facts are taken even above the limit; starred ones lead, except down a column of dates.
    """
    tells = in_body and section.show in TELLING_SHOWS
    is_fresh = tells and not section.again
    ordered = tuple(f for f in facts if not (is_fresh and _is_told(f, material)))
    is_further = len(ordered) < len(facts)
    by_date = _is_by_date(section)
    # A column of dates runs by the days that its facts stand by.
    ordered = sort_facts(ordered, section.sort or ("oldest" if by_date else None), material)
    if section.at_least is not None and len(ordered) < section.at_least:
        ordered += _more(ordered, section.at_least - len(ordered), material, untold=is_fresh)
    others: tuple[str, ...] = ()
    if section.one_per is not None:
        kept = _one_per_key(ordered, section.one_per, material)
        others = tuple(fact.id for fact in ordered if fact not in kept)
        ordered = kept
    ordered = _by_hand(ordered, section, material)
    prose = section.show in READABLE_SHOWS and not section.spoken and section.group != "source"
    if in_body and prose:
        units = form_units(ordered, material, by_date=by_date)
    else:
        units = tuple(Unit((fact,), None) for fact in ordered)
    choice = _within_limit(units, section, material)
    choice = choice._replace(left=(*choice.left, *others), is_further=is_further)
    if tells:
        names = [fact.id for unit in choice.units for fact in unit.facts]
        material.told.update(names)
        material.stated.update(names)
    return choice


def _is_told(fact: Fact, material: Material) -> bool:
    """Whether the body has told the fact before; what is starred, in a sentence of its own."""
    told = material.stated if fact.id in material.spec.edits.key else material.told
    return fact.id in told


def _more(
    have: Sequence[Fact], count: int, material: Material, *, untold: bool
) -> tuple[Fact, ...]:
    """The next most important facts of the brief."""
    taken = {fact.id for fact in have} | (material.told if untold else set())
    unkeyed = set(material.spec.edits.unkey)
    rest = [fact for fact in material.facts if fact.id not in taken and fact.id not in unkeyed]
    # What nobody asked for leads only where it can be leaned on.
    sound = [fact for fact in rest if not is_weak(fact, material)]
    return tuple(sorted(sound, key=lambda fact: importance(fact, material))[:count])


def _one_per_key(facts: Sequence[Fact], by: str, material: Material) -> tuple[Fact, ...]:
    """The first fact of each topic or actor, so that a short list covers many; and all chosen."""
    first: dict[str, Fact] = {}
    for fact in facts:
        key = fact.topics[0] if by == "topic" else next(iter(fact.actors), "")
        first.setdefault(key, fact)
    kept = {fact.id for fact in first.values()} | material.chosen
    return tuple(fact for fact in facts if fact.id in kept)


def _by_hand(
    facts: Sequence[Fact], section: SectionTemplate, material: Material
) -> tuple[Fact, ...]:
    """Starred facts first, then those of the brief's `order`, the others as they were.

    Down a column of dates a fact changes places only with those of its year.
    """
    edits = material.spec.edits
    order = {name: number for number, name in enumerate(edits.order)}
    if _is_down_a_column_of_dates(section):
        if not order:
            return tuple(facts)
        years: dict[object, list[Fact]] = {}
        for fact in facts:
            years.setdefault(fact_year(fact, material), []).append(fact)
        for same in years.values():
            same.sort(key=lambda fact: order.get(fact.id, len(order)))
        following = {year: iter(same) for year, same in years.items()}
        return tuple(next(following[fact_year(fact, material)]) for fact in facts)
    stars = set(edits.key)
    return tuple(
        sorted(facts, key=lambda f: (f.id not in stars, order.get(f.id, len(order))))
        if stars or order
        else facts
    )


def _is_down_a_column_of_dates(section: SectionTemplate) -> bool:
    return _is_by_date(section) or (section.show == "table" and "date" in section.columns)


def _is_by_date(section: SectionTemplate) -> bool:
    """Whether a date stands beside each of its units."""
    return section.show == "chronology" and section.label == "date"


def _within_limit(units: tuple[Unit, ...], section: SectionTemplate, material: Material) -> Choice:
    """As many units as the limit allows, and all that a person chose."""
    if section.limit is None or len(units) <= section.limit:
        return Choice(units, ())
    kept = {
        number
        for number, unit in enumerate(units)
        if any(fact.id in material.chosen for fact in unit.facts)
    }
    rest = [number for number in range(len(units)) if number not in kept]
    if section.keep == "important":
        rest.sort(key=lambda number: _weight(units[number], material))
    if section.run_in:
        rest = _in_turn(rest, units, material)
    kept.update(rest[: max(0, section.limit - len(kept))])
    return Choice(
        tuple(unit for number, unit in enumerate(units) if number in kept),
        tuple(
            fact.id
            for number, unit in enumerate(units)
            if number not in kept
            for fact in unit.facts
        ),
    )


def _weight(unit: Unit, material: Material) -> tuple[bool, int, int, tuple[bool, int]]:
    return min(importance(fact, material) for fact in unit.facts)


def _in_turn(numbers: Sequence[int], units: Sequence[Unit], material: Material) -> list[int]:
    """The best of each subtopic first, then the second best of each: so a few say something of all.

    What is of no subtopic comes after those that are.
    """
    turns: dict[str, int] = {}
    ranked = []
    for place, number in enumerate(numbers):
        topic = subtopic_of(units[number].facts[0], material)
        turn = turns[topic] = turns.get(topic, 0) + 1
        ranked.append((turn, topic == "", place, number))
    return [number for *_, number in sorted(ranked)]
