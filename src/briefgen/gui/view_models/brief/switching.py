"""Taking another template without losing what was typed for the one before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from briefgen.brief.spec.model import BriefSpec, Judgement, SectionEdits
from briefgen.brief.template.model import Input, Template


@dataclass(frozen=True, slots=True)
class Aside:
    """What belongs to a brief and has no place in its file: what is for other templates, or not
    finished.
    """

    text: Mapping[str, str] = field(default_factory=dict)
    """Answers to inputs that the template does not have, by the input's id."""
    leave_out: tuple[str, ...] = ()
    """Sections that were left out and that the template does not have."""
    judgements: tuple[Judgement, ...] = ()
    """Those that are not finished: see `briefgen.gui.view_models.brief.judgement_drafts`."""
    limits: Mapping[str, int] = field(default_factory=dict)
    """Limits of sections that the template does not have."""
    orders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By template: the order of its sections, where another template lacks some of them."""
    after: Mapping[str, str] = field(default_factory=dict)
    """By section of the author's own: what it followed, where the template does not have that."""


def switch_template(
    spec: BriefSpec, before: Template | None, after: Template, kept: Aside
) -> tuple[BriefSpec, Aside]:
    """The brief under the template `after`, and what has no place in it.

    Answers and sections left out that `after` knows come back from `kept`; those that it does not
    know go there. About what the template `before` asks for the brief itself has the last word, so
    that what was deleted stays deleted; it is None if it cannot be read any more.
    """
    was_asked = {one.id for one in before.inputs} if before is not None else set()
    texts = {id_: text for id_, text in kept.text.items() if id_ not in was_asked}
    texts |= spec.text
    asked = [one.id for one in after.inputs if one.id in texts]
    sections, aside = _switch_sections(spec.sections, before, after, kept)
    return (
        replace(
            spec,
            template=after.id,
            text={id_: texts[id_] for id_ in asked},
            sections=sections,
        ),
        replace(aside, text={id_: text for id_, text in texts.items() if id_ not in asked}),
    )


def _switch_sections(
    edits: SectionEdits, before: Template | None, after: Template, kept: Aside
) -> tuple[SectionEdits, Aside]:
    was_there = set(before.sections_by_id) if before is not None else set()
    has = after.sections_by_id
    left_out = dict.fromkeys(id_ for id_ in kept.leave_out if id_ not in was_there)
    left_out |= dict.fromkeys(edits.leave_out)
    limits = {id_: limit for id_, limit in kept.limits.items() if id_ not in was_there}
    limits |= edits.limits
    own = {section.id for section in edits.add}
    places = {section.id: section.after for section in edits.add if section.after}
    places = {id_: place for id_, place in kept.after.items() if place not in was_there} | places
    known = {*has, *own}
    orders = {name: order for name, order in kept.orders.items() if name != after.id}
    order = tuple(id_ for id_ in edits.order if id_ in known)
    if before is not None and before.id != after.id:
        order = tuple(id_ for id_ in kept.orders.get(after.id, order) if id_ in known)
    order = order if len(order) > 1 else ()
    if before is not None and edits.order and order != edits.order:
        orders[before.id] = edits.order
    sections = replace(
        edits,
        leave_out=tuple(id_ for id_ in has if id_ in left_out),
        limits={id_: limits[id_] for id_ in has if id_ in limits},
        order=order,
        add=tuple(
            replace(one, after=place if (place := places.get(one.id, "")) in known else "")
            for one in edits.add
        ),
    )
    aside = replace(
        kept,
        leave_out=tuple(id_ for id_ in left_out if id_ not in has),
        limits={id_: limit for id_, limit in limits.items() if id_ not in has},
        orders=orders,
        after={id_: place for id_, place in places.items() if place not in known and id_ in own},
    )
    return sections, aside


def homeless(spec: BriefSpec, template: Template) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Ids in the brief's `text`, and ids of sections, that its template does not know.

    No brief can be made of it while there are any. `switch_template` to the same template sets
    them aside.
    """
    asked = {id_ for one in template.inputs for id_ in (one.id, *one.formerly)}
    has = {id_ for one in template.sections for id_ in (one.id, *one.formerly)}
    gone, edits = set(template.retired), spec.sections
    own = {section.id for section in edits.add}
    places = (section.after for section in edits.add if section.after)
    named = dict.fromkeys((*edits.leave_out, *edits.limits))
    placed = dict.fromkeys(id_ for id_ in (*edits.order, *places) if id_ not in own)
    return (
        tuple(id_ for id_ in spec.text if id_ not in asked | gone),
        tuple(id_ for id_ in named | placed if id_ not in has | gone),
    )


def answer_to(asked: Input, spec: BriefSpec) -> str:
    """What the brief answers to an input, under its id or one that it had before; empty if not."""
    answers = (spec.text.get(id_, "") for id_ in (asked.id, *asked.formerly))
    return next((text for text in answers if text), "")


def with_answer(spec: BriefSpec, asked: Input, text: str) -> BriefSpec:
    """The brief with this answer to an input, under its id alone; no text: with none."""
    texts = {id_: said for id_, said in spec.text.items() if id_ not in asked.formerly}
    if text:
        texts[asked.id] = text
    else:
        texts.pop(asked.id, None)
    return replace(spec, text=texts)
