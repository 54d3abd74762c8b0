"""Where sources disagree: the sides of each dispute, side by side, nobody winning silently."""

from __future__ import annotations

from briefgen.brief.assemble.material import Material
from briefgen.brief.assemble.sentences import fact_sentence
from briefgen.brief.model import Block, Blocks, Entries, Entry, Heading, Paragraph, Text
from briefgen.facts.csl_dates import csl_year_in_words
from briefgen.facts.model import Fact, Source


def dispute_clusters(facts: tuple[Fact, ...], material: Material) -> list[tuple[Fact, ...]]:
    """A claim and those that cannot hold beside it, in the brief's order; the sides from outside
    the brief are included. Each pair of the base stands in one cluster; those that a printed
    passage tells stand in none.
    """
    open_pairs = {
        frozenset((fact.id, other)): None
        for fact in facts
        for other in material.disputes.get(fact.id, ())
        if material.fact(other) is not None
        and frozenset((fact.id, other)) not in material.disputes_in_passages
    }
    place = {fact.id: number for number, fact in enumerate(facts)}
    clusters: list[tuple[Fact, ...]] = []
    while open_pairs:
        # The claim with most open contradictions leads, with all that contradicts it: so each
        # pair is told once, and a claim that nobody disputes is never drawn in by a third.
        counts: dict[str, int] = {}
        for pair in open_pairs:
            for name in pair:
                counts[name] = counts.get(name, 0) + 1
        lead = min(counts, key=lambda name: (-counts[name], place.get(name, len(place)), name))
        against = [name for pair in open_pairs if lead in pair for name in pair if name != lead]
        sides = [side for name in (lead, *against) if (side := material.fact(name)) is not None]
        clusters.append(tuple(sides))
        open_pairs = {pair: None for pair in open_pairs if lead not in pair}
    return sorted(clusters, key=lambda sides: min(place.get(s.id, len(place)) for s in sides))


def dispute_blocks(
    facts: tuple[Fact, ...], material: Material, limit: int | None, *, detail: bool = False
) -> Blocks:
    """Each dispute under its subject, its sides labelled by who says so."""
    blocks: list[Block] = []
    told = frozenset({material.words["disputed"]})
    clusters = dispute_clusters(facts, material)
    for cluster in clusters[:limit]:
        blocks.append(Heading(2, (Text(_subject(cluster, material)),)))
        blocks.append(
            Entries(
                tuple(
                    Entry(
                        (Text(said_by(side, material)),),
                        (
                            Paragraph(
                                (
                                    fact_sentence(
                                        side, material, dated=True, detail=detail, told=told
                                    ),
                                )
                            ),
                        ),
                    )
                    for side in cluster
                ),
                material.words["said_by"],
                material.words["statement"],
            )
        )
    material.disputes_shown += len(clusters[:limit])
    material.disputes_left += len(clusters) - len(clusters[:limit])
    return tuple(blocks)


def _subject(cluster: tuple[Fact, ...], material: Material) -> str:
    """The most specific topic that all sides share, with its parent; else the first side's."""
    shared = [t for t in cluster[0].topics if all(t in side.topics for side in cluster)]
    name = max(shared or cluster[0].topics, key=lambda topic: topic.count("."))
    topic = material.base.topics.get(name)
    if topic is None:
        return name
    parent = material.base.topics.get(topic.parent) if topic.parent else None
    return f"{parent.label}: {topic.label}" if parent else topic.label


def said_by(fact: Fact, material: Material) -> str:
    """The fact's sources as one speaks of them."""
    sources = [material.base.sources.get(cite.source) for cite in fact.cites]
    return "; ".join(dict.fromkeys(short_name(source) for source in sources if source))


def short_name(source: Source) -> str:
    """A source as one speaks of it: author or publication, and year."""
    csl = source.csl
    people = csl.get("author") or csl.get("editor") or ()
    names = [
        str(person.get("literal") or person.get("family") or person.get("given") or "")
        for person in people
    ]
    names = [name for name in names if name]
    who = f"{names[0]} et al." if len(names) > 2 else " and ".join(names)
    who = who or str(csl.get("container-title") or csl.get("publisher") or source.title)
    year = csl_year_in_words(csl.get("issued"))
    return f"{who}, {year}" if year else who
