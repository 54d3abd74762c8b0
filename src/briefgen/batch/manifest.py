"""What was made: `manifest.json` in the output folder, and how it stays true at every moment.

Rewriting the manifest after each of ten thousand jobs would write gigabytes, so what becomes of a
job goes into a journal beside it, a line each, and the manifest is rewritten now and then, and at
the end, when the journal goes. A line is written *before* its files are swapped in. Nothing is
believed that the files themselves do not bear out, so whatever moment a run is killed at, the
next one knows what is done: a job is done when its files have the digests that were noted.

Of messages it is the other way round: nothing bears out that one was sent, so what is written
down before counts, and is forced onto the disk before anything is handed to a server.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import math
import os
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal

from briefgen.batch.mail_record import MailRecord
from briefgen.errors import OutputError
from briefgen.files import sync_folder, write_whole
from briefgen.last_written import Fingerprint, holds
from briefgen.ordinary_files import open_own, read_ordinary
from briefgen.values import valueclass

MANIFEST_NAME = "manifest.json"
JOURNAL_NAME = ".manifest.json.journal.tmp"

REWRITE_SECONDS = 1.0
"""Least time between two rewritings of the manifest, unless one takes long: then ten times it."""

MAX_BYTES = 256 * 2**20
"""Largest manifest read: a hundred times that of ten thousand jobs."""

Status = Literal["written", "unchanged", "failed"]

_DAMAGE = (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError)
"""What reading a record raises that is not as it was written; `1e999` is no whole number."""


@valueclass(frozen=True, slots=True)
class MadeFile:
    """A file of a job: its path relative to the manifest, its SHA-256 in hex, its bytes' number."""

    path: str
    sha256: str
    size: int

    @classmethod
    def of(cls, path: str, data: bytes) -> MadeFile:
        """What a file at `path` with these bytes is."""
        return cls(path, hashlib.sha256(data).hexdigest(), len(data))

    @classmethod
    def from_json(cls, plain: Any) -> MadeFile:
        """What `as_json` said. Raises one of `_DAMAGE` for anything else."""
        return cls(str(plain["path"]), str(plain["sha256"]), int(plain["bytes"]))

    def as_json(self) -> dict[str, Any]:
        """The file as it stands in the manifest."""
        return {"path": self.path, "sha256": self.sha256, "bytes": self.size}


@valueclass(frozen=True, slots=True)
class Entry:
    """What became of a job."""

    name: str
    status: Status
    files: tuple[MadeFile, ...] = ()
    facts: int = 0
    seconds: float = 0.0
    error: str = ""
    digest: str = ""
    """Of all that the files depend on (see `digest`)."""
    inputs: str = ""
    """Of every byte that was read for it: when even these are the same, nothing need be made."""
    warnings: tuple[str, ...] = ()
    over_budget: str = ""
    content: str = ""
    """The digest of what its message says, if it is to be mailed (see `content_of`)."""

    def as_json(self) -> dict[str, Any]:
        """The entry as it stands in the manifest. `error` is null unless it failed."""
        plain: dict[str, Any] = {
            "name": self.name,
            "status": self.status,
            "files": [file.as_json() for file in self.files],
            "facts": self.facts,
            "seconds": self.seconds,
            "error": self.error or None,
        }
        if self.over_budget:
            plain["over_budget"] = self.over_budget
        if self.warnings:
            plain["warnings"] = list(self.warnings)
        if self.digest:
            plain |= {"digest": self.digest, "inputs": self.inputs}
        if self.content:
            plain["content"] = self.content
        return plain

    @classmethod
    def from_json(cls, plain: Any) -> Entry:
        """What `as_json` said. Raises one of `_DAMAGE` for anything else."""
        if plain["status"] not in ("written", "unchanged", "failed"):
            raise ValueError
        if not math.isfinite(plain["seconds"]):
            raise ValueError  # JSON has no word for it
        return cls(
            name=str(plain["name"]),
            status=plain["status"],
            files=tuple(map(MadeFile.from_json, plain["files"])),
            facts=int(plain["facts"]),
            seconds=float(plain["seconds"]),
            error=str(plain["error"] or ""),
            digest=str(plain.get("digest", "")),
            inputs=str(plain.get("inputs", "")),
            warnings=tuple(map(str, plain.get("warnings", ()))),
            over_budget=str(plain.get("over_budget", "")),
            content=str(plain.get("content", "")),
        )


class Manifest:
    """The manifest of an output folder while a run is at it.

    `names` are the run's jobs, in order; what earlier runs said of others is dropped, but not
    which of their messages were sent: a job that comes back is not mailed twice. Nor are their
    files forgotten, or those of a job that fails: whoever writes there again knows them.
    """

    def __init__(self, folder: Path, names: Iterable[str]) -> None:
        self.folder = folder
        self.path = folder / MANIFEST_NAME
        self._real_folder = Path(os.path.realpath(folder))
        self._names = tuple(names)
        earlier, self._mail, self._written = _read(folder)
        self._entries = {name: earlier[name] for name in self._names if name in earlier}
        self._journal: int | None = None
        self._next = 0.0

    @property
    def knows_all(self) -> bool:
        """Whether there is an entry for every job."""
        return len(self._entries) == len(self._names)

    def earlier(self, name: str) -> Entry | None:
        """What is known of a job and borne out by its files: they are there and as they were."""
        entry = self._entries.get(name)
        if entry is None or not entry.digest or not entry.files:
            return None
        return entry if all(is_whole(self.folder, file) for file in entry.files) else None

    def entry(self, name: str) -> Entry | None:
        """What is known of a job, whether its files bear it out or not."""
        return self._entries.get(name)

    def knows(self, target: Path) -> frozenset[Fingerprint]:
        """What batches may have written to a file in the folder."""
        made = self._written.get(target.name, ()) if target.parent == self._real_folder else ()
        return frozenset(Fingerprint(each.size, each.sha256) for each in made)

    def mail(self, name: str) -> MailRecord | None:
        """Who has a job's message, as far as is known; None if none was ever sent."""
        return self._mail.get(name)

    def announce(self, entry: Entry) -> None:
        """Write down what a job is about to become, before its files are swapped in.

        Raises `OutputError` when it cannot be written down.
        """
        self._write_down(entry.as_json())

    def record_mail(self, name: str, record: MailRecord) -> None:
        """Write down who has a job's message, so that even a power cut does not lose it.

        Raises `OutputError` when it cannot be written down.
        """
        self._write_down({"name": name, "mail": record.as_json()}, lasting=True)
        self._mail[name] = record

    def _write_down(self, plain: dict[str, Any], *, lasting: bool = False) -> None:
        line = json.dumps(plain, ensure_ascii=False, separators=(",", ":")) + "\n"
        try:
            new = self._journal is None
            if self._journal is None:
                flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
                self._journal = open_own(self.folder / JOURNAL_NAME, flags, 0o666)
                line = "\n" + line  # the line before may have been cut short
            data = line.encode("utf-8", "surrogatepass")
            if os.write(self._journal, data) != len(data):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            if lasting:
                os.fsync(self._journal)
                if new:
                    sync_folder(self.folder)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise OutputError(
                f"cannot write {self.path}: {reason}", hint="make room, or choose another place"
            ) from None

    def settle(self, entry: Entry) -> None:
        """Have the manifest say, from now on, what became of a job."""
        self._entries[entry.name] = entry
        for file in entry.files:
            self._written[file.path] = {file}

    def freshen(self) -> None:
        """Rewrite the manifest if the last time is long enough ago. Raises `OutputError`."""
        now = time.monotonic()
        if now >= self._next:
            self.write()
            taken = time.monotonic() - now
            self._next = now + taken + max(REWRITE_SECONDS, 10 * taken)

    def write(self) -> None:
        """Rewrite the manifest. Raises `OutputError`; the journal still knows then."""
        write_whole(self.path, self.as_bytes())

    def finish(self) -> None:
        """Rewrite the manifest, and let go of the journal. Raises `OutputError`; it stays then."""
        self.close()
        self.write()
        with contextlib.suppress(OSError):
            (self.folder / JOURNAL_NAME).unlink()

    def close(self) -> None:
        """Close the journal."""
        if self._journal is not None:
            os.close(self._journal)
            self._journal = None

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What is known, in the order of the jobs."""
        return tuple(self._entries[name] for name in self._names if name in self._entries)

    def as_json(self) -> dict[str, Any]:
        """The manifest: `{"format": 1, "jobs": [...]}`, and `mailed` and `earlier` for jobs of
        other runs.
        """
        plain: dict[str, Any] = {"format": 1, "jobs": [*map(self._job, self.entries)]}
        return plain | {key: records for key, records in self._of_others() if records}

    def as_bytes(self) -> bytes:
        """The manifest as its file holds it: a job a line, so that two can be compared by eye."""
        jobs = _lines([*map(self._job, self.entries)])
        more = "".join(
            f', "{key}": {_lines(records)}' for key, records in self._of_others() if records
        )
        return f'{{"format": 1, "jobs": {jobs}{more}}}\n'.encode("utf-8", "surrogatepass")

    def _job(self, entry: Entry) -> dict[str, Any]:
        record = self._mail.get(entry.name)
        plain = entry.as_json()
        return plain | {"mail": record.as_json()} if record is not None else plain

    def _of_others(self) -> list[tuple[str, list[dict[str, Any]]]]:
        """The mail of jobs that there is no entry for, and the files that no entry has."""
        mailed = [
            {"name": name, "mail": record.as_json()}
            for name, record in sorted(self._mail.items())
            if name not in self._entries
        ]
        own = {file.path for entry in self._entries.values() for file in entry.files}
        earlier = [
            file.as_json()
            for path, made in sorted(self._written.items())
            if path not in own
            for file in sorted(made, key=lambda file: file.sha256)
        ]
        return [("mailed", mailed), ("earlier", earlier)]


def _lines(records: list[dict[str, Any]]) -> str:
    lines = [json.dumps(each, ensure_ascii=False, separators=(", ", ": ")) for each in records]
    return "[\n" + ",\n".join(lines) + "\n]" if lines else "[]"


def read_entries(folder: Path) -> Mapping[str, Entry]:
    """What the manifest and its journal in `folder` know of jobs, by name; the last word counts.

    Raises `OutputError` for a file of the manifest's name that is something else: it is not ours
    to replace. A journal's lines that were cut short are as if they were not there.
    """
    return _read(folder)[0]


_Files = dict[str, set[MadeFile]]
"""By path: what was made there. Two, where a run ended between noting a file and writing it."""


def _read(folder: Path) -> tuple[dict[str, Entry], dict[str, MailRecord], _Files]:
    """`read_entries`, who has which job's message, and what was made."""
    entries: dict[str, Entry] = {}
    mail: dict[str, MailRecord] = {}
    written: _Files = {}

    def take(plain: Any) -> None:
        if "mail" in plain:
            mail[str(plain["name"])] = MailRecord.from_json(plain["mail"])
        if "status" in plain or "mail" not in plain:
            entry = Entry.from_json(plain)
            entries[entry.name] = entry
            for file in entry.files:
                written.setdefault(file.path, set()).add(file)

    path = folder / MANIFEST_NAME
    data = _bytes_of(path)
    if data is not None:
        try:
            whole = json.loads(data)
            if whole["format"] != 1:
                raise ValueError
            for plain in (*whole["jobs"], *whole.get("mailed", ())):
                take(plain)
            for plain in whole.get("earlier", ()):
                file = MadeFile.from_json(plain)
                written.setdefault(file.path, set()).add(file)
        except _DAMAGE:
            raise OutputError(
                f"{path} is no manifest of a batch, and would be overwritten",
                hint="move it away, or choose another folder with --out",
            ) from None
    for line in (_bytes_of(folder / JOURNAL_NAME, links=False) or b"").split(b"\n"):
        with contextlib.suppress(*_DAMAGE):
            take(json.loads(line))
    return entries, mail, written


def is_whole(folder: Path, file: MadeFile) -> bool:
    """Whether a file of the manifest is there with the bytes that it had."""
    if Path(file.path).name != file.path:  # a manifest that was tampered with
        return False
    return holds(folder / file.path, frozenset([Fingerprint(file.size, file.sha256)]))


def _bytes_of(path: Path, *, links: bool = True) -> bytes | None:
    try:
        return read_ordinary(path, MAX_BYTES, links=links)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise OutputError(
            f"cannot read {path}: {(error.strerror or str(error)).lower()}",
            hint="move it away, or choose another folder with --out",
        ) from None
