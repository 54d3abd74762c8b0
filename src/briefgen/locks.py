"""Locks between processes: the system's, on a file, so that they end with whoever holds them.

A process that was killed leaves a file behind, and nothing that would have to be cleared away.
"""

from __future__ import annotations

import contextlib
import errno
from pathlib import Path
from typing import TYPE_CHECKING

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


def hold(path: Path) -> Lock | None:
    """The lock on a file, which is made where it is missing; None: another one holds it.

    Never waits. Raises `OSError` where the file cannot be made or written.
    """
    if not path.parent.is_dir():  # which the library would make
        raise FileNotFoundError(errno.ENOENT, "No such file or directory", str(path.parent))
    from filelock import FileLock, Timeout

    lock = FileLock(path, thread_local=False)
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
