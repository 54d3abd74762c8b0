"""What every part of the window is built of: labels, buttons, rows and columns, short waits.

A role or a state is a word that the style sheet in `look` knows.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from briefgen.direction import for_people
from briefgen.gui import look

Slot = Callable[[], Any]
_Button = TypeVar("_Button", QPushButton, QToolButton)
_Box = TypeVar("_Box", QHBoxLayout, QVBoxLayout)

STRETCH: Final = "stretch"
"""Stands in a row or column for room that takes what is left."""

Item = QWidget | QLayout | str | tuple[QWidget | QLayout, int]
"""What a row or column is made of: one by one, `STRETCH`, or with the share that it takes."""

Margins = tuple[int, int, int, int]
"""Pixels at the left, top, right and bottom."""


class PlainLabel(QLabel):
    """A text, never taken for markup, in which nothing turns what stands beside it."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent, textFormat=Qt.TextFormat.PlainText)
        self.setText(text)

    def setText(self, text: str) -> None:
        super().setText(for_people(text))


def button_text(text: str) -> str:
    """Words as a button, a tick box or a menu shows them: `for_people`, and naming no key."""
    return for_people(text).replace("&", "&&")


def label(text: str = "", role: str = "", *, wrap: bool = False) -> QLabel:
    """A text, never taken for markup."""
    made = PlainLabel(text)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    return made


def heading(text: str) -> QLabel:
    """The small heading above a group."""
    return label(text, "heading")


def button(text: str, slot: Slot | None = None, *, role: str = "", name: str = "") -> QPushButton:
    """A button. `name` is what a screen reader says, where the text alone says too little."""
    return _dressed(QPushButton(text), slot, role, name)


def tool_button(
    text: str, slot: Slot | None = None, *, role: str = "quiet", name: str = "", tip: str = ""
) -> QToolButton:
    """A small button, without a default key of dialogs."""
    made = QToolButton()
    made.setText(text)
    made.setToolTip(tip)
    return _dressed(made, slot, role, name)


def _dressed(made: _Button, slot: Slot | None, role: str, name: str) -> _Button:
    if role:
        made.setProperty("role", role)
    if name:
        made.setAccessibleName(name)
    if slot is not None:
        made.clicked.connect(lambda checked=False: slot())
    return made


def row(
    *items: Item,
    parent: QWidget | None = None,
    margins: Margins = (0, 0, 0, 0),
    spacing: int | None = None,
) -> QHBoxLayout:
    """Items from left to right, with the style's spacing unless another is given."""
    return _filled(QHBoxLayout(), items, parent, margins, spacing)


def column(
    *items: Item,
    parent: QWidget | None = None,
    margins: Margins = (0, 0, 0, 0),
    spacing: int | None = None,
) -> QVBoxLayout:
    """Items from top to bottom, with the style's spacing unless another is given."""
    return _filled(QVBoxLayout(), items, parent, margins, spacing)


def _filled(
    box: _Box,
    items: tuple[Item, ...],
    parent: QWidget | None,
    margins: Margins,
    spacing: int | None,
) -> _Box:
    if parent is not None:
        parent.setLayout(box)
    box.setContentsMargins(*margins)
    if spacing is not None:
        box.setSpacing(spacing)
    for item in items:
        content, share = item if isinstance(item, tuple) else (item, 0)
        if isinstance(content, QWidget):
            box.addWidget(content, share)
        elif isinstance(content, QLayout):
            box.addLayout(content, share)
        else:
            box.addStretch(1)
    return box


def restyle(widget: QWidget, name: str, value: str) -> None:
    """Give a property another value, and the widget the style that goes with it."""
    if (widget.property(name) or "") != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def wait(parent: QObject, milliseconds: int, slot: Slot) -> QTimer:
    """A timer that calls `slot` once, so long after it was last started."""
    timer = QTimer(parent, singleShot=True, interval=milliseconds)
    timer.timeout.connect(slot)
    return timer


def paint_card(widget: QWidget) -> None:
    """Paint a ground with round corners and a fine edge, for what lies over something else."""
    with QPainter(widget) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(look.colour("faint"))
        painter.setBrush(look.colour("ground"))
        painter.drawRoundedRect(widget.rect().adjusted(0, 0, -1, -1), 6, 6)
