"""What kinds, grades and states of facts and sources mean, for who has to choose one."""

from __future__ import annotations

from collections.abc import Mapping

from briefgen.brief.words import ENGLISH
from briefgen.facts.model import RELIABILITIES, DateIs, Reliability

KIND_WORDS: Mapping[str, str] = {
    "event": "something that happened",
    "agreement": "something that was agreed or signed",
    "figure": "a number that was reported or estimated",
    "position": "what somebody says or wants",
    "plan": "something intended, not done yet",
    "assessment": "a judgement of somebody's",
    "background": "a state of things, or what went before",
}
DATE_WORDS: Mapping[DateIs, str] = {
    "occurrence": "it happened then",
    "within": "it happened once, some time in this interval",
    "state": "it held then, as far as reported",
    "expected": "it was due then",
    "statement": "it was said then",
}
CREDIBILITY_WORDS: Mapping[int, str] = {
    1: "confirmed by other sources", 2: "probably true", 3: "possibly true", 4: "doubtful",
    5: "improbable", 6: "cannot be judged",
}  # fmt: skip
"""What the NATO Admiralty grades of an information mean (AJP-2.1)."""
RELIABILITY_WORDS: Mapping[Reliability, str] = {
    grade: ENGLISH[f"reliability_{grade}"] for grade in RELIABILITIES
}
"""What the NATO Admiralty grades of a source mean (AJP-2.1), as briefs say it."""
STATUS_WORDS: Mapping[str, str] = {
    "current": "it holds, as far as is known",
    "draft": "not checked yet, and printed as such",
    "superseded": "another fact has taken its place",
    "retracted": "it turned out wrong",
}
