"""Lines that point to other sections, made when it is known what stands there.

A pointer points at something: it counts what the other section prints, and names only marks and
sections that are on these pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from briefgen.brief import model
from briefgen.brief.assemble.choosing import TELLING_SHOWS
from briefgen.brief.assemble.material import Material
from briefgen.brief.template.model import SectionTemplate
from briefgen.brief.traversal import blocks_inlines


def with_pointers(sections: Sequence[model.Section], material: Material) -> list[model.Section]:
    """The sections, each with what is to be said of what its limit left out and of disputes."""
    printed = _printed(sections)
    templates = {section.id: section for section in material.template_sections}
    found = []
    for section in sections:
        template = templates.get(section.part)
        if template is not None and section.blocks:
            if template.tell_disputes:
                section = _with_disputes_pointer(section, sections, material)
            tells = template.show in TELLING_SHOWS
            left = [
                name
                for name in material.limited.get(section.id, ())
                if not (tells and name in printed)
            ]
            if left:
                more = _more(len(left), template, sections, material)
                section = replace(section, blocks=(*section.blocks, more))
            if template.show == "disputes" and material.disputes_left:
                section = _with_more_disputes(section, sections, material)
        found.append(section)
    return found


def _with_more_disputes(
    section: model.Section, sections: Sequence[model.Section], material: Material
) -> model.Section:
    """The section with how many disputes it leaves out, where their marks can be found."""
    mark = material.words["disputed"]
    is_marked = any(
        isinstance(inline, model.Flag) and mark in inline.text.split("; ")
        for other in sections
        if other is not section
        for inline in blocks_inlines(other.blocks)
    )
    form = "more_disputes" if is_marked else "more_disputes_nowhere"
    told = model.Text(material.counted(form, material.disputes_left))
    return replace(section, blocks=(*section.blocks, model.Paragraph((told,), "small")))


def _printed(sections: Iterable[model.Section]) -> set[str]:
    """The facts that the body tells: before the annex, whose heading stands at level 1."""
    body = []
    for section in sections:
        if section.level > 1 or (section.break_before and not section.blocks):
            break
        body.append(section)
    return {
        name
        for section in body
        for inline in blocks_inlines(section.blocks)
        if isinstance(inline, model.Sentence)
        for name in inline.facts
    }


def _more(
    left: int, section: SectionTemplate, sections: Sequence[model.Section], material: Material
) -> model.Paragraph:
    """Says how many facts a limit kept out, and where they stand."""
    complete = {
        other.id
        for other in material.template_sections
        if other is not section and other.show in ("chronology", "table", "bullets")
        and other.where in (None, section.where)
        and other.limit is None and other.for_each is None
    }  # fmt: skip
    for other in sections:
        if other.part in complete and other.blocks:
            text = material.counted("more_facts", left, heading=_heading(other))
            return model.Paragraph(
                (model.CrossReference(other.anchor, (model.Text(text),)),), "small"
            )
    return model.Paragraph((model.Text(material.counted("more_facts_nowhere", left)),), "small")


def _with_disputes_pointer(
    section: model.Section, sections: Sequence[model.Section], material: Material
) -> model.Section:
    """The section with a line at its end that says where the accounts that differ stand."""
    shown = {other.id for other in material.template_sections if other.show == "disputes"}
    target = next((other for other in sections if other.part in shown and other.blocks), None)
    count = material.disputes_shown
    if target is None or not count:
        return section
    form = "disputes_pointer_one" if count == 1 else "disputes_pointer"
    before, told, after = material.words[form].partition("{heading}")
    content: tuple[model.Inline, ...] = (model.Text(before.format(count=count)),)
    if told:
        content += (
            model.CrossReference(target.anchor, (model.Text(_heading(target)),)),
            model.Text(after),
        )
    pointer = model.Paragraph(content)
    last = section.blocks[-1]
    if isinstance(last, model.ListBlock) and not last.ordered:
        with_it = replace(last, items=(*last.items, (pointer,)))
        return replace(section, blocks=(*section.blocks[:-1], with_it))
    return replace(section, blocks=(*section.blocks, pointer))


def _heading(section: model.Section) -> str:
    return "".join(part.text for part in section.heading if isinstance(part, model.Text))
