"""The scope: its groups one above the other, brought up to date with every change."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from briefgen.gui.scope.asking import Asking
from briefgen.gui.scope.topics import TopicsGroup
from briefgen.gui.scope.when import WhenGroup
from briefgen.gui.scope.who import WhoGroup
from briefgen.gui.window import MainWindow


class ScopePanel(QScrollArea):
    """When, topics, who and what. It scrolls where a window is too low for them."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        session = window.session
        self.asking = Asking(session)
        self.when = WhenGroup(self.asking)
        self.topics = TopicsGroup(window, self.asking)
        self.who = WhoGroup(self.asking, window.memory)
        inside = QWidget()
        inside.setObjectName("scope")
        column = QVBoxLayout(inside)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(12)
        column.addWidget(self.when)
        column.addWidget(self.topics, 1)
        column.addWidget(self.who)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Scope")
        session.base_opened.connect(self._base_opened)
        session.brief_opened.connect(self.when.brief_opened)
        session.brief_changed.connect(self._brief_changed)

    def _base_opened(self) -> None:
        self.when.base_opened()
        self.topics.base_opened()
        self.refresh()

    def _brief_changed(self, changed: frozenset[str]) -> None:
        if "select" in changed:
            self.refresh()

    def refresh(self) -> None:
        """Show the selection, and the counts that it leaves."""
        self.topics.refresh()
        self.when.refresh()
        self.who.refresh()
