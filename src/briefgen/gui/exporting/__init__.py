"""What leaves the app: files, messages, paper."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QToolButton

from briefgen.gui.exporting.export import Exporting, lacks_something
from briefgen.gui.files import files_of
from briefgen.gui.widgets.building import button, tool_button
from briefgen.gui.window import MainWindow


def install(window: MainWindow) -> None:
    """Install this part into the window."""
    exporting = Exporting(window)
    mail = exporting.action("&E-mail…", partial(_mail, window), "Ctrl+Shift+M")
    paper = exporting.action("&Print…", partial(_print, window), "Ctrl+P")
    menu, end = window.menus["File"], files_of(window).end_of_menu
    assert end is not None
    menu.insertSeparator(end)
    for action in (*exporting.actions, mail, paper):
        menu.insertAction(end, action)

    mail_button = button("E-mail…", mail.trigger, name="E-mail")
    mail_button.setAccessibleDescription("Put the brief into a message.")
    every = exporting.actions[0]
    export_button = tool_button("Export", every.trigger, role="main", name="Export")
    export_button.setAccessibleDescription(
        "Write the brief as Word, PDF and other files; Alt and the down arrow key show which."
    )
    export_button.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
    export_button.setMenu(exporting.menu)
    window.header_buttons.addWidget(mail_button)
    window.header_buttons.addWidget(export_button)


# Imported when they are asked for: a start is waited for, and needs neither mail nor printers.


def _mail(window: MainWindow) -> None:
    from briefgen.gui.exporting.mail_dialog import open_mail_dialog

    if not lacks_something(window, "No message was made"):
        open_mail_dialog(window)


def _print(window: MainWindow) -> None:
    from briefgen.gui.exporting.printing import ask_print

    ask_print(window)
