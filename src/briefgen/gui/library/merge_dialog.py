"""Two sources that are one: side by side, field by field, and what changes when they are merged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QWidget

from briefgen.dates import DateError, date_in_plain_words, parse_edtf
from briefgen.editing.sources import (
    LikelySame,
    citing_facts,
    differences,
    files_citing,
    plan_merged_sources,
)
from briefgen.facts.csl import CSL_DATES
from briefgen.facts.csl_dates import csl_date_text
from briefgen.gui.editing.base_writer import BaseWriter
from briefgen.gui.editing.fields import note
from briefgen.gui.editing.paged_dialog import PagedDialog
from briefgen.gui.library.naming_list import NamingList
from briefgen.gui.view_models.document_kinds import document_kind
from briefgen.gui.view_models.sources.details import source_in_words
from briefgen.gui.view_models.typed_values import names_as_typed
from briefgen.gui.view_models.words import counted
from briefgen.gui.widgets.building import heading, label, row
from briefgen.gui.widgets.fields import plain_tip
from briefgen.gui.widgets.removing import remove, widgets_in
from briefgen.gui.widgets.scrolled import Scrolled
from briefgen.suggestions import shown

_FIELDS = {
    "type": "Kind", "title": "Title", "author": "Authors", "editor": "Editors",
    "container-title": "Published in", "publisher": "Publisher", "publisher-place": "Place",
    "issued": "Issued", "accessed": "Read on", "page": "Pages", "note": "Note",
    "URL": "Web address", "custom.reliability": "Reliability",
    "custom.reliability_note": "Why this grade", "custom.archive": "Saved copy",
    "custom.derived_from": "Repeats or rewrites", "custom.marking": "Marking",
}  # fmt: skip
"""What fields are called; others by their names in CSL."""


class MergeDialog(PagedDialog):
    """Goes through pairs of sources, one after the other."""

    def __init__(self, writer: BaseWriter, pairs: Sequence[LikelySame]) -> None:
        super().__init__(writer.window, "Merge sources", QSize(860, 640))
        self.writer = writer
        self.pairs = list(pairs)
        self.at = 0
        self.keep = self.gone = ""
        self._choices: dict[str, tuple[QRadioButton, Any, Any]] = {}
        self.intro = note("", "")
        self.swap = QButtonGroup(self)
        self.keeps: list[QRadioButton] = []
        self.page = Scrolled("Fields")
        self.page.column.setContentsMargins(22, 16, 22, 16)
        self.page.column.setSpacing(10)
        self.grid_box = QWidget()
        self.grid = QGridLayout(self.grid_box)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(16)
        self.grid.setColumnStretch(1, 1)
        self.grid.setColumnStretch(2, 1)
        self.same = note("They say the same in every field.")
        self.changes = note("", "")
        self.naming = NamingList(writer.window, "source")
        column_ = self.page.column
        for part in (self.intro, heading("KEEP"), self.grid_box, self.same):
            column_.addWidget(part)
        column_.addWidget(heading("WHAT CHANGES"))
        column_.addWidget(self.changes)
        column_.addWidget(self.naming)
        column_.addStretch(1)
        self.add_page(self.page, "Merge sources", self._page_buttons())
        writer.window.session.about_to_close.connect(self._leave)
        self._show_pair()

    def _page_buttons(self) -> Sequence[tuple[str, Any]]:
        skip = () if len(self.pairs) < 2 else (("Not the same", self.skip),)
        return (("Cancel", self.reject), *skip, ("Merge", self.merge))

    # --- one pair -------------------------------------------------------------------------------

    def _show_pair(self) -> None:
        pair = self.pairs[self.at]
        which = f" ({self.at + 1} of {len(self.pairs)})" if len(self.pairs) > 1 else ""
        why = f"They have the {pair.why}." if pair.why else "You chose these two."
        self.setWindowTitle(f"Merge sources{which}")
        self.intro.setText(f"{why} One of them stays and is cited by all; the other one goes.")
        self._show(pair.keep, pair.other)

    def _show(self, keep: str, gone: str) -> None:
        self.keep, self.gone = keep, gone
        remove(self.grid, *widgets_in(self.grid))
        self._choices.clear()
        pair = self.pairs[self.at]
        sources = self.writer.window.session.base.sources
        self._head(pair, sources)
        found = differences(self.writer.index, keep, gone)
        for line, (key, kept, other) in enumerate(found, start=1):
            self._field(line, key, *((kept, other) if keep == pair.keep else (other, kept)))
        self.same.setVisible(not found)
        self._say_changes()

    def _head(self, pair: LikelySame, sources: Any) -> None:
        group = QButtonGroup(self.grid_box)
        self.keeps = []
        for column_, id_ in ((1, pair.keep), (2, pair.other)):
            made = QRadioButton(id_)
            made.setToolTip(plain_tip(source_in_words(sources[id_])))
            made.setAccessibleName(f"Keep {id_}")
            made.setChecked(id_ == self.keep)
            group.addButton(made)
            other = pair.other if id_ == pair.keep else pair.keep
            made.clicked.connect(
                lambda checked=False, id_=id_, other=other: self._keep_other(id_, other)
            )
            self.grid.addWidget(made, 0, column_)
            self.keeps.append(made)
        self.grid.addWidget(label("Id", "hint"), 0, 0)

    def _keep_other(self, keep: str, gone: str) -> None:
        if keep != self.keep:
            self._show(keep, gone)
            next(one for one in self.keeps if one.isChecked()).setFocus()

    def _field(self, line: int, key: str, left: Any, right: Any) -> None:
        """Both values of a field; that of the source that stays is chosen, if it has one."""
        name = _FIELDS.get(key, key.removeprefix("custom.").replace("-", " ").capitalize())
        above = label(name, "hint")
        self.grid.addWidget(above, line, 0, Qt.AlignmentFlag.AlignTop)
        group = QButtonGroup(self.grid_box)
        kept = left if self.keep == self.pairs[self.at].keep else right
        buttons = []
        for column_, value in ((1, left), (2, right)):
            made = QRadioButton()
            said = _in_words(key, value)
            made.setAccessibleName(f"{name}: {said}")
            words = note(said, "" if value is not None else "hint")
            words.setAlignment(Qt.AlignmentFlag.AlignTop)
            words.setBuddy(made)
            held = QWidget()
            row((made, 0), (words, 1), parent=held, spacing=6).setAlignment(
                made, Qt.AlignmentFlag.AlignTop
            )
            words.mousePressEvent = lambda event, made=made: made.click()  # type: ignore[method-assign,misc]
            group.addButton(made)
            self.grid.addWidget(held, line, column_, Qt.AlignmentFlag.AlignTop)
            buttons.append(made)
        take_left = (kept == left) if kept is not None else left is not None
        buttons[0 if take_left else 1].setChecked(True)
        self._choices[key] = (buttons[0], left, right)

    def _chosen(self) -> dict[str, Any]:
        """The fields in which the source that stays is to say something else."""
        is_left = self.keep == self.pairs[self.at].keep
        found = {}
        for key, (left_button, left, right) in self._choices.items():
            value = left if left_button.isChecked() else right
            if value != (left if is_left else right):
                found[key] = value
        return found

    def _say_changes(self) -> None:
        index = self.writer.index
        count = len(citing_facts(index, self.gone))
        cite = counted(count, "fact cites", "facts cite")
        facts = f"{cite} {self.keep} from now on" if count else "No fact changes"
        files = ", ".join(files_citing(index, self.gone))
        self.changes.setText(
            f"{facts}; {self.gone} is taken out of the base. Files that change: {files}."
        )
        self.naming.show_names({self.gone: self.keep})

    # --- doing it -------------------------------------------------------------------------------

    def skip(self) -> None:
        """Leave these two, go on with the next two."""
        self._next([])

    def merge(self) -> None:
        """Merge these two, go on with the next two."""
        index = self.writer.index
        merged = plan_merged_sources(index, self.keep, self.gone, self._chosen())
        self.naming.add_to(merged.plan, merged.hashes)
        follow = self.naming.follows_open_brief
        keep, gone, hashes = self.keep, self.gone, merged.hashes

        def then() -> None:
            if follow:
                self.naming.change_open_brief(hashes)

        self.writer.write(merged.plan, f"{shown(gone)} is {shown(keep)} now.", then=then)
        self._next([gone])

    def _next(self, gone: list[str]) -> None:
        rest = self.pairs[self.at + 1 :]
        rest = [one for one in rest if one.keep not in gone and one.other not in gone]
        self.pairs = [*self.pairs[: self.at + 1], *rest]
        if not rest:
            self.accept()
            return
        self.at += 1
        self._show_pair()
        self.page.verticalScrollBar().setValue(0)
        self.keeps[0].setFocus()


def _in_words(key: str, value: Any) -> str:
    if value is None:
        return "nothing"
    if key == "type":
        return document_kind(value)
    if key in CSL_DATES and isinstance(value, str):
        try:
            return date_in_plain_words(parse_edtf(value))
        except DateError:
            return value
    if isinstance(value, list):
        names = names_as_typed(value) if value and isinstance(value[0], dict) else None
        return names or ", ".join(map(str, value))
    if isinstance(value, dict):
        return csl_date_text(value) or ", ".join(f"{k}: {v}" for k, v in value.items())
    return str(value)
