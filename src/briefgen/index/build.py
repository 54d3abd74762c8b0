"""Brings an index up to date with the files of its base, reading only those that changed."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Sequence

from briefgen.collector import collector_paused
from briefgen.facts.check import check_references
from briefgen.facts.codec import fact_from_json, fact_to_json
from briefgen.facts.model import Actor, Fact, Source
from briefgen.facts.read import FileContent, read_base_file
from briefgen.facts.records import FileRecord
from briefgen.index import frame
from briefgen.index.files import HeldFile
from briefgen.index.fold import fold_words
from briefgen.index.schema import OPEN_END, OPEN_START, TABLES
from briefgen.records import replace


def build_index(connection: sqlite3.Connection, files: Sequence[HeldFile]) -> None:
    """Fill an empty database with everything that `files` say."""
    connection.executescript(TABLES)
    update_index(connection, files)
    connection.execute("INSERT INTO fact_words (fact_words) VALUES ('optimize')")


def update_index(connection: sqlite3.Connection, files: Sequence[HeldFile]) -> None:
    """Make an index of an earlier state say what `files` say.

    Reads the files whose digest differs, drops those that are gone, and checks all of them
    against each other.
    """
    known = dict(connection.execute("SELECT name, digest FROM files"))
    changed = [held for held in files if known.get(held.file.name) != held.digest]
    kept = {held.file.name for held in files} - {held.file.name for held in changed}
    connection.execute("BEGIN")
    before = _records(connection)
    (faulty,) = connection.execute("SELECT EXISTS (SELECT 1 FROM facts WHERE NOT good)").fetchone()
    with collector_paused():
        for name in sorted(known.keys() - kept):
            _remove_file(connection, name)
        for held in changed:
            _add_file(connection, held)
        # Most edits touch a statement alone: they leave every name, and its place, as it was.
        # Rows read anew count as good, so faults found before must be found again.
        records = _records(connection)
        if records != before or faulty or not records:
            _check_across(connection, [(file.file.name, records[file.file.name]) for file in files])
    connection.execute("COMMIT")


def _records(connection: sqlite3.Connection) -> dict[str, bytes]:
    return dict(connection.execute("SELECT name, record FROM files"))


def _remove_file(connection: sqlite3.Connection, name: str) -> None:
    number, kind = connection.execute(
        "SELECT number, kind FROM files WHERE name = ?", (name,)
    ).fetchone()
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
        connection.execute("DELETE FROM sources")


def _remove_facts(connection: sqlite3.Connection, file: int) -> None:
    rows = connection.execute(
        "SELECT row, body FROM facts JOIN bodies USING (row) WHERE file = ?", (file,)
    ).fetchall()
    # An FTS5 table without content forgets a row when told the words that it held.
    connection.executemany(
        "INSERT INTO fact_words (fact_words, rowid, statement, detail) VALUES ('delete', ?, ?, ?)",
        [(row, *_words(fact_from_json(body))) for row, body in rows],
    )
    for table in ("bodies", "fact_topics", "fact_actors", "fact_sources", "fact_links", "facts"):
        connection.execute(
            f"DELETE FROM {table} WHERE row IN (SELECT row FROM facts WHERE file = ?)", (file,)
        )


def _add_file(connection: sqlite3.Connection, held: HeldFile) -> None:
    file = held.file
    content = read_base_file(replace(file, shown_as=frame.placeholder(file.name)), held.data)
    cursor = connection.execute(
        "INSERT INTO files (name, kind, digest, fatal, problems, record) VALUES (?, ?, ?, ?, ?, ?)",
        (
            file.name,
            file.kind,
            held.digest,
            content.fatal,
            frame.problems_to_json(content.problems),
            zlib.compress(content.record.to_json().encode(), 1),
        ),
    )
    if file.kind == "base":
        _put_head(connection, content)
    elif file.kind == "actors":
        _put_actors(connection, content)
    elif file.kind == "sources":
        _put_sources(connection, content)
    else:
        _put_facts(connection, cursor.lastrowid or 0, content.facts)


def _put_head(connection: sqlite3.Connection, content: FileContent) -> None:
    head = content.head
    if head is None:
        return
    connection.execute(
        "INSERT INTO meta VALUES ('head', ?)",
        (frame.head_to_json(head.title, head.language, head.topics, head.measures, head.markings),),
    )
    connection.executemany(
        "INSERT INTO topics VALUES (?)", [(topic,) for topic in sorted(with_parents(head.topics))]
    )


def _put_actors(connection: sqlite3.Connection, content: FileContent) -> None:
    actors: dict[str, Actor] = {}
    for actor in content.actors:
        actors.setdefault(actor.id, actor)  # of actors with the same id the first stands
    connection.executemany(
        "INSERT INTO actors (id, body) VALUES (?, ?)",
        [(actor.id, frame.actor_to_json(actor)) for actor in actors.values()],
    )
    names = [(actor.id, name) for actor in actors.values() for name in (actor.name, *actor.aliases)]
    connection.executemany(
        "INSERT INTO actor_names VALUES (?, ?)",
        [(row, actor) for row, (actor, _) in enumerate(names)],
    )
    connection.executemany(
        "INSERT INTO actor_words (rowid, name) VALUES (?, ?)",
        [(row, " ".join(fold_words(name))) for row, (_, name) in enumerate(names)],
    )


def _put_sources(connection: sqlite3.Connection, content: FileContent) -> None:
    sources: dict[str, Source] = {}
    for source in content.sources:
        sources.setdefault(source.id, source)  # as with actors
    connection.executemany(
        "INSERT INTO sources (id, reliability, body) VALUES (?, ?, ?)",
        [
            (source.id, source.reliability, frame.source_to_json(source))
            for source in sources.values()
        ],
    )


def _put_facts(connection: sqlite3.Connection, file: int, facts: Sequence[Fact]) -> None:
    (start,) = connection.execute("SELECT coalesce(max(row), 0) + 1 FROM facts").fetchone()
    numbered = list(enumerate(facts, start))
    connection.executemany(
        "INSERT INTO facts (row, id, file, good, first, last, kind, status, credibility)"
        " VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?)",
        [
            (row, fact.id, file, *_days(fact), fact.kind, fact.status, fact.credibility)
            for row, fact in numbered
        ],
    )
    connection.executemany(
        "INSERT INTO bodies VALUES (?, ?)", [(row, fact_to_json(fact)) for row, fact in numbered]
    )
    connection.executemany(
        "INSERT INTO fact_words (rowid, statement, detail) VALUES (?, ?, ?)",
        [(row, *_words(fact)) for row, fact in numbered],
    )
    linked: dict[str, list[tuple[str, int]]] = {
        "fact_topics": [
            (topic, row) for row, fact in numbered for topic in with_parents(fact.topics)
        ],
        "fact_actors": [(actor, row) for row, fact in numbered for actor in fact.actors],
        "fact_sources": [(cite.source, row) for row, fact in numbered for cite in fact.cites],
    }
    for table, pairs in linked.items():
        connection.executemany(f"INSERT OR IGNORE INTO {table} VALUES (?, ?)", pairs)
    connection.executemany(
        "INSERT OR IGNORE INTO fact_links VALUES (?, ?, ?)",
        [
            (kind, target, row)
            for row, fact in numbered
            for kind, targets in (("supersedes", fact.supersedes), ("disputes", fact.disputes))
            for target in targets
        ],
    )


def _check_across(connection: sqlite3.Connection, files: Iterable[tuple[str, bytes]]) -> None:
    """Check the files' records against each other; mark faulty facts and keep the problems."""
    across = check_references(
        [
            (frame.placeholder(name), FileRecord.from_json(zlib.decompress(record).decode()))
            for name, record in files
        ]
    )
    connection.execute("UPDATE facts SET good = 1 WHERE NOT good")
    connection.executemany(
        "UPDATE facts SET good = 0 WHERE id = ?", [(id_,) for id_ in sorted(across.faulty_facts)]
    )
    connection.executemany(
        "INSERT OR REPLACE INTO meta VALUES (?, ?)",
        [
            ("problems", frame.problems_to_json(across.problems)),
            ("fatal", frame.problems_to_json(across.fatal)),
        ],
    )


def with_parents(topics: Iterable[str]) -> set[str]:
    """`topics` and everything that they are part of."""
    found = set()
    for topic in topics:
        while topic and topic not in found:
            found.add(topic)
            topic = topic.rpartition(".")[0]
    return found


def _words(fact: Fact) -> tuple[str, str]:
    return " ".join(fold_words(fact.statement)), " ".join(fold_words(fact.detail))


def _days(fact: Fact) -> tuple[int | None, int | None]:
    date = fact.date
    if date is None:
        return None, None
    return (
        OPEN_START if date.first_day is None else date.first_day,
        OPEN_END if date.last_day is None else date.last_day,
    )
