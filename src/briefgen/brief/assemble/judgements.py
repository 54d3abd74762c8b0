"""The brief's judgements, in the terms of its scale.

Each says its likelihood, in its own words or in a sentence of its own, then how sure we are and
why. The two never share a sentence, and per cents stand in the key alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from briefgen.brief.assemble.authored import citation_resolver, refuse_faults
from briefgen.brief.assemble.material import Material
from briefgen.brief.assemble.sentences import cite_item
from briefgen.brief.judging.contradictions import contradictions
from briefgen.brief.judging.likelihoods import says
from briefgen.brief.judging.mixing import mixes_likelihood_and_confidence
from briefgen.brief.judging.scale_in_use import scale_in_use
from briefgen.brief.judging.terms import confidence_fault, likelihood_fault
from briefgen.brief.model import (
    Block,
    Blocks,
    Cite,
    CiteItem,
    Inline,
    Inlines,
    ListBlock,
    Paragraph,
    Text,
)
from briefgen.brief.own_text.reader import read_own_line
from briefgen.brief.spec.model import BriefSpec, Judgement
from briefgen.brief.traversal import plain_text
from briefgen.brief.words import listed
from briefgen.dates import date_in_words, parse_edtf
from briefgen.errors import InputError, UsageError, told_at
from briefgen.facts.model import Base
from briefgen.standards.scale import Scale
from briefgen.suggestions import did_you_mean


def brief_scale(spec: BriefSpec, base: Base) -> Scale:
    """The scale that a brief's judgements are in. Raises `InputError` for one it cannot have."""
    with told_at(spec.place("scale", spec.scale) if spec.scale else None):
        return scale_in_use(spec.scale, base)


def judgement_blocks(section: str, material: Material) -> Blocks:
    """The judgements (there is one at least), one item each where there are several.

    Raises `InputError` and `UsageError` for terms outside the scale and facts that are not there.
    """
    spec = material.spec
    scale = brief_scale(spec, material.base)
    told = tuple(Paragraph(_judgement(each, scale, section, material)) for each in spec.judgements)
    block: Block = ListBlock(tuple((each,) for each in told)) if len(told) > 1 else told[0]
    return (block, *_key(spec.judgements, scale, material))


def _key(judgements: Sequence[Judgement], scale: Scale, material: Material) -> Blocks:
    """What those of the scale's words mean that are used: the one place for its per cents."""
    words = material.words
    sentences: list[str] = []
    if any(each.likelihood for each in judgements):
        used = {each.likelihood for each in judgements}
        ranges = "; ".join(
            f"{band.names} {band.range}"
            for band in scale.bands
            if used.intersection(term.term for term in band.terms)
        )
        label = f"{scale.label}, {date_in_words(parse_edtf(scale.date[:4]), material.language)}"
        sentences.append(words["scale_likelihood"].format(label=label, ranges=ranges))
        sentences += [scale.note] if scale.note else []
    if any(each.confidence for each in judgements):
        called = scale.confidence_name[:1].upper() + scale.confidence_name[1:]
        grades = listed(scale.confidences, words["or"])
        sentences.append(words["scale_confidence"].format(called=called, grades=grades))
    return (Paragraph((Text(" ".join(sentences)),), "small"),) if sentences else ()


def _judgement(judgement: Judgement, scale: Scale, section: str, material: Material) -> Inlines:
    _check_terms(judgement, scale, material)
    _refuse_contradictions(judgement, scale, material)
    cited = list(judgement.basis)
    line, own = read_own_line(judgement.text, citation_resolver(material, cited), material.language)
    refuse_faults(own, judgement.origin)
    content: list[Inline] = list(_with_full_stop(line))
    items = _basis(judgement, material)
    if items:
        content.append(Cite(items))
    elif own.uncited:
        material.warn("a judgement rests on no fact; name some under basis", at=judgement.origin)
    for sentence in (
        *_likelihood(judgement, scale, material.words),
        *_confidence(judgement, scale, material, cited),
        *_would_change(judgement, material, cited),
    ):
        content += (Text(" "), *sentence)
    material.note_cited(section, cited, tells=False)
    return tuple(content)


def _check_terms(judgement: Judgement, scale: Scale, material: Material) -> None:
    for key, value, fault in (
        ("likelihood", judgement.likelihood, likelihood_fault),
        ("confidence", judgement.confidence, confidence_fault),
    ):
        message, hint = fault(value, scale) if value else ("", "")
        if message:
            place = material.spec.place("judgements", key, value)
            raise InputError(message, hint=hint, origin=place)


def _refuse_contradictions(judgement: Judgement, scale: Scale, material: Material) -> None:
    for each in contradictions(judgement.text, judgement.likelihood, scale):
        if each.severity == "error":
            origin = judgement.origin if judgement.origin.path else None
            raise InputError(each.message, hint=each.hint, origin=origin)
        material.warn(f"{each.message}; {each.hint}", at=judgement.origin)


def _basis(judgement: Judgement, material: Material) -> tuple[CiteItem, ...]:
    items: list[CiteItem] = []
    for name in judgement.basis:
        fact = material.fact(name)
        if fact is None:
            raise UsageError(
                f"the base has no fact {name!r} for a judgement's basis",
                hint=did_you_mean(name, material.by_id) or "correct the id or remove it",
                origin=material.spec.place("judgements", "basis", name),
            )
        items += (item for cite in fact.cites if (item := cite_item(cite)) not in items)
    return tuple(items)


def _likelihood(judgement: Judgement, scale: Scale, words: Mapping[str, str]) -> list[Inlines]:
    found = scale.find(judgement.likelihood)
    if found is None or says(found[0], judgement.text, scale):
        return []
    term = found[1]
    return [(Text(term.sentence or words["likelihood"].format(term=term.term)),)]


def _confidence(
    judgement: Judgement, scale: Scale, material: Material, cited: list[str]
) -> list[Inlines]:
    """How sure we are and why, and what we take for granted."""
    words = material.words
    sentences: list[Inlines] = []
    because = _clause(judgement, "because", material, cited)
    if because and judgement.confidence:
        if mixes_likelihood_and_confidence(f"confidence: {judgement.because}"):
            material.warn(
                "the reason for a judgement's confidence speaks of likelihood, "
                f"“{judgement.because.strip()}”; say it apart",
                at=judgement.origin,
            )
        said = words["confidence_because"].replace("{confidence}", judgement.confidence)
        said = said.replace("{called}", scale.confidence_name)
        sentences.append(_around(said, "{because}", because))
    elif because:
        sentences.append(_around(words["judgement_because"], "{because}", because))
    elif judgement.confidence:
        said = words["confidence"].format(
            confidence=judgement.confidence, called=scale.confidence_name
        )
        sentences.append((Text(said),))
    assumes = _clause(judgement, "assumes", material, cited)
    if assumes:
        sentences.append(_around(words["assumes"], "{what}", assumes))
    return sentences


def _would_change(judgement: Judgement, material: Material, cited: list[str]) -> list[Inlines]:
    clause = _clause(judgement, "would_change", material, cited)
    if not clause:
        return []
    if re.match(r"\s*(?:if|when)\b", judgement.would_change, re.IGNORECASE):
        return [_around(material.words["would_change_if"], "{what}", _begun(clause, str.lower))]
    clause = _begun(clause, str.upper)
    if re.search(r"\bwould change\b", judgement.would_change, re.IGNORECASE):
        return [(*clause, Text("."))]
    return [_around(material.words["would_change"], "{what}", clause)]


_LEADING = {"because": "because", "assumes": "that"}
"""Words that the sentence around a clause has already."""


def _clause(judgement: Judgement, key: str, material: Material, cited: list[str]) -> Inlines:
    """The author's words under a key, as a part of a sentence: without a full stop."""
    text: str = getattr(judgement, key)
    if not text.strip():
        return ()
    if key in _LEADING:
        text = re.sub(rf"^\s*{_LEADING[key]}\s+", "", text, flags=re.IGNORECASE)
    line, own = read_own_line(text, citation_resolver(material, cited), material.language)
    refuse_faults(own, judgement.origin)
    return _without_full_stop(line)


def _around(sentence: str, hole: str, clause: Inlines) -> Inlines:
    before, _, after = sentence.partition(hole)
    parts = (Text(before), *clause, Text(after))
    return tuple(part for part in parts if part != Text(""))


def _begun(clause: Inlines, change: Callable[[str], str]) -> Inlines:
    """The clause with its first letter changed, where it begins with plain words."""
    first = clause[0]
    if not isinstance(first, Text):
        return clause
    return (replace(first, text=change(first.text[:1]) + first.text[1:]), *clause[1:])


_ENDED = re.compile(r"[.!?…][\"'”’)\]]*\s*$")


def _with_full_stop(line: Inlines) -> Inlines:
    ended = _ENDED.search(plain_text(line, citations=False))
    return line if ended else (*line, Text("."))


def _without_full_stop(line: Inlines) -> Inlines:
    """The line without the full stop of its last words, behind which citations may stand."""
    for place in range(len(line) - 1, -1, -1):
        inline = line[place]
        if isinstance(inline, Text) and inline.text.strip():
            text = inline.text.rstrip()
            if text.endswith(".") and not text.endswith(".."):
                text = text[:-1]
            return (*line[:place], replace(inline, text=text), *line[place + 1 :])
        if not isinstance(inline, Cite | Text):
            break
    return line
