"""What the template asks of the author: who it is for and with whom, and words of their own."""

from __future__ import annotations

from briefgen.gui.own_text.tab import Answer as Answer
from briefgen.gui.own_text.tab import OwnTextTab as OwnTextTab
from briefgen.gui.widgets.spelling import spelling
from briefgen.gui.window import MainWindow


def install(window: MainWindow) -> None:
    """Add the tab."""
    session = window.session

    def take_language() -> None:
        spelling().take_language(session.spec.language or session.base.language)

    session.base_opened.connect(take_language)
    session.brief_changed.connect(
        lambda changed: take_language() if "language" in changed else None
    )
    window.add_tab(OwnTextTab(window), "Own text")
