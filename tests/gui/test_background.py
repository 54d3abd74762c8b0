"""Work in other threads: whoever listens is told."""

from __future__ import annotations

import threading
from typing import Any

from PySide6.QtCore import QObject

from briefgen.gui import background

TASKS = 300


def test_all_that_listen_to_the_end_of_a_task_are_told(qtbot: Any) -> None:
    """A task is deleted when it has ended, but not before everybody knows."""
    parent = QObject()
    told: list[int] = []
    gone: list[int] = []
    for number in range(TASKS):
        go_on = threading.Event()
        task = background.start(
            parent, lambda say, go_on=go_on: go_on.wait(5), lambda done: None, lambda error: None
        )
        for _ in range(3):
            task.ended.connect(lambda n=number: told.append(n))
        task.destroyed.connect(lambda *_: gone.append(1))
        go_on.set()
        qtbot.waitUntil(lambda n=number: len(gone) > n, timeout=5_000)
    assert told == [number for number in range(TASKS) for _ in range(3)]
