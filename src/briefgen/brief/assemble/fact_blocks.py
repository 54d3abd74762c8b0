"""How facts are shown: one function for each plain `show` of a template."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from briefgen.brief import model
from briefgen.brief.assemble.act_words import IN_FORCE, act_word
from briefgen.brief.assemble.filters import covering_topic, said_together, subtopic_of
from briefgen.brief.assemble.material import Material
from briefgen.brief.assemble.passages import Unit, passage_inlines
from briefgen.brief.assemble.sentences import fact_sentence
from briefgen.brief.assemble.source_names import said_by
from briefgen.brief.assemble.voices import Voice, lead_in, voice_of
from briefgen.brief.assemble.when import date_label
from briefgen.brief.template.model import ColumnName, LabelBy, SectionTemplate
from briefgen.brief.words import listed
from briefgen.facts.model import DateIs, Fact

_COLUMN_WIDTHS: dict[ColumnName, float] = {
    "date": 1.3, "act": 0.9, "statement": 5.0, "actors": 1.6, "kind": 1.1, "source": 1.6,
}  # fmt: skip


Units = tuple[Unit, ...]
_LEAST_RUN_OF_BULLETS = 3
"""Two bullets of one voice read better each with its own."""


def bullets(units: Units, section: SectionTemplate, material: Material) -> model.ListBlock | None:
    """One bullet a fact, its date worked in; a run of one voice stands under it."""
    items: list[model.Blocks] = []
    for voice, run in _runs(units, material):
        if voice is None or len(run) < _LEAST_RUN_OF_BULLETS or section.spoken:
            items += [(model.Paragraph(_said(unit, section, material)),) for unit in run]
            continue
        lead = model.Paragraph((model.Text(lead_in(voice, material)),))
        items.append((lead, model.ListBlock(tuple((p,) for p in _led(run, section, material)))))
    return model.ListBlock(tuple(items)) if items else None


def paragraphs(
    units: Units, section: SectionTemplate, material: Material
) -> tuple[model.Paragraph, ...]:
    """One paragraph a fact or passage, its date worked in; one for a run of one voice."""
    made = []
    for voice, run in _runs(units, material):
        if voice is None or section.spoken:
            made += [model.Paragraph(_said(unit, section, material)) for unit in run]
            continue
        content: list[model.Inline] = [model.Text(lead_in(voice, material))]
        for paragraph in _led(run, section, material):
            content += [model.Text(" "), *paragraph.content]
        made.append(model.Paragraph(tuple(content)))
    return tuple(made)


def run_in_paragraphs(
    units: Units, section: SectionTemplate, material: Material
) -> tuple[model.Paragraph, ...]:
    """One paragraph a subtopic, opened by its name; what is of no subtopic comes first."""
    by_topic: dict[str, list[Unit]] = {"": []}
    for unit in units:
        by_topic.setdefault(subtopic_of(unit.facts[0], material), []).append(unit)
    order = ["", *(topic for topic in material.base.topics if topic in by_topic)]
    made = []
    for topic in order:
        content: list[model.Inline] = []
        for said in _voiced(by_topic[topic], section, material):
            content += [model.Text(" "), *said] if content else said
        if content and topic:
            label = f"{material.base.topics[topic].label}."
            content[:0] = [model.Strong((model.Text(label),)), model.Text(" ")]
        if content:
            made.append(model.Paragraph(tuple(content)))
    return tuple(made)


def opened_by(
    leads: Mapping[str, model.Blocks], shown: model.Blocks, material: Material
) -> model.Blocks:
    """Blocks of a topic, what the author says of its subtopics put before what is shown of them.

    Where a paragraph opens with a subtopic's name, the lead goes on from the name; else it gets a
    paragraph of its own that opens so.
    """
    blocks, alone = list(shown), list[model.Block]()
    for topic, lead in leads.items():
        label = model.Strong((model.Text(f"{material.base.topics[topic].label}."),))
        first = lead[0] if lead else None
        if not isinstance(first, model.Paragraph):
            alone += lead
            continue
        place = next(
            (
                number
                for number, block in enumerate(blocks)
                if isinstance(block, model.Paragraph) and block.content[:1] == (label,)
            ),
            None,
        )
        if place is None:
            opened = replace(first, content=(label, model.Text(" "), *first.content))
            alone += (opened, *lead[1:])
            continue
        there = blocks[place]
        assert isinstance(there, model.Paragraph)
        content = (label, model.Text(" "), *first.content, *there.content[1:])
        blocks[place : place + 1] = [replace(there, content=content), *lead[1:]]
    return (*alone, *blocks)


def _voiced(
    units: Sequence[Unit], section: SectionTemplate, material: Material
) -> Iterator[model.Inlines]:
    """What the units say, one after the other; a voice and a time that several share told once.

    What nobody is quoted for comes first, so that it is plain where a voice begins.
    """
    nobody = Voice("", "")
    voices: dict[Voice, list[Unit]] = {nobody: []}
    for unit in units:
        voice = nobody if unit.passage is not None else voice_of(unit.facts[0], material)
        voices.setdefault(voice, []).append(unit)
    for voice, said in sorted(voices.items(), key=lambda item: bool(item[0].who)):
        if voice == nobody or len(said) == 1:
            yield from (_said(unit, section, material) for unit in said)
            continue
        yield (model.Text(lead_in(voice, material)),)
        for unit in said:
            yield (_sentence(unit.facts[0], section, material, voiced=False),)


def _runs(
    units: Units, material: Material, by: LabelBy | None = None, *, among_events: bool = False
) -> Iterator[tuple[Voice | None, Units]]:
    """The units as they stand, those put together that follow one another with one voice.

    Beside labels `by`, they have one label, too, and a date's label tells when the voice spoke.
    The voice is None where there is none, or nobody to share it with.
    """

    def key(numbered: tuple[int, Unit]) -> tuple[Voice, str, int]:
        number, unit = numbered
        voice = voice_of(unit.facts[0], material)
        if unit.passage is not None or not voice.who:
            return Voice("", ""), "", number
        label = label_of(unit.facts[-1], by, material, among_events) if by is not None else ""
        return voice._replace(at="") if by == "date" else voice, label, 0

    for (voice, _, _), run in groupby(enumerate(units), key):
        said = tuple(unit for _, unit in run)
        yield (voice if voice.who and len(said) > 1 else None), said


def _led(
    units: Units, section: SectionTemplate, material: Material, *, labelled: bool = False
) -> list[model.Paragraph]:
    """The sentences of a run whose voice a lead-in has named."""
    return [
        model.Paragraph(
            (_sentence(unit.facts[0], section, material, labelled=labelled, voiced=False),)
        )
        for unit in units
    ]


def _said(
    unit: Unit, section: SectionTemplate, material: Material, *, labelled: bool = False
) -> model.Inlines:
    """A unit in running text, or beside a date where it is `labelled`."""
    if unit.passage is not None:
        return passage_inlines(unit, material, labelled=labelled)
    return (_sentence(unit.facts[0], section, material, labelled=labelled),)


def _sentence(
    fact: Fact,
    section: SectionTemplate,
    material: Material,
    *,
    labelled: bool = False,
    voiced: bool = True,
) -> model.Sentence:
    told: frozenset[str] = frozenset()
    meanings = _meanings(section)
    # What the section's heading says of them all.
    if meanings == {"expected"}:
        ahead = section.where is not None and section.where.ahead
        told = frozenset({material.words["due_then" if ahead else "outcome_not_recorded"]})
    elif meanings == {"state", "statement"}:
        told = frozenset({material.words["as_reported"]})
    return fact_sentence(
        fact,
        material,
        told=told,
        dated=not section.spoken,
        labelled=labelled,
        detail=section.detail,
        spoken=section.spoken,
        voiced=voiced,
        report_told=_is_among_events(section),
    )


def _meanings(section: SectionTemplate) -> set[DateIs]:
    """What the dates of the section's facts mean; nothing: anything."""
    return set(section.where.date_is) if section.where is not None else set()


def _is_among_events(section: SectionTemplate) -> bool:
    """Whether the section may show what happened beside what held or was said."""
    meanings = _meanings(section)
    return not meanings or not meanings <= {"state", "statement"}


def chronology(units: Units, section: SectionTemplate, material: Material) -> model.Entries | None:
    """Dates, or what `label` says, in a column; each fact or passage beside its own."""
    by: LabelBy = section.label
    labelled = by == "date"
    among = _is_among_events(section)
    entries = []
    for voice, run in _runs(units, material, by, among_events=among):
        label = (model.Text(label_of(run[0].facts[-1], by, material, among)),)
        if voice is not None and not section.spoken:
            lead = model.Paragraph((model.Text(lead_in(voice, material)),))
            said = _led(run, section, material, labelled=labelled)
            entries.append(model.Entry(label, (lead, *said)))
            continue
        for unit in run:
            content = _said(unit, section, material, labelled=labelled)
            if section.acts and unit.passage is None:
                told = material.words["act_told"].format(act=act_word(unit.facts[0]))
                content = _before_flag(content, model.Text(told))
            label = (model.Text(label_of(unit.facts[-1], by, material, among)),)
            entries.append(model.Entry(label, (model.Paragraph(content),)))
    if not entries:
        return None
    return model.Entries(tuple(entries), material.words[by], material.words["event"])


def _before_flag(content: model.Inlines, told: model.Text) -> model.Inlines:
    """A sentence with something more told, its caution last."""
    (sentence,) = content
    if not isinstance(sentence, model.Sentence):
        return (*content, told)
    inside = sentence.content
    place = len(inside) - 2 if isinstance(inside[-1], model.Flag) else len(inside)
    return (replace(sentence, content=(*inside[:place], told, *inside[place:])),)


def label_of(fact: Fact, by: LabelBy, material: Material, among_events: bool = False) -> str:
    """What stands in the label column beside a fact; dates of events stand there, too, or not."""
    match by:
        case "date":
            return date_label(fact, material, among_events=among_events)
        case "topic":
            name = fact.topics[0] if fact.topics else covering_topic(fact, material)
            topic = material.base.topics.get(name)
            return topic.label if topic else name
        case "actor":
            return material.actor_name(fact.actors[0]) if fact.actors else ""
        case "kind":
            return material.words[f"kind_{fact.kind}"]


def fact_table(
    units: Units, section: SectionTemplate, material: Material, caption: str
) -> model.Table | None:
    """A row a fact. The statement's column carries the citation unless there is one for it."""
    if not units:
        return None
    columns = section.columns
    return model.Table(
        tuple(
            model.Column((model.Text(material.words[name]),), "left", _COLUMN_WIDTHS[name])
            for name in columns
        ),
        tuple(
            model.Row(tuple(_cell(fact, name, section, material) for name in columns))
            for fact in facts_of(units)
        ),
        caption=caption,
    )


def _cell(
    fact: Fact, name: ColumnName, section: SectionTemplate, material: Material
) -> model.Inlines:
    match name:
        case "date":
            label = date_label(fact, material, among_events=_is_among_events(section))
            return (model.Text(label),)
        case "act":
            return (model.Text(act_word(fact)),)
        case "actors":
            return (model.Text(", ".join(material.actor_name(actor) for actor in fact.actors)),)
        case "kind":
            return (model.Text(material.words[f"kind_{fact.kind}"]),)
        case "source":
            return (model.Text(said_by(fact, material)),)
        case "statement":
            return (_sentence(fact, section, material, labelled="date" in section.columns),)


def force_of_agreements(
    units: Units, section: SectionTemplate, material: Material
) -> tuple[model.Paragraph, ...]:
    """Under agreements with their acts: of which of them nothing says that they are in force."""
    asked = section.where.selection.kinds if section.where is not None else ()
    if asked != ("agreement",) or not (section.acts or "act" in section.columns):
        return ()
    facts = facts_of(units)
    silent = [fact for fact in facts if act_word(fact) != IN_FORCE]
    if not silent:
        return ()
    form = "not_in_force" if len(silent) == len(facts) else "others_not_in_force"
    return (model.Paragraph((model.Text(material.words[form]),), "small"),)


def positions(units: Units, section: SectionTemplate, material: Material) -> model.Entries | None:
    """Positions beside those who hold them: the first actor of each fact."""
    held: dict[str, list[model.Block]] = {}
    for fact in facts_of(units):
        paragraph = model.Paragraph((_sentence(fact, section, material),))
        held.setdefault(_holder(fact, material), []).append(paragraph)
    if not held:
        return None
    return model.Entries(
        tuple(model.Entry((model.Text(name),), tuple(blocks)) for name, blocks in held.items()),
        material.words["actor"],
        material.words["position"],
    )


def _holder(fact: Fact, material: Material) -> str:
    """Who holds a position: its first actor, or both sides where they said it together."""
    if not said_together(fact, material):
        return label_of(fact, "actor", material)
    sides = material.spec.sides
    names = [material.actor_name(name) for name in (*sides.ours, *sides.theirs)]
    return listed(names, material.words["and"])


def facts_of(units: Units) -> tuple[Fact, ...]:
    """The facts of the units, one by one."""
    return tuple(fact for unit in units for fact in unit.facts)
