"""The one question that the app asks: what becomes of changes that are not saved."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget


class Question(QDialog):
    """A question with its answers; Escape is the last of them. It closes before the answer acts."""

    def __init__(
        self,
        parent: QWidget,
        text: str,
        more: str,
        answers: tuple[tuple[str, Callable[[], object]], ...],
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("briefgen")
        self.setAccessibleName(text)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 20, 22, 16)
        column.setSpacing(8)
        said = QLabel(text, textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        font = said.font()
        font.setBold(True)
        said.setFont(font)
        column.addWidget(said)
        if more:
            hint = QLabel(more, textFormat=Qt.TextFormat.PlainText, wordWrap=True)
            hint.setProperty("role", "hint")
            column.addWidget(hint)
        row = QHBoxLayout()
        row.setContentsMargins(0, 12, 0, 0)
        row.addStretch(1)
        for number, (name, act) in enumerate(answers):
            button = QPushButton(name)
            button.setDefault(number == 0)
            button.setAutoDefault(number == 0)
            if number == 0:
                button.setProperty("role", "main")
            button.clicked.connect(lambda checked=False, act=act: self._answer(act))
            row.addWidget(button)
        column.addLayout(row)
        self.setMinimumWidth(420)
        self._escape = answers[-1][1]
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def _answer(self, act: Callable[[], object]) -> None:
        self.accept()
        act()

    def reject(self) -> None:
        super().reject()
        self._escape()
