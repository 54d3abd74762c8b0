"""A mapping whose values are decoded when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Generic, TypeVar

Value = TypeVar("Value")


class LazyMapping(Mapping[str, Value], Generic[Value]):
    """Values by id, in the order of `bodies`, each decoded once, at its first use.

    A base has thousands of sources and a brief names a few dozen. Needs nothing but what it
    holds, so it outlives the index, and can be pickled if `decode` can.
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

    def __contains__(self, id_: object) -> bool:
        return id_ in self._bodies

    def __iter__(self) -> Iterator[str]:
        return iter(self._bodies)

    def __len__(self) -> int:
        return len(self._bodies)

    def __repr__(self) -> str:
        return repr(dict(self))
