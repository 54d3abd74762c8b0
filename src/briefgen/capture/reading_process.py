"""Having saved copies read by the process that is made for it, and what its death means."""

from __future__ import annotations

import contextlib
import json
import signal
import subprocess
import threading
from collections.abc import Generator
from types import TracebackType
from typing import IO, Any, Literal

from briefgen.capture.model import MOST_LETTERS, CopyKind
from briefgen.errors import BriefgenError
from briefgen.own_processes import start_own

MOST_MEMORY = 700 * 2**20
"""Bytes that the process may take."""
MOST_SECONDS = 8
"""Of a processor's time, for one copy: two thousand full pages of a PDF take two to three."""
_PATIENCE = 60.0
"""Seconds by the clock, on a machine that is busy, or where a processor's time cannot be told."""
_MOST_IN_A_FRAME = 128 * 2**20
_LAST = {"end", "fault", "refused", "failed"}
_TOO_LONG = getattr(signal, "SIGXCPU", None)
_HELPER = "briefgen.capture.reading_helper"

Asked = CopyKind | Literal["pages", "picture"]
"""What it can be asked: a copy of that kind as text; a PDF's pages, then pictures of them."""


class ReaderDiedError(Exception):
    """The process ended within a copy. `late`: because that took too long."""

    def __init__(self, *, late: bool) -> None:
        super().__init__()
        self.late = late


class ReadingProcess:
    """A process that reads copies, one at a time; started by the first, to be closed.

    Use it in a `with` statement, for as many copies as there are: its start takes a tenth of a
    second. For one thread at a time.
    """

    def __init__(
        self,
        *,
        patience: float = _PATIENCE,
        most_memory: int = MOST_MEMORY,
        most_seconds: int = MOST_SECONDS,
    ) -> None:
        self._patience = patience
        self._bounds = most_memory, most_seconds, MOST_LETTERS
        self._killed = False
        self._process: subprocess.Popen[bytes] | None = None
        self.starts = 0
        """How many processes were started so far."""

    @property
    def is_running(self) -> bool:
        """Whether the next question goes to the process that answered the last one."""
        return self._process is not None and self._process.poll() is None

    def read(self, data: bytes, name: str, kind: Asked) -> Generator[dict[str, Any]]:
        """The frames that `reading_helper` answers with, without the last.

        Raises `ReaderDiedError` when the process ends in the middle; the next copy gets a new
        one. Raises `BriefgenError` where it does not start at all.
        """
        late = threading.Event()
        if not self.is_running:  # it may have been killed since
            self._end()
        process = self._process or self._start()

        def give_up() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(self._patience, give_up)
        timer.daemon = True
        timer.start()
        whole = False
        try:
            with contextlib.suppress(OSError):  # a dead process shows below
                _send(process, data, name, kind)
            while not whole:
                frame = _receive(process)
                whole = bool(_LAST & frame.keys())
                if "failed" in frame:
                    raise RuntimeError(frame["failed"])  # our own fault, to be told as one
                if "end" not in frame:
                    yield frame
        except EOFError:
            timer.cancel()
            code = self._end()
            raise ReaderDiedError(late=late.is_set() or code == -(_TOO_LONG or 0)) from None
        finally:
            timer.cancel()
            if not whole:  # what is left of its answer would be taken for the next one
                self._end()

    def close(self) -> None:
        """End the process. Reading again starts a new one."""
        self._end()

    def kill(self) -> None:
        """Have the process end in the middle of a copy, from any thread; it is still to be closed.

        Whoever reads gets a `ReaderDiedError`, and so does whoever would read later.
        """
        self._killed = True
        process = self._process
        if process is not None:
            process.kill()

    def __enter__(self) -> ReadingProcess:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _start(self) -> subprocess.Popen[bytes]:
        try:
            self._process = process = start_own(_HELPER, "serve", *self._bounds, quick=True)
            self.starts += 1
            if self._killed:  # before there was one
                process.kill()
            _receive(process)
        except (OSError, EOFError) as error:
            self._end()
            if self._killed:
                raise ReaderDiedError(late=False) from None
            reason = getattr(error, "strerror", None) or "it ended at once"
            raise BriefgenError(
                f"cannot start the process that reads saved copies ({reason})",
                hint="install briefgen again",
            ) from None
        return process

    def _end(self) -> int:
        """End the process; with which status it ended."""
        process, self._process = self._process, None
        if process is None:
            return 0
        process.kill()
        with contextlib.suppress(OSError):
            process.communicate()
        return process.wait()


def _send(process: subprocess.Popen[bytes], data: bytes, name: str, kind: Asked) -> None:
    assert process.stdin is not None
    process.stdin.write(json.dumps([name, kind, len(data)]).encode() + b"\n")
    process.stdin.write(data)
    process.stdin.flush()


def _receive(process: subprocess.Popen[bytes]) -> dict[str, Any]:
    """Its next frame. Raises `EOFError` where there is none, or none that the helper makes."""
    assert process.stdout is not None
    size = int.from_bytes(process.stdout.read(8), "big")
    data = process.stdout.read(size) if size <= _MOST_IN_A_FRAME else b""
    if not data or len(data) < size:
        raise EOFError
    try:
        frame: dict[str, Any] = json.loads(data)
        if "raw" in frame:
            frame["raw"] = _raw(process.stdout, frame["raw"])
    except (ValueError, TypeError):
        raise EOFError from None
    return frame


def _raw(answers: IO[bytes], size: int) -> bytes:
    """The bytes that follow a frame."""
    data = answers.read(size) if 0 <= size <= _MOST_IN_A_FRAME else b""
    if len(data) != size:
        raise EOFError
    return data
