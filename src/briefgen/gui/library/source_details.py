"""Below the table: the source in words, the facts that cite it, the briefs that use it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from briefgen.direction import for_people
from briefgen.facts.model import Source
from briefgen.gui.editing.fields import note
from briefgen.gui.view_models.sources.details import CitingFact, about_source, source_in_words
from briefgen.gui.view_models.words import counted
from briefgen.gui.widgets.building import button, column, label, row
from briefgen.gui.widgets.fields import plain_tip


class _Entries(QListWidget):
    """Lines that lead somewhere, by click and by Enter."""

    chosen = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemActivated.connect(self._take)
        self.itemClicked.connect(self._take)
        self._taken: QListWidgetItem | None = None

    def show_entries(self, entries: Iterable[tuple[str, str, str]]) -> None:
        """Each with what it leads to, its text and its tip."""
        self.clear()
        for value, text, tip in entries:
            item = QListWidgetItem(for_people(text))
            item.setData(Qt.ItemDataRole.UserRole, value)
            item.setToolTip(plain_tip(tip))
            self.addItem(item)

    def _take(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))


class SourceDetails(QWidget):
    """Says of one source at a time."""

    fact_asked = Signal(str)
    brief_asked = Signal(str)
    limit_asked = Signal()
    """The list is to show the facts that cite it, and no others."""

    def __init__(self) -> None:
        super().__init__()
        self.words = note("", "")
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.words.setAccessibleName("The source")
        self.about = note()
        self.facts = _Entries("Facts that cite it")
        self.briefs = _Entries("Briefs that use it")
        self.facts.chosen.connect(self.fact_asked)
        self.briefs.chosen.connect(self.brief_asked)
        self.facts_head, self.briefs_head = label("", "hint"), label("", "hint")
        self.facts_head.setBuddy(self.facts)
        self.briefs_head.setBuddy(self.briefs)
        self.limit_button = button(
            "Show only these in the list", self.limit_asked.emit, role="quiet"
        )
        self.limit_button.setAutoDefault(False)
        for head in (self.facts_head, self.briefs_head):  # the same with and without a button
            head.setMinimumHeight(self.limit_button.sizeHint().height())
        facts_head = row((self.facts_head, 1), self.limit_button)
        lists = row(
            (column(facts_head, (self.facts, 1), spacing=3), 3),
            (column(self.briefs_head, (self.briefs, 1), spacing=3), 1),
            spacing=14,
        )
        column(self.words, self.about, (lists, 1), parent=self, margins=(16, 8, 16, 4), spacing=6)

    def show_source(self, source: Source | None, facts: list[CitingFact], count: int) -> None:
        """Show a source, or that none is chosen."""
        if source is None:
            self.words.setText("Choose a source to see where it is cited.")
            self.about.setText("")
        else:
            self.words.setText(source_in_words(source))
            self.about.setText(about_source(source))
        self.limit_button.setVisible(bool(count))
        more = f", the first {len(facts)}" if count > len(facts) else ""
        self.facts_head.setText(_counted(count, "fact cites it", "facts cite it") + more)
        self.facts.show_entries(
            (fact.id, f"{fact.date}: {fact.statement}", fact.statement) for fact in facts
        )

    def show_briefs(self, paths: list[Path] | None) -> None:
        """The briefs that use it; None: they are being looked through."""
        if paths is None:
            self.briefs_head.setText("Looking through the briefs…")
        else:
            self.briefs_head.setText(_counted(len(paths), "brief uses it", "briefs use it"))
        self.briefs.show_entries(
            (str(path), path.name.removesuffix(".brief.yaml"), str(path)) for path in paths or ()
        )


def _counted(count: int, one: str, many: str) -> str:
    return counted(count, one, many) if count else f"No {one}"
