"""The folder that inputs are read in, and how what is named lies there."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from fuzz.mutators import Case, Lies

ODD_NAMES = (
    "~no-one-here{}",
    "a b'\"{}",
    "a\nb{}",
    "{{x}}{}",
    "é\u202e{}",
    "-x{}",
    "%s%n{}",
    "\udcff{}",
    "x" * 200 + "{}",
)


_SET_UP = {
    "LUA_INIT": "error('a set-up of theirs')", "LUA_PATH": "/nowhere/?.lua", "LC_ALL": "C", "TZ": "Pacific/Kiritimati",
    "COLUMNS": "1", "PYTHONSTARTUP": "/nowhere/x.py", "PAGER": "false", "EDITOR": "false", "BROWSER": "false",
}  # fmt: skip
"""What a person may have set up for other programs, and readers and what they start must not mind."""


class Room:
    """Folders of one worker: inputs in `work`, all else that briefgen may write in its own."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.work, self.tmp, self.cache, self.state = (root / name for name in ("work", "tmp", "cache", "state"))  # fmt: skip
        for folder in (self.work, self.tmp, self.cache, self.state, root / "home", root / "config"):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    @property
    def environment(self) -> dict[str, str]:
        """What keeps a process within the room."""
        said = {
            "HOME": self.root / "home", "TMPDIR": self.tmp, "BRIEFGEN_CACHE": self.cache,
            "XDG_STATE_HOME": self.state, "XDG_CONFIG_HOME": self.root / "config",
            "XDG_CACHE_HOME": self.root / "home",
        }  # fmt: skip
        return {**_SET_UP, **{name: str(place) for name, place in said.items()}}

    def empty(self) -> None:
        """Make the room what it was when it was new."""
        for folder in (self.work, self.tmp, self.cache, self.state, self.root / "config"):
            shutil.rmtree(folder)
            folder.mkdir(mode=0o700)


@dataclass
class Given:
    """An input as it is handed to a reader."""

    case: Case
    path: Path
    room: Room

    @property
    def data(self) -> bytes:
        """Its bytes."""
        return self.case.data

    @property
    def folder(self) -> Path:
        """Where it lies, with what belongs to it."""
        return self.room.work


def laid(case: Case, file: str, number: int, room: Room) -> Given:
    """The input under the name `file`, or otherwise where it lies otherwise."""
    path = room.work / file
    make: dict[Lies, Callable[[], object]] = {
        "pipe": lambda: os.mkfifo(path),
        "device": lambda: path.symlink_to("/dev/zero"),
        "folder": path.mkdir,
        "missing": lambda: None,
        "circle": lambda: path.symlink_to(path.name),
        "closed": lambda: (path.write_bytes(case.data), path.chmod(0)),
    }
    if case.lies in make:
        make[case.lies]()
        return Given(case, path, room)
    if case.lies in ("home", "odd name"):
        name = ODD_NAMES[0] if case.lies == "home" else ODD_NAMES[1 + number % (len(ODD_NAMES) - 1)]
        path = path.with_name(name.format("." + path.name.split(".", 1)[-1]))
        path.write_bytes(case.data)
        return Given(case, path.relative_to(room.work) if case.lies == "home" else path, room)
    path.write_bytes(case.data)
    return Given(case, path, room)


def lying_in(folder: Path) -> frozenset[str]:
    """Names of all that lies in a folder and below."""
    found = []
    pending = [str(folder)]
    while pending:
        with os.scandir(pending.pop()) as entries:
            for entry in entries:
                found.append(entry.path)
                if entry.is_dir(follow_symlinks=False):
                    pending.append(entry.path)
    return frozenset(found)
