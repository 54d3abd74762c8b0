"""Light and dark: chosen, remembered, and readable in both."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QAction, QColor, QPalette
from PySide6.QtWidgets import QLineEdit

from briefgen.gui import look
from briefgen.gui.look import DARK, LIGHT, Colours
from briefgen.gui.window import MainWindow


@pytest.fixture(autouse=True)
def undone() -> Iterator[None]:
    yield
    look.wear(None)


def action(window: MainWindow, text: str) -> QAction:
    return next(a for a in window.menus["View"].actions() if a.text().replace("&", "") == text)


def test_dark_is_worn_at_once_and_remembered(open_window: Callable[..., MainWindow]) -> None:
    window = open_window()
    action(window, "Dark colours").trigger()

    assert window.palette().color(QPalette.ColorRole.Window) == QColor(DARK.ground)
    assert window.memory.value("window/scheme") == "dark"

    look.wear("light")
    again = open_window(memory=window.memory)
    assert look.scheme() == "dark"
    assert action(again, "Dark colours").isChecked()


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("worn", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["ground", "side", "desk", "field", "chosen"])
@pytest.mark.parametrize("ink", ["text", "muted", "accent", "warning", "error"])
def test_all_ink_can_be_read_on_every_ground(worn: Colours, ground: str, ink: str) -> None:
    assert contrast(getattr(worn, ink), getattr(worn, ground)) >= 4.5


@pytest.mark.parametrize("worn", [LIGHT, DARK], ids=["light", "dark"])
def test_filled_and_marked_text_can_be_read(worn: Colours) -> None:
    assert contrast(worn.on_accent, worn.accent) >= 4.5
    assert contrast(worn.text, worn.mark) >= 4.5
    assert contrast(worn.warning, worn.warning_ground) >= 4.5
    assert contrast(worn.text, worn.warning_ground) >= 4.5


def test_what_an_empty_field_says_can_be_read(window: MainWindow) -> None:
    title = window.findChild(QLineEdit, "title")
    assert title is not None
    for colours, scheme in ((LIGHT, "light"), (DARK, "dark")):
        look.wear(scheme)
        title.ensurePolished()
        # As it is, not half transparent, which a style sheet makes of it.
        assert title.palette().placeholderText().color() == QColor(colours.muted)
