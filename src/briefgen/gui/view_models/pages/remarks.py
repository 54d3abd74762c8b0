"""What a careful reader of a brief would want to know, in words, and which facts it is about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date as Day
from enum import IntEnum
from typing import TYPE_CHECKING

from briefgen.brief.assemble.disputes import dispute_clusters
from briefgen.brief.assemble.gaps import in_a_sentence, left_out, reasons_left_out, topic_gaps
from briefgen.brief.assemble.gather import choose_facts, gather_material
from briefgen.brief.assemble.material import Material
from briefgen.brief.assemble.requirements import lacks_sides
from briefgen.brief.assemble.sentences import fact_flags
from briefgen.brief.words import listed
from briefgen.dates import date_in_words
from briefgen.dates.days import day_number
from briefgen.gui.view_models.words import counted
from briefgen.select.pick import select_facts, undated_ids

if TYPE_CHECKING:
    from briefgen.brief.spec.model import BriefSpec
    from briefgen.brief.template.model import Template
    from briefgen.facts.model import Fact
    from briefgen.index import Index

_STALE_DAYS = 366
"""A brief whose newest fact is older than this says so."""

_MOST_GAPS = 3
"""Topics whose gaps are told one by one."""


class Weight(IntEnum):
    """How much a remark matters; what weighs most is least."""

    BLOCKS = 0
    """The brief cannot go out like this."""
    AGAINST = 1
    """A reader would hold it against the author."""
    GAP = 2
    """What is not there, and what else is good to know."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing worth knowing, in a few words: `2 disputes`."""

    text: str
    facts: tuple[str, ...]
    """The facts it speaks of, in the brief's order; of what is missing, those around it."""
    caution: bool = False
    """Whether it is a reason to look again."""
    weight: Weight = Weight.GAP
    field: str = ""
    """Where the person can mend it, as in `own_places`; only where it speaks of no facts."""


def by_weight(remarks: Iterable[Remark]) -> tuple[Remark, ...]:
    """Each remark once, what weighs most first; of one weight, in the order that they came in."""
    return tuple(sorted(dict.fromkeys(remarks), key=lambda remark: remark.weight))


def remarks_on(spec: BriefSpec, index: Index, template: Template, today: Day) -> tuple[Remark, ...]:
    """What to know of the brief that `spec` asks for, what weighs most first.

    `today` is the day that plans and the newest fact are held against, unless the brief is dated.
    Raises as `briefgen.brief.assemble.brief.assemble_brief` does for names that do not exist.
    """
    facts = choose_facts(spec, select_facts(index, spec.select), index)
    dated = spec.select.start is not None or spec.select.end is not None
    undated = undated_ids(index, spec.select) if dated and not spec.select.undated else ()
    asked = replace(spec, grades=True if spec.grades is False else spec.grades)
    material = gather_material(asked, template, index.base, facts, index, len(undated))
    today = Day.fromisoformat(spec.date) if spec.date else today
    material.day = day_number(today.year, today.month, today.day)
    found = [
        *_missing(material),
        *_cautions(facts, material),
        *_extent(facts),
        *_gaps(facts, material),
    ]
    if undated:
        said = counted(len(undated), "undated fact left out", "undated facts left out")
        found.append(Remark(said, undated))
    return by_weight((*found, *_age(facts, material.day, material)))


def _missing(material: Material) -> Iterable[Remark]:
    """What the template cannot do without."""
    lacks = lacks_sides(material.template_sections, material.spec)
    if lacks or any(one.name == "sides" for one in material.missing):
        yield Remark("no sides named", (), True, Weight.BLOCKS, "sides")
    for one in material.missing:
        if one.name != "sides":
            said = f"not written: {in_a_sentence(one.label)}"
            people = one.name in ("attendees", "posts")
            field = one.name if people else f"text.{one.name}"
            yield Remark(said, (), True, Weight.BLOCKS, field)


def _extent(facts: Sequence[Fact]) -> Iterable[Remark]:
    ids = tuple(fact.id for fact in facts)
    sources = {cite.source for fact in facts for cite in fact.cites}
    yield Remark(counted(len(facts), "fact"), ids)
    yield Remark(counted(len(sources), "source"), ids)


def _cautions(facts: tuple[Fact, ...], material: Material) -> Iterable[Remark]:
    clusters = dispute_clusters(facts, material)
    if clusters:
        sides = dict.fromkeys(side.id for cluster in clusters for side in cluster)
        yield Remark(counted(len(clusters), "dispute"), tuple(sides), True, Weight.AGAINST)
    words = material.words
    by_flag: dict[str, list[str]] = {}
    for fact in facts:
        for flag in fact_flags(fact, material):
            by_flag.setdefault(flag, []).append(fact.id)
    told = {
        words["draft"]: ("draft not yet checked", "drafts not yet checked"),
        words["superseded"]: ("fact superseded by a later one", "facts superseded by later ones"),
        words["retracted"]: ("retracted fact", "retracted facts"),
        words["one_unnamed_source"]: (
            "fact rests on one unnamed source", "facts rest on one unnamed source",
        ),
    }  # fmt: skip
    for grade in "DE":
        alone = f"on {'a weak' if grade == 'D' else 'an unreliable'} source alone"
        told[words[f"alone_{grade}"]] = (f"fact {alone}", f"facts {alone}")
    for flag, (one, many) in told.items():
        if flag in by_flag:
            said = counted(len(by_flag[flag]), one, many)
            yield Remark(said, tuple(by_flag[flag]), True, Weight.AGAINST)
    keys = [fact for fact in facts if fact.key]
    bearing = {fact.id: {cite.source for cite in fact.cites} for fact in keys}
    if len(keys) > 1 and len(set().union(*bearing.values())) == 1:
        said = f"all {len(keys)} key points rest on one source"
        yield Remark(said, tuple(bearing), True, Weight.AGAINST)


def _gaps(facts: tuple[Fact, ...], material: Material) -> Iterable[Remark]:
    gaps = topic_gaps(facts, material)
    for gap in gaps[:_MOST_GAPS]:
        said = f"nothing on {in_a_sentence(gap.label)}" + (f" in {gap.years}" if gap.years else "")
        yield Remark(said, gap.facts, caution=True)
    rest = gaps[_MOST_GAPS:]
    if rest:
        around = dict.fromkeys(fact for gap in rest for fact in gap.facts)
        topics = "topic" if len(rest) == 1 else "topics"
        yield Remark(f"gaps in {len(rest)} more {topics}", tuple(around), caution=True)
    reasons = listed(reasons_left_out(material.spec.select, material), material.words["or"])
    for left in left_out(facts, material):
        on = f" on {in_a_sentence(left.label)}" if left.label else ""
        said = counted(len(left.facts), f"fact{on}", f"facts{on}")
        yield Remark(f"{said} left out for {reasons}", left.facts)


def _age(facts: Sequence[Fact], today: int, material: Material) -> Iterable[Remark]:
    plans = tuple(
        fact.id
        for fact in facts
        if fact.kind == "plan" and fact.date is not None and fact.date.last_day is not None
        and fact.date.last_day < today - _STALE_DAYS
    )  # fmt: skip
    if plans:
        said = counted(len(plans), "plan over a year old", "plans over a year old")
        yield Remark(said, plans, True, Weight.AGAINST)
    by_day = {
        fact.date.last_day: fact
        for fact in facts
        if fact.date is not None and fact.date.last_day is not None
    }
    if by_day and max(by_day) < today - _STALE_DAYS:
        newest = by_day[max(by_day)]
        assert newest.date is not None
        said = date_in_words(newest.date, material.language)
        yield Remark(f"nothing newer than {said}", (newest.id,))
