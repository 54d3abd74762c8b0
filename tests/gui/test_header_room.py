"""The header with everything in it, on a small screen."""

from __future__ import annotations

from typing import Any

from briefgen.gui.header import Header
from briefgen.gui.view_models.pages.preview import Preview
from briefgen.gui.window import MainWindow


def test_everything_fits_into_1280_pixels(qtbot: Any, window: MainWindow) -> None:
    window.resize(1280, 720)
    qtbot.waitUntil(lambda: window.width() == 1280)
    header = window.findChild(Header)
    assert isinstance(header, Header)
    header.session.pages_made.emit(Preview(b"", "T", 12, 12, 10, (), (), (), (), "", ""))

    assert window.header.minimumSizeHint().width() <= 1280
    for widget in (header.title, header.template, header.style, header.marking, header.pages):
        assert widget.geometry().right() <= 1280
    assert header.title.width() >= 160
