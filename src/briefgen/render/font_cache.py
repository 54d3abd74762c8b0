"""What was read of a font, kept in the cache under a key of the file's name, size and time."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from briefgen import __version__
from briefgen.errors import BriefgenError
from briefgen.files import write_whole
from briefgen.folders import PRIVATE, cache_folder, make_private


class FaceOfAFile(Protocol):
    """A file, and which face of a collection (.ttc) is meant, counted from 0."""

    @property
    def path(self) -> Path: ...

    @property
    def index(self) -> int: ...


def place_of(file: FaceOfAFile, what: str) -> Path:
    """Where `what` of a font lies. Raises `OSError` for a file that is not there."""
    state = file.path.stat()
    stem = f"{file.path.stem}-{file.index}-{state.st_size}-{state.st_mtime_ns}"
    return cache_folder() / "fonts" / f"{stem}-{what}-{__version__}.json"


def kept(file: FaceOfAFile, what: str) -> dict[str, Any] | None:
    """What `keep` was told; None where nothing lies there, or nothing of the kind."""
    with contextlib.suppress(OSError, ValueError, RecursionError):
        found = json.loads(place_of(file, what).read_bytes())
        return found if isinstance(found, dict) else None
    return None


def keep(file: FaceOfAFile, what: str, said: Mapping[str, Any]) -> None:
    """Keep it for next time. A cache that cannot be written is no fault."""
    with contextlib.suppress(OSError, BriefgenError):
        place = place_of(file, what)
        make_private(place.parent)
        write_whole(place, json.dumps(said).encode(), mode=PRIVATE)
