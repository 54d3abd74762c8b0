"""Changes to several files of a base: tried one after the other, written together or not at all."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from briefgen.errors import InputError, OutputError
from briefgen.facts.formats import ACTOR, FACT, PASSAGE, SOURCE
from briefgen.files import write_all_whole
from briefgen.locks import alone
from briefgen.reading.shapes import Report
from briefgen.values import valueclass
from briefgen.writing.entries import bytes_of, entries_in, entry_in, key_above
from briefgen.writing.nodes import as_node
from briefgen.writing.splice import (
    Entry,
    append_entries,
    remove_entry,
    replace_entries,
    replace_entry,
)

LOCK_NAME = ".briefgen.lock"
"""In a base's folder, while somebody writes there."""


@valueclass(frozen=True, slots=True)
class Change:
    """A change to a file that has been tried."""

    path: Path
    before: bytes | None
    """What the file held when it was read; None when there was none."""
    after: bytes


class Plan:
    """Changes to files, each made on what the ones before it would leave there.

    Every step raises `InputError` for what cannot be done or would be faulty; then the plan is as
    it was before the step, and nothing is written before `write`.
    """

    def __init__(self) -> None:
        self._before: dict[Path, bytes | None] = {}
        self._after: dict[Path, bytes] = {}

    def add(self, path: Path, entries: Sequence[Entry]) -> None:
        """Add entries at the end of a file, which is made if it is not there."""
        path = self._known(path)
        after = append_entries(self._now(path), entries, under=key_above(path), name=str(path))
        _refuse_faulty(path, entries)
        self._after[path] = after

    def put(self, path: Path, data: bytes) -> None:
        """A new file that is no YAML of the base, such as a saved copy."""
        if path in self._before or os.path.lexists(path):
            raise InputError(f"{path} is there already", hint="give it another name")
        self._before[path] = None
        self._after[path] = data

    def amend(
        self,
        path: Path,
        id_: str,
        changes: Mapping[str, Any],
        *,
        seen: Mapping[str, Any] | None = None,
        line: int | None = None,
    ) -> None:
        """Give keys of the entry called `id_` other values; None takes a key away.

        All other keys stay, whatever they say. `seen` is the entry that the person saw: a key of
        `changes` that says something else in the file by now is refused, not overwritten. `line` is
        as in `entry_in`.
        """
        path = self._known(path)
        data = self._now(path)
        under = key_above(path)
        there = entry_in(data, id_, under=under, name=str(path), line=line)
        for key in changes if seen is not None else ():
            assert seen is not None
            if there.get(key) != seen.get(key):
                raise InputError(
                    f"{key} of {id_!r} has been changed in {path} in the meantime",
                    hint="open it again to see what it says now",
                )
        entry = {key: value for key, value in {**there, **changes}.items() if value is not None}
        after = replace_entry(data, id_, entry, under=under, name=str(path), line=line)
        _refuse_faulty(path, [entry])
        self._after[path] = after

    def amend_all(self, path: Path, changes: Mapping[str, Mapping[str, Any]]) -> None:
        """Give keys of several entries of a file other values, by id: as `amend`, in one go."""
        path = self._known(path)
        data = self._now(path)
        under = key_above(path)
        there = entries_in(data, changes, under=under, name=str(path))
        entries = {
            id_: {key: value for key, value in {**there[id_], **own}.items() if value is not None}
            for id_, own in changes.items()
        }
        after = replace_entries(data, entries, under=under, name=str(path))
        _refuse_faulty(path, list(entries.values()))
        self._after[path] = after

    def remove(self, path: Path, id_: str, *, line: int | None = None) -> None:
        """Take an entry out of a file. Whoever calls has made sure that nothing names it.

        `line` is as in `entry_in`.
        """
        path = self._known(path)
        self._after[path] = remove_entry(
            self._now(path), id_, under=key_above(path), name=str(path), line=line
        )

    def now(self, path: Path) -> bytes:
        """What a file would hold."""
        return self._now(self._known(path))

    def rewrite(self, path: Path, data: bytes) -> None:
        """Let a file hold `data`, which whoever calls has made of `now`, and looked at."""
        path = self._known(path)
        self._now(path)
        self._after[path] = data

    def entry(self, path: Path, id_: str, *, line: int | None = None) -> dict[str, Any]:
        """What the entry called `id_` would say."""
        path = self._known(path)
        data = self._now(path)
        return entry_in(data, id_, under=key_above(path), name=str(path), line=line)

    @property
    def changes(self) -> tuple[Change, ...]:
        """What would be written: the files that would say something else."""
        return tuple(
            Change(path, self._before[path], after)
            for path, after in self._after.items()
            if after != self._before[path]
        )

    def write(self) -> Written:
        """Write every file, or none.

        Raises `InputError` when one has changed since it was read, `OutputError` when one cannot
        be written; all old files stay then.
        """
        changes = self.changes
        with bases_alone(self._before) as warning:
            for path, before in self._before.items():
                if bytes_of(path) != before:
                    raise InputError(
                        f"{path} has changed in the meantime, nothing was written",
                        hint="try again",
                    )
            write_all_whole({change.path: change.after for change in changes})
        return Written(changes, warning)

    def _known(self, path: Path) -> Path:
        """The name by which the same file is known already: links lead to one and the same."""
        if path in self._before:
            return path
        target = os.path.realpath(path)
        return next((one for one in self._before if os.path.realpath(one) == target), path)

    def _now(self, path: Path) -> bytes:
        if path not in self._before:
            self._before[path] = bytes_of(path)
        return self._after.get(path, self._before[path]) or b""


@valueclass(frozen=True, slots=True)
class Written:
    """Changes that were written, and how to take them back."""

    changes: tuple[Change, ...]
    warning: str = ""
    """That nobody could be kept from writing at the same moment, and why; empty where they were."""

    def take_back(self) -> None:
        """Put every file back as it was; a file that was new is gone again.

        Raises `InputError`, and does nothing, when one of them says something else by now.
        """
        with bases_alone(change.path for change in self.changes):
            for change in self.changes:
                if bytes_of(change.path) != change.after:
                    raise InputError(
                        f"{change.path} has changed since, nothing was taken back",
                        hint="edit the file itself",
                    )
            write_all_whole(
                {change.path: change.before for change in self.changes if change.before is not None}
            )
            for change in self.changes:
                if change.before is None:
                    _remove(change.path)


def _remove(path: Path) -> None:
    try:
        path.unlink()
    except OSError as error:
        raise OutputError(
            f"cannot remove {path}: {error.strerror or error}", hint="remove it yourself"
        ) from None


@contextlib.contextmanager
def bases_alone(paths: Iterable[Path]) -> Iterator[str]:
    """Be the only one who writes into the bases that these files are of, for the moment.

    Nobody then reads, compares and replaces what somebody else is about to replace. What it gives
    is empty, or says why nobody is kept away. Raises `OutputError` as `locks.alone` does.
    """
    with contextlib.ExitStack() as held:
        reasons = []
        for folder in sorted({_base_of(path) for path in paths}):  # in one order, or two wait
            why = held.enter_context(alone(folder / LOCK_NAME))
            if why:
                reasons.append(
                    f"others could not be kept from writing into {folder} meanwhile ({why})"
                )
        yield "; ".join(reasons)


def _base_of(path: Path) -> Path:
    """The folder of the base that a file is of: the nearest with a base.yaml."""
    folder = Path(os.path.realpath(path)).parent
    return next(
        (each for each in (folder, *folder.parents) if (each / "base.yaml").is_file()), folder
    )


def _refuse_faulty(path: Path, entries: Sequence[Entry]) -> None:
    """Read the entries by the shapes that files of the base are read by.

    The splice has made sure already that they stand in the file as they were handed in.
    """
    shape = {"sources.yaml": SOURCE, "actors.yaml": ACTOR, "passages.yaml": PASSAGE}.get(
        path.name, FACT
    )
    for entry in entries:
        report = Report(str(path))
        shape.read(as_node(entry), report)
        errors = [problem for problem in report.problems if problem.severity == "error"]
        if errors:
            raise InputError(
                f"{path}: the entry {entry.get('id')!r} would be faulty: {errors[0].message}",
                hint=errors[0].hint,
            )
