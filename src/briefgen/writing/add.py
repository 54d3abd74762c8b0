"""Entries written into the files of a fact base: read, spliced, read again, swapped in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefgen.errors import InputError, Problem
from briefgen.facts.files import BaseFile, read_bytes
from briefgen.facts.formats import ACTOR, FACT, SOURCE
from briefgen.files import write_whole
from briefgen.reading.shapes import Report
from briefgen.writing.nodes import as_node
from briefgen.writing.splice import append_entries, replace_entry

Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """A change to a file that has been tried, but not written."""

    path: Path
    before: bytes | None
    """What the file held when it was read; None when there was none."""
    after: bytes

    def write(self) -> None:
        """Write the file whole.

        Raises `InputError` when it has changed since it was read, `OutputError` when it cannot be
        written; the old file stays.
        """
        if bytes_of(self.path) != self.before:
            raise InputError(
                f"{self.path} has changed in the meantime, nothing was written",
                hint="try again",
            )
        if self.after != self.before:
            write_whole(self.path, self.after)


def add_to_file(path: Path, entries: Sequence[Entry], *, under: str = "") -> None:
    """Add entries at the end of a file of a fact base; it is made if it is not there.

    `under` is `references` for a sources.yaml and empty for files of facts and actors. All other
    bytes stay. Raises `InputError` when the file cannot be parsed, has one of the ids already,
    has changed in the meantime, or when an entry would be faulty there; `OutputError` when it
    cannot be written. The old file stays then.
    """
    plan_to_add(path, entries, under=under).write()


def replace_in_file(path: Path, id_: str, entry: Entry, *, under: str = "") -> None:
    """Make the entry called `id_` say what `entry` says; errors as in `add_to_file`."""
    plan_to_replace(path, id_, entry, under=under).write()


def plan_to_add(path: Path, entries: Sequence[Entry], *, under: str = "") -> Change:
    """What `add_to_file` would write."""
    before = bytes_of(path)
    after = append_entries(before or b"", entries, under=under, name=str(path))
    refuse_faulty(path, entries, under)
    return Change(path, before, after)


def plan_to_replace(path: Path, id_: str, entry: Entry, *, under: str = "") -> Change:
    """What `replace_in_file` would write."""
    before = bytes_of(path)
    after = replace_entry(before or b"", id_, entry, under=under, name=str(path))
    refuse_faulty(path, [entry], under)
    return Change(path, before, after)


def bytes_of(path: Path) -> bytes | None:
    """What a file holds, None when there is none."""
    if not path.exists() and not path.is_symlink():
        return None
    data = read_bytes(BaseFile("facts", path.name, path, str(path)))
    if isinstance(data, Problem):
        raise InputError.from_problems([data])
    return data


def refuse_faulty(path: Path, entries: Sequence[Entry], under: str) -> None:
    """Read the entries by the shapes that files of the base are read by.

    The splice has made sure already that they stand in the file as they were handed in.
    """
    shape = SOURCE if under else ACTOR if path.name == "actors.yaml" else FACT
    for entry in entries:
        report = Report(str(path))
        shape.read(as_node(entry), report)
        errors = [problem for problem in report.problems if problem.severity == "error"]
        if errors:
            raise InputError(
                f"{path}: the entry {entry.get('id')!r} would be faulty: {errors[0].message}",
                hint=errors[0].hint,
            )
