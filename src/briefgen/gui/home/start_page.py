"""The page to start from: what was open before, a base of one's own, the example."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from briefgen.gui.files.brief_files import BriefFiles
from briefgen.gui.home.recent_list import ROW_HEIGHT, RecentList
from briefgen.gui.view_models.home.recent_rows import RecentRow, base_row, brief_row
from briefgen.gui.widgets.building import (
    STRETCH,
    button,
    column,
    heading,
    label,
    restyle,
    row,
)
from briefgen.gui.window import MainWindow

_WIDEST = 1000
_AROUND_LISTS = 72
"""Pixels of the headings above the lists, and of what stands below."""


class Ways(Protocol):
    """Where the page leads."""

    window: MainWindow
    files: BriefFiles

    def try_example(self) -> None:
        """A brief on the shipped base."""

    def ask_new(self) -> None:
        """A base of one's own."""

    def ask_open(self) -> None:
        """Another base."""

    def open_base(self, folder: Path) -> None:
        """This base."""

    def forget_base(self, folder: Path) -> None:
        """This base not in the list any more."""

    def leave_start_page(self) -> None:
        """The brief again."""


class StartPage(QWidget):
    """Shown in the place of the brief; Escape goes back to that, once the person has seen it."""

    def __init__(self, home: Ways) -> None:
        super().__init__(home.window)
        self.home = home
        self._may_go_back = False
        self.setObjectName("start")
        self.setAccessibleName("Start page")
        attempt, files = home.window.attempt, home.files
        self.back = button("Back to the brief", home.leave_start_page, role="quiet")
        self.briefs = RecentList("Recent briefs", self._open_brief, self._remove_brief)
        self.bases = RecentList("Recent bases", self._open_base, self._remove_base)
        self.tidy = button("Remove what is not there any more", self._tidy, role="quiet")
        self.example = button("Try the example", lambda: attempt(home.try_example))
        self.new_base = button("New base…", lambda: attempt(home.ask_new))
        self.open_base = button("Open base…", lambda: attempt(home.ask_open))
        self.open_brief = button("Open a brief…", lambda: attempt(files.ask_open), role="quiet")
        self.open_brief.setProperty("edge", "start")
        self._words = label(
            "A brief is made from a fact base: dated facts, each with its source. Choose which of "
            "them it tells, see its pages, send it.",
            "hint",
            wrap=True,
        )
        self._no_brief, self._no_base = label("None yet.", "hint"), label("None yet.", "hint")
        self._lists = QWidget()
        self._lay_out()

    def _lay_out(self) -> None:
        column(
            row(
                (_listed("RECENT BRIEFS", self._no_brief, self.briefs), 1),
                (_listed("RECENT BASES", self._no_base, self.bases), 1),
                spacing=32,
            ),
            row(STRETCH, self.tidy),
            parent=self._lists, spacing=4,
        )  # fmt: skip
        cards = row(
            (_card(
                "An example", "The base that comes with briefgen, as a brief whose pages are "
                "there at once. Nothing that you do can harm it.", self.example,
            ), 1),
            (_card(
                "A base of your own", "Give it a name and a folder; then add what you read, each "
                "fact with its source.", self.new_base,
            ), 1),
            (_card(
                "A base that is there", "A folder with a base.yaml, from a colleague or from "
                "another machine.", self.open_base,
            ), 1),
            spacing=14,
        )  # fmt: skip
        inner = QWidget()
        inner.setMaximumWidth(_WIDEST)
        column(
            row(label("briefgen", "title"), STRETCH, self.back),
            self._words, (self._lists, 100), cards, row(self.open_brief, STRETCH), STRETCH,
            parent=inner, spacing=16,
        )  # fmt: skip
        row(STRETCH, (inner, 100), STRETCH, parent=self, margins=(40, 36, 40, 24))

    def fill(self, *, back: bool | None = None) -> None:
        """Show what is remembered now. `back`: whether there is a brief to go back to."""
        if back is not None:
            self._may_go_back = back
        self.back.setVisible(self._may_go_back)
        now, remembered = datetime.now(), self.home.files.remembered
        briefs = [brief_row(one, now) for one in remembered.briefs]
        bases = [base_row(one, now) for one in remembered.bases]
        for rows, shown, none in (
            (briefs, self.briefs, self._no_brief), (bases, self.bases, self._no_base),
        ):  # fmt: skip
            shown.show_rows(rows)
            shown.setVisible(bool(rows))
            none.setVisible(not rows)
        known = bool(briefs or bases)
        self._lists.setMaximumHeight(max(len(briefs), len(bases)) * ROW_HEIGHT + _AROUND_LISTS)
        self._lists.setVisible(known)
        self._words.setVisible(not known)
        self.tidy.setVisible(not all(one.is_there for one in (*briefs, *bases)))
        # The one filled button is for whoever is new here.
        restyle(self.example, "role", "" if known else "main")

    def take_focus(self) -> None:
        """Put the keyboard onto what most people want first."""
        for widget in (self.briefs, self.bases, self.example):
            if widget.isVisibleTo(self):
                widget.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._may_go_back:
            self.home.leave_start_page()
        else:
            super().keyPressEvent(event)

    # --- from the person ------------------------------------------------------------------------

    def _open_brief(self, chosen: RecentRow) -> None:
        window = self.home.window
        if chosen.is_there:
            window.attempt(lambda: self.home.files.open_path(chosen.path))
        else:
            window.tell(
                f"{chosen.path} is not there any more.",
                "warning",
                [("Remove it from the list", lambda: self._remove_brief(chosen))],
            )

    def _open_base(self, chosen: RecentRow) -> None:
        self.home.window.attempt(lambda: self.home.open_base(chosen.path))

    def _remove_brief(self, chosen: RecentRow) -> None:
        self.home.files.remembered.remove_brief(chosen.path)
        self.fill()

    def _remove_base(self, chosen: RecentRow) -> None:
        self.home.forget_base(chosen.path)

    def _tidy(self) -> None:
        remembered = self.home.files.remembered
        for brief in [one for one in self.briefs.rows if not one.is_there]:
            remembered.remove_brief(brief.path)
        for base in [one for one in self.bases.rows if not one.is_there]:
            remembered.remove_base(base.path)
        self.fill()
        self.take_focus()


def _listed(title: str, none: QWidget, shown: QWidget) -> QVBoxLayout:
    return column(heading(title), none, (shown, 100), STRETCH, spacing=6)


def _card(title: str, words: str, act: QPushButton) -> QFrame:
    """What one can do, in words, with its button."""
    card = QFrame()
    card.setProperty("role", "card")
    act.setAccessibleDescription(words)
    column(
        label(title, "name"), label(words, "hint", wrap=True), STRETCH, row(act, STRETCH),
        parent=card, margins=(18, 14, 18, 16), spacing=6,
    )  # fmt: skip
    return card
