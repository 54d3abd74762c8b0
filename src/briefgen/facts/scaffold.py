"""A new fact base: five files whose comments teach the formats. They lie in `new_base/`."""

from __future__ import annotations

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
    refuse_taken(folder, "name a new or empty folder", hidden=False)
    files = {folder / name: (FOLDER / name).read_bytes() for name in FILES}
    write_all_whole(files)
    return tuple(files)
