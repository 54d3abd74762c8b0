"""Which paragraphs of a saved copy are the document's own text: `4, 7-9`, numbers from 1."""

from __future__ import annotations

import re

_RANGE = re.compile(r"([1-9]\d{0,5})(?:\s*[-–]\s*([1-9]\d{0,5}))?")


def paragraph_ranges(text: str) -> tuple[range, ...]:
    """The ranges that `text` names, in ascending order. Raises `ValueError` for anything else."""
    ranges: list[range] = []
    for part in text.split(","):
        found = _RANGE.fullmatch(part.strip())
        if found is None:
            raise ValueError(
                f"{part.strip()!r} is no number or range of paragraphs; write them like 4, 7-9"
            )
        first, last = int(found[1]), int(found[2] or found[1])
        if last < first or (ranges and first < ranges[-1].stop):
            raise ValueError(
                f"{part.strip()!r} does not come after what stands before it; "
                "write paragraphs in ascending order, each once"
            )
        ranges.append(range(first, last + 1))
    return tuple(ranges)
