"""The base's home: its name in the head, bases made and opened, and the page to start from."""

from __future__ import annotations

from briefgen.gui.home.home import Home
from briefgen.gui.window import MainWindow


def install(window: MainWindow) -> None:
    """Install this part into the window."""
    Home(window)


def home_of(window: MainWindow) -> Home:
    """The base's home in a window."""
    found = window.findChild(Home)
    assert isinstance(found, Home)
    return found
