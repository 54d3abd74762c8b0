"""What several tests do with a window, as a person would."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget


def press(qtbot: Any, dialog: QWidget, text: str) -> None:
    """Click the one button in sight that says this."""
    (button,) = (
        one
        for one in dialog.findChildren(QPushButton)
        if one.text() == text and one.isVisibleTo(dialog)
    )
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
