"""What is not saved, kept against a crash, and found again by the next app.

While it runs, each app keeps what is not saved in a file of its own in one folder, and holds a
lock beside it: the lock dies with the app, however it dies. So the next one can tell what was left
behind from what another window is working on at this moment.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from briefgen.errors import OutputError
from briefgen.files import write_whole
from briefgen.folders import PRIVATE, make_private
from briefgen.locks import Lock, hold
from briefgen.ordinary_files import read_ordinary

MAX_BYTES = 32 * 2**20
"""Largest file read back: a hundred times what a long brief takes."""


class Dated(Protocol):
    """What is kept says when that was."""

    @property
    def at(self) -> float:
        """In seconds since 1970."""


class OtherVersionError(ValueError):
    """What was kept is of a version of briefgen that this one does not know."""


Kept = TypeVar("Kept", bound=Dated)


class Keeper(Generic[Kept]):
    """Keeps what is not saved, away from the caller's thread. One for each window."""

    def __init__(self, folder: Path, to_bytes: Callable[[Kept], bytes]) -> None:
        """Nothing is written before `keep`."""
        self._folder = folder
        self._to_bytes = to_bytes
        self._file: Path | None = None
        self._lock: Lock | None = None
        self._thread = ThreadPoolExecutor(1, "keeping what is not saved")
        self._last: Future[None] | None = None
        self._then: list[Callable[[], None]] = []

    def keep(self, unsaved: Kept) -> None:
        """Have it written soon. Raises what went wrong the time before (`OSError`...).

        It is tried again even then: there may be room on the disk by now.
        """
        before, self._last = self._last, self._thread.submit(self._write, unsaved)
        if before is not None and before.done():
            fault = before.exception()
            if fault is not None:
                raise fault

    @property
    def failed(self) -> bool | None:
        """Whether what was asked for last could not be done; None: it is not known yet."""
        last = self._last
        if last is None:
            return False
        return last.exception() is not None if last.done() else None

    def forget(self) -> None:
        """All is saved: nothing need be kept."""
        self._last = self._thread.submit(self._remove)

    def then(self, act: Callable[[], None]) -> None:
        """Do something once what was asked for so far is on the disk, or need not be.

        Where it cannot be written, after the next time that it can: what else holds the same
        brief may go only then.
        """
        asked = self._last
        self._thread.submit(self._after, asked, act)

    def close(self, *, leave: bool = False) -> None:
        """The app ends: nothing is left behind, unless it is to be found by whoever starts next.

        Waits for the last write.
        """
        self._thread.submit(self._let_go if leave else self._end)
        self._thread.shutdown()

    # --- in the keeper's own thread -------------------------------------------------------------

    def _write(self, unsaved: Kept) -> None:
        if self._file is None:
            make_private(self._folder)
            self._file, self._lock = _own_place(self._folder)
        write_whole(self._file, self._to_bytes(unsaved), mode=PRIVATE)
        self._catch_up()

    def _remove(self) -> None:
        if self._file is not None:
            self._file.unlink(missing_ok=True)
        self._catch_up()

    def _after(self, asked: Future[None] | None, act: Callable[[], None]) -> None:
        self._then.append(act)
        if asked is None or asked.exception() is None:
            self._catch_up()

    def _catch_up(self) -> None:
        acts, self._then = self._then, []
        for act in acts:
            act()

    def _end(self) -> None:
        self._catch_up()
        if self._file is not None and self._lock is not None:
            _clear(self._file, self._lock)
            self._file = None

    def _let_go(self) -> None:
        if self._lock is not None:
            self._lock.release()
            self._file = self._lock = None


class Leftover(Generic[Kept]):
    """What an app left behind that ended before its time. It is ours until it is let go."""

    def __init__(self, unsaved: Kept, file: Path, lock: Lock) -> None:
        self.unsaved = unsaved
        self._file = file
        self._lock: Lock | None = lock

    def discard(self) -> None:
        """Delete it: it is open in a window that keeps it, or nobody wants it."""
        if self._lock is not None:
            _clear(self._file, self._lock)
            self._lock = None

    def set_aside(self) -> Path:
        """It is not what it should be: keep it for people to look at, where it is not found again.

        What comes back is where it is.
        """
        assert self._lock is not None
        lock, self._lock = self._lock, None
        return _set_aside(self._file, lock)

    def release(self) -> None:
        """Leave it to whoever starts next."""
        if self._lock is not None:
            self._lock.release()
            self._lock = None


def leftovers(
    folder: Path,
    from_bytes: Callable[[bytes], Kept],
    damaged: Callable[[Path], None] | None = None,
) -> list[Leftover[Kept]]:
    """What was left behind in `folder`, the newest first; what others hold is left out.

    What `from_bytes` cannot read stays, for people to look at. With `damaged` it is set aside under
    another name, which is told; not what `OtherVersionError` says of.
    """
    found = []
    try:
        names = sorted({path.stem for path in folder.iterdir() if path.suffix in _SUFFIXES})
    except OSError:
        return []
    for name in names:
        file = folder / f"{name}.json"
        lock = _held(file)
        if lock is None:
            continue
        try:
            unsaved = from_bytes(contents(file))
        except FileNotFoundError:  # nothing was unsaved
            _clear(file, lock)
        except OtherVersionError:
            lock.release()
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            if damaged is None:  # of another version, or cut off by a full disk
                lock.release()
            else:
                damaged(_set_aside(file, lock))
        else:
            found.append(Leftover(unsaved, file, lock))
    return sorted(found, key=lambda each: -each.unsaved.at)


def contents(file: Path) -> bytes:
    """What was kept in a file. Raises `OSError`, for more than is ever kept, too."""
    return read_ordinary(file, MAX_BYTES)


# --- locks -------------------------------------------------------------------------------------

_SUFFIXES = (".json", ".lock")
"""Of a file that is kept, and of its lock."""


def _own_place(folder: Path) -> tuple[Path, Lock]:
    """A file that is not there yet, and the lock that says it is ours."""
    while True:
        file = folder / f"{os.getpid()}-{os.urandom(4).hex()}.json"
        lock = hold(file.with_suffix(".lock"), PRIVATE)
        if lock is not None:
            return file, lock


def _held(file: Path) -> Lock | None:
    """The lock of a file that another app has left behind; None if an app still holds it."""
    try:
        lock = hold(file.with_suffix(".lock"), PRIVATE)
    except (OSError, OutputError):
        return None
    if lock is not None and not lock.is_safe and _is_running(file):
        return None
    return lock


def _is_running(file: Path) -> bool:
    """Whether there is still the process that a file is named after."""
    if os.name == "nt":  # where signal 0 is Ctrl-C
        return True
    try:
        os.kill(int(file.name.split("-")[0]), 0)
    except (OSError, ValueError):
        return False
    return True


def _set_aside(file: Path, lock: Lock) -> Path:
    try:
        file = file.replace(file.with_suffix(".damaged"))
    except OSError:
        lock.release()
    else:
        lock.remove()
    return file


def _clear(file: Path, lock: Lock) -> None:
    with contextlib.suppress(OSError):
        file.unlink(missing_ok=True)
    lock.remove()
