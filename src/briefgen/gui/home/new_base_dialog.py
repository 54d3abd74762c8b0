"""A base of one's own: its name, its topics, its folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from briefgen.editing.own_base import start_own_base
from briefgen.gui import faults
from briefgen.gui.files.folder_field import FolderField
from briefgen.gui.view_models.home.recent_rows import free_folder
from briefgen.gui.view_models.words import as_sentence
from briefgen.gui.widgets.building import STRETCH, button, column, label, row
from briefgen.gui.widgets.fields import LineField


class NewBaseDialog(QDialog):
    """Asks, and makes it; `made` gets its folder, which follows the name until one is said."""

    def __init__(
        self, parent: QWidget, place: Path, folder: Path | None, made: Callable[[Path], object]
    ) -> None:
        """`folder` is where it is to lie; without one it is named after the base, in `place`."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("A base of your own")
        self._place = place
        self._made = made
        self.name = LineField("Name", "Relations with our neighbours")
        self.topics = LineField("Topics", "Energy, Trade, Defence")
        self.folder = FolderField("Folder", "Choose a new or empty folder")
        self.folder.suggest(folder or free_folder(place, ""))
        self.folder.is_the_persons = folder is not None
        self.fault = label("", "error", wrap=True)
        self.fault.hide()
        self.create_button = button("Create the base", self._create, role="main")
        cancel = button("Cancel", self.reject)
        cancel.setAutoDefault(False)
        self.create_button.setDefault(True)
        self.name.typed.connect(lambda text: self.folder.suggest(free_folder(place, text)))
        column(
            _named("Name", self.name, "Printed where a brief says what it draws on."),
            _named("Topics", self.topics, "What facts are filed under, with commas between."),
            _named("Folder", self.folder, "New or empty. Its files are plain text, and yours."),
            self.fault, STRETCH, row(STRETCH, cancel, self.create_button, spacing=8),
            parent=self, margins=(22, 20, 22, 16), spacing=14,
        )  # fmt: skip
        self.setMinimumWidth(540)
        self.name.setFocus()

    def _create(self) -> None:
        folder = self.folder.folder().absolute()
        try:
            start_own_base(folder, self.name.value(), self.topics.value())
        except Exception as error:
            self.fault.setText(as_sentence(faults.sentence(error)))
            self.fault.show()
            wanting = self.name if not self.name.value() else self.topics
            (self.folder if wanting.value() else wanting).setFocus()
            return
        self.accept()
        self._made(folder)


def _named(name: str, field: QWidget, hint: str) -> QVBoxLayout:
    field.setAccessibleDescription(hint)
    return column(label(name, "name"), field, label(hint, "hint"), spacing=4)
