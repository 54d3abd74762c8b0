"""The file that refused rows of a table are written to."""

from __future__ import annotations

import os
from pathlib import Path

from briefgen.errors import UsageError
from briefgen.facts.tables.rejects import FORMATS, RejectsFormat
from briefgen.files import writable_target
from briefgen.keeping import Replaced, write_kept


def rejects_format(path: Path, table: Path, base: Path) -> RejectsFormat:
    """The format of a file for the refused rows of `table`, by its name.

    Raises `UsageError` for a name of another kind, for the table itself and for files of the base,
    `OutputError` where nothing can be written.
    """
    format_ = next((each for each in FORMATS if path.suffix.lower() == f".{each}"), None)
    if format_ is None:
        raise UsageError(
            f"--rejects: {str(path)!r} is no table's name",
            hint=f"end it in {', '.join(f'.{each}' for each in FORMATS)}",
        )
    real = Path(os.path.realpath(path))
    if real == Path(os.path.realpath(table)):
        raise UsageError(
            f"--rejects: {str(path)!r} is the table itself", hint="give the rows another name"
        )
    if real.is_relative_to(os.path.realpath(base / "facts")):
        raise UsageError(f"--rejects: {str(path)!r} is in the base", hint="name another folder")
    writable_target(path)
    return format_


def write_rejects(path: Path, data: bytes) -> Replaced:
    """Write them; what somebody else wrote there, or mended, is kept beside.

    Raises `OutputError`.
    """
    return write_kept({path: data})
