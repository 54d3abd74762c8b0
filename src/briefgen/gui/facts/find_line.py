"""The line with which one finds facts in the list: it shows them, and leaves the brief alone."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent

from briefgen.errors import BriefgenError
from briefgen.gui import faults
from briefgen.gui.view_models.words import capital
from briefgen.gui.widgets.building import tool_button, wait
from briefgen.gui.widgets.counting_line import CountingLine
from briefgen.gui.widgets.fields import plain_tip
from briefgen.gui.widgets.holding_focus import hand_on_focus
from briefgen.index.text import parse_text_query

_TYPING = 150
"""Milliseconds without a letter after which what was typed is looked for."""


class FindLine(CountingLine):
    """Finds while one types, a moment after the last letter; Enter goes from one to the next."""

    asked = Signal(str)
    """Words to be found; none when nothing is looked for any more."""
    step_asked = Signal(int)
    """To the next fact that was found (1), or the one before (-1)."""
    left = Signal()
    """The person is done with it."""

    def __init__(self) -> None:
        super().__init__("Find in the facts")
        self.setAccessibleDescription(
            'Words and "quoted phrases", all of which must occur; ship* finds beginnings. '
            "Enter goes to the next one, Shift and Enter to the one before."
        )
        before, after = "Fact found before", "Next fact found"
        self.previous = tool_button(
            "↑", partial(self.step_asked.emit, -1), name=before, tip=f"{before} (Shift+Enter)"
        )
        self.next = tool_button(
            "↓", partial(self.step_asked.emit, 1), name=after, tip=f"{after} (Enter)"
        )
        for button in (self.previous, self.next):
            button.setFixedWidth(20)
            self.at_end.addWidget(button)
        self._typing = wait(self, _TYPING, self.look)
        self.textChanged.connect(lambda text: self._typing.start())

    def take_focus(self) -> None:
        """Be typed into, the words ready to be replaced."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def look(self) -> None:
        """Look for what stands there now."""
        self._typing.stop()
        text = self.text().strip()
        try:
            parse_text_query(text)
        except BriefgenError as error:
            self.setToolTip(plain_tip(capital(faults.sentence(error))))
            self.asked.emit("")
            self.tell("no words", capital(faults.sentence(error)))
        else:
            self.setToolTip("")
            self.asked.emit(text)

    def tell_found(self, number: int, count: int) -> None:
        """Say that this many were found, and, unless it is 0, that the one in hand is `number`."""
        if not count:
            self.tell("none", "No fact of the list has these words")
        else:
            self.tell(f"{number:,} of {count:,}" if number else f"{count:,}")
        if not count:
            hand_on_focus((self.previous, self.next), self)
        for button in (self.previous, self.next):
            button.setEnabled(count > 0)

    def step(self, step: int) -> None:
        """Go on to another one, those that are just being typed found first."""
        if self._typing.isActive():
            self.look()
        else:
            self.step_asked.emit(step)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            ours = event.key() in (Qt.Key.Key_F3, Qt.Key.Key_Escape)
            if ours:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F3):
            self.step(-1 if back else 1)
        elif event.key() == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
                self.look()
            else:
                self.left.emit()
        else:
            super().keyPressEvent(event)
