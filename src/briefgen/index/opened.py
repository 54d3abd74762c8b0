"""An index as opened: what the stages after it ask of a fact base."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from briefgen.collector import collector_paused
from briefgen.errors import InputError, Problem
from briefgen.facts.codec import fact_from_json
from briefgen.facts.files import fatal_of_folder
from briefgen.facts.model import Base, Fact
from briefgen.index import codec
from briefgen.index.database import Database
from briefgen.index.lazy import LazyMapping, bodies
from briefgen.index.order import Order
from briefgen.index.overview import FactOverview
from briefgen.index.schema import OPEN_END, OPEN_START, ORDER

if TYPE_CHECKING:
    from briefgen.facts.definitions import FileRecord


class Index:
    """A fact base, read and checked, in an SQLite database, as a rule in a file that is kept.

    Nothing is read and decoded before it is asked for. May be used from any thread. Facts with an
    error are not in it; `problems` names them. Whatever asks can raise `DamagedIndexError`: see
    `Database.rows`.
    """

    def __init__(
        self,
        folder: Path,
        database: Database,
        paths: Mapping[str, str],
        *,
        folder_problems: Sequence[Problem] = (),
        warnings: Sequence[str] = (),
        content_key: str = "",
    ) -> None:
        self.folder = folder
        """The base's folder as it was given."""
        self._database: Database | None = database
        self.warnings = tuple(warnings)
        """What the person should know about the index itself, one line each."""
        self.content_key = content_key
        """A digest, in hex, of the names and bytes of the base's files."""
        self._shown = codec.ShownPaths(paths)
        self._folder_problems = tuple(folder_problems)

    def __enter__(self) -> Index:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database. A large base that was handed out keeps it open for itself."""
        self._database = None

    @property
    def database(self) -> Database:
        """What answers, until it is closed."""
        if self._database is None:
            raise ValueError("the index is closed")
        return self._database

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The rows of a query, all of them."""
        return self.database.rows(sql, parameters)

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """Every problem of the base, sorted by place; paths as the folder was given."""
        return self._told(self._folder_problems, self.rows("SELECT problems FROM problems"))

    @cached_property
    def errors(self) -> tuple[Problem, ...]:
        """Those of `problems` for which something is left out."""
        of_folder = [problem for problem in self._folder_problems if problem.severity == "error"]
        stored = self.rows("SELECT problems FROM problems WHERE severity = 'error'")
        return self._told(of_folder, stored)

    @cached_property
    def problem_count(self) -> int:
        """How many `problems` there are."""
        ((stored,),) = self.rows("SELECT coalesce(sum(count), 0) FROM problems")
        return len(self._folder_problems) + int(stored)

    @cached_property
    def fatal(self) -> tuple[Problem, ...]:
        """The problems that stop `export`, `facts` and `batch`, sorted by place."""
        stored = self.rows(
            "SELECT value FROM meta WHERE key = 'fatal' UNION ALL SELECT problems"
            " FROM files JOIN problems ON file = number WHERE fatal AND severity = 'error'"
        )
        return self._told(fatal_of_folder(self._folder_problems), stored)

    def _told(
        self, of_folder: Iterable[Problem], stored: Iterable[tuple[str]]
    ) -> tuple[Problem, ...]:
        found = list(of_folder)
        for (some,) in stored:
            found += codec.problems_from_json(some, self._shown)
        return tuple(sorted(found, key=lambda problem: problem.sort_key))

    @cached_property
    def base(self) -> Base:
        """The base without its facts. Raises `InputError` when base.yaml is missing or faulty."""
        head = self.rows("SELECT value FROM meta WHERE key = 'head'")
        if not head or self.rows("SELECT 1 FROM meta WHERE key = 'fatal' AND value <> '[]'"):
            raise InputError.from_problems(self.fatal)
        title, language, topics, measures, markings, scale = codec.head_from_json(head[0][0])
        return Base(
            folder=str(self.folder),
            title=title,
            language=language,
            topics=topics,
            measures=measures,
            markings=markings,
            scale=scale,
            actors=LazyMapping(
                bodies(self.database, "actors"),
                partial(codec.actor_from_json, shown=self._shown),
            ),
            sources=LazyMapping(
                bodies(self.database, "sources"),
                partial(codec.source_from_json, shown=self._shown),
            ),
            passages=LazyMapping(
                bodies(self.database, "passages", "good"),
                partial(codec.passage_from_json, shown=self._shown),
            ),
        )

    @cached_property
    def order(self) -> Order:
        """All good facts in their order."""
        return Order(self.database)

    def known_ids(self, kind: Literal["topics", "actors", "sources"]) -> frozenset[str]:
        """The ids of one kind; for topics also those that only stand as part of others' ids."""
        return frozenset(id_ for (id_,) in self.rows(f"SELECT id FROM {kind}"))

    def unknown_ids(
        self, kind: Literal["topics", "actors", "sources"], ids: Sequence[str]
    ) -> list[str]:
        """Those of `ids` that are not among `known_ids`, in their order."""
        found = self.rows(
            f"SELECT id FROM {kind} WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(ids)),),
        )
        return [id_ for id_ in ids if (id_,) not in found]

    def facts(self, ids: Iterable[str]) -> dict[str, Fact]:
        """The facts of these ids, of any status, in the order asked; unknown ids are left out."""
        wanted = list(dict.fromkeys(ids))
        found = {
            fact.id: fact
            for fact in self.decode(
                self.rows(
                    "SELECT file, body FROM facts JOIN bodies USING (row)"
                    " WHERE good AND id IN (SELECT value FROM json_each(?))",
                    (json.dumps(wanted),),
                )
            )
        }
        return {id_: found[id_] for id_ in wanted if id_ in found}

    def facts_naming(self, actors: Iterable[str]) -> list[Fact]:
        """The current facts that name any of these actors: by first day, last day and id."""
        return self.decode(
            self.rows(
                "SELECT file, body FROM facts JOIN bodies USING (row)"
                " WHERE good AND status = 'current' AND facts.row IN (SELECT row FROM fact_actors"
                " WHERE actor IN (SELECT value FROM json_each(?)))"
                f" ORDER BY {ORDER}",
                (json.dumps(list(actors)),),
            )
        )

    def overview(self, topics: Iterable[str]) -> list[FactOverview]:
        """The current facts on any of these topics and their children, in the order of ids."""
        found = self.rows(
            "SELECT id, group_concat(topic, ' '), facts.first, facts.last"
            " FROM facts JOIN fact_topics USING (row)"
            " WHERE good AND status = 'current' AND topic IN (SELECT value FROM json_each(?))"
            " GROUP BY row ORDER BY id",
            (json.dumps(list(topics)),),
        )
        return [
            FactOverview(
                id_,
                tuple(sorted(under.split())),
                None if first == OPEN_START else first,
                None if last == OPEN_END else last,
                first is not None,
            )
            for id_, under, first, last in found
        ]

    def fetch_sources(self, facts: Iterable[Fact]) -> None:
        """Have what these facts cite at hand in `base.sources`."""
        sources = self.base.sources
        if isinstance(sources, LazyMapping):
            sources.fetch(cite.source for fact in facts for cite in fact.cites)

    def decode(self, rows: Iterable[tuple[int, str]]) -> list[Fact]:
        """The facts in rows of `facts.file` and `bodies.body`, in their order."""
        paths = self._paths
        with collector_paused():
            return [fact_from_json(body, paths[file]) for file, body in rows]

    @cached_property
    def _paths(self) -> dict[int, str]:
        return {
            number: self._shown.paths.get(name, name)
            for number, name in self.rows("SELECT number, name FROM files")
        }

    def file_record(self, name: str) -> FileRecord:
        """What the file called `name` defines, faulty entries included."""
        from briefgen.facts.definitions import FileRecord  # brings YAML along

        parts = self.rows(
            "SELECT record FROM files JOIN records ON file = number WHERE name = ? ORDER BY part",
            (name,),
        )
        records = [FileRecord.from_json(zlib.decompress(packed).decode()) for (packed,) in parts]
        found = (definition for record in records for definition in record.definitions)
        return replace(records[0], definitions=tuple(found))

    def disputes(self, ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """For each of `ids` that is disputed: the ids of the facts it cannot hold together with.

        Symmetric, whichever side states it; sorted; facts of any status.
        """
        wanted = list(dict.fromkeys(ids))
        pairs: dict[str, set[str]] = {}
        for one, other in [*self._linking("disputes", wanted), *self._linked("disputes", wanted)]:
            if one != other:
                pairs.setdefault(one, set()).add(other)
                pairs.setdefault(other, set()).add(one)
        return {id_: tuple(sorted(pairs[id_])) for id_ in wanted if id_ in pairs}

    def facts_and_disputing(self, ids: Iterable[str]) -> dict[str, Fact]:
        """The facts with these ids, and those that cannot hold together with one of them."""
        wanted = set(ids)
        wanted.update(*self.disputes(wanted).values())
        return self.facts(sorted(wanted))

    def superseded_by(self, ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """For each of `ids` that is superseded: the ids of the facts that supersede it, sorted."""
        wanted = list(dict.fromkeys(ids))
        newer: dict[str, set[str]] = {}
        for new, old in self._linking("supersedes", wanted):
            newer.setdefault(old, set()).add(new)
        return {id_: tuple(sorted(newer[id_])) for id_ in wanted if id_ in newer}

    def _linking(self, kind: str, targets: Sequence[str]) -> list[tuple[Any, ...]]:
        """Ids of facts that link to any of these ids, and these."""
        return self.rows(
            "SELECT stating.id, target.id FROM json_each(?) AS asked"
            " CROSS JOIN fact_links ON fact_links.kind = ? AND fact_links.target = asked.value"
            " CROSS JOIN facts AS stating ON stating.row = fact_links.row AND stating.good"
            " CROSS JOIN facts AS target ON target.id = fact_links.target AND target.good",
            (json.dumps(targets), kind),
        )

    def _linked(self, kind: str, ids: Sequence[str]) -> list[tuple[Any, ...]]:
        """These ids, and the ids that any of them links to."""
        return self.rows(
            # CROSS: from the few that are asked for, never through all links of the base.
            "SELECT stating.id, target.id FROM json_each(?) AS asked"
            " CROSS JOIN facts AS stating ON stating.id = asked.value AND stating.good"
            " CROSS JOIN fact_links ON fact_links.row = stating.row AND fact_links.kind = ?"
            " CROSS JOIN facts AS target ON target.id = fact_links.target AND target.good",
            (json.dumps(ids), kind),
        )
