"""The scope: its groups one above the other, brought up to date with every change."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from briefgen.gui.scope.actors import ActorsGroup
from briefgen.gui.scope.counted_selection import CountedSelection
from briefgen.gui.scope.dates import DatesGroup
from briefgen.gui.scope.saved import SavedScopes
from briefgen.gui.scope.topics import TopicsGroup
from briefgen.gui.widgets.building import column
from briefgen.gui.window import MainWindow


class ScopePanel(QScrollArea):
    """Dates, topics, actors and the rest. It scrolls where a window is too low for them."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        session = window.session
        selection = CountedSelection(session)
        self.dates = DatesGroup(selection)
        self.topics = TopicsGroup(window, selection)
        self.actors = ActorsGroup(selection, window.memory)
        self.saved = SavedScopes(window, selection)
        self.actors.foot.addWidget(self.saved.button)
        inside = QWidget()
        inside.setObjectName("scope")
        column(
            self.dates, (self.topics, 1), self.actors,
            parent=inside, margins=(14, 12, 14, 12), spacing=12,
        )  # fmt: skip
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Scope")
        session.base_opened.connect(self._base_opened)
        session.brief_opened.connect(self.dates.brief_opened)
        session.brief_changed.connect(self._brief_changed)

        def come_forward(field: str) -> None:
            if field == "select":
                window.show_part("scope")
                self.dates.start.setFocus(Qt.FocusReason.ShortcutFocusReason)
                self.ensureWidgetVisible(self.dates.start)

        session.field_asked.connect(come_forward)

    def _base_opened(self) -> None:
        self.dates.base_opened()
        self.topics.base_opened()
        self.refresh()

    def _brief_changed(self, changed: frozenset[str]) -> None:
        if "select" in changed:
            self.refresh()

    def refresh(self) -> None:
        """Show the selection, and the counts that it leaves."""
        self.topics.refresh()
        self.dates.refresh()
        self.actors.refresh()
