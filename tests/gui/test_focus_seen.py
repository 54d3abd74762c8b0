"""Whoever arrives somewhere by Tab sees where: each stop looks otherwise than without the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from briefgen.gui import look
from briefgen.gui.editing import base_menu_of
from briefgen.gui.header import Header
from briefgen.gui.judgements import JudgementsTab
from briefgen.gui.window import MainWindow

LEAST = 60
"""Pixels that must look otherwise: the edge of the smallest box."""


@pytest.fixture(scope="module", autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    """As the app looks when it is started."""
    font, palette, sheet = qapp.font(), qapp.palette(), qapp.styleSheet()
    look.dress(qapp)
    yield
    qapp.setStyleSheet(sheet)
    qapp.setFont(font)
    qapp.setPalette(palette)


def tab(number: int) -> Callable[[MainWindow], QWidget]:
    def open_(window: MainWindow) -> QWidget:
        window.tabs.setCurrentIndex(number)
        return window

    return open_


def judgement(window: MainWindow) -> QWidget:
    made = window.findChild(JudgementsTab)
    assert isinstance(made, JudgementsTab)
    window.tabs.setCurrentWidget(made)
    made.add()
    return window


def sheet(window: MainWindow) -> QWidget:
    header = window.findChild(Header)
    assert isinstance(header, Header)
    header.sheet.open_at(None)
    return window


def form(which: str) -> Callable[[MainWindow], QWidget]:
    def open_(window: MainWindow) -> QWidget:
        menu = base_menu_of(window)
        getattr(menu, which)()
        assert menu.dialog is not None
        return menu.dialog

    return open_


PLACES: dict[str, Callable[[MainWindow], QWidget]] = {
    "facts": tab(0), "sections": tab(1), "own text": tab(2), "judgement": judgement,
    "document": sheet, "fact": form("new_fact"), "source": form("new_source"),
    "quick add": form("quick_add"),
}  # fmt: skip


def stops(room: QWidget) -> Iterator[QWidget]:
    """Where Tab leads, from the start, each once."""
    seen: list[QWidget] = []
    for _ in range(200):
        at = QApplication.focusWidget() or room
        QTest.keyClick(at, Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        assert now is not None
        if now in seen:
            return
        seen.append(now)
        yield now
    raise AssertionError("Tab leads round and round")


def picture(room: QWidget, widget: QWidget) -> QImage:
    """What is to be seen of a widget and right around it."""
    area = QRect(widget.mapTo(room, QPoint()), widget.size()).adjusted(-6, -6, 6, 6)
    return room.grab(area.intersected(room.rect())).toImage()


def unlike(one: QImage, other: QImage) -> int:
    """How many pixels differ so that one can see it."""
    assert one.size() == other.size()
    first, second = (bytes(each.convertedTo(QImage.Format.Format_RGB32).constBits())
                     for each in (one, other))  # fmt: skip
    if first == second:
        return 0
    count = 0
    for at in range(0, len(first), 4):
        if first[at : at + 3] != second[at : at + 3]:
            count += sum(abs(first[at + k] - second[at + k]) for k in range(3)) > 40
    return count


@pytest.mark.parametrize(
    ("place", "scheme"),
    [*((place, "light") for place in PLACES), ("facts", "dark"), ("fact", "dark")],
)
def test_the_keyboard_is_seen_wherever_it_arrives(
    qtbot: Any, window: MainWindow, place: str, scheme: look.Scheme
) -> None:
    window.resize(1280, 720)
    qtbot.waitUntil(lambda: window.session.preview is not None, timeout=20_000)
    look.wear(scheme)
    try:
        room = PLACES[place](window)
        QApplication.processEvents()
        room.activateWindow()
        if not isinstance(room, QDialog) and place != "document":
            focused = QApplication.focusWidget()
            if focused is not None:
                focused.clearFocus()
        unseen, count = [], 0
        for stop in stops(room):
            if stop.window() is not room:
                break
            count += 1
            with_it = picture(room, stop)
            stop.clearFocus()
            without = picture(room, stop)
            name = f"{type(stop).__name__} {stop.accessibleName()!r}"
            if unlike(with_it, without) < LEAST:
                unseen.append(name)
            stop.setFocus(Qt.FocusReason.TabFocusReason)
        assert count >= (8 if isinstance(room, QDialog) else 20)
        assert unseen == []
    finally:
        look.wear(None)
