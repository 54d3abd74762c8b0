"""A new fact base: five files whose comments teach the formats. They lie in `new_base/`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from briefgen.files import refuse_taken, write_all_whole

FILES = ("base.yaml", "actors.yaml", "sources.yaml", "facts/first.yaml", "passages.yaml")
"""The files of a new base, by name."""
FOLDER = Path(__file__).with_name("new_base")
"""Where they are copied from."""


def init_base(folder: Path) -> tuple[Path, ...]:
    """Write a new fact base into `folder`, made if missing; the paths written, in order.

    Raises `OutputError`, and writes nothing, when something lies in the folder already (names
    that start with a dot do not count) or it cannot be written.
    """
    return write_base(folder, {name: (FOLDER / name).read_bytes() for name in FILES})


def comments_of(name: str) -> str:
    """The comments at the head of one of a new base's files, which explain it."""
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    end = next((at for at, line in enumerate(lines) if not line.startswith("#")), len(lines))
    return "\n".join(lines[:end]) + "\n"


def write_base(folder: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write the files of a new base, by name; raises as `init_base` does."""
    refuse_taken(folder, "name a new or empty folder", hidden=False)
    placed = {folder / name: data for name, data in files.items()}
    write_all_whole(placed)
    return tuple(placed)
