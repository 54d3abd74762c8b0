"""Which version of the program this is, told from its own files."""

from __future__ import annotations

import contextlib
import functools
import hashlib
from pathlib import Path

from briefgen import __version__

_OWN = (".py", ".lua")


@functools.cache
def program_key() -> str:
    """A digest, in hex, of the version and of every module: equal where the same program runs.

    Contents count, not dates, so that two installations of one version are the same program.
    """
    whole = hashlib.sha256(__version__.encode())
    package = Path(__file__).resolve().parent.parent
    with contextlib.suppress(OSError):  # run from a zip archive: the version must do
        files = [path for path in package.rglob("*") if path.suffix in _OWN]
        for path in sorted(files, key=lambda path: path.relative_to(package).as_posix()):
            name = path.relative_to(package).as_posix()
            if not name.startswith("shipped_files/"):
                data = path.read_bytes()
                whole.update(f"{name}\n{len(data)}\n".encode() + data)
    return whole.hexdigest()


def maker_key() -> str:
    """`program_key` and which Pandoc there is: what the same job is made the same by."""
    from briefgen.cite.pandoc import CiteprocError, find_pandoc, pandoc_stamp

    pandoc = ""
    with contextlib.suppress(CiteprocError):
        pandoc = pandoc_stamp(find_pandoc()).partition("-")[0]
    return hashlib.sha256(f"{program_key()} {pandoc}".encode()).hexdigest()
