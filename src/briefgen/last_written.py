"""What briefgen wrote last, and where: by that it knows its own files from those that a person
changed.

Each path has a small file of its own in the state folder, called after a hash of the path. Two
runs that note something at once never meet in one file, so nothing need be locked; what is
damaged costs what it said of one path, and then nothing is known of that.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import NamedTuple

from briefgen.errors import OutputError
from briefgen.files import remove_leftovers, write_all_whole
from briefgen.folders import PRIVATE, make_private, written_folder
from briefgen.ordinary_files import open_ordinary

MOST = 4_000
"""Paths that are remembered; the oldest go first."""
_MAX_BYTES = 64 * 2**10


class Fingerprint(NamedTuple):
    """What tells a file's bytes from others."""

    size: int
    sha256: str
    """In hex."""

    @classmethod
    def of(cls, data: bytes) -> Fingerprint:
        """Of these bytes."""
        return cls(len(data), hashlib.sha256(data).hexdigest())


def holds(file: Path, prints: frozenset[Fingerprint]) -> bool:
    """Whether a file holds bytes that one of `prints` is of; no, where it cannot be read."""
    try:
        size = file.stat().st_size
        if all(each.size != size for each in prints):
            return False
        with open_ordinary(file) as opened:
            found = Fingerprint(size, hashlib.file_digest(opened, "sha256").hexdigest())
    except (OSError, ValueError):  # or a name that no file has
        return False
    return found in prints


UNNAMED = "new:"
"""What the name of a brief begins with that has no file yet."""


def written_at(target: Path, briefs: Collection[str] = ()) -> frozenset[Fingerprint]:
    """What was last written to a path, links followed; nothing where that is not known.

    `briefs` are the names of the one that asks: what another brief wrote there is not known to it,
    unless that one's file is gone by now.
    """
    try:
        with _note_of(target).open("rb") as file:
            said = json.loads(file.read(_MAX_BYTES))
        if said["path"] != str(target):
            return frozenset()
        other = str(said.get("brief") or "")
        if other and briefs and other not in briefs and _is_there(other):
            return frozenset()
        return frozenset([Fingerprint(int(said["bytes"]), str(said["sha256"]))])
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return frozenset()


def _is_there(brief: str) -> bool:
    return brief.startswith(UNNAMED) or Path(brief).exists()


def note_written(files: Mapping[Path, bytes], brief: str = "") -> str:
    """Remember what was written to these paths, links followed; why that cannot be, or nothing.

    `brief` is the name of the one that wrote it: its file, or one that begins with `UNNAMED`.
    """
    try:
        make_private(written_folder())
        write_all_whole(
            {_note_of(target): _note(target, data, brief) for target, data in files.items()},
            tidy=False,
            mode=PRIVATE,
        )
        _forget_the_oldest()
    except OutputError as error:
        return str(error)
    except OSError as error:
        return f"cannot write in {written_folder()}: {(error.strerror or str(error)).lower()}"
    return ""


def _note_of(target: Path) -> Path:
    name = hashlib.sha256(os.fsencode(target)).hexdigest()
    return written_folder() / f"{name[:32]}.json"


def _note(target: Path, data: bytes, brief: str) -> bytes:
    size, sha256 = Fingerprint.of(data)
    said = {"path": str(target), "sha256": sha256, "bytes": size}
    return json.dumps(said | ({"brief": brief} if brief else {})).encode()


def _forget_the_oldest() -> None:
    with os.scandir(written_folder()) as entries:
        notes = [entry for entry in entries if entry.name.endswith(".json")]
    if len(notes) <= MOST:
        return
    remove_leftovers(written_folder())
    # Some more than need be: not each export is to look at the dates of thousands.
    for entry in sorted(notes, key=_age)[: len(notes) - MOST * 9 // 10]:
        with contextlib.suppress(OSError):  # another run was faster
            Path(entry.path).unlink()


def _age(entry: os.DirEntry[str]) -> float:
    try:
        return entry.stat().st_mtime
    except OSError:
        return 0.0
