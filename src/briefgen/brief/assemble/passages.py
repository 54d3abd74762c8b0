"""Readable sentences that stand in the place of the facts that they say.

Which passages a brief could print is settled before (`own_passages`); where a section would show
all facts of one, `form_units` puts them together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from briefgen.brief import model
from briefgen.brief.assemble.material import Material
from briefgen.brief.assemble.opening_dates import without_opening_date
from briefgen.brief.assemble.sentences import cite_item, fact_flags, grade_code
from briefgen.brief.assemble.when import date_is, standing_day
from briefgen.brief.passages.clauses import clauses_of
from briefgen.brief.traversal import CONTAINERS
from briefgen.facts.model import Fact, Passage
from briefgen.patterns import lazy_pattern


class Unit(NamedTuple):
    """What a section prints as one: a fact, or a passage that says several."""

    facts: tuple[Fact, ...]
    """In the order of their dates: a passage stands by the last of them."""
    passage: Passage | None


# --- forming ---------------------------------------------------------------------------------


def form_units(facts: Sequence[Fact], material: Material, *, by_date: bool) -> tuple[Unit, ...]:
    """The facts that a section would show, in its order, those that a passage says put together.

    Of passages that overlap the one with most facts is taken, then the first. `by_date`: a date
    stands beside each unit, so that a passage needs one date, and one meaning of it, for all its
    facts. A passage stands where the last of its facts stood in a section that is sorted by date,
    else where the first did; a starred or ordered fact takes it to its own place.
    """
    place = {fact.id: number for number, fact in enumerate(facts)}
    candidates = [
        passage
        for passage in material.passages
        if all(id_ in place for id_ in passage.facts)
        and not (by_date and not _one_date([facts[place[id_]] for id_ in passage.facts], material))
    ]
    taken: dict[str, Passage] = {}
    for passage in sorted(candidates, key=lambda passage: -len(passage.facts)):
        if not any(id_ in taken for id_ in passage.facts):
            taken.update(dict.fromkeys(passage.facts, passage))
    if not taken:
        return tuple(Unit((fact,), None) for fact in facts)
    moved = {*material.spec.edits.key, *material.spec.edits.order}
    days = {fact.id: standing_day(fact, material) for fact in facts}
    dated = _is_by_date([days[fact.id] for fact in facts if fact.id not in moved])
    units: list[tuple[int, Unit]] = []
    for number, fact in enumerate(facts):
        said = taken.get(fact.id)
        if said is None:
            units.append((number, Unit((fact,), None)))
        elif fact.id == said.facts[0]:
            members = sorted(
                (facts[place[id_]] for id_ in said.facts),
                key=lambda fact: (_day_or_first(days[fact.id]), place[fact.id]),
            )
            units.append((_place_of(members, place, moved, dated=dated), Unit((*members,), said)))
    return tuple(unit for _, unit in sorted(units, key=lambda placed: placed[0]))


def _place_of(
    members: Sequence[Fact], place: Mapping[str, int], moved: Iterable[str], *, dated: bool
) -> int:
    by_hand = [place[fact.id] for fact in members if fact.id in moved]
    if by_hand:
        return min(by_hand)
    return place[members[-1].id] if dated else min(place[fact.id] for fact in members)


def _day_or_first(day: int | None) -> int:
    """For sorting: one that is undated tells least of when a passage stands."""
    return -(2**62) if day is None else day


def _is_by_date(days: Sequence[int | None]) -> bool:
    """Whether facts that stand by these days are in their order, from either end."""
    known = [day for day in days if day is not None]
    return known in (sorted(known), sorted(known, reverse=True))


def _one_date(facts: Sequence[Fact], material: Material) -> bool:
    """Whether facts have the same date, meant in the same way, and stand by the same day."""
    return (
        len({(fact.date, date_is(fact, material), standing_day(fact, material)) for fact in facts})
        == 1
    )


# --- on the page -----------------------------------------------------------------------------


def passage_inlines(unit: Unit, material: Material, *, labelled: bool = False) -> model.Inlines:
    """A passage as a run of sentences, one for each clause, with its facts, sources and flags.

    Sources that several facts of a clause cite make one citation. A citation, grades or flags that
    would stand behind several clauses in a row, until their sentence ends, stand behind the last.
    That facts dispute each other is told by the passage itself: no flag says it again. `labelled`:
    the date of its facts stands beside it, so that it need not open with that.
    """
    assert unit.passage is not None
    facts = {fact.id: fact for fact in unit.facts}
    material.disputes_in_passages.update(
        frozenset((one, other))
        for one in facts
        for other in material.disputes.get(one, ())
        if other in facts
    )
    own = unit.passage.id in {passage.id for passage in material.spec.passages.add}
    language = material.language if own else material.base.language
    clauses = clauses_of(unit.passage, language)
    tails = [_tail([facts[id_] for id_ in clause.facts], material) for clause in clauses]
    sentences: list[model.Sentence] = []
    for number, (clause, tail) in enumerate(zip(clauses, tails, strict=True)):
        if not _ENDS.search(clause.text) and number + 1 < len(tails):
            tail = tail.before(tails[number + 1])
        said = clause.content
        if labelled and number == 0:
            said = without_opening_date(said, unit.facts[-1], material)
        content = list(_with_sources(said, tail.items))
        if tail.grades:
            content.append(model.Text(f" ({', '.join(tail.grades)})"))
        if tail.flags:
            content += (model.Text(" "), model.Flag("; ".join(tail.flags)))
        first, *others = clause.facts
        sentences.append(model.Sentence(first, tuple(content), tuple(others), unit.passage.id))
    return tuple(sentences)


_ENDS = lazy_pattern(r"[.!?…][\"”’»)\]]*$")


class _Tail(NamedTuple):
    """What stands behind a clause: sources, Admiralty codes, flags, each once."""

    items: tuple[model.CiteItem, ...]
    grades: tuple[str, ...]
    flags: tuple[str, ...]

    def before(self, following: _Tail) -> _Tail:
        """What is left of it where the sentence goes on to another one, which says the rest."""
        return _Tail(
            self.items if self.items != following.items else (),
            self.grades if self.grades != following.grades else (),
            self.flags if self.flags != following.flags else (),
        )


def _tail(facts: Sequence[Fact], material: Material) -> _Tail:
    grades = [grade_code(fact, material) for fact in facts] if material.spec.grades else []
    flags = [flag for fact in facts for flag in fact_flags(fact, material)]
    disputed = material.words["disputed"]
    return _Tail(
        tuple(dict.fromkeys(cite_item(cite) for fact in facts for cite in fact.cites)),
        tuple(dict.fromkeys(filter(None, grades))),
        tuple(dict.fromkeys(flag for flag in flags if flag != disputed)),
    )


def _with_sources(run: model.Inlines, items: tuple[model.CiteItem, ...]) -> model.Inlines:
    """The run with a citation of `items` in the place of the facts that it names, if any."""
    changed: list[model.Inline] = []
    for inline in run:
        if isinstance(inline, model.Cite):
            if items:
                changed.append(model.Cite(items))
            items = ()
        elif isinstance(inline, CONTAINERS):
            changed.append(replace(inline, content=_with_sources(inline.content, items)))
        else:
            changed.append(inline)
    return tuple(changed)
