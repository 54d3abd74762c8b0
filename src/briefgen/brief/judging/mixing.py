"""Likelihood and confidence in one sentence, which analytic standards ask never to write.

ICD 203 says so in section D.6.e.(2)(b); the PHIA keeps its yardstick and its confidence ratings
apart as well.
"""

from __future__ import annotations

import re

from briefgen.patterns import lazy_pattern

_LIKELIHOOD_WORDS = lazy_pattern(
    r"\b(almost no chance|remote|(?:very |highly )?(?:un)?likely|(?:highly )?(?:im)?probabl[ey]|"
    r"roughly even (?:chance|odds)|realistic possibility|(?:almost|nearly) certain(?:ly)?)\b",
    re.IGNORECASE,
)
"""The words of the shipped scales: what they say is a likelihood in any house."""
_CONFIDENCE_WORDS = lazy_pattern(r"\bconfiden(?:ce|t)\b", re.IGNORECASE)
_OTHER_CONFIDENCE = lazy_pattern(
    r"\bconfidence[- ](?:building|vote|motion|debate)|\b(?:vote|motion) of (?:no[- ])?confidence|"
    r"\bno[- ]confidence\b|\bself-confiden(?:ce|t)\b",
    re.IGNORECASE,
)
"""Confidence that is politics or character, and no grade of an analyst's."""


def mixes_likelihood_and_confidence(sentence: str) -> bool:
    """Whether one sentence speaks of both."""
    return bool(
        _LIKELIHOOD_WORDS.search(sentence)
        and _CONFIDENCE_WORDS.search(_OTHER_CONFIDENCE.sub("", sentence))
    )
