"""The right part of the window: the pages as they will be printed.

`maker` has them made in a process of its own (`page_process`), `pdf_thread` turns them into
pictures, `view` shows them and names the modules for what can be done on them, `panel` is what
stands around them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefgen.gui.pages.maker import PageMaker
    from briefgen.gui.window import MainWindow


def install(window: MainWindow) -> None:
    """Install this part into the window."""
    # Imported here: the process that makes pages imports this package, and never Qt.
    from briefgen.gui.pages.panel import install

    install(window)


def page_maker_of(window: MainWindow) -> PageMaker:
    """What has a window's pages made."""
    from briefgen.gui.pages.maker import PageMaker

    found = window.findChild(PageMaker)
    assert isinstance(found, PageMaker)
    return found
