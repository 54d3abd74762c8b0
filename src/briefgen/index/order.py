"""The good facts of a base in their order, as compact columns: what lists and counts ask of all.

A fact's *place* is its number, from 0, in the order of `schema.ORDER`. What a window shows of a
million facts are a few pages of the index here, where scans would read all of its tables.
"""

from __future__ import annotations

import json
import sys
import zlib
from array import array
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from briefgen.facts.model import FACT_STATUSES
from briefgen.index.schema import ORDER

if TYPE_CHECKING:
    import apsw

    from briefgen.index.database import Database


def put_order(connection: apsw.Connection) -> None:
    """Write down, in place of what is there, the order of the facts that an index holds."""
    rows, topics, statuses = array("I"), array("I"), bytearray()
    numbers: dict[str, int] = {}
    days: list[object] = []
    counts: list[int] = []
    status_of = {status: number for number, status in enumerate(FACT_STATUSES)}
    for row, first, last, status, own in connection.execute(
        f"SELECT row, first, last, status, topics FROM facts WHERE good ORDER BY {ORDER}"
    ):
        rows.append(row)
        statuses.append(status_of[status])
        topics.append(numbers.setdefault(own, len(numbers)))
        if not days or days[-1] != (first, last):
            days.append((first, last))
            counts.append(0)
        counts[-1] += 1
    last_row = int(str(connection.execute("SELECT coalesce(max(row), 0) FROM facts").get))
    connection.execute("DELETE FROM ordered")
    connection.executemany(
        "INSERT INTO ordered VALUES (?, ?)",
        [
            ("rows", _to_bytes(rows)),
            ("statuses", bytes(statuses)),
            ("topics", _to_bytes(topics)),
            ("topics of a number", json.dumps(list(numbers)).encode()),
            ("last row", str(last_row).encode()),
            ("dates", json.dumps(list(zip(days, counts, strict=True))).encode()),
        ],
    )
    _put_topic_sets(connection, _places_of_rows(rows, last_row), len(rows))


def _put_topic_sets(connection: apsw.Connection, place_of: array[int], size: int) -> None:
    connection.execute("DELETE FROM topic_sets")
    topics = connection.execute("SELECT DISTINCT topic FROM fact_topics").fetchall()
    for (topic,) in topics:
        under = connection.execute("SELECT row FROM fact_topics WHERE topic = ?", (topic,))
        places = places_as_bits((row for (row,) in under), place_of, size)
        packed = places.to_bytes(size // 8 + 1, "big")
        connection.execute(
            "INSERT INTO topic_sets VALUES (?, ?)", (topic, zlib.compress(packed, 1))
        )


class Order:
    """The columns, each fetched when it is asked for."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @cached_property
    def rows(self) -> array[int]:
        """The index's row of each place."""
        return _from_bytes(self._kept("rows"))

    def __len__(self) -> int:
        return len(self.rows)

    @cached_property
    def place_of_row(self) -> array[int]:
        """By row, the place of its fact; the number of places for a row that has none."""
        return _places_of_rows(self.rows, int(self._kept("last row")))

    @cached_property
    def statuses(self) -> bytes:
        """The number of each fact's status in `FACT_STATUSES`."""
        return self._kept("statuses")

    @cached_property
    def topics(self) -> tuple[array[int], list[tuple[str, ...]]]:
        """A number for each place, and by number the topics of the facts that have it."""
        texts = json.loads(self._kept("topics of a number"))
        return _from_bytes(self._kept("topics")), [tuple(text.split()) for text in texts]

    @cached_property
    def dates(self) -> list[tuple[int | None, int | None, int]]:
        """First and last day as in `facts`, and how many facts in a row have them."""
        return [(first, last, count) for (first, last), count in json.loads(self._kept("dates"))]

    def topic_sets(self) -> dict[str, int]:
        """By topic, the places of the facts under it, children included, as in `bits_of`."""
        found = self._database.rows("SELECT topic, places FROM topic_sets")
        return {topic: int.from_bytes(zlib.decompress(packed), "big") for topic, packed in found}

    def _kept(self, name: str) -> bytes:
        ((kept,),) = self._database.rows("SELECT listed FROM ordered WHERE name = ?", (name,))
        return bytes(kept)


def bits_of(digits: bytes | bytearray) -> int:
    """A set of places as a number: of its binary digits the first is the first place."""
    return int(digits or b"0", 2)


def places_as_bits(rows: Iterable[int], place_of: array[int], size: int) -> int:
    """The places of facts by their rows, of `size` in all, as in `bits_of`."""
    bits = bytearray(b"0") * (size + 1)
    for row in rows:  # those of faulty facts come last, and go
        bits[place_of[row]] = 49  # "1"
    return bits_of(bits[:-1])


def _places_of_rows(rows: array[int], last_row: int) -> array[int]:
    places = array("I", [len(rows)]) * (last_row + 1)  # faulty facts have rows as well
    for place, row in enumerate(rows):
        places[row] = place
    return places


def _to_bytes(numbers: array[int]) -> bytes:
    """Least byte first, on every machine: a home may be shared."""
    if sys.byteorder == "big":
        numbers = numbers[:]
        numbers.byteswap()
    return numbers.tobytes()


def _from_bytes(data: bytes) -> array[int]:
    numbers = array("I")
    numbers.frombytes(data)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
