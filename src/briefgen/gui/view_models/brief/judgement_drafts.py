"""Judgements while they are written: a brief takes those that its file could hold."""

from __future__ import annotations

from collections.abc import Sequence

from briefgen.brief.judging.contradictions import contradictions
from briefgen.brief.judging.mixing import mixes_likelihood_and_confidence
from briefgen.brief.judging.scale_in_use import scale_in_use
from briefgen.brief.judging.terms import confidence_fault, likelihood_fault
from briefgen.brief.own_text.reader import split_sentences
from briefgen.brief.spec.model import BriefSpec, Judgement
from briefgen.errors import BriefgenError
from briefgen.facts.model import Base
from briefgen.gui.view_models.brief.own_text_check import Note
from briefgen.standards.files import load_scale
from briefgen.standards.scale import USUAL_SCALE, Scale


def why_unfinished(judgement: Judgement) -> str:
    """Why a brief cannot take the judgement yet, in a sentence; empty when it can.

    A brief's file holds no judgement without words, and none with a sentence that speaks of both
    likelihood and confidence (ICD 203).
    """
    if not judgement.text.strip():
        return "not in the brief yet: say what you judge"
    mixed = next(filter(mixes_likelihood_and_confidence, split_sentences(judgement.text)), None)
    if mixed is not None:
        return (
            "not in the brief yet: one sentence speaks of likelihood and of confidence; say them "
            "apart, or choose them below (ICD 203)"
        )
    return ""


def scale_for(spec: BriefSpec, base: Base) -> tuple[Scale, str]:
    """The scale whose terms to offer, and why it is not the one asked for; else an empty text."""
    try:
        return scale_in_use(spec.scale, base), ""
    except BriefgenError as error:
        return load_scale(USUAL_SCALE), str(error)


def faults_of_terms(judgement: Judgement, scale: Scale) -> list[Note]:
    """What an export would say of a judgement's terms, and of its words beside them."""
    notes = []
    for value, fault in (
        (judgement.likelihood, likelihood_fault),
        (judgement.confidence, confidence_fault),
    ):
        message, hint = fault(value, scale) if value else ("", "")
        if message:
            notes.append(Note("error", f"{message}; {hint}"))
    notes += [
        Note(each.severity, f"{each.message}; {each.hint}")
        for each in contradictions(judgement.text, judgement.likelihood, scale)
    ]
    return notes


def finished(drafts: Sequence[Judgement]) -> tuple[Judgement, ...]:
    """The judgements that the brief takes, in order."""
    return tuple(draft for draft in drafts if not why_unfinished(draft))


def begun(drafts: Sequence[Judgement]) -> tuple[Judgement, ...]:
    """The judgements with words in them that the brief cannot take yet, in order."""
    return tuple(draft for draft in drafts if draft.text.strip() and why_unfinished(draft))


def with_unfinished(
    judgements: Sequence[Judgement], drafts: Sequence[Judgement]
) -> tuple[Judgement, ...]:
    """The brief's judgements, and between them the unfinished `drafts`, about where they stood.

    `finished` of it is `judgements` again.
    """
    result: list[Judgement] = []
    place = 0
    for draft in drafts:
        if why_unfinished(draft):
            result.append(draft)
        elif place < len(judgements):
            result.append(judgements[place])
            place += 1
    return (*result, *judgements[place:])
