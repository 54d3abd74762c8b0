"""A template's sections filled with facts: which, in what order, shown how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from briefgen.brief import model
from briefgen.brief.assemble.authored import (
    citation_resolver,
    input_blocks,
    judgement_blocks,
    refuse_faults,
)
from briefgen.brief.assemble.disputes import dispute_blocks, dispute_clusters
from briefgen.brief.assemble.fact_blocks import (
    bullets,
    chronology,
    fact_table,
    one_per_key,
    paragraphs,
    positions,
)
from briefgen.brief.assemble.figures import figures_table
from briefgen.brief.assemble.filters import group_facts, importance, section_facts, sort_facts
from briefgen.brief.assemble.gaps import gap_sentences
from briefgen.brief.assemble.material import Material
from briefgen.brief.assemble.people import people
from briefgen.brief.template.jinja_text import render_text
from briefgen.brief.template.model import ForEach, SectionTemplate, TextTemplate
from briefgen.facts.model import Fact


def template_sections(section: SectionTemplate, material: Material) -> list[model.Section]:
    """The sections that one template section becomes: none, one, or one for each of a group."""
    if section.for_each is None:
        blocks = _blocks(section, section_facts(section.where, material), material, {})
        made = _make_section(section, material, "", {}, blocks)
        return [made] if made else []
    facts = section_facts(section.where, material)
    sections: list[model.Section] = []
    groups = group_facts(facts, section.for_each, material)
    if section.for_each == "year" and section.sort == "newest":
        dated = [group for group in groups if group.key]
        groups = [*reversed(dated), *(group for group in groups if not group.key)]
    for group in groups:
        blocks = _blocks(section, group.facts, material, group.context)
        made = _make_section(
            section, material, group.key or "other", group.context, blocks, group.label
        )
        if made:
            sections.append(made)
    if not sections:
        made = _make_section(section, material, "", {}, ()) if section.empty else None
        return [made] if made else []
    return sections


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
) -> model.Blocks:
    """What the section shows of `facts`, which its `where` and its group have let through.

    `loop` is what its texts may call besides the brief's own names.
    """
    lead: model.Blocks = ()
    if section.text is not None and section.show != "text":
        lead = _template_text(section.text, material, loop)
    shown = _shown(section, facts, material, loop)
    return (*lead, *shown) if shown or section.show == "annex" else ()


def _template_text(
    text: TextTemplate, material: Material, loop: Mapping[str, object]
) -> model.Blocks:
    """A template's CommonMark. What the base says in it is data, so its punctuation is escaped."""
    from briefgen.brief.own_text.reader import escaped_for_commonmark, read_own_text

    filled = render_text(text, escaped_for_commonmark({**material.context, **loop}))
    own = read_own_text(filled, citation_resolver(material))
    refuse_faults(own, text.origin)
    return own.blocks


def _shown(
    section: SectionTemplate,
    facts: tuple[Fact, ...],
    material: Material,
    loop: Mapping[str, object],
) -> model.Blocks:
    match section.show:
        case "bullets" | "paragraphs" | "table" | "chronology" | "positions":
            return _fact_blocks(section, facts, material, loop)
        case "figures":
            table = figures_table(facts, material, section.figure_columns, section.limit)
            return (table,) if table else ()
        case "actors":
            entries = people(facts, material, section.limit)
            return (entries,) if entries else ()
        case "disputes":
            return dispute_blocks(facts, material, section.limit, detail=section.detail)
        case "gaps":
            told = gap_sentences(facts, material)[: section.limit]
            items: tuple[model.Blocks, ...] = tuple(
                (model.Paragraph((model.Text(gap),)),) for gap in told
            )
            return (model.ListBlock(items),) if items else ()
        case "sources":
            return (model.References(with_notes=section.with_notes),)
        case "judgements":
            return judgement_blocks(material)
        case "input":
            return input_blocks(section, material)
        case "text":
            assert section.text is not None
            return _template_text(section.text, material, loop)
        case "annex":
            return ()
        case "chart" | "timeline":  # refused when the template is read
            return ()


def _fact_blocks(
    section: SectionTemplate,
    facts: tuple[Fact, ...],
    material: Material,
    loop: Mapping[str, object],
) -> model.Blocks:
    ordered = sort_facts(facts, section.sort)
    if section.at_least is not None and len(ordered) < section.at_least:
        have = {fact.id for fact in ordered}
        rest = sorted((fact for fact in material.facts if fact.id not in have), key=importance)
        ordered = (*ordered, *rest[: section.at_least - len(ordered)])
    if section.one_per is not None:
        ordered = one_per_key(ordered, section.one_per)
    kept = ordered
    if section.limit is not None and len(ordered) > section.limit:
        if section.keep == "important":
            best = {f.id for f in sorted(ordered, key=importance)[: section.limit]}
            kept = tuple(fact for fact in ordered if fact.id in best)
        else:
            kept = ordered[: section.limit]
    blocks: list[model.Block] = []
    match section.show:
        case "bullets":
            made = bullets(kept, section, material)
            pointer = _disputes_pointer(material) if section.tell_disputes and made else None
            if made and pointer:
                made = replace(made, items=(*made.items, (pointer,)))
            blocks += [made] if made else []
        case "paragraphs":
            blocks += paragraphs(kept, section, material)
        case "table":
            caption = render_text(section.heading, {**material.context, **loop}) or section.id
            blocks += filter(None, [fact_table(kept, section, material, caption)])
        case "positions":
            blocks += filter(None, [positions(kept, section, material)])
        case _:
            blocks += filter(None, [chronology(kept, section, material)])
    left = len(ordered) - len(kept)
    if left and section.for_each is not None:
        blocks.append(_more(left, section, material))
    return tuple(blocks)


def _more(left: int, section: SectionTemplate, material: Material) -> model.Paragraph:
    """Points to where the facts stand that a limit kept out."""
    for other in material.sections:
        if other is not section and other.show in ("chronology", "table", "bullets") and (
            other.where is None and other.limit is None and other.for_each is None
        ):  # fmt: skip
            heading = render_text(other.heading, material.context)
            text = material.counted("more_facts", left, heading=heading)
            return model.Paragraph(
                (model.CrossReference(f"section-{other.id}", (model.Text(text),)),), "small"
            )
    return model.Paragraph((model.Text(material.counted("more_facts_nowhere", left)),), "small")


def _disputes_pointer(material: Material) -> model.Paragraph | None:
    shown = next(
        (s for s in material.sections if s.show == "disputes" and s.for_each is None), None
    )
    if shown is None:
        return None
    count = len(dispute_clusters(section_facts(shown.where, material), material))
    if not count:
        return None
    heading = render_text(shown.heading, material.context)
    form = "disputes_pointer_one" if count == 1 else "disputes_pointer"
    before, told, after = material.words[form].partition("{heading}")
    content: tuple[model.Inline, ...] = (model.Text(before.format(count=count)),)
    if told:
        content += (
            model.CrossReference(f"section-{shown.id}", (model.Text(heading),)),
            model.Text(after),
        )
    return model.Paragraph(content)
