"""Acts, weakest first: discussed, agreed, signed, in force, delivered. Which of them a text tells.

What is to come, or did not come, is no act: "is to be delivered", "was not signed".
"""

from __future__ import annotations

import re
from typing import Literal

from briefgen.patterns import lazy_pattern

Act = Literal[
    "proposed", "offered", "requested", "discussed", "agreed", "signed", "in force", "bought",
    "built", "delivered", "held",
]  # fmt: skip

PATTERNS: dict[Act, str] = {
    "proposed": r"propos(?:ed|es|al)",
    "offered": r"offer(?:ed|s)?",
    "requested": r"(?:sought|requested|asked for)",
    "discussed": r"(?:discuss(?:ed|ions?)|talks|negotiat\w+|explor\w+|consider\w+)",
    "agreed": r"agree[ds]?",
    "signed": r"signed",
    "in force": r"(?:in force|entered into force|took effect)",
    "bought": r"(?:bought|purchased|imported|paid (?:in (?:\w+ ){1,2})?for)",
    "built": r"(?:built|constructed|completed)",
    "delivered": r"(?:delivered|docked|arrived|handed over)",
    "held": r"(?:held|met|took place|visited)",
}
"""By act, what tells it in a sentence, as a regular expression for whole words."""

RANKS: dict[Act, int] = {
    "proposed": 1, "offered": 1, "requested": 1, "discussed": 1, "agreed": 2, "signed": 3,
    "in force": 4, "bought": 4, "built": 5, "delivered": 5,
}  # fmt: skip
"""How far a thing has come with each act; `held` is no step on this way."""

_TO_COME = lazy_pattern(
    r"(?:(?:\b(?:not|never|no|without|will|would|could|may|might|should|shall|yet)|n['’]t)"
    r"(?:\s+\w+){0,2}|\bto(?:\s+(?:be|have|have\s+been|get))?|\bbe)\s*$",
    re.IGNORECASE,
)
"""What stands before an act that did not come about, or not yet."""


def furthest_act(text: str) -> tuple[int, str]:
    """How far a thing has come by what the text tells (`RANKS`; 0: no act), and in what words."""
    furthest = (0, "")
    for act, rank in RANKS.items():
        for match in re.finditer(rf"\b{PATTERNS[act]}\b", text, re.IGNORECASE):
            if rank > furthest[0] and not _TO_COME.search(text, 0, match.start()):
                furthest = (rank, match.group())
    return furthest
