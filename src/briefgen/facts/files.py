"""Which files make up a fact base, and their bytes."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from briefgen.errors import InputError, Origin, Problem, Severity, not_read_in_words
from briefgen.ordinary_files import read_ordinary
from briefgen.patterns import lazy_pattern

if TYPE_CHECKING:  # it brings YAML along, which listing and hashing files does not need
    from briefgen.facts.definitions import FileKind

MAX_FILE_BYTES = 128 * 2**20
"""Largest file read: some 200,000 facts, more than one file should ever hold."""


class BaseFile(NamedTuple):
    """A file of a fact base."""

    kind: FileKind
    name: str
    """Its path within the base, with forward slashes: `facts/energy.yaml`. Always text: bytes
    that are no UTF-8 stand as `\\xff`."""
    path: Path
    """Where to open it."""
    shown_as: str
    """How messages call it: the base's folder as given, then `name`."""


_FRAME: tuple[tuple[FileKind, Severity, str], ...] = (
    ("base", "error", "a fact base needs one: see briefgen init"),
    ("actors", "warning", "add one to name actors in facts"),
    ("sources", "error", "facts cannot cite anything: add one with references: in it"),
)


def list_base_files(folder: Path) -> tuple[tuple[BaseFile, ...], tuple[Problem, ...]]:
    """The files of the base in `folder`: base, actors, sources, facts by name, then passages.

    Also the problems of the folder itself; `fatal_of_folder` tells which of them are fatal. Files
    and folders whose name starts with a dot are passed over; no folder is entered twice, so that
    links cannot loop. Raises `InputError` when `folder` is no folder.
    """
    if not folder.is_dir():
        missing = "is not a folder" if folder.exists() else "does not exist"
        raise InputError(
            f"the fact base {str(folder)!r} {missing}",
            hint="name a folder with base.yaml in it, or make one with: briefgen init DIR",
        )
    files: list[BaseFile] = []
    problems: list[Problem] = []
    for kind, severity, then in _FRAME:
        name = f"{kind}.yaml"
        file = BaseFile(kind, name, folder / name, str(folder / name))
        if _is_there(file.path):
            files.append(file)
        else:
            problems.append(Problem(Origin(file.shown_as), severity, f"there is no {name}", then))
    found, faults = _fact_files(folder)
    problems += faults
    if not found and not any(fault.severity == "error" for fault in faults):
        problems.append(
            Problem(
                Origin(str(folder / "facts")),
                "warning",
                "the base has no facts",
                "add a file such as facts/first.yaml",
            )
        )
    passages = BaseFile(
        "passages", "passages.yaml", folder / "passages.yaml", str(folder / "passages.yaml")
    )
    last = (passages,) if _is_there(passages.path) else ()
    return (*files, *found, *last), tuple(problems)


_NAMED = lazy_pattern(rb"(?<![^\s\"'\[\]{},#])[^\s\"'\[\]{},#]+\.ya?ml", re.IGNORECASE)
_OWN_NAMES = frozenset(("base.yaml", "actors.yaml", "sources.yaml", "passages.yaml"))


def named_in(base_yaml: bytes) -> tuple[str, ...]:
    """The files that base.yaml may name: its own marking scheme, its own scale.

    Found without reading YAML, so that a base that is indexed need not be parsed to be known; a
    comment may name one as well. Sorted.
    """
    found = {match.decode("utf-8", "replace") for match in _NAMED.findall(base_yaml)}
    return tuple(sorted(found - _OWN_NAMES))


def beside(file: BaseFile, name: str) -> BaseFile:
    """The file called `name` as base.yaml, which is `file`, names it."""
    shown = name.join(file.shown_as.rsplit(file.name, 1))
    return BaseFile(file.kind, name, file.path.parent / name, shown)


def fatal_of_folder(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Those problems of `list_base_files` that stop export, facts and batch: its errors."""
    return tuple(problem for problem in problems if problem.severity == "error")


def _is_there(path: Path) -> bool:
    """Whether something is at `path`, though we may not be allowed to look at it."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        pass
    return True


def _fact_files(folder: Path) -> tuple[list[BaseFile], list[Problem]]:
    files: list[BaseFile] = []
    problems: list[Problem] = []
    pending = ["facts"] if _is_there(folder / "facts") else []
    entered: set[tuple[int, int]] = set()
    while pending:
        name = pending.pop()
        path = folder / name
        try:
            status = path.stat()
            if (status.st_dev, status.st_ino) in entered:
                continue
            entered.add((status.st_dev, status.st_ino))
            entries = sorted(child.name for child in path.iterdir())
        except OSError as error:
            problems.append(_unreadable(folder, name, "folder", error))
            continue
        for entry in entries:
            within = f"{name}/{entry}"
            if entry.startswith("."):
                continue
            if (path / entry).is_dir():
                pending.append(within)
            elif entry.endswith(".yaml"):
                name_in_base = os.fsencode(within).decode("utf-8", "backslashreplace")
                files.append(BaseFile("facts", name_in_base, path / entry, _shown(folder, within)))
            elif entry.lower().endswith((".yml", ".yaml")):
                problems.append(
                    Problem(
                        Origin(_shown(folder, within)),
                        "warning",
                        "the file is not read",
                        "end its name in .yaml",
                    )
                )
    return sorted(files, key=lambda file: file.name), problems


def read_bytes(file: BaseFile) -> bytes | Problem:
    """The bytes of a file of the base, or why it cannot be read."""
    try:
        status = file.path.stat()
        # A pipe or device could keep the reader waiting for ever.
        if not stat.S_ISREG(status.st_mode):
            what = "a folder" if stat.S_ISDIR(status.st_mode) else "no ordinary file"
            return Problem(Origin(file.shown_as), "error", f"this is {what}", "put a file there")
        if status.st_size > MAX_FILE_BYTES:
            return Problem(
                Origin(file.shown_as),
                "error",
                f"the file is larger than {MAX_FILE_BYTES // 2**20} MB",
                "split it",
            )
        return read_ordinary(file.path, MAX_FILE_BYTES)
    except OSError as error:
        return _unreadable(None, file.shown_as, "file", error)


def _unreadable(folder: Path | None, name: str, what: str, error: OSError) -> Problem:
    return Problem(
        Origin(_shown(folder, name) if folder else name),
        "error",
        *not_read_in_words(what, error),
    )


def _shown(folder: Path, name: str) -> str:
    """A path for messages; bytes that are no UTF-8 become question marks."""
    return os.fsencode(folder / name).decode("utf-8", "replace")
