"""The reader: a saved copy at the left, beside it the form of the fact that a passage becomes."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QSplitter, QStackedWidget, QWidget

from briefgen.capture.model import SavedText
from briefgen.editing import base as core
from briefgen.facts.csl_dates import csl_date_in_words
from briefgen.folders import recovery_folder
from briefgen.gui import faults
from briefgen.gui.editing.base_writer import BaseWriter
from briefgen.gui.editing.fields import note, say
from briefgen.gui.editing.saying_dialog import SayingDialog
from briefgen.gui.reading.copy_pages import CopyPages
from briefgen.gui.reading.copy_text import CopyText
from briefgen.gui.reading.passage_form import PassageForm
from briefgen.gui.view_models.keeper import Keeper
from briefgen.gui.view_models.reading import (
    CopyOnView,
    MarkedPassage,
    facts_of_source,
    new_fact,
)
from briefgen.gui.view_models.unsaved_form import UnsavedForm, to_bytes
from briefgen.gui.view_models.words import capital, counted
from briefgen.gui.widgets.building import STRETCH, button, column, label, restyle, row, wait
from briefgen.gui.widgets.fields import plain_tip

_KEPT_AFTER = 700
"""Milliseconds after the last key."""
_GEOMETRY = "reader/geometry"
_SIZE = QSize(1240, 800)
_SHORT = 44
"""Letters of a statement that are told in a line."""
_MARK = "Mark a passage, then press Ctrl+Enter."
_UNDATED = "no date of issue: add it under “Source…”, and “on Wednesday” can be counted"
_SCAN = "This copy has no text, only pictures of pages: type the passage and its page."


class Reader(SayingDialog):
    """One saved copy. It stands beside the window, which can be used meanwhile."""

    source_asked = Signal(str)
    """The form of this source is wanted."""
    fact_asked = Signal(str)
    """The form of this fact is wanted."""

    def __init__(
        self,
        writer: BaseWriter,
        source: str,
        data: bytes,
        saved: SavedText,
        read_again: Callable[[str, tuple[int, int]], object],
    ) -> None:
        """`read_again` goes on with a marked passage of this source where the base is another."""
        what = "What keeps the fact from being saved"
        super().__init__(writer.window, what, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.writer = writer
        self.session = writer.window.session
        self.source = source
        self._read_again = read_again
        self.shown = CopyOnView(saved)
        self._folder = self.session.folder
        self._keeper = Keeper(recovery_folder() / "forms", to_bytes)
        self._is_kept = False
        self._is_over = False
        self._keep = wait(self, _KEPT_AFTER, self.keep)
        self._asking = False
        self.text = CopyText()
        self.pages = CopyPages()
        self.form = PassageForm(self.session, quote_first=saved.is_scan)
        self._build(data)
        self._connect()
        room = writer.window.screen().availableSize()
        self.resize(min(_SIZE.width(), room.width() - 40), min(_SIZE.height(), room.height() - 80))
        kept = writer.window.memory.value(_GEOMETRY)
        if kept is not None:
            self.restoreGeometry(kept)
        self._show_source()
        self._light()
        self._follow_mark()
        (self.pages if saved.is_scan else self.text).setFocus()

    # --- building -------------------------------------------------------------------------------

    def _build(self, data: bytes) -> None:
        saved = self.shown.saved
        self.title = label("", "name", wrap=True)
        self.told = note()
        self.edit_source = button("Source…", lambda: self.source_asked.emit(self.source))
        self.see_pages = button("Show pages", self._turn)
        self.see_pages.setVisible(bool(saved.pages) and not saved.is_scan)
        head = QFrame()
        row(
            (column(self.title, self.told, spacing=2), 1), self.see_pages, self.edit_source,
            parent=head, margins=(16, 10, 16, 10), spacing=8,
        )  # fmt: skip
        self.text.show_copy(self.shown)
        self.copy = QStackedWidget()
        self.copy.addWidget(self.text)
        self.copy.addWidget(self.pages)
        if saved.pages:
            self.pages.show_document(data)
        if saved.is_scan:
            self.copy.setCurrentWidget(self.pages)
        self.where = note(_MARK)
        self.open_fact = button("Open the fact", self._open_fact)
        self.make_fact = button("Make a fact", self.take_passage, role="main")
        self.make_fact.setToolTip("Ctrl+Enter")
        left = QWidget()
        column(
            (self.copy, 1),
            _foot(row((self.where, 1), self.open_fact, self.make_fact, spacing=8)),
            parent=left, spacing=0,
        )  # fmt: skip
        self.empty = note(_SCAN if saved.is_scan else _MARK)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        blank = QWidget()
        column(STRETCH, self.empty, STRETCH, parent=blank, margins=(40, 0, 40, 0))
        self.facts = QStackedWidget()
        self.facts.addWidget(blank)
        self.facts.addWidget(self.form)
        self.add_passage = button("Add it to this fact", self._add_passage)
        self.add_passage.setAutoDefault(False)
        self.add_passage.hide()
        self.discard = button("Discard", self.ask_discard)
        self.save_button = button("Save the fact", lambda: self.attempt(self.save), role="main")
        self.save_button.setToolTip("Ctrl+Enter")
        right = QWidget()
        column(
            (self.facts, 1),
            _foot(
                row((self.said, 1), self.add_passage, self.discard, self.save_button, spacing=8)
            ),
            parent=right, spacing=0,
        )  # fmt: skip
        left.setMinimumWidth(300)
        right.setMinimumWidth(430)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(left)
        self.splitter.addWidget(right)
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 2)
        self.splitter.setSizes([700, 480])
        column(head, (self.splitter, 1), parent=self, spacing=0)
        for made in (self.edit_source, self.see_pages, self.open_fact, self.make_fact,
                     self.discard, self.save_button):  # fmt: skip
            made.setAutoDefault(False)
        self._show_form(False)

    def _connect(self) -> None:
        self.text.marked.connect(self._follow_mark)
        self.form.changed.connect(self._touched)
        self.form.open_asked.connect(self.fact_asked)
        self.form.new_source_asked.connect(
            lambda cite: self.tell("Make the source first: Base, New source.", "warning")
        )
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(self._go_on)
        self.session.base_opened.connect(self._base_opened)
        self.session.about_to_close.connect(self._window_closes)

    # --- the source -----------------------------------------------------------------------------

    def _show_source(self) -> None:
        source = self.session.base.sources.get(self.source)
        name = source.title if source is not None else self.source
        self.title.setText(name)
        self.setWindowTitle(f"{name} – briefgen")
        said = []
        if source is not None:
            issued = csl_date_in_words(source.csl.get("issued"), "en").replace("\u00a0", " ")
            undated = "" if source.issued is not None else _UNDATED
            said = [str(source.csl.get("container-title") or ""), issued, source.archive, undated]
        say(self.told, " · ".join(part for part in said if part), "hint")

    def _base_opened(self) -> None:
        """The base was read anew, or is another one: then what is written here is kept for it."""
        if self.session.folder != self._folder:
            self._window_closes()
            return
        self.form.base_opened()
        self._show_source()
        self._light()

    def _light(self) -> None:
        facts = facts_of_source(self.session.index, self.source)
        self.text.show_lit(self.shown.lit(facts, self.source))

    def _seen(self) -> QWidget:
        """The text, or the pages: what is shown at the left."""
        return self.pages if self.copy.currentWidget() is self.pages else self.text

    # --- the passage ----------------------------------------------------------------------------

    def passage(self) -> MarkedPassage | None:
        """What is marked; of a page that is shown as a picture, the page alone."""
        if self._seen() is self.pages:
            return MarkedPassage("", {"page": str(self.pages.page_in_sight())})
        return self.shown.passage(*self.text.stretch())

    def _follow_mark(self) -> None:
        """Say where the caret, or the marked passage, stands."""
        on_pages = self._seen() is self.pages
        passage = self.passage()
        fact = "" if on_pages else self.text.fact_at_caret()
        self.open_fact.setVisible(bool(fact))
        self.make_fact.setText("Make a fact of this page" if on_pages else "Make a fact")
        self.make_fact.setEnabled(passage is not None)
        if passage is not None and passage.text:
            words = counted(len(passage.text.split()), "word")
            self.where.setText(f"{passage.where}, {words}")
        elif fact:
            found = self.session.index.facts([fact]).get(fact)
            statement = found.statement if found is not None else ""
            short = statement if len(statement) <= _SHORT else f"{statement[: _SHORT - 1]}…"
            self.where.setText(f"A fact already: {short}")
            self.where.setToolTip(plain_tip(f"{fact}: {statement}"))
        else:
            self.where.setText(_SCAN if self.shown.saved.is_scan else _MARK)

    def _open_fact(self) -> None:
        self.fact_asked.emit(self.text.fact_at_caret())

    def _turn(self) -> None:
        """Between the text of a PDF and its pages; both stay where the other was."""
        if self._seen() is self.text:
            self.copy.setCurrentWidget(self.pages)
            self.pages.show_page(self.shown.page_at(self.text.stretch()[0]))
            self.see_pages.setText("Show text")
            self.pages.setFocus()
        else:
            self.copy.setCurrentWidget(self.text)
            self.see_pages.setText("Show pages")
            self.text.setFocus()
        self._follow_mark()

    def take_passage(self) -> None:
        """Start a fact from what is marked."""
        passage = self.passage()
        source = self.session.base.sources.get(self.source)
        if passage is None or source is None:
            self.where.setText(_MARK if source is not None else "The base has no such source now.")
            return
        go_on = partial(self._read_again, self.source, self.text.stretch())
        if not self.writer.may_write(go_on):
            self.where.setText("This base is not to be written into: the window offers a copy.")
            self.writer.window.activateWindow()
            return
        if self.is_writing and self.form.is_written:
            can_add = bool(passage.text) and len(self.form.cites.rows) == 1
            also = ", or add the passage to it" if can_add else ""
            self.tell(f"Save or discard this fact first{also}.", "warning")
            self.add_passage.setVisible(can_add)
            (self.add_passage if can_add else self.form.statement).setFocus()
            return
        entry, proposals = new_fact(self.session.index, source, passage)
        self._show_form(True)
        self.form.start_with(entry, proposals)
        if self.shown.saved.is_scan or not passage.text:
            self.form.cites.rows[0].quote.setFocus()
        self.tell("")

    def _add_passage(self) -> None:
        """Have the fact in hand quote what is marked, too."""
        (row,) = self.form.cites.rows
        row.fill(self.shown.with_passage(row.data(), *self.text.stretch()))
        row.changed.emit()
        self.tell("")
        self.form.statement.setFocus()
        self.add_passage.hide()

    def _go_on(self) -> None:
        """Ctrl+Enter: save where one writes, else take the passage."""
        focus = self.focusWidget()
        if self.is_writing and focus is not None and self.facts.isAncestorOf(focus):
            self.attempt(self.save)
        else:
            self.attempt(self.take_passage)

    # --- the fact -------------------------------------------------------------------------------

    @property
    def is_writing(self) -> bool:
        """Whether a fact is in hand."""
        return self.facts.currentWidget() is self.form

    def _show_form(self, shown: bool) -> None:
        self.facts.setCurrentIndex(1 if shown else 0)
        # The one filled button is for what comes next.
        restyle(self.make_fact, "role", "" if shown else "main")
        self.discard.setVisible(shown)
        self.add_passage.hide()
        self.save_button.setVisible(shown)

    def save(self) -> None:
        """Write the fact; the next passage follows."""
        form, index = self.form, self.writer.index
        errors = form.errors()
        if errors:
            more = f" ({len(errors) - 1} more)" if len(errors) > 1 else ""
            self.tell(capital(form.told(errors[0])) + more)
            form.go_to(errors[0])
            return
        entry = form.entry()
        self.writer.remember_name(entry.get("recorded_by"))
        plan = core.plan_new_fact(index, entry, form.file_name(), self.writer.keeper())
        id_ = str(entry["id"])
        self.writer.write(plan, "The fact is in the base.", id_, self._saved)
        self._let_go()
        self.tell("Saved as a fact. Mark the next passage.", "hint")

    def _saved(self) -> None:
        self._light()
        self._follow_mark()

    def _let_go(self) -> None:
        """Nothing is being written any more: back to the text."""
        self._asking = False
        self._keep.stop()
        if self._is_kept:
            self._is_kept = False
            self._keeper.forget()
        self.form.fill({})
        self._show_form(False)
        self.discard.setText("Discard")
        cursor = self.text.textCursor()
        cursor.setPosition(cursor.selectionEnd())
        self.text.setTextCursor(cursor)
        self._seen().setFocus()

    def ask_discard(self) -> None:
        """Let go of the fact; of one that somebody wrote only when asked twice."""
        if self.form.is_written and not self._asking:
            self._asking = True
            self.discard.setText("Discard it")
            self.tell("What you wrote is not saved.", "warning")
            return
        self._let_go()
        self.tell("")

    def _touched(self) -> None:
        if self._asking:
            self._asking = False
            self.discard.setText("Discard")
            self.tell("")
        self._keep.start()

    # --- nothing lost ---------------------------------------------------------------------------

    def keep(self) -> None:
        """Keep what is being written, in case of a crash."""
        if self._is_over or not self.is_writing or not self.form.is_written:
            return
        # As the form of a fact keeps itself: that one takes it up again.
        state = {
            "what": "new", "id": None, "entry": self.form.entry(), "seen": {}, "sources": {},
            "file": self.form.file_name(), "source": None, "row": None, "in_source": False,
        }  # fmt: skip
        self._is_kept = True
        base = str(self._folder.resolve())
        try:
            self._keeper.keep(UnsavedForm("new", base, state, time.time()))
        except Exception as error:
            self.tell(
                "What you write is not kept against a crash, so save it soon: "
                f"{faults.sentence(error)}",
                "warning",
            )

    def _window_closes(self) -> None:
        """The window goes, or turns to another base: nobody could be asked, so it is kept."""
        self.keep()
        self._leave(kept=self._is_kept)

    def reject(self) -> None:
        """Escape: from the form to the text, from there out."""
        focus = self.focusWidget()
        if self.is_writing and focus is not None and self.facts.isAncestorOf(focus):
            self._seen().setFocus()
        elif self.is_writing and self.form.is_written:
            self.tell("Save or discard this fact first.", "warning")
            self.form.statement.setFocus()
        else:
            self._leave()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()  # QDialog would close even where `reject` stays
        if self.is_writing and self.form.is_written:
            self.tell("Save or discard this fact first.", "warning")
            self.form.statement.setFocus()
            return
        self._leave()

    def _leave(self, *, kept: bool = False) -> None:
        if self._is_over:
            return
        self._is_over = True
        self.writer.window.memory.setValue(_GEOMETRY, self.saveGeometry())
        self._keep.stop()
        self._keeper.close(leave=kept)
        self.pages.close_document()
        super().reject()


def _foot(content: Any) -> QFrame:
    """The line under a half of the reader."""
    foot = QFrame()
    foot.setObjectName("foot")
    row((content, 1), parent=foot, margins=(16, 8, 16, 10))
    foot.setMinimumHeight(58)
    return foot
