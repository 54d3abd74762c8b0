"""What the middle list of the window shows: the facts of a brief, in its order and in groups.

A fact is known here by its *place*: its number, from 0, in the contract's order of the whole base
(first day, last day, id; undated ones at the end). Lists of places are cheap, also a hundred
thousand of them; what a fact says is decoded when somebody looks at it.
"""

from __future__ import annotations

import json
from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import compress
from typing import Any, Literal

from briefgen.brief.assemble.filters import topic_covering, topics_asked
from briefgen.brief.spec.model import BriefSpec
from briefgen.collector import collector_paused
from briefgen.dates import year_in_words
from briefgen.dates.days import calendar_day
from briefgen.facts.model import FACT_STATUSES, Fact
from briefgen.facts.staleness import Change
from briefgen.gui.view_models.brief.edits import edited_facts
from briefgen.gui.view_models.brief.passages import known_passages, stale_passages
from briefgen.index import Index
from briefgen.index.fold import fold_words
from briefgen.index.schema import OPEN_END, OPEN_START
from briefgen.index.text import parse_text_query
from briefgen.select.model import Selection
from briefgen.select.pick import check_selection, count_facts
from briefgen.select.query import conditions

Grouping = Literal["topic", "date"]


@dataclass(frozen=True, slots=True)
class Group:
    """Facts under one heading."""

    key: str
    """A topic's id, or a year; empty for the facts of no asked topic, or of no date."""
    label: str
    places: Sequence[int]
    """In the brief's order. Each fact stands in one group."""


@dataclass(frozen=True, slots=True)
class ListedFacts:
    """The facts that a brief shows or leaves out."""

    groups: tuple[Group, ...] = ()
    sequence: Sequence[int] = ()
    """All places in the brief's order, whatever the groups."""
    left_out: frozenset[int] = frozenset()
    """Those that are not in the brief."""
    pinned: frozenset[int] = frozenset()
    beyond: frozenset[int] = frozenset()
    """Those that the scope does not pick."""
    starred: frozenset[int] = frozenset()
    unkeyed: frozenset[int] = frozenset()
    """Key facts of the base that are no key points of this brief."""
    reworded: Mapping[int, str] = field(default_factory=dict)
    in_sentence: frozenset[int] = frozenset()
    """Those that a passage may say: all of its facts are in the brief as the base has them."""
    missing: tuple[str, ...] = ()
    """Ids that the brief's hand edits name and the base does not have."""

    @property
    def count(self) -> int:
        """How many facts are in the brief."""
        return len(self.sequence) - len(self.left_out)


class Catalogue:
    """All good facts of an index by their places, read once."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.rows = index.order.rows
        """The index's row of each place."""

    @property
    def place_of_row(self) -> Sequence[int]:
        """By row, the place of its fact."""
        return self.index.order.place_of_row

    def __len__(self) -> int:
        return len(self.rows)

    def facts(self, places: Iterable[int]) -> dict[int, Fact]:
        """The facts at these places."""
        wanted = list(places)
        rows = self.index.rows(
            "SELECT row, file, body FROM facts JOIN bodies USING (row)"
            " WHERE row IN (SELECT value FROM json_each(?))",
            (json.dumps([self.rows[place] for place in wanted]),),
        )
        facts = self.index.decode([(file, body) for _, file, body in rows])
        found = {row: fact for (row, _, _), fact in zip(rows, facts, strict=True)}
        return {place: found[self.rows[place]] for place in wanted}

    def found(self, text: str, reworded: Mapping[int, str]) -> frozenset[int]:
        """The facts in which a text filter finds all its words, in any status.

        Those that a brief says in other words are `reworded`: they may have them there, too.
        Raises `UsageError` for a text without words.
        """
        where = conditions(self.index, Selection(text=text, status=FACT_STATUSES))
        rows = self.index.rows(f"SELECT row FROM facts WHERE {where.sql}", where.parameters)
        phrases = parse_text_query(text)
        said = {
            place
            for place, wording in reworded.items()
            if all(phrase.found_in(fold_words(wording)) for phrase in phrases)
        }
        return frozenset(said).union(self.place_of_row[row] for (row,) in rows)

    @cached_property
    def ids(self) -> list[str]:
        """The id at each place."""
        return self._by_place("id", "")

    def places(self, ids: Iterable[str]) -> dict[str, int]:
        """The places of these facts, in the order asked; ids that the base lacks are left out."""
        wanted = list(dict.fromkeys(ids))
        if not wanted:
            return {}
        found = {
            id_: self.place_of_row[row]
            for id_, row in self.index.rows(
                "SELECT id, row FROM facts WHERE good AND id IN (SELECT value FROM json_each(?))",
                (json.dumps(wanted),),
            )
        }
        return {id_: found[id_] for id_ in wanted if id_ in found}

    @cached_property
    def topics(self) -> tuple[Sequence[int], list[tuple[str, ...]]]:
        """A number for each place, and by number the topics of the facts that have it."""
        numbers, topics = self.index.order.topics
        return numbers.tolist(), topics  # gone through with every tick: faster than an array

    @cached_property
    def years(self) -> list[int | None]:
        """The year under which the fact at each place is filed: of its first day, else its last."""
        filed: list[int | None] = []
        for first, last, count in self.index.order.dates:
            day = last if first == OPEN_START else first
            filed += [None if day is None or day == OPEN_END else calendar_day(day)[0]] * count
        return filed

    def open_disputes(self, ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """For each of these facts, those that it cannot hold beside; symmetric.

        Sides that have been retracted or superseded are left out.
        """
        disputes = self.index.disputes(ids)
        standing = {
            id_ for (id_,) in self.index.rows(
                "SELECT id FROM facts WHERE good AND status IN ('current', 'draft')"
                " AND id IN (SELECT value FROM json_each(?))",
                (json.dumps(sorted({other for others in disputes.values() for other in others})),),
            )
        }  # fmt: skip
        found = {
            id_: tuple(other for other in others if other in standing)
            for id_, others in disputes.items()
        }
        return {id_: others for id_, others in found.items() if others}

    def _by_place(self, column: str, empty: Any) -> list[Any]:
        values = [empty] * len(self.rows)
        with collector_paused():
            for row, value in self.index.rows(f"SELECT row, {column} FROM facts WHERE good"):
                values[self.place_of_row[row]] = value
        return values


class FactLister:
    """Lists one base's facts for one brief after another; what was asked before costs less.

    The most frequent question, the same selection with other topics, is answered without SQL.
    """

    def __init__(self, index: Index) -> None:
        self.catalogue = Catalogue(index)
        self._index = index
        self._asked: Selection | None = None
        self._answer: Sequence[int] = ()
        self._picked: tuple[Selection | None, Sequence[int]] = (None, ())
        self._last: tuple[object, Sequence[int], tuple[Group, ...]] = (None, (), ())

    def list_facts(self, spec: BriefSpec, by: Grouping, keep: Iterable[str] = ()) -> ListedFacts:
        """What `spec` picks, pins and leaves out, grouped.

        `keep` are facts to be listed although the brief no longer has them: left out for now, but
        not yet gone from under the pointer. Raises `UsageError` as `select_facts` does.
        """
        catalogue = self.catalogue
        edits = spec.edits
        named = catalogue.places([*edited_facts(edits), *keep])
        picked = self.picked(spec.select)
        wanted = [named[id_] for id_ in (*edits.include, *keep) if id_ in named]
        beyond = frozenset(place for place in wanted if not _holds(picked, place))
        pinned = frozenset(named[id_] for id_ in edits.include if id_ in named)
        shown = picked
        if beyond:
            shown = list(picked)
            for place in beyond:
                insort(shown, place)
        left_out = frozenset(
            named[id_] for id_ in edits.exclude if id_ in named and _holds(shown, named[id_])
        )
        left_out |= beyond - pinned
        first = [named[id_] for id_ in edits.order if id_ in named and _holds(shown, named[id_])]
        asked = (spec.select, by, first, beyond)
        if asked != self._last[0]:
            sequence = shown
            if first:
                ahead = set(first)
                sequence = [*first, *(place for place in shown if place not in ahead)]
            self._last = (asked, sequence, self._groups(spec.select, by, sequence))
        _, sequence, groups = self._last
        reworded = {named[id_]: text for id_, text in edits.reword.items() if id_ in named}
        not_as_it_is = left_out | reworded.keys()
        return ListedFacts(
            groups=groups,
            sequence=sequence,
            left_out=left_out,
            pinned=pinned,
            beyond=beyond,
            starred=frozenset(named[id_] for id_ in edits.key if id_ in named),
            unkeyed=frozenset(named[id_] for id_ in edits.unkey if id_ in named),
            reworded=reworded,
            in_sentence=self._in_sentence(
                spec, lambda place: _holds(shown, place) and place not in not_as_it_is
            ),
            missing=tuple(id_ for id_ in edited_facts(edits) if id_ not in named),
        )

    def _in_sentence(self, spec: BriefSpec, shown: Callable[[int], bool]) -> frozenset[int]:
        """The places that a passage says, of those whose facts are all `shown`."""
        known = [one for one in known_passages(spec.passages, self._index.base) if not one.is_split]
        places = self.catalogue.places([id_ for one in known for id_ in one.passage.facts])
        found: set[int] = set()
        for one in known:
            said = [places.get(id_, -1) for id_ in one.passage.facts]
            if all(place >= 0 and shown(place) for place in said):
                is_stale = (
                    self._stale_in_base[one.passage.id]
                    if one.owner == "base"
                    else stale_passages([one.passage], self._index)[one.passage.id]
                )
                if not is_stale:
                    found.update(said)
        return frozenset(found)

    @cached_property
    def _stale_in_base(self) -> Mapping[str, tuple[Change, ...]]:
        return stale_passages(self._index.base.passages.values(), self._index)

    def picked(self, selection: Selection) -> Sequence[int]:
        """The places that a selection picks, ascending. Raises as `select_facts`."""
        if selection == self._picked[0]:
            return self._picked[1]
        check_selection(self._index, selection)
        whole = replace(selection, topics=())
        if whole != self._asked:
            self._answer = self._places(whole)
            self._asked = whole
        picked = self._answer
        if selection.topics:
            number_of, topics = self.catalogue.topics
            taken = [bool(topic_covering(own, selection.topics)) for own in topics]
            picked = [place for place in picked if taken[number_of[place]]]
        self._picked = (selection, picked)
        return picked

    def _places(self, selection: Selection) -> list[int]:
        if selection == Selection(status=selection.status):  # what every new brief asks
            asked = selection.status or ("current",)
            taken = [status in asked for status in FACT_STATUSES]
            statuses = self._index.order.statuses.translate(bytes(taken).ljust(256, b"\0"))
            return list(compress(range(len(statuses)), statuses))
        where = conditions(self._index, selection)
        ((rows,),) = self._index.rows(
            f"SELECT json_group_array(row) FROM facts WHERE {where.sql}", where.parameters
        )
        return sorted(map(self.catalogue.place_of_row.__getitem__, json.loads(rows)))

    def _groups(
        self, selection: Selection, by: Grouping, sequence: Sequence[int]
    ) -> tuple[Group, ...]:
        if by == "topic":
            return self._by_topic(selection, sequence)
        years = self.catalogue.years
        filed: dict[int | None, list[int]] = {}
        for place in sequence:
            filed.setdefault(years[place], []).append(place)
        undated = filed.pop(None, None)
        groups = [
            Group(str(year), year_in_words(year).replace("\u00a0", " "), filed[year])
            for year in sorted(year for year in filed if year is not None)
        ]
        return (*groups, Group("", "Undated", undated)) if undated else tuple(groups)

    def _by_topic(self, selection: Selection, sequence: Sequence[int]) -> tuple[Group, ...]:
        base = self._index.base
        asked = topics_asked(selection.topics, base)
        number_of, topics = self.catalogue.topics
        keys = [topic_covering(own, asked) for own in topics]
        filed: dict[str, list[int]] = {key: [] for key in keys}
        lists = [filed[key].append for key in keys]
        for place in sequence:
            lists[number_of[place]](place)
        groups = [
            Group(topic.id, topic.label, filed[topic.id])
            for topic in base.topics.values()
            if filed.get(topic.id)
        ]
        return (*groups, Group("", "Other", filed[""])) if filed.get("") else tuple(groups)


@dataclass(frozen=True, slots=True)
class NoFacts:
    """Why no fact is listed, and a selection that would show some; None: there are none yet."""

    reason: str
    way: str = ""
    """What the way out does."""
    selection: Selection | None = None


def why_nothing(index: Index, selection: Selection) -> NoFacts:
    """Why `selection` picks no fact: the words, the dates or all of it together."""
    attempts = []
    if selection.text.strip():
        attempts.append((
            f"No fact in this scope has all of “{selection.text.strip()}” in it.",
            "Do without these words", replace(selection, text=""),
        ))  # fmt: skip
    if selection.start is not None or selection.end is not None:
        attempts.append((
            "No fact in these dates. Widen them, or take other topics.",
            "Show all dates", replace(selection, start=None, end=None),
        ))  # fmt: skip
    attempts += [
        ("No fact in this scope. Widen the dates or topics.", "Show all facts", Selection()),
        (
            "This base has no current facts.",
            "Show facts of every status", Selection(status=FACT_STATUSES),
        ),
    ]  # fmt: skip
    for reason, way, wider in attempts:
        if count_facts(index, wider):
            return NoFacts(reason, way, wider)
    return NoFacts(
        "This base has no facts yet. Write the first one, or drop a page that you saved on the "
        "window and mark passages in it.",
        "New fact…",
    )


def _holds(places: Sequence[int], place: int) -> bool:
    found = bisect_left(places, place)
    return found < len(places) and places[found] == place
