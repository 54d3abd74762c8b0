"""One exact word for how far a thing has come: offered, agreed, signed, in force, delivered."""

from __future__ import annotations

from briefgen.brief.acts import Act, tells_act
from briefgen.facts.model import Fact

_ACTS: dict[str, tuple[Act, ...]] = {
    "plan": ("proposed", "offered", "requested", "discussed"),
    "agreement": ("in force", "signed", "agreed"),
    "event": ("delivered", "bought", "built", "signed", "agreed", "held", "offered"),
}
"""By kind, so that an offer is never called a delivery whatever else its sentence says."""

_ELSE = {
    "plan": "planned", "agreement": "agreed", "event": "happened", "figure": "reported",
    "position": "stated", "assessment": "assessed", "background": "standing",
}  # fmt: skip


def act_word(fact: Fact) -> str:
    """The act that the statement itself names, of those that the fact's kind can be."""
    for act in _ACTS.get(fact.kind, ()):
        if tells_act(fact.statement, act):
            return act
    return _ELSE[fact.kind]
