"""What somebody with a folder in common can leave under a name that we are about to use."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

THEIRS = b"What nobody may touch.\n"

Plant = Callable[[Path, Path], None]
"""Leaves something at a path; the other one is a folder of the person's own."""


def _socket(place: Path, own: Path) -> None:
    with socket.socket(socket.AF_UNIX) as bound, contextlib.chdir(place.parent):
        bound.bind("s")  # short: the name of a socket has a hundred bytes with its folders
        Path("s").rename(place.name)


def _read_only(place: Path, own: Path) -> None:
    place.write_bytes(THEIRS)
    place.chmod(0o400)


PLANTS: dict[str, Plant] = {
    "pipe": lambda place, own: os.mkfifo(place),
    "folder": lambda place, own: place.mkdir(),
    "full folder": lambda place, own: (place / "full").mkdir(parents=True),
    "socket": _socket,
    "read-only": _read_only,
    "link to a file": lambda place, own: place.symlink_to(own / "precious"),
    "link to nothing": lambda place, own: place.symlink_to(own / "new"),
    "link to a pipe": lambda place, own: place.symlink_to(own / "pipe"),
    "link to itself": lambda place, own: place.symlink_to(place),
    "second name of a file": lambda place, own: os.link(own / "precious", place),
}
LINKS_ASTRAY = ("link to a file", "link to nothing")


def make_own(own: Path) -> None:
    """A folder of the person's own, with what plants point at."""
    own.mkdir()
    (own / "precious").write_bytes(THEIRS)
    os.mkfifo(own / "pipe")


def untouched(own: Path) -> bool:
    """Whether it is as `make_own` made it."""
    names = sorted(path.name for path in own.iterdir())
    return names == ["pipe", "precious"] and (own / "precious").read_bytes() == THEIRS


class HangsError(BaseException):
    """Something waited for what will never come."""


@contextlib.contextmanager
def soon(seconds: float) -> Iterator[None]:
    """Raise `HangsError` where it takes longer."""

    def hangs(number: int, frame: object) -> None:
        raise HangsError

    before = signal.signal(signal.SIGALRM, hangs)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
