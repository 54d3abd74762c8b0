"""Fact base -> one SQLite database, and back: a cache that may be deleted at any time.

`open_index` reads the bytes of every file of the base, since contents and not dates decide what
is fresh, and parses those that changed since the index was kept. See `store` for how it is kept.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from briefgen import folders
from briefgen.errors import BriefgenError
from briefgen.facts.files import beside, list_base_files, named_in
from briefgen.index import files, store
from briefgen.index.opened import Index

if TYPE_CHECKING:
    from briefgen.index.build import ReadFiles

__all__ = ["Index", "open_index"]


def open_index(
    folder: Path, *, cache_folder: Path | None = None, read: ReadFiles | None = None
) -> Index:
    """The fact base in `folder`, indexed. Close it, or use it in a `with`.

    The index is kept in `cache_folder` (default: `BRIEFGEN_CACHE`, else the user's cache folder).
    Where that cannot be written the index lives in memory, and `warnings` says so. `read` reads
    the files that changed, if others are to do it (`rows.file_rows`). Faults of the base are
    `problems` and `fatal`; raises `InputError` only when `folder` is no folder.
    """
    listed, folder_problems = list_base_files(folder)
    held = [files.hold(file) for file in listed]
    cache = cache_folder if cache_folder is not None else folders.cache_folder()
    program, content = files.program_key(), files.content_key(held)
    place = folder.resolve()
    path = store.index_path(cache, place, program, content)
    store.remove_leftovers(cache)
    connection = store.load(path)
    warnings = []
    if connection is None:
        connection = _build(held, store.earlier(cache, place, program), read)
        try:
            store.save(connection, path)
        except store.IndexUnavailableError as error:
            warnings.append(str(error))
    return Index(
        folder,
        connection,
        _shown_paths(held),
        folder_problems=folder_problems,
        warnings=warnings,
        content_key=content,
    )


def _shown_paths(held: list[files.HeldFile]) -> dict[str, str]:
    """How messages call the files of a base, by name: also those that base.yaml may name."""
    named = [
        beside(one.file, name)
        for one in held
        if one.file.kind == "base"
        for name in named_in(one.data or b"")
    ]
    return {file.name: file.shown_as for file in (*named, *(one.file for one in held))}


def _build(
    held: list[files.HeldFile], earlier: sqlite3.Connection | None, read: ReadFiles | None
) -> sqlite3.Connection:
    from briefgen.index import build, rows  # a warm start needs none of them

    read = read or rows.read_here
    if earlier is not None:
        try:
            build.update_index(earlier, held, read)
        except sqlite3.Error:  # whatever it was, it is only a cache: start afresh
            earlier.close()
        else:
            return earlier
    connection = store.connect()
    try:
        build.build_index(connection, held, read)
    except sqlite3.OperationalError as error:
        connection.close()
        if "fts5" in str(error):
            raise BriefgenError(
                "this Python's SQLite has no full-text search (FTS5)",
                hint="install Python from python.org or your system's packages",
            ) from None
        raise
    return connection
