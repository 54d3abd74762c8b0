"""Every window of the app, one after the other, for tests of what must hold in all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from shiboken6 import isValid

from briefgen.gui.window import MainWindow
from gui.robot import NOT_CHOSEN

SYSTEM = (
    "Open",
    "Save",
    "Export",
    "Copy the base",
    "New base",
    "Mark as checked",
    "Next",
    "Previous",
)
"""Beginnings of commands that ask in a dialog of the system's, write files or only go somewhere."""


def settle() -> None:
    """Let everything happen that was set going."""
    for _ in range(3):
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def each_window(window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    """The window, tab by tab, and all that its commands open, with what was done for it.

    What was opened is closed again before the next comes.
    """
    for at in range(window.tabs.count()):
        window.tabs.setCurrentIndex(at)
        settle()
        yield f"the tab {window.tabs.tabText(at)}", window
    window.tabs.setCurrentIndex(0)
    for action in list(commands(window)):
        if not isValid(action):
            continue  # its menu was filled anew meanwhile
        before = set(in_sight())
        text = action.text().replace("&", "")
        if not action.isEnabled() or text in NOT_CHOSEN or text.startswith(SYSTEM):
            continue
        if action.isCheckable():
            continue
        window.messages.clear()
        controls = len(controls_in(window))
        action.trigger()
        settle()
        opened = [one for one in in_sight() if one not in before]
        window.messages.clear()
        if not opened and len(controls_in(window)) > controls:
            yield text, window  # a sheet, or a bar
            QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Escape)
        for one in opened:
            yield text, one
        for one in opened:
            put_away(one)
        settle()


def commands(window: MainWindow) -> Iterator[QAction]:
    """All entries of all menus."""

    def of(menu: QMenu) -> Iterator[QAction]:
        for action in menu.actions():
            inner = action.menu()
            if isinstance(inner, QMenu):
                yield from of(inner)
            elif not action.isSeparator():
                yield action

    for menu in window.menus.values():
        yield from of(menu)


def in_sight() -> list[QWidget]:
    """The windows that can be seen."""
    return [one for one in QApplication.topLevelWidgets() if one.isVisible()]


def controls_in(window: QWidget) -> list[QWidget]:
    """What can be seen in it and takes the keyboard; what Qt has inside of its own is left out."""
    return [
        one
        for one in window.findChildren(QWidget)
        if one.window() is window
        and one.isVisible()
        and one.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not one.objectName().startswith("qt_")
    ]


def put_away(one: QWidget) -> None:
    """Close it, whatever is written in it."""
    close: Callable[..., Any] = getattr(one, "_leave", one.close)
    close()
