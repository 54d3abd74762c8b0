"""Picks and counts the facts that a selection asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from briefgen.dates.days import calendar_day
from briefgen.errors import UsageError
from briefgen.facts.model import Fact
from briefgen.index import Index
from briefgen.index.schema import OPEN_START
from briefgen.select.model import Selection
from briefgen.select.query import ORDER, Conditions, conditions


def select_facts(index: Index, selection: Selection) -> tuple[Fact, ...]:
    """The facts that `selection` takes: by first day, last day and id; undated ones at the end.

    Raises `UsageError` for a topic or actor that the base does not know, a range that ends
    before it starts, and a text filter without words.
    """
    where = _checked(index, selection)
    return tuple(
        index.decode(
            index.rows(
                "SELECT facts.file, bodies.body FROM facts JOIN bodies USING (row)"
                f" WHERE {where.sql} ORDER BY {ORDER}",
                where.parameters,
            )
        )
    )


def count_facts(index: Index, selection: Selection) -> int:
    """How many facts `selection` takes. Raises as `select_facts`."""
    where = _checked(index, selection)
    ((count,),) = index.rows(f"SELECT count(*) FROM facts WHERE {where.sql}", where.parameters)
    return int(count)


def undated_ids(index: Index, selection: Selection) -> tuple[str, ...]:
    """The facts that `selection` would take if they had a date, by id. Raises as `select_facts`."""
    where = _checked(index, replace(selection, undated=True))
    return tuple(
        id_
        for (id_,) in index.rows(
            f"SELECT id FROM facts WHERE facts.first IS NULL AND {where.sql} ORDER BY {ORDER}",
            where.parameters,
        )
    )


def count_by_topic(index: Index, selection: Selection) -> dict[str, int]:
    """How many of the facts taken stand under each topic, its children included.

    Topics without any are left out. Raises as `select_facts`.
    """
    where = _checked(index, selection)
    return {
        str(topic): int(count)
        for topic, count in index.rows(
            "SELECT topic, count(*) FROM fact_topics JOIN facts USING (row)"
            f" WHERE {where.sql} GROUP BY topic ORDER BY topic",
            where.parameters,
        )
    }


def count_by_year(index: Index, selection: Selection) -> dict[int | None, int]:
    """How many of the facts taken start in each year, in order of years.

    Under None, last: undated facts and those with an open start. Raises as `select_facts`.
    """
    where = _checked(index, selection)
    counts: dict[int | None, int] = {}
    without = 0
    for first, count in index.rows(
        f"SELECT first, count(*) FROM facts WHERE {where.sql} GROUP BY first ORDER BY first",
        where.parameters,
    ):
        if first is None or first == OPEN_START:
            without += count
        else:
            year = calendar_day(first)[0]
            counts[year] = counts.get(year, 0) + count
    if without:
        counts[None] = without
    return counts


def _checked(index: Index, selection: Selection) -> Conditions:
    check_selection(index, selection)
    return conditions(index, selection)


def check_selection(index: Index, selection: Selection) -> None:
    """Raise `UsageError` when the base cannot answer `selection`; see `select_facts`."""
    if selection.topics:
        _known("topic", selection.topics, index.known_ids("topics"))
    if selection.actors:
        _known("actor", selection.actors, index.known_ids("actors"))
    start, end = selection.start, selection.end
    if (
        start is not None
        and end is not None
        and start.first_day is not None
        and end.last_day is not None
        and start.first_day > end.last_day
    ):
        raise UsageError(
            f"the range ends ({end.text}) before it starts ({start.text})",
            hint="swap from and to",
            about=("to", end.text),
        )


def _known(what: str, ids: Sequence[str], known: frozenset[str]) -> None:
    for id_ in ids:
        if id_ not in known:
            from briefgen.suggestions import did_you_mean

            raise UsageError(
                f"the base has no {what} {id_[:60]!r}",
                hint=did_you_mean(id_, sorted(known)) or f"'briefgen {what}s' lists them",
                about=(f"{what}s", id_),
            )
