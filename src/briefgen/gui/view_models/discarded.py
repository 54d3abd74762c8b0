"""What a person discarded, for some days, in case that was a mistake."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Generic

from briefgen.files import write_whole
from briefgen.folders import PRIVATE, make_private
from briefgen.gui.view_models.keeper import Kept, contents

MOST = 10
"""How many are kept; the oldest go first."""
DAYS = 7
"""How long each is kept."""


class Discarded(Generic[Kept]):
    """A folder of them. Several windows may use it at once: no two ever write into one file."""

    def __init__(
        self,
        folder: Path,
        to_bytes: Callable[[Kept], bytes],
        from_bytes: Callable[[bytes], Kept],
        now: Callable[[], float] = time.time,
    ) -> None:
        self._folder = folder
        self._to_bytes = to_bytes
        self._from_bytes = from_bytes
        self._now = now

    def put(self, unwanted: Kept) -> None:
        """Keep what is being discarded. Raises `OutputError` or `OSError`."""
        make_private(self._folder)
        name = f"{int(self._now() * 1000):015d}-{os.urandom(4).hex()}.json"
        write_whole(self._folder / name, self._to_bytes(unwanted), mode=PRIVATE)
        self._tidy()

    def newest(self) -> tuple[Kept, Callable[[], None]] | None:
        """What was discarded last, and how to let go of it once it is kept elsewhere."""
        self._tidy()
        for file in self._files():
            try:
                return self._from_bytes(contents(file)), _letting_go_of(file)
            except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
                continue  # of another version, or cut off: its time comes
        return None

    def _files(self) -> list[Path]:
        """The newest first."""
        return sorted(self._folder.glob("*-*.json"), key=lambda file: file.name, reverse=True)

    def _tidy(self) -> None:
        oldest = f"{int((self._now() - DAYS * 86_400) * 1000):015d}"
        for place, file in enumerate(self._files()):
            if place >= MOST or file.name < oldest:
                _letting_go_of(file)()


def _letting_go_of(file: Path) -> Callable[[], None]:
    def let_go() -> None:
        with contextlib.suppress(OSError):
            file.unlink(missing_ok=True)

    return let_go
