"""Words for messages: what was written, what was perhaps meant, the first few of many."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def shown(text: str) -> str:
    """A text quoted for a message, cut at 60 characters."""
    return repr(text if len(text) <= 60 else text[:57] + "...")


def few_of(words: Sequence[str], most: int) -> str:
    """Words in a row, of many the first and how many more there are: `a, b and 28 more`."""
    more = len(words) - most
    told = ", ".join(words[:most])
    return f"{told} and {more:,} more" if more > 0 else told


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`did you mean 'x'?` for the nearest known word, or nothing."""
    from difflib import get_close_matches  # imported here: only faults need it

    near = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"did you mean {near[0]!r}?" if near else ""
