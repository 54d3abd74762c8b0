"""A button that says what is chosen, and a menu of choices with counts that stays open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QMenu,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
)

from briefgen.gui import look
from briefgen.gui.scope.counted_selection import number
from briefgen.gui.widgets.building import button_text
from briefgen.gui.widgets.fields import plain_tip


@dataclass(frozen=True, slots=True)
class Entry:
    """One choice in a menu."""

    text: str
    count: int | None
    on: bool
    choose: Callable[[], None]
    apart: bool = False
    """A line stands before it."""
    stays: bool = True
    """The menu stays open: one may well choose more."""


class StayingMenu(QMenu):
    """A menu in which several things can be ticked in one go."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        action = self.actionAt(event.position().toPoint())
        if not self._ticked(action):
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Space or not self._ticked(self.activeAction()):
            super().keyPressEvent(event)

    def _ticked(self, action: QAction | None) -> bool:
        if action is None or not action.isEnabled() or not action.data():
            return False
        action.trigger()
        return True


class FilterButton(QPushButton):
    """Looks like a field that says what is chosen. `entries` is asked when the menu opens."""

    def __init__(self, name: str, entries: Callable[[], Sequence[Entry]]) -> None:
        super().__init__()
        self.setProperty("role", "filter")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._name = name
        self._entries = entries
        self._actions: list[QAction] = []
        self.value = ""
        """What the button says, uncut."""
        menu = StayingMenu(self)
        menu.aboutToShow.connect(self.fill)
        self.setMenu(menu)

    def set_value(self, value: str) -> None:
        """Say what is chosen; an open menu follows."""
        self.value = value
        self.setAccessibleName(f"{self._name}: {value}")
        self._cut()
        if self._open_menu().isVisible():
            self.fill()

    def _open_menu(self) -> QMenu:
        menu = self.menu()
        assert isinstance(menu, QMenu)
        return menu

    def fill(self) -> None:
        """Write the menu anew, in place where the choices are the same."""
        menu, entries = self._open_menu(), self._entries()
        if len(entries) != len(self._actions):
            menu.clear()
            self._actions = []
            for place, entry in enumerate(entries):
                if entry.apart:
                    menu.addSeparator()
                action = menu.addAction("")
                action.setCheckable(True)
                action.triggered.connect(lambda checked=False, n=place: self._entries()[n].choose())
                self._actions.append(action)
        for action, entry in zip(self._actions, entries, strict=True):
            count = f"\t{number(entry.count)}" if entry.count is not None else ""
            action.setText(f"{button_text(entry.text)}{count}")
            action.setChecked(entry.on)
            action.setData(entry.stays)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        room = self.width() - 34
        cut = self.fontMetrics().elidedText(self.value, Qt.TextElideMode.ElideRight, room)
        self.setText(button_text(cut))
        self.setToolTip(plain_tip(self.value) if cut != self.value else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        # As any button: the style sheet's padding does not hold for those with a menu.
        option.features &= ~QStyleOptionButton.ButtonFeature.HasMenu
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour("muted"), 1.4))
        x, y = self.width() - 14.0, self.height() / 2
        painter.drawPolyline([QPointF(x - 4, y - 2), QPointF(x, y + 2), QPointF(x + 4, y - 2)])
