"""The sections of the brief: which there are, in what order, and how much each of them shows."""

from __future__ import annotations

from briefgen.gui.sections.tab import SectionsTab as SectionsTab
from briefgen.gui.window import MainWindow


def install(window: MainWindow) -> None:
    """Add the tab."""
    window.add_tab(SectionsTab(window), "Sections")
