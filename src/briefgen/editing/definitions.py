"""Topics and measures of a base: new ones, other labels and ids, and what is used no more.

Another id is carried through all files of the base; briefs and templates are `base_names`' matter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from briefgen.bibliography.identity import free_id, latin
from briefgen.editing.base_names import (
    exchange_fingerprints,
    exchange_in_base,
    other_fingerprints,
)
from briefgen.errors import InputError, UsageError
from briefgen.facts.files import BaseFile
from briefgen.facts.model import Fact, Measure, Topic
from briefgen.facts.read import read_base_file
from briefgen.index import Index
from briefgen.patterns import ID
from briefgen.suggestions import shown
from briefgen.writing.mapping import amended_map
from briefgen.writing.plan import Plan


class Redefined(NamedTuple):
    """A change of topics or measures, planned."""

    plan: Plan
    names: Mapping[str, str]
    """Ids that are others now, and what they are."""
    facts: int
    """How many facts name them."""
    hashes: Mapping[str, str]
    """From the SHA-256 of each fact as it was to that of it as it is."""


# --- what there is -------------------------------------------------------------------------------


def facts_by_topic(index: Index) -> dict[str, int]:
    """By topic, how many facts of any status name it itself, not only a part of it."""
    counts: dict[str, int] = {}
    for topics, count in index.rows("SELECT topics, count(*) FROM facts GROUP BY topics"):
        for topic in str(topics).split():
            counts[topic] = counts.get(topic, 0) + int(count)
    return counts


def facts_by_measure(index: Index) -> dict[str, int]:
    """By measure, how many facts of any status count it."""
    counts: dict[str, int] = {}
    for fact in _facts_with_figures(index):
        for measure in {figure.measure for figure in fact.figures}:
            counts[measure] = counts.get(measure, 0) + 1
    return counts


def _facts_with_figures(index: Index) -> list[Fact]:
    """Few facts have any: those whose text has no figures are not decoded."""
    if not index.base.measures:
        return []
    found = index.decode(
        index.rows(
            "SELECT file, body FROM facts JOIN bodies USING (row) WHERE good AND ("
            + " OR ".join("instr(body, ?)" for _ in index.base.measures)
            + ")",
            [f'"{measure}"' for measure in index.base.measures],
        )
    )
    return [fact for fact in found if fact.figures]


def suggest_topic_id(index: Index, label: str, parent: str = "") -> str:
    """A free id made of a label, under its parent; empty without letters that can stand in one."""
    return _free(latin(label), parent, index.base.topics)


def suggest_measure_id(index: Index, label: str) -> str:
    """A free id made of a label."""
    return _free(latin(label), "", index.base.measures)


def _free(stem: str, parent: str, taken: Mapping[str, Any]) -> str:
    stem = stem[:40].strip("-")
    if not stem:
        return ""
    return free_id(f"{parent}.{stem}" if parent else stem, taken)


# --- topics --------------------------------------------------------------------------------------


def plan_new_topic(index: Index, id_: str, label: str) -> Redefined:
    """A topic more. Raises `BriefgenError` for an id or a label that cannot be."""
    _check_id(id_, index.base.topics)
    _check_parent(index, id_, {})
    topics = _labels(index.base.topics)
    return _only_in_base(index, "topics", topics, {**topics, id_: _label(label)})


def plan_changed_topic(index: Index, old: str, id_: str, label: str) -> Redefined:
    """A topic with another id, another label, or both; what is part of it goes along."""
    topics = index.base.topics
    names: dict[str, str] = {}
    if id_ != old:
        if id_.startswith(f"{old}."):
            raise UsageError(f"{shown(old)} cannot be part of itself", hint="choose another")
        parts = [one for one in topics if one == old or one.startswith(f"{old}.")]
        names = {one: id_ + one[len(old) :] for one in parts}
        for new in names.values():
            _check_id(new, {one: topic for one, topic in topics.items() if one not in names})
        _check_parent(index, id_, names)
    plan = Plan()
    exchange_in_base(plan, index, "topic", names)
    labels = {names.get(one, one): topic.label for one, topic in topics.items()}
    _amend(plan, index, "topics", labels, {**labels, id_: _label(label)})
    counts = facts_by_topic(index) if names else {}
    return Redefined(plan, names, sum(counts.get(one, 0) for one in names), {})


def plan_removed_topic(index: Index, id_: str) -> Redefined:
    """A topic less. Raises `UsageError` where facts name it, or others are part of it."""
    count = facts_by_topic(index).get(id_, 0)
    parts = [one for one in index.base.topics if one.startswith(f"{id_}.")]
    if count or parts:
        why = (
            _many(count, "fact names it", "facts name it")
            if count
            else f"{shown(parts[0])} is part of it"
        )
        raise UsageError(f"{shown(id_)} is used: {why}", hint="give these another topic first")
    topics = _labels(index.base.topics)
    if len(topics) == 1:
        raise UsageError("a base has at least one topic", hint="add another one first")
    after = {one: label for one, label in topics.items() if one != id_}
    return _only_in_base(index, "topics", topics, after)


def _labels(topics: Mapping[str, Topic]) -> dict[str, str]:
    return {id_: topic.label for id_, topic in topics.items()}


def _check_parent(index: Index, id_: str, names: Mapping[str, str]) -> None:
    parent = Topic(id_, "").parent
    if parent is not None and parent not in (set(index.base.topics) - set(names)):
        raise UsageError(f"there is no topic {shown(parent)}", hint="add it first")


# --- measures ------------------------------------------------------------------------------------


def plan_new_measure(index: Index, id_: str, label: str, unit: str) -> Redefined:
    """A measure more."""
    _check_id(id_, index.base.measures)
    before = _measures(index.base.measures)
    after = {**before, id_: {"label": _label(label), "unit": _label(unit, "unit")}}
    return _only_in_base(index, "measures", before, after)


def plan_changed_measure(index: Index, old: str, id_: str, label: str, unit: str) -> Redefined:
    """A measure with another id, label or unit. Its unit stays while figures are given in it."""
    measures = index.base.measures
    counting = [
        fact
        for fact in _facts_with_figures(index)
        if any(figure.measure == old for figure in fact.figures)
    ]
    if counting and _label(unit, "unit") != measures[old].unit:
        raise UsageError(
            _many(len(counting), "fact gives", "facts give") + f" figures in {measures[old].unit}",
            hint="add a measure with the other unit, and give them that one",
        )
    names = {old: id_} if id_ != old else {}
    if names:
        _check_id(id_, measures)
    plan = Plan()
    exchange_in_base(plan, index, "measure", names)
    before = {names.get(one, one): said for one, said in _measures(measures).items()}
    after = {**before, id_: {"label": _label(label), "unit": _label(unit, "unit")}}
    _amend(plan, index, "measures", before, after)
    hashes = other_fingerprints((fact, _recounted(fact, names)) for fact in counting if names)
    exchange_fingerprints(plan, index, hashes)
    return Redefined(plan, names, len(counting) if names else 0, hashes)


def _recounted(fact: Fact, names: Mapping[str, str]) -> Fact:
    figures = (
        replace(figure, measure=names.get(figure.measure, figure.measure))
        for figure in fact.figures
    )
    return replace(fact, figures=tuple(figures))


def plan_removed_measure(index: Index, id_: str) -> Redefined:
    """A measure less. Raises `UsageError` where facts count it."""
    count = facts_by_measure(index).get(id_, 0)
    if count:
        raise UsageError(
            f"{shown(id_)} is used: {_many(count, 'fact counts it', 'facts count it')}",
            hint="give these another one first",
        )
    before = _measures(index.base.measures)
    after = {one: said for one, said in before.items() if one != id_}
    return _only_in_base(index, "measures", before, after)


def _measures(measures: Mapping[str, Measure]) -> dict[str, dict[str, str]]:
    return {id_: {"label": one.label, "unit": one.unit} for id_, one in measures.items()}


# --- both ----------------------------------------------------------------------------------------


def _check_id(id_: str, taken: Mapping[str, Any]) -> None:
    if not ID.fullmatch(id_) or ".." in id_ or id_.endswith("."):
        raise UsageError(
            f"{shown(id_)} is no id" if id_ else "there is no id",
            hint="write small letters, digits and hyphens; a dot makes it part of another",
        )
    if id_ in taken:
        raise UsageError(f"the id {shown(id_)} is taken", hint="choose another")


def _many(count: int, one: str, many: str) -> str:
    return f"1 {one}" if count == 1 else f"{count:,} {many}"


def _label(text: str, what: str = "label") -> str:
    said = " ".join(text.split())
    if not said:
        raise UsageError(f"there is no {what}", hint="write what is to be printed")
    return said


def _only_in_base(
    index: Index, key: str, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Redefined:
    plan = Plan()
    _amend(plan, index, key, before, after)
    return Redefined(plan, {}, 0, {})


def _amend(
    plan: Plan, index: Index, key: str, before: Mapping[str, Any], after: Mapping[str, Any]
) -> None:
    """Let a key of base.yaml say `after`. Raises `InputError` where the file would be faulty."""
    if before == after:
        return
    path = index.folder / "base.yaml"
    data = plan.now(path)
    said = after if after or key == "topics" else None
    new = amended_map(data, {key: before or None}, {key: said}, str(path))
    file = BaseFile("base", path.name, path, str(path))
    known = {problem.message for problem in read_base_file(file, data).problems}
    for problem in read_base_file(file, new).problems:
        if problem.severity == "error" and problem.message not in known:
            raise InputError(f"base.yaml would be faulty: {problem.message}", hint=problem.hint)
    plan.rewrite(path, new)
