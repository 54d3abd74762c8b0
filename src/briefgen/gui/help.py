"""Help: the keys, what this program is, where its log lies."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QMenu, QScrollArea, QWidget

from briefgen import __version__
from briefgen.folders import log_folder, make_private
from briefgen.gui.exporting.export import open_file
from briefgen.gui.widgets.building import STRETCH, button, column, heading, label, row
from briefgen.gui.window import MainWindow


def install(window: MainWindow) -> None:
    """Install this part into the window."""
    window.add_action("Help", "&Keys", partial(open_keys, window), keys="F1")
    window.add_action("Help", "Open the &log folder", open_log_folder)
    about = window.add_action("Help", "&About briefgen", partial(open_about, window), apart=True)
    about.setMenuRole(QAction.MenuRole.AboutRole)


def open_log_folder() -> None:
    """Show where faults of our own are written down."""
    folder = log_folder()
    make_private(folder)
    open_file(folder)


def keys_of(window: MainWindow) -> list[tuple[str, list[tuple[str, str]]]]:
    """For each menu its entries that have keys: what they do, and the keys as this system
    writes them.
    """
    found = []
    for name, menu in window.menus.items():
        entries = [
            (action.text().replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip("…"),
             action.shortcut().toString(QKeySequence.SequenceFormat.NativeText))
            for action in _entries(menu)
            if not action.shortcut().isEmpty()
        ]  # fmt: skip
        if entries:
            found.append((name, entries))
    return found


def _entries(menu: QMenu) -> Iterator[QAction]:
    for action in menu.actions():
        inner = action.menu()
        if isinstance(inner, QMenu):
            yield from _entries(inner)
        else:
            yield action


def open_keys(window: MainWindow) -> QDialog:
    """Show the keys of all menus, as they are now."""
    dialog = _dialog(window, "Keys")
    table = QWidget()
    grid = QGridLayout(table)
    grid.setContentsMargins(0, 0, 16, 0)
    grid.setHorizontalSpacing(32)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(0, 1)
    line = 0
    for name, entries in keys_of(window):
        above = heading(name.upper())
        above.setContentsMargins(0, 12 if line else 0, 0, 2)
        grid.addWidget(above, line, 0, 1, 2)
        line += 1
        for text, keys in entries:
            grid.addWidget(label(text), line, 0)
            grid.addWidget(label(keys, "hint"), line, 1)
            line += 1
    grid.setRowStretch(line, 1)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(table)
    area.setAccessibleName("Keys")
    dialog.resize(520, 560)
    _finish(dialog, area)
    return dialog


def open_about(window: MainWindow) -> QDialog:
    """Say what this program is."""
    dialog = _dialog(window, "About briefgen")
    text = label(
        f"briefgen {__version__}\n\n"
        "Cited briefings from a structured fact base.\n\n"
        "Free software under the MIT License. Citations are worded by Pandoc, in styles of "
        "the Citation Style Language project; pages are drawn by pdfium, the window by Qt.",
        wrap=True,
    )
    text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    dialog.setMinimumWidth(420)
    _finish(dialog, text)
    return dialog


def _dialog(window: MainWindow, title: str) -> QDialog:
    dialog = QDialog(window)
    dialog.setWindowTitle(title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog


def _finish(dialog: QDialog, widget: QWidget) -> None:
    close = button("Close", dialog.accept)
    close.setDefault(True)
    column((widget, 1), row(STRETCH, close), parent=dialog, margins=(22, 20, 22, 16), spacing=12)
    dialog.open()
