"""Help: the keys as they are, the program's name, the log."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QLabel

from briefgen import __version__
from briefgen.folders import log_folder
from briefgen.gui.help import keys_of, open_about, open_keys, open_log_folder
from briefgen.gui.window import MainWindow


def test_the_keys_are_those_of_the_menus(window: MainWindow) -> None:
    known = dict(keys_of(window))
    assert ("Save", "Ctrl+S") in known["File"]
    assert ("Undo", "Ctrl+Z") in known["Edit"]

    dialog = open_keys(window)
    shown = [label.text() for label in dialog.findChildren(QLabel)]
    assert "Save as" in shown
    assert "Ctrl+Shift+S" in shown
    dialog.accept()


def test_no_keys_stand_for_two_things(window: MainWindow) -> None:
    keys = [
        action.shortcut().toString()
        for action in window.findChildren(QAction)
        if not action.shortcut().isEmpty()
    ]
    assert sorted(keys) == sorted(set(keys))


def test_about(window: MainWindow) -> None:
    dialog = open_about(window)
    (text,) = [label.text() for label in dialog.findChildren(QLabel)]
    assert text.startswith(f"briefgen {__version__}\n")
    assert "MIT License" in text
    dialog.accept()


def test_the_log_folder_is_shown(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Any] = []

    def open_url(url: QUrl) -> bool:
        opened.append(url.toLocalFile())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    open_log_folder()
    assert opened == [str(log_folder())]
    assert log_folder().is_dir()

    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: False)
    assert not window.attempt(open_log_folder)
    assert "no program opens it" in window.messages.message
