"""What the menu Base has of the library: opens its windows, one of each."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from briefgen.gui.editing import base_menu_of
from briefgen.gui.files.choosing import ask_open
from briefgen.gui.window import MainWindow

if TYPE_CHECKING:
    from briefgen.gui.library.sources_window import SourcesWindow
    from briefgen.gui.view_models.sources.table_form import FormValues

# Its windows are imported when they are asked for: a start is waited for, and needs none of them.


class Library(QObject):
    """One for each window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window = window
        self.menu = base_menu_of(window)
        self.sources: SourcesWindow | None = None
        self.said_of_tables: dict[tuple[str, ...], FormValues] = {}
        """By the columns of a table, what was last said of them."""
        window.session.source_asked.connect(
            lambda id_: window.attempt(partial(self.show_sources, id_))
        )

    def add_actions(self) -> None:
        """The entries of the menu Base."""
        add = partial(self.window.add_action, "Base")
        add("&Sources…", self.show_sources, keys="Ctrl+Shift+B", apart=True,
            tip="All sources: search, grade, merge; who cites them")  # fmt: skip

        add("&Import…", self.ask_import,
            tip="Sources or facts from a file; every row is shown first")  # fmt: skip
        add("&Topics…", self.show_topics,
            tip="What facts are filed under: new ones, other names, carried through")  # fmt: skip
        add("&Measures…", self.show_measures, tip="What figures count, and in which unit")

    def show_topics(self) -> None:
        """The topics of the base in a form."""
        from briefgen.gui.library.names_dialog import TopicsDialog

        self.menu.open_form(lambda: TopicsDialog(self.menu.writer))

    def show_measures(self) -> None:
        """The measures of the base in a form."""
        from briefgen.gui.library.names_dialog import MeasuresDialog

        self.menu.open_form(lambda: MeasuresDialog(self.menu.writer))

    def ask_import(self) -> None:
        """Ask for a file, and show what would become of its rows."""
        from briefgen.gui.view_models.sources.importing import IMPORTABLE

        if self.menu.writer.may_write(self.ask_import):
            parent = self.sources if self.sources is not None and self.sources.isVisible() else None
            ask_open(parent or self.window, "Import", None, IMPORTABLE, self.import_file)

    def import_file(self, file: Path) -> None:
        """Show what would become of each row of a file."""
        from briefgen.gui.library.import_dialog import ImportDialog

        self.menu.open_form(lambda: ImportDialog(self.menu.writer, file, self.said_of_tables))

    def show_sources(self, source: str = "") -> SourcesWindow:
        """The window of sources, with one of them chosen if it is named."""
        from briefgen.gui.library.sources_window import SourcesWindow

        if self.sources is None:
            self.sources = SourcesWindow(self.window, self.menu, self.ask_import)
        self.sources.refresh()
        self.sources.show()
        self.sources.raise_()
        self.sources.activateWindow()
        if source:
            self.sources.show_source(source)
        return self.sources
