"""Keeps Python's cycle collector from walking what nobody will let go of, again and again."""

from __future__ import annotations

import atexit
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """Pause cycle collection, for code that only builds: a large file reads in half the time.

    Nothing built while reading refers back to what holds it, so nothing is there to collect.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@contextmanager
def collector_running() -> Iterator[None]:
    """Cycle collection within a pause, for what lives for hours.

    What was built before is left out of it: each look would cost the more, and find nothing.
    """
    was_enabled = gc.isenabled()
    gc.freeze()
    gc.enable()
    try:
        yield
    finally:
        gc.unfreeze()
        if not was_enabled:
            gc.disable()


def leave_the_last_to_the_system() -> None:
    """Have this process end without looking for cycles, which Python does thrice as it ends.

    For a command: what it holds goes with the process, and what is to be done at the end has been,
    or `atexit` knows of it. Not where Qt is loaded, whose objects are to be let go of in order.
    """
    if "PySide6" in sys.modules:
        return
    atexit.unregister(gc.freeze)  # once, however many commands a process runs
    atexit.register(gc.freeze)
