"""One run at a time in an output folder.

The lock is the system's, on a file in the folder: it ends with the process that holds it, however
that ends, so a run that was killed leaves nothing that would have to be cleared away by hand.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from briefgen.errors import OutputError

LOCK_NAME = ".manifest.json.lock.tmp"

fcntl: Any
msvcrt: Any
try:
    import fcntl

    msvcrt = None
except ImportError:  # Windows
    import msvcrt

    fcntl = None


@contextlib.contextmanager
def folder_lock(folder: Path) -> Iterator[None]:
    """Hold the lock of `folder`, which must be there. Raises `OutputError` if another run does."""
    path = folder / LOCK_NAME
    descriptor = _locked(path, folder)
    try:
        _sign(descriptor)
        yield
    finally:
        try:
            if fcntl is not None:  # while it is ours: whoever opened it, too, sees that it went
                _remove(path)
        finally:
            os.close(descriptor)
        if fcntl is None:
            _remove(path)


def _locked(path: Path, folder: Path) -> int:
    while True:
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o666)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise OutputError(
                f"cannot write in {folder}: {reason}", hint="choose another folder with --out"
            ) from None
        try:
            _take(descriptor)
        except (BlockingIOError, PermissionError):
            holder = _holder(descriptor)
            os.close(descriptor)
            raise OutputError(
                f"another batch{holder} is writing into {folder}",
                hint="wait for it, or choose another folder with --out",
            ) from None
        except OSError:  # a file system without locks: nothing can be told there
            return descriptor
        if fcntl is None or _still_there(descriptor, path):
            return descriptor
        os.close(descriptor)  # the run before removed it between our opening and our locking


def _take(descriptor: int) -> None:
    if fcntl is not None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    else:
        os.lseek(descriptor, 1 << 20, os.SEEK_SET)  # beyond what is read: Windows locks bytes
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)


def _still_there(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except OSError:
        return False


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()


def _sign(descriptor: int) -> None:
    with contextlib.suppress(OSError):  # a full disk; the lock holds all the same
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())


def _holder(descriptor: int) -> str:
    with contextlib.suppress(OSError, ValueError):
        os.lseek(descriptor, 0, os.SEEK_SET)
        return f" (process {int(os.read(descriptor, 20))})"
    return ""
