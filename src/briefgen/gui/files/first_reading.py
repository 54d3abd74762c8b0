"""The files of a large base read for the first time, in processes of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, wait
from functools import partial
from pathlib import Path

from briefgen.batch.pool import WorkerPool
from briefgen.gui.background import CancelledError
from briefgen.index import Index, open_index
from briefgen.index.files import HeldFile
from briefgen.index.parts import read_elsewhere
from briefgen.index.readers import processors
from briefgen.index.rows import FileRows, file_rows

_MOST_PROCESSES = 4
_OFTEN = 0.1
"""Seconds between two looks whether it was stopped."""


def read_first(folder: Path, say: Callable[[str], None]) -> Index:
    """Read a base, telling how far it is in percent."""
    index = open_index(folder, read=lambda files: read_files(files, say))
    try:
        say("100")
    except CancelledError:
        index.close()
        raise
    return index


def read_files(files: Sequence[HeldFile], say: Callable[[str], None]) -> Iterator[FileRows]:
    """The rows of files, in their order, read in processes: the window's has other work."""
    whole, done = sum(held.size for held in files) or 1, 0
    processes = max(1, min(_MOST_PROCESSES, processors() - 1))
    pool = WorkerPool(processes)

    def wait_for(future: Future[FileRows], part: HeldFile) -> None:
        nonlocal done
        while not future.done():
            say(str(min(99, 100 * done // whole)))
            wait([future], timeout=_OFTEN)
        done += len(part.data or b"") or part.size

    try:
        yield from read_elsewhere(files, partial(pool.submit, file_rows), 3 * processes, wait_for)
    finally:
        pool.kill()
    say("100")
