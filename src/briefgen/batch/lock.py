"""One run at a time in an output folder."""

from __future__ import annotations

import contextlib
import os
import platform
from collections.abc import Iterator
from pathlib import Path

from briefgen.errors import OutputError
from briefgen.locks import hold

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
            holder.write_text(f"{os.getpid()} {platform.node()}\n", encoding="utf-8")
        yield
    finally:
        with contextlib.suppress(OSError):
            holder.unlink()
        lock.remove()


def _said(holder: Path) -> str:
    """` (process 12)`, with its machine where that is another one; nothing if it is not known."""
    try:
        process, _, machine = holder.read_text(encoding="utf-8").strip().partition(" ")
        number = int(process)
    except (OSError, ValueError):
        return ""
    elsewhere = f" on {machine}" if machine not in ("", platform.node()) else ""
    return f" (process {number}{elsewhere})"
