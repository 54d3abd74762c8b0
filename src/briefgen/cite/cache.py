"""Answers kept on disk: JSON under the hash of everything that they depend on.

A kept answer can be missing, cut short or damaged at any time: it is then as if it were not
there. Nothing that is read here is ever run.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
from pathlib import Path
from typing import Any

from briefgen.folders import PRIVATE, make_private
from briefgen.values import valueclass

MAX_CACHE_BYTES = 64 * 1024 * 1024
"""Most that one kind of answer takes on disk; what was not used for longest goes first."""

COUNT_EVERY = 50
"""Answers that a process keeps before it counts again what lies in their folder: others write
there, too, and looking at every file for each answer would take longer the more there are."""

_STALE_SECONDS = 600
_BINARY = getattr(os, "O_BINARY", 0)
_RECKONED: dict[Path, tuple[int, int]] = {}
"""Of folders: bytes as last counted with those written since, and answers written since."""


@valueclass(frozen=True, slots=True)
class CacheFile:
    """One answer's place: `key` says in full what it depends on, `kind` is its subfolder."""

    folder: Path | None
    """None keeps nothing."""
    kind: str
    key: str

    @property
    def path(self) -> Path | None:
        """The file, whether or not it is there."""
        if self.folder is None:
            return None
        name = hashlib.sha256(self.key.encode("utf-8", "surrogatepass")).hexdigest()
        return self.folder / self.kind / f"{name}.json"

    def read(self) -> Any:
        """The answer, or None when there is none that can be trusted."""
        path = self.path
        if path is None:
            return None
        try:
            digest, _, body = path.read_bytes().partition(b"\n")
            if digest != _digest(body):
                return None
            answer = json.loads(body)
        except (OSError, ValueError, RecursionError):
            return None
        with contextlib.suppress(OSError):  # marks it as used; a read-only cache still serves
            os.utime(path)
        return answer

    def write(self, answer: Any) -> None:
        """Keep the answer. A folder that cannot be written is no fault: nothing is kept."""
        path = self.path
        if path is None:
            return
        body = json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode(
            "utf-8", "surrogatepass"
        )
        beside = path.with_name(f".{path.stem}.{os.urandom(8).hex()}.tmp")
        try:
            make_private(path.parent)
            descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, PRIVATE)
            with os.fdopen(descriptor, "wb") as file:
                file.write(_digest(body) + b"\n" + body)
            beside.replace(path)
        except OSError:
            with contextlib.suppress(OSError):
                beside.unlink()
            return
        _keep_room(path, len(body))


def _digest(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest().encode()


def _keep_room(path: Path, size: int) -> None:
    """Make room in the folder of a file that was just written, where that may be called for."""
    total, answers = _RECKONED.get(path.parent, (0, COUNT_EVERY))
    total, answers = total + size, answers + 1
    if total > MAX_CACHE_BYTES or answers >= COUNT_EVERY:
        total, answers = _make_room(path.parent, keep=path.name), 0
    _RECKONED[path.parent] = (total, answers)


def _make_room(folder: Path, keep: str) -> int:
    """Remove leftovers, and what was not used for longest, until the folder is small enough.

    Returns how many bytes are left.
    """
    files: list[tuple[int, int, str]] = []
    with contextlib.suppress(OSError):
        for entry in os.scandir(folder):
            with contextlib.suppress(OSError):
                status = entry.stat()
                if entry.name.startswith(".") and entry.name.endswith(".tmp"):
                    # Another run may be writing it this very moment.
                    if time.time() - status.st_mtime > _STALE_SECONDS:
                        Path(entry.path).unlink()
                elif entry.name.endswith(".json"):
                    files.append((status.st_mtime_ns, status.st_size, entry.name))
    total = sum(size for _, size, _ in files)
    for _, size, name in sorted(files):
        if total <= MAX_CACHE_BYTES:
            break
        if name != keep:
            with contextlib.suppress(OSError):
                (folder / name).unlink()
                total -= size
    return total
