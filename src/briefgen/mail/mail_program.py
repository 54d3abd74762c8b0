"""A draft handed over to the person's own mail program, which opens it ready to send.

Every system opens a file with the program that is meant for its kind: an .eml goes to the mail
program, with both bodies and all attachments. (`xdg-email` and `mailto:` carry neither HTML nor,
in many programs, files.) Where no program is meant for it, its folder is opened instead.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from briefgen.errors import OutputError
from briefgen.ordinary_files import open_own

HandedOver = Literal["program", "folder", "nowhere"]
"""Where the draft was opened: in the mail program, as a file in its folder, or not at all."""

Launch = Callable[[Sequence[str]], tuple[int | None, str]]
"""Starts a program; gives its exit status (None: it still runs) and what it printed."""

KEPT_SECONDS = 7 * 24 * 3600
"""How long a draft lies in the cache: the mail program may read it again until it is sent."""

_STARTED_SECONDS = 10


def keep_draft(data: bytes, name: str, folder: Path, *, now: float) -> Path:
    """Write a draft where only this person can read it; older drafts there are removed.

    Its folder is named after its contents, so that a draft which is still open is never changed.
    `now` is seconds since 1970. Raises `OutputError`.
    """
    place = folder / hashlib.sha256(data).hexdigest()[:16]
    path = place / name
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        _remove_old(folder, now - KEPT_SECONDS)
        place.mkdir(mode=0o700, exist_ok=True)
        with os.fdopen(open_own(path, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
            file.write(data)
            file.truncate()
    except OSError as error:
        raise OutputError(
            f"cannot keep the draft in {folder}: {error.strerror or error}",
            hint="write it to a place of your own with --draft OUT.eml",
        ) from None
    return path


def hand_over(
    path: Path,
    *,
    system: str = sys.platform,
    environment: Mapping[str, str] = os.environ,
    launch: Launch | None = None,
    startfile: Callable[[str], Any] | None = None,
) -> HandedOver:
    """Open the draft at `path`. Never raises: what comes back says how far it got."""
    launch = launch or _launch
    if system == "win32":
        start: Any = startfile or getattr(os, "startfile", None)
        with contextlib.suppress(OSError, TypeError):
            start(str(path))
            return "program"
        return _folder(launch, ["explorer", f"/select,{path}"], any_status=True)
    if system == "darwin":
        if _well(launch, ["open", str(path)]):
            return "program"
        return _folder(launch, ["open", "-R", str(path)])
    if not (environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")):
        return "nowhere"
    # Without a program for mail, xdg-open would show the file in an editor or a browser.
    status, program = _said(launch, ["xdg-mime", "query", "default", "message/rfc822"])
    if status == 0 and program.strip() and _well(launch, ["xdg-open", str(path)]):
        return "program"
    return _folder(launch, ["xdg-open", str(path.parent)])


def _folder(launch: Launch, command: Sequence[str], *, any_status: bool = False) -> HandedOver:
    status, _ = _said(launch, command)
    return "folder" if status in (0, None) or (any_status and status != -1) else "nowhere"


def _well(launch: Launch, command: Sequence[str]) -> bool:
    return _said(launch, command)[0] in (0, None)


def _said(launch: Launch, command: Sequence[str]) -> tuple[int | None, str]:
    """Exit status and output; -1 for a program that is not there."""
    try:
        return launch(command)
    except OSError:
        return -1, ""


def _launch(command: Sequence[str]) -> tuple[int | None, str]:
    # What it prints goes to a file: a pipe would break under a program that outlives us.
    with tempfile.TemporaryFile() as printed:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=printed,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C here does not close the mail program
        )
        try:
            status = process.wait(_STARTED_SECONDS)
        except subprocess.TimeoutExpired:  # the program itself, and it is open
            process.returncode = 0  # nobody waits for it
            return None, ""
        printed.seek(0)
        return status, printed.read().decode("utf-8", "replace")


def _remove_old(folder: Path, before: float) -> None:
    for place in folder.iterdir():
        with contextlib.suppress(OSError):
            if place.is_dir() and not place.is_symlink() and place.stat().st_mtime < before:
                shutil.rmtree(place, ignore_errors=True)
