"""Brings an index up to date with the files of its base, reading only those that changed."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Sequence

import apsw

from briefgen.collector import collector_paused
from briefgen.facts.check import check_references
from briefgen.facts.codec import fact_from_json, to_json
from briefgen.facts.definitions import FileRecord
from briefgen.index import codec
from briefgen.index.files import HeldFile
from briefgen.index.rows import FactRow, FileRows, fact_words, read_here
from briefgen.index.schema import TABLES

ReadFiles = Callable[[Sequence[HeldFile]], Iterable[FileRows]]
"""How files become rows, in the order of the files."""


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
        for rows in read(changed):
            _add_file(connection, rows)
        # Most edits touch a statement alone: they leave every name, and its place, as it was.
        # Rows read anew count as good, so faults found before must be found again.
        records = _records(connection)
        if records != before or faulty or not records:
            _check_across(connection, [(file.file.name, records[file.file.name]) for file in files])
    connection.execute("COMMIT")


def _number_anew(connection: apsw.Connection) -> None:
    """Facts that are read once more get new rows: in an index of this history alone."""
    connection.execute("UPDATE meta SET value = lower(hex(randomblob(16))) WHERE key = 'numbering'")


def _records(connection: apsw.Connection) -> dict[str, bytes]:
    return dict(connection.execute("SELECT name, record FROM files"))


def _remove_file(connection: apsw.Connection, name: str) -> None:
    ((number, kind),) = connection.execute("SELECT number, kind FROM files WHERE name = ?", (name,))
    connection.execute("DELETE FROM files WHERE number = ?", (number,))
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
    connection.execute(
        "INSERT INTO files (name, kind, digest, fatal, problems, record) VALUES (?, ?, ?, ?, ?, ?)",
        (file.name, file.kind, file.digest, file.fatal, file.problems, file.record),
    )
    if file.kind == "base":
        _put_head(connection, file)
    elif file.kind == "actors":
        _put_actors(connection, file)
    elif file.kind == "sources":
        connection.executemany(
            "INSERT INTO sources (id, reliability, marking, body) VALUES (?, ?, ?, ?)",
            file.sources,
        )
    elif file.kind == "passages":
        connection.executemany(
            "INSERT INTO passages (id, good, body) VALUES (?, 1, ?)", file.passages
        )
    else:
        _put_facts(connection, connection.last_insert_rowid(), file.facts)


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
        "INSERT INTO facts (row, id, file, good, first, last, kind, status, credibility, marking,"
        " topics) VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                row,
                fact.id,
                file,
                fact.first,
                fact.last,
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
    linked: dict[str, list[tuple[str, int]]] = {
        "fact_topics": [(topic, row) for row, fact in numbered for topic in fact.topics],
        "fact_actors": [(actor, row) for row, fact in numbered for actor in fact.actors],
        "fact_sources": [(source, row) for row, fact in numbered for source in fact.sources],
    }
    for table, pairs in linked.items():
        connection.executemany(f"INSERT OR IGNORE INTO {table} VALUES (?, ?)", pairs)
    connection.executemany(
        "INSERT OR IGNORE INTO fact_links VALUES (?, ?, ?)",
        [(kind, target, row) for row, fact in numbered for kind, target in fact.links],
    )


def _check_across(connection: apsw.Connection, files: Iterable[tuple[str, bytes]]) -> None:
    """Check the files' records against each other; mark faulty facts and keep the problems."""
    across = check_references(
        [
            (codec.placeholder(name), FileRecord.from_json(zlib.decompress(record).decode()))
            for name, record in files
        ]
    )
    for table, faulty in (("facts", across.faulty_facts), ("passages", across.faulty_passages)):
        connection.execute(f"UPDATE {table} SET good = 1 WHERE NOT good")
        connection.executemany(
            f"UPDATE {table} SET good = 0 WHERE id = ?", [(id_,) for id_ in sorted(faulty)]
        )
    connection.executemany(
        "INSERT OR REPLACE INTO meta VALUES (?, ?)",
        [
            ("problems", to_json(across.problems)),
            ("fatal", to_json(across.fatal)),
        ],
    )
