"""From a request to the material of its brief: facts chosen, names checked, disputes known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from briefgen.brief.assemble.filters import asked_topics, lead_goes_to
from briefgen.brief.assemble.information_age import newest_information
from briefgen.brief.assemble.masthead import period_in_words
from briefgen.brief.assemble.material import FactLookup, Material
from briefgen.brief.assemble.own_passages import take_passages
from briefgen.brief.assemble.requirements import lacks_sides, missing_of, sides_warning
from briefgen.brief.assemble.section_plan import plan_sections, template_was_replaced
from briefgen.brief.spec.model import BriefSpec
from briefgen.brief.template.model import Template
from briefgen.brief.words import listed, words_in
from briefgen.dates import date_in_words, date_order
from briefgen.english import variety
from briefgen.errors import UsageError
from briefgen.facts.model import Base, Fact
from briefgen.suggestions import did_you_mean


def choose_facts(spec: BriefSpec, selected: Iterable[Fact], lookup: FactLookup) -> tuple[Fact, ...]:
    """The selection with the hand edits of `spec` laid over it.

    Raises `UsageError` for an id that the base does not have.
    """
    edits = spec.edits
    chosen = {fact.id: fact for fact in selected}
    named = {
        "exclude": edits.exclude, "include": edits.include, "order": edits.order,
        "key": edits.key, "unkey": edits.unkey, "not_for_use": edits.not_for_use,
        "reword": tuple(edits.reword),
    }  # fmt: skip
    missing = [name for names in named.values() for name in names if name not in chosen]
    known = lookup.facts(missing) if missing else {}
    for where, names in named.items():
        for name in names:
            if name not in chosen and name not in known:
                raise UsageError(
                    f"facts.{where}: the base has no fact {name!r}",
                    hint=did_you_mean(name, chosen) or "correct the id or remove it",
                    origin=spec.place("facts", where, name),
                )
    for name in edits.include:
        chosen.setdefault(name, known[name] if name in known else chosen[name])
    for name in edits.exclude:
        chosen.pop(name, None)
    facts = list(chosen.values())
    if edits.include:
        facts.sort(key=contract_order)
    if edits.order:
        place = {name: number for number, name in enumerate(edits.order)}
        facts.sort(key=lambda fact: place.get(fact.id, len(place)))
    if edits.key or edits.unkey or edits.reword:
        keys = dict.fromkeys(edits.unkey, False) | dict.fromkeys(edits.key, True)
        facts = [
            replace(fact, key=keys.get(fact.id, fact.key),
                    statement=edits.reword.get(fact.id, fact.statement))
            if fact.id in keys or fact.id in edits.reword
            else fact
            for fact in facts
        ]  # fmt: skip
    return tuple(facts)


def contract_order(fact: Fact) -> tuple[tuple[int, ...], str]:
    """First day (open start first), last day (open end last), id; undated facts at the end."""
    return date_order(fact.date), fact.id


def gather_material(
    spec: BriefSpec,
    template: Template,
    base: Base,
    facts: tuple[Fact, ...],
    lookup: FactLookup,
    undated_left_out: int,
) -> Material:
    """The material of a brief. Raises `UsageError` for names that do not exist."""
    language = spec.language or base.language
    try:
        words = words_in(language)
    except KeyError:
        raise UsageError(
            f"language {language!r} is not built yet",
            hint="briefgen writes en so far: set language: en",
            origin=spec.place("language", language),
        ) from None
    planned, warnings = plan_sections(template, spec)
    spec, renamed = _with_inputs_of(spec, template)
    for name in spec.sections.leads:
        if name not in base.topics:
            raise UsageError(
                f"sections.leads: the base has no topic {name!r}",
                hint=did_you_mean(name, base.topics) or "'briefgen topics' lists them",
                origin=spec.place("sections", "leads", name),
            )
    for side, names in (("ours", spec.sides.ours), ("theirs", spec.sides.theirs)):
        for name in names:
            if name not in base.actors:
                raise UsageError(
                    f"sides.{side}: the base has no actor {name!r}",
                    hint=did_you_mean(name, base.actors) or "'briefgen actors' lists them",
                    origin=spec.place("sides", side, name),
                )
    disputes = {
        name: others for name, others in lookup.disputes([f.id for f in facts]).items() if others
    }
    inside = {fact.id for fact in facts}
    outside = {other for others in disputes.values() for other in others} - inside
    for judgement in spec.judgements:
        outside.update(name for name in judgement.basis if name not in inside)
    related = lookup.facts(sorted(outside)) if outside else {}
    open_disputes = {
        name: tuple(
            other for other in others
            if other in inside or (other in related and related[other].status in
                                   ("current", "draft"))
        )
        for name, others in disputes.items()
    }  # fmt: skip
    material = Material(
        spec=spec,
        template=template,
        base=base,
        words=words,
        facts=facts,
        related=_Related(related, lookup),
        disputes=_both_ways(open_disputes),
        context={},
        sections=planned,
        warnings=[*warnings, *renamed],
        missing=missing_of(template, spec),
        undated_left_out=undated_left_out,
        lookup=lookup,
        language=language,
    )
    material.context = _context(material)
    if lacks_sides(material.template_sections, spec):
        material.warn(sides_warning(template))
    _warn_of_unknown_filters(material)
    _warn_of_lost_leads(material)
    take_passages(material, lookup)
    return material


def _with_inputs_of(spec: BriefSpec, template: Template) -> tuple[BriefSpec, list[str]]:
    """The brief with its answers under the ids that the template has for them, and what to tell.

    Raises `UsageError` for an input that there never was, unless another template was asked for
    than the one that the brief was written for.
    """
    texts, origins = dict(spec.text), dict(spec.text_origins)
    warnings = []
    for name in spec.text:
        if template.input(name) is not None:
            continue
        new = template.input_formerly(name)
        origin = spec.place("text", name)
        where = f"{origin}: " if origin is not None and origin.path else ""
        if new is not None:
            told = f"template {template.id!r} calls input {name!r} {new.id!r} now"
            texts.setdefault(new.id, texts[name])
            if name in origins:
                origins.setdefault(new.id, origins[name])
        elif name in template.retired:
            told = f"template {template.id!r} has no input {name!r} any more: it is passed over"
        elif template_was_replaced(spec):
            told = f"template {template.id!r} has no input {name!r}: it is passed over"
        else:
            inputs = [item.id for item in template.inputs]
            raise UsageError(
                f"template {template.id!r} has no input {name!r}",
                hint=did_you_mean(name, inputs) or f"it asks for {', '.join(inputs) or 'none'}",
                origin=origin,
            )
        warnings.append(f"{where}text: {told}")
        del texts[name]
    if not warnings:
        return spec, warnings
    return replace(spec, text=texts, text_origins=origins), warnings


def _warn_of_lost_leads(material: Material) -> None:
    """Tell of leads that no section of the template begins with."""
    by_topic = [s for s in material.template_sections if s.for_each == "topic"]
    for topic in material.spec.sections.leads:
        if not by_topic:
            why = f"template {material.template.id!r} does not go through topics"
        elif not lead_goes_to(topic, material):
            why = "the brief does not ask for that topic"
        else:
            continue
        material.warn(
            f"sections.leads: {topic!r} is printed nowhere: {why}",
            at=material.spec.text_origins.get(f"sections.leads.{topic}"),
        )


def _warn_of_unknown_filters(material: Material) -> None:
    """Name what a template filters by and this base does not have: such a section stays empty."""
    base = material.base
    for section in material.template_sections:
        if section.where is None:
            continue
        asked = section.where.selection
        for what, names, known in (
            ("topic", asked.topics, base.topics.keys()),
            ("actor", asked.actors, base.actors.keys()),
        ):
            for name in names:
                if name not in known:
                    hint = did_you_mean(name, known) or f"correct the id under where: {what}s"
                    material.warn(f"the base has no {what} {name!r}; {hint}", at=section.origin)


class _Related(dict[str, Fact]):
    """Facts outside the brief, fetched when somebody names one."""

    def __init__(self, known: Mapping[str, Fact], lookup: FactLookup) -> None:
        super().__init__(known)
        self.lookup = lookup

    def get(self, name: str, default: Any = None) -> Any:
        if name not in self:
            self.update(self.lookup.facts([name]))
        return super().get(name, default)


def _both_ways(disputes: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    result = {name: list(others) for name, others in disputes.items() if others}
    for name, others in disputes.items():
        for other in others:
            back = result.setdefault(other, [])
            if name not in back:
                back.append(name)
    return {name: tuple(others) for name, others in result.items()}


def _context(material: Material) -> dict[str, Any]:
    base, words, spec = material.base, material.words, material.spec
    labels = (
        [base.topics[name].label for name in asked_topics(material)] if spec.select.topics else []
    )
    topics = listed(labels, words["and"])
    newest = newest_information(material)
    return {
        "base": {"title": base.title},
        "subject": f"{base.title}: {topics}" if topics else base.title,
        "topics": topics or words["all_topics"],
        "period": period_in_words(material),
        "ours": listed([material.actor_name(a) for a in spec.sides.ours], words["and"]),
        "theirs": listed([material.actor_name(a) for a in spec.sides.theirs], words["and"]),
        "count": len(material.facts),
        "sources": len({cite.source for fact in material.facts for cite in fact.cites}),
        "newest": date_in_words(newest, material.language) if newest is not None else "",
        "undated_left_out": material.undated_left_out,
        "date": spec.date or "",
        "template": material.template.label,
        "language": variety(material.language) or material.language,
    }
