"""What files of a base are known by without reading them: size, times and place on the disk.

Like git (gitformat-index, "racy git"), and more careful: what was written in the moment that its
stamp was taken, or shortly before, could be written once more without any of it changing.
"""

from __future__ import annotations

import contextlib
import json
import os
import time
import zlib
from pathlib import Path
from typing import NamedTuple

_SETTLED = 3_000_000_000
"""Nanoseconds that a file must have lain unchanged: FAT tells times in steps of two seconds."""
_FINE = 10_000_000
"""Nanoseconds: a time of change in whole multiples of it comes from a system of coarse clocks."""


class Stamp(NamedTuple):
    """A file as it was at a moment. Times in nanoseconds since 1970."""

    size: int
    modified: int
    changed: int
    inode: int
    device: int


def stamp_of(path: Path) -> Stamp | None:
    """The stamp of a file, links followed; None where it proves nothing.

    That is on Windows, whose `st_ctime` is when the file was made and not when it was last
    changed: what sets the old time again after a change, as copying does, would go unseen.
    """
    if os.name != "posix":
        return None
    try:
        status = path.stat()
    except OSError:
        return None
    stamp = Stamp(
        status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino, status.st_dev
    )
    return stamp if stamp.changed % _FINE and stamp.inode else None


class Stamps:
    """The digests of a base's files, each with the stamp under which it was found."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._known = _read(path)
        self._seen: dict[str, tuple[Stamp, str]] = {}

    def digest(self, name: str, stamp: Stamp | None) -> str | None:
        """The digest of the file called `name`, if that is sure; else None: read it."""
        known = self._known.get(name)
        if known is None or stamp is None or known[0] != stamp:
            return None
        self._seen[name] = known
        return known[1]

    def note(self, name: str, before: Stamp | None, after: Stamp | None, digest: str) -> None:
        """A file was read between these two stamps. Kept only if nothing can have been missed."""
        now = time.time_ns()
        if before is None or before != after:
            return
        if max(before.modified, before.changed) < now - _SETTLED:
            self._seen[name] = before, digest

    def save(self) -> None:
        """Keep what was seen, where anything is new. Best effort."""
        if self._seen == self._known:
            return
        from briefgen.errors import OutputError
        from briefgen.files import write_whole
        from briefgen.folders import PRIVATE, make_private

        with contextlib.suppress(OutputError, OSError):
            make_private(self.path.parent)
            text = json.dumps(
                {name: [*stamp, digest] for name, (stamp, digest) in self._seen.items()}
            )
            write_whole(self.path, _summed(text), mode=PRIVATE)


def _read(path: Path) -> dict[str, tuple[Stamp, str]]:
    """What is kept; nothing where it is missing or damaged."""
    try:
        data = path.read_bytes()
        text = data.partition(b"\n")[2].decode()
        if data != _summed(text):
            return {}
        return {
            name: (Stamp(*stamp), digest) for name, (*stamp, digest) in json.loads(text).items()
        }
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _summed(text: str) -> bytes:
    data = text.encode()
    return b"%08x\n" % zlib.crc32(data) + data
