"""The left part: when, which topics, who and what, with counts beside every choice."""

from __future__ import annotations

from briefgen.gui.scope.panel import ScopePanel
from briefgen.gui.window import MainWindow


def install(window: MainWindow) -> None:
    """Put the scope into its room."""
    panel = ScopePanel(window)
    window.place("scope", panel)
    window.parts["scope"].setFocusProxy(panel.topics.view)
