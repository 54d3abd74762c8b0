"""A judgement whose words say another likelihood than it is given."""

from __future__ import annotations

from typing import Literal

from briefgen.brief.judging.likelihoods import likelihoods_in
from briefgen.standards.scale import Scale
from briefgen.values import valueclass


@valueclass(frozen=True, slots=True)
class Contradiction:
    """Words of a judgement that do not go with its likelihood."""

    severity: Literal["error", "warning"]
    """A warning where the words may be meant otherwise."""
    message: str
    hint: str


def contradictions(text: str, likelihood: str, scale: Scale) -> tuple[Contradiction, ...]:
    """What in a judgement's text contradicts its likelihood, each once, errors first.

    Nothing for a likelihood that is not said, or that the scale does not have: that is told
    elsewhere.
    """
    given = scale.find(likelihood)
    if given is None:
        return ()
    own = given[0]
    found: dict[str, Contradiction] = {}
    for each in likelihoods_in(text, scale):
        if each.voice == "aside" or (each.band == own and each.exact):
            continue
        said = each.said
        if not each.exact:
            found[said] = Contradiction(
                "warning",
                f"a judgement that is {likelihood!r} says {said!r}, which is no term of "
                f"{scale.label}",
                "use the scale's words alone",
            )
        elif each.voice == "unsure" or each.describes:
            found.setdefault(
                said,
                Contradiction(
                    "warning",
                    f"a judgement that is {likelihood!r} ({own.range}) speaks of {said!r} "
                    f"({each.band.range})",
                    "make sure that it is something else that you mean",
                ),
            )
        else:
            found[said] = Contradiction(
                "error",
                f"a judgement that is {likelihood!r} ({own.range}) says {said!r} "
                f"({each.band.range})",
                "say one of the two, or make two judgements of it",
            )
    return tuple(sorted(found.values(), key=lambda one: one.severity))
