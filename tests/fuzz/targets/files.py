"""Files that targets start from: those of other tests, too."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

TESTS = Path(__file__).parents[2]
FORMATS = TESTS / "fixtures" / "formats" / "1"
"""Files with every key and every word that one takes."""


def read(*patterns: str) -> Callable[[], list[bytes]]:
    """The bytes of files below `tests`, by pattern."""
    return lambda: [file.read_bytes() for each in patterns for file in sorted(TESTS.glob(each))]


def copy_base(folder: Path) -> None:
    """A small sound base with every key, in `base`."""
    shutil.copytree(FORMATS / "base", folder / "base")


def repacked(data: bytes) -> bytes:
    """A package without what tells when it was made, so that it is the same each time."""
    from fuzz.mutating.zips import packed, parts_of

    return packed([part for part in parts_of(data) if not part[0].startswith("docProps/")], 8)
