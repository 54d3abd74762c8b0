"""The person's folders: what is kept for speed, and what they chose.

On Linux these are worked out here, as platformdirs does it, without the time that importing it
takes; elsewhere platformdirs says.
"""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

from briefgen.ordinary_files import open_own


def at_home(path: str | os.PathLike[str]) -> Path:
    """The path with `~` at its start as the person's home.

    What no user is called stays as it is: `~2023` can be the name of a file.
    """
    return Path(os.path.expanduser(path))  # noqa: PTH111 - pathlib's raises for a name like that


def cache_folder() -> Path:
    """What can be lost: `BRIEFGEN_CACHE`, else the user's cache folder for briefgen.

    What lies there is believed: where others could put something into it, nothing is kept.
    """
    return _NOWHERE if untrusted_cache() else _caches()


def untrusted_cache() -> str:
    """Why the cache folder is not used; empty where it is."""
    folder = _caches()
    try:
        status = folder.stat()
    except (OSError, ValueError):
        return ""  # whoever writes there says so
    if os.name != "posix" or not stat.S_ISDIR(status.st_mode):
        return ""
    if status.st_uid not in (os.getuid(), 0):
        return f"the cache folder {folder} is somebody else's"
    return f"others can write into the cache folder {folder}" if status.st_mode & 0o022 else ""


_NOWHERE = Path(os.devnull, "briefgen")
"""Where nothing can be kept."""


def config_folder() -> Path:
    """What the person keeps: their settings and templates. It need not exist."""
    return _users("XDG_CONFIG_HOME", ".config", "user_config_dir")


def log_folder() -> Path:
    """Where faults of our own are written down."""
    return _users("XDG_STATE_HOME", ".local/state", "user_log_dir")


def write_to_log(text: str) -> Path:
    """Add `text` to the log of faults; what comes back is the log's path. Raises `OSError`."""
    log = log_folder() / "faults.log"
    make_private(log.parent)
    descriptor = open_own(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, PRIVATE)
    with os.fdopen(descriptor, "a", encoding="utf-8", errors="backslashreplace") as file:
        file.write(text)
    return log


def recovery_folder() -> Path:
    """Where the app keeps what is not saved yet, until it is."""
    return _users("XDG_STATE_HOME", ".local/state", "user_state_dir") / "recovery"


def written_folder() -> Path:
    """Where it stands what was last written where."""
    return recovery_folder().with_name("written")


PRIVATE = 0o600
"""The permissions of what is kept for one person: facts, names of files, what was typed."""


def make_private(folder: Path) -> None:
    """Make a folder that nobody else can look into, and those above it that are missing.

    Where briefgen's own folder was open to others, it is closed to them; not one that
    `BRIEFGEN_CACHE` names, which is theirs to open. Raises `OSError`.
    """
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir(mode=0o700, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)  # says what is wrong with one that is a file
    if os.name != "posix":
        return  # on Windows the profile's folder is closed to others
    chosen = os.environ.get("BRIEFGEN_CACHE")
    caches = set() if chosen else {_caches()}
    for own in {*caches, recovery_folder().parent, log_folder().parent}:
        if folder == own or own in folder.parents:
            status = own.stat()
            if status.st_mode & 0o077 and status.st_uid == os.getuid():
                own.chmod(0o700)


def _caches() -> Path:
    chosen = os.environ.get("BRIEFGEN_CACHE")
    if chosen:
        return at_home(chosen)
    return _users("XDG_CACHE_HOME", ".cache", "user_cache_dir")


def _users(variable: str, below_home: str, function: str) -> Path:
    if sys.platform == "linux" and "ANDROID_DATA" not in os.environ:
        # XDG Base Directory 0.8: a path that is not absolute is ignored.
        said = os.environ.get(variable, "").strip()
        try:
            place = Path(said) if said.startswith("/") else Path.home() / below_home
        except RuntimeError:  # a user without a home: nothing is kept there
            return _NOWHERE
        return place / "briefgen" / ("log" if function == "user_log_dir" else "")
    import platformdirs

    return Path(getattr(platformdirs, function)("briefgen", appauthor=False))
