"""Where sources disagree: the sides of each dispute, side by side, nobody winning silently."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from briefgen.brief.assemble.material import Material
from briefgen.brief.assemble.sentences import fact_sentence
from briefgen.brief.assemble.source_names import said_by, speaker
from briefgen.brief.assemble.voices import voice_to_add
from briefgen.brief.model import (
    Block,
    Blocks,
    Entries,
    Entry,
    Heading,
    Inline,
    ListBlock,
    Paragraph,
    Text,
)
from briefgen.brief.words import number_in_words
from briefgen.facts.model import Fact


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
        # pair is told once, and a claim that nobody disputes is never drawn in by a third. Of
        # several such claims one leads whose sides are about one thing.
        against: dict[str, list[str]] = {}
        for pair in open_pairs:
            for name in pair:
                against.setdefault(name, []).extend(pair - {name})
        most = max(map(len, against.values()))
        claims = [
            (name, _sides(name, against, material))
            for name, others in against.items()
            if len(others) == most
        ]
        lead, sides = min(
            claims,
            key=lambda claim: (
                not _shared_topics(claim[1]),
                place.get(claim[0], len(place)),
                claim[0],
            ),
        )
        clusters.append(sides)
        open_pairs = {pair: None for pair in open_pairs if lead not in pair}
    return sorted(clusters, key=lambda sides: min(place.get(s.id, len(place)) for s in sides))


def _sides(lead: str, against: Mapping[str, Iterable[str]], material: Material) -> tuple[Fact, ...]:
    names = (lead, *against[lead])
    return tuple(side for name in names if (side := material.fact(name)) is not None)


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


def dispute_sentences(
    facts: tuple[Fact, ...], material: Material, limit: int | None
) -> ListBlock | None:
    """Each dispute in a sentence that names its voices: who says this; who says that.

    Only those that touch what the body has told so far, where it has told any facts: those of
    which it has told most sides first, then those on the very topics of what it has told.
    """
    clusters = dispute_clusters(facts, material)
    told = material.told
    topics = {t for name in told if (fact := material.fact(name)) is not None for t in fact.topics}

    def distance(cluster: tuple[Fact, ...]) -> int | None:
        sides = [side.id in told for side in cluster]
        if not told or all(sides[:2]):
            return 0
        if any(sides):
            return 1
        return 2 if any(topics.intersection(side.topics) for side in cluster) else None

    near = [(far, c) for c in clusters if (far := distance(c)) is not None]
    ordered = [cluster for _, cluster in sorted(near, key=lambda item: item[0])]
    shown = ordered[:limit]
    material.disputes_shown += len(shown)
    material.disputes_left += len(clusters) - len(shown)
    if not shown:
        return None
    return ListBlock(tuple((_in_a_sentence(cluster, material),) for cluster in shown))


_MOST_VOICES = 3
"""In one sentence; how many more there are is told."""


def _in_a_sentence(cluster: tuple[Fact, ...], material: Material) -> Paragraph:
    lead, *against = cluster
    against.sort(key=lambda side: side.id not in material.told)
    content: list[Inline] = []
    for side in (lead, *against[: _MOST_VOICES - 1]):
        name = " / ".join(
            dict.fromkeys(
                speaker(source)
                for cite in side.cites
                if (source := material.base.sources.get(cite.source)) is not None
            )
        )
        told = frozenset({material.words["disputed"]})
        is_own = voice_to_add(side, material).casefold() in name.casefold()
        if content:
            content.append(Text("; "))
        content.append(Text(f"{name}: " if name else ""))
        content.append(
            fact_sentence(side, material, dated=True, voiced=not is_own, closed=False, told=told)
        )
    more = len(against) - (_MOST_VOICES - 1)
    if more > 0:
        number = number_in_words(more, material.words)
        content.append(Text(material.counted("more_accounts", more, number=number)))
    content.append(Text("."))
    return Paragraph(tuple(content))


def _shared_topics(cluster: tuple[Fact, ...]) -> list[str]:
    return [t for t in cluster[0].topics if all(t in side.topics for side in cluster)]


def _subject(cluster: tuple[Fact, ...], material: Material) -> str:
    """The most specific topic that all sides share, with its parent; else that of each side."""
    shared = _shared_topics(cluster)
    topics = [shared] if shared else [list(side.topics) for side in cluster]
    most_specific = [max(some, key=lambda topic: topic.count(".")) for some in topics if some]
    return "; ".join(dict.fromkeys(_topic_label(name, material) for name in most_specific))


def _topic_label(name: str, material: Material) -> str:
    topic = material.base.topics.get(name)
    if topic is None:
        return name
    parent = material.base.topics.get(topic.parent) if topic.parent else None
    return f"{parent.label}: {topic.label}" if parent else topic.label
