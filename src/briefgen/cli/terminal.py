"""What a terminal gets that a file does not: colour, its own width, a line of progress."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Callable, Iterator
from typing import TextIO

_CODES = {"bold": "1", "dim": "2", "red": "1;31", "yellow": "33", "accent": "36"}


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a person is looking at `stream`."""
    with contextlib.suppress(ValueError, AttributeError):  # closed, or a stand-in
        return stream is not None and stream.isatty()
    return False


def paint(text: str, style: str, stream: TextIO | None) -> str:
    """`text` in a style, on a terminal that has not been asked for plain text (no-color.org)."""
    if (
        not text
        or not is_terminal(stream)
        or os.environ.get("NO_COLOR")
        or os.environ.get("TERM") == "dumb"
    ):
        return text
    if os.name == "nt" and not _windows_terminal_takes_codes():
        return text
    return f"\033[{_CODES[style]}m{text}\033[0m"


def width(stream: TextIO | None = None) -> int:
    """Columns to write in: the terminal's, at most 100; 100 for anything else."""
    if "COLUMNS" not in os.environ and not is_terminal(stream or sys.stdout):
        return 100
    from shutil import get_terminal_size

    return max(40, min(100, get_terminal_size((100, 24)).columns))


class Progress:
    """One line on stderr that says what long work is at. Silent unless a person looks on."""

    DELAY = 0.4
    """Seconds before the line appears: work that is done sooner needs none."""

    def __init__(self, stream: TextIO) -> None:
        import threading

        self._stream = stream
        self._text = ""
        self._shown = 0
        self._start = time.monotonic()
        self._over = threading.Event()
        self._lock = threading.Lock()
        self._watch = threading.Thread(target=self._keep_up, daemon=True)

    def step(self, text: str) -> None:
        """Say what is going on now."""
        self._text = text
        self._draw()

    def _draw(self) -> None:
        elapsed = time.monotonic() - self._start
        if self._text and elapsed >= self.DELAY:
            line = f"{self._text} … {elapsed:.0f} s"[: width(self._stream) - 1]
            with self._lock:
                if not self._over.is_set():
                    self._write("\r" + line.ljust(self._shown))
                    self._shown = len(line)

    def _keep_up(self) -> None:
        """Seconds go by, even when a step takes long."""
        while not self._over.wait(max(self.DELAY, 0.1)):
            self._draw()

    def _end(self) -> None:
        with self._lock:
            self._over.set()
            if self._shown:
                self._write("\r" + " " * self._shown + "\r")

    def _write(self, text: str) -> None:
        with contextlib.suppress(OSError, ValueError):
            self._stream.write(text)
            self._stream.flush()

    @classmethod
    @contextlib.contextmanager
    def line(cls) -> Iterator[Callable[[str], None]]:
        """What comes back says a step; the line is wiped when the work ends, however it ends."""
        if sys.stderr is None or not is_terminal(sys.stderr):
            yield lambda text: None
            return
        progress = cls(sys.stderr)
        progress._watch.start()
        try:
            yield progress.step
        finally:
            progress._end()


def _windows_terminal_takes_codes() -> bool:
    return bool(os.environ.get("WT_SESSION") or os.environ.get("ANSICON") or os.environ.get("TERM"))
