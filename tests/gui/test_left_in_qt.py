"""A timer, a thread or a task that a test leaves running in Qt is found, and where it began."""

from __future__ import annotations

import re
import sys
import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QProcess, QThread, QThreadPool, QTimer
from PySide6.QtWidgets import QWidget

from gui.left_in_qt import left_in_qt_since, running_in_qt

HERE = r"tests/gui/test_left_in_qt\.py:\d+ in test_"


def found(grace: float = 0.0) -> Callable[[], list[str]]:
    before = running_in_qt()
    return lambda: left_in_qt_since(before, grace)


def test_a_timer_that_ticks_is_named_with_the_lines_that_started_it(qapp: Any) -> None:
    left, owner = found(), QObject()
    timer = QTimer(owner, interval=10_000)
    timer.start()
    (told,) = left()
    assert re.search(rf"^the QTimer .*\n *{HERE}a_timer", told)
    timer.stop()
    assert left() == []


def test_a_timer_goes_with_what_it_belongs_to(qapp: Any) -> None:
    left, owner = found(), QObject()
    QTimer(owner).start(10_000)
    owner.deleteLater()
    assert left() == []


def test_a_timer_of_a_window_that_was_there_before_may_tick(qtbot: Any) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    left = found()
    QTimer(window).start(10_000)
    assert left() == []


def test_a_thread_and_a_task_are_found(qapp: Any) -> None:
    left, over, begun = found(), threading.Event(), threading.Event()
    thread = QThread()
    thread.start()

    def work() -> None:
        begun.set()
        over.wait()

    QThreadPool.globalInstance().start(work)
    begun.wait()
    told = left()
    over.set()
    thread.quit()
    thread.wait()
    QThreadPool.globalInstance().waitForDone()
    assert [each.split()[1:3] for each in told] == [["QThread", "''"], ["task", "of"]]
    assert all(re.search(rf"{HERE}a_thread_and_a_task", each) for each in told)
    assert left() == []


def test_a_process_is_found(qapp: Any) -> None:
    left, process = found(), QProcess()
    process.start(sys.executable, ["-c", "input()"])
    assert process.waitForStarted()
    (told,) = left()
    process.closeWriteChannel()
    process.waitForFinished()
    assert told.startswith("the QProcess")
    assert re.search(rf"{HERE}a_process", told)
    assert left() == []


def test_a_window_that_stays_open_is_named(qtbot: Any) -> None:
    left = found()
    window = QWidget(windowTitle="Merge sources")
    qtbot.addWidget(window)
    window.show()
    (told,) = left()
    assert "Merge sources" in told
    window.hide()
    assert left() == []
