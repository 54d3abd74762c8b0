"""A whole fact base copied, to be kept by the person as their own."""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path

from briefgen.errors import OutputError
from briefgen.files import refuse_taken


def copy_base(base: Path, folder: Path) -> Path:
    """Copy everything in `base` to `folder`, which must be new or empty; what comes back is it.

    What its names start with a dot stays behind. The copy appears whole or not at all. Raises
    `OutputError`.
    """
    folder = folder.expanduser().absolute()
    source = base.resolve()
    if folder.resolve() == source or source in folder.resolve().parents:
        raise OutputError(
            f"{folder} lies in the base itself", hint="choose a folder somewhere else"
        )
    refuse_taken(folder, "choose a new or empty folder")
    beside = folder.with_name(f".{folder.name}.briefgen-{os.getpid():016x}.tmp")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(beside, ignore_errors=True)  # left behind by a copy that was cut off
        shutil.copytree(
            source, beside, ignore=shutil.ignore_patterns(".*"), copy_function=_copy_file
        )
        if folder.is_dir():
            folder.rmdir()
        beside.replace(folder)
    except (OSError, shutil.Error) as error:
        with contextlib.suppress(OSError):
            shutil.rmtree(beside, ignore_errors=True)
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise OutputError(
            f"cannot copy the base to {folder} ({reason})", hint="choose another folder"
        ) from None
    return folder


def _copy_file(source: str, target: str) -> None:
    """The bytes alone: a copy of a read-only file may be written."""
    shutil.copyfile(source, target)
