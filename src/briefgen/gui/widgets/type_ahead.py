"""A line in which one types a few letters and chooses from what they may mean."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent

from briefgen.gui.widgets.fields import LineField, plain_tip
from briefgen.gui.widgets.suggesting import Suggesting, Suggestion


class TypeAhead(LineField):
    """Searches while one types; `chosen` tells the value that was picked.

    `search(text)` gives the entries for what stands in the line, an empty text included. With
    `at_once` they are shown as soon as the line is clicked.
    """

    chosen = Signal(object)

    def __init__(
        self,
        search: Callable[[str], Sequence[Suggestion]],
        label: str,
        placeholder: str = "",
        *,
        at_once: bool = True,
        width: int = 360,
    ) -> None:
        super().__init__(label, placeholder)
        self._search = search
        self._at_once = at_once
        self._width = width
        self.suggesting = Suggesting(self, f"{label}: choices", self._choose)
        self.textEdited.connect(lambda text: self.suggest())

    def suggest(self) -> None:
        """Show what there is for the text, now."""
        width = max(self.width(), self._width)
        self.suggesting.show(self._search(self.value()), QRect(0, 0, width, self.height()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.suggesting.takes_key(event):
            event.ignore()
            return
        opens = event.key() == Qt.Key.Key_Down or (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._at_once
        )
        if opens and not self.suggesting.is_open:
            self.suggest()
            return
        super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:
        # Tab takes the entry while the list is open.
        return False if self.suggesting.is_open else super().focusNextPrevChild(next)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if self._at_once and not self.suggesting.is_open:
            self.suggest()

    def _choose(self, value: Any) -> None:
        self.chosen.emit(value)


class PickingField(TypeAhead):
    """Shows what is chosen; typing in it looks for something else, Escape brings it back."""

    def __init__(
        self,
        search: Callable[[str], Sequence[Suggestion]],
        label: str,
        placeholder: str = "",
        *,
        width: int = 360,
    ) -> None:
        super().__init__(search, label, placeholder, width=width)
        self._shown = ""
        self._searching = False
        self.textEdited.connect(lambda text: self._set_searching())

    def show_choice(self, text: str) -> None:
        """What is chosen now, in words."""
        self._shown = text
        self.setToolTip(plain_tip(text))
        if not self._searching:
            self._show()

    def suggest(self) -> None:
        width = max(self.width(), self._width)
        asked = self.value() if self._searching else ""
        self.suggesting.show(self._search(asked), QRect(0, 0, width, self.height()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._searching and not self.suggesting.is_open:
            self._show()
            self.selectAll()
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if not self._searching:
            self.selectAll()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self._searching:
            self._show()
            self.selectAll()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._searching and not self.hasFocus():
            self._show()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason and not self.suggesting.is_open:
            self._show()

    def _set_searching(self) -> None:
        self._searching = True

    def _choose(self, value: Any) -> None:
        self._searching = False
        super()._choose(value)
        self._show()
        self.selectAll()

    def _show(self) -> None:
        self._searching = False
        text = self._shown
        if not self.hasFocus():
            room = self.width() - 24
            text = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
        self.setText(text)
        self.setCursorPosition(0)
