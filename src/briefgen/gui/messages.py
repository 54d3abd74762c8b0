"""The card above the foot that says what happened, or what is going on. Nothing moves for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QProgressBar, QWidget
from shiboken6 import isValid

from briefgen.gui.background import Task
from briefgen.gui.view_models.words import capital
from briefgen.gui.widgets.building import button, label, restyle, row, wait
from briefgen.gui.widgets.holding_focus import focus_within, hand_on_focus

Kind = Literal["done", "warning", "error"]

_SAID_FOR = 12_000
"""Milliseconds after which what went well need no longer be read."""

_WIDEST, _WIDTH_OF_TASK, _GAP = 860, 480, 10
"""Pixels: as wide as it gets; its width at least while steps follow one another; around it."""


class MessageLine(QFrame):
    """Says what happened, or what is going on, over the lower end of a room."""

    def __init__(self, room: QWidget, foot: QWidget, side: QWidget) -> None:
        """`foot` at the room's lower end and `side` at its left are what it stays clear of."""
        super().__init__(room)
        self._room, self._foot, self._side = room, foot, side
        self.setObjectName("message")
        self.text = label(wrap=True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.bar = QProgressBar(textVisible=False, minimum=0, maximum=0)
        self.bar.setFixedWidth(140)
        self.bar.setAccessibleName("Working")
        self.ways = QHBoxLayout()
        self.close_button = button("Close", self.clear, role="quiet", name="Close this message")
        self.close_button.setFlat(True)
        row(
            (self.text, 1), self.bar, self.ways, self.close_button,
            parent=self, margins=(14, 6, 10, 6),
        )  # fmt: skip
        self._timer = wait(self, _SAID_FOR, self._time_is_up)
        self._task: Task | None = None
        self._came_from: QWidget | None = None
        self.hide()
        for widget in (room, foot, side):
            widget.installEventFilter(self)

    @property
    def message(self) -> str:
        """What stands there; empty when nothing does."""
        return "" if self.isHidden() else self.text.text()

    def clear(self) -> None:
        """Say nothing any more. Who was in it is back where they came from."""
        self._timer.stop()
        self._task = None
        self._go_back()
        self.hide()

    def _time_is_up(self) -> None:
        if focus_within(self) or self.underMouse():
            self._timer.start()  # the person is at it
        else:
            self.clear()

    def _go_back(self) -> None:
        """Hand the keyboard back to where it was when this was said."""
        to = self._came_from
        if to is not None and isValid(to) and to.isVisible():
            hand_on_focus((self,), to)

    def show_message(
        self, text: str, kind: Kind, ways: Sequence[tuple[str, Callable[[], None]]]
    ) -> None:
        """One message; it takes the place of the one before."""
        self._task = None
        self.bar.hide()
        self.close_button.show()
        self._show(_begun_large(text), kind, ways)
        if kind == "done":
            self._timer.start()

    def show_task(self, doing: str, task: Task) -> None:
        """What is going on, until it ends."""
        self._task = task
        self.bar.show()
        self.close_button.hide()
        self._show(f"{doing} …", "done", [("Cancel", task.cancel)])

        def say(step: str) -> None:
            if self._task is task:
                self.text.setText(f"{doing}: {step} …")
                self._settle()

        def end() -> None:
            if self._task is task:
                self.clear()

        task.step.connect(say)
        task.ended.connect(end)

    def _show(self, text: str, kind: Kind, ways: Sequence[tuple[str, Callable[[], None]]]) -> None:
        self._timer.stop()
        self._go_back()  # what is there goes
        self._came_from = QApplication.focusWidget()
        self.text.setText(text)
        restyle(self, "kind", kind)
        while self.ways.count():
            item = self.ways.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()  # who stood on it goes on to the next
                widget.deleteLater()
        for name, way in ways:
            made = button(name, way)
            self.ways.addWidget(made)
            made.show()  # what is not shown yet takes no room, and this may be in sight already
        self.show()
        self.raise_()
        self._settle()
        # Screen readers are told what a seeing person's eye is drawn to.
        self.setAccessibleName(text)

    def _settle(self) -> None:
        """Lie in the middle, above the foot, as large as the words need."""
        layout = self.layout()
        assert layout is not None
        layout.activate()
        metrics = self.text.fontMetrics()
        words = max(metrics.horizontalAdvance(line) for line in self.text.text().split("\n"))
        beside = layout.minimumSize().width() - self.text.minimumSizeHint().width()
        least = _WIDTH_OF_TASK if self._task is not None else 0
        side = self._side.width() if self._side.isVisible() else 0
        side = side if self._room.width() - side >= _WIDTH_OF_TASK else 0
        room = self._room.width() - side - 2 * _GAP
        width = min(max(words + 8 + beside, least), _WIDEST, room)
        height = layout.totalHeightForWidth(width)
        left = side + _GAP + (room - width) // 2
        foot = self._room.height() if self._foot.isHidden() else self._foot.y()
        self.setGeometry(left, foot - height - _GAP, width, height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move) and not self.isHidden():
            self._settle()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._task is None:
            self.clear()
            return
        super().keyPressEvent(event)


def _begun_large(text: str) -> str:
    """With a capital at its start, unless a path or an id stands there."""
    return capital(text) if text.partition(" ")[0].isalpha() else text
