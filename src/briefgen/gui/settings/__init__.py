"""The settings file as a form: folders, what new briefs start with, the mail account."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtGui import QAction

from briefgen.errors import BriefgenError
from briefgen.gui import faults
from briefgen.gui.exporting.export import open_file
from briefgen.gui.settings.dialog import SettingsDialog
from briefgen.gui.window import MainWindow
from briefgen.pipeline.settings import read_settings

__all__ = ["SettingsDialog", "install", "open_settings"]


def install(window: MainWindow) -> None:
    """Install this part into the window."""
    action = window.add_action(
        "Edit", "&Settings…", partial(open_settings, window), keys="Ctrl+,", apart=True
    )
    action.setMenuRole(QAction.MenuRole.PreferencesRole)


def open_settings(window: MainWindow) -> SettingsDialog | None:
    """Open the dialog; with a settings file that cannot be used, say so instead."""
    try:
        settings = read_settings()
    except BriefgenError as error:
        path = Path(error.origin.path) if error.origin is not None else None
        ways = [("Open the file", partial(open_file, path))] if path and path.is_file() else []
        window.tell(f"The settings cannot be used: {faults.sentence(error)}", "error", ways)
        return None
    dialog = SettingsDialog(window, settings)
    dialog.open()
    return dialog
