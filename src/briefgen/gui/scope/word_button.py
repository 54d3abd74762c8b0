"""A button that looks like a word."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from briefgen.gui.widgets.building import Slot, button

Edge = Literal["", "start", "end"]
"""At which side of the panel the word lines up with what stands above and below."""


def word_button(text: str, slot: Slot, name: str = "", *, edge: Edge = "") -> QPushButton:
    """`name`: what a screen reader says, where the word alone says too little."""
    made = button(text, slot, role="quiet", name=name)
    made.setProperty("edge", edge)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made
