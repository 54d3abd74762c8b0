"""Many facts changed at once: topics, kind, grade, status, marking, checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import Any, NamedTuple

from briefgen.editing.base import Keeper
from briefgen.editing.entry_faults import entry_faults
from briefgen.facts.model import Fact
from briefgen.index import Index
from briefgen.values import valueclass
from briefgen.writing.entries import bytes_of, entries_in
from briefgen.writing.plan import Plan


@valueclass(frozen=True, slots=True)
class ManyChanges:
    """What all of them are to say; whatever is not named stays."""

    add_topics: tuple[str, ...] = ()
    remove_topics: tuple[str, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    """By key: `kind`, `credibility`, `status`, `status_note`, `marking`; None takes it away."""
    checked: bool = False
    """They were verified today; drafts become current unless a status is given."""

    @property
    def is_nothing(self) -> bool:
        """Whether nothing is to change."""
        return not (self.add_topics or self.remove_topics or self.values or self.checked)


class ChangedFact(NamedTuple):
    """What becomes of one of them."""

    id: str
    statement: str
    changes: Mapping[str, tuple[Any, Any]]
    """By key, what it says and what it would say; None where nothing. Empty: it says so already."""
    fault: str = ""
    """Why it cannot: it stays as it is, and the others do not."""


class ManyPlanned(NamedTuple):
    """All of them, not written yet."""

    plan: Plan
    facts: tuple[ChangedFact, ...]

    @property
    def changed(self) -> int:
        """How many change."""
        return sum(bool(fact.changes) and not fact.fault for fact in self.facts)


def plan_many(index: Index, facts: Sequence[Fact], wanted: ManyChanges, by: Keeper) -> ManyPlanned:
    """Change these facts, in the files in which they stand; a faulty one keeps none back.

    Raises `InputError` for a file that cannot be read, or that has lost one of them.
    """
    plan = Plan()
    found: dict[str, ChangedFact] = {}
    for path, ids in _by_file(index, facts).items():
        entries = entries_in(bytes_of(path) or b"", ids, name=str(path))
        good: dict[str, Mapping[str, Any]] = {}
        for id_, entry in entries.items():
            changes = _changes_of(entry, wanted, by)
            told = {key: (entry.get(key), value) for key, value in changes.items()}
            fault = _fault_of(index, entry, changes) if changes else ""
            found[id_] = ChangedFact(id_, str(entry.get("statement", "")), told, fault)
            if changes and not fault:
                good[id_] = changes
        if good:
            plan.amend_all(path, good)
    return ManyPlanned(plan, tuple(found[fact.id] for fact in facts))


def _by_file(index: Index, facts: Sequence[Fact]) -> dict[Path, list[str]]:
    """The files in which the facts stand, each with their ids."""
    wanted = {fact.id for fact in facts}
    files: dict[Path, list[str]] = {}
    for id_, name in index.rows(
        "SELECT facts.id, files.name FROM facts JOIN files ON files.number = facts.file"
        " WHERE good ORDER BY facts.row"
    ):
        if id_ in wanted:
            files.setdefault(index.folder / str(name), []).append(id_)
    return files


def _changes_of(entry: Mapping[str, Any], wanted: ManyChanges, by: Keeper) -> dict[str, Any]:
    """The keys of an entry that would say something else."""
    changes: dict[str, Any] = {}
    topics = entry.get("topics") or []
    own = [topics] if isinstance(topics, str) else list(topics)
    kept = [one for one in own if one not in wanted.remove_topics]
    changes["topics"] = [*kept, *(one for one in wanted.add_topics if one not in kept)]
    if wanted.checked:
        changes["checked"] = by.today.isoformat()
        if by.name.strip() or entry.get("checked_by"):  # never another's name beside today
            changes["checked_by"] = by.name.strip() or None
        if entry.get("status") == "draft":
            changes |= {"status": None, "status_note": None}
    changes |= wanted.values
    if changes.get("status") == "current":
        changes["status"] = None  # it is what a fact is that says nothing
        changes.setdefault("status_note", None)
    return {
        key: value
        for key, value in changes.items()
        if value != entry.get(key) and str(value) != str(entry.get(key))
    }


def _fault_of(index: Index, entry: Mapping[str, Any], changes: Mapping[str, Any]) -> str:
    """What would be wrong with an entry that was not wrong before; empty if nothing."""
    id_ = str(entry["id"])
    new = {key: value for key, value in {**entry, **changes}.items() if value not in (None, [])}
    before = {fault.sentence for fault in entry_faults("fact", entry, index, own_id=id_)}
    return next(
        (
            fault.sentence
            for fault in entry_faults("fact", new, index, own_id=id_)
            if fault.severity == "error" and fault.sentence not in before
        ),
        "",
    )
