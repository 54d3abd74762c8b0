"""Briefs and templates that name something by its old name: which of them are to be changed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from briefgen.direction import for_people
from briefgen.editing.base_names import (
    Named,
    briefs_in,
    files_naming,
    is_scopes,
    put_renamed,
    scopes_of,
    spec_renamed,
)
from briefgen.gui.editing.fields import note
from briefgen.gui.files import files_of
from briefgen.gui.files.choosing import ask_folder
from briefgen.gui.view_models.sources.details import known_briefs
from briefgen.gui.widgets.building import STRETCH, button, column, row
from briefgen.gui.widgets.fields import plain_tip
from briefgen.gui.widgets.tick_rows import TickRows
from briefgen.gui.window import MainWindow
from briefgen.pipeline.places import user_templates
from briefgen.writing.plan import Plan


def briefs_known_to(window: MainWindow) -> list[Path]:
    """The briefs used last, those beside the one in hand, and those in and beside the base."""
    session = window.session
    recent = [brief.path for brief in files_of(window).remembered.briefs]
    folders = [session.folder, session.folder.parent]
    if session.path is not None:
        folders.insert(0, session.path.parent)
    return known_briefs(recent, folders)


def own_templates(window: MainWindow) -> list[Path]:
    """The person's templates: not those that are shipped."""
    folders = window.session.templates[:-1]
    found = [path for folder in (*folders, user_templates()) for path in folder.glob("*.yaml")]
    return sorted(dict.fromkeys(found))


class NamingList(QWidget):
    """Lists them with a tick each, and puts the new names into those that are ticked."""

    def __init__(self, window: MainWindow, what: Named) -> None:
        super().__init__()
        self._window = window
        self._what = what
        self._names: Mapping[str, str] = {}
        self._looked_for: frozenset[str] = frozenset()
        self._folders: list[Path] = []
        self.head = note()
        self.files = QListWidget()
        self.files.setAccessibleName("Briefs and templates to change")
        self.files.setItemDelegate(TickRows(self.files, 24))
        self.files.setMaximumHeight(110)
        self.more = button("Look in a folder…", self._ask_folder)
        self.more.setAutoDefault(False)
        column(row((self.head, 1), self.more), self.files, STRETCH, parent=self, spacing=4)

    def show_names(self, names: Mapping[str, str]) -> None:
        """Look for the files that name something by a key of `names`, if these are others."""
        looked_for = self._looked_for
        self._names, self._looked_for = names, frozenset(names)
        if looked_for != self._looked_for:
            self._look()

    def _look(self) -> None:
        names = self._names
        paths = [*briefs_known_to(self._window), *briefs_in(self._folders)]
        if self._what != "source":
            paths += own_templates(self._window)
            paths += [path for folder in self._folders for path in sorted(folder.glob("*.yaml"))]
        paths += scopes_of(self._window.session.folder)
        found = files_naming(dict.fromkeys(paths), self._what, names)
        self.files.clear()
        for one in found:
            name = "Saved scopes of this base" if is_scopes(one.path) else one.path.name
            text = name if not one.fault else f"{name}: {one.fault}"
            item = QListWidgetItem(for_people(text))
            item.setToolTip(plain_tip(str(one.path)))
            item.setData(Qt.ItemDataRole.UserRole, str(one.path))
            if one.fault:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            item.setCheckState(Qt.CheckState.Unchecked if one.fault else Qt.CheckState.Checked)
            self.files.addItem(item)
        self.files.setVisible(bool(found))
        old = ", ".join(names)
        self.head.setText(
            f"These name {old}; what is ticked is changed, too:"
            if found
            else f"No brief that is known here names {old}."
        )

    def _ask_folder(self) -> None:
        start = self._window.session.folder.parent
        ask_folder(self, "Look for briefs and templates", start, self._look_in)

    def _look_in(self, folder: Path) -> None:
        self._folders.append(folder)
        self._look()

    @property
    def ticked(self) -> list[Path]:
        """The files that are to be changed."""
        items = (self.files.item(number) for number in range(self.files.count()))
        return [
            Path(item.data(Qt.ItemDataRole.UserRole))
            for item in items
            if item.checkState() == Qt.CheckState.Checked
        ]

    @property
    def follows_open_brief(self) -> bool:
        """Whether the brief in hand is to change: its file is ticked, or it has none."""
        path = self._window.session.path
        return path is None or path in self.ticked

    def add_to(self, plan: Plan, hashes: Mapping[str, str]) -> None:
        """Add the changes of the ticked files to a plan; the brief in hand changes in the window,
        where it can be undone.
        """
        session = self._window.session
        for path in self.ticked:
            if path != session.path:
                put_renamed(plan, path, self._what, self._names, hashes)

    def change_open_brief(self, hashes: Mapping[str, str]) -> None:
        """Put the new names into the brief in hand."""
        session = self._window.session
        folder = session.path.parent if session.path is not None else session.folder
        spec = spec_renamed(session.spec, folder, self._what, self._names, hashes)
        session.edit("Follow names of the base", spec)
