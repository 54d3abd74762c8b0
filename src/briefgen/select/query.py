"""A selection as SQL over the index's tables. The meaning is the contract's, docs/formats.md."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from briefgen.index import Index
from briefgen.index.schema import OPEN_END, OPEN_START, SPANS, UNDATED
from briefgen.select.model import Selection

if TYPE_CHECKING:
    from briefgen.index.text import Phrase

JUDGED_RELIABILITIES = "ABCDE"
JUDGED_CREDIBILITIES = range(1, 6)


class Conditions:
    """Conditions on the table `facts`, all of which must hold, and their parameters in order."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.parameters: list[object] = []

    def add(self, sql: str, *parameters: object) -> None:
        """One more condition."""
        self.parts.append(f"({sql})")
        self.parameters += parameters

    @property
    def sql(self) -> str:
        """All conditions as one expression."""
        return " AND ".join(self.parts)


def conditions(index: Index, selection: Selection) -> Conditions:
    """What `selection` asks of a fact. Raises `UsageError` for a text without words."""
    found = Conditions()
    found.add("facts.good")
    _status(found, selection)
    _dates(found, selection)
    if selection.topics:
        _topics(found, selection)
    if selection.actors:
        _linked(found, "fact_actors", "actor", selection.actors)
    if selection.sources:
        _linked(found, "fact_sources", "source", selection.sources)
    if selection.markings:
        from briefgen.select.marked import marked_condition  # few ask for it

        sql, markings = marked_condition(index, selection.markings, index.base.markings)
        found.add(sql, *markings)
    if selection.kinds:
        _one_of(found, "facts.kind", selection.kinds)
    _reliability(found, selection)
    _credibility(found, selection)
    if selection.text:
        from briefgen.index.text import parse_text_query  # the tables of folding take a moment

        for phrase in parse_text_query(selection.text):
            _text(found, index, phrase)
    return found


def _status(found: Conditions, selection: Selection) -> None:
    _one_of(found, "facts.status", selection.status or ("current",))


def _dates(found: Conditions, selection: Selection) -> None:
    if selection.start is None and selection.end is None:
        return
    first, last = selection.first_day, selection.last_day
    parts = ["facts.first IS NOT NULL"]
    days = []
    # Open ends of facts lie in the index at the far ends of the 64-bit numbers.
    if last is not None:
        parts.append("facts.first <= ?")
        days.append(last)
    if first is not None:
        parts.append("facts.last >= ?")
        days.append(first)
    inside = " AND ".join(parts)
    found.add(f"({inside}) OR facts.first IS NULL" if selection.undated else inside, *days)
    if not selection.topics:
        within, bounds = _within(selection)
        found.add(f"facts.row IN ({_each(within, 'SELECT row FROM facts WHERE ')})", *bounds)


def _topics(found: Conditions, selection: Selection) -> None:
    if selection.start is None and selection.end is None:
        _linked(found, "fact_topics", "topic", selection.topics)
        return
    under = f"SELECT row FROM fact_topics WHERE topic IN ({marks(selection.topics)}) AND "
    within, bounds = _within(selection)
    parameters: list[object] = []
    for number in range(0, len(bounds), 3):
        parameters += [*selection.topics, *bounds[number : number + 3]]
    if selection.undated:
        parameters += selection.topics
    found.add(f"facts.row IN ({_each(within, under)})", *parameters)


def _each(conditions: Sequence[str], before: str) -> str:
    return " UNION ALL ".join(before + condition for condition in conditions)


def _within(selection: Selection) -> tuple[list[str], list[int]]:
    """Conditions that find what the range touches, span by span, and three bounds for each.

    One more, without any, finds what has no date, if that is taken.
    """
    first, last = selection.first_day, selection.last_day
    conditions, bounds = [], []
    for span, most in enumerate((*SPANS, None)):
        conditions.append(f"(span = {span} AND first BETWEEN ? AND ? AND last >= ?)")
        since = OPEN_START if first is None or most is None else first - most
        bounds += [
            since,
            OPEN_END if last is None else last,
            OPEN_START if first is None else first,
        ]
    if selection.undated:
        conditions.append(f"span = {UNDATED}")
    return conditions, bounds


def _reliability(found: Conditions, selection: Selection) -> None:
    least = selection.min_reliability
    if least is None:
        return
    taken = [grade for grade in JUDGED_RELIABILITIES if grade <= least]
    graded = f"reliability IN ({marks(taken)})"
    if selection.ungraded:
        graded += f" OR reliability IS NULL OR reliability NOT IN ({marks(JUDGED_RELIABILITIES)})"
        taken += JUDGED_RELIABILITIES
    found.add(
        "facts.row IN (SELECT row FROM fact_sources WHERE source IN"
        f" (SELECT id FROM sources WHERE {graded}))",
        *taken,
    )


def _credibility(found: Conditions, selection: Selection) -> None:
    least = selection.min_credibility
    if least is None:
        return
    worst = min(least, JUDGED_CREDIBILITIES[-1])
    graded = "facts.credibility BETWEEN 1 AND ?"
    if selection.ungraded:
        graded += " OR facts.credibility IS NULL OR facts.credibility = 6"
    found.add(graded, worst)


def _text(found: Conditions, index: Index, phrase: Phrase) -> None:
    """The phrase stands in the fact's own text, or in one name of one of its actors."""
    own = "facts.row IN (SELECT rowid FROM fact_words WHERE fact_words MATCH ?)"
    actors = [
        str(actor)
        for (actor,) in index.rows(
            "SELECT DISTINCT actor FROM actor_names WHERE row IN"
            " (SELECT rowid FROM actor_words WHERE actor_words MATCH ?)",
            (phrase.match,),
        )
    ]
    if not actors:
        found.add(own, phrase.match)
        return
    named = f"facts.row IN (SELECT row FROM fact_actors WHERE actor IN ({marks(actors)}))"
    found.add(f"{own} OR {named}", phrase.match, *actors)


def _linked(found: Conditions, table: str, column: str, ids: Sequence[str]) -> None:
    found.add(f"facts.row IN (SELECT row FROM {table} WHERE {column} IN ({marks(ids)}))", *ids)


def _one_of(found: Conditions, column: str, values: Sequence[str]) -> None:
    found.add(f"{column} IN ({marks(values)})", *values)


def marks(values: Sequence[object]) -> str:
    """A question mark for each value, as SQL lists them."""
    return ", ".join("?" * len(values))
