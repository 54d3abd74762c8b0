"""Who has the keyboard when a widget goes away. A part never takes focus that it does not have."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


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
