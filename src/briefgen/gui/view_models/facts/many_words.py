"""What changing many facts at once would do to each, in a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from briefgen.editing.many_facts import ChangedFact
from briefgen.facts.model import Topic

_NAMES = {
    "topics": "topics", "kind": "kind", "credibility": "credibility", "status": "status",
    "status_note": "why", "marking": "marking", "checked": "checked", "checked_by": "checked by",
}  # fmt: skip


def in_words(fact: ChangedFact, topics: Mapping[str, Topic]) -> str:
    """`topics: + Trade; kind: event → plan`; or why it stays as it is."""
    if fact.fault:
        return f"stays as it is: {fact.fault}"
    if not fact.changes:
        return "says so already"
    return "; ".join(
        f"{_NAMES.get(key, key)}: "
        + (
            _topics(old, new, topics)
            if key == "topics"
            else f"{_value(key, old)} → {_value(key, new)}"
        )
        for key, (old, new) in fact.changes.items()
    )


def _topics(old: Any, new: Any, topics: Mapping[str, Topic]) -> str:
    """Those that come with a plus, those that go with a minus."""
    before, after = ([one] if isinstance(one, str) else list(one or ()) for one in (old, new))
    signed = [("+", id_) for id_ in after if id_ not in before]
    signed += [("−", id_) for id_ in before if id_ not in after]
    return ", ".join(
        f"{sign} {topics[id_].label if id_ in topics else id_}" for sign, id_ in signed
    )


def _value(key: str, value: Any) -> str:
    if value in (None, ""):
        return "current" if key == "status" else "nothing"
    return str(value)


def summed_up(facts: Sequence[ChangedFact]) -> str:
    """How many change, say so already, and cannot."""
    faulty = sum(bool(fact.fault) for fact in facts)
    changed = sum(bool(fact.changes) for fact in facts) - faulty
    same = len(facts) - changed - faulty
    said = [
        f"{count:,} {_verb(count, one, many)}"
        for count, one, many in (
            (changed, "changes", "change"),
            (same, "says so already", "say so already"),
            (faulty, "stays as it is for a fault", "stay as they are for a fault"),
        )
        if count
    ]
    return ", ".join(said) + "."


def _verb(count: int, one: str, many: str) -> str:
    return f"fact {one}" if count == 1 else f"facts {many}"
