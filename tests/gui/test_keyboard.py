"""By keyboard alone: from tab to tab, from part to part, and in the order of sight."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget
from shiboken6 import isValid

from briefgen.gui.sections.limit_box import LimitBox
from briefgen.gui.widgets.tab_order import tab_stops
from briefgen.gui.window import MainWindow

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def press(window: QWidget, key: str, held: Any = Qt.KeyboardModifier.NoModifier) -> QWidget:
    """Press a key where the keyboard is; what has it then."""
    QTest.keyClick(QApplication.focusWidget() or window, getattr(Qt.Key, f"Key_{key}"), held)
    now = QApplication.focusWidget()
    assert now is not None
    return now


def test_control_and_tab_go_from_tab_to_tab_and_round(qtbot: Any, window: MainWindow) -> None:
    window.activateWindow()
    tabs = window.tabs
    first = tabs.currentWidget()
    first.setFocus()
    seen = []
    for _ in range(tabs.count()):
        now = press(window, "Tab", CONTROL)
        page = tabs.currentWidget()
        assert page is not None
        seen.append(page)
        assert page.isAncestorOf(now) or now is page or not page.isAncestorOf(window)
    assert len(set(seen)) == tabs.count()
    assert seen[-1] is first
    press(window, "Backtab", CONTROL | SHIFT)
    assert tabs.currentWidget() is seen[-2]


def test_changing_the_tab_leaves_the_keyboard_where_it_is_elsewhere(window: MainWindow) -> None:
    window.activateWindow()
    press(window, "T", CONTROL)
    title = QApplication.focusWidget()
    assert press(window, "Tab", CONTROL) is title


def test_f6_goes_from_part_to_part_and_back(qtbot: Any, window: MainWindow) -> None:
    window.activateWindow()
    press(window, "T", CONTROL)
    rooms = [window.header, *window.parts.values(), window.strip]

    def room() -> int:
        focus = QApplication.focusWidget()
        return next(at for at, one in enumerate(rooms) if one.isAncestorOf(focus))

    qtbot.waitUntil(lambda: window.session.preview is not None, timeout=20_000)
    walked = [room()]
    for _ in range(4):
        press(window, "F6")
        walked.append(room())
    assert walked[:4] == [0, 1, 2, 3]
    assert walked[4] in (4, 0)  # the foot, where it says something that leads somewhere
    press(window, "F6", SHIFT)
    assert room() == walked[3]


def test_going_through_the_window_leaves_what_others_hold_of_it(window: MainWindow) -> None:
    window.tabs.setCurrentIndex(1)
    held = [box.line for box in window.findChildren(LimitBox)]
    held += [one.verticalScrollBar() for one in window.findChildren(QAbstractScrollArea)]
    assert len(held) > 10
    assert len(list(tab_stops(window))) > 10
    assert all(isValid(one) for one in held)


def test_where_a_control_goes_the_keyboard_is_at_the_next(window: MainWindow) -> None:
    window.activateWindow()
    stops = list(tab_stops(window.parts["scope"]))
    stops[1].setFocus()
    assert QApplication.focusWidget() is stops[1]
    stops[1].hide()
    assert QApplication.focusWidget() is stops[2]
