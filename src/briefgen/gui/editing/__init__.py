"""Facts, sources and actors written into the files of the base, from forms."""

from __future__ import annotations

from briefgen.gui.editing.base_menu import BaseMenu
from briefgen.gui.window import MainWindow


def install(window: MainWindow) -> None:
    """Install this part into the window."""
    BaseMenu(window).add_actions()


def base_menu_of(window: MainWindow) -> BaseMenu:
    """What a window does with its base."""
    found = window.findChild(BaseMenu)
    assert isinstance(found, BaseMenu)
    return found
