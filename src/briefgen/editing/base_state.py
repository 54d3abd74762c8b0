"""Whether a base on disk is still what was read: a glance at names, sizes and times."""

from __future__ import annotations

import os
from pathlib import Path

from briefgen.errors import BriefgenError, Problem
from briefgen.facts.files import BaseFile, beside, list_base_files, named_in, read_bytes
from briefgen.index import Index, open_index
from briefgen.values import valueclass

State = tuple[tuple[str, int, int, int], ...]


def base_state(folder: Path) -> State:
    """What tells that a file of the base has changed: cheap, and only a hint.

    Empty where the folder cannot be read.
    """
    try:
        files = _files(folder)
    except BriefgenError:
        return ()
    found = []
    for file in files:
        try:
            status = file.path.stat()
        except OSError:
            continue
        found.append((file.name, status.st_mtime_ns, status.st_size, status.st_ino))
    return tuple(found)


def watched_paths(folder: Path) -> list[str]:
    """The files of a base and the folders in which more could appear."""
    try:
        files = _files(folder)
    except BriefgenError:
        return [str(folder)] if folder.is_dir() else []
    paths = dict.fromkeys([str(folder)])
    inside = folder / "facts"
    if inside.is_dir():
        for place, folders, _names in os.walk(inside):
            folders[:] = [name for name in folders if not name.startswith(".")]
            paths[place] = None
    paths.update(dict.fromkeys(str(file.path) for file in files))
    return list(paths)


def _files(folder: Path) -> list[BaseFile]:
    """The files of a base, and those that its base.yaml may name."""
    files, _ = list_base_files(folder)
    named = [
        beside(file, name)
        for file in files
        if file.kind == "base" and isinstance(data := read_bytes(file), bytes)
        for name in named_in(data)
    ]
    return [*files, *(file for file in named if file.path.is_file())]


@valueclass(frozen=True, slots=True)
class Reread:
    """What a base says that was read again."""

    content_key: str
    fatal: tuple[Problem, ...]
    """What keeps whole files, or the base, from being used."""
    problems: tuple[Problem, ...]


def reread(folder: Path) -> Reread:
    """Read the base in `folder` anew and keep its index, so that opening it takes no time.

    May run in another thread than what has the base open. Raises `InputError` when the folder is
    gone.
    """
    with open_index(folder) as index:
        return Reread(index.content_key, index.fatal, index.problems)


def fact_at(index: Index, problem: Problem) -> str:
    """The id of the fact in whose lines a problem lies, if the base has it; else empty."""
    origin = problem.origin
    for (name,) in index.rows("SELECT name FROM files WHERE kind = 'facts'"):
        if str(index.folder / name) == origin.path and origin.line:
            definitions = index.file_record(name).definitions
            above = [one for one in definitions if one.line <= origin.line]
            return above[-1].id if above and index.facts([above[-1].id]) else ""
    return ""
