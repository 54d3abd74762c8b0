"""The parts of the window, in the order in which they are installed.

That is also the order of tabs, of entries in menus, and of the keyboard's way through the window.
"""

from __future__ import annotations

from importlib import import_module

from briefgen.gui.window import MainWindow

PARTS = (
    "files",
    "home",
    "header",
    "scope",
    "facts",
    "sections",
    "own_text",
    "judgements",
    "pages",
    "strip",
    "keyboard",
    "appearance",
    "exporting",
    "editing",
    "library",
    "reading",
    "settings",
    "help",
)


def install(window: MainWindow) -> None:
    """Install every part into the window."""
    for name in PARTS:
        import_module(f"briefgen.gui.{name}").install(window)
