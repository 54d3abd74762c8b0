"""What goes wrong in a worker, for tests to ask for: processes find these by name."""

from __future__ import annotations

import os
import signal
import time

from briefgen.batch.worker import Outcome, Task, make_job


def work(task: Task) -> Outcome:
    """Do the job, unless its name says what is to go wrong."""
    if task.name == "killed":
        die()
    elif task.name == "memory":
        eat_memory()
    elif task.name == "slow":
        time.sleep(60)
    return make_job(task)


def where() -> int:
    """The process that calls this."""
    return os.getpid()


def slow_where(seconds: float) -> int:
    """The process that calls this, after a while."""
    time.sleep(seconds)
    return os.getpid()


def die() -> None:
    """End this process as the system does it when memory runs out."""
    os.kill(os.getpid(), signal.SIGKILL)


def leave() -> None:
    """End this process with a status."""
    os._exit(3)


def eat_memory() -> int:
    """Take memory until there is no more."""
    eaten = []
    while True:
        eaten.append(bytearray(16 * 2**20))


def sleep(seconds: float) -> None:
    """Do nothing."""
    time.sleep(seconds)


def refuse(text: str) -> None:
    """Raise an error of the program's own."""
    from briefgen.errors import UsageError

    raise UsageError(text, hint="do this")


class Unsendable(Exception):
    """An error that does not travel to another process."""

    def __init__(self) -> None:
        super().__init__("stuck")
        self.cannot = lambda: None


def stick() -> None:
    """Raise what cannot be sent."""
    raise Unsendable


def worn_out() -> Outcome:
    """An outcome after which the process should be replaced."""
    return Outcome("failed", error=str(os.getpid()), worn_out=True)
