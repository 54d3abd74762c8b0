"""Mappings whose values are fetched and decoded when they are asked for."""

from __future__ import annotations

import json
from collections.abc import Callable, ItemsView, Iterable, Iterator, Mapping, ValuesView
from functools import cached_property
from typing import Generic, TypeVar

from briefgen.index.database import Database

Value = TypeVar("Value")

FEW = 1000
"""So many are fetched in one go: asking for each takes longer."""


class KeptBodies(Mapping[str, str]):
    """What a table of an index has in `id` and `body`, in the order of `number`.

    Of a large table only what is asked for is fetched. Holds the database open then.
    """

    def __init__(self, database: Database, table: str, which: str = "1") -> None:
        self._database = database
        self._from = f"FROM {table} WHERE {which}"
        self._found: dict[str, str | None] = {}

    def __getitem__(self, id_: str) -> str:
        if id_ not in self._found:
            rows = self._database.rows(f"SELECT body {self._from} AND id = ?", (id_,))
            self._found[id_] = rows[0][0] if rows else None
        body = self._found[id_]
        if body is None:
            raise KeyError(id_)
        return body

    def fetch(self, ids: Iterable[str]) -> None:
        """Have these at hand: one question for all of them."""
        wanted = [id_ for id_ in dict.fromkeys(ids) if id_ not in self._found]
        rows = self._database.rows(
            f"SELECT id, body {self._from} AND id IN (SELECT value FROM json_each(?))",
            (json.dumps(wanted),),
        )
        self._found.update(dict.fromkeys(wanted))
        self._found.update(dict(rows))

    @cached_property
    def _ids(self) -> tuple[str, ...]:
        rows = self._database.rows(f"SELECT id {self._from} ORDER BY number")
        return tuple(id_ for (id_,) in rows)

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)

    def all(self) -> dict[str, str]:
        """All of them, in order."""
        return dict(self._database.rows(f"SELECT id, body {self._from} ORDER BY number"))


def bodies(database: Database, table: str, which: str = "1") -> Mapping[str, str]:
    """What `KeptBodies` says; a small table as a plain dict, which needs no database any more."""
    kept = KeptBodies(database, table, which)
    ((last,),) = database.rows(f"SELECT coalesce(max(number), 0) FROM {table}")
    return kept.all() if last <= FEW else kept


class LazyMapping(Mapping[str, Value], Generic[Value]):
    """Values by id, in the order of `bodies`, each decoded once, at its first use.

    A base has thousands of sources and a brief names a few dozen. Can be pickled if `decode` can;
    all bodies travel then.
    """

    __slots__ = ("_bodies", "_decode", "_decoded")

    def __init__(self, bodies: Mapping[str, str], decode: Callable[[str], Value]) -> None:
        self._bodies = bodies
        self._decode = decode
        self._decoded: dict[str, Value] = {}

    def __getitem__(self, id_: str) -> Value:
        try:
            return self._decoded[id_]
        except KeyError:
            value = self._decoded[id_] = self._decode(self._bodies[id_])
            return value

    def fetch(self, ids: Iterable[str]) -> None:
        """Have the bodies of these at hand: asking for each takes longer."""
        if isinstance(self._bodies, KeptBodies):
            self._bodies.fetch(ids)

    def __contains__(self, id_: object) -> bool:
        return id_ in self._bodies

    def __iter__(self) -> Iterator[str]:
        return iter(self._bodies)

    def __len__(self) -> int:
        return len(self._bodies)

    def values(self) -> ValuesView[Value]:
        """All values; their bodies are fetched in one go."""
        self._bodies = _in_one_go(self._bodies)
        return super().values()

    def items(self) -> ItemsView[str, Value]:
        """All of them; their bodies are fetched in one go."""
        self._bodies = _in_one_go(self._bodies)
        return super().items()

    def __reduce__(self) -> tuple[object, ...]:
        return LazyMapping, (_in_one_go(self._bodies), self._decode)

    def __repr__(self) -> str:
        return repr(dict(self.items()))


def _in_one_go(bodies: Mapping[str, str]) -> Mapping[str, str]:
    return bodies.all() if isinstance(bodies, KeptBodies) else bodies
