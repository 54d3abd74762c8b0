"""Ordinary files and nothing else: nothing that never ends, and nothing that somebody planted.

A pipe or a device may lie under any name, and in a folder in common a link under the names that
we make for ourselves.
"""

from __future__ import annotations

import errno
import os
import stat
from io import BufferedReader
from pathlib import Path

MAX_YAML_BYTES = 16 * 2**20
"""Of a brief, a list of jobs, the settings."""
MAX_TEMPLATE_BYTES = 2**17
"""Of a template: Jinja2 takes a second for each 40 kB."""
MAX_HOUSE_BYTES = 64 * 2**20
"""Of a house document: some are full of pictures."""

_UNTRANSLATED = getattr(os, "O_BINARY", 0)  # Windows
# Opening a pipe that nobody writes into would wait already.
_AT_ONCE = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | _UNTRANSLATED
_UNREADABLE = (errno.ENXIO, errno.EOPNOTSUPP)
"""What a socket answers, and a pipe that nobody reads from."""
_NO_LINK: int = getattr(os, "O_NOFOLLOW", 0)


def read_ordinary(path: Path, most: int, *, links: bool = True) -> bytes:
    """All of an ordinary file of at most `most` bytes.

    Raises `OSError` for anything else that has a name (a folder, a pipe, a device; a link, unless
    `links`), which might never end, and for a larger file; its `strerror` is for people.
    """
    with open_ordinary(path, links=links) as file:
        data = file.read(most + 1)
    if len(data) > most:
        bound = f"{most // 2**20} MB" if most >= 2**20 else f"{most // 2**10} kB"
        raise OSError(errno.EFBIG, f"it is larger than {bound}", str(path))
    return data


def open_ordinary(path: Path, *, links: bool = True) -> BufferedReader:
    """An ordinary file, to be read. Raises `OSError` as `read_ordinary` does."""
    return os.fdopen(_opened(path, os.O_RDONLY, links), "rb")


def open_own(path: Path, flags: int, mode: int) -> int:
    """A descriptor of a file that we make for ourselves under a name that can be guessed.

    `flags` as for `os.open`. Raises `OSError` for a link, a pipe and whatever else is no ordinary
    file, and for one that has a second name, under which it would change along.
    """
    descriptor = _opened(path, flags, links=False, mode=mode)
    if os.fstat(descriptor).st_nlink > 1:
        os.close(descriptor)
        raise OSError(errno.EEXIST, "it has another name elsewhere", str(path))
    return descriptor


def _opened(path: Path, flags: int, links: bool, mode: int = 0) -> int:
    if not links and not _NO_LINK and path.is_symlink():
        raise _a_link(path)
    try:
        descriptor = os.open(path, flags | _AT_ONCE | (0 if links else _NO_LINK), mode)
    except OSError as error:
        if not links and path.is_symlink():
            raise _a_link(path) from None
        if error.errno in _UNREADABLE:
            raise _no_file(path) from None
        raise
    try:
        status = os.fstat(descriptor)
        if stat.S_ISDIR(status.st_mode):
            raise OSError(errno.EISDIR, "it is a folder", str(path))
        if not stat.S_ISREG(status.st_mode):
            raise _no_file(path)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def _a_link(path: Path) -> OSError:
    return OSError(errno.ELOOP, "it is a link", str(path))


def _no_file(path: Path) -> OSError:
    return OSError(errno.EINVAL, "it is no ordinary file", str(path))
