"""One run at a time in an output folder."""

from __future__ import annotations

import contextlib
import os
import platform
from collections.abc import Iterator
from pathlib import Path

from briefgen.errors import OutputError
from briefgen.locks import hold
from briefgen.ordinary_files import read_ordinary

LOCK_NAME = ".manifest.json.lock.tmp"
HOLDER_NAME = ".manifest.json.holder.tmp"
"""Says who holds the lock: a process and its machine. A locked file cannot be read everywhere."""


@contextlib.contextmanager
def folder_lock(folder: Path) -> Iterator[None]:
    """Hold the lock of `folder`, which must be there. Raises `OutputError` if another run does."""
    try:
        lock = hold(folder / LOCK_NAME)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise OutputError(
            f"cannot write in {folder}: {reason}", hint="choose another folder with --out"
        ) from None
    holder = folder / HOLDER_NAME
    if lock is None:
        raise OutputError(
            f"another batch{_said(holder)} is writing into {folder}",
            hint="wait for it, or choose another folder with --out",
        )
    try:
        with contextlib.suppress(OSError):  # a full disk; the lock holds all the same
            _write_new(holder, f"{os.getpid()} {platform.node()}\n".encode())
        yield
    finally:
        with contextlib.suppress(OSError):
            holder.unlink()
        lock.remove()


_LONGEST = 1_000
"""Bytes of what the holder says."""


def _write_new(path: Path, data: bytes) -> None:
    """Write a file that is not there yet: what was left there, or put there, goes."""
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)


def _said(holder: Path) -> str:
    """` (process 12)`, with its machine where that is another one; nothing if it is not known."""
    try:
        said = read_ordinary(holder, _LONGEST, links=False).decode()
        process, _, machine = said.strip().partition(" ")
        number = int(process)
    except (OSError, ValueError):
        return ""
    elsewhere = f" on {machine}" if machine not in ("", platform.node()) else ""
    return f" (process {number}{elsewhere})"
