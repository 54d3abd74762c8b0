"""A fact whole, in words: what a pane beside the list tells of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from briefgen.brief.assemble.figures import value_in_words
from briefgen.brief.assemble.sentences import cite_item
from briefgen.brief.assemble.single_facts import material_for
from briefgen.brief.assemble.when import full_date
from briefgen.brief.passages.clauses import clauses_of
from briefgen.brief.spec.model import Passages
from briefgen.dates import date_in_words
from briefgen.facts.model import Base, Fact, Reliability
from briefgen.facts.staleness import not_checked
from briefgen.facts.timing import effective_date_is, effective_said
from briefgen.gui.view_models.brief.passages import passages_of, stale_passages
from briefgen.gui.view_models.facts.fact_cards import FactCard, fact_card
from briefgen.gui.view_models.meanings import DATE_WORDS
from briefgen.index import Index
from briefgen.mail.short_sources import short_sources


@dataclass(frozen=True, slots=True)
class SourceDetails:
    """One citation of the fact."""

    id: str
    where: str
    """Who, where, when and the place in it: `Kamran, Arab News, July 2023, para. 8`."""
    title: str
    """Empty where `where` names it already."""
    url: str
    quote: str
    reliability: Reliability | None
    why: str
    """The grade in words, with its reason."""
    derived_from: tuple[str, ...]
    """The sources that it repeats, in short: it is no independent corroboration of them."""
    saved_copy: str


@dataclass(frozen=True, slots=True)
class FigureDetails:
    """One number of the fact, in words."""

    measure: str
    value: str
    unit: str
    period: str
    basis: str


@dataclass(frozen=True, slots=True)
class PassageDetails:
    """A sentence that says the fact together with others."""

    id: str
    text: str
    """Without its citations."""
    told: str
    """Whose it is, and whether it is printed: `of this brief`, `of the base, stale: …`."""


@dataclass(frozen=True, slots=True)
class FactDetails:
    """Everything that the base says of a fact, and of the facts that it is tied to."""

    fact: Fact
    card: FactCard
    topics: tuple[str, ...]
    actors: tuple[str, ...]
    sources: tuple[SourceDetails, ...]
    figures: tuple[FigureDetails, ...]
    disputes: tuple[FactCard, ...]
    supersedes: tuple[FactCard, ...]
    superseded_by: tuple[FactCard, ...]
    date_means: str
    """What the fact's date means: `it was due then`, and whether that is only assumed."""
    said: str
    """When it was said, in words; empty where that is unknown."""
    passages: tuple[PassageDetails, ...] = ()
    """The sentences that say it together with other facts."""


def fact_details(
    index: Index,
    id_: str,
    language: str = "",
    passages: Passages | None = None,
) -> FactDetails | None:
    """The fact with this id; None if the base has none. `language`, `passages`: the brief's."""
    fact = index.facts([id_]).get(id_)
    if fact is None:
        return None
    base = index.base
    disputes = index.disputes([id_]).get(id_, ())
    newer = index.superseded_by([id_]).get(id_, ())
    others = index.facts([*disputes, *fact.supersedes, *newer])
    draft = material_for([fact], base, {id_: disputes} if disputes else {}, language)
    cards = {name: fact_card(other, draft) for name, other in others.items()}

    def told(names: tuple[str, ...]) -> tuple[FactCard, ...]:
        return tuple(cards[name] for name in names if name in cards)

    def short(name: str) -> str:
        from briefgen.brief.model import CiteItem

        return short_sources([CiteItem(name)], base.sources, draft.language)

    sources = []
    for cite in fact.cites:
        source = base.sources.get(cite.source)
        where = short_sources([cite_item(cite)], base.sources, draft.language)
        grade = source.reliability if source else None
        why = ""
        if grade:
            form = "reliability_why" if source and source.reliability_note else "reliability"
            why = draft.words[form].format(
                grade=grade,
                meaning=draft.words[f"reliability_{grade}"],
                why=source.reliability_note if source else "",
            )
        title = source.title if source and source.title not in where else ""
        sources.append(
            SourceDetails(
                id=cite.source,
                where=where,
                title=title if title != cite.source else "",
                url=str(source.csl.get("URL") or "") if source else "",
                quote=cite.quote,
                reliability=grade,
                why=why,
                derived_from=tuple(short(name) for name in source.derived_from) if source else (),
                saved_copy=source.archive if source else "",
            )
        )
    figures = tuple(
        FigureDetails(
            measure=measure.label if (measure := base.measures.get(one.measure)) else one.measure,
            value=value_in_words(one, draft),
            unit=one.unit,
            period=date_in_words(one.period, draft.language)
            if one.period
            else full_date(fact, draft),
            basis=draft.words[f"basis_{one.basis}"],
        )
        for one in fact.figures
    )
    said = effective_said(fact, base.sources)
    topics = tuple(base.topics[t].label if t in base.topics else t for t in fact.topics)
    return FactDetails(
        fact=fact,
        card=fact_card(fact, draft),
        topics=topics,
        actors=tuple(draft.actor_name(name) for name in fact.actors),
        sources=tuple(sources),
        figures=figures,
        disputes=told(disputes),
        supersedes=told(fact.supersedes),
        superseded_by=told(newer),
        date_means=_date_means(fact, base),
        said=date_in_words(said, draft.language) if said is not None else "",
        passages=tuple(_passages(index, id_, passages or Passages())),
    )


def _passages(index: Index, id_: str, passages: Passages) -> Iterator[PassageDetails]:
    known = passages_of(passages, index.base, [id_])
    stale = stale_passages((one.passage for one in known), index)
    for one in known:
        passage = one.passage
        told = f"of {'this brief' if one.owner == 'brief' else 'the base'}"
        if one.is_split:
            told += ", printed fact by fact"
        elif stale[passage.id]:
            told += f", stale: {stale[passage.id][0]}"
        elif one.owner == "base" and not_checked(passage):
            told += ", not yet checked"
        text = "".join(clause.text for clause in clauses_of(passage))
        yield PassageDetails(passage.id, text, told)


def _date_means(fact: Fact, base: Base) -> str:
    means = DATE_WORDS[effective_date_is(fact, base.sources)]
    return means if fact.date_is else f"{means} (as for any {fact.kind})"


def word_changes(before: str, after: str) -> list[tuple[str, str, str]]:
    """How a wording differs from another, in runs of words: (`same` | `changed`, before, after).

    One of the two is empty where words were only added or only taken out.
    """
    from difflib import SequenceMatcher

    old, new = before.split(), after.split()
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return [
        ("same" if tag == "equal" else "changed", " ".join(old[a:b]), " ".join(new[c:d]))
        for tag, a, b, c, d in matcher.get_opcodes()
    ]
