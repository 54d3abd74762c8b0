"""The facts of the brief: a list to tick, order and reword, and the fact in hand shown whole."""

from __future__ import annotations

from briefgen.gui.facts.part import FactsPart
from briefgen.gui.window import MainWindow

__all__ = ["FactsPart", "install"]


def install(window: MainWindow) -> None:
    """Put the facts into the middle of the window."""
    part = FactsPart(window)
    window.facts_part = part
    window.add_tab(part, "Facts")
    part.add_actions()
