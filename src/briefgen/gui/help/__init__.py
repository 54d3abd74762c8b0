"""Help: what each part is for, every command with its keys, what this program is."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDialog

from briefgen import __version__
from briefgen.folders import log_folder, make_private
from briefgen.gui.exporting.export import open_file
from briefgen.gui.help import palette, parts
from briefgen.gui.widgets.building import STRETCH, button, column, label, row
from briefgen.gui.window import MainWindow


def install(window: MainWindow) -> None:
    """Install this part into the window."""
    window.add_action(
        "Help", "&What this part is for", partial(_tell_of_part, window), keys=parts.KEY,
        tip="Tells of the part that has the keyboard",
    )  # fmt: skip
    window.add_action("Help", "What &each part is for", partial(parts.open_parts, window))
    palette.add_to(window)
    window.add_action("Help", "Open the &log folder", open_log_folder, apart=True)
    window.add_action("Help", "L&icences…", partial(_open_licences, window))
    about = window.add_action("Help", "&About briefgen", partial(open_about, window))
    about.setMenuRole(QAction.MenuRole.AboutRole)
    parts.HelpInDialogs(window)


def _tell_of_part(window: MainWindow) -> None:
    focus = QApplication.focusWidget() or window.focusWidget()
    parts.open_parts(window, parts.part_of(focus) or "header")


def open_log_folder() -> None:
    """Show where faults of our own are written down."""
    folder = log_folder()
    make_private(folder)
    open_file(folder)


def _open_licences(window: MainWindow) -> QDialog:
    from briefgen.gui.help.licences import open_licences

    return open_licences(window)


def open_about(window: MainWindow) -> QDialog:
    """Say what this program is."""
    dialog = QDialog(window)
    dialog.setWindowTitle("About briefgen")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    text = label(
        f"briefgen {__version__}\n\n"
        "Cited briefings from a structured fact base.\n\n"
        "Free software under the MIT License. Citations are worded by Pandoc, in styles of "
        "the Citation Style Language project; pages are drawn by pdfium, the window by Qt.",
        wrap=True,
    )
    text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    dialog.setMinimumWidth(420)
    close = button("Close", dialog.accept)
    close.setDefault(True)
    column((text, 1), row(STRETCH, close), parent=dialog, margins=(22, 20, 22, 16), spacing=12)
    dialog.open()
    return dialog
