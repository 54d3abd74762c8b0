"""How many facts each choice would take: counts for all values of all filters, at once.

Every value of a filter is a set of facts, kept as the bits of one integer, so that what a
selection takes is a handful of ANDs and a count of bits. A panel that shows fifty counts can then
be brought up to date with every move of the mouse, where SQL would take a scan for each filter.
What counts is what `query.conditions` says; the tests hold the two against each other.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import accumulate, compress
from operator import itemgetter
from typing import Any

from briefgen.facts.model import (
    FACT_KINDS,
    FACT_STATUSES,
    RELIABILITIES,
    FactKind,
    FactStatus,
    Reliability,
)
from briefgen.index import Index
from briefgen.index.order import bits_of, places_as_bits
from briefgen.index.schema import OPEN_END, OPEN_START
from briefgen.select.model import Selection
from briefgen.select.query import JUDGED_CREDIBILITIES, conditions
from briefgen.select.timescale import Timescale, timescale
from briefgen.values import valueclass

_JUDGED: tuple[Reliability, ...] = RELIABILITIES[:-1]
"""F is none: it says that a source cannot be judged."""

_FLAGS = bytes.maketrans(b"01", b"\x00\x01")
_KEPT = 256
"""Most sets that are kept of filters with any number of values: days, texts, actors."""


@valueclass(frozen=True, slots=True)
class Span:
    """Facts whose date does not fit into one column: those that reach over the same ones."""

    first: int
    """The first column that they touch."""
    last: int
    open_start: bool
    open_end: bool
    count: int


@valueclass(frozen=True, slots=True)
class Histogram:
    """Facts over time."""

    columns: tuple[int, ...]
    """How many facts lie within each column of the scale."""
    spans: tuple[Span, ...]
    """The others that have a date, by first and last column."""
    undated: int


class Facets:
    """The sets of one index. Made once for a base; then counting takes milliseconds."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._order = index.order
        self._size = len(self._order)
        dates, self._dates = self._order.dates, dict[tuple[int, int], int]()
        for first, last, count in dates:
            if first is not None and last is not None:
                self._dates[first, last] = count
        self._days = list(self._dates)
        self._ends = list(accumulate(self._dates.values()))
        self._all = (1 << self._size) - 1
        self._dated = self._first_ones(self._ends[-1] if self._ends else 0)
        self._statuses = {
            status: bits_of(self._order.statuses.translate(_only(number)))
            for number, status in enumerate(FACT_STATUSES)
        }
        self._kept: dict[tuple[object, ...], int] = {}
        self._drawn: tuple[int, Histogram] | None = None

    # --- counts ---------------------------------------------------------------------------------

    def count(self, selection: Selection) -> int:
        """How many facts the selection takes. Raises `UsageError` for a text without words.

        So do all others. A topic or actor that the base does not know takes none.
        """
        return self._taken(selection).bit_count()

    def by_topic(self, selection: Selection) -> dict[str, int]:
        """For each topic, children included, the facts under it that the other filters take."""
        taken = self._taken(selection, but="topics")
        return {topic: (taken & held).bit_count() for topic, held in self._topics.items()}

    def by_kind(self, selection: Selection) -> dict[FactKind, int]:
        """For each kind the facts that the other filters take."""
        taken = self._taken(selection, but="kinds")
        return {kind: (taken & self._kinds.get(kind, 0)).bit_count() for kind in FACT_KINDS}

    def by_status(self, selection: Selection) -> dict[FactStatus, int]:
        """For each status the facts that the other filters take."""
        taken = self._taken(selection, but="status")
        return {each: (taken & self._statuses.get(each, 0)).bit_count() for each in FACT_STATUSES}

    def by_actor(self, selection: Selection, actors: Iterable[str]) -> dict[str, int]:
        """For each of these actors the facts about it that the other filters take."""
        taken = self._taken(selection, but="actors")
        return {actor: (taken & self._actor(actor)).bit_count() for actor in actors}

    def by_source(self, selection: Selection, sources: Iterable[str]) -> dict[str, int]:
        """For each of these sources the facts citing it that the other filters take."""
        taken = self._taken(selection, but="sources")
        return {source: (taken & self._source(source)).bit_count() for source in sources}

    def by_marking(self, selection: Selection, markings: Iterable[str]) -> dict[str, int]:
        """For each of these markings the facts at its level that the other filters take."""
        taken = self._taken(selection, but="markings")
        return {marking: (taken & self._marked(marking)).bit_count() for marking in markings}

    def by_reliability(self, selection: Selection) -> dict[Reliability, int]:
        """For each grade what it would take as the least one, with `ungraded` as it stands."""
        taken = self._taken(selection, but="min_reliability")
        return {
            grade: (taken & self._reliable(grade, selection.ungraded)).bit_count()
            for grade in _JUDGED
        }

    def by_credibility(self, selection: Selection) -> dict[int, int]:
        """For each grade what it would take as the least one, with `ungraded` as it stands."""
        taken = self._taken(selection, but="min_credibility")
        return {
            grade: (taken & self._credible(grade, selection.ungraded)).bit_count()
            for grade in JUDGED_CREDIBILITIES
        }

    def ungraded(self, selection: Selection) -> int:
        """How many facts come only with `ungraded`, under the minimums that are set."""
        with_, without = (
            self._taken(replace(selection, ungraded=ungraded)) for ungraded in (True, False)
        )
        return (with_ & ~without).bit_count()

    def undated(self, selection: Selection) -> int:
        """How many facts without a date the other filters take."""
        return (self._taken(selection, but="dates") & ~self._dated).bit_count()

    # --- over time ------------------------------------------------------------------------------

    @cached_property
    def scale(self) -> Timescale | None:
        """The columns that hold all facts of the base; None where none has a date."""
        return timescale(
            {
                (
                    None if first == OPEN_START else first,
                    None if last == OPEN_END else last,
                ): count
                for (first, last), count in self._dates.items()
            }
        )

    def newest(self, today: int) -> int | None:
        """The latest day, not after `today`, on which a current fact starts; both day numbers.

        Where all lie ahead, the latest of all; None where none has a date that starts.
        """
        flags = _flags(self._statuses.get("current", 0), self._size)
        days = {
            first
            for (first, _), start, end in self._runs()
            if first != OPEN_START and flags.find(1, start, end) >= 0
        }
        return max((day for day in days if day <= today), default=max(days, default=None))

    def histogram(self, selection: Selection) -> Histogram:
        """The facts that all filters but the dates take, over the columns of `scale`."""
        taken = self._taken(selection, but="dates")
        scale = self.scale
        if scale is None:
            return Histogram((), (), taken.bit_count())
        if self._drawn is not None and self._drawn[0] == taken:
            return self._drawn[1]  # while a range is dragged the same facts are drawn
        places, reaching = self._places
        found = Counter(compress(places, _flags(taken, self._size)))
        spans = (
            Span(*reach, found[scale.columns + number])
            for number, reach in enumerate(reaching)
            if found[scale.columns + number]
        )
        drawn = Histogram(
            tuple(found[column] for column in range(scale.columns)),
            tuple(sorted(spans, key=lambda span: (span.first, -span.last))),
            (taken & ~self._dated).bit_count(),
        )
        self._drawn = (taken, drawn)
        return drawn

    def _runs(self) -> Iterator[tuple[tuple[int, int], int, int]]:
        """First and last day, and from and to which place facts have them."""
        return zip(self._days, [0, *self._ends], self._ends, strict=False)

    @cached_property
    def _places(self) -> tuple[list[int], list[tuple[int, int, bool, bool]]]:
        """Of each dated fact the column, or the columns' number and its place among the reaches."""
        scale = self.scale
        assert scale is not None
        numbers: dict[tuple[int, int, bool, bool], int] = {}
        places: list[int] = []
        for (first, last), count in self._dates.items():
            low, high = scale.column_of(first), scale.column_of(last)
            # What is gathered at an end has no limit there itself.
            open_start = first == OPEN_START and not scale.gathers_before
            open_end = last == OPEN_END and not scale.gathers_after
            if low == high and not open_start and not open_end:
                places += [low] * count
            else:
                number = numbers.setdefault((low, high, open_start, open_end), len(numbers))
                places += [scale.columns + number] * count
        return places, list(numbers)

    # --- sets -----------------------------------------------------------------------------------

    def _taken(self, selection: Selection, *, but: str = "") -> int:
        """The facts that all filters take, or all but one."""
        taken = self._all
        if but != "status":
            statuses: Sequence[FactStatus] = selection.status or ("current",)
            taken &= _any(self._statuses, statuses)
        if but != "kinds" and selection.kinds:
            taken &= _any(self._kinds, selection.kinds)
        if but != "topics" and selection.topics:
            taken &= _any(self._topics, selection.topics)
        if but != "actors" and selection.actors:
            taken &= _any({each: self._actor(each) for each in selection.actors}, selection.actors)
        if but != "sources" and selection.sources:
            taken &= self._union(map(self._source, selection.sources))
        if but != "markings" and selection.markings:
            taken &= self._union(map(self._marked, selection.markings))
        if but != "min_reliability" and selection.min_reliability is not None:
            taken &= self._reliable(selection.min_reliability, selection.ungraded)
        if but != "min_credibility" and selection.min_credibility is not None:
            taken &= self._credible(selection.min_credibility, selection.ungraded)
        if but != "dates":
            taken &= self._inside(selection)
        if selection.text:
            taken &= self._worded(selection.text)
        return taken

    def _inside(self, selection: Selection) -> int:
        if selection.start is None and selection.end is None:
            return self._all
        inside = self._dated
        first, last = selection.first_day, selection.last_day
        if last is not None:
            inside &= self._keep(("to", last), lambda: self._beginning_by(last))
        if first is not None:
            inside &= self._keep(("from", first), lambda: self._ending_from(first))
        return inside | (self._all & ~self._dated) if selection.undated else inside

    def _credible(self, least: int, ungraded: bool) -> int:
        taken: list[int | None] = list(range(1, min(least, JUDGED_CREDIBILITIES[-1]) + 1))
        return _any(self._credibilities, [*taken, None, 6] if ungraded else taken)

    def _reliable(self, least: str, ungraded: bool) -> int:
        taken: list[str | None] = [grade for grade in _JUDGED if grade <= least]
        if ungraded:
            taken += [each for each in self._reliabilities if each not in _JUDGED]
        return _any(self._reliabilities, taken)

    def _worded(self, text: str) -> int:
        def find() -> int:
            where = conditions(self._index, Selection(text=text, status=FACT_STATUSES))
            return self._found(f"SELECT row FROM facts WHERE {where.sql}", where.parameters)

        return self._keep(("text", text), find)

    def _actor(self, actor: str) -> int:
        return self._keep(
            ("actor", actor),
            lambda: self._found("SELECT row FROM fact_actors WHERE actor = ?", (actor,)),
        )

    def _source(self, source: str) -> int:
        return self._keep(
            ("source", source),
            lambda: self._found("SELECT row FROM fact_sources WHERE source = ?", (source,)),
        )

    def _marked(self, marking: str) -> int:
        def find() -> int:
            where = conditions(self._index, Selection(markings=(marking,), status=FACT_STATUSES))
            return self._found(f"SELECT row FROM facts WHERE {where.sql}", where.parameters)

        return self._keep(("marking", marking), find)

    @staticmethod
    def _union(sets: Iterable[int]) -> int:
        found = 0
        for one in sets:
            found |= one
        return found

    @cached_property
    def _kinds(self) -> dict[object, int]:
        return self._column("kind")

    @cached_property
    def _credibilities(self) -> dict[object, int]:
        return self._column("credibility")

    def _column(self, name: str) -> dict[object, int]:
        found = self._index.rows(f"SELECT {name}, json_group_array(row) FROM facts GROUP BY {name}")
        return {value: self._set(json.loads(rows)) for value, rows in found}

    @cached_property
    def _topics(self) -> dict[str, int]:
        return self._order.topic_sets()

    @cached_property
    def _reliabilities(self) -> dict[str | None, int]:
        """The facts that cite a source of each grade."""
        grades = dict(self._index.rows("SELECT id, reliability FROM sources"))
        found: dict[str | None, list[str]] = {}
        for source, rows in self._index.rows(
            "SELECT source, group_concat(row) FROM fact_sources GROUP BY source"
        ):
            found.setdefault(grades.get(source), []).append(rows)
        return {
            grade: self._set(json.loads(f"[{','.join(rows)}]")) for grade, rows in found.items()
        }

    def _found(self, sql: str, parameters: Sequence[object]) -> int:
        ((rows,),) = self._index.rows(f"SELECT json_group_array(row) FROM ({sql})", parameters)
        return self._set(json.loads(rows))

    def _keep(self, key: tuple[object, ...], make: Callable[[], int]) -> int:
        if key not in self._kept:
            if len(self._kept) >= _KEPT:
                del self._kept[next(iter(self._kept))]
            self._kept[key] = make()
        return self._kept[key]

    # Of the digits of a set the first is the first place.

    def _set(self, rows: Iterable[int]) -> int:
        return places_as_bits(rows, self._order.place_of_row, self._size)

    def _first_ones(self, count: int) -> int:
        return self._all >> (self._size - count) << (self._size - count)

    def _beginning_by(self, day: int) -> int:
        number = bisect_right(self._days, day, key=itemgetter(0))
        return self._first_ones(self._ends[number - 1] if number else 0)

    def _ending_from(self, day: int) -> int:
        bits = bytearray(b"0") * self._size
        for (_, last), start, end in self._runs():
            if last >= day:
                bits[start:end] = b"1" * (end - start)
        return bits_of(bits)


def _only(number: int) -> bytes:
    """A table of bytes that makes "1" of this number and "0" of all others."""
    return b"0" * number + b"1" + b"0" * (255 - number)


def _flags(taken: int, size: int) -> bytes:
    """0 or 1 for each place."""
    return format(taken, f"0{size}b").encode().translate(_FLAGS)


def _any(sets: Mapping[Any, int], values: Iterable[object]) -> int:
    found = 0
    for value in values:
        found |= sets.get(value, 0)
    return found
