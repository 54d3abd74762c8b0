"""The one kind of question that the app asks: what becomes of what would be lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from briefgen.gui.widgets.building import STRETCH, button, column, label, row

Answer = tuple[str, Callable[[], object]]
"""What a button says, and what it does."""


class Question(QDialog):
    """A question with its answers; Escape is the last of them. It closes before the answer acts."""

    def __init__(self, parent: QWidget, text: str, more: str, answers: Sequence[Answer]) -> None:
        super().__init__(parent)
        self.setWindowTitle("briefgen")
        self.setAccessibleName(text)
        said = label(text, wrap=True)
        font = said.font()
        font.setBold(True)
        said.setFont(font)
        buttons = [button(name, partial(self._answer, act)) for name, act in answers]
        for made in buttons[1:]:
            made.setAutoDefault(False)
        buttons[0].setDefault(True)
        buttons[0].setProperty("role", "main")
        whole = column(said, parent=self, margins=(22, 20, 22, 16), spacing=8)
        if more:
            whole.addWidget(label(more, "hint", wrap=True))
        whole.addLayout(row(STRETCH, *buttons, margins=(0, 12, 0, 0)))
        self.setMinimumWidth(420)
        self._escape = answers[-1][1]
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def _answer(self, act: Callable[[], object]) -> None:
        self.accept()
        act()

    def reject(self) -> None:
        super().reject()
        self._escape()
