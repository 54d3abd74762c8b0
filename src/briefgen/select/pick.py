"""Picks and counts the facts that a selection asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from briefgen.errors import UsageError
from briefgen.facts.model import Fact
from briefgen.index import Index
from briefgen.index.schema import ORDER
from briefgen.select.model import Selection
from briefgen.select.query import Conditions, conditions


def select_facts(index: Index, selection: Selection) -> tuple[Fact, ...]:
    """The facts that `selection` takes: by first day, last day and id; undated ones at the end.

    Raises `UsageError` for a topic, actor, source or marking that the base lacks, a range that ends
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


def _checked(index: Index, selection: Selection) -> Conditions:
    check_selection(index, selection)
    return conditions(index, selection)


def check_selection(index: Index, selection: Selection) -> None:
    """Raise `UsageError` when the base cannot answer `selection`; see `select_facts`."""
    if selection.topics:
        _known(index, "topics", selection.topics)
    if selection.actors:
        _known(index, "actors", selection.actors)
    if selection.sources:
        _known(index, "sources", selection.sources)
    if selection.markings:
        from briefgen.select.marked import check_markings

        check_markings(index, selection.markings)
    start, end = selection.start, selection.end
    if selection.ends_before_it_starts and start is not None and end is not None:
        raise UsageError(
            f"the range ends ({end.text}) before it starts ({start.text})",
            hint="swap from and to",
            about=("to", end.text),
        )


def _known(index: Index, kind: Literal["topics", "actors", "sources"], ids: Sequence[str]) -> None:
    for id_ in index.unknown_ids(kind, ids):
        from briefgen.suggestions import did_you_mean

        raise UsageError(
            f"the base has no {kind[:-1]} {id_[:60]!r}",
            hint=did_you_mean(id_, sorted(index.known_ids(kind)))
            or f"'briefgen {kind}' lists them",
            about=(kind, id_),
        )
