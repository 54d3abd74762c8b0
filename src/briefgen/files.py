"""Writing files whole or not at all.

Each file is written beside its place under a name that starts with a dot and ends in `.tmp`, and
swapped in with `os.replace`: whoever looks sees the old file or the new one. While a run writes,
it holds a lock on its temporaries; the lock dies with the run, so the next one can tell what
was left behind from what another run is writing at this moment.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from briefgen.errors import SHORTER_NAME, Origin, OutputError, not_read_in_words
from briefgen.ordinary_files import open_ordinary
from briefgen.patterns import lazy_pattern

locks: Any
try:
    import fcntl

    locks = fcntl
except ImportError:  # Windows: an open file cannot be deleted there, which serves as the lock
    locks = None

_TEMPORARY = lazy_pattern(r"\..*\.briefgen-[0-9a-f]{16}\.tmp", re.DOTALL)


_ANYBODY = 0o666
"""The permissions of what is written for anybody, less what the person's umask takes."""


def write_whole(path: Path, data: bytes, *, mode: int = _ANYBODY) -> None:
    """Make `path` hold `data`, whole or not at all. Raises `OutputError`; the old file stays.

    `mode`: the permissions of a new file.
    """
    write_all_whole({path: data}, mode=mode)


@contextlib.contextmanager
def made_whole(path: Path, *, mode: int = _ANYBODY) -> Iterator[Path]:
    """A temporary beside `path`, for others to fill by its name: what is too large for bytes.

    It takes the place of `path` when the block ends well, else it goes. Whoever fills it has it
    closed and on the disk by then. Raises `OutputError`.
    """
    target = writable_target(path)
    _make_folder(target.parent, path)
    remove_leftovers(target.parent)
    staged = _stage(path, target, b"", mode)
    try:
        yield staged.temporary
        _swap_in([staged], keep=lambda target: None)
    finally:
        staged.discard()


def refuse_taken(folder: Path, hint: str, *, hidden: bool = True) -> None:
    """Raise `OutputError`, with what to do, if `folder` is a file or something lies in it.

    `hidden`: names that start with a dot count.
    """
    try:
        names = sorted(item.name for item in folder.iterdir())
    except FileNotFoundError:
        return
    except NotADirectoryError:
        file = _nearest_existing(folder)
        within = "" if file == folder else f", so that {folder} cannot be made"
        raise OutputError(f"{file} is a file{within}", hint=hint) from None
    except OSError as error:
        said, what_to_do = not_read_in_words(
            "folder", error, "choose another folder", act="look into"
        )
        raise OutputError(said, hint=what_to_do, origin=Origin(str(folder))) from None
    taken = [name for name in names if hidden or not name.startswith(".")]
    if taken:
        raise OutputError(f"{folder} is not empty: it holds {taken[0]}", hint=hint)


Keep = Callable[[Path], Path | None]
"""Asked of each file just before another one takes its place: where else what stands there can be
found from now on (it is still there under its own name, too); None where it may go."""


def write_all_whole(
    files: Mapping[Path, bytes],
    *,
    tidy: bool = True,
    keep: Keep = lambda target: None,
    mode: int = _ANYBODY,
) -> Mapping[Path, Path]:
    """Write every file, or none: when one cannot be swapped in, those before it are put back.

    What comes back is where `keep` has put what stood there before, by file.

    Folders are made where they are missing. An old file's permissions are kept, a new one has
    those of `mode` (one for the person alone takes others' away from an old one, too), and at no
    moment can more people read a temporary than the old file. A link is followed and its target
    replaced. `tidy` looks for temporaries that were left behind, which takes long in a folder of
    thousands: who writes there often does it once, by himself. Raises `OutputError`, one line
    saying which file and why.
    """
    made: list[Path] = []
    staged: list[_Staged] = []
    try:
        targets = {path: writable_target(path) for path in files}
        for path, target in targets.items():
            made += _make_folder(target.parent, path)
        for folder in {target.parent for target in targets.values()} if tidy else ():
            remove_leftovers(folder)
        for path, data in files.items():
            staged.append(_stage(path, targets[path], data, mode))
        kept = _swap_in(staged, keep)
        made.clear()
    finally:
        for item in staged:
            item.discard()
        for folder in reversed(made):
            with contextlib.suppress(OSError):  # no longer empty: someone else uses it
                folder.rmdir()
    return kept


def writable_target(path: Path) -> Path:
    """Where bytes for `path` go, links followed. Raises `OutputError` if it can be no file.

    Worth calling before long work: it finds what would fail at its end.
    """
    _refuse_planted_link(path)
    target = Path(os.path.realpath(path))
    try:
        status = target.stat()
    except (FileNotFoundError, NotADirectoryError):
        parent = _nearest_existing(target.parent)
        if not parent.is_dir():
            raise _refusal(path, f"{parent} is a file, not a folder") from None
        if not os.access(parent, os.W_OK | os.X_OK):
            raise _refusal(path, f"you may not write in {parent}") from None
        return target
    except (OSError, ValueError) as error:
        raise _cannot_write(path, error) from None
    if stat.S_ISDIR(status.st_mode):
        raise _refusal(path, "it is a folder", "move it away, or choose another name")
    if not stat.S_ISREG(status.st_mode):
        raise _refusal(path, "it is not an ordinary file", "choose another name")
    if not os.access(target, os.W_OK):
        raise _refusal(path, "it is read-only", "allow writing, or choose another name")
    if not os.access(target.parent, os.W_OK | os.X_OK):
        raise _refusal(path, f"you may not write in {target.parent}")
    return target


_MOST_LINKS = 40
"""That lead from one to the next: as many as Linux follows."""


def _refuse_planted_link(path: Path) -> None:
    """Raise `OutputError` for a link that somebody else put into a folder where others may write.

    Through it he would choose which of the person's files is replaced. Kernels refuse to open such
    a link (Linux: fs.protected_symlinks), but not to read where it leads.
    """
    if os.name != "posix":
        return
    for _ in range(_MOST_LINKS):
        try:
            status, folder = path.lstat(), path.parent.stat()
        except (OSError, ValueError):
            return
        if not stat.S_ISLNK(status.st_mode):
            return
        if folder.st_mode & 0o022 and status.st_uid not in (os.geteuid(), folder.st_uid, 0):
            raise _refusal(path, "it is a link that somebody else put there", "choose another name")
        try:
            path = path.parent / path.readlink()
        except OSError:
            return


def remove_leftovers(folder: Path) -> None:
    """Remove temporaries of ours in `folder` that no running program holds."""
    try:
        names = [entry.name for entry in folder.iterdir()]
    except OSError:
        return
    for name in names:
        if name.endswith(".tmp") and _TEMPORARY.fullmatch(name):
            _remove_if_unused(folder / name)


# --- temporaries ------------------------------------------------------------------------------


@dataclass(slots=True)
class _Staged:
    """A file written beside its place, and how to take it back."""

    shown: Path
    target: Path
    temporary: Path
    descriptor: int | None

    def release(self) -> None:
        if self.descriptor is not None:
            os.close(self.descriptor)
            self.descriptor = None

    def discard(self) -> None:
        self.release()
        with contextlib.suppress(OSError):  # gone already once it was swapped in
            self.temporary.unlink()


def _stage(shown: Path, target: Path, data: bytes, mode: int) -> _Staged:
    old: int | None = None
    try:
        with contextlib.suppress(OSError):
            old = stat.S_IMODE(target.stat().st_mode)
        temporary, descriptor = _create_locked(target, mode if old is None else mode & old)
    except (OSError, ValueError) as error:
        raise _cannot_write(shown, error) from None
    staged = _Staged(shown, target, temporary, descriptor)
    try:
        _write_through(descriptor, data)
        if old is not None and mode == _ANYBODY:
            with contextlib.suppress(OSError):  # a file system without permissions
                _allow(temporary, descriptor, old)
        if locks is None:  # Windows does not rename an open file
            staged.release()
    except BaseException as error:
        staged.discard()
        if isinstance(error, OSError):
            raise _cannot_write(shown, error) from None
        raise
    return staged


def _create_locked(target: Path, mode: int) -> tuple[Path, int]:
    """A new empty temporary beside `target`, locked by us."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    while True:
        temporary = temporary_beside(target)
        descriptor = os.open(temporary, flags, mode)
        if locks is None:
            return temporary, descriptor
        with contextlib.suppress(OSError):  # some network file systems have no locks
            locks.flock(descriptor, locks.LOCK_EX)
        if os.fstat(descriptor).st_nlink:
            return temporary, descriptor
        os.close(descriptor)  # another run took it for a leftover before we held the lock


def temporary_beside(target: Path) -> Path:
    """A fresh name for a temporary of `target`, in the same folder, at most 255 bytes long."""
    # The name is for people who find it; only the random part makes it unique.
    stem = os.fsencode(target.name)[:200].decode("utf-8", "ignore")
    return target.with_name(f".{stem}.briefgen-{os.urandom(8).hex()}.tmp")


def _allow(path: Path, descriptor: int, mode: int) -> None:
    """Give an open file its permissions: by its name, others may have put a link there."""
    if hasattr(os, "fchmod"):
        os.fchmod(descriptor, mode)
    else:
        path.chmod(mode)


def _write_through(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]
    os.fsync(descriptor)


@contextlib.contextmanager
def folder_made_whole(target: Path) -> Iterator[Path]:
    """A new empty folder beside `target`, to be filled and moved there; else it goes.

    While it is filled, no other run takes it for a leftover. Raises `OSError`.
    """
    import shutil

    remove_leftovers(target.parent)
    temporary, descriptor = _make_locked_folder(target)
    try:
        yield temporary
    finally:
        if descriptor is not None:
            os.close(descriptor)
        shutil.rmtree(temporary, ignore_errors=True)


def _make_locked_folder(target: Path) -> tuple[Path, int | None]:
    while True:
        temporary = temporary_beside(target)
        temporary.mkdir()
        if locks is None:
            return temporary, None
        with contextlib.suppress(OSError):  # another run took it for a leftover
            descriptor = os.open(temporary, _A_FOLDER)
            with contextlib.suppress(OSError):  # some network file systems have no locks
                locks.flock(descriptor, locks.LOCK_EX)
            if temporary.is_dir():
                return temporary, descriptor
            os.close(descriptor)


_A_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0)


def _remove_folder_if_unused(path: Path) -> None:
    """Remove a folder that a copy left behind when it was cut off, if it is our own."""
    if locks is None:  # Windows locks no folders: who fills it cannot be told
        return
    import shutil

    try:
        descriptor = os.open(path, _A_FOLDER)
    except OSError:
        return
    try:
        if os.fstat(descriptor).st_uid == os.geteuid():
            locks.flock(descriptor, locks.LOCK_EX | locks.LOCK_NB)
            shutil.rmtree(path, ignore_errors=True)  # follows no link
    except OSError:  # someone is filling it
        pass
    finally:
        os.close(descriptor)


def _remove_if_unused(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        _remove_folder_if_unused(path)
        return
    if locks is None:
        with contextlib.suppress(OSError):  # open in another program
            path.unlink()
        return
    try:
        opened = open_ordinary(path, links=False)
    except OSError:
        return
    with opened, contextlib.suppress(OSError):  # someone is writing it, or it is gone
        locks.flock(opened, locks.LOCK_EX | locks.LOCK_NB)
        path.unlink()


# --- swapping in ------------------------------------------------------------------------------


def _swap_in(staged: list[_Staged], keep: Keep) -> Mapping[Path, Path]:
    undo: list[tuple[Path, Callable[[], object]]] = []
    temporary: list[Path] = []
    kept: dict[Path, Path] = {}
    try:
        for number, item in enumerate(staged):
            try:
                aside = keep(item.target)
                if aside is not None:
                    kept[item.shown] = aside
                    undo.append((item.shown, partial(aside.replace, item.target)))
                elif number < len(staged) - 1:  # nothing comes after the last that could fail
                    undo.append((item.shown, _keep_old(item.target, temporary)))
                item.temporary.replace(item.target)
            except (OSError, OutputError) as error:
                if item.shown in kept:  # its place still holds what stood there
                    with contextlib.suppress(OSError):
                        kept[item.shown].unlink()
                raise _put_back(undo, number, item.shown, error) from None
        for folder in {item.target.parent for item in staged}:
            sync_folder(folder)
    finally:
        for path in temporary:
            with contextlib.suppress(OSError):
                path.unlink()
    return kept


def _keep_old(target: Path, kept: list[Path]) -> Callable[[], None]:
    """Keep the old file under a temporary name; what comes back restores it."""
    if not target.exists():
        return target.unlink
    copy = temporary_beside(target)
    kept.append(copy)
    try:
        os.link(target, copy)
    except OSError:  # a file system without links
        copy_closely(target, copy)

    def put_back() -> None:
        copy.replace(target)

    return put_back


def copy_closely(source: Path, copy: Path) -> None:
    """A copy with the permissions and times of its source, which nobody else can read before.

    Raises `OSError`, and `FileExistsError` for a name that is taken.
    """
    import shutil

    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with open_ordinary(source) as read, os.fdopen(os.open(copy, flags, 0o600), "wb") as written:
        shutil.copyfileobj(read, written)
        written.flush()
        os.fsync(written.fileno())
    shutil.copystat(source, copy)


def _put_back(
    undo: list[tuple[Path, Callable[[], object]]],
    number: int,
    failed: Path,
    error: OSError | OutputError,
) -> OutputError:
    """Undo the swaps before `number`; the error says what could not be undone."""
    written = []
    for shown, restore in reversed(undo[:number]):
        try:
            restore()
        except OSError:
            written.append(str(shown))
    fault = error if isinstance(error, OutputError) else _cannot_write(failed, error)
    if written:
        fault.hint += f"; already written: {', '.join(reversed(written))}"
    return fault


def sync_folder(folder: Path) -> None:
    """Make the swap itself survive a power cut, where the system can."""
    if os.name != "posix":
        return
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


# --- folders and words ------------------------------------------------------------------------


def _make_folder(folder: Path, shown: Path) -> Iterable[Path]:
    """Make `folder`; what comes back are the folders that were missing, outermost first."""
    missing = []
    place = folder
    while not place.exists():
        missing.append(place)
        place = place.parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _cannot_write(shown, error) from None
    return reversed(missing)


def _nearest_existing(folder: Path) -> Path:
    while True:
        try:
            folder.lstat()
        except OSError:
            if folder == folder.parent:
                return folder
            folder = folder.parent
        else:
            return folder


_HINTS = {
    errno.ENOSPC: "make room, or choose another place",
    errno.EDQUOT: "make room, or choose another place",
    errno.ENAMETOOLONG: SHORTER_NAME,
    errno.EROFS: "choose another place",
    errno.ENOENT: "make its folder, or choose another place",
    errno.ENOTDIR: "choose a place whose folders are folders",
}


def _refusal(path: Path, why: str, hint: str = "choose another place") -> OutputError:
    return OutputError(f"cannot write {path}: {why}", hint=hint)


def _cannot_write(path: Path, error: OSError | ValueError) -> OutputError:
    number = error.errno if isinstance(error, OSError) else None
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    hint = _HINTS.get(number or 0, "close it if a program has it open, or choose another place")
    return _refusal(path, f"{reason[:1].lower()}{reason[1:]}", hint)
