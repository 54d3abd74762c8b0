"""Work in other threads: whoever listens is told."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from shiboken6 import delete

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


def test_a_window_may_go_while_its_work_tells_what_it_is_at(qtbot: Any) -> None:
    """The work stops at its next step, and whoever started it hears no more of it."""
    told: list[object] = []
    ended: list[int] = []
    for number in range(TASKS):
        parent = QWidget()
        at_work = threading.Event()

        def work(say: Callable[[str], None], at_work: threading.Event = at_work) -> None:
            at_work.set()
            for _ in range(100_000):
                say("a step")

        task = background.start(parent, work, told.append, told.append)
        task.ended.connect(lambda: told.append("ended"))
        task.destroyed.connect(lambda *_: ended.append(1))
        assert at_work.wait(5)
        delete(parent)
        qtbot.waitUntil(lambda n=number: len(ended) > n, timeout=5_000)
    assert told == []
