"""How a batch shows where it is: a bar with the time left on a terminal, else a line a job."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable
from typing import TextIO

from briefgen.cli.terminal import is_terminal, paint, width

LEAST_BAR, MOST_BAR = 10, 40
"""Columns of the bar itself."""

SECONDS_BEFORE_GUESSING = 1.0
"""A guess at the time left is made of what was seen for so long."""


class Bar:
    """A line on a terminal that is drawn over again; other lines go above it."""

    def __init__(
        self, stream: TextIO, total: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._stream = stream
        self._total = total
        self._clock = clock
        self._start = clock()
        self._done = 0
        self._worked = 0
        self._failed = 0
        self._shown = 0

    def step(self, *, failed: bool = False, worked: bool = True) -> None:
        """One more is done; `worked`: it took work, so it tells how long others may take."""
        self._done += 1
        self._failed += failed
        self._worked += worked
        self.draw()

    def draw(self) -> None:
        """Draw the bar as it stands."""
        text = self.text(width(self._stream) - 1)
        self._write("\r" + text.ljust(self._shown))
        self._shown = len(text)

    def text(self, columns: int) -> str:
        """The line: how many of how many, the bar, what failed, the time left."""
        head = f"{self._done} of {self._total} "
        tail = (f"  {self._failed} failed" if self._failed else "") + self._left()
        room = min(MOST_BAR, columns - len(head) - len(tail) - 2)
        if room < LEAST_BAR:
            return f"{head.rstrip()}{tail}"[:columns]
        full = room * self._done // self._total if self._total else room
        return f"{head}[{'=' * full}{' ' * (room - full)}]{tail}"

    def line(self, text: str) -> None:
        """A line above the bar."""
        self.wipe()
        self._write(text + "\n")

    def wipe(self) -> None:
        """Take the bar away."""
        if self._shown:
            self._write("\r" + " " * self._shown + "\r")
            self._shown = 0

    def _left(self) -> str:
        elapsed = self._clock() - self._start
        if elapsed < SECONDS_BEFORE_GUESSING or not self._worked or self._done >= self._total:
            return ""
        return f"  {in_minutes(elapsed / self._worked * (self._total - self._done))} left"

    def _write(self, text: str) -> None:
        with contextlib.suppress(OSError, ValueError):
            self._stream.write(text)
            self._stream.flush()


def in_minutes(seconds: float) -> str:
    """`0:05`, `12:30`, `1:02:03`."""
    whole = round(seconds)
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def error_line(text: str) -> str:
    """`error: text`, in colour on a terminal."""
    return f"{paint('error:', 'red', sys.stderr)} {text}"


def wants_bar() -> bool:
    """Whether a person is looking on."""
    return is_terminal(sys.stderr)
