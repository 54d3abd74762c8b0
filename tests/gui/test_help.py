"""Help: commands and keys, what each part is for, the program's name, the log."""

from __future__ import annotations

from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QWidget

import briefgen.gui
from briefgen import __version__
from briefgen.folders import log_folder
from briefgen.gui.help import open_about, open_log_folder
from briefgen.gui.help.licences import open_licences
from briefgen.gui.help.palette import Palette, commands_of
from briefgen.gui.help.parts import PartsDialog, part_of
from briefgen.gui.help.words import PARTS
from briefgen.gui.window import MainWindow
from briefgen.licences.components import components

CONTROL = Qt.KeyboardModifier.ControlModifier


def focus(window: MainWindow) -> QWidget:
    return QApplication.focusWidget() or window


def opened_by(qtbot: Any, window: MainWindow, key: Qt.Key, *, control: bool = False) -> Any:
    """The dialog that keys open, once the keyboard is in it."""
    held = CONTROL if control else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(focus(window), key, held)
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.isAncestorOf(focus(window)))
    return dialog


def palette_of(qtbot: Any, window: MainWindow) -> Palette:
    """What the keys open, wherever the keyboard is."""
    palette = opened_by(qtbot, window, Qt.Key.Key_K, control=True)
    assert isinstance(palette, Palette)
    return palette


def named(window: MainWindow, name: str) -> QWidget:
    """The control in sight with this name."""
    (found,) = [
        one
        for one in window.findChildren(QWidget)
        if one.accessibleName() == name and one.isVisible()
    ]
    return found


# --- commands ------------------------------------------------------------------------------------


def test_every_entry_of_every_menu_is_a_command(window: MainWindow) -> None:
    known = {(command.menu, command.text): command for command, _ in commands_of(window)}
    assert known["File", "Save"].keys == "Ctrl+S"
    assert known["Edit", "Undo"].keys == "Ctrl+Z"
    for menu, entries in window.menus.items():
        for action in entries.actions():
            if not action.isSeparator() and action.menu() is None and action.isVisible():
                assert (menu, action.text().replace("&", "")) in known


@pytest.mark.parametrize("place", ["Title", "Find in the facts", "Facts of the brief", "Pages"])
def test_the_palette_runs_what_is_typed_from_wherever_one_is(
    qtbot: Any, window: MainWindow, place: str
) -> None:
    window.activateWindow()
    where = named(window, place)
    where.setFocus()
    before = where.text() if isinstance(where, QLineEdit) else ""
    palette = palette_of(qtbot, window)
    assert focus(window) is palette.line
    QTest.keyClicks(palette.line, "setti")
    assert palette.shown[0].text == "Settings…"
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    opened = QApplication.activeModalWidget()
    assert isinstance(opened, QDialog)
    assert opened.windowTitle() == "Settings"
    opened.reject()
    if isinstance(where, QLineEdit):
        assert where.text() == before


def test_the_palette_is_walked_with_the_arrow_keys_and_left_with_escape(
    qtbot: Any,
    window: MainWindow,
) -> None:
    window.activateWindow()
    palette = palette_of(qtbot, window)
    for key, row in (("Down", 1), ("Down", 2), ("Up", 1), ("PageDown", None)):
        QTest.keyClick(palette.line, getattr(Qt.Key, f"Key_{key}"))
        if row is not None:
            assert palette.list.currentIndex().row() == row
    assert palette.list.currentIndex().row() > 5
    assert palette.line.accessibleDescription()
    QTest.keyClicks(palette.line, "qqqq")
    assert palette.shown == []
    assert palette.nothing.isVisible()
    QTest.keyClick(palette.line, Qt.Key.Key_Escape)
    assert not palette.isVisible()


def test_what_cannot_be_done_now_is_told_and_not_run(qtbot: Any, window: MainWindow) -> None:
    window.activateWindow()
    palette = palette_of(qtbot, window)
    QTest.keyClicks(palette.line, "undo")
    assert palette.shown[0].text == "Undo"
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert palette.isVisible()
    assert "not possible now" in palette.line.accessibleDescription()
    palette.reject()


def test_no_keys_stand_for_two_things(window: MainWindow) -> None:
    keys = [
        action.shortcut().toString()
        for action in window.findChildren(QAction)
        if not action.shortcut().isEmpty()
    ]
    assert sorted(keys) == sorted(set(keys))


# --- what each part is for -----------------------------------------------------------------------


def classes_of_the_app(kind: type) -> set[str]:
    """The names of the app's own classes of a kind that are not merely built on."""
    for module in walk_packages(briefgen.gui.__path__, "briefgen.gui."):
        import_module(module.name)

    def below(one: type) -> set[type]:
        return {one, *(each for inner in one.__subclasses__() for each in below(inner))}

    return {
        one.__name__
        for one in below(kind)
        if one.__module__.startswith("briefgen.gui.") and not one.__subclasses__()
    }


def test_every_tab_and_every_dialog_has_its_paragraph(window: MainWindow) -> None:
    tabs = {type(window.tabs.widget(at)).__name__ for at in range(window.tabs.count())}
    assert tabs <= PARTS.keys()
    untold = classes_of_the_app(QDialog) - PARTS.keys() - {"PartsDialog"}
    assert not untold, f"say in gui/help/words.py what they are for: {untold}"
    assert {"header", "scope", "pages", "strip"} <= PARTS.keys()


def test_every_paragraph_is_of_something_and_short(window: MainWindow) -> None:
    places = {one.objectName() for one in window.findChildren(QWidget)}
    assert PARTS.keys() <= classes_of_the_app(QWidget) | places
    for words in PARTS.values():
        assert words.title
        assert 8 <= len(words.text.split()) <= 70


def test_f1_tells_of_the_part_that_has_the_keyboard(qtbot: Any, window: MainWindow) -> None:
    for name, part in (("Title", "header"), ("Topics", "TopicsGroup"), ("Pages", "pages")):
        window.activateWindow()
        where = named(window, name)
        where.setFocus()
        qtbot.waitUntil(lambda where=where: focus(window) is where)
        assert part_of(where) == part
        told = opened_by(qtbot, window, Qt.Key.Key_F1)
        assert isinstance(told, PartsDialog)
        assert told.text.textCursor().selectedText() == PARTS[part].title
        assert focus(window) is told.text
        told.accept()


def test_f1_tells_of_a_dialog_too(qtbot: Any, window: MainWindow, menu: Any) -> None:
    window.activateWindow()
    menu.new_source()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QDialog)
    qtbot.waitUntil(lambda: dialog.isAncestorOf(focus(window)))
    told = opened_by(qtbot, window, Qt.Key.Key_F1)
    assert isinstance(told, PartsDialog)
    assert told.parentWidget() is dialog
    assert told.text.textCursor().selectedText() == "The form of a source or an actor"
    told.accept()
    dialog.reject()


# --- this program --------------------------------------------------------------------------------


def test_about(window: MainWindow) -> None:
    dialog = open_about(window)
    (text,) = [label.text() for label in dialog.findChildren(QLabel)]
    assert text.startswith(f"briefgen {__version__}\n")
    assert "MIT License" in text
    dialog.accept()


def test_the_log_folder_is_shown(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Any] = []

    def open_url(url: QUrl) -> bool:
        opened.append(url.toLocalFile())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    open_log_folder()
    assert opened == [str(log_folder())]
    assert log_folder().is_dir()

    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: False)
    assert not window.attempt(open_log_folder)
    assert "no program opens it" in window.messages.message


def test_what_only_says_that_there_is_nothing_is_no_command(window: MainWindow) -> None:
    assert not [one.text for one, _ in commands_of(window) if one.text.startswith("No ")]


# --- licences ------------------------------------------------------------------------------------


def test_the_licence_of_what_is_chosen_can_be_read(window: MainWindow) -> None:
    dialog = open_licences(window)
    rows = [dialog.list.topLevelItem(at) for at in range(dialog.list.topLevelItemCount())]
    named = {row.text(0): row for row in rows}
    assert len(rows) == len(components())
    assert named["Qt"].text(2) == "LGPL-3.0-only"
    assert dialog.text.toPlainText().startswith(f"briefgen ({__version__})\n")
    for name, words in [
        ("Qt", "GNU LESSER GENERAL PUBLIC LICENSE"),
        ("Pandoc", "GNU GENERAL PUBLIC LICENSE"),
        ("Source Sans Pro", "SIL OPEN FONT LICENSE"),
    ]:
        dialog.list.setCurrentItem(named[name])
        assert words in dialog.text.toPlainText()
    dialog.close()
