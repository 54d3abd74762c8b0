"""Taking another template without losing what was typed for the one before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from briefgen.brief.spec.model import BriefSpec, Judgement
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


def switch_template(
    spec: BriefSpec, before: Template | None, after: Template, kept: Aside
) -> tuple[BriefSpec, Aside]:
    """The brief under the template `after`, and what has no place in it.

    Answers and sections left out that `after` knows come back from `kept`; those that it does not
    know go there. About what the template `before` asks for the brief itself has the last word, so
    that what was deleted stays deleted; it is None if it cannot be read any more.
    """
    was_asked = {one.id for one in before.inputs} if before is not None else set()
    was_there = set(before.sections_by_id) if before is not None else set()
    texts = {id_: text for id_, text in kept.text.items() if id_ not in was_asked}
    texts |= spec.text
    left_out = dict.fromkeys(id_ for id_ in kept.leave_out if id_ not in was_there)
    left_out |= dict.fromkeys(spec.sections.leave_out)
    asked = [one.id for one in after.inputs if one.id in texts]
    has = after.sections_by_id
    return (
        replace(
            spec,
            template=after.id,
            text={id_: texts[id_] for id_ in asked},
            sections=replace(spec.sections, leave_out=tuple(id_ for id_ in has if id_ in left_out)),
        ),
        Aside(
            {id_: text for id_, text in texts.items() if id_ not in asked},
            tuple(id_ for id_ in left_out if id_ not in has),
            kept.judgements,
        ),
    )


def homeless(spec: BriefSpec, template: Template) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Ids in the brief's `text` and `leave_out` that its template does not know.

    No brief can be made of it while there are any. `switch_template` to the same template sets
    them aside.
    """
    asked = {id_ for one in template.inputs for id_ in (one.id, *one.formerly)}
    has = {id_ for one in template.sections for id_ in (one.id, *one.formerly)}
    gone = set(template.retired)
    return (
        tuple(id_ for id_ in spec.text if id_ not in asked | gone),
        tuple(id_ for id_ in spec.sections.leave_out if id_ not in has | gone),
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
