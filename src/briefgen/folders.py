"""The person's folders: what is kept for speed, and what they chose.

On Linux these are worked out here, as platformdirs does it, without the time that importing it
takes; elsewhere platformdirs says.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path


def at_home(path: str | os.PathLike[str]) -> Path:
    """The path with `~` at its start as the person's home.

    What no user is called stays as it is: `~2023` can be the name of a file.
    """
    return Path(os.path.expanduser(path))  # noqa: PTH111 - pathlib's raises for a name like that


def cache_folder() -> Path:
    """What can be lost: `BRIEFGEN_CACHE`, else the user's cache folder for briefgen."""
    chosen = os.environ.get("BRIEFGEN_CACHE")
    if chosen:
        return at_home(chosen)
    return _users("XDG_CACHE_HOME", ".cache", "user_cache_dir")


def config_folder() -> Path:
    """What the person keeps: their settings and templates. It need not exist."""
    return _users("XDG_CONFIG_HOME", ".config", "user_config_dir")


def log_folder() -> Path:
    """Where faults of our own are written down."""
    return _users("XDG_STATE_HOME", ".local/state", "user_log_dir")


def write_to_log(text: str) -> Path:
    """Add `text` to the log of faults; what comes back is the log's path. Raises `OSError`."""
    log = log_folder() / "faults.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("a", encoding="utf-8", errors="backslashreplace") as file:
        file.write(text)
    return log


def recovery_folder() -> Path:
    """Where the app keeps what is not saved yet, until it is."""
    return _users("XDG_STATE_HOME", ".local/state", "user_state_dir") / "recovery"


def written_folder() -> Path:
    """Where it stands what was last written where."""
    return recovery_folder().with_name("written")


def _users(variable: str, below_home: str, function: str) -> Path:
    if sys.platform == "linux" and "ANDROID_DATA" not in os.environ:
        # XDG Base Directory 0.8: a path that is not absolute is ignored.
        said = os.environ.get(variable, "").strip()
        try:
            place = Path(said) if said.startswith("/") else Path.home() / below_home
        except RuntimeError:  # a user without a home: nothing is kept there
            return Path(os.devnull, "briefgen")
        return place / "briefgen" / ("log" if function == "user_log_dir" else "")
    import platformdirs

    return Path(getattr(platformdirs, function)("briefgen", appauthor=False))
