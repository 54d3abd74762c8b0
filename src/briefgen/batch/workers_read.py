"""Reading a base with all workers: a large one takes seconds, and they have nothing else to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from typing import TYPE_CHECKING

from briefgen.index.files import HeldFile
from briefgen.index.parts import read_elsewhere, read_here
from briefgen.index.rows import FileRows, file_rows

if TYPE_CHECKING:
    from briefgen.index.build import ReadFiles

WORTH_BYTES = 200_000
"""From so much on workers are asked: sending files there and back takes time, too."""

_AT_ONCE = 64
"""Parts of files that are with the workers: so many may be in memory."""


def read_with(executor: Executor) -> ReadFiles:
    """What reads the files of a base in an executor's processes, the rows in the files' order.

    What a worker cannot do is done here.
    """

    def read(files: Sequence[HeldFile]) -> Iterator[FileRows]:
        if sum(held.size for held in files) < WORTH_BYTES:
            return read_here(files)
        return read_elsewhere(files, lambda part: executor.submit(file_rows, part), _AT_ONCE)

    return read
