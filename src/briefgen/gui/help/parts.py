"""What each part is for, told where one is: F1 opens the paragraph on what has the keyboard."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QTextBrowser, QWidget

from briefgen.gui import look
from briefgen.gui.help.words import PARTS
from briefgen.gui.widgets.building import STRETCH, button, column, row
from briefgen.gui.window import MainWindow

KEY = "F1"


def part_of(widget: QWidget | None) -> str | None:
    """The part that a widget belongs to: a key of `PARTS`; None outside of all."""
    while widget is not None:
        for name in (type(widget).__name__, widget.objectName()):
            if name in PARTS:
                return name
        widget = widget.parentWidget()
    return None


def open_parts(parent: QWidget, at: str | None = None) -> PartsDialog:
    """Tell of every part, from `at` on."""
    dialog = PartsDialog(parent)
    dialog.open()
    dialog.go_to(at)
    return dialog


class PartsDialog(QDialog):
    """A paragraph for each part, below one another."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("What each part is for")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.text = QTextBrowser()
        self.text.setAccessibleName("What each part is for")
        self.text.setOpenLinks(False)
        self.text.document().setDefaultStyleSheet(
            f"h3 {{ color: {look.colours().accent}; margin: 14px 0 2px 0; }}"
            "p { margin: 0 0 4px 0; }"
        )
        self.text.setHtml("".join(
            f'<h3><a name="{escape(key)}"></a>{escape(words.title)}</h3><p>{escape(words.text)}</p>'
            for key, words in PARTS.items()
        ))  # fmt: skip
        close = button("Close", self.accept)
        close.setDefault(True)
        column(
            (self.text, 1), row(STRETCH, close), parent=self, margins=(22, 18, 22, 16), spacing=12
        )
        self.resize(560, 520)
        self.text.setFocus()

    def go_to(self, part: str | None) -> None:
        """Show a part's paragraph at the top, its name selected."""
        if part is None:
            return
        self.text.scrollToAnchor(part)
        cursor = self.text.document().find(PARTS[part].title)
        while not cursor.isNull() and cursor.block().text() != PARTS[part].title:
            cursor = self.text.document().find(PARTS[part].title, cursor)
        if not cursor.isNull():
            self.text.setTextCursor(cursor)


class HelpInDialogs(QObject):
    """Gives every dialog of the app the key for help when the keyboard first comes into it: the
    menus cannot be reached from there.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._moved)

    def _moved(self, before: QWidget | None, now: QWidget | None) -> None:
        dialog = now.window() if now is not None else None
        if not isinstance(dialog, QDialog) or isinstance(dialog, PartsDialog):
            return
        if part_of(dialog) is None or dialog.property("hasHelp"):
            return
        dialog.setProperty("hasHelp", True)
        shortcut = QShortcut(QKeySequence(KEY), dialog)
        shortcut.activated.connect(lambda: open_parts(dialog, part_of(dialog)))
