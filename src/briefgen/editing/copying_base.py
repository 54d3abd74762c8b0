"""A whole fact base copied, to be kept by the person as their own."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Callable
from pathlib import Path

from briefgen.errors import OutputError
from briefgen.files import folder_made_whole, refuse_taken
from briefgen.folders import at_home

ARCHIVE = "archive"
"""The folder of a base with the saved copies of its sources."""
_ISSUED = "issued"
"""The register of what was issued from a base: it is that base's own."""


def copy_base(
    base: Path,
    folder: Path,
    *,
    archive: bool = True,
    step: Callable[[str], None] = lambda name: None,
) -> Path:
    """Copy the files of `base` to `folder`, which must be new or empty; what comes back is it.

    Without `archive` the saved copies of sources stay behind; so does always what its names start
    with a dot, and the register of issues. `step` hears each file's name, and may raise to stop.
    The copy appears whole or not at all. Raises `OutputError`.
    """
    folder = at_home(folder).absolute()
    source = base.resolve()
    if folder.resolve() == source or source in folder.resolve().parents:
        raise OutputError(
            f"{folder} lies in the base itself", hint="choose a folder somewhere else"
        )
    refuse_taken(folder, "choose a new or empty folder")
    left_out = {_ISSUED} if archive else {_ISSUED, ARCHIVE}

    def ignored(place: str, names: list[str]) -> list[str]:
        top = Path(place) == source
        return [name for name in names if name.startswith(".") or (top and name in left_out)]

    def copy_file(name: str, target: str) -> None:
        step(Path(name).name)
        # The bytes alone: a copy of a read-only file may be written.
        shutil.copyfile(name, target)

    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with folder_made_whole(folder) as beside:
            shutil.copytree(
                source, beside, ignore=ignored, copy_function=copy_file, dirs_exist_ok=True
            )
            for place in (beside, *beside.rglob("*/")):  # so may that of a folder
                place.chmod(place.stat().st_mode | stat.S_IRWXU)
            if folder.is_dir():
                folder.rmdir()
            beside.replace(folder)
    except (OSError, shutil.Error) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise OutputError(
            f"cannot copy the base to {folder} ({reason})", hint="choose another folder"
        ) from None
    return folder
