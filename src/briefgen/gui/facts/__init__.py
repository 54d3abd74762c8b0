"""The facts of the brief: a list to tick, order and reword, and the fact in hand shown whole."""

from __future__ import annotations

from briefgen.gui.facts.tab import FactsTab
from briefgen.gui.window import MainWindow

__all__ = ["FactsTab", "install"]


def install(window: MainWindow) -> None:
    """Put the facts into the middle of the window."""
    tab = FactsTab(window)
    window.facts_part = tab
    window.add_tab(tab, "Facts")
    tab.add_actions()

    def tab_changed() -> None:
        seen = tab.view if window.tabs.currentWidget() is tab else window.tabs.tabBar()
        window.parts["facts"].setFocusProxy(seen)

    window.tabs.currentChanged.connect(lambda number: tab_changed())
    tab_changed()
