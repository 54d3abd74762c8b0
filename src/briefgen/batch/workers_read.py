"""Reading a base with all workers: a large one takes seconds, and they have nothing else to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError, Executor
from typing import TYPE_CHECKING

from briefgen.errors import BriefgenError
from briefgen.index.files import HeldFile
from briefgen.index.rows import FileRows, file_rows, read_here

if TYPE_CHECKING:
    from briefgen.index.build import ReadFiles

WORTH_BYTES = 200_000
"""From so much on workers are asked: sending files there and back takes time, too."""


def read_with(executor: Executor) -> ReadFiles:
    """What reads the files of a base in an executor's processes, the rows in the files' order.

    What a worker cannot do is done here.
    """

    def read(files: Sequence[HeldFile]) -> Iterator[FileRows]:
        if len(files) < 2 or sum(len(held.data or b"") for held in files) < WORTH_BYTES:
            return read_here(files)
        return _abroad(executor, files)

    return read


def _abroad(executor: Executor, files: Sequence[HeldFile]) -> Iterator[FileRows]:
    asked = [executor.submit(file_rows, held) for held in files]
    for held, future in zip(files, asked, strict=True):
        try:
            yield future.result()
        except (BriefgenError, CancelledError, MemoryError, RuntimeError):
            # It died, was too slow or had too little memory: here is more.
            yield file_rows(held)
