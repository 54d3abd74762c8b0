"""A folder, typed or chosen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from briefgen.gui.files import choosing
from briefgen.gui.widgets.building import button, row
from briefgen.gui.widgets.fields import LineField


class FolderField(QWidget):
    """A line for a folder, with a button that asks for it. It may follow something else."""

    def __init__(self, name: str, title: str) -> None:
        super().__init__()
        self.line = LineField(name)
        self.is_the_persons = False
        """Whether the person said it: then it follows nothing any more."""
        self._title = title
        self.line.typed.connect(lambda text: self._take_over())
        choose = button("Choose…", self._ask, name=title)
        choose.setAutoDefault(False)
        row((self.line, 1), choose, parent=self, spacing=8)
        self.setFocusProxy(self.line)

    def folder(self) -> Path:
        """What it says now."""
        return Path(self.line.value()).expanduser()

    def suggest(self, folder: Path) -> None:
        """Say this, unless the person has said something."""
        if not self.is_the_persons:
            self.line.show_text(str(folder))

    def _take_over(self) -> None:
        self.is_the_persons = True

    def _ask(self) -> None:
        start = self.folder()
        while not start.is_dir() and start != start.parent:
            start = start.parent
        choosing.ask_folder(self.window(), self._title, start, self._take)

    def _take(self, folder: Path) -> None:
        self.is_the_persons = True
        self.line.show_text(str(folder))
