"""How facts are shown: one function for each plain `show` of a template."""

from __future__ import annotations

from briefgen.brief import model
from briefgen.brief.assemble.act_words import act_word
from briefgen.brief.assemble.disputes import said_by
from briefgen.brief.assemble.filters import covering_topic
from briefgen.brief.assemble.material import Material
from briefgen.brief.assemble.sentences import fact_sentence
from briefgen.brief.template.model import ColumnName, LabelBy, SectionTemplate
from briefgen.facts.model import Fact

_COLUMN_WIDTHS: dict[ColumnName, float] = {
    "date": 1.3, "act": 0.9, "statement": 5.0, "actors": 1.6, "kind": 1.1, "source": 1.6,
}  # fmt: skip


def bullets(
    facts: tuple[Fact, ...], section: SectionTemplate, material: Material
) -> model.ListBlock | None:
    """One bullet a fact, its date worked in."""
    items = tuple((paragraph,) for paragraph in paragraphs(facts, section, material))
    return model.ListBlock(items) if items else None


def paragraphs(
    facts: tuple[Fact, ...], section: SectionTemplate, material: Material
) -> tuple[model.Paragraph, ...]:
    """One paragraph a fact, its date worked in."""
    return tuple(model.Paragraph((_sentence(fact, section, material),)) for fact in facts)


def _sentence(
    fact: Fact, section: SectionTemplate, material: Material, *, dated: bool = True
) -> model.Sentence:
    return fact_sentence(fact, material, dated=dated, detail=section.detail, spoken=section.spoken)


def chronology(
    facts: tuple[Fact, ...], section: SectionTemplate, material: Material
) -> model.Entries | None:
    """Dates, or what `label` says, in a column; each fact beside its own."""
    by: LabelBy = section.label
    entries = tuple(
        model.Entry(
            (model.Text(label_of(fact, by, material)),),
            (model.Paragraph((_sentence(fact, section, material, dated=by != "date"),)),),
        )
        for fact in facts
    )
    return model.Entries(entries, material.words[by], material.words["event"]) if entries else None


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
) -> model.Table | None:
    """A row a fact. The statement's column carries the citation unless there is one for it."""
    if not facts:
        return None
    columns = section.columns
    return model.Table(
        tuple(
            model.Column((model.Text(material.words[name]),), "left", _COLUMN_WIDTHS[name])
            for name in columns
        ),
        tuple(
            model.Row(tuple(_cell(fact, name, section, material) for name in columns))
            for fact in facts
        ),
        caption=caption,
    )


def _cell(
    fact: Fact, name: ColumnName, section: SectionTemplate, material: Material
) -> model.Inlines:
    match name:
        case "date":
            return (model.Text(material.date(fact)),)
        case "act":
            return (model.Text(act_word(fact)),)
        case "actors":
            return (model.Text(", ".join(material.actor_name(actor) for actor in fact.actors)),)
        case "kind":
            return (model.Text(material.words[f"kind_{fact.kind}"]),)
        case "source":
            return (model.Text(said_by(fact, material)),)
        case "statement":
            return (_sentence(fact, section, material, dated="date" not in section.columns),)


def positions(
    facts: tuple[Fact, ...], section: SectionTemplate, material: Material
) -> model.Entries | None:
    """Positions beside those who hold them: the first actor of each fact."""
    held: dict[str, list[model.Block]] = {}
    for fact in facts:
        paragraph = model.Paragraph((_sentence(fact, section, material),))
        held.setdefault(label_of(fact, "actor", material), []).append(paragraph)
    if not held:
        return None
    return model.Entries(
        tuple(model.Entry((model.Text(name),), tuple(blocks)) for name, blocks in held.items()),
        material.words["actor"],
        material.words["position"],
    )


def one_per_key(facts: tuple[Fact, ...], by: str) -> tuple[Fact, ...]:
    """The first fact of each topic or actor, so that a short list covers many."""
    first: dict[str, Fact] = {}
    for fact in facts:
        key = fact.topics[0] if by == "topic" else next(iter(fact.actors), "")
        first.setdefault(key, fact)
    return tuple(first.values())
