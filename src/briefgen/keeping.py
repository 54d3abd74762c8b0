"""Files written without losing what others wrote there.

A file is replaced silently if its bytes are what briefgen last wrote there. Any other, one that was
edited by hand, or one of another brief that has its name by chance, is first kept beside under a
name that is free. Until the
new one is swapped in, what stood there has both names, so that whatever ends a run in between, it
has one.
"""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

from briefgen.errors import OutputError
from briefgen.files import copy_closely, sync_folder, temporary_beside, write_all_whole
from briefgen.last_written import Fingerprint, holds, note_written, written_at

Knows = Callable[[Path], frozenset[Fingerprint]]
"""What briefgen may have written to a path."""

_LONGEST = (255, 140)
"""Bytes that a name may have: nearly everywhere, and on file systems that encrypt names."""


class KeptFile(NamedTuple):
    """A file that was not briefgen's own, and that another one has taken the place of."""

    path: Path
    """Where the new one is."""
    copy: Path
    """Where it is now."""

    def __str__(self) -> str:
        return (
            f"{self.path} was edited since briefgen wrote it, or is not of this brief: what stood "
            f"there is now {self.copy.name}"
        )


class Replaced(NamedTuple):
    """What came of writing files."""

    kept: tuple[KeptFile, ...] = ()
    warning: str = ""
    """What a person should know besides; empty when nothing is."""


def not_ours(files: Mapping[Path, bytes], briefs: Sequence[str] = ()) -> tuple[Path, ...]:
    """Those of the files to be written whose place holds something that `write_kept` would keep."""
    knows = partial(written_at, briefs=briefs)
    return tuple(path for path, data in files.items() if _is_foreign(_real(path), data, knows))


def write_kept(
    files: Mapping[Path, bytes], briefs: Sequence[str] = (), *, force: bool = False
) -> Replaced:
    """Write every file, or none; what others wrote there is kept, unless `force` lets it go.

    `briefs` are names of the brief that they are of, the best first (see `note_written`), where
    another brief's files may have the same names. Raises `OutputError`, and all is as it was.
    """
    kept = write_keeping(files, partial(written_at, briefs=briefs), force=force)
    fault = note_written({_real(path): data for path, data in files.items()}, *briefs[:1])
    if fault:
        fault = f"{fault}; so the next export keeps a copy of what it replaces"
    return Replaced(kept, fault)


def write_keeping(
    files: Mapping[Path, bytes], knows: Knows, *, force: bool = False, tidy: bool = True
) -> tuple[KeptFile, ...]:
    """`write_kept` for who remembers by himself what was written."""
    new = {_real(path): data for path, data in files.items()}
    now = datetime.now()

    def keep(target: Path) -> Path | None:
        if force or not _is_foreign(target, new[target], knows):
            return None
        return _put_beside(target, now)

    kept = write_all_whole(files, keep=keep, tidy=tidy)
    return tuple(KeptFile(path, copy) for path, copy in kept.items())


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))


def _is_foreign(target: Path, data: bytes, knows: Knows) -> bool:
    if not target.exists():
        return False
    return not holds(target, knows(target) | {Fingerprint.of(data)})


# --- beside -------------------------------------------------------------------------------------


def _put_beside(target: Path, now: datetime) -> Path:
    """Give what stands at `target` a second name that is free. Raises `OutputError`."""
    for longest in _LONGEST:
        for number in range(1, 1_000):
            beside = target.with_name(kept_name(target.name, now, number, longest))
            try:
                _link(target, beside)
            except FileExistsError:
                continue
            except OSError as error:
                if error.errno == errno.ENAMETOOLONG:
                    break
                raise _cannot_keep(target, error.strerror or str(error)) from None
            return beside
    raise _cannot_keep(target, "no name beside it is free")


def kept_name(name: str, now: datetime, number: int = 1, longest: int = _LONGEST[0]) -> str:
    """The name under which a file called `name` is kept; `number` counts those that are taken."""
    again = f", {number}" if number > 1 else ""
    end = f" (kept {now:%Y-%m-%d %H.%M}{again}){Path(name).suffix}"
    room = max(longest - len(os.fsencode(end)), 1)
    return os.fsencode(Path(name).stem)[:room].decode("utf-8", "ignore") + end


def _link(target: Path, beside: Path) -> None:
    """A second name for the same file; where the system has none, a copy. Raises `OSError`."""
    try:
        os.link(target, beside)
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise
        _copy(target, beside)
    else:
        sync_folder(beside.parent)


def _copy(target: Path, beside: Path) -> None:
    if os.path.lexists(beside):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(beside))
    temporary = temporary_beside(beside)
    try:
        copy_closely(target, temporary)
        temporary.rename(beside)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    sync_folder(beside.parent)


def _cannot_keep(target: Path, reason: str) -> OutputError:
    return OutputError(
        f"cannot write {target}: what stands there is not of this brief, or was edited since, and "
        "cannot be kept beside "
        f"({reason[:1].lower()}{reason[1:]})",
        hint="move it away, or choose another place",
    )
