"""Brings an index up to date with the files of its base, reading only those that changed."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property

import apsw

from briefgen.collector import collector_paused
from briefgen.errors import Problem
from briefgen.facts.check import check_references
from briefgen.facts.codec import fact_from_json, to_json
from briefgen.facts.definitions import FileRecord
from briefgen.index import codec
from briefgen.index.files import HeldFile
from briefgen.index.order import put_order
from briefgen.index.parts import read_here
from briefgen.index.rows import FactRow, FileRows, fact_words, file_rows
from briefgen.index.schema import INDEXES, TABLES

ReadFiles = Callable[[Sequence[HeldFile]], Iterable[FileRows]]
"""How files become rows, in the order of the files."""

_PROBLEMS = 500
"""Problems in one row."""


def build_index(
    connection: apsw.Connection, files: Sequence[HeldFile], read: ReadFiles = read_here
) -> None:
    """Fill an empty database with everything that `files` say."""
    connection.execute(TABLES)
    connection.execute("INSERT INTO meta VALUES ('numbering', '')")
    update_index(connection, files, read)
    connection.execute("INSERT INTO fact_words (fact_words) VALUES ('optimize')")


def update_index(
    connection: apsw.Connection, files: Sequence[HeldFile], read: ReadFiles = read_here
) -> None:
    """Make an index of an earlier state say what `files` say.

    Reads the files whose digest differs, drops those that are gone, and checks all of them
    against each other.
    """
    known = dict(connection.execute("SELECT name, digest FROM files"))
    changed = [held for held in files if known.get(held.file.name) != held.digest]
    kept = {held.file.name for held in files} - {held.file.name for held in changed}
    connection.execute("BEGIN")
    before = _records(connection)
    faulty = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM facts WHERE NOT good UNION SELECT 1 FROM passages"
        " WHERE NOT good)"
    ).get
    with collector_paused():
        if known:
            _number_anew(connection)
        for name in sorted(known.keys() - kept):
            _remove_file(connection, name)
        _add_files(connection, changed, read)
        connection.execute(INDEXES)
        # Most edits touch a statement alone: they leave every name, and its place, as it was.
        # Rows read anew count as good, so faults found before must be found again.
        records = _records(connection)
        if records != before or faulty or not files:
            _check_across(connection, [file.file.name for file in files])
        put_order(connection)
    connection.execute("COMMIT")


def _number_anew(connection: apsw.Connection) -> None:
    """Facts that are read once more get new rows: in an index of this history alone."""
    connection.execute("UPDATE meta SET value = lower(hex(randomblob(16))) WHERE key = 'numbering'")


def _records(connection: apsw.Connection) -> str:
    """A digest of what all files define and refer to."""
    whole = hashlib.sha256()
    for name, part, record in connection.execute(
        "SELECT name, part, record FROM files JOIN records ON file = number ORDER BY name, part"
    ):
        assert isinstance(record, bytes)
        whole.update(f"{name}\0{part}\0{len(record)}\0".encode() + record)
    return whole.hexdigest()


def _add_files(connection: apsw.Connection, files: Sequence[HeldFile], read: ReadFiles) -> None:
    """Put in what files say, which come whole or in parts.

    Where a part cannot be read the file is read as one instead: it says what is wrong.
    """
    held = {one.file.name: one for one in files}
    whole = set()
    for rows in read(files):
        if rows.name in whole:
            continue
        if rows.part is not None and rows.broken:
            whole.add(rows.name)
            if rows.part:
                _remove_file(connection, rows.name)
            rows = file_rows(held[rows.name])
        _add_file(connection, rows)


def _remove_file(connection: apsw.Connection, name: str) -> None:
    ((number, kind),) = connection.execute("SELECT number, kind FROM files WHERE name = ?", (name,))
    connection.execute("DELETE FROM files WHERE number = ?", (number,))
    for table in ("problems", "records", "other_ids"):
        connection.execute(f"DELETE FROM {table} WHERE file = ?", (number,))
    if kind == "facts":
        _remove_facts(connection, number)
    elif kind == "base":
        connection.execute("DELETE FROM topics")
        connection.execute("DELETE FROM meta WHERE key = 'head'")
    elif kind == "actors":
        connection.execute("DELETE FROM actors")
        connection.execute("DELETE FROM actor_names")
        connection.execute("INSERT INTO actor_words (actor_words) VALUES ('delete-all')")
    else:
        connection.execute("DELETE FROM passages" if kind == "passages" else "DELETE FROM sources")


def _remove_facts(connection: apsw.Connection, file: int) -> None:
    rows = connection.execute(
        "SELECT row, body FROM facts JOIN bodies USING (row) WHERE file = ?", (file,)
    ).fetchall()
    # An FTS5 table without content forgets a row when told the words that it held.
    connection.executemany(
        "INSERT INTO fact_words (fact_words, rowid, statement, detail) VALUES ('delete', ?, ?, ?)",
        [(row, *fact_words(fact_from_json(str(body)))) for row, body in rows],
    )
    for table in ("bodies", "fact_topics", "fact_actors", "fact_sources", "fact_links", "facts"):
        connection.execute(
            f"DELETE FROM {table} WHERE row IN (SELECT row FROM facts WHERE file = ?)", (file,)
        )


def _add_file(connection: apsw.Connection, file: FileRows) -> None:
    if not file.part:
        connection.execute(
            "INSERT INTO files (name, kind, digest, fatal) VALUES (?, ?, ?, ?)",
            (file.name, file.kind, file.digest, file.fatal),
        )
    number = connection.execute("SELECT number FROM files WHERE name = ?", (file.name,)).get
    _put_problems(connection, int(str(number)), file.problems)
    connection.executemany(
        "INSERT INTO other_ids VALUES (?, ?, ?)", [(number, *each) for each in file.ids]
    )
    connection.execute(
        "INSERT INTO records VALUES (?, ?, ?)", (number, file.part or 0, file.record)
    )
    if file.kind == "base":
        _put_head(connection, file)
    elif file.kind == "actors":
        _put_actors(connection, file)
    elif file.kind == "sources":
        connection.executemany(
            "INSERT OR IGNORE INTO sources (id, reliability, marking, body) VALUES (?, ?, ?, ?)",
            file.sources,
        )
    elif file.kind == "passages":
        connection.executemany(
            "INSERT INTO passages (id, good, body) VALUES (?, 1, ?)", file.passages
        )
    else:
        _put_facts(connection, number, file.facts)


def _put_head(connection: apsw.Connection, file: FileRows) -> None:
    if file.head is None:
        return
    connection.execute("INSERT INTO meta VALUES ('head', ?)", (file.head,))
    connection.executemany("INSERT INTO topics VALUES (?)", [(topic,) for topic in file.topics])


def _put_actors(connection: apsw.Connection, file: FileRows) -> None:
    connection.executemany("INSERT INTO actors (id, body) VALUES (?, ?)", file.actors)
    connection.executemany(
        "INSERT INTO actor_names VALUES (?, ?)",
        [(row, actor) for row, (actor, _) in enumerate(file.actor_names)],
    )
    connection.executemany(
        "INSERT INTO actor_words (rowid, name) VALUES (?, ?)",
        [(row, words) for row, (_, words) in enumerate(file.actor_names)],
    )


def _put_facts(connection: apsw.Connection, file: int, facts: Sequence[FactRow]) -> None:
    start = connection.execute("SELECT coalesce(max(row), 0) + 1 FROM facts").get
    numbered = list(enumerate(facts, start))
    connection.executemany(
        "INSERT INTO facts (row, id, file, good, first, last, span, kind, status, credibility,"
        " marking, topics) VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                row,
                fact.id,
                file,
                fact.first,
                fact.last,
                fact.span,
                fact.kind,
                fact.status,
                fact.credibility,
                fact.marking,
                fact.own_topics,
            )
            for row, fact in numbered
        ],
    )
    connection.executemany(
        "INSERT INTO bodies VALUES (?, ?)", [(row, fact.body) for row, fact in numbered]
    )
    connection.executemany(
        "INSERT INTO fact_words (rowid, statement, detail) VALUES (?, ?, ?)",
        [(row, *fact.words) for row, fact in numbered],
    )
    connection.executemany(
        "INSERT INTO fact_topics VALUES (?, ?, ?, ?, ?)",
        [
            (topic, fact.span, fact.first or 0, fact.last or 0, row)
            for row, fact in numbered
            for topic in fact.topics
        ],
    )
    linked: dict[str, list[tuple[str, int]]] = {
        "fact_actors": [(actor, row) for row, fact in numbered for actor in fact.actors],
        "fact_sources": [(source, row) for row, fact in numbered for source in fact.sources],
    }
    for table, pairs in linked.items():
        connection.executemany(f"INSERT OR IGNORE INTO {table} VALUES (?, ?)", pairs)
    connection.executemany(
        "INSERT OR IGNORE INTO fact_links VALUES (?, ?, ?)",
        [(kind, target, row) for row, fact in numbered for kind, target in fact.links],
    )


def _put_problems(connection: apsw.Connection, file: int, problems: Sequence[Problem]) -> None:
    for severity in ("error", "warning"):
        found = [problem for problem in problems if problem.severity == severity]
        for start in range(0, len(found), _PROBLEMS):
            some = found[start : start + _PROBLEMS]
            connection.execute(
                "INSERT INTO problems VALUES (?, ?, ?, ?)",
                (file, severity, len(some), to_json(some)),
            )


class _Records:
    """What all files define and refer to, in the order of the files: gone through, not kept."""

    def __init__(self, connection: apsw.Connection, names: Sequence[str]) -> None:
        self._connection = connection
        self._names = names

    def __iter__(self) -> Iterator[tuple[str, FileRecord]]:
        for name in self._names:
            for (record,) in self._connection.execute(
                "SELECT record FROM files JOIN records ON file = number WHERE name = ?"
                " ORDER BY part",
                (name,),
            ):
                assert isinstance(record, bytes)
                said = FileRecord.in_passing(zlib.decompress(record).decode())
                yield codec.placeholder(name), said


class _Facts:
    """What the index knows of facts (`check.KnownFacts`)."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection

    @cached_property
    def worth_keeping(self) -> frozenset[str]:
        found = self._connection.execute(
            "SELECT id FROM (SELECT id FROM facts UNION ALL SELECT id FROM other_ids WHERE defined)"
            " GROUP BY id HAVING count(*) > 1"
            " UNION SELECT target FROM fact_links UNION SELECT id FROM other_ids"
        )
        return frozenset(str(id_) for (id_,) in found)

    def ids(self) -> Iterator[str]:
        found = "SELECT id FROM facts UNION SELECT id FROM other_ids WHERE defined"
        return (str(id_) for (id_,) in self._connection.execute(found))


def _check_across(connection: apsw.Connection, names: Sequence[str]) -> None:
    """Check the files' records against each other; mark faulty facts and keep the problems."""
    across = check_references(_Records(connection, names), _Facts(connection))
    for table, faulty in (("facts", across.faulty_facts), ("passages", across.faulty_passages)):
        connection.execute(f"UPDATE {table} SET good = 1 WHERE NOT good")
        connection.executemany(
            f"UPDATE {table} SET good = 0 WHERE id = ?", [(id_,) for id_ in sorted(faulty)]
        )
    connection.execute("DELETE FROM problems WHERE file = 0")
    _put_problems(connection, 0, across.problems)
    connection.execute("INSERT OR REPLACE INTO meta VALUES ('fatal', ?)", (to_json(across.fatal),))
