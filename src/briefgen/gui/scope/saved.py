"""Scopes saved by name: saved, taken again, renamed and removed, from one small menu."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QMenu, QWidget

from briefgen.errors import BriefgenError
from briefgen.gui import faults
from briefgen.gui.scope.counted_selection import CountedSelection, number
from briefgen.gui.scope.word_button import word_button
from briefgen.gui.view_models.saved_scopes import (
    SavedScope,
    read_scopes,
    remove_scope,
    rename_scope,
    save_scope,
)
from briefgen.gui.widgets.building import STRETCH, button, button_text, column, label, row
from briefgen.gui.widgets.fields import LineField
from briefgen.gui.window import MainWindow


class SavedScopes:
    """The button in the scope, and the menu that it opens."""

    def __init__(self, window: MainWindow, selection: CountedSelection) -> None:
        self._window = window
        self._selection = selection
        self.menu = QMenu(window)
        self.menu.aboutToShow.connect(self.fill)
        self.button = word_button("Saved scopes", self._open, edge="end")
        self.dialog: ScopeNameDialog | None = None

    def _open(self) -> None:
        self.menu.popup(self.button.mapToGlobal(self.button.rect().bottomLeft()))

    def fill(self) -> None:
        """Write the menu anew: the file may say something else by now."""
        menu, attempt = self.menu, self._window.attempt
        menu.clear()
        menu.addAction("Save this scope…").triggered.connect(lambda: attempt(self.ask_name))
        try:
            scopes = self._scopes()
        except BriefgenError as error:
            menu.addSeparator()
            why = menu.addAction("The saved scopes cannot be read")
            said = faults.sentence(error)
            why.triggered.connect(lambda: self._window.tell(said, "warning"))
            return
        if not scopes:
            return
        menu.addSeparator()
        for scope in scopes:
            count = self._count(scope)
            entry = menu.addAction(f"{_shown(scope.name)}\t{count}")
            entry.setCheckable(True)
            entry.setChecked(scope.select == self._selection.asked)
            entry.triggered.connect(partial(self._take, scope))
        menu.addSeparator()
        act: Callable[[SavedScope], object]
        for title, dots, act in (
            ("Rename", "…", lambda scope: self.ask_name(scope.name)),
            ("Remove", "", self._remove),
        ):
            below = menu.addMenu(title)
            for scope in scopes:
                entry = below.addAction(f"{_shown(scope.name)}{dots}")
                entry.triggered.connect(partial(self._attempt, act, scope))

    def _attempt(self, act: Callable[[SavedScope], object], scope: SavedScope) -> None:
        self._window.attempt(partial(act, scope))

    def _scopes(self) -> Sequence[SavedScope]:
        return read_scopes(self._window.session.folder)

    def _count(self, scope: SavedScope) -> str:
        try:
            return number(self._selection.facets.count(scope.select))
        except BriefgenError:  # words that cannot be looked for
            return ""

    def _take(self, scope: SavedScope) -> None:
        session = self._window.session
        session.edit(f"Take the scope “{scope.name}”", replace(session.spec, select=scope.select))

    def _remove(self, scope: SavedScope) -> None:
        folder = self._window.session.folder
        remove_scope(folder, scope.name)
        self._window.tell(
            f"The scope “{scope.name}” is no longer saved. The brief stays as it is.",
            ways=[("Undo", partial(save_scope, folder, scope.name, scope.select))],
        )

    def ask_name(self, old: str = "") -> None:
        """Ask under which name to save this scope; or which other name one should have."""
        folder = self._window.session.folder
        taken = [one.name for one in self._scopes() if one.name != old]
        dialog = self.dialog = ScopeNameDialog(self._window, old, taken)
        select = self._selection.asked

        def keep() -> None:
            name = dialog.name.value()
            if old:
                rename_scope(folder, old, name)
            else:
                save_scope(folder, name, select)
                self._window.tell(f"The scope is saved as “{name}”.")

        dialog.accepted.connect(lambda: self._window.attempt(keep))
        dialog.open()


class ScopeNameDialog(QDialog):
    """Asks for a name."""

    def __init__(self, parent: QWidget, old: str, taken: Sequence[str]) -> None:
        super().__init__(parent)
        self._old, self._taken = old, frozenset(taken)
        title = "Rename a saved scope" if old else "Save this scope"
        self.setWindowTitle(title)
        self.name = LineField("Name of the scope", "Energy since 2011")
        self.name.setText(old)
        self.name.selectAll()
        self.told = label(role="hint", wrap=True)
        self.save = button("Save", self.accept, role="main")
        self.save.setDefault(True)
        cancel = button("Cancel", self.reject)
        cancel.setAutoDefault(False)
        column(
            label("Name"), self.name, self.told, row(STRETCH, cancel, self.save),
            parent=self, margins=(22, 18, 22, 16), spacing=8,
        )  # fmt: skip
        self.setMinimumWidth(400)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.name.textChanged.connect(lambda text: self._look())
        self._look()
        self.name.setFocus()

    def _look(self) -> None:
        name = self.name.value()
        taken = name in self._taken
        self.told.setText(
            "There is a scope with this name: it will be replaced."
            if taken
            else "You find it under “Saved scopes” in every brief on this base."
        )
        self.save.setText("Replace" if taken else "Save")
        self.save.setEnabled(bool(name))


def _shown(name: str) -> str:
    """A name as a menu shows it: no letter of it is a key, and it is of a fit length."""
    return button_text(name if len(name) < 60 else f"{name[:59]}…")
