"""Keeping the base: facts, sources and actors written into its files, from forms."""

from __future__ import annotations

from briefgen.gui.editing.part import Keeping
from briefgen.gui.window import MainWindow


def install(window: MainWindow) -> None:
    """Install this part into the window."""
    Keeping(window).add_actions()


def keeping_of(window: MainWindow) -> Keeping:
    """What a window does with its base."""
    found = window.findChild(Keeping)
    assert isinstance(found, Keeping)
    return found
