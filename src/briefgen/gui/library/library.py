"""What the menu Base has of the library: opens its windows, one of each."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from briefgen.gui.editing import base_menu_of
from briefgen.gui.library.sources_window import SourcesWindow
from briefgen.gui.window import MainWindow


class Library(QObject):
    """One for each window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window = window
        self.menu = base_menu_of(window)
        self.sources: SourcesWindow | None = None

    def add_actions(self) -> None:
        """The entries of the menu Base."""
        add = partial(self.window.add_action, "Base")
        add("&Sources…", self.show_sources, keys="Ctrl+Shift+B", apart=True,
            tip="All sources: search, grade, merge; who cites them")  # fmt: skip

    def show_sources(self, source: str = "") -> SourcesWindow:
        """The window of sources, with one of them chosen if it is named."""
        if self.sources is None:
            self.sources = SourcesWindow(self.window, self.menu)
        self.sources.refresh()
        self.sources.show()
        self.sources.raise_()
        self.sources.activateWindow()
        if source:
            self.sources.show_source(source)
        return self.sources
