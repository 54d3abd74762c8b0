"""Passages written into a base: new ones, changed ones, and that they were checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from briefgen.bibliography.identity import free_id, latin
from briefgen.editing.entry_faults import taken_ids
from briefgen.facts.model import Fact
from briefgen.facts.staleness import checked_against
from briefgen.index import Index
from briefgen.small_words import SMALL_WORDS
from briefgen.writing.emit import Prose
from briefgen.writing.entries import entry_of_file
from briefgen.writing.plan import Plan

_LONGEST_ID = 40


def passages_file(index: Index) -> Path:
    """Where the passages of a base stand, or would."""
    return index.folder / "passages.yaml"


def suggest_passage_id(index: Index, facts: Iterable[Fact], taken: Iterable[str] = ()) -> str:
    """A free id: what the facts' ids have in common, else words of the first; with its year."""
    found = list(facts)
    names = [[word for word in fact.id.split("-") if word] for fact in found]
    shared = [word for word in names[0] if all(word in name for name in names)] if names else []
    stem = "-".join(word for word in shared or names[0][:3] if word not in SMALL_WORDS)
    dates = [fact.date.text[:4] for fact in found if fact.date is not None]
    year = dates[-1] if dates and dates[-1].isdigit() else ""
    if year and year not in stem.split("-"):
        stem = f"{stem}-{year}"
    stem = latin(stem)
    while len(stem) > _LONGEST_ID and "-" in stem:
        stem = stem.rpartition("-")[0]
    return free_id(stem or "passage", taken_ids(index, "passage") | set(taken))


def passage_entry_of(index: Index, id_: str) -> dict[str, Any]:
    """A passage as passages.yaml has it, every key. Raises `InputError` if it is gone."""
    return entry_of_file(passages_file(index), id_)


def plan_new_passage(
    index: Index, id_: str, text: str, facts: Mapping[str, Fact], *, key: bool = False
) -> Plan:
    """A passage more, checked against `facts`: those that it cites, in its order, by id.

    Raises `InputError` for a text that cannot be a passage.
    """
    plan = Plan()
    entry: dict[str, Any] = {"id": id_, "text": _one_line(text)}
    if key:
        entry["key"] = True
    entry["checked"] = checked_against(facts, facts)
    plan.add(passages_file(index), [entry])
    return plan


def plan_edited_passage(
    index: Index,
    id_: str,
    seen: Mapping[str, Any],
    text: str,
    facts: Mapping[str, Fact],
    *,
    key: bool = False,
) -> Plan:
    """A passage with another text, checked against `facts`; `seen` is the entry as it was."""
    plan = Plan()
    changes: dict[str, Any] = {
        "text": _one_line(text),
        "key": True if key else None,
        "checked": checked_against(facts, facts),
    }
    plan.amend(passages_file(index), id_, changes, seen=seen)
    return plan


def plan_checked(index: Index, ids: Iterable[str]) -> tuple[Plan, list[str]]:
    """Passages marked as compared with their facts as these stand now; which of them change."""
    plan = Plan()
    changed: list[str] = []
    for id_ in ids:
        passage = index.base.passages[id_]
        checked = checked_against(passage.facts, index.facts(passage.facts))
        if checked != passage.checked:
            plan.amend(passages_file(index), id_, {"checked": checked})
            changed.append(id_)
    return plan, changed


def _one_line(text: str) -> Prose:
    return Prose(" ".join(text.split()))
