"""Slow work away from the window's thread, through one helper with its two ways out."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from briefgen.errors import BriefgenError


class CancelledError(BriefgenError):
    """The person had work stopped. Nobody need be told: they know."""


class Task(QObject):
    """Work under way. Its signals arrive in the thread that started it, never after `cancel`."""

    step = Signal(str)
    """What it is at, in a few words."""
    done = Signal(object)
    """What the work returned."""
    failed = Signal(object)
    """The exception that it raised."""
    ended = Signal()
    """It is over, however it ended: done, failed or cancelled."""

    _told = Signal()
    _come = Signal(object)
    """What came of it: whether it was done, and with what; None: it was cancelled. From its thread
    to this one, where everybody else is told."""

    def __init__(self, parent: QObject, work: Callable[[Callable[[str], None]], Any]) -> None:
        super().__init__(parent)
        self._work = work
        self._cancelled = threading.Event()
        self._said = ""
        self._untold = threading.Event()
        self._parted = False
        self._told.connect(self._tell)
        self._come.connect(self._settle)
        parent.destroyed.connect(self._part)

    @property
    def cancelled(self) -> bool:
        """Whether it was told to stop."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Have it stop at its next step. What it had not finished by then is not kept."""
        self._cancelled.set()

    def _say(self, text: str) -> None:
        if self.cancelled:
            raise CancelledError("stopped")
        self._said = text
        if not self._untold.is_set():  # a thousand steps a second need not be told one by one
            self._untold.set()
            self._told.emit()

    def _tell(self) -> None:
        self._untold.clear()
        if not self.cancelled:
            self.step.emit(self._said)

    def _settle(self, outcome: tuple[bool, Any] | None) -> None:
        if not self._parted:
            if outcome is not None and not self.cancelled:
                well, come = outcome
                (self.done if well else self.failed).emit(come)
            self.ended.emit()
        _PARTED.discard(self)
        self.deleteLater()

    def _part(self) -> None:
        """The parent is about to delete its children: this one may be telling its step just now,
        in the other thread, and has to outlive that.
        """
        self.cancel()
        self._parted = True
        _PARTED.add(self)
        self.setParent(None)


_PARTED: set[Task] = set()
"""Tasks whose parents are gone, until their work has stopped."""


class _Runner(QRunnable):
    def __init__(self, task: Task) -> None:
        super().__init__()
        self.task = task

    def run(self) -> None:
        task = self.task
        with contextlib.suppress(RuntimeError):  # its window is gone, and nobody waits for it
            self._run(task)

    def _run(self, task: Task) -> None:
        outcome: tuple[bool, Any] | None = None
        try:
            outcome = True, task._work(task._say)
        except CancelledError:
            pass
        except BaseException as error:
            outcome = False, error
        task._come.emit(outcome)


def start(
    parent: QObject,
    work: Callable[[Callable[[str], None]], Any],
    done: Callable[[Any], None],
    failed: Callable[[BaseException], None],
) -> Task:
    """Call `work(say)` in a thread; `done(result)` or `failed(error)` follow in this one.

    `say` tells the step that the work is at, and raises `CancelledError` once the task was
    cancelled, so it is called before anything that should not happen then. The task is the
    parent's child until it ends.
    """
    task = Task(parent, work)
    task.done.connect(done)
    task.failed.connect(failed)
    QThreadPool.globalInstance().start(_Runner(task))
    return task
