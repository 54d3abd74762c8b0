"""What must hold in every window: the Tab key's way, and names for those who do not see it."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from shiboken6 import isValid

from briefgen.gui.files import choosing
from briefgen.gui.header.sheet import Sheet
from briefgen.gui.window import MainWindow
from gui.every_window import controls_in, each_window, settle
from gui.robot import named

AT_LEAST = 12
"""Windows that there are: fewer, and they were not found."""


@pytest.fixture
def full_window(qtbot: Any, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    """With its pages made and a fact in hand; what the system would open stays closed."""
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: True)
    for name in ("ask_open", "ask_save", "ask_folder"):
        monkeypatch.setattr(choosing, name, lambda *arguments: None)
    window.activateWindow()
    qtbot.waitUntil(lambda: window.session.preview is not None, timeout=20_000)
    window.session.point_at("oil-talks")
    settle()
    return window


def test_every_control_has_a_name_that_no_other_has_beside_it(full_window: MainWindow) -> None:
    faults, seen = [], set()
    for what, shown in each_window(full_window):
        seen.add(type(shown).__name__)
        names = Counter((one.parentWidget(), type(one), spoken(one)) for one in controls_in(shown))
        for (around, kind, name), count in names.items():
            if not name:
                faults.append(f"{what}: a {kind.__name__} in {named(around)} has no name")
            elif count > 1:
                faults.append(f"{what}: {count} of {kind.__name__} are called {name!r}")
    assert len(seen) >= AT_LEAST, seen
    assert not faults, "\n".join(dict.fromkeys(faults))


def spoken(control: QWidget) -> str:
    """What a screen reader says of it first."""
    interface = QAccessible.queryAccessibleInterface(control)
    return interface.text(QAccessible.Text.Name) if interface is not None else ""


def test_the_tab_key_reaches_everything_in_the_order_of_sight(full_window: MainWindow) -> None:
    faults = []
    walks = 0
    for what, shown in each_window(full_window):
        walks += 1
        stops = {one for one in controls_in(shown) if is_stop(one)}
        if len(stops) < 2:
            continue
        walked = walk(shown)
        if walked[:1] in ([], [None]):
            faults.append(f"{what}: the keyboard is caught")
            continue
        sheet = next((one for one in full_window.findChildren(Sheet) if one.isVisible()), None)
        if sheet is not None and shown is full_window:  # Tab stays on it: Escape leaves it
            stops = {one for one in stops if sheet.isAncestorOf(one)}
        round_ = [one for one in walked if one is not None and isValid(one)]
        faults += [
            f"{what}: {named(one)} is never reached" for one in stops - set(round_) if isValid(one)
        ]
        rooms = rooms_of(full_window) if shown is full_window else [shown]
        for room in rooms:
            inside = [one for one in round_ if room.isAncestorOf(one)]
            inside = turned(inside, shown)
            for one, other in pairwise(inside):
                if not in_order(*places(one, other, shown)):
                    faults.append(f"{what}: {named(other)} comes after {named(one)}")
    assert walks >= AT_LEAST
    assert not faults, "\n".join(dict.fromkeys(faults))


def rooms_of(window: MainWindow) -> list[QWidget]:
    return [window.header, *window.parts.values(), window.strip]


def walk(shown: QWidget) -> list[QWidget | None]:
    """Where the Tab key leads until it is back; None at the start where it stays."""
    shown.activateWindow()
    settle()
    here = QApplication.focusWidget() or shown.focusWidget()
    walked: list[QWidget | None] = []
    while here is not None and here not in walked:
        walked.append(here)
        now = here
        for _ in range(20):  # a text leads through its links first
            QTest.keyClick(here, Qt.Key.Key_Tab)
            QApplication.processEvents()
            now = QApplication.focusWidget()
            if now is not here:
                break
        if now is here:
            return [None]
        here = now
    return walked


def is_stop(control: QWidget) -> bool:
    return bool(
        control.isEnabled()
        and control.focusPolicy() & Qt.FocusPolicy.TabFocus
        and control.focusProxy() is None
    )


def place(control: QWidget, shown: QWidget) -> QRect:
    return QRect(control.mapTo(shown, QPoint(0, 0)), control.size())


def places(one: QWidget, other: QWidget, shown: QWidget) -> tuple[QRect, QRect]:
    """Where two controls are seen: what only one of them scrolls in stands for it."""
    areas = [set(scrolling(each)) for each in (one, other)]
    found = [
        place(next((area for area in scrolling(each) if area not in beside), each), shown)
        for each, beside in zip((one, other), reversed(areas), strict=True)
    ]
    return found[0], found[1]


def scrolling(control: QWidget) -> list[QScrollArea]:
    """What it scrolls in, the outermost first."""
    found, above = [], control.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            found.insert(0, above)
        above = above.parentWidget()
    return found


def turned(stops: list[QWidget], shown: QWidget) -> list[QWidget]:
    """The same round, begun at the uppermost."""
    if not stops:
        return []
    first = min(stops, key=lambda one: (place(one, shown).top() // 12, place(one, shown).left()))
    at = stops.index(first)
    return stops[at:] + stops[:at]


def in_order(one: QRect, other: QRect) -> bool:
    """Whether the other follows by sight: right of it in a row, or below, or in a next column."""
    shared = min(one.bottom(), other.bottom()) - max(one.top(), other.top())
    if shared > min(one.height(), other.height()) / 2:
        return other.left() >= one.left()
    return other.top() >= one.top() or other.left() >= one.right()
