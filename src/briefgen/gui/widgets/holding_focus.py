"""Who has the keyboard when a widget goes away. A part never takes focus that it does not have."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget


def focus_within(*widgets: QWidget) -> QWidget | None:
    """The widget that the person is in, if it is one of these or inside one.

    Not `QWidget.focusWidget`, which remembers who had the focus last.
    """
    focused = QApplication.focusWidget()
    if focused is not None and any(w is focused or w.isAncestorOf(focused) for w in widgets):
        return focused
    return None


def hand_on_focus(going: Iterable[QWidget], to: QWidget) -> None:
    """Where the person is in one of those that go away, go on in `to`.

    Else Qt hands the keyboard to whatever is next in the order of Tab, and keys that were meant
    for one thing press another.
    """
    if focus_within(*going) is not None:
        to.setFocus(Qt.FocusReason.OtherFocusReason)


class Place(NamedTuple):
    """Where the person is, in words that hold when widgets are made anew."""

    kind: type
    name: str
    caret: int


def place_within(*widgets: QWidget) -> Place | None:
    """Where the person is in one of these; None: elsewhere."""
    focused = focus_within(*widgets)
    if focused is None:
        return None
    caret = 0
    if isinstance(focused, QPlainTextEdit):
        caret = focused.textCursor().position()
    elif isinstance(focused, QLineEdit):
        caret = focused.cursorPosition()
    return Place(type(focused), focused.accessibleName(), caret)


def go_back_to(place: Place | None, *rooms: QWidget) -> None:
    """Go on at that place, in whatever has taken its place in one of the rooms."""
    if place is None:
        return
    for room in rooms:
        for found in (room, *room.findChildren(QWidget)):
            if type(found) is place.kind and found.accessibleName() == place.name:
                found.setFocus(Qt.FocusReason.OtherFocusReason)
                if isinstance(found, QPlainTextEdit):
                    cursor = found.textCursor()
                    cursor.setPosition(min(place.caret, len(found.toPlainText())))
                    found.setTextCursor(cursor)
                elif isinstance(found, QLineEdit):
                    found.setCursorPosition(place.caret)
                return
