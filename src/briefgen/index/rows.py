"""What a file of a base puts into the index, as plain values: they travel between processes.

Reading and checking a file is nearly all the work of indexing, and needs nothing of the others.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeVar

from briefgen.errors import Problem
from briefgen.facts.codec import to_json
from briefgen.facts.definitions import FileRecord
from briefgen.facts.model import Actor, Fact, Source
from briefgen.facts.read import read_base_file
from briefgen.index import codec
from briefgen.index.files import HeldFile
from briefgen.index.fold import fold_words
from briefgen.index.schema import OPEN_END, OPEN_START, span_of


class FactRow(NamedTuple):
    """A fact as the index keeps it."""

    id: str
    first: int | None
    last: int | None
    span: int
    kind: str
    status: str
    credibility: int | None
    marking: str
    own_topics: str
    """In the fact's order, with spaces between."""
    body: str
    words: tuple[str, str]
    """Of statement and detail, folded."""
    topics: tuple[str, ...]
    """With what they are part of."""
    actors: tuple[str, ...]
    sources: tuple[str, ...]
    links: tuple[tuple[str, str], ...]
    """What it supersedes and disputes: kind of link and target."""


class FileRows(NamedTuple):
    """A file as the index keeps it."""

    name: str
    kind: str
    digest: str
    part: int | None
    """Which part of the file this is, where it is not all of it."""
    broken: bool
    """It could not be read: of a part that says nothing."""
    fatal: bool
    problems: tuple[Problem, ...]
    record: bytes
    head: str | None
    topics: tuple[str, ...]
    """Of base.yaml: all topics, with what they are part of, sorted."""
    actors: tuple[tuple[str, str], ...]
    """Id and body; of those with the same id the first."""
    actor_names: tuple[tuple[str, str], ...]
    """Actor, and one of its names, folded."""
    sources: tuple[tuple[str, str | None, str, str], ...]
    """Id, reliability, marking and body, as with actors."""
    facts: tuple[FactRow, ...]
    passages: tuple[tuple[str, str], ...]
    """Id and body."""
    ids: tuple[tuple[str, bool], ...]
    """Of facts that stand in none of these rows: those with faults of their own, and those that
    these or passages name. Whether it is the one that has the id."""


def file_rows(held: HeldFile) -> FileRows:
    """Read a file of a base, or a part of it, for its index. Never raises for what it says.

    Raises `BaseChangedError` for one that is no longer what it was when it was looked at.
    """
    file = held.file
    shown = file._replace(shown_as=codec.placeholder(file.name))
    content = read_base_file(shown, held.load(), held.lines)
    actors = _first_of_each(content.actors)
    return FileRows(
        name=file.name,
        kind=file.kind,
        digest=held.digest,
        part=held.part,
        broken=content.record.broken,
        fatal=content.fatal,
        problems=content.problems,
        record=zlib.compress(content.record.to_json().encode(), 1),
        head=codec.head_to_json(content.head) if content.head else None,
        topics=tuple(sorted(with_parents(content.head.topics))) if content.head else (),
        actors=tuple((actor.id, to_json(actor)) for actor in actors),
        actor_names=tuple(
            (actor.id, " ".join(fold_words(name)))
            for actor in actors
            for name in (actor.name, *actor.aliases)
        ),
        sources=tuple(
            (source.id, source.reliability, source.marking, to_json(source))
            for source in _first_of_each(content.sources)
        ),
        facts=tuple(map(_fact_row, content.facts)) if file.kind == "facts" else (),
        passages=tuple((passage.id, to_json(passage)) for passage in content.passages),
        ids=tuple(_other_ids(content.record)),
    )


def _other_ids(record: FileRecord) -> Iterator[tuple[str, bool]]:
    for definition in record.definitions:
        if definition.kind == "fact" and not definition.faulty:
            continue
        if definition.kind == "fact":
            yield definition.id, True
        for use in definition.uses:
            if use.role in ("fact", "supersedes", "disputes"):
                yield use.target, False


def with_parents(topics: Iterable[str]) -> set[str]:
    """`topics` and everything that they are part of."""
    found = set()
    for topic in topics:
        while topic and topic not in found:
            found.add(topic)
            topic = topic.rpartition(".")[0]
    return found


def fact_words(fact: Fact) -> tuple[str, str]:
    """The words of a fact as full-text search knows them: of its statement, of its detail."""
    return " ".join(fold_words(fact.statement)), " ".join(fold_words(fact.detail))


def _fact_row(fact: Fact) -> FactRow:
    first, last = _days(fact)
    return FactRow(
        fact.id,
        first,
        last,
        span_of(first, last),
        fact.kind,
        fact.status,
        fact.credibility,
        fact.marking,
        " ".join(fact.topics),
        to_json(fact),
        fact_words(fact),
        tuple(sorted(with_parents(fact.topics))),
        fact.actors,
        tuple(cite.source for cite in fact.cites),
        (
            *(("supersedes", target) for target in fact.supersedes),
            *(("disputes", target) for target in fact.disputes),
        ),
    )


def _days(fact: Fact) -> tuple[int | None, int | None]:
    date = fact.date
    if date is None:
        return None, None
    return (
        OPEN_START if date.first_day is None else date.first_day,
        OPEN_END if date.last_day is None else date.last_day,
    )


_Named = TypeVar("_Named", Actor, Source)


def _first_of_each(named: Iterable[_Named]) -> list[_Named]:
    """Of those with the same id the first."""
    first: dict[str, _Named] = {}
    for one in named:
        first.setdefault(one.id, one)
    return list(first.values())
