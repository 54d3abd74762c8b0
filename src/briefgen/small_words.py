"""English words that say nothing by themselves: left out of ids, and of what is compared."""

from __future__ import annotations

SMALL_WORDS = frozenset((
    "a", "also", "an", "and", "are", "as", "at", "be", "been", "by", "for", "from", "had", "has",
    "have", "her", "his", "how", "in", "into", "is", "it", "its", "of", "on", "or", "s", "that",
    "the", "their", "these", "this", "those", "to", "was", "were", "what", "when", "which", "who",
    "whom", "why", "with",
))  # fmt: skip
