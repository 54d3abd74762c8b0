"""Fact base -> one SQLite database, and back: a cache that may be deleted at any time.

`open_index` reads the bytes of every file of the base, since contents and not dates decide what
is fresh, and parses those that changed since the index was kept. See `store` for how it is kept.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import apsw

from briefgen import folders
from briefgen.errors import Problem
from briefgen.facts.files import beside, list_base_files, named_in
from briefgen.index import files, store
from briefgen.index.database import Database
from briefgen.index.opened import Index

if TYPE_CHECKING:
    from briefgen.index.build import ReadFiles

__all__ = ["Index", "open_index", "open_kept_index", "takes_long", "was_kept"]


def open_index(
    folder: Path, *, cache_folder: Path | None = None, read: ReadFiles | None = None
) -> Index:
    """The fact base in `folder`, indexed. Close it, or use it in a `with`.

    The index is kept in `cache_folder` (default: `BRIEFGEN_CACHE`, else the user's cache folder).
    Where that cannot be written the index lives in memory, and `warnings` says so. `read` reads
    the files that changed, if others are to do it (`rows.file_rows`). Faults of the base are
    `problems` and `fatal`; raises `InputError` only when `folder` is no folder.
    """
    looked = _look_at(folder, cache_folder)
    store.remove_leftovers(looked.cache)
    connection = store.load(looked.path)
    if connection is not None:
        return looked.opened(connection, ())
    return looked.opened(*_build(looked, read))


def open_kept_index(folder: Path, *, cache_folder: Path | None = None) -> Index | None:
    """The index of the base in `folder` where it is kept as the base is now; else None.

    Raises `InputError` when `folder` is no folder.
    """
    looked = _look_at(folder, cache_folder)
    connection = store.load(looked.path)
    return None if connection is None else looked.opened(connection, ())


def takes_long(folder: Path) -> bool:
    """Whether the base in `folder` is so large that reading all of it is waited for."""
    return files.size_of(list_base_files(folder)[0]) >= files.LARGE


def was_kept(folder: Path) -> bool:
    """Whether there is an index of the base in `folder`, as it is or was: a glance at names."""
    return store.has_any(folders.cache_folder(), folder.resolve(), files.program_key())


class _Looked(NamedTuple):
    """What a base's files hold, and where their index lies if it is kept."""

    folder: Path
    place: Path
    """The folder, resolved."""
    held: list[files.HeldFile]
    problems: Sequence[Problem]
    cache: Path
    program: str
    content: str

    @property
    def path(self) -> Path:
        return store.index_path(self.cache, self.place, self.program, self.content)

    def opened(self, connection: apsw.Connection, warnings: Sequence[str]) -> Index:
        return Index(
            self.folder,
            Database(connection, partial(_anew, self)),
            _shown_paths(self.held),
            folder_problems=self.problems,
            warnings=warnings,
            content_key=self.content,
        )


def _look_at(folder: Path, cache_folder: Path | None) -> _Looked:
    listed, problems = list_base_files(folder)
    cache = cache_folder if cache_folder is not None else folders.cache_folder()
    place = folder.resolve()
    held = files.hold_all(listed, store.stamps_path(cache, place))
    program, content = files.program_key(), files.content_key(held)
    return _Looked(folder, place, held, problems, cache, program, content)


def _shown_paths(held: list[files.HeldFile]) -> dict[str, str]:
    """How messages call the files of a base, by name: also those that base.yaml may name."""
    named = [
        beside(one.file, name)
        for one in held
        if one.file.kind == "base"
        for name in named_in(one.data or b"")
    ]
    return {file.name: file.shown_as for file in (*named, *(one.file for one in held))}


def _build(looked: _Looked, read: ReadFiles | None) -> tuple[apsw.Connection, tuple[str, ...]]:
    """The index made, or brought up to date; and what the person should know about that."""
    from briefgen.index import build, readers  # a warm start needs neither

    read = read or readers.read_well

    def fill(connection: apsw.Connection, fresh: bool) -> None:
        (build.build_index if fresh else build.update_index)(connection, looked.held, read)

    earlier = store.earlier(looked.cache, looked.place, looked.program)
    try:
        return store.keep(looked.path, earlier, fill), ()
    except store.IndexUnavailableError as error:
        connection = store.in_memory()
        fill(connection, True)
        return connection, (str(error),)


def _anew(looked: _Looked, numbering: str) -> apsw.Connection | None:
    """The index of what was looked at, made again since the one that was kept is damaged.

    None where the base is another by now, or the facts have other rows than they had.
    """
    with contextlib.suppress(OSError):
        looked.path.unlink()
    again = _look_at(looked.folder, looked.cache)
    if again.content != looked.content:
        return None
    connection, _ = _build(again, None)
    return connection if store.numbering_of(connection) == numbering else None
