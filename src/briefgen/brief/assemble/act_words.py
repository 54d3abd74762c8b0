"""One exact word for how far a thing has come: offered, agreed, signed, in force, delivered."""

from __future__ import annotations

import re

from briefgen.facts.model import Fact

_ACTS: dict[str, tuple[tuple[str, str], ...]] = {
    "plan": (
        ("proposed", r"propos(?:ed|es|al)"),
        ("offered", r"offer(?:ed|s)?"),
        ("requested", r"(?:sought|requested|asked for)"),
        ("discussed", r"(?:discuss(?:ed|ions?)|talks|negotiat\w+|explor\w+|consider\w+)"),
    ),
    "agreement": (
        ("in force", r"(?:in force|entered into force|took effect)"),
        ("signed", r"signed"),
        ("agreed", r"agree[ds]?"),
    ),
    "event": (
        ("delivered", r"(?:delivered|docked|arrived|handed over)"),
        ("bought", r"(?:bought|purchased|paid for)"),
        ("built", r"built|constructed|completed"),
        ("signed", r"signed"),
        ("agreed", r"agreed"),
        ("held", r"(?:held|met|took place|visited)"),
        ("offered", r"offered"),
    ),
}
"""By kind, so that an offer is never called a delivery whatever else its sentence says."""

_ELSE = {
    "plan": "planned", "agreement": "agreed", "event": "happened", "figure": "reported",
    "position": "stated", "assessment": "assessed", "background": "standing",
}  # fmt: skip


def act_word(fact: Fact) -> str:
    """The act that the statement itself names, of those that the fact's kind can be."""
    for word, pattern in _ACTS.get(fact.kind, ()):
        if re.search(rf"\b(?:{pattern})\b", fact.statement, re.IGNORECASE):
            return word
    return _ELSE[fact.kind]
