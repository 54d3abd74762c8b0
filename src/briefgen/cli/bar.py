"""How a batch shows where it is: a bar with the time left on a terminal, else a line a job."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable
from typing import Any, TextIO

from briefgen.cli.terminal import width

LEAST_BAR, MOST_BAR = 10, 40
"""Columns of the bar itself."""

SECONDS_BEFORE_GUESSING = 1.0
"""A guess at the time left is made of what was seen for so long."""


class Bar:
    """A line on a terminal that is drawn over again, and wiped before others are written."""

    def __init__(
        self, stream: TextIO, total: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        from tqdm import tqdm

        # One thread draws: no other has to look after it, and no other process.
        tqdm.monitor_interval = 0
        tqdm.set_lock(threading.RLock())
        self._stream = stream
        self._clock = clock
        self._start = clock()
        self._worked = 0
        self._failed = 0
        # Drawn when we say so, not when it is made, and as wide as we say.
        self._bar: Any = tqdm(
            total=total, file=stream, ascii=" =", leave=False, delay=1e-9, ncols=20, nrows=20
        )

    def step(self, *, failed: bool = False, worked: bool = True) -> None:
        """One more is done; `worked`: it took work, so it tells how long others may take."""
        self._bar.n += 1
        self._failed += failed
        self._worked += worked
        self.draw()

    def draw(self) -> None:
        """Draw the bar as it stands."""
        self.text(width(self._stream) - 1)
        with contextlib.suppress(OSError, ValueError):  # a terminal that was closed
            self._bar.refresh()

    def text(self, columns: int) -> str:
        """The line: how many of how many, the bar, what failed, the time left."""
        head = f"{self._bar.n} of {self._bar.total}"
        tail = (f"  {self._failed} failed" if self._failed else "") + self._left()
        room = min(MOST_BAR, columns - len(head) - len(tail) - len(" []"))
        bar = f" [{{bar:{room}}}]"
        self._bar.bar_format = (
            f"{head}{bar}{tail}" if room >= LEAST_BAR else f"{head}{tail}"[:columns]
        )
        self._bar.ncols = columns
        return str(self._bar)

    def wipe(self) -> None:
        """Take the bar away."""
        with contextlib.suppress(OSError, ValueError):
            self._bar.clear()

    def close(self) -> None:
        """Take the bar away for good."""
        self.wipe()
        self._bar.close()

    def _left(self) -> str:
        elapsed = self._clock() - self._start
        left = self._bar.total - self._bar.n
        if elapsed < SECONDS_BEFORE_GUESSING or not self._worked or left <= 0:
            return ""
        return f"  {in_minutes(elapsed / self._worked * left)} left"


def in_minutes(seconds: float) -> str:
    """`0:05`, `12:30`, `1:02:03`."""
    whole = round(seconds)
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
