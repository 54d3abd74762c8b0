"""What a test of the window leaves in Qt: windows, timers, threads, processes, tasks of the pool."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any
from weakref import WeakSet

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QObject,
    QProcess,
    QThread,
    QThreadPool,
    QTimer,
)
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import getCppPointer, isValid

from left_running import GRACE, remember, told

_started: WeakSet[Any] = WeakSet()
"""Timers, threads and processes of Qt that were ever started from Python."""
_pool: list[QThreadPool] = []
"""The one for all, held: Python forgets what is known of an object that nobody holds."""


def record_starts_in_qt() -> None:
    """Have the place of every start of a timer, thread or process remembered from now on."""
    for kind in (QTimer, QThread, QProcess):
        remember(kind, "start", _started.add)
    _pool.append(QThreadPool.globalInstance())
    remember(QThreadPool, "start", lambda pool: None)


@dataclass(frozen=True)
class RunningInQt:
    """What runs at a moment."""

    started: frozenset[Any]
    """The timers that are ticking and the threads that run."""
    windows: frozenset[int]
    """The windows that are there: what they start is held by whoever holds them."""


def running_in_qt() -> RunningInQt:
    """What runs now."""
    windows = QApplication.topLevelWidgets() if QApplication.instance() else []
    return RunningInQt(frozenset(_running()), frozenset(map(_address, windows)))


def _windows_since(before: RunningInQt) -> list[QWidget]:
    """The windows that were opened since and can be seen."""
    windows = QApplication.topLevelWidgets() if QApplication.instance() else []
    return [each for each in windows if each.isVisible() and _address(each) not in before.windows]


def _running() -> list[Any]:
    return [each for each in list(_started) if isValid(each) and _runs(each)]


def _address(each: QObject) -> int:
    return int(getCppPointer(each)[0])


def _holder(each: QObject) -> int:
    """The outermost of what it belongs to."""
    while (parent := each.parent()) is not None:
        each = parent
    return _address(each)


def _runs(each: Any) -> bool:
    if isinstance(each, QTimer):
        return each.isActive()
    if isinstance(each, QProcess):
        return each.state() != QProcess.ProcessState.NotRunning
    return bool(each.isRunning())


def left_in_qt_since(before: RunningInQt, grace: float = GRACE) -> list[str]:
    """What was started since and does not end within `grace` seconds: a paragraph each."""
    end = time.monotonic() + grace
    while True:
        # What is to be deleted is gone for good, and what it had running with it.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        left = [
            each
            for each in _running()
            if each not in before.started and _holder(each) not in before.windows
        ]
        pool = QThreadPool.globalInstance()
        stay = _windows_since(before)
        if not (left or stay or pool.activeThreadCount()) or time.monotonic() > end:
            break
        QCoreApplication.processEvents()
        time.sleep(0.01)
    found = [
        f"the {type(each).__name__} {each.objectName()!r} of {each.parent()}, started at\n{told(each)}"
        for each in left
    ]
    found += [f"the window {each} “{each.windowTitle()}”, still open" for each in stay]
    if pool.activeThreadCount():
        found.append(f"a task of the thread pool, the last of which was started at\n{told(pool)}")
    return found
