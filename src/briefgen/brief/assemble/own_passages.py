"""Which passages a brief could print: those of the base, and its own, which are looked through."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from briefgen.brief.assemble.material import FactLookup, Material
from briefgen.brief.assemble.placements import Placement
from briefgen.brief.passages.checks import Reviewer
from briefgen.errors import UsageError
from briefgen.facts.model import Passage
from briefgen.facts.staleness import what_changed
from briefgen.suggestions import did_you_mean


def take_passages(material: Material, lookup: FactLookup) -> None:
    """Settle which passages the brief could print, and warn of what is questionable in its own.

    Facts of a key passage count as key facts, unless the brief says otherwise of one of them.
    Raises `UsageError` for ids that the base does not have.
    """
    spec, base = material.spec, material.base
    _refuse_unknown_splits(material)
    if not spec.passages.add and not base.passages:
        return
    reviewer = Reviewer(base)
    for passage in spec.passages.add:
        _look_through(passage, material, lookup, reviewer)
    material.passages = tuple(
        passage for passage in _known(material) if not _why_not(passage, material, reviewer)
    )
    key = {id_ for passage in material.passages if passage.key for id_ in passage.facts}
    unkey = set(spec.edits.unkey)
    for passage in material.passages:
        if unkey.intersection(passage.facts):
            key.difference_update(passage.facts)
    if key:
        material.replace_facts(
            tuple(replace(f, key=True) if f.id in key else f for f in material.facts)
        )


def _known(material: Material) -> Iterable[Passage]:
    """The brief's own passages, then the base's, as far as it splits none.

    One of its own stands in the place of one of the base that has the same id.
    """
    own = {passage.id: passage for passage in material.spec.passages.add}
    base = material.base.passages
    split = set(material.spec.passages.split)
    everything = (*own.values(), *(base[id_] for id_ in base if id_ not in own))
    return (passage for passage in everything if passage.id not in split)


def _why_not(passage: Passage, material: Material, reviewer: Reviewer) -> str:
    """Why the brief cannot print a passage; empty if it can, where a section takes it."""
    for id_ in passage.facts:
        if id_ not in material.by_id:
            return f"fact {id_!r} is not in the brief"
        if id_ in material.spec.edits.reword:
            return f"fact {id_!r} is reworded in it"
    facts = {id_: material.by_id[id_] for id_ in passage.facts}
    for change in what_changed(passage, facts, material.disputes):
        return str(change)
    for id_ in reviewer.silent_voices(passage, facts, material.disputes):
        return f"it does not name the voice of {id_!r}, which is in dispute"
    return ""


def _look_through(
    passage: Passage, material: Material, lookup: FactLookup, reviewer: Reviewer
) -> None:
    facts = dict(lookup.facts(passage.facts))
    for id_ in passage.facts:
        if id_ not in facts:
            raise UsageError(
                f"passages.add: the base has no fact {id_!r}",
                hint=did_you_mean(id_, material.by_id) or "correct the id or remove it",
                origin=passage.origin if passage.origin.path else None,
            )
    for doubt in reviewer.warnings(passage, facts, {}):
        material.warn(f"passages.add: {passage.id!r}: {doubt}", passage.facts, at=passage.origin)


def _refuse_unknown_splits(material: Material) -> None:
    spec = material.spec
    known = {*material.base.passages, *(passage.id for passage in spec.passages.add)}
    for name in spec.passages.split:
        if name not in known:
            raise UsageError(
                f"passages.split: the base has no passage {name!r}",
                hint=did_you_mean(name, known) or "'briefgen passages' lists them",
                origin=spec.place("passages", "split", name),
            )


def tell_unprinted_passages(placed: Iterable[Placement], material: Material) -> None:
    """Warn, in a line for each, of passages of the brief's own that are printed nowhere."""
    printed = {placement.passage for placement in placed}
    for passage in material.spec.passages.add:
        if passage.id in printed or passage.id in material.spec.passages.split:
            continue
        why = (
            _why_not(passage, material, Reviewer(material.base))
            or "no section shows all of its facts beside each other"
        )
        material.warn(
            f"passages.add: {passage.id!r} is printed nowhere: {why}",
            passage.facts,
            at=passage.origin,
        )
