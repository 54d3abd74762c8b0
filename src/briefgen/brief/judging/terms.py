"""Terms of likelihood and confidence against a scale: nothing is taken for something else."""

from __future__ import annotations

from briefgen.standards.files import load_scale, shipped_names
from briefgen.standards.scale import Band, Scale
from briefgen.suggestions import did_you_mean


def likelihood_fault(likelihood: str, scale: Scale) -> tuple[str, str]:
    """What is wrong with a likelihood and what to do; two empty texts for a term of the scale.

    For a term of another scale the hint names those whose range overlaps; which of them is meant
    only its author can tell.
    """
    if scale.find(likelihood) is not None:
        return "", ""
    message = f"likelihood {likelihood!r} is no term of {scale.label}"
    meant = _elsewhere(likelihood)
    if meant is not None:
        other, band = meant
        near = [each for each in scale.bands if each.overlaps(band)] or _nearest(scale, band)
        listed = "; ".join(f"{each.names} ({each.range})" for each in near)
        return message, f"in {other.label} it means {band.range}; here that is among: {listed}"
    return message, (
        did_you_mean(likelihood, scale.likelihoods) or f"they are {', '.join(scale.likelihoods)}"
    )


def confidence_fault(confidence: str, scale: Scale) -> tuple[str, str]:
    """What is wrong with a confidence and what to do; two empty texts for a grade of the scale."""
    if confidence in scale.confidences:
        return "", ""
    known = ", ".join(scale.confidences)
    return f"confidence {confidence!r} is no grade of {scale.label}", (
        f"they are {known}" if known else "it has none: leave confidence out"
    )


def _elsewhere(likelihood: str) -> tuple[Scale, Band] | None:
    """A shipped scale that has the term, and its range there."""
    for name in shipped_names("scale"):
        other = load_scale(name)
        found = other.find(likelihood)
        if found is not None:
            return other, found[0]
    return None


def _nearest(scale: Scale, band: Band) -> list[Band]:
    """The ranges with the least gap to `band`, where none overlaps it."""

    def gap(each: Band) -> int:
        return max(each.low - band.high, band.low - each.high)

    least = min(map(gap, scale.bands))
    return [each for each in scale.bands if gap(each) == least]
