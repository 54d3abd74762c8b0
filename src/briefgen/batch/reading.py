"""Reading a base with all workers: a large one takes seconds, and they have nothing else to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError, Executor

from briefgen.errors import BriefgenError
from briefgen.index.files import HeldFile
from briefgen.index.rows import FileRows, file_rows, read_here

WORTH_BYTES = 200_000
"""From so much on workers are asked: sending files there and back takes time, too."""


class WorkersRead:
    """Reads the files of a base in an executor's processes."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor

    def __call__(self, files: Sequence[HeldFile]) -> Iterator[FileRows]:
        """The rows of files, in their order. What a worker cannot do is done here."""
        if len(files) < 2 or sum(len(held.data or b"") for held in files) < WORTH_BYTES:
            return read_here(files)
        return self._abroad(files)

    def _abroad(self, files: Sequence[HeldFile]) -> Iterator[FileRows]:
        asked = [self._executor.submit(file_rows, held) for held in files]
        for held, future in zip(files, asked, strict=True):
            try:
                yield future.result()
            except (BriefgenError, CancelledError, MemoryError, RuntimeError):
                # It died, was too slow or had too little memory: here is more.
                yield file_rows(held)
