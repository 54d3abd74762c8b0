"""A brief's sections filled with facts and own text: which, in what order, shown how."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from briefgen.brief import model
from briefgen.brief.assemble.about_sources import about_sources
from briefgen.brief.assemble.authored import (
    authored_blocks,
    citation_resolver,
    input_blocks,
    refuse_faults,
)
from briefgen.brief.assemble.disputes import dispute_blocks, dispute_sentences
from briefgen.brief.assemble.fact_blocks import opened_by
from briefgen.brief.assemble.fact_sections import fact_section, if_any
from briefgen.brief.assemble.figures import figures_table
from briefgen.brief.assemble.filters import Group, group_facts, lead_goes_to, section_facts
from briefgen.brief.assemble.gaps import gap_sentences
from briefgen.brief.assemble.material import Cut, Material
from briefgen.brief.assemble.people import attendees, people, posts
from briefgen.brief.assemble.requirements import to_be_written
from briefgen.brief.assemble.speaking import (
    evidence,
    spoken_lines,
    usable_bullets,
    warn_of_lines,
    without_citations,
)
from briefgen.brief.spec.model import OwnSection
from briefgen.brief.template.jinja_text import render_text
from briefgen.brief.template.model import ForEach, SectionTemplate, TextTemplate
from briefgen.facts.model import Fact


def made_sections(material: Material) -> list[model.Section]:
    """Every section of the brief, in reading order, each made knowing what those before it told.

    What follows the annex's heading stands a level below it.
    """
    sections: list[model.Section] = []
    in_annex = False
    for planned in material.sections:
        if isinstance(planned, OwnSection):
            made = [_own_section(planned, material, in_body=not in_annex)]
        else:
            made = _template_sections(planned, material, in_body=not in_annex)
        if in_annex:
            made = [_lowered(section) for section in made]
        in_annex = in_annex or (not isinstance(planned, OwnSection) and planned.show == "annex")
        sections += made
    return sections


def _own_section(own: OwnSection, material: Material, *, in_body: bool) -> model.Section:
    name = f"sections.add.{own.id}"
    blocks = authored_blocks(name, own.text, material, section=own.id, tells=in_body)
    heading = (model.Text(own.heading),)
    return model.Section(own.id, f"section-{own.id}", heading, blocks, part=own.id)


def _template_sections(
    section: SectionTemplate, material: Material, *, in_body: bool
) -> list[model.Section]:
    """The sections that one template section becomes: none, one, or one for each of a group."""
    facts = section_facts(section.where, material)
    if section.for_each is None:
        blocks = _blocks(section, facts, material, {}, section.id, in_body=in_body)
        made = _make_section(section, material, "", {}, blocks)
        return [made] if made else []
    sections: list[model.Section] = []
    groups = group_facts(facts, section.for_each, material)
    if section.for_each == "year" and section.sort == "newest":
        dated = [group for group in groups if group.key]
        groups = [*reversed(dated), *(group for group in groups if not group.key)]
    for group in _with_leads(groups, section, material):
        key = group.key or "other"
        name = f"{section.id}-{key}"
        lead, below = _lead(group, section, material, name, in_body=in_body)
        shown = _blocks(section, group.facts, material, group.context, name, in_body=in_body)
        blocks = (*lead, *opened_by(below, shown, material))
        if lead:
            material.led[name] = len(lead)
        made = _make_section(section, material, key, group.context, blocks, group.label)
        if made:
            sections.append(made)
    if not sections:
        made = _make_section(section, material, "", {}, ()) if section.empty else None
        return [made] if made else []
    return sections


def _with_leads(
    groups: Sequence[Group], section: SectionTemplate, material: Material
) -> Sequence[Group]:
    """The groups, and those topics that the author leads into though no fact is left for them."""
    if section.for_each != "topic":
        return groups
    known = {group.key: group for group in groups}
    for topic in material.spec.sections.leads:
        key = lead_goes_to(topic, material)
        if key:
            label = material.base.topics[key].label
            known.setdefault(key, Group(key, label, "topic", ()))
    order = [topic for topic in material.base.topics if topic in known]
    return [*(known[key] for key in order), *(g for g in groups if g.key not in order)]


def _lead(
    group: Group, section: SectionTemplate, material: Material, name: str, *, in_body: bool
) -> tuple[model.Blocks, Mapping[str, model.Blocks]]:
    """What the author says first of the group's topic; and of its subtopics, by topic."""
    blocks: list[model.Block] = []
    below: dict[str, model.Blocks] = {}
    for topic, text in material.spec.sections.leads.items() if section.for_each == "topic" else ():
        if lead_goes_to(topic, material) != group.key or not text.strip():
            continue
        made = authored_blocks(
            f"sections.leads.{topic}", text, material, section=name, tells=in_body
        )
        if topic == group.key:
            blocks += made
        else:
            below[topic] = made
    return tuple(blocks), below


def _make_section(
    section: SectionTemplate,
    material: Material,
    key: str,
    loop: Mapping[str, object],
    blocks: model.Blocks,
    label: str = "",
) -> model.Section | None:
    context = {**material.context, **loop}
    if not blocks and section.show != "annex":
        if section.empty is None:
            return None
        said = render_text(section.empty, _nobody(section.for_each) | context)
        blocks = (model.Paragraph((model.Text(said),), "empty"),)
    if section.for_each and not loop:
        heading = (
            material.template.label if "{" in section.heading.source else section.heading.source
        )
    else:
        heading = render_text(section.heading, context) or label
    name = f"{section.id}-{key}" if key else section.id
    return model.Section(
        id=name,
        anchor=f"section-{name}",
        heading=(model.Text(heading),) if heading else (),
        blocks=blocks,
        tone=section.tone,
        break_before=section.page_break or section.show == "annex",
        part=section.id,
    )


def _nobody(loop: ForEach | None) -> dict[str, object]:
    """What the loop's name stands for where there was nothing to go through."""
    if loop is None:
        return {}
    return {loop: "" if loop == "year" else {"id": "", "label": "", "name": ""}}


def _blocks(
    section: SectionTemplate,
    facts: tuple[Fact, ...],
    material: Material,
    loop: Mapping[str, object],
    name: str,
    *,
    in_body: bool,
) -> model.Blocks:
    """What the section shows of `facts`, which its `where` and its group have let through.

    `loop` is what its texts may call besides the brief's own names; `name` is the id of the
    section on the page.
    """
    lead: model.Blocks = ()
    if section.text is not None and section.show != "text":
        lead = _template_text(section.text, material, loop)
    shown = _shown(section, facts, material, loop, name, in_body=in_body)
    return (*lead, *shown) if shown or section.show == "annex" else ()


def _template_text(
    text: TextTemplate, material: Material, loop: Mapping[str, object]
) -> model.Blocks:
    """A template's CommonMark. What the base says in it is data, so its punctuation is escaped."""
    from briefgen.brief.own_text.reader import escaped_for_commonmark, read_own_text

    filled = render_text(text, escaped_for_commonmark({**material.context, **loop}))
    own = read_own_text(filled, citation_resolver(material), material.language)
    refuse_faults(own, text.origin)
    return own.blocks


def _shown(
    section: SectionTemplate,
    facts: tuple[Fact, ...],
    material: Material,
    loop: Mapping[str, object],
    name: str,
    *,
    in_body: bool,
) -> model.Blocks:
    match section.show:
        case "bullets" | "paragraphs" | "table" | "chronology" | "positions":
            return fact_section(section, facts, material, loop, name, in_body=in_body)
        case "figures":
            table, cut = figures_table(facts, material, section.figure_columns, section.limit)
            return _counted(table, cut, name, material)
        case "actors":
            return _counted(*people(facts, material, section.limit), name, material)
        case "disputes":
            if section.in_a_sentence:
                return if_any(dispute_sentences(facts, material, section.limit))
            return dispute_blocks(facts, material, section.limit, detail=section.detail)
        case "gaps":
            gaps = gap_sentences(facts, material)
            told = gaps[: section.limit]
            items: tuple[model.Blocks, ...] = tuple(
                (model.Paragraph((model.Text(gap),)),) for gap in told
            )
            cut = Cut(len(told), len(gaps), "gap") if len(told) < len(gaps) else None
            return _counted(model.ListBlock(items) if items else None, cut, name, material)
        case "attendees":
            return if_any(attendees(material))
        case "posts":
            return if_any(posts(material))
        case "about_sources":
            return about_sources(facts, material)
        case "sources":
            return (model.References(with_notes=section.with_notes),)
        case "judgements":
            if not material.spec.judgements:
                return ()
            from briefgen.brief.assemble.judgements import judgement_blocks  # it reads a scale

            return judgement_blocks(name, material)
        case "input":
            return _input(section, material, tells=in_body)
        case "usable":
            return _counted(*usable_bullets(section, material), name, material)
        case "evidence":
            return if_any(evidence(section, material))
        case "text":
            assert section.text is not None
            return _template_text(section.text, material, loop)
        case "annex":
            return ()
        case "chart" | "timeline":  # refused when the template is read
            return ()


def _counted(
    block: model.Block | None, cut: Cut | None, name: str, material: Material
) -> model.Blocks:
    """The block, and a note of what the section's limit kept out of it."""
    if cut is not None:
        material.limited[name] = cut
    return if_any(block)


def _input(section: SectionTemplate, material: Material, *, tells: bool) -> model.Blocks:
    """The author's answer; what is to be written where the template requires one."""
    blocks = input_blocks(section, material, tells=tells)
    missing = next((one for one in material.missing if one.name == section.input), None)
    if missing is not None and not blocks:
        asked = material.template.input(missing.name)
        hint = asked.hint if asked is not None else ""
        return (to_be_written(missing.label, hint, material.words["to_be_written"]),)
    if not section.spoken or not blocks:
        return blocks
    assert section.input is not None
    lines = spoken_lines(material.spec.text[section.input], material)
    warn_of_lines(section.input, lines, material)
    if not section.numbered:
        return without_citations(blocks)
    return (model.ListBlock(tuple(line.blocks for line in lines), ordered=True),)


def _lowered(section: model.Section) -> model.Section:
    """The section one level down, with the headings inside it."""
    blocks = tuple(
        replace(block, level=min(3, block.level + 1)) if isinstance(block, model.Heading) else block
        for block in section.blocks
    )
    return replace(section, level=section.level + 1, blocks=blocks)
