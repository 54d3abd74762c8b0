"""How facts are shown: one function for each plain `show` of a template."""

from __future__ import annotations

from briefgen.brief.assemble.act_words import act_word
from briefgen.brief.assemble.filters import covering_topic
from briefgen.brief.assemble.material import Material
from briefgen.brief.assemble.sentences import fact_sentence
from briefgen.brief.model import (
    Block,
    Blocks,
    Column,
    Entries,
    Entry,
    Inlines,
    ListBlock,
    Paragraph,
    Row,
    Table,
    Text,
)
from briefgen.brief.template.model import ColumnName, LabelBy, SectionTemplate
from briefgen.facts.model import Fact

_COLUMN_WIDTHS: dict[ColumnName, float] = {
    "date": 1.3, "act": 0.9, "statement": 5.0, "actors": 1.6, "kind": 1.1, "source": 1.6,
}  # fmt: skip


def bullets(
    facts: tuple[Fact, ...], section: SectionTemplate, material: Material
) -> ListBlock | None:
    """One bullet a fact, its date worked in."""
    items: list[Blocks] = [
        (
            Paragraph(
                (
                    fact_sentence(
                        fact, material, dated=True, detail=section.detail, spoken=section.spoken
                    ),
                )
            ),
        )
        for fact in facts
    ]
    return ListBlock(tuple(items)) if items else None


def paragraphs(facts: tuple[Fact, ...], section: SectionTemplate, material: Material) -> Blocks:
    """One paragraph a fact, its date worked in."""
    return tuple(
        Paragraph(
            (
                fact_sentence(
                    fact, material, dated=True, detail=section.detail, spoken=section.spoken
                ),
            )
        )
        for fact in facts
    )


def chronology(
    facts: tuple[Fact, ...], section: SectionTemplate, material: Material
) -> Entries | None:
    """Dates, or what `label` says, in a column; each fact beside its own."""
    by: LabelBy = section.label
    entries: list[Entry] = []
    for fact in facts:
        sentence = fact_sentence(
            fact, material, dated=by != "date", detail=section.detail, spoken=section.spoken
        )
        entries.append(Entry((Text(label_of(fact, by, material)),), (Paragraph((sentence,)),)))
    if not entries:
        return None
    return Entries(tuple(entries), material.words[by], material.words["event"])


def label_of(fact: Fact, by: LabelBy, material: Material) -> str:
    """What stands in the label column beside a fact."""
    match by:
        case "date":
            return material.date(fact)
        case "topic":
            name = fact.topics[0] if fact.topics else covering_topic(fact, material)
            topic = material.base.topics.get(name)
            return topic.label if topic else name
        case "actor":
            return material.actor_name(fact.actors[0]) if fact.actors else ""
        case "kind":
            return material.words[f"kind_{fact.kind}"]


def fact_table(
    facts: tuple[Fact, ...], section: SectionTemplate, material: Material, caption: str
) -> Table | None:
    """A row a fact. The statement's column carries the citation unless there is one for it."""
    if not facts:
        return None
    columns = section.columns
    return Table(
        tuple(
            Column((Text(material.words[name]),), "left", _COLUMN_WIDTHS[name]) for name in columns
        ),
        tuple(
            Row(tuple(_cell(fact, name, section, material) for name in columns)) for fact in facts
        ),
        caption=caption,
    )


def _cell(fact: Fact, name: ColumnName, section: SectionTemplate, material: Material) -> Inlines:
    match name:
        case "date":
            return (Text(material.date(fact)),)
        case "act":
            return (Text(act_word(fact)),)
        case "actors":
            return (Text(", ".join(material.actor_name(actor) for actor in fact.actors)),)
        case "kind":
            return (Text(material.words[f"kind_{fact.kind}"]),)
        case "source":
            from briefgen.brief.assemble.disputes import short_name

            named = [material.base.sources.get(cite.source) for cite in fact.cites]
            return (Text("; ".join(dict.fromkeys(short_name(s) for s in named if s))),)
        case "statement":
            sentence = fact_sentence(
                fact, material, dated="date" not in section.columns, detail=section.detail,
                spoken=section.spoken,
            )  # fmt: skip
            return (sentence,)


def positions(
    facts: tuple[Fact, ...], section: SectionTemplate, material: Material
) -> Entries | None:
    """Positions beside those who hold them: the first actor of each fact."""
    held: dict[str, list[Block]] = {}
    for fact in facts:
        sentence = fact_sentence(
            fact, material, dated=True, detail=section.detail, spoken=section.spoken
        )
        held.setdefault(label_of(fact, "actor", material), []).append(Paragraph((sentence,)))
    if not held:
        return None
    return Entries(
        tuple(Entry((Text(name),), tuple(blocks)) for name, blocks in held.items()),
        material.words["actor"],
        material.words["position"],
    )


def one_per_key(facts: tuple[Fact, ...], by: str, material: Material) -> tuple[Fact, ...]:
    """The first fact of each topic or actor, so that a short list covers many."""
    seen: set[str] = set()
    kept: list[Fact] = []
    for fact in facts:
        key = (fact.topics[0] if by == "topic" else next(iter(fact.actors), "")) or ""
        if key not in seen:
            seen.add(key)
            kept.append(fact)
    return tuple(kept)
