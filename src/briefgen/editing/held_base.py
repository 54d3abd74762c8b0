"""The base that facts are to be added to, as it is, and by what its facts are known again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from briefgen.errors import InputError
from briefgen.facts.check import check_references
from briefgen.facts.definitions import FileRecord
from briefgen.facts.files import fatal_of_folder, list_base_files
from briefgen.facts.model import Base, Fact
from briefgen.facts.read import assemble_base, fatal_of_files, read_base_file
from briefgen.facts.tables.row_as_fact import Names


@dataclass(slots=True)
class HeldBase:
    """The base as it is."""

    base: Base
    records: list[tuple[str, FileRecord]]
    ids: dict[str, str]
    """Ids of facts, faulty ones included, and where they stand."""
    statements: Statements
    source_ids: frozenset[str]
    """Ids of sources, those of faulty ones among them."""
    problems: frozenset[tuple[str, str]]
    """What is wrong across its files already."""


def read_held_base(folder: Path) -> HeldBase:
    files, folder_problems = list_base_files(folder)
    contents = [read_base_file(file) for file in files]
    records = [(content.file.shown_as, content.record) for content in contents]
    check = check_references(records)
    fatal = [*fatal_of_folder(folder_problems), *check.fatal, *fatal_of_files(contents)]
    base = assemble_base(str(folder), contents)
    if fatal or base is None:
        raise InputError.from_problems(fatal)
    return HeldBase(
        base,
        records,
        {
            definition.id: f"{path}:{definition.line}"
            for path, record in records
            for definition in record.definitions
            if definition.kind == "fact" and definition.id
        },
        Statements(fact for content in contents for fact in content.facts),
        frozenset(
            definition.id
            for _, record in records
            for definition in record.definitions
            if definition.kind == "source" and definition.id
        ),
        frozenset((str(problem.origin), problem.message) for problem in check.problems),
    )


StatementKey: TypeAlias = tuple[str, str]
"""A statement and its date: what a fact without an id is known again by, and by its sources."""


def statement_key(fact: Fact) -> StatementKey:
    return " ".join(fact.statement.split()).casefold(), fact.date.text if fact.date else ""


class Statements:
    """Facts by what they state, so that one that says no more is known again."""

    def __init__(self, facts: Iterable[Fact] = ()) -> None:
        self._known: dict[StatementKey, dict[str, frozenset[str]]] = {}
        for fact in facts:
            self.add(fact)

    def add(self, fact: Fact) -> None:
        self._known.setdefault(statement_key(fact), {})[fact.id] = _sources_of(fact)

    def find(self, fact: Fact) -> str | None:
        """The id of a fact with the same statement and date that rests on these sources, too."""
        sources = _sources_of(fact)
        alike = self._known.get(statement_key(fact), {})
        return next((id_ for id_, others in alike.items() if sources <= others), None)


def _sources_of(fact: Fact) -> frozenset[str]:
    return frozenset(cited.source for cited in fact.cites)


def names_in(base: Base) -> Names:
    """What topics and actors are called, for tables that do not say ids. Ids go first."""
    topics = [(topic.label, id_) for id_, topic in base.topics.items()]
    actors = [
        (name, id_) for id_, actor in base.actors.items() for name in (actor.name, *actor.aliases)
    ]
    return {
        "topics": _unique(topics) | {id_: id_ for id_ in base.topics},
        "actors": _unique(actors) | {id_: id_ for id_ in base.actors},
    }


def _unique(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Names that mean one thing only."""
    found: dict[str, set[str]] = {}
    for name, id_ in pairs:
        found.setdefault(name.strip().casefold(), set()).add(id_)
    return {name: next(iter(ids)) for name, ids in found.items() if len(ids) == 1}
