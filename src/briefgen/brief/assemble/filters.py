"""A section's own filters, sorting and grouping over the facts of the brief, in plain Python."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from briefgen.brief.assemble.material import Material
from briefgen.brief.assemble.when import date_is, has_no_date_of_its_own, lies_ahead, standing_day
from briefgen.brief.template.model import ForEach, Side, Sort, Where
from briefgen.dates import reaches, year_in_words
from briefgen.dates.days import calendar_day
from briefgen.facts.model import Actor, Base, Fact, Role
from briefgen.index.fold import fold_words
from briefgen.index.text import parse_text_query
from briefgen.select.marked import is_marked

_KIND_WEIGHT = {
    "agreement": 0, "event": 1, "figure": 2, "position": 3, "plan": 4, "assessment": 6,
    "background": 5,
}  # fmt: skip


class Group(NamedTuple):
    """The facts of one round of `for_each`, and what its texts may call them."""

    key: str
    label: str
    name: str
    """`topic`, `year`, `actor`, `kind`: the name in the section's texts."""
    facts: tuple[Fact, ...]

    @property
    def context(self) -> dict[str, object]:
        """The loop's name for Jinja2: a year is a number, the others have `id` and `label`."""
        value: object = {"id": self.key, "label": self.label, "name": self.label}
        return {self.name: self.label if self.name == "year" else value}


def section_facts(where: Where | None, material: Material) -> tuple[Fact, ...]:
    """The brief's facts that the section's `where` lets through, in the brief's order."""
    if where is None:
        return material.facts
    test = _tester(where, material)
    return tuple(fact for fact in material.facts if test(fact))


def sort_facts(facts: Sequence[Fact], sort: Sort | None, material: Material) -> tuple[Fact, ...]:
    """Facts in the section's order; `None` keeps the brief's, stable throughout."""
    match sort:
        case None:
            return tuple(facts)
        case "oldest":
            return tuple(sorted(facts, key=lambda fact: _age(fact, material)))
        case "newest":
            return tuple(sorted(facts, key=lambda fact: _newness(fact, material)))
        case "importance":
            return tuple(sorted(facts, key=lambda fact: importance(fact, material)))


def is_weak(fact: Fact, material: Material) -> bool:
    """Whether nobody should lean on the fact by itself.

    It is not current, disputed, of credibility 4 or 5, or rests on D and E sources alone.
    """
    return (
        fact.status != "current"
        or bool(material.disputes.get(fact.id))
        or fact.credibility in (4, 5)
        or material.reliability(fact) in ("D", "E")
    )


def not_for_use(fact: Fact, material: Material) -> bool:
    """Whether the fact must not be disclosed.

    The author says so, or it is marked above the lowest of the base's markings.
    """
    scheme = material.base.markings
    marked = [fact.marking]
    marked += [
        source.marking
        for cite in fact.cites
        if (source := material.base.sources.get(cite.source)) is not None
    ]
    above = any(marking and (scheme.rank(marking) or 0) > 0 for marking in marked)
    return above or fact.id in material.spec.edits.not_for_use


def importance(fact: Fact, material: Material) -> tuple[bool, int, int, tuple[bool, int]]:
    """Key facts first, deeds before words, better information, newer before older."""
    return (
        not fact.key,
        _KIND_WEIGHT[fact.kind],
        fact.credibility or 6,
        _newness(fact, material),
    )


def _age(fact: Fact, material: Material) -> tuple[bool, int]:
    day = standing_day(fact, material)
    return (day is None or has_no_date_of_its_own(fact, material), day or 0)


def _newness(fact: Fact, material: Material) -> tuple[bool, int]:
    undated, day = _age(fact, material)
    return (undated, -day)


def year_of(day: int) -> int:
    """The calendar year of a day number."""
    return calendar_day(day)[0]


def fact_year(fact: Fact, material: Material) -> int | None:
    """The year that a fact is filed under: that of the day that it stands by."""
    day = standing_day(fact, material)
    return None if day is None else year_of(day)


def group_facts(facts: Sequence[Fact], by: ForEach, material: Material) -> list[Group]:
    """The facts in groups. Each stands once; groups in the base's order, years ascending."""
    match by:
        case "topic":
            return _group(facts, lambda fact: covering_topic(fact, material), _topics(material), by)
        case "actor":
            names = {actor.id: actor.name for actor in material.base.actors.values()}
            return _group(facts, lambda fact: next(iter(fact.actors), ""), names, by)
        case "kind":
            kinds = {kind: material.words[f"kind_{kind}"] for kind in _KIND_WEIGHT}
            return _group(facts, lambda fact: fact.kind, kinds, by)
        case "year":
            years = {fact_year(fact, material) for fact in facts}
            labels = {str(y): year_in_words(y) for y in sorted(y for y in years if y is not None)}
            labels[""] = material.words["undated"].capitalize()
            return _group(
                facts, lambda f: "" if (y := fact_year(f, material)) is None else str(y), labels, by
            )


def _group(
    facts: Sequence[Fact], key_of: Callable[[Fact], str], labels: dict[str, str], by: ForEach
) -> list[Group]:
    filed: dict[str, list[Fact]] = {}
    for fact in facts:
        filed.setdefault(key_of(fact), []).append(fact)
    groups = [
        Group(key, label, by, tuple(filed.pop(key)))
        for key, label in labels.items()
        if key in filed
    ]
    rest = tuple(fact for left in filed.values() for fact in left)
    return [*groups, Group("", "Other", by, rest)] if rest else groups


def asked_topics(material: Material) -> tuple[str, ...]:
    """The topics that the brief was asked for, or the base's top topics if it named none."""
    return topics_asked(material.spec.select.topics, material.base)


def topics_asked(selected: Iterable[str], base: Base) -> tuple[str, ...]:
    """The topics that a selection names, or the base's top topics if it names none."""
    asked = tuple(name for name in selected if name in base.topics)
    return asked or tuple(t.id for t in base.topics.values() if t.parent is None)


def covering_topic(fact: Fact, material: Material) -> str:
    """The asked topic that the first covered topic of the fact belongs to, most specific first."""
    return topic_covering(fact.topics, asked_topics(material))


def topic_covering(topics: Iterable[str], asked: Iterable[str]) -> str:
    """The one of `asked` that the first covered one of `topics` belongs to; empty for none."""
    for topic in topics:
        covering = [a for a in asked if topic == a or topic.startswith(a + ".")]
        if covering:
            return max(covering, key=len)
    return ""


def subtopic_of(fact: Fact, material: Material) -> str:
    """The fact's most specific topic below the one asked for; empty where it has none."""
    covering = covering_topic(fact, material)
    below = [topic for topic in fact.topics if topic.startswith(f"{covering}.")]
    return below[0] if covering and below and below[0] in material.base.topics else ""


def lead_goes_to(topic: str, material: Material) -> str:
    """The topic asked for under which a lead on `topic` stands; empty for none."""
    return topic_covering((topic,), asked_topics(material))


def _topics(material: Material) -> dict[str, str]:
    return {topic.id: topic.label for topic in material.base.topics.values()}


def side_of(fact: Fact, material: Material) -> str:
    """`ours` or `theirs` by the first actor, who acts or speaks, or by an office held."""
    name = next(iter(fact.actors), "")
    actor = material.base.actors.get(name)
    offices = {role.of for role in roles_at(actor, (fact,))} if actor else set()
    for side, ids in (("ours", material.spec.sides.ours), ("theirs", material.spec.sides.theirs)):
        if name in ids or offices.intersection(ids):
            return side
    return ""


def _is_of(fact: Fact, side: Side, material: Material) -> bool:
    """Whether a fact is of a side: its own deed or word, or what both said together."""
    return said_together(fact, material) or side_of(fact, material) == side


def said_together(fact: Fact, material: Material) -> bool:
    """Whether a position is one of both sides: its statement opens with the names of both."""
    sides = material.spec.sides
    names = [
        (material.actor_name(ours), material.actor_name(theirs))
        for ours in sides.ours
        for theirs in sides.theirs
    ]
    joined = material.words["and"]
    return fact.kind == "position" and any(
        fact.statement.startswith((f"{one} {joined} {other} ", f"{other} {joined} {one} "))
        for one, other in names
    )


def concerns_both(fact: Fact, material: Material) -> bool:
    """Whether the fact's actors are of both sides, themselves or by an office they held."""
    found = set()
    for name in fact.actors:
        actor = material.base.actors.get(name)
        belongs = {name} | ({role.of for role in roles_at(actor, (fact,))} if actor else set())
        found |= {
            side
            for side, ids in (
                ("ours", material.spec.sides.ours),
                ("theirs", material.spec.sides.theirs),
            )
            if belongs.intersection(ids)
        }
    return len(found) == 2


def roles_at(actor: Actor, facts: Iterable[Fact]) -> tuple[Role, ...]:
    """The actor's offices that overlap any of the facts' dates; all of them if none does."""
    held = tuple(role for role in actor.roles if any(held_at(role, fact) for fact in facts))
    return held or actor.roles


def held_at(role: Role, fact: Fact) -> bool:
    """Whether the office overlaps the fact's date."""
    if fact.date is None:
        return False
    first = role.since.first_day if role.since else None
    last = role.until.last_day if role.until else None
    return reaches(fact.date, first, last)


def _tester(where: Where, material: Material) -> Callable[[Fact], bool]:
    asked = where.selection
    ranged = asked.start is not None or asked.end is not None
    finds = _text_test(asked.text, material) if asked.text else None
    any_of = [_text_test(text, material) for text in where.any_text]

    def test(fact: Fact) -> bool:
        if asked.topics and not any(
            topic == name or topic.startswith(name + ".")
            for topic in fact.topics
            for name in asked.topics
        ):
            return False
        if asked.kinds and fact.kind not in asked.kinds:
            return False
        if asked.actors and not set(asked.actors) & set(fact.actors):
            return False
        if asked.sources and not any(cite.source in asked.sources for cite in fact.cites):
            return False
        if asked.markings and not is_marked(
            fact, asked.markings, material.base.sources, material.base.markings
        ):
            return False
        if asked.status != ("current",) and fact.status not in asked.status:
            return False
        if ranged:
            if fact.date is None:
                if not asked.undated:
                    return False
            elif not reaches(fact.date, asked.first_day, asked.last_day):
                return False
        if asked.min_reliability is not None and not any(
            asked.ungraded if grade in (None, "F") else grade <= asked.min_reliability
            for grade in material.source_grades(fact)
        ):
            return False
        if asked.min_credibility is not None:
            if fact.credibility is None or fact.credibility == 6:
                if not asked.ungraded:
                    return False
            elif fact.credibility > asked.min_credibility:
                return False
        if where.dated is not None and (standing_day(fact, material) is not None) != where.dated:
            return False
        if where.ahead is not None and lies_ahead(fact, material) != where.ahead:
            return False
        if where.key is not None and fact.key != where.key:
            return False
        if where.use and not_for_use(fact, material) != (where.use == "not_for_use"):
            return False
        if where.side == "both":
            if not concerns_both(fact, material):
                return False
        elif where.side is not None and not _is_of(fact, where.side, material):
            return False
        if where.date_is and date_is(fact, material) not in where.date_is:
            return False
        if any_of and not any(finds_one(fact) for finds_one in any_of):
            return False
        return finds is None or finds(fact)

    return test


def _text_test(text: str, material: Material) -> Callable[[Fact], bool]:
    phrases = parse_text_query(text)

    def finds(fact: Fact) -> bool:
        fields = [fact.statement, fact.detail]
        for name in fact.actors:
            actor = material.base.actors.get(name)
            if actor:
                fields += [actor.name, *actor.aliases]
        folded = [fold_words(part) for part in fields]
        return all(any(phrase.found_in(words) for words in folded) for phrase in phrases)

    return finds
