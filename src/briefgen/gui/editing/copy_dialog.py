"""A copy of a base that may not be written into: where it goes, and whether saved copies come."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QWidget

from briefgen.editing.copying_base import ARCHIVE
from briefgen.errors import OutputError
from briefgen.files import refuse_taken
from briefgen.gui import faults
from briefgen.gui.files.folder_field import FolderField
from briefgen.gui.view_models.words import as_sentence
from briefgen.gui.widgets.building import STRETCH, button, column, label, row


class CopyBaseDialog(QDialog):
    """Asks; `copy(folder, archive)` does it."""

    def __init__(
        self, parent: QWidget, base: Path, folder: Path, copy: Callable[[Path, bool], object]
    ) -> None:
        """`folder` is suggested for the copy of `base`."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("A copy of your own")
        self._copy = copy
        self.folder = FolderField("Folder of the copy", "Choose a new or empty folder")
        self.folder.suggest(folder)
        self.archive = QCheckBox("Take the saved copies of its sources along")
        self.archive.setChecked(True)
        self.archive.setVisible((base / ARCHIVE).is_dir())
        self.fault = label("", "error", wrap=True)
        self.fault.hide()
        self.copy_button = button("Make the copy", self._make, role="main")
        self.copy_button.setDefault(True)
        cancel = button("Cancel", self.reject)
        cancel.setAutoDefault(False)
        words = "The copy is yours to write into, and this brief uses it from then on."
        column(
            label(words, wrap=True),
            column(label("Folder of the copy", "name"), self.folder, spacing=4),
            self.archive, self.fault, STRETCH,
            row(STRETCH, cancel, self.copy_button, spacing=8),
            parent=self, margins=(22, 20, 22, 16), spacing=14,
        )  # fmt: skip
        self.setMinimumWidth(540)

    def _make(self) -> None:
        folder = self.folder.folder().absolute()
        try:
            refuse_taken(folder, "choose a new or empty folder")
        except OutputError as error:
            self.fault.setText(as_sentence(faults.sentence(error)))
            self.fault.show()
            self.folder.setFocus()
            return
        archive = self.archive.isChecked() and not self.archive.isHidden()
        self.accept()
        self._copy(folder, archive)
