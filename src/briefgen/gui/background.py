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
    _over = Signal()
    """Emitted when all that listens to `ended` is on its way: the task may go."""

    def __init__(self, parent: QObject, work: Callable[[Callable[[str], None]], Any]) -> None:
        super().__init__(parent)
        self._work = work
        self._cancelled = threading.Event()
        self._said = ""
        self._untold = threading.Event()
        self._told.connect(self._tell)

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


class _Runner(QRunnable):
    def __init__(self, task: Task) -> None:
        super().__init__()
        self.task = task

    def run(self) -> None:
        task = self.task
        with contextlib.suppress(RuntimeError):  # its window is gone, and nobody waits for it
            self._run(task)

    def _run(self, task: Task) -> None:
        try:
            result = task._work(task._say)
        except CancelledError:
            pass
        except BaseException as error:
            if not task.cancelled:
                task.failed.emit(error)
        else:
            if not task.cancelled:
                task.done.emit(result)
        task.ended.emit()
        task._over.emit()


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
    # Not with `ended`: the task could be gone before others that listen to it are told.
    task._over.connect(task.deleteLater)
    QThreadPool.globalInstance().start(_Runner(task))
    return task
