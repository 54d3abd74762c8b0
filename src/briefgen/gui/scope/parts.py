"""Small pieces that all groups of the scope are made of."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton


def heading(text: str) -> QLabel:
    """The small heading over a group."""
    label = QLabel(text, textFormat=Qt.TextFormat.PlainText)
    label.setProperty("role", "heading")
    return label


def quiet_button(
    text: str, name: str = "", *, edge: Literal["", "start", "end"] = ""
) -> QPushButton:
    """A button that looks like a word. `name`: what it says to who cannot see where it stands.

    `edge`: at which side of the panel its word lines up with what stands above and below.
    """
    button = QPushButton(text)
    button.setProperty("role", "quiet")
    button.setProperty("edge", edge)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    if name:
        button.setAccessibleName(name)
    return button
