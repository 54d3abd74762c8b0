"""What a person asks of a fact base, as a value."""

from __future__ import annotations

from briefgen.dates import Edtf
from briefgen.facts.model import FactKind, FactStatus, Reliability
from briefgen.values import valueclass


@valueclass(frozen=True, slots=True)
class Selection:
    """Filters on facts. Several values of one filter: any of them; different filters: all.

    `start` and `end` are the first day of `from` and the last day of `to` as `Edtf` gives them;
    None is open. Dates: see the contract in docs/formats.md.
    """

    topics: tuple[str, ...] = ()
    start: Edtf | None = None
    end: Edtf | None = None
    kinds: tuple[FactKind, ...] = ()
    actors: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    markings: tuple[str, ...] = ()
    text: str = ""
    min_reliability: Reliability | None = None
    min_credibility: int | None = None
    ungraded: bool = False
    undated: bool = False
    status: tuple[FactStatus, ...] = ("current",)

    @property
    def first_day(self) -> int | None:
        """The first day of the range; None where it is open."""
        return self.start.first_day if self.start is not None else None

    @property
    def last_day(self) -> int | None:
        """The last day of the range; None where it is open."""
        return self.end.last_day if self.end is not None else None

    @property
    def ends_before_it_starts(self) -> bool:
        """Whether the range is the wrong way round."""
        first, last = self.first_day, self.last_day
        return first is not None and last is not None and first > last
