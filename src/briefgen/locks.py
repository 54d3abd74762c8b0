"""Locks between processes: the system's, on a file, so that they end with whoever holds them.

A process that was killed leaves a file behind, and nothing that would have to be cleared away.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from briefgen.errors import OutputError

if TYPE_CHECKING:
    from filelock import BaseFileLock

_NO_LOCKS = (errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS)
"""What some network file systems answer to whoever wants a lock."""


class Lock:
    """A lock that is held, until `remove` or `release`."""

    def __init__(self, path: Path, lock: BaseFileLock | None) -> None:
        self._path = path
        self._lock = lock

    @property
    def is_safe(self) -> bool:
        """Whether nobody else can hold it: no, where the file system has no locks."""
        return self._lock is not None

    def remove(self) -> None:
        """Let go, and delete the file."""
        # While it is ours: whoever has opened it, too, then sees that it is gone. On Windows,
        # where an open file cannot be deleted, the library does it.
        with contextlib.suppress(OSError):
            self._path.unlink()
        self.release()

    def release(self) -> None:
        """Let go."""
        if self._lock is not None:
            self._lock.release()


def hold(path: Path, mode: int = 0o644) -> Lock | None:
    """The lock on a file, which is made where it is missing; None: another one holds it.

    Never waits. `mode`: the permissions of a new one. Raises `OSError` where the file cannot be
    made or written, `OutputError` where what has its name is no file: whoever put it there is not
    to have us do without a lock.
    """
    _refuse_what_is_no_file(path)
    if not path.parent.is_dir():  # which the library would make
        raise FileNotFoundError(errno.ENOENT, "No such file or directory", str(path.parent))
    from filelock import FileLock, Timeout

    lock = FileLock(path, mode=mode, thread_local=False)
    while True:
        try:
            lock.acquire(blocking=False)
        except Timeout:
            if path.exists():
                return None
            continue  # who held it removed it between our opening and our locking
        except OSError as error:
            if error.errno not in _NO_LOCKS:
                raise
            return Lock(path, None)
        return Lock(path, lock)


def _refuse_what_is_no_file(path: Path) -> None:
    try:
        there = path.lstat()
    except OSError:
        return  # nothing; or whoever makes it says why not
    if not stat.S_ISREG(there.st_mode):
        raise OutputError(
            f"{path} is no ordinary file, and is where briefgen makes its lock",
            hint="remove it, and see who put it there",
        )


WAIT_SECONDS = 10.0
"""Longest wait for somebody who reads, compares and replaces a file: a moment's work."""
_PAUSE_SECONDS = 0.02


class _Turn:
    """Who of this process has the lock on a file, and how often it was asked for by now."""

    def __init__(self) -> None:
        self.mine = threading.RLock()
        self.depth = 0
        self.why_not = ""


_turns: dict[str, _Turn] = {}


@contextlib.contextmanager
def alone(path: Path) -> Iterator[str]:
    """Hold the lock on the file `path` while something is read, compared and replaced.

    Whoever holds it already may ask again. What it gives is empty, or says why the system grants
    no lock; then nobody is kept away, and all the more must be compared. Raises `OutputError` where
    somebody else keeps it for longer than `WAIT_SECONDS`.
    """
    turn = _turns.setdefault(os.path.realpath(path), _Turn())
    with turn.mine:
        lock = None
        if not turn.depth:
            lock, turn.why_not = _waited_for(path)
        turn.depth += 1
        try:
            yield turn.why_not
        finally:
            turn.depth -= 1
            if lock is not None:
                lock.remove()


def _waited_for(path: Path) -> tuple[Lock | None, str]:
    until = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            lock = hold(path)
        except OSError as error:
            return None, (error.strerror or str(error)).lower()
        if lock is not None:
            return lock, "" if lock.is_safe else "the file system has no locks"
        if time.monotonic() > until:
            raise OutputError(
                f"another program keeps writing in {path.parent}; nothing was written",
                hint="try again when it is done",
            )
        time.sleep(_PAUSE_SECONDS)
