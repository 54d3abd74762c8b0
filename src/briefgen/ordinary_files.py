"""Reading what a person names: files on a disk, up to a size, and nothing that never ends."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

MAX_YAML_BYTES = 16 * 2**20
"""Of a brief, a template, a list of jobs, the settings."""
MAX_HOUSE_BYTES = 64 * 2**20
"""Of a house document: some are full of pictures."""


def read_ordinary(path: Path, most: int) -> bytes:
    """All of an ordinary file of at most `most` bytes.

    Raises `OSError` for anything else that has a name (a folder, a pipe, a device), which might
    never end, and for a larger file; its `strerror` is for people.
    """
    # Opening a pipe that nobody writes into would wait already.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags)
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if stat.S_ISDIR(status.st_mode):
            raise OSError(errno.EISDIR, "it is a folder", str(path))
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, "it is no ordinary file", str(path))
        data = file.read(most + 1)
    if len(data) > most:
        raise OSError(errno.EFBIG, f"it is larger than {most // 2**20} MB", str(path))
    return data
