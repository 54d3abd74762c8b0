"""Asking which source is to be read: those that have a saved copy."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QWidget

from briefgen.direction import for_people
from briefgen.facts.csl_dates import csl_date_in_words
from briefgen.facts.model import Source
from briefgen.gui.editing.fields import note
from briefgen.gui.widgets.building import STRETCH, button, column, row
from briefgen.gui.widgets.fields import plain_tip
from briefgen.index.fold import fold_words


class ChooseCopyDialog(QDialog):
    """A list, and a line that shortens it."""

    chosen = Signal(str)
    """The id of a source."""

    def __init__(self, parent: QWidget, sources: Sequence[Source]) -> None:
        super().__init__(parent)
        self.setWindowTitle("Read a source")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(QSize(620, 440))
        self.words = QLineEdit()
        self.words.setPlaceholderText("Words of the title")
        self.words.setAccessibleName("Search the sources")
        self.words.setClearButtonEnabled(True)
        self.list = QListWidget()
        self.list.setAccessibleName("Sources with a saved copy")
        self.list.setUniformItemSizes(True)
        self.list.setSpacing(3)
        for source in sources:
            issued = csl_date_in_words(source.csl.get("issued"), "en").replace("\u00a0", " ")
            told = [source.title, str(source.csl.get("container-title") or ""), issued]
            item = QListWidgetItem(for_people(" · ".join(part for part in told if part)))
            item.setData(Qt.ItemDataRole.UserRole, source.id)
            item.setToolTip(plain_tip(source.archive))
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.open_button = button("Read it", self._choose, role="main")
        self.open_button.setDefault(True)
        cancel = button("Cancel", self.reject)
        cancel.setAutoDefault(False)
        column(
            self.words, (self.list, 1), note("Sources with a saved copy, the newest first."),
            row(STRETCH, cancel, self.open_button, spacing=8),
            parent=self, margins=(18, 16, 18, 14), spacing=8,
        )  # fmt: skip
        self.words.textChanged.connect(self._search)
        self.list.itemActivated.connect(lambda item: self._choose())
        down = QShortcut(QKeySequence("Down"), self.words)
        down.setContext(Qt.ShortcutContext.WidgetShortcut)
        down.activated.connect(self.list.setFocus)
        self.words.setFocus()

    def _search(self, text: str) -> None:
        words = fold_words(text)
        first = None
        for number in range(self.list.count()):
            item = self.list.item(number)
            folded = " ".join(fold_words(item.text()))
            item.setHidden(not all(word in folded for word in words))
            if first is None and not item.isHidden():
                first = item
        self.list.setCurrentItem(first)  # type: ignore[arg-type]  # None is none of them
        self.open_button.setEnabled(first is not None)

    def _choose(self) -> None:
        item = self.list.currentItem()
        if item is not None and not item.isHidden():
            self.accept()
            self.chosen.emit(str(item.data(Qt.ItemDataRole.UserRole)))
