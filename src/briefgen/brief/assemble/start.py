"""From a request to the workshop of its brief: facts chosen, names checked, disputes known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from briefgen.brief.assemble.drafting import Drafting, FactLookup
from briefgen.brief.assemble.filters import asked_topics
from briefgen.brief.assemble.masthead import period_in_words
from briefgen.brief.spec.model import BriefSpec
from briefgen.brief.template.model import Template
from briefgen.brief.words import words_in
from briefgen.errors import UsageError
from briefgen.facts.model import Base, Fact
from briefgen.suggestions import did_you_mean


def start_drafting(
    spec: BriefSpec,
    template: Template,
    base: Base,
    facts: tuple[Fact, ...],
    lookup: FactLookup,
    undated_left_out: int,
) -> Drafting:
    """The workshop of a brief. Raises `UsageError` for names that do not exist."""
    language = spec.language or base.language
    try:
        words = words_in(language)
    except KeyError:
        raise UsageError(
            f"language {language!r} is not built yet",
            hint="briefgen writes en so far: set language: en",
            origin=spec.place("language", language),
        ) from None
    known = template.sections_by_id
    for name in spec.leave_out:
        if name not in known:
            raise UsageError(
                f"sections.leave_out: template {template.id!r} has no section {name!r}",
                hint=did_you_mean(name, known) or f"it has {', '.join(known)}",
                origin=spec.place("sections", "leave_out", name),
            )
    for name in spec.text:
        if template.input(name) is None:
            inputs = [item.id for item in template.inputs]
            raise UsageError(
                f"template {template.id!r} has no input {name!r}",
                hint=did_you_mean(name, inputs) or f"it asks for {', '.join(inputs) or 'none'}",
                origin=spec.place("text", name),
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
    draft = Drafting(
        spec=spec,
        template=template,
        base=base,
        words=words,
        facts=facts,
        related=_Related(related, lookup),
        disputes={name: others for name, others in open_disputes.items() if others},
        context={},
        sections=tuple(s for s in template.sections if s.id not in spec.leave_out),
        undated_left_out=undated_left_out,
        language=language,
    )
    draft.disputes = _both_ways(draft.disputes)
    draft.context = _context(draft)
    if any(s.where and s.where.side for s in draft.sections) and not (
        spec.sides.ours or spec.sides.theirs
    ):
        draft.warn(
            f"template {template.id!r} speaks for two sides and the brief names none; "
            "add sides: {ours: [actor-id], theirs: [actor-id]}"
        )
    _warn_of_unknown_filters(draft)
    return draft


def _warn_of_unknown_filters(draft: Drafting) -> None:
    """Name what a template filters by and this base does not have: such a section stays empty."""
    base = draft.base
    for section in draft.sections:
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
                    draft.warn(f"{section.origin}: the base has no {what} {name!r}; {hint}")


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
    result = {name: list(others) for name, others in disputes.items()}
    for name, others in disputes.items():
        for other in others:
            back = result.setdefault(other, [])
            if name not in back:
                back.append(name)
    return {name: tuple(others) for name, others in result.items()}


def _context(draft: Drafting) -> dict[str, Any]:
    base, words, spec = draft.base, draft.words, draft.spec
    labels = [base.topics[name].label for name in asked_topics(draft)] if spec.select.topics else []
    topics = _joined(labels, words["and"])
    return {
        "base": {"title": base.title},
        "subject": f"{base.title}: {topics}" if topics else base.title,
        "topics": topics or words["all_topics"],
        "period": period_in_words(draft),
        "ours": _joined([draft.actor_name(a) for a in spec.sides.ours], words["and"]),
        "theirs": _joined([draft.actor_name(a) for a in spec.sides.theirs], words["and"]),
        "count": len(draft.facts),
        "sources": len({cite.source for fact in draft.facts for cite in fact.cites}),
        "date": spec.date or "",
        "template": draft.template.label,
    }


def _joined(labels: list[str], conjunction: str) -> str:
    if len(labels) > 1 and any(f" {conjunction} " in label for label in labels):
        return "; ".join(labels)  # "Trade and finance and Energy" names two or three things
    if len(labels) < 2:
        return "".join(labels)
    return f"{', '.join(labels[:-1])} {conjunction} {labels[-1]}"
