"""How far the first reading of a large base is, in the place of the brief."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QWidget

from briefgen.gui.view_models.words import below_home
from briefgen.gui.widgets.building import STRETCH, button, column, label, row

_WIDTH = 460


class ReadingPage(QWidget):
    """Says what is read, how far it is, and lets one stop it."""

    def __init__(self, stop: Callable[[], None]) -> None:
        super().__init__()
        self.setObjectName("reading")
        self.what = label("", "title", wrap=True)
        self.bar = QProgressBar(textVisible=False, minimum=0, maximum=100)
        self.step = label("", "hint")
        self.stop = button("Cancel", stop)
        words = "This takes a while only once: later starts find it read, and read what changed."
        inner = QWidget()
        inner.setFixedWidth(_WIDTH)
        column(
            self.what, self.bar, self.step, label(words, "hint", wrap=True),
            row(STRETCH, self.stop), parent=inner, spacing=12,
        )  # fmt: skip
        column(
            (QWidget(), 1), row(STRETCH, inner, STRETCH), (QWidget(), 2), parent=self,
            margins=(40, 20, 40, 20),
        )  # fmt: skip

    def begin(self, folder: Path) -> None:
        """Show that the base in this folder is read."""
        self.what.setText(f"Reading the base “{folder.name}” for the first time")
        self.setAccessibleName(self.what.text())
        self.bar.setAccessibleName(f"Reading {below_home(folder)}")
        self.show_step("0")

    def take_focus(self) -> None:
        """There is one thing to do here."""
        self.stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_step(self, percent: str) -> None:
        """How much is read, in percent."""
        # Before the first file is read and after the last one nobody knows how long it takes.
        self.bar.setRange(0, 0 if percent in ("0", "100") else 100)
        self.bar.setValue(int(percent))
        self.step.setText(f"{percent} %" if percent != "100" else "Putting it in order …")
