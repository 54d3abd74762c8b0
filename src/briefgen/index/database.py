"""The database behind an index: asked from any thread, made anew when its file is damaged."""

from __future__ import annotations

from _thread import allocate_lock
from collections.abc import Callable, Sequence
from typing import Any

import apsw

from briefgen.index.sealed import DamagedIndexError
from briefgen.index.store import numbering_of


class Database:
    """An open database. It is closed when nobody holds this any more."""

    def __init__(
        self,
        connection: apsw.Connection,
        anew: Callable[[str], apsw.Connection | None] | None = None,
    ) -> None:
        self._connection = connection
        self._anew = anew
        self._lock = allocate_lock()  # `threading` takes a hundredth of a start to load
        self._numbering = numbering_of(connection)

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The rows of a query, all of them.

        Should the file turn out to be damaged, the index is made anew; where the base has changed
        by then, or its facts would have other rows, this raises `DamagedIndexError`.
        """
        with self._lock:
            try:
                return self._connection.execute(sql, parameters).fetchall()
            except DamagedIndexError:
                self._connection.close()
                made = self._anew(self._numbering) if self._anew else None
                if made is None:
                    raise
                self._connection = made
                return made.execute(sql, parameters).fetchall()
