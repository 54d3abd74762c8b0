"""Briefs as files: new, open, save; what is not saved, kept; undo and redo."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QAction, QKeySequence

from briefgen.brief.spec.model import BriefSpec
from briefgen.gui.files.brief_files import BriefFiles
from briefgen.gui.window import MainWindow

Keys = QKeySequence.StandardKey


def install(window: MainWindow) -> None:
    """Install this part into the window."""
    files = BriefFiles(window)
    new = window.add_action("File", "&New", files.new, keys=Keys.New)
    open_ = window.add_action("File", "&Open…", files.ask_open, keys=Keys.Open)
    window.menus["File"].addMenu(files.recent)
    window.add_action("File", "&Save", files.save, keys=Keys.Save)
    window.add_action("File", "Save &as…", files.ask_save_as, keys="Ctrl+Shift+S")
    window.add_action(
        "File", "&Bring back what was discarded", files.bring_back,
        tip="Open again the changes that you discarded last",
    )  # fmt: skip
    leave = window.add_action("File", "&Quit", window.close, keys="Ctrl+Q", apart=True)
    leave.setMenuRole(QAction.MenuRole.QuitRole)
    files.without_brief = (new, open_, files.recent.menuAction(), leave)
    files.end_of_menu = window.menus["File"].actions()[-2]
    stack = window.session.undo_stack
    for made, keys in ((stack.createUndoAction, Keys.Undo), (stack.createRedoAction, Keys.Redo)):
        action = made(window)
        action.setShortcut(QKeySequence(keys))
        window.menus["Edit"].addAction(action)


def files_of(window: MainWindow) -> BriefFiles:
    """What a window does with files."""
    files = window.findChild(BriefFiles)
    assert isinstance(files, BriefFiles)
    return files


def open_first(window: MainWindow, spec: BriefSpec | None, path: Path | None) -> None:
    """Put the first brief into a new window: the one that was asked for, one that a crash left
    unsaved, or a new one. Raises `BriefgenError` for a base that cannot be opened.
    """
    files_of(window).open_first(spec, path)
