"""The advance widths of a font, which is all that laying out pages needs of it.

ReportLab reads them once; then they lie in the cache, under a key of the file's name, size and
time, so that a Word document's page numbers are found without reading fonts.
"""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

from briefgen import __version__
from briefgen.errors import BriefgenError
from briefgen.files import write_whole
from briefgen.folders import PRIVATE, cache_folder, make_private


def kept_advances(font: Path) -> dict[int, float] | None:
    """Code point to width in thousandths of the size, as it was read before; None if it was not."""
    with contextlib.suppress(OSError, ValueError, TypeError, AttributeError, RecursionError):
        kept = json.loads(_place(font).read_bytes())
        return {int(code): float(width) for code, width in kept.items()} or None
    return None


def keep_advances(font: Path, advances: dict[int, float]) -> None:
    """Keep them for next time. A cache that cannot be written is no fault."""
    with contextlib.suppress(OSError, BriefgenError):
        place = _place(font)
        make_private(place.parent)
        write_whole(place, json.dumps(advances).encode(), mode=PRIVATE)


def _place(font: Path) -> Path:
    state = font.stat()
    name = f"{font.stem}-{state.st_size}-{state.st_mtime_ns}-{__version__}.json"
    return cache_folder() / "fonts" / name
