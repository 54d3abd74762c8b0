"""Starting the app: one process, one window, a brief already showing."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication

from briefgen.brief.spec.model import BriefSpec
from briefgen.collector import collector_paused, collector_running
from briefgen.folders import PRIVATE, config_folder, make_private
from briefgen.gui import appearance, faults, look
from briefgen.gui.files import files_of, open_first
from briefgen.gui.icon import app_icon
from briefgen.gui.parts import install
from briefgen.gui.session import Session
from briefgen.gui.window import MainWindow
from briefgen.ordinary_files import open_own


def make_window(
    spec: BriefSpec | None = None,
    path: Path | None = None,
    *,
    base: str | None = None,
    templates: str | None = None,
    memory: QSettings | None = None,
) -> MainWindow:
    """The window with all its parts, `spec` in it, not shown yet; the app must exist.

    Without a spec it shows what a first start shows: a brief on everything in the base. Raises
    `BriefgenError` for a base that cannot be opened.
    """
    if memory is None:
        memory = QSettings(
            str(_private(config_folder() / "window.ini")), QSettings.Format.IniFormat
        )
    appearance.wear_remembered(memory)
    session = Session(base=base, templates=templates)
    window = MainWindow(session, memory)
    session.setParent(window)
    with collector_paused():  # much is made, and nothing yet let go of
        install(window)
        open_first(window, spec, path)
    return window


def start(
    spec: BriefSpec | None,
    path: Path | None,
    *,
    base: str | None = None,
    templates: str | None = None,
    arguments: Sequence[str] = (),
) -> int:
    """Run the app until its window is closed; what comes back is the exit status."""
    faults.log_qt_messages()
    app = QApplication([sys.argv[0], *arguments])
    app.setApplicationName("briefgen")
    app.setApplicationDisplayName("briefgen")
    app.setDesktopFileName("briefgen")
    app.setWindowIcon(app_icon())
    look.dress(app)
    window = make_window(spec, path, base=base, templates=templates)
    faults.tell_faults(lambda text: window.tell(text, "error"))
    _end_on_signals(window)
    window.restore()
    window.show()
    with collector_running():  # a day's work lets go of much that refers to itself
        return int(app.exec())


def _private(file: Path) -> Path:
    """A file of the person's own, closed to others from its first moment on: Qt keeps that."""
    with contextlib.suppress(OSError):  # without it the window forgets where it was
        make_private(file.parent)
        os.close(open_own(file, os.O_WRONLY | os.O_CREAT, PRIVATE))
    return file


def _end_on_signals(window: MainWindow) -> None:
    """Ctrl-C in the terminal and a polite kill close the window, as a person would."""

    def close(number: int, frame: object) -> None:
        # Nobody is there to answer a question. Within the event loop: one that has not started
        # yet would never hear of its end.
        QTimer.singleShot(0, files_of(window).leave)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, close)
    if os.name == "posix":
        # Python sees to signals only when it runs: have it run now and then.
        timer = QTimer(window, interval=500)
        timer.timeout.connect(lambda: None)
        timer.start()
