"""What a base has on topics, in a few numbers for each fact: nothing is decoded for it."""

from __future__ import annotations

from typing import NamedTuple


class FactOverview(NamedTuple):
    """A current fact, as far as it is needed to say on what there are none."""

    id: str
    topics: tuple[str, ...]
    """Those of the topics asked for that it belongs to, children's facts included."""
    first_day: int | None
    """None for an open start, and for an undated fact."""
    last_day: int | None
    is_dated: bool
