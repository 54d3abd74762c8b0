"""Reading a large base with all processors: programs of our own that are sent parts of files.

Each is an interpreter that reads parts from its standard input and answers on its standard
output.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import IO, Any

from briefgen.index.files import HeldFile
from briefgen.index.parts import read_elsewhere, read_here
from briefgen.index.rows import FileRows, file_rows
from briefgen.own_processes import start_own

WORTH_BYTES = 4_000_000
"""From so much on others are started: they take a third of a second to get ready."""
_MOST = 8
"""Most readers: what they find is written by one."""


def read_well(files: Sequence[HeldFile]) -> Iterator[FileRows]:
    """The rows of files, in their order, read with as many processors as that is worth."""
    readers = min(_MOST, processors(), 1 + sum(held.size for held in files) // WORTH_BYTES)
    return read_here(files) if readers < 2 else _read_with(readers, files)


def serve() -> None:
    """What a reader does: read each part that it is sent, until none comes any more."""
    asked, answers = sys.stdin.buffer, sys.stdout.buffer
    with contextlib.suppress(EOFError, OSError):  # whoever asked has gone
        while True:
            _send(answers, file_rows(_receive(asked)))


def _read_with(count: int, files: Sequence[HeldFile]) -> Iterator[FileRows]:
    idle: queue.SimpleQueue[subprocess.Popen[bytes]] = queue.SimpleQueue()
    readers = [start_own(__name__, "serve") for _ in range(count)]
    for reader in readers:
        idle.put(reader)

    def read(part: HeldFile) -> FileRows:
        reader = idle.get()
        try:
            return _asked(reader, part)
        finally:
            idle.put(reader)

    try:
        with ThreadPoolExecutor(count, "briefgen reader") as threads:
            try:
                yield from read_elsewhere(files, lambda part: threads.submit(read, part), 3 * count)
            finally:
                threads.shutdown(wait=False, cancel_futures=True)
                for reader in readers:
                    reader.kill()
    finally:
        for reader in readers:
            with contextlib.suppress(OSError):
                reader.communicate()


def _asked(reader: subprocess.Popen[bytes], part: HeldFile) -> FileRows:
    """Its answer. Raises `OSError` when it has died: others are asked from then on."""
    assert reader.stdin is not None
    assert reader.stdout is not None
    try:
        _send(reader.stdin, part)
        rows = _receive(reader.stdout)
    except EOFError:
        raise OSError("the reader ended") from None
    assert isinstance(rows, FileRows)
    return rows


def _send(to: IO[bytes], value: object) -> None:
    data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    to.write(len(data).to_bytes(8, "big") + data)
    to.flush()


def _receive(whence: IO[bytes]) -> Any:
    """What was sent. Raises `EOFError` at the end."""
    data = whence.read(int.from_bytes(whence.read(8), "big"))
    if not data:
        raise EOFError
    return pickle.loads(data)


def processors() -> int:
    """How many processors this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)  # Linux
    return len(affinity(0)) if affinity is not None else os.cpu_count() or 1
