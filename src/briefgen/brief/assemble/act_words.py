"""One exact word for how far a thing has come: offered, agreed, signed, in force, delivered.

Never a stronger word than the statement's: "to be signed", "not yet delivered" and "might buy" are
none of them.
"""

from __future__ import annotations

import re

from briefgen.brief.acts import PATTERNS, Act
from briefgen.facts.model import Fact
from briefgen.patterns import lazy_pattern


def _told_as_usual(*acts: Act) -> tuple[tuple[str, str], ...]:
    return tuple((act, PATTERNS[act]) for act in acts)


_ACTS: dict[str, tuple[tuple[str, str], ...]] = {
    "plan": _told_as_usual("proposed", "offered", "requested", "discussed"),
    "agreement": (
        ("in force", r"(?:(?:is|was|were|are|remains?) in force|entered into force|took effect)"),
        *_told_as_usual("signed", "agreed"),
    ),
    "event": (
        *_told_as_usual("delivered"),
        ("bought", r"(?:bought|purchased|paid for)"),
        *_told_as_usual("built", "signed"),
        ("agreed", r"agreed"),
        *_told_as_usual("held"),
        ("offered", r"offered"),
    ),
}
"""By kind, so that an offer is never called a delivery whatever else its sentence says."""

_ELSE = {
    "plan": "planned", "agreement": "agreed", "event": "happened", "figure": "reported",
    "position": "stated", "assessment": "assessed", "background": "standing",
}  # fmt: skip

_NOT_DONE = lazy_pattern(
    r"(?i)\b(?:(?:not|never|no|nor|neither|without|will|would|may|might|could|can|should|must"
    r"|if|unless|until)(?:\s+\w+){0,2}|be|to(?:\s+(?:be|have|have\s+been)))\s+$"
)
"""What stands before the word for an act that did not come about, or not yet."""

_TO_COME = lazy_pattern(
    r"(?i)\b(?:is|are|was|were)(?:\s+(?:also|due|expected|meant|planned|then))*\s+to\s+\w"
)
"""What says that something was still to come: `were to discuss`, `was due to open`."""

IN_FORCE = "in force"


def act_word(fact: Fact) -> str:
    """The act that the statement itself names as done, of those that the fact's kind can be.

    An act that is named only as not done, or as still to come, is `as stated`.
    """
    if fact.kind == "plan" and _TO_COME.search(fact.statement):
        return _ELSE["plan"]
    undone = False
    for word, pattern in _ACTS.get(fact.kind, ()):
        for found in re.finditer(rf"\b(?:{pattern})\b", fact.statement, re.IGNORECASE):
            if fact.kind == "plan" or not _NOT_DONE.search(fact.statement[: found.start()]):
                return word
            undone = True
    if fact.kind == "plan" and fact.attribution.strip():
        return "reported"  # by somebody, who may say more than a plan can be
    return "as stated" if undone else _ELSE[fact.kind]
