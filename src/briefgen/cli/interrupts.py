"""Ctrl-C, and the system's wish that this process end, raised where that is heard.

What a signal's handler raises comes up wherever the program is at that moment. In the machinery of
imports, and below methods that Python itself calls, that may be a place that swallows it, prints a
traceback or makes another error of it; there it is raised a moment later.
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
_SWALLOWING = frozenset(("__del__", "__set_name__"))
"""What is raised below the first is printed and forgotten; below the second, before Python 3.12, it
comes out as a `RuntimeError`."""

Handler = Callable[[int, FrameType | None], None]


def raising(error: Callable[[int], BaseException]) -> Handler:
    """What handles a signal by raising `error(number)`."""

    def heard(number: int, frame: FrameType | None) -> None:
        if frame is not None and _is_swallowed(frame):
            _thread.start_new_thread(_again, (number,))
            return
        raise error(number)

    return heard


def _is_swallowed(frame: FrameType) -> bool:
    """Whether what is raised in `frame` would never reach who started it."""
    if frame.f_code.co_filename.startswith("<frozen importlib"):
        return True
    outer: FrameType | None = frame
    while outer is not None and outer.f_code.co_name not in _SWALLOWING:
        outer = outer.f_back
    return outer is not None


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
