"""How much memory a worker may take, so that one job cannot eat the machine's."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

SHARE = 0.8
"""What part of the machine's memory all workers together may take."""

LEAST = 512 * 2**20
"""Bytes that a worker may always take: ten times what a brief of fifty facts needs."""


def memory_for_each(workers: int) -> int | None:
    """Bytes that each of `workers` processes may take; None where the system does not say."""
    whole = machine_memory()
    return None if whole is None else max(LEAST, int(whole * SHARE / workers))


def machine_memory() -> int | None:
    """Bytes of memory that this process may hope for: the machine's, or its container's."""
    found: list[int] = []
    with contextlib.suppress(OSError, ValueError, AttributeError):
        found.append(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"))
    for limit in ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"):
        with contextlib.suppress(OSError, ValueError):  # not Linux, or "max"
            found.append(int(Path(limit).read_text().strip()))
    return min((bytes_ for bytes_ in found if bytes_ > 0), default=None)


def limit_memory(bytes_: int | None) -> None:
    """From now on this process, and each that it starts, gets no more than `bytes_` of data.

    A Python that asks for more gets `MemoryError`. Only what is written to counts, so a program
    that reserves addresses by the terabyte, as Pandoc does, is not hindered. Nothing happens
    where the system has no such limit: there a worker that takes too much is ended by the
    system, and replaced.
    """
    if bytes_ is None or sys.platform != "linux":
        return
    import resource

    with contextlib.suppress(OSError, ValueError):  # a lower limit is in force already
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (bytes_, hard))
