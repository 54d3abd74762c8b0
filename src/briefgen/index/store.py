"""Where indexes lie on disk: one file per fact base, named after its place and its content.

An index is never changed in place. A changed base gets a file under another name, so no program
ever waits for another, and nothing needs to be swapped under a reader's feet. The file is a
plain SQLite database; its header carries a checksum of the rest, so that a cut or damaged file
is told from a whole one before a single row is believed.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import zlib
from pathlib import Path

from briefgen.errors import BriefgenError
from briefgen.folders import PRIVATE, make_private, untrusted_cache

APPLICATION_ID = b"brfg"
"""What marks our databases in SQLite's header (SQLite file format, 1.3)."""

_APPLICATION_ID = slice(68, 72)
_CHECKSUM = slice(60, 64)
"""Where SQLite keeps `user_version`, which it leaves to applications: the CRC-32 of the rest."""

_LARGEST_AGE = 60 * 24 * 3600
"""Seconds after which the index of some other base is cleared away; it is a cache."""


class IndexUnavailableError(BriefgenError):
    """The index cannot be kept on disk."""


def index_path(cache: Path, folder: Path, program: str, content: str) -> Path:
    """The file for the base in `folder` (resolved) as `program` reads its `content` (hex)."""
    return cache / f"{_stem(folder)}.{program[:16]}.{content[:32]}.sqlite"


def load(path: Path) -> sqlite3.Connection | None:
    """The index in `path`, read into memory; None when it is missing, damaged or foreign."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    ours = data[:16] == b"SQLite format 3\0" and data[_APPLICATION_ID] == APPLICATION_ID
    if not ours or data[_CHECKSUM] != _checksum(data):
        return None
    connection = connect()
    try:
        connection.deserialize(data)
    except (sqlite3.Error, AttributeError):  # AttributeError: SQLite built without deserialize
        connection.close()
        return None
    return connection


def connect() -> sqlite3.Connection:
    """An empty database in memory."""
    # SQLite serialises calls itself; a window may ask from a background thread.
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute(f"PRAGMA application_id = {int.from_bytes(APPLICATION_ID, 'big')}")
    return connection


def save(connection: sqlite3.Connection, path: Path) -> None:
    """Keep the index as `path`, whole or not at all, and clear away what it replaces.

    Raises `IndexUnavailableError` when the folder cannot be written or the disk is full.
    """
    from briefgen.errors import OutputError
    from briefgen.files import write_whole  # only building needs it

    untrusted = untrusted_cache()
    if untrusted:
        raise IndexUnavailableError(
            f"the index is not kept, so the next run reads the whole base again: {untrusted}",
            hint="allow nobody else to write there (chmod 700), or set BRIEFGEN_CACHE",
        )
    try:
        data = bytearray(connection.serialize())
    except (sqlite3.Error, AttributeError, MemoryError) as error:
        raise _unavailable(str(error)) from None
    data[_CHECKSUM] = _checksum(data)
    try:
        make_private(path.parent)
        write_whole(path, bytes(data), mode=PRIVATE)
    except (OutputError, OSError) as error:
        if load(path) is not None:
            return  # another program has just kept the same index (and holds it open)
        reason = error.message if isinstance(error, OutputError) else _why(error)
        raise _unavailable(reason) from None
    _clear_away(path)


def has_any(cache: Path, folder: Path, program: str) -> bool:
    """Whether an index of the base in `folder` (resolved) is there, of whatever content."""
    return bool(_own_names(cache, folder, program))


def earlier(cache: Path, folder: Path, program: str) -> sqlite3.Connection | None:
    """The newest whole index of the same base by the same program, whatever its content."""
    found = []
    for name in _own_names(cache, folder, program):
        with contextlib.suppress(OSError):
            found.append(((cache / name).stat().st_mtime_ns, name))
    for _, name in sorted(found, reverse=True):
        connection = load(cache / name)
        if connection is not None:
            return connection
    return None


def remove_leftovers(cache: Path) -> None:
    """Remove what an interrupted run left in the cache folder."""
    if any(name.startswith(".") and name.endswith(".tmp") for name in _names(cache)):
        from briefgen import files

        files.remove_leftovers(cache)


def _stem(folder: Path) -> str:
    letters = "".join(c if c.isascii() and c.isalnum() else "-" for c in folder.name.lower())
    place = hashlib.blake2b(os.fsencode(folder), digest_size=8).hexdigest()
    return f"{letters.strip('-')[:30] or 'base'}-{place}"


def _checksum(data: bytes | bytearray) -> bytes:
    view = memoryview(data)
    sum_ = zlib.crc32(view[_CHECKSUM.stop :], zlib.crc32(view[: _CHECKSUM.start]))
    return sum_.to_bytes(4, "big")


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
        if name == kept.name or not name.endswith(".sqlite") or name.count(".") != 3:
            continue
        path = kept.parent / name
        with contextlib.suppress(OSError):  # open in another program, or gone
            if name.startswith(own) or now - path.stat().st_mtime > _LARGEST_AGE:
                path.unlink()


def _why(error: OSError) -> str:
    said = (error.strerror or str(error)).lower()
    return f"{error.filename}: {said}" if error.filename else said


def _unavailable(reason: str) -> IndexUnavailableError:
    return IndexUnavailableError(
        f"the index is not kept, so the next run reads the whole base again: {reason}",
        hint="set BRIEFGEN_CACHE to a folder that can be written",
    )
