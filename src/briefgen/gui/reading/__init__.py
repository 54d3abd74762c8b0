"""Saved copies of sources: taken into the base, read, and made facts of, passage by passage."""

from __future__ import annotations

from briefgen.gui.reading.reading import Reading
from briefgen.gui.window import MainWindow


def install(window: MainWindow) -> None:
    """Install this part into the window."""
    Reading(window).add_actions()


def reading_of(window: MainWindow) -> Reading:
    """What a window does with saved copies."""
    found = window.findChild(Reading)
    assert isinstance(found, Reading)
    return found
