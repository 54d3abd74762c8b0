"""The commands for facts in menus: their words, their keys, and when they can be chosen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from briefgen.gui.facts.chosen import ChosenFacts
from briefgen.gui.facts.commands import FactCommands
from briefgen.gui.facts.list_view import FactView
from briefgen.gui.facts.model import FactModel
from briefgen.gui.view_models.brief.passages import passages_of
from briefgen.gui.view_models.pages.printed import LEFT_OUT
from briefgen.gui.window import MainWindow

_SHORTCUTS_HERE = Qt.ShortcutContext.WidgetWithChildrenShortcut
_SHORTCUTS_IN_LIST = Qt.ShortcutContext.WidgetShortcut
_MOST_LOOKED_AT = 200
"""Selected facts up to which their stars are looked at."""
_SHOW_PLACE = "Show on the pa&ges"
_AT_THE_POINTER = (
    "printed", "", "tick", "pin", "star", "", "reword", "restore", "", "sentence", "apart", "",
    "up", "down", "", "copy", "", "edit", "supersede", "retract", "duplicate", "checked",
    "many",
)  # fmt: skip
"""The menu on a fact; an empty name draws a line."""


class FactMenu:
    """The entries of the menu `Facts`, by name in `actions`, and the menu on a fact."""

    def __init__(
        self, window: MainWindow, view: FactView, model: FactModel, chosen: ChosenFacts
    ) -> None:
        self._window = window
        self._view = view
        self._model = model
        self._chosen = chosen
        self.actions: dict[str, QAction] = {}
        self._others: list[Callable[[], None]] = []
        view.customContextMenuRequested.connect(self._show_menu)

    def add_actions(
        self,
        tab: QWidget,
        commands: FactCommands,
        reword: Callable[[], Any],
        copy: Callable[[], Any],
        show_printed: Callable[[], Any],
    ) -> None:
        """Fill the window's menus. Keys work while `tab`, or something in it, has the focus."""
        view, window = self._view, self._window

        def add(name: str, text: str, slot: Callable[[], Any], keys: str = "", **more: Any) -> None:
            action = window.add_action("Facts", text, slot, keys=keys, **more)
            self.actions[name] = action
            # The list has its keys to itself: Space is a letter elsewhere.
            here = keys in ("Space", "Return")
            action.setShortcutContext(_SHORTCUTS_IN_LIST if here else _SHORTCUTS_HERE)
            (view if here else tab).addAction(action)

        add("tick", "&Leave out", commands.tick_chosen, "Space")
        add("pin", "&Pin", commands.pin, "Ctrl+B", tip="Keep it whatever the scope says")
        add("star", "&Make a key point", commands.star, "Ctrl+D")
        add("reword", "&Reword", reword, "Ctrl+R", apart=True)
        add("restore", "Restore the &base’s words", commands.restore)
        add("up", "Move &up", lambda: view.move_chosen(-1), "Alt+Up", apart=True)
        add("down", "Move &down", lambda: view.move_chosen(1), "Alt+Down")
        add("unorder", "Back to the order of d&ates", commands.unorder)
        add("printed", _SHOW_PLACE, show_printed, "Ctrl+L", apart=True)
        add("apart", "Print fact &by fact", commands.split, apart=True)
        action = window.add_action(
            "Edit", "Copy facts with &citations", copy, keys="Ctrl+C", apart=True
        )
        action.setShortcutContext(_SHORTCUTS_IN_LIST)
        view.addAction(action)
        self.actions["copy"] = action
        self.update()

    def add_action_of_others(self, name: str, action: QAction, look: Callable[[], None]) -> None:
        """Take another part's entry into the menu on a fact; `look` says what it would do now."""
        self.actions[name] = action
        self._others.append(look)
        look()

    def update(self) -> None:
        """Say what the commands would do to the chosen facts, and which of them can be done."""
        actions = self.actions
        if not actions:
            return
        places, listed = self._chosen.places(), self._model.listed
        any_in = any(place not in listed.left_out for place in places)
        actions["tick"].setText("&Leave out" if any_in or not places else "&Take back")
        pinned = bool(places) and all(place in listed.pinned for place in places)
        actions["pin"].setText("Un&pin" if pinned else "&Pin")
        few = places[:_MOST_LOOKED_AT]
        starred = bool(few) and all(self._model.row_for(place).starred for place in few)
        actions["star"].setText("&No key point" if starred else "&Make a key point")
        for name in ("tick", "star", "reword", "up", "down"):
            actions[name].setEnabled(bool(places))
        for name in ("pin", "copy"):
            actions[name].setEnabled(bool(places) or self._chosen.in_hand is not None)
        actions["restore"].setEnabled(any(place in listed.reworded for place in places))
        actions["unorder"].setEnabled(bool(self._window.session.spec.edits.order))
        where = self._model.printed.get(self._chosen.in_hand or "")
        on_pages = where is None or where.on_pages
        actions["printed"].setText(_SHOW_PLACE if on_pages else "Show wh&y it is not printed")
        actions["printed"].setEnabled(where is not None and where is not LEFT_OUT)
        session, ids = self._window.session, self._chosen.ids()
        said = passages_of(session.spec.passages, session.base, ids) if ids else []
        joined = not said or any(not one.is_split for one in said)
        actions["apart"].setText("Print fact &by fact" if joined else "Print as one senten&ce")
        actions["apart"].setEnabled(bool(said))
        for look in self._others:
            look()

    def _show_menu(self, at: QPoint) -> None:
        if self._view.fact_at(at) is None:
            return
        menu = QMenu(self._view)
        for name in _AT_THE_POINTER:
            if name:
                if name in self.actions:
                    menu.addAction(self.actions[name])
            else:
                menu.addSeparator()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._view.viewport().mapToGlobal(at))
