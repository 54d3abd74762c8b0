"""What the template asks of the author: who it is for and with whom, and words of their own."""

from __future__ import annotations

from briefgen.gui.own_text.tab import Answer as Answer
from briefgen.gui.own_text.tab import OwnTextTab as OwnTextTab
from briefgen.gui.window import MainWindow


def install(window: MainWindow) -> None:
    """Add the tab."""
    window.add_tab(OwnTextTab(window), "Own text")
