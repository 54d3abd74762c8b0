"""What is said where facts are missing: in the place of an empty list, and above it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from briefgen.gui.widgets.building import button, label, row
from briefgen.suggestions import few_of

_MOST_NAMED = 5


class NothingListed(QWidget):
    """Why no fact is listed, and a way out."""

    def __init__(self) -> None:
        super().__init__()
        self._take: Callable[[], None] | None = None
        self.reason = label(role="hint", wrap=True)
        self.reason.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.way_out = button("", self._take_way_out)
        box = QVBoxLayout(self)
        box.addStretch(2)
        box.addWidget(self.reason)
        box.addWidget(self.way_out, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addStretch(3)

    def show_why(self, reason: str, way: str, take: Callable[[], None] | None) -> None:
        """Say why, and how to see some: `take` does that; None: there is no way out."""
        self.reason.setText(reason)
        self.way_out.setText(way)
        self.way_out.setVisible(take is not None)
        self._take = take

    def _take_way_out(self) -> None:
        if self._take is not None:
            self._take()


class UnknownFacts(QWidget):
    """That the brief names facts which the base does not have, and a way to forget them."""

    forgotten = Signal()
    """The person wants them out of the brief."""

    def __init__(self) -> None:
        super().__init__()
        self.text = label(role="warning", wrap=True)
        self.forget_button = button("Forget them", self.forgotten.emit, role="quiet")
        row((self.text, 1), self.forget_button, parent=self)
        self.hide()

    def show_ids(self, ids: Sequence[str]) -> None:
        """Name these; nothing to name hides it."""
        if ids:
            named = few_of(ids, _MOST_NAMED)
            one = len(ids) == 1
            self.text.setText(
                f"This brief names {'a fact' if one else f'{len(ids)} facts'} "
                f"that the base does not have: {named}."
            )
            self.forget_button.setText("Forget it" if one else "Forget them")
        self.setVisible(bool(ids))
