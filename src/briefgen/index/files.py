"""What a base's files hold at this moment: their bytes and digests."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from briefgen import __version__
from briefgen.errors import Problem
from briefgen.facts.files import BaseFile, beside, named_in, read_bytes
from briefgen.index.schema import FOLD_VERSION, SCHEMA_VERSION
from briefgen.shipped import shipped_markings


class HeldFile(NamedTuple):
    """A file of the base with its bytes (None: it could not be read) and their digest."""

    file: BaseFile
    data: bytes | None
    digest: str


def hold(file: BaseFile) -> HeldFile:
    """Read a file's bytes. Never raises: a file that cannot be read has a digest of its own.

    The digest of base.yaml covers the files that it may name: what it says is theirs as well.
    """
    data = read_bytes(file)
    if isinstance(data, Problem):
        return HeldFile(file, None, f"unreadable: {data.message}")
    # SHA-256 is in the processor nearly everywhere, which makes it the fastest of the strong.
    whole = hashlib.sha256(data)
    if file.kind == "base":
        for name in named_in(data):
            named = read_bytes(beside(file, name))
            said = named.message.encode() if isinstance(named, Problem) else named
            whole.update(f"\0{name}\0{len(said)}\0".encode() + said)
    return HeldFile(file, data, whole.hexdigest())


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
