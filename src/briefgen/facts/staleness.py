"""Whether a passage still says what its facts say: they are held against what was checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from briefgen.facts.fingerprint import fact_fingerprint
from briefgen.facts.model import Fact, Passage

_OPEN = ("current", "draft")
"""Of the statuses: those with which a fact can contradict another."""


class Change(NamedTuple):
    """One reason for which a passage is stale."""

    fact: str
    what: Literal["missing", "superseded", "retracted", "changed", "disputed"]
    """`missing`: the base leaves it out for a fault; `disputed`: by facts that the passage does
    not cite."""
    others: tuple[str, ...] = ()
    """The facts that dispute it."""

    def __str__(self) -> str:
        match self.what:
            case "missing":
                return f"fact {self.fact!r} is left out for a fault of its own"
            case "changed":
                return f"fact {self.fact!r} says something else by now"
            case "disputed":
                others = ", ".join(map(repr, self.others))
                return (
                    f"fact {self.fact!r} is disputed by {others}, which the passage does not cite"
                )
            case status:
                return f"fact {self.fact!r} is {status}"


def what_changed(
    passage: Passage, facts: Mapping[str, Fact], disputes: Mapping[str, Iterable[str]]
) -> tuple[Change, ...]:
    """Why a passage is stale, in the order of its facts; nothing where it stands.

    `facts` are the base's, by id, as they stand there; `disputes` says by id which facts cannot
    hold beside it, both ways (`open_disputes`). A fact without a SHA-256 in `checked` has not
    changed: see `not_checked`.
    """
    found: list[Change] = []
    for id_ in passage.facts:
        fact = facts.get(id_)
        if fact is None:
            found.append(Change(id_, "missing"))
            continue
        if fact.status == "superseded" or fact.status == "retracted":
            found.append(Change(id_, fact.status))
        elif id_ in passage.checked and passage.checked[id_] != fact_fingerprint(fact):
            found.append(Change(id_, "changed"))
        others = tuple(other for other in disputes.get(id_, ()) if other not in passage.facts)
        if others:
            found.append(Change(id_, "disputed", others))
    return tuple(found)


def not_checked(passage: Passage) -> tuple[str, ...]:
    """The facts of a passage with which nobody has compared it yet."""
    return tuple(id_ for id_ in passage.facts if id_ not in passage.checked)


def checked_against(passage_facts: Iterable[str], facts: Mapping[str, Fact]) -> dict[str, str]:
    """What `checked` says of a passage that has just been compared with its facts."""
    return {id_: fact_fingerprint(facts[id_]) for id_ in passage_facts}


def open_disputes(facts: Mapping[str, Fact]) -> dict[str, tuple[str, ...]]:
    """By id, the facts that cannot hold beside it: both ways, sorted, of those that may hold."""
    pairs: dict[str, set[str]] = {}
    for fact in facts.values():
        for other in fact.disputes:
            if other in facts and fact.status in _OPEN and facts[other].status in _OPEN:
                pairs.setdefault(fact.id, set()).add(other)
                pairs.setdefault(other, set()).add(fact.id)
    return {id_: tuple(sorted(others)) for id_, others in pairs.items()}
