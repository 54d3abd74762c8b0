"""Lines that point to other sections, made when it is known what stands there.

A pointer points at something: it counts what the other section prints, and names only marks and
sections that are on these pages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from briefgen.brief import model
from briefgen.brief.assemble.choosing import TELLING_SHOWS
from briefgen.brief.assemble.material import Cut, Material
from briefgen.brief.traversal import blocks_inlines


def with_pointers(sections: Sequence[model.Section], material: Material) -> list[model.Section]:
    """The sections, each with what is to be said of what its limit left out and of disputes."""
    templates = {section.id: section for section in material.template_sections}
    facts = {section.id: _facts_in(section) for section in sections if material.limited}
    body = frozenset[str]().union(*(facts[one.id] for one in _body(sections) if one.id in facts))
    found = []
    for section in sections:
        template = templates.get(section.part)
        if template is not None and section.blocks:
            if template.tell_disputes:
                section = _with_disputes_pointer(section, sections, material)
            cut = material.limited.get(section.id)
            if cut is not None:
                told = body if template.show in TELLING_SHOWS else frozenset[str]()
                section = _with_cut(section, cut, told, sections, facts, material)
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
    shown, total = material.disputes_shown, material.disputes_shown + material.disputes_left
    form = "cut_disputes" if is_marked else "cut_nowhere"
    what = material.words["cut_of_dispute"]
    told = model.Text(_in_words(form, shown, total, material, what=what))
    return replace(section, blocks=(*section.blocks, model.Paragraph((told,), "small")))


def _with_cut(
    section: model.Section,
    cut: Cut,
    told: frozenset[str],
    sections: Sequence[model.Section],
    facts: Mapping[str, frozenset[str]],
    material: Material,
) -> model.Section:
    """The section with how much its limit shows, of how much, and where the rest stands.

    Where the body, which tells the facts `told`, has all the rest there is nothing to look for, and
    nothing is said. `facts` are those of each section.
    """
    left = [name for name in cut.left if name not in told]
    if cut.left and not left:
        return section
    what = material.words[f"cut_of_{cut.what}"]
    if cut.is_further:
        what = material.words["cut_further"].format(what=what)
    words = {"what": what}
    others = [other for other in sections if other.id != section.id and other.blocks]
    there = next((o for o in others if o.heading and facts[o.id].issuperset(cut.left)), None)
    anchor = ""
    if not cut.left:
        form = "cut_nowhere" if cut.what == "person" else "cut"
    elif there is not None:
        form, anchor, words["heading"] = "cut_there", there.anchor, _heading(there)
    else:
        elsewhere = frozenset[str]().union(*(facts[other.id] for other in others))
        lost = [name for name in left if name not in elsewhere]
        form = "cut_nowhere" if len(lost) == len(cut.left) else "cut_partly"
        form = form if lost else "cut_elsewhere"
    text: model.Inline = model.Text(_in_words(form, cut.shown, cut.total, material, **words))
    if anchor:
        text = model.CrossReference(anchor, (text,))
    return replace(section, blocks=(*section.blocks, model.Paragraph((text,), "small")))


def _in_words(form: str, shown: int, total: int, material: Material, **words: str) -> str:
    """How many of how many, in the words called `form`; where they speak of others, of one."""
    if not (material.spec.prepared_by or material.spec.text.get("contacts")):
        form = f"{form}_unsigned" if f"{form}_unsigned" in material.words else form
    one = f"{form}_one"
    form = one if total - shown == 1 and one in material.words else form
    return material.words[form].format(shown=shown, total=total, **words)


def _body(sections: Sequence[model.Section]) -> list[model.Section]:
    """The sections before the annex, whose heading stands at level 1."""
    body = []
    for section in sections:
        if section.level > 1 or (section.break_before and not section.blocks):
            break
        body.append(section)
    return body


def _facts_in(section: model.Section) -> frozenset[str]:
    return frozenset(
        name
        for inline in blocks_inlines(section.blocks)
        if isinstance(inline, model.Sentence)
        for name in inline.facts
    )


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
