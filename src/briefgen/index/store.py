"""Where indexes lie on disk: one file per fact base, named after its place and its content.

An index is never changed in place. A changed base gets a file under another name, so no program
ever waits for another, and nothing needs to be swapped under a reader's feet. It is read where it
lies, and no page of it is believed unseen: see `sealed`.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable, Iterable
from pathlib import Path

import apsw

from briefgen.errors import BriefgenError
from briefgen.folders import PRIVATE, make_private, untrusted_cache
from briefgen.index.sealed import PAGE, DamagedIndexError, copy_unsealed, open_sealed, seal

_WRITING_KIB = 64 * 1024
"""What SQLite may hold of an index while it is made."""

_READING_KIB = 16 * 1024
"""What SQLite may keep of the pages that it was given."""
_NO_ROOM = (apsw.FullError, apsw.IOError, apsw.CantOpenError, apsw.ReadOnlyError)

_LARGEST_AGE = 60 * 24 * 3600
"""Seconds after which the index of some other base is cleared away; it is a cache."""


class IndexUnavailableError(BriefgenError):
    """The index cannot be kept on disk."""


def index_path(cache: Path, folder: Path, program: str, content: str) -> Path:
    """The file for the base in `folder` (resolved) as `program` reads its `content` (hex)."""
    return cache / f"{_stem(folder)}.{program[:16]}.{content[:32]}.sqlite"


def stamps_path(cache: Path, folder: Path) -> Path:
    """Where it is kept what the files of the base in `folder` (resolved) were known by."""
    return cache / f"{_stem(folder)}.stamps"


def in_memory() -> apsw.Connection:
    """An empty database, for what cannot be kept."""
    return _prepared(apsw.Connection(":memory:"))


def load(path: Path) -> apsw.Connection | None:
    """The index in `path`, for reading alone; None when it is missing, damaged or foreign."""
    connection = open_sealed(path)
    if connection is None:
        return None
    try:
        numbering_of(connection)  # and with it the tables: better found out now
    except (apsw.Error, DamagedIndexError):
        connection.close()
        return None
    connection.execute(f"PRAGMA cache_size = -{_READING_KIB}")
    return _prepared(connection)


def numbering_of(connection: apsw.Connection) -> str:
    """Equal where indexes of equal content have the same `facts.row` for each fact."""
    ((numbering,),) = connection.execute("SELECT value FROM meta WHERE key = 'numbering'")
    return str(numbering)


def keep(
    path: Path, earlier: Iterable[Path], fill: Callable[[apsw.Connection, bool], None]
) -> apsw.Connection:
    """Have an index made as `path`, whole or not at all, and clear away what it replaces.

    `fill` is given the first of the databases `earlier` that is whole, to be brought up to date,
    and whether there was none. Raises `IndexUnavailableError` when the folder cannot be written
    or the disk is full.
    """
    from briefgen.errors import OutputError
    from briefgen.files import made_whole  # only building needs it

    untrusted = untrusted_cache()
    if untrusted:
        raise IndexUnavailableError(
            f"the index is not kept, so the next run reads the whole base again: {untrusted}",
            hint="allow nobody else to write there (chmod 700), or set BRIEFGEN_CACHE",
        )
    try:
        make_private(path.parent)
        with made_whole(path, mode=PRIVATE) as temporary:
            if not _fill_from_earlier(temporary, earlier, fill):
                temporary.write_bytes(b"")
                _fill(temporary, fill, fresh=True)
            seal(temporary)
            # Once it has its name, a program that has read a newer base may clear it away. But
            # Windows does not rename a file that is open.
            made = load(temporary) if os.name == "posix" else None
    except (OutputError, OSError, UnicodeError, *_NO_ROOM) as error:
        kept = load(path)
        if kept is not None:
            return kept  # another program has just kept the same index (and holds it open)
        reason = error.message if isinstance(error, OutputError) else _why(error)
        raise _unavailable(reason) from None
    _clear_away(path)
    made = made or load(path)
    if made is None:
        raise _unavailable(f"{path.name}: what was written does not stand there")
    return made


def _fill_from_earlier(
    temporary: Path, earlier: Iterable[Path], fill: Callable[[apsw.Connection, bool], None]
) -> bool:
    for path in earlier:
        try:
            copy_unsealed(path, temporary)
        except (OSError, DamagedIndexError):
            continue
        try:
            _fill(temporary, fill, fresh=False)
        except (apsw.SQLError, apsw.ConstraintError, apsw.CorruptError):
            return False  # whatever it was, it is only a cache: start afresh
        return True
    return False


def _fill(temporary: Path, fill: Callable[[apsw.Connection, bool], None], *, fresh: bool) -> None:
    connection = apsw.Connection(str(temporary))
    try:
        # Nobody sees the file before it is whole: no journal, one wait for the disk.
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE"):
            connection.execute(f"PRAGMA {pragma}").fetchall()
        connection.execute(f"PRAGMA page_size = {PAGE}")
        connection.execute(f"PRAGMA cache_size = -{_WRITING_KIB}")
        fill(_prepared(connection), fresh)
    finally:
        connection.close()


def _prepared(connection: apsw.Connection) -> apsw.Connection:
    connection.execute("PRAGMA trusted_schema = OFF")
    return connection


def has_any(cache: Path, folder: Path, program: str) -> bool:
    """Whether an index of the base in `folder` (resolved) is there, of whatever content."""
    return bool(_own_names(cache, folder, program))


def earlier(cache: Path, folder: Path, program: str) -> list[Path]:
    """The indexes of the same base by the same program, whatever their content, newest first."""
    found = []
    for name in _own_names(cache, folder, program):
        with contextlib.suppress(OSError):
            found.append(((cache / name).stat().st_mtime_ns, cache / name))
    return [path for _, path in sorted(found, reverse=True)]


def remove_leftovers(cache: Path) -> None:
    """Remove what an interrupted run left in the cache folder."""
    if any(name.startswith(".") and name.endswith(".tmp") for name in _names(cache)):
        from briefgen import files

        files.remove_leftovers(cache)


def _stem(folder: Path) -> str:
    letters = "".join(c if c.isascii() and c.isalnum() else "-" for c in folder.name.lower())
    place = hashlib.blake2b(os.fsencode(folder), digest_size=8).hexdigest()
    return f"{letters.strip('-')[:30] or 'base'}-{place}"


def _own_names(cache: Path, folder: Path, program: str) -> list[str]:
    start = f"{_stem(folder)}.{program[:16]}."
    return [name for name in _names(cache) if name.startswith(start) and name.endswith(".sqlite")]


def _names(cache: Path) -> list[str]:
    try:
        return [path.name for path in cache.iterdir()]
    except OSError:
        return []


def _clear_away(kept: Path) -> None:
    """Remove earlier indexes of the same base, and those that no one has built for long."""
    own = kept.name.split(".")[0] + "."
    try:
        now = kept.stat().st_mtime
    except OSError:
        return
    for name in _names(kept.parent):
        is_index = name.endswith(".sqlite") and name.count(".") == 3
        if name == kept.name or not (is_index or name.endswith(".stamps")):
            continue
        path = kept.parent / name
        with contextlib.suppress(OSError):  # open in another program, or gone
            if (is_index and name.startswith(own)) or now - path.stat().st_mtime > _LARGEST_AGE:
                path.unlink()


def _why(error: Exception) -> str:
    if not isinstance(error, OSError):
        return str(error)
    said = (error.strerror or str(error)).lower()
    return f"{error.filename}: {said}" if error.filename else said


def _unavailable(reason: str) -> IndexUnavailableError:
    return IndexUnavailableError(
        f"the index is not kept, so the next run reads the whole base again: {reason}",
        hint="set BRIEFGEN_CACHE to a folder that can be written",
    )
