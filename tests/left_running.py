"""What a test leaves running: threads and processes, and where each of them was started.

`record_starts` has every start remembered: the lines of our own code and tests that led to it, and
the thread in which it happened. Processes that nobody started in Python's ways (Qt has its own)
are found among the children that the system knows of, and told by their command.
"""

from __future__ import annotations

import multiprocessing.process
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any
from weakref import WeakKeyDictionary

GRACE = 5.0
"""Seconds that what is ending may take to end."""

_ROOT = str(Path(__file__).resolve().parent.parent) + os.sep
_DEPTH = 12
"""Lines of our own that are told of a start."""

_held: list[str] = []
"""Beginnings of names of threads that may stay."""

STAYING_COMMANDS = {
    "multiprocessing.forkserver": "the server that worker processes are forked from: one a process",
    "multiprocessing.resource_tracker": "cleans up after multiprocessing: one a process",
}
"""What a command contains, and why its process may stay."""


@dataclass(frozen=True)
class Start:
    """Where something was started: `lines` of ours, the innermost first, in a `thread`."""

    lines: tuple[tuple[str, int, str], ...]
    thread: threading.Thread

    def __str__(self) -> str:
        """The lines, one below the other, and those of the thread, if it was started too."""
        lines = [
            f"    {path.removeprefix(_ROOT)}:{number} in {name}"
            for path, number, name in self.lines
        ]
        outer = _starts.get(self.thread)
        if outer is not None:
            lines += [f"  in the thread {self.thread.name!r}, started at", str(outer)]
        return "\n".join(lines) or "    (by nothing of ours)"


_starts: WeakKeyDictionary[Any, Start] = WeakKeyDictionary()
"""Of threads, `Popen`s and processes of multiprocessing."""
_processes: WeakKeyDictionary[Any, None] = WeakKeyDictionary()
"""Those of them that are no threads."""


def here(above: int = 0) -> Start:
    """Where the caller's caller, or one `above` that, was called from."""
    frame: FrameType | None = sys._getframe(2 + above)
    lines = []
    while frame is not None and len(lines) < _DEPTH:
        path = frame.f_code.co_filename
        if path.startswith(_ROOT) and "site-packages" not in path:
            lines.append((path, frame.f_lineno, frame.f_code.co_name))
        frame = frame.f_back
    return Start(tuple(lines), threading.current_thread())


def record_starts() -> None:
    """Have the place of every start remembered from now on."""
    remember(threading.Thread, "start", lambda thread: None)
    remember(subprocess.Popen, "__init__", lambda process: _processes.setdefault(process))
    remember(
        multiprocessing.process.BaseProcess,
        "start",
        lambda process: _processes.setdefault(process),
    )


def remember(kind: type, name: str, also: Callable[[Any], object]) -> None:
    """Have a method that starts something remember where, and do `also` what is said."""
    original = getattr(kind, name)

    def start(self: Any, *args: Any, **kwargs: Any) -> Any:
        _starts[self] = here()
        also(self)
        return original(self, *args, **kwargs)

    setattr(kind, name, start)


@contextmanager
def held(*names: str) -> Iterator[None]:
    """For fixtures of a module or the session: what they hold may start threads in a test.

    Threads whose names begin so stay without being told, until it is over.
    """
    _held.extend(names)
    try:
        yield
    finally:
        for name in names:
            _held.remove(name)


@dataclass(frozen=True)
class Running:
    """What runs at a moment."""

    threads: frozenset[threading.Thread]
    processes: frozenset[int]
    """Their numbers in the system."""


def running() -> Running:
    """What runs now."""
    return Running(frozenset(threading.enumerate()), frozenset(_process_ids()))


def left_since(before: Running, grace: float = GRACE) -> list[str]:
    """What was started since and does not end within `grace` seconds: a paragraph each."""
    end = time.monotonic() + grace
    while (left := _left_since(before)) and time.monotonic() < end:
        time.sleep(0.01)
    return left


def _left_since(before: Running) -> list[str]:
    found = [
        f"the thread {thread.name!r} ({type(thread).__name__}), started at\n{told(thread)}"
        for thread in threading.enumerate()
        if thread not in before.threads and not _may_stay(thread)
    ]
    for number, process in _process_ids().items():
        if number in before.processes:
            continue
        start = _starts.get(process) if process is not None else None
        if start is not None and start.thread in before.threads and start.thread is not _MAIN:
            continue  # a pool that was there before has replaced one of its processes
        command = _command(number, process)
        if any(words in command for words in STAYING_COMMANDS):
            continue
        place = told(process) if process is not None else "    (not in Python)"
        found.append(f"the process {number} ({command[:200]}), started at\n{place}")
    return found


_MAIN = threading.main_thread()


def told(what: Any) -> str:
    """Where it was started, a line for each of ours that led there."""
    start = _starts.get(what)
    return str(start) if start is not None else "    (before starts were recorded)"


def _may_stay(thread: threading.Thread) -> bool:
    # A dummy stands for a thread that Python did not start: Qt's own are looked at elsewhere.
    return isinstance(thread, threading._DummyThread) or thread.name.startswith(tuple(_held))


def _process_ids() -> dict[int, Any]:
    """The processes that run, by number, each with what started it, if that is known."""
    found: dict[int, Any] = dict.fromkeys(_children())
    for process in list(_processes):
        number = process.pid if hasattr(process, "pid") else None
        if number is not None and _runs(process):
            found[number] = process
    return found


def _runs(process: Any) -> bool:
    if isinstance(process, subprocess.Popen):
        return process.poll() is None
    try:
        return bool(process.is_alive())
    except (AssertionError, ValueError):  # another process's, or closed
        return False


def _children() -> list[int]:
    """The children of this process, where the system tells them, without those that have ended."""
    try:
        listed = Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii")
    except OSError:
        return []
    return [number for number in map(int, listed.split()) if _state(number) not in ("Z", "X", "")]


def _state(number: int) -> str:
    try:
        stat = Path(f"/proc/{number}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    return stat.rpartition(")")[2].split()[0]


def _command(number: int, process: Any) -> str:
    if isinstance(process, subprocess.Popen):  # the system may not know it yet
        return process.args if isinstance(process.args, str) else " ".join(map(str, process.args))
    try:
        words = Path(f"/proc/{number}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return ""
    return b" ".join(words).decode("utf-8", "replace").strip()
