"""The sources of a base as a library, and what comes into it and goes out."""

from __future__ import annotations

from briefgen.gui.library.library import Library
from briefgen.gui.window import MainWindow


def install(window: MainWindow) -> None:
    """Install this part into the window."""
    Library(window).add_actions()


def library_of(window: MainWindow) -> Library:
    """The library of a window."""
    found = window.findChild(Library)
    assert isinstance(found, Library)
    return found
