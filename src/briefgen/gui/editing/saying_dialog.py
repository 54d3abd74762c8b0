"""A window beside the main one that says at its foot what happened; Tab goes in order of sight."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from briefgen.gui import faults
from briefgen.gui.editing.fields import note, say
from briefgen.gui.view_models.words import capital
from briefgen.gui.widgets.tab_order import go_on


class SayingDialog(QDialog):
    """Whoever derives from it places `said`."""

    def __init__(
        self, parent: QWidget, what: str, kind: Qt.WindowType = Qt.WindowType.Dialog
    ) -> None:
        """`what` tells a screen reader what sort of thing is said."""
        super().__init__(parent, kind)
        self.said = note()
        self.said.setAccessibleName(what)

    def tell(self, text: str, role: str = "error") -> None:
        """Say something beside the buttons."""
        say(self.said, text, role)

    def attempt(self, work: Callable[[], Any]) -> None:
        """Do something; say why if it cannot be done."""
        try:
            work()
        except Exception as error:
            self.tell(capital(faults.sentence(error)), "error")

    def focusNextPrevChild(self, forward: bool) -> bool:
        return go_on(self, forward)
