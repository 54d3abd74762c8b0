"""The words of ICD 203 (Analytic Standards, 2015): seven likelihood bands, three confidences."""

from __future__ import annotations

import re

from briefgen.patterns import lazy_pattern

LIKELIHOOD_BANDS: tuple[tuple[tuple[str, str], tuple[int, int]], ...] = (
    (("almost no chance", "remote"), (1, 5)),
    (("very unlikely", "highly improbable"), (5, 20)),
    (("unlikely", "improbable"), (20, 45)),
    (("roughly even chance", "roughly even odds"), (45, 55)),
    (("likely", "probable"), (55, 80)),
    (("very likely", "highly probable"), (80, 95)),
    (("almost certain", "nearly certain"), (95, 99)),
)
"""Both terms of each band, and its bounds in per cent (ICD 203, section D.6.e.2.a)."""

LIKELIHOODS: tuple[str, ...] = tuple(term for terms, _ in LIKELIHOOD_BANDS for term in terms)
CONFIDENCES = ("low", "moderate", "high")

_LIKELIHOOD_WORDS = lazy_pattern(
    r"\b(almost no chance|remote|(?:very |highly )?(?:un)?likely|(?:highly )?(?:im)?probabl[ey]|"
    r"roughly even (?:chance|odds)|(?:almost|nearly) certain(?:ly)?)\b",
    re.IGNORECASE,
)
_CONFIDENCE_WORDS = lazy_pattern(r"\bconfiden(?:ce|t)\b", re.IGNORECASE)
_OTHER_CONFIDENCE = lazy_pattern(
    r"\bconfidence[- ](?:building|vote|motion|debate)|\b(?:vote|motion) of (?:no[- ])?confidence|"
    r"\bno[- ]confidence\b|\bself-confiden(?:ce|t)\b",
    re.IGNORECASE,
)
"""Confidence that is politics or character, and no grade of an analyst's."""


def band_of(likelihood: str) -> tuple[int, int]:
    """The bounds, in per cent, of a likelihood term."""
    for terms, bounds in LIKELIHOOD_BANDS:
        if likelihood in terms:
            return bounds
    raise KeyError(likelihood)


def mixes_likelihood_and_confidence(sentence: str) -> bool:
    """Whether one sentence speaks of both, which ICD 203 asks analysts never to do."""
    return bool(
        _LIKELIHOOD_WORDS.search(sentence)
        and _CONFIDENCE_WORDS.search(_OTHER_CONFIDENCE.sub("", sentence))
    )
