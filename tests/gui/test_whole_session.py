"""From the first start to a PDF on disk, with the keyboard and one click, every action counted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from briefgen.gui.files import choosing
from briefgen.gui.scope.words import WordsLine
from briefgen.gui.window import MainWindow
from briefgen.shipped import shipped_base


class Person:
    """Sits at the window and is counted: one action is one key with its modifiers, or one text."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.actions: list[str] = []

    def press(self, key: str, *modifiers: Qt.KeyboardModifier) -> None:
        pressed = Qt.KeyboardModifier.NoModifier
        for modifier in modifiers:
            pressed |= modifier
        QTest.keyClick(self._focus(), getattr(Qt.Key, f"Key_{key}"), pressed)
        self.actions.append(f"press {key}")

    def type(self, text: str) -> None:
        QTest.keyClicks(self._focus(), text)
        self.actions.append(f"type {text}")

    def click(self, widget: QWidget) -> None:
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        self.actions.append(f"click {widget.accessibleName()}")

    def _focus(self) -> QWidget:
        return QApplication.focusWidget() or self.window


CONTROL = Qt.KeyboardModifier.ControlModifier


def test_from_the_first_start_to_a_pdf_in_under_ten_actions(
    qtbot: Any,
    open_window: Callable[..., MainWindow],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out = tmp_path / "briefings"
    out.mkdir()
    asked: list[str] = []

    def ask(parent: Any, title: str, start: Path, then: Callable[[Path], None]) -> None:
        asked.append(title)
        then(out)

    monkeypatch.setattr(choosing, "ask_folder", ask)
    window = open_window(base=str(shipped_base()))
    window.activateWindow()
    person = Person(window)

    # A first start shows a brief already.
    qtbot.waitUntil(lambda: window.session.preview is not None, timeout=30_000)

    person.press("T", CONTROL)
    person.type("Energy since 2011")
    (words,) = window.findChildren(WordsLine)
    person.click(words)
    person.type("pipeline")
    qtbot.waitUntil(lambda: window.session.spec.select.text == "pipeline")
    person.press("E", CONTROL)  # Export all; the folder, chosen once, is one action more
    qtbot.waitUntil(lambda: window.messages.message.startswith("Written"), timeout=30_000)

    assert len(asked) == 1
    assert len(person.actions) + len(asked) < 10
    with pikepdf.open(out / "energy-since-2011.pdf") as pdf:
        assert str(pdf.docinfo["/Title"]) == "Energy since 2011"
    assert (out / "energy-since-2011.docx").is_file()
