"""Scopes are saved, taken, renamed and removed from a menu in the scope."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from briefgen.brief.spec.model import BriefSpec
from briefgen.gui.scope.panel import ScopePanel
from briefgen.gui.scope.saved import SavedScopes
from briefgen.gui.view_models.saved_scopes import read_scopes, save_scope, scopes_file
from briefgen.gui.window import MainWindow
from briefgen.select.model import Selection
from gui.conftest import shared_window

ENERGY = Selection(topics=("energy",))


@pytest.fixture(scope="module")
def only_window(qapp: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    """One window for all tests in here, without those parts that start processes."""
    parts = ("files", "scope", "facts", "sections")
    with shared_window(tmp_path_factory.mktemp("scopes"), parts) as window:
        yield window


@pytest.fixture
def window(only_window: MainWindow) -> MainWindow:
    only_window.messages.clear()
    only_window.session.set_brief(BriefSpec())
    return only_window


@pytest.fixture
def saved(window: MainWindow) -> SavedScopes:
    panel = window.findChild(ScopePanel)
    assert isinstance(panel, ScopePanel)
    return panel.saved


def entries(menu: QMenu) -> dict[str, QAction]:
    return {one.text().split("\t")[0]: one for one in menu.actions() if one.text()}


def opened(qtbot: Any, saved: SavedScopes) -> dict[str, QAction]:
    """What the menu offers when one presses its button."""
    QTest.mouseClick(saved.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(saved.menu.isVisible)
    found = entries(saved.menu)
    saved.menu.hide()
    return found


def test_a_scope_is_saved_under_a_name(qtbot: Any, window: MainWindow, saved: SavedScopes) -> None:
    session = window.session
    session.edit("Topics", replace(session.spec, select=ENERGY))
    offered = opened(qtbot, saved)
    assert list(offered) == ["Save this scope…"]
    offered["Save this scope…"].trigger()
    dialog = saved.dialog
    assert dialog is not None
    assert not dialog.save.isEnabled()
    QTest.keyClicks(dialog.name, "Energy & more")
    QTest.keyClick(dialog.name, Qt.Key.Key_Return)

    (one,) = read_scopes(session.folder)
    assert (one.name, one.select) == ("Energy & more", ENERGY)
    assert session.undo_stack.count() == 1, "saving is no edit"
    shown = opened(qtbot, saved)["Energy && more"]
    assert shown.text() == "Energy && more\t3"
    assert shown.isChecked()


def test_taking_one_is_one_edit(qtbot: Any, window: MainWindow, saved: SavedScopes) -> None:
    session = window.session
    save_scope(session.folder, "Energy", ENERGY)
    offered = opened(qtbot, saved)
    assert not offered["Energy"].isChecked()
    offered["Energy"].trigger()
    assert session.spec.select == ENERGY
    assert session.undo_stack.undoText() == "Take the scope “Energy”"
    session.undo_stack.undo()
    assert session.spec.select == Selection()


def test_one_is_renamed_and_removed_and_brought_back(
    qtbot: Any, window: MainWindow, saved: SavedScopes
) -> None:
    folder = window.session.folder
    save_scope(folder, "Energy", ENERGY)
    save_scope(folder, "All", Selection())
    menu = opened(qtbot, saved)["Rename"].menu()
    assert isinstance(menu, QMenu)
    entries(menu)["Energy…"].trigger()
    dialog = saved.dialog
    assert dialog is not None
    dialog.name.selectAll()
    QTest.keyClicks(dialog.name, "All")
    assert dialog.save.text() == "Replace"
    QTest.keyClicks(dialog.name, " energy")
    assert dialog.save.text() == "Save"
    QTest.keyClick(dialog.name, Qt.Key.Key_Return)
    assert [one.name for one in read_scopes(folder)] == ["All", "All energy"]

    menu = opened(qtbot, saved)["Remove"].menu()
    assert isinstance(menu, QMenu)
    entries(menu)["All energy"].trigger()
    assert [one.name for one in read_scopes(folder)] == ["All"]
    (undo,) = (
        one for one in window.messages.findChildren(type(saved.button)) if one.text() == "Undo"
    )
    QTest.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert [one.name for one in read_scopes(folder)] == ["All", "All energy"]


def test_a_damaged_file_is_a_word_and_no_crash(
    qtbot: Any, window: MainWindow, saved: SavedScopes
) -> None:
    path = scopes_file(window.session.folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("scopes: [", "utf-8")
    offered = opened(qtbot, saved)
    assert list(offered) == ["Save this scope…", "The saved scopes cannot be read"]
    offered["The saved scopes cannot be read"].trigger()
    assert path.name in window.messages.message
    offered = opened(qtbot, saved)
    offered["Save this scope…"].trigger()
    assert path.name in window.messages.message
    assert path.read_text("utf-8") == "scopes: ["
