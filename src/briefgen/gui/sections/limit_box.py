"""How much a section shows at most: typed as a number, or chosen."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QLineEdit

from briefgen.brief.template.model import SectionTemplate
from briefgen.gui.view_models.brief.section_edits import NO_LIMIT, limit_in_words, read_limit
from briefgen.gui.widgets.choice_box import ChoiceBox
from briefgen.gui.widgets.fields import set_state


class LimitBox(ChoiceBox):
    """A number, `no limit`, or the template's own, which is what stands there at first."""

    taken = Signal(object)
    """The limit that a person asks for: a number, or None for the template's own."""

    def __init__(self, section: SectionTemplate, name: str) -> None:
        super().__init__(f"Most of {name}", 5)
        self._section = section
        self._shown: int | None = None
        self.setEditable(True)
        self.setInsertPolicy(ChoiceBox.InsertPolicy.NoInsert)
        self.setFixedWidth(92)
        usual = limit_in_words(section.limit)
        self.addItem(f"{usual} (as the template)", None)
        if section.limit is not None:
            self.addItem("no limit", NO_LIMIT)
        each = ", for each group" if section.for_each is not None else ""
        told = f"Print at most so many{each}. The template says: {usual}."
        self.setToolTip(told)
        self.setAccessibleDescription(f"{told} Type a number, or no limit.")
        self.view().setMinimumWidth(170)
        self.activated.connect(self._chosen)
        line = self.lineEdit()
        assert isinstance(line, QLineEdit)
        self.line = line
        line.setAccessibleName(f"Most of {name}")
        line.editingFinished.connect(self._typed)
        line.textEdited.connect(lambda text: set_state(line, ""))
        self.show_limit(None)

    def show_limit(self, limit: int | None) -> None:
        """Show the brief's limit; None: the template's."""
        self._shown = limit
        with QSignalBlocker(self):
            self.setCurrentIndex(self.findData(limit))
            self.setEditText(limit_in_words(self._section.limit if limit is None else limit))
        set_state(self.line, "")

    def _chosen(self, row: int) -> None:
        limit: int | None = self.itemData(row)
        self.show_limit(limit)
        self.taken.emit(limit)

    def _typed(self) -> None:
        text = self.line.text()
        if text == limit_in_words(self._section.limit if self._shown is None else self._shown):
            return
        try:
            limit = read_limit(text, self._section)
        except ValueError:
            self.show_limit(self._shown)  # what is no limit is not taken
            return
        self.show_limit(limit)
        self.taken.emit(limit)
