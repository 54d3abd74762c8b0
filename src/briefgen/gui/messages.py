"""The line under the header that says what happened, or what is going on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar

from briefgen.gui.background import Task
from briefgen.gui.view_models.words import capital
from briefgen.gui.widgets.building import button, label, restyle, row, wait

Kind = Literal["done", "warning", "error"]

_SAID_FOR = 12_000
"""Milliseconds after which what went well need no longer be read."""


class MessageLine(QFrame):
    """The line that says what happened, or what is going on."""

    def __init__(self) -> None:
        super().__init__()
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
        self._timer = wait(self, _SAID_FOR, self.clear)
        self._task: Task | None = None
        self.hide()

    @property
    def message(self) -> str:
        """What stands there; empty when nothing does."""
        return "" if self.isHidden() else self.text.text()

    def clear(self) -> None:
        """Say nothing any more."""
        self._timer.stop()
        self._task = None
        self.hide()

    def show_message(
        self, text: str, kind: Kind, ways: Sequence[tuple[str, Callable[[], None]]]
    ) -> None:
        """One message; it takes the place of the one before."""
        self._task = None
        self._show(_begun_large(text), kind, ways)
        self.bar.hide()
        self.close_button.show()
        if kind == "done":
            self._timer.start()

    def show_task(self, doing: str, task: Task) -> None:
        """What is going on, until it ends."""
        self._show(f"{doing} …", "done", [("Cancel", task.cancel)])
        self._task = task
        self.bar.show()
        self.close_button.hide()

        def say(step: str) -> None:
            if self._task is task:
                self.text.setText(f"{doing}: {step} …")

        def end() -> None:
            if self._task is task:
                self.clear()

        task.step.connect(say)
        task.ended.connect(end)

    def _show(self, text: str, kind: Kind, ways: Sequence[tuple[str, Callable[[], None]]]) -> None:
        self._timer.stop()
        self.text.setText(text)
        restyle(self, "kind", kind)
        while self.ways.count():
            item = self.ways.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        for name, way in ways:
            self.ways.addWidget(button(name, way))
        self.show()
        # Screen readers are told what a seeing person's eye is drawn to.
        self.setAccessibleName(text)


def _begun_large(text: str) -> str:
    """With a capital at its start, unless a path or an id stands there."""
    return capital(text) if text.partition(" ")[0].isalpha() else text
