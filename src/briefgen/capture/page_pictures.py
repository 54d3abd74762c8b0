"""Having the pages of a saved PDF drawn by the process that reads copies.

What reads well may still be made to end whoever draws it: pdfium aborts where memory is short.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any, NamedTuple

from briefgen.capture.reading_process import Asked, ReaderDiedError, ReadingProcess
from briefgen.errors import InputError

MOST_PIXELS = 24 * 2**20
"""Of one picture: a page of A4 that fills the width of a large screen has twenty million."""
_MOST_MEMORY = 1_200 * 2**20
"""Bytes that the process may take: a scan of a large page at 600 dots an inch takes some."""
_MOST_SECONDS = 12
"""Of a processor's time, for one page."""
_PATIENCE = 30.0
"""Seconds by the clock, for one page."""
_NEW_PDF = "open it in a reader and print it to a new PDF"


class _DamagedError(Exception):
    """The process said so."""


class PagePicture(NamedTuple):
    """A page drawn: `rows` of `width` pixels, four bytes each: blue, green, red and 255."""

    width: int
    height: int
    rows: bytes


class PagePictures:
    """A PDF, opened in a process of its own, which the first question starts. To be closed.

    Questions come from one thread at a time, closing from any. When the process dies, the next
    question gets a new one.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._process = ReadingProcess(
            patience=_PATIENCE, most_memory=_MOST_MEMORY, most_seconds=_MOST_SECONDS
        )
        self._opened_in = 0
        """By which of the processes the PDF was opened last."""
        self._lock = threading.Lock()
        self._busy = False
        self._over = threading.Event()

    def sizes(self) -> tuple[tuple[float, float], ...]:
        """Width and height of each page in points; zeros where they cannot be told.

        Raises `InputError` where the PDF cannot be opened, and `BriefgenError` where the process
        does not start.
        """
        with self._asking("the pages cannot be shown: the PDF"):
            return self._open()

    def draw(self, number: int, width: int, height: int) -> PagePicture:
        """A page, from 0, in so many pixels; in fewer, of the same shape, if these are too many.

        Raises `InputError` where it cannot be drawn, and `BriefgenError` as `sizes`.
        """
        width, height = within(width, height)
        with self._asking(f"page {number + 1} cannot be drawn: it"):
            if not self._process.is_running or self._opened_in != self._process.starts:
                self._open()
            asked = json.dumps([number, width, height]).encode()
            answer = self._ask(asked, "picture")
        return PagePicture(width, height, answer["raw"])

    def close(self) -> None:
        """End the process, in the middle of a page too. Nothing can be asked afterwards."""
        with self._lock:
            self._over.set()
            busy = self._busy
        if busy:
            self._process.kill()  # whoever asks just now lets go of it
        else:
            self._process.close()

    def _open(self) -> tuple[tuple[float, float], ...]:
        answer = self._ask(self._data, "pages")
        self._opened_in = self._process.starts
        return tuple((across, up) for across, up in answer["sizes"])

    def _ask(self, data: bytes, what: Asked) -> dict[str, Any]:
        (answer,) = self._process.read(data, "", what)
        if "fault" in answer:
            raise _DamagedError
        return answer

    @contextmanager
    def _asking(self, what: str) -> Generator[None]:
        with self._lock:
            if self._over.is_set():
                raise InputError("the pages are not shown any more")
            self._busy = True
        why = ""
        try:
            yield
        except ReaderDiedError as error:
            why = "is damaged, or takes more memory than any real one"
            if error.late:
                why = f"takes longer than {_MOST_SECONDS} seconds, as no real one does"
        except _DamagedError:
            why = "is damaged"
        finally:
            with self._lock:
                self._busy = False
            if self._over.is_set():
                self._process.close()
        if why:
            raise InputError(f"{what} {why}", hint=_NEW_PDF)


def within(width: int, height: int) -> tuple[int, int]:
    """So many pixels, or fewer where these are more than `MOST_PIXELS`; the shape stays."""
    if width * height <= MOST_PIXELS:
        return max(1, width), max(1, height)
    smaller: float = (MOST_PIXELS / (width * height)) ** 0.5
    fewer = min(max(1, int(width * smaller)), MOST_PIXELS)
    return fewer, min(max(1, int(height * smaller)), MOST_PIXELS // fewer)
