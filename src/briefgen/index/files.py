"""What a base's files hold at this moment: their bytes and digests."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from briefgen import __version__
from briefgen.errors import BriefgenError, Problem
from briefgen.facts.files import BaseFile, beside, named_in, read_bytes
from briefgen.index.schema import FOLD_VERSION, SCHEMA_VERSION
from briefgen.shipped import shipped_markings

if TYPE_CHECKING:
    from briefgen.index.stamps import Stamps


class HeldFile(NamedTuple):
    """A file of the base and the digest of its bytes, which are held only where it is small."""

    file: BaseFile
    data: bytes | None
    """None where it could not be read, too."""
    digest: str
    size: int = 0
    """In bytes."""
    part: int | None = None
    """Which part of a file `data` are, counted from 0, where they are not all of it: `parts`."""
    lines: int = 0
    """How many lines of the file come before them."""

    def load(self) -> bytes | None:
        """Its bytes; None where it cannot be read. Raises `BaseChangedError`."""
        if self.data is not None or self.digest.startswith(_UNREADABLE):
            return self.data
        data = read_bytes(self.file)
        if isinstance(data, Problem) or hashlib.sha256(data).hexdigest() != self.digest:
            raise BaseChangedError(
                f"{self.file.shown_as} changes while it is read", hint="try again"
            )
        return data


class BaseChangedError(BriefgenError):
    """A file of a base is not what it was when the base was looked at."""


LARGE = 1_000_000
"""Bytes of a base from which on reading it anew takes longer than a moment: a third of a second."""
_UNREADABLE = "unreadable: "


def size_of(files: Iterable[BaseFile]) -> int:
    """Bytes of these files; what cannot be looked at counts nothing."""
    size = 0
    for file in files:
        with contextlib.suppress(OSError):  # whoever reads it says so
            size += file.path.stat().st_size
    return size


def hold_all(files: Sequence[BaseFile], stamps: Path) -> list[HeldFile]:
    """What the files of a base hold. Of a large base only what may have changed is read.

    `stamps`: where it is kept what files were known by.
    """
    if size_of(files) < LARGE:
        return [hold(file) for file in files]
    from briefgen.index.stamps import Stamps  # small bases do without

    known = Stamps(stamps)
    held = [hold(file) if file.kind == "base" else hold_by_stamp(file, known) for file in files]
    known.save()
    return held


def hold_by_stamp(file: BaseFile, known: Stamps) -> HeldFile:
    """A file without its bytes, which are read only where its stamp proves nothing."""
    from briefgen.index.stamps import stamp_of

    before = stamp_of(file.path)
    digest = known.digest(file.name, before)
    if digest is not None and before is not None:
        return HeldFile(file, None, digest, before.size)
    held = hold(file)
    if held.data is not None:
        known.note(file.name, before, stamp_of(file.path), held.digest)
    return held._replace(data=None)


def hold(file: BaseFile) -> HeldFile:
    """Read a file's bytes. Never raises: a file that cannot be read has a digest of its own.

    The digest of base.yaml covers the files that it may name: what it says is theirs as well.
    """
    data = read_bytes(file)
    if isinstance(data, Problem):
        return HeldFile(file, None, _UNREADABLE + data.message)
    # SHA-256 is in the processor nearly everywhere, which makes it the fastest of the strong.
    whole = hashlib.sha256(data)
    if file.kind == "base":
        for name in named_in(data):
            named = read_bytes(beside(file, name))
            said = named.message.encode() if isinstance(named, Problem) else named
            whole.update(f"\0{name}\0{len(said)}\0".encode() + said)
    return HeldFile(file, data, whole.hexdigest(), len(data))


def content_key(files: Iterable[HeldFile]) -> str:
    """One digest, in hex, for what a base says: the names and contents of its files."""
    whole = hashlib.sha256()
    for held in files:
        whole.update(f"{held.file.kind}\n{held.file.name}\n{held.digest}\n".encode())
    return whole.hexdigest()


def program_key() -> str:
    """A digest, in hex, of everything but the base that decides what its index holds.

    That is this program's version, the schema, the Unicode tables, and the size and time of the
    modules that read and index and of the shipped marking schemes, so that a changed checkout never
    trusts an older one's index.
    """
    whole = hashlib.sha256(f"{__version__} {SCHEMA_VERSION} {FOLD_VERSION}".encode())
    package = Path(__file__).resolve().parent.parent
    modules = [package / name for name in ("reading", "standards", "dates", "facts", "index")]
    for folder in (*modules, shipped_markings()):
        try:
            with os.scandir(folder) as entries:
                stamps = sorted(
                    f"{entry.name} {entry.stat().st_size} {entry.stat().st_mtime_ns}"
                    for entry in entries
                    if entry.name.endswith((".py", ".yaml"))
                )
        except OSError:  # run from a zip archive: the version must do
            continue
        whole.update("\n".join([folder.name, *stamps]).encode())
    return whole.hexdigest()
