"""What there is to say about a text, under its field, a little after the person paused."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from briefgen.gui.view_models.brief.own_text_check import Note
from briefgen.gui.widgets.fields import set_state

_PAUSE = 350
"""Milliseconds: half a citation is no mistake while it is typed."""
_MOST = 4


class Notes(QWidget):
    """Lines about the text of `field`, which is marked if one of them is an error."""

    def __init__(self, field: QWidget, check: Callable[[], Sequence[Note]]) -> None:
        super().__init__()
        self._field = field
        self._check = check
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(1)
        self._labels: list[QLabel] = []
        self._shown: tuple[Note, ...] = ()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self.check)
        self.hide()

    @property
    def said(self) -> tuple[Note, ...]:
        """What stands there."""
        return self._shown

    def check_soon(self) -> None:
        """Look again when the person pauses."""
        self._timer.start()

    def stop(self) -> None:
        """Look no more: the base goes away."""
        self._timer.stop()

    def check(self) -> None:
        """Look now."""
        self._timer.stop()
        notes = tuple(self._check())[:_MOST]
        if notes == self._shown:
            return
        self._shown = notes
        for label in self._labels:
            self._column.removeWidget(label)
            label.hide()
            label.deleteLater()
        self._labels = []
        for note in notes:
            label = QLabel(note.text)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setProperty("role", note.severity)
            self._labels.append(label)
            self._column.addWidget(label)
        wrong = any(note.severity == "error" for note in notes)
        set_state(self._field, "wrong" if wrong else "")
        self.setVisible(bool(notes))
