"""What there is to say about a text, under its field, a little after the person paused."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QLabel, QWidget

from briefgen.gui.view_models.brief.own_text_check import Note
from briefgen.gui.widgets.building import column, label, wait
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
        self._column = column(parent=self, spacing=1)
        self._labels: list[QLabel] = []
        self._shown: tuple[Note, ...] = ()
        self._timer = wait(self, _PAUSE, self.check)
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
        notes = tuple(self._check())
        if len(notes) > _MOST:
            rest = notes[_MOST:]
            graver = next((note for note in rest if note.severity == "error"), rest[0])
            notes = (*notes[:_MOST], Note(graver.severity, f"And {len(rest)} more."))
        if notes == self._shown:
            return
        self._shown = notes
        for old in self._labels:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._labels = [label(note.text, note.severity, wrap=True) for note in notes]
        for new in self._labels:
            self._column.addWidget(new)
        wrong = any(note.severity == "error" for note in notes)
        set_state(self._field, "wrong" if wrong else "")
        self.setVisible(bool(notes))
