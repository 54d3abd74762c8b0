"""Picks and counts the facts that a selection asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from briefgen.errors import UsageError
from briefgen.facts.model import Fact
from briefgen.index import Index
from briefgen.select.model import Selection
from briefgen.select.query import ORDER, Conditions, conditions


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
        _known("topic", selection.topics, index.known_ids("topics"))
    if selection.actors:
        _known("actor", selection.actors, index.known_ids("actors"))
    if selection.sources:
        _known("source", selection.sources, index.known_ids("sources"))
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


def _known(what: str, ids: Sequence[str], known: frozenset[str]) -> None:
    for id_ in ids:
        if id_ not in known:
            from briefgen.suggestions import did_you_mean

            raise UsageError(
                f"the base has no {what} {id_[:60]!r}",
                hint=did_you_mean(id_, sorted(known)) or f"'briefgen {what}s' lists them",
                about=(f"{what}s", id_),
            )
