"""Where the window opens, on screens of many sizes, and what of it can be seen there."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QRect, QSize, Qt

from briefgen.gui import window_place
from briefgen.gui.window import MainWindow

SMALL = QRect(0, 0, 1280, 720)
PANELS = QRect(1920, 28, 1280, 680)
LARGE = QRect(0, 0, 2560, 1440)


@pytest.mark.parametrize(
    ("wanted", "available", "placed"),
    [
        (QRect(100, 100, 1000, 600), LARGE, QRect(100, 100, 1000, 600)),
        (QRect(0, 0, 1440, 900), SMALL, QRect(0, 30, 1280, 690)),
        (QRect(3000, 2000, 1000, 600), SMALL, QRect(280, 120, 1000, 600)),
        (QRect(-50, -50, 1000, 600), PANELS, QRect(1920, 58, 1000, 600)),
    ],
)
def test_it_stays_within_what_is_there(wanted: QRect, available: QRect, placed: QRect) -> None:
    assert window_place.within(wanted, available, bar=30) == placed


def on(window: MainWindow, available: QRect, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the window on a screen with so much room."""
    screen = SimpleNamespace(availableGeometry=lambda: available)
    monkeypatch.setattr(window, "screen", lambda: screen)


@pytest.mark.parametrize("available", [SMALL, PANELS, LARGE])
def test_a_first_start_opens_within_its_screen(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, available: QRect
) -> None:
    on(window, available, monkeypatch)
    window.hide()

    window.restore()

    placed = window.normalGeometry() if window.isMaximized() else window.geometry()
    assert available.contains(placed)
    assert window.isMaximized() == (available is not LARGE)


def test_facts_have_enough_room_in_a_small_window(
    qtbot: Any, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.hide()
    window.splitter.setSizes([280, 169, 189])
    window.resize(1280, 720)
    window.show()
    qtbot.waitExposed(window)

    scope, facts, pages = window.splitter.sizes()
    assert scope <= 240
    assert 0.43 <= facts / (facts + pages) <= 0.5


def test_what_was_remembered_from_a_larger_screen_is_made_to_fit(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.setGeometry(1500, 300, 1900, 1100)
    window.memory.setValue("window/geometry", window.saveGeometry())
    window.hide()
    on(window, SMALL, monkeypatch)

    window.restore()

    assert SMALL.contains(window.geometry())
    assert not window.isMaximized()


@pytest.mark.parametrize("size", [(1280, 720), window_place.LEAST])
def test_every_control_of_the_header_can_be_seen(
    qtbot: Any, open_window: Callable[..., MainWindow], size: tuple[int, int]
) -> None:
    from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit

    from briefgen.gui.header import Header
    from briefgen.gui.view_models.pages.preview import Preview

    window = open_window()
    window.resize(*size)
    qtbot.waitUntil(lambda: window.size() == QSize(*size))
    header = window.findChild(Header)
    assert isinstance(header, Header)
    over = Preview(b"", "T", 12, 12, 10, (), (), (), (), "12 pages are 2 more", "")
    header.session.pages_made.emit(over)
    window.header.layout().activate()

    controls = [
        one
        for kind in (QAbstractButton, QComboBox, QLineEdit)
        for one in window.header.findChildren(kind)
        if one.isVisible() and not one.objectName().startswith("qt_")
    ]
    assert len(controls) >= 8
    places = [QRect(one.mapTo(window, one.rect().topLeft()), one.size()) for one in controls]
    for one, place in zip(controls, places, strict=True):
        assert window.rect().contains(place), one.accessibleName()
        assert one.visibleRegion().boundingRect() == one.rect(), one.accessibleName()
        if isinstance(one, QAbstractButton):
            assert one.width() >= one.minimumSizeHint().width(), one.accessibleName()
    assert not [
        (one.accessibleName(), other.accessibleName())
        for number, one in enumerate(controls)
        for later, other in enumerate(controls)
        if number < later and places[number].intersects(places[later])
    ]
    captions = [one.text() for one in header.captions if one.isVisible()]
    assert captions == ["Template", "Citations", "Marking"]
    assert all(one.width() >= one.minimumSizeHint().width() for one in header.captions)


def test_the_window_can_be_smaller_than_usual_on_a_tiny_screen(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny = QRect(0, 0, 800, 480)
    on(window, tiny, monkeypatch)
    window.hide()

    window.restore()

    assert tiny.contains(window.normalGeometry())
    assert window.windowState() & Qt.WindowState.WindowMaximized
