"""What is spoken, and what bears it out overleaf.

What is spoken carries no mark, no flag and no "according to"; the evidence stands overleaf under
the numbers of the lines. Nothing weak is put into anybody's mouth by itself, and nothing that must
not be disclosed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from briefgen.brief import model
from briefgen.brief.assemble.filters import is_weak, not_for_use
from briefgen.brief.assemble.material import Cut, Material
from briefgen.brief.assemble.sentences import fact_sentence
from briefgen.brief.assemble.voices import voice_to_add
from briefgen.brief.template.jinja_text import render_text
from briefgen.brief.template.model import SectionTemplate
from briefgen.brief.traversal import block_runs, blocks_inlines, map_blocks, plain_text
from briefgen.brief.words import listed
from briefgen.facts.model import Fact

LONGEST_LINE = 25
"""Words that can be said in a breath."""

_GRADES = ("A", "B", "C")


class SpokenLine(NamedTuple):
    """One line to be said, and the ids of the facts and sources that it cites."""

    blocks: model.Blocks
    cites: tuple[str, ...]


def without_citations(blocks: model.Blocks) -> model.Blocks:
    """Blocks without any citation: what is spoken has no marks."""
    return map_blocks(
        blocks, lambda run: tuple(one for one in run if not isinstance(one, model.Cite))
    )


def spoken_lines(text: str, material: Material) -> tuple[SpokenLine, ...]:
    """An author's spoken text line by line: the items of its lists, else its paragraphs."""
    from briefgen.brief.own_text.reader import read_own_text

    def itself(name: str) -> tuple[model.CiteItem, ...] | None:
        known = material.fact(name) is not None or name in material.base.sources
        return (model.CiteItem(name),) if known else None

    lines: list[SpokenLine] = []
    for block in read_own_text(text, itself, material.language).blocks:
        items = block.items if isinstance(block, model.ListBlock) else ((block,),)
        for item in items:
            cites = dict.fromkeys(cite.source for run in _cites(item) for cite in run.items)
            lines.append(SpokenLine(without_citations(item), tuple(cites)))
    return tuple(lines)


def _cites(blocks: model.Blocks) -> Iterator[model.Cite]:
    return (one for one in blocks_inlines(blocks) if isinstance(one, model.Cite))


def warn_of_lines(name: str, lines: Iterable[SpokenLine], material: Material) -> None:
    """Tell of lines too long for a breath, and of facts that ought not to be spoken of.

    `name` is the input that has the lines.
    """
    from briefgen.brief.own_text.reader import count_words

    origin = material.spec.text_origins.get(name, material.spec.origin)
    for number, line in enumerate(lines, start=1):
        said = " ".join(plain_text(run) for run in block_runs(line.blocks))
        count = count_words(said)
        if count > LONGEST_LINE:
            material.warn(
                f"{name}: line {number} has {count} words; {LONGEST_LINE} can be said in a breath",
                at=origin,
            )
        for id_ in line.cites:
            fact = material.fact(id_)
            if fact is None:
                continue
            if not_for_use(fact, material):
                material.warn(
                    f"{name}: line {number} rests on {id_!r}, which is not to be disclosed",
                    at=origin,
                )
            elif is_weak(fact, material):
                material.warn(
                    f"{name}: line {number} rests on {id_!r}, which is weak: its caution "
                    "stands in the evidence",
                    at=origin,
                )


def usable_facts(section: SectionTemplate, material: Material) -> tuple[Fact, ...]:
    """The facts that can be used in the room: those that the lines cite, and those starred.

    One for each measure, the newest, dated, on a source of grade A to C and of credibility 1 to 3,
    in nobody's voice but ours. What is weak comes only where the author starred it.
    """
    text = material.spec.text.get(section.input or "", "")
    cited = [id_ for line in spoken_lines(text, material) for id_ in line.cites]
    stars = material.spec.edits.key
    found: list[Fact] = []
    for id_ in dict.fromkeys((*stars, *cited)):
        fact = material.fact(id_)
        if fact is None or fact.date is None or not_for_use(fact, material):
            continue
        if id_ in stars:
            if is_weak(fact, material):
                material.warn(
                    f"facts.key: {id_!r} is weak and will be spoken of; its caution stands in the "
                    "evidence"
                )
        elif (
            is_weak(fact, material)
            or voice_to_add(fact, material)
            or material.reliability(fact) not in _GRADES
            or (fact.credibility or 6) > 3
        ):
            continue
        found.append(fact)
    return _one_for_each_measure(found, stars)


def _one_for_each_measure(facts: Iterable[Fact], stars: tuple[str, ...]) -> tuple[Fact, ...]:
    kept: list[Fact] = []
    by_measure: dict[str, Fact] = {}
    for fact in facts:
        measures = {figure.measure for figure in fact.figures}
        older = [by_measure[name] for name in measures if name in by_measure]
        if older and fact.id not in stars:
            if all(_last_day(fact) <= _last_day(one) or one.id in stars for one in older):
                continue
            kept = [one for one in kept if one not in older or one.id in stars]
        by_measure.update(dict.fromkeys(measures, fact))
        kept.append(fact)
    return tuple(kept)


def _last_day(fact: Fact) -> int:
    return fact.date.known_day or 0 if fact.date is not None else 0


def usable_bullets(
    section: SectionTemplate, material: Material
) -> tuple[model.ListBlock | None, Cut | None]:
    """The facts that can be used in the room, dated, without marks; and what the limit kept out."""
    usable = facts = usable_facts(section, material)
    if section.limit is not None:
        stars = [fact for fact in facts if fact.id in material.spec.edits.key]
        room = max(0, section.limit - len(stars))
        facts = (*stars, *[fact for fact in facts if fact not in stars][:room])
    names = [fact.id for fact in facts]
    material.told.update(names)
    material.stated.update(names)
    items: tuple[model.Blocks, ...] = tuple(
        (model.Paragraph((fact_sentence(fact, material, dated=True, spoken=True),)),)
        for fact in facts
    )
    left = tuple(fact.id for fact in usable if fact.id not in names)
    cut = Cut(len(facts), len(usable), "fact", left) if left else None
    return model.ListBlock(items) if items else None, cut


def evidence(section: SectionTemplate, material: Material) -> model.Entries | None:
    """What bears out the spoken part: by the number of the line, then by its other sections."""
    entries: list[model.Entry] = []
    borne: dict[str, str] = {}
    """Facts that are shown already, and under which label."""
    for other in material.template_sections:
        if not other.spoken:
            continue
        heading = render_text(other.heading, material.context)
        if other.show == "usable":
            rest = [fact.id for fact in usable_facts(other, material) if fact.id not in borne]
            entries += _entry(heading, rest, borne, material)
        elif other.show == "input" and other.input is not None:
            text = material.spec.text.get(other.input, "")
            for number, line in enumerate(spoken_lines(text, material) if text else (), start=1):
                label = str(number) if other.numbered else _name_of(line) or heading
                entries += _entry(label, line.cites, borne, material)
    entries = _merged(entries)
    if not entries:
        return None
    return model.Entries(
        tuple(entries), material.words["evidence_line"], material.words["evidence"]
    )


def _merged(entries: Iterable[model.Entry]) -> list[model.Entry]:
    """Entries of one label as one."""
    found: dict[model.Inlines, model.Entry] = {}
    for entry in entries:
        known = found.get(entry.label)
        found[entry.label] = (
            entry if known is None else model.Entry(entry.label, (*known.blocks, *entry.blocks))
        )
    return list(found.values())


def _name_of(line: SpokenLine) -> str:
    """What a line is on, where it opens with that in bold: `Barter` of "**Barter.** We ..."."""
    for run in block_runs(line.blocks):
        if run and isinstance(run[0], model.Strong):
            return plain_text(run[0].content).rstrip(" .:")
        break
    return ""


def _entry(
    label: str, ids: Iterable[str], borne: dict[str, str], material: Material
) -> list[model.Entry]:
    """What bears one line out; what an earlier line has shown is pointed to."""
    paragraphs: list[model.Block] = []
    again: list[str] = []
    for id_ in ids:
        fact = material.fact(id_)
        if id_ in borne:
            if borne[id_] not in (*again, label):
                again.append(borne[id_])
        elif fact is not None:
            borne[id_] = label
            sentence = fact_sentence(fact, material, dated=True)
            paragraphs.append(model.Paragraph((sentence,)))
        elif id_ in material.base.sources:
            cite = model.Cite((model.CiteItem(id_),))
            told = model.Text(material.words["evidence_source"])
            paragraphs.append(model.Paragraph((told, cite)))
    if again:
        where = listed([f"‘{name}’" for name in again], material.words["and"])
        told = model.Text(material.words["evidence_again"].format(lines=where))
        paragraphs.append(model.Paragraph((told,)))
    return [model.Entry((model.Text(label),), tuple(paragraphs))] if paragraphs else []
