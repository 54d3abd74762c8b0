"""Ctrl-C, and the system's wish that this process end, raised where that is heard.

What a signal's handler raises comes up wherever the program is at that moment. In the machinery of
imports that may be a place that swallows it and prints a traceback; there it is raised a moment
later.
"""

from __future__ import annotations

import _signal as signal  # type: ignore[import-not-found]
import _thread
import contextlib
import time
from collections.abc import Callable, Iterator
from types import FrameType

# Of `signal` itself only the enumerations are missing, which take a millisecond of every start.

_MOMENT = 0.01

Handler = Callable[[int, FrameType | None], None]


def raising(error: Callable[[int], BaseException]) -> Handler:
    """What handles a signal by raising `error(number)`."""

    def heard(number: int, frame: FrameType | None) -> None:
        if frame is not None and frame.f_code.co_filename.startswith("<frozen importlib"):
            _thread.start_new_thread(_again, (number,))
            return
        raise error(number)

    return heard


def _again(number: int) -> None:
    time.sleep(_MOMENT)
    _thread.interrupt_main(number)  # type: ignore[arg-type]


@contextlib.contextmanager
def ctrl_c_heard() -> Iterator[None]:
    """Ctrl-C raises `KeyboardInterrupt` as ever, but never where nobody would hear of it.

    Where it is ignored, as after nohup, or somebody else handles it, that stays so.
    """
    usual = signal.default_int_handler
    mine = signal.getsignal(signal.SIGINT) is usual
    if mine:
        try:
            signal.signal(signal.SIGINT, raising(lambda number: KeyboardInterrupt()))
        except ValueError:  # not the main thread
            mine = False
    try:
        yield
    finally:
        if mine:
            signal.signal(signal.SIGINT, usual)
