"""The window that a form stands in: pages, buttons, what is said; nothing is lost on closing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from briefgen.gui import faults
from briefgen.gui.editing.fields import line, say

Button = tuple[str, Callable[[], Any]]


class PagedDialog(QDialog):
    """Pages in one window, each with its buttons. Closing with something unsaved asks inside.

    The last button of a page is what Enter with Ctrl does.
    """

    written = Signal()
    """Something was typed a moment ago: time to keep it."""

    def __init__(self, parent: QWidget, title: str, size: QSize) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setSizeGripEnabled(True)
        room = parent.window().size()
        self.resize(min(size.width(), room.width() - 40), min(size.height(), room.height() - 40))
        self.stack = QStackedWidget()
        self.said = line()
        self.said.setAccessibleName("What keeps it from being saved")
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        foot = QFrame()
        foot.setObjectName("foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(22, 10, 22, 12)
        row.addWidget(self.said, 1)
        row.addLayout(self._buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.stack, 1)
        column.addWidget(foot)
        self._pages: list[tuple[QWidget, str, Sequence[Button]]] = []
        self._asking = False
        self._do: Callable[[], Any] = self.accept
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(lambda: self.attempt(self._do))
        self._keep = QTimer(self)
        self._keep.setSingleShot(True)
        self._keep.setInterval(700)
        self._keep.timeout.connect(self.written)

    # --- pages ----------------------------------------------------------------------------------

    def add_page(self, widget: QWidget, title: str, buttons: Sequence[Button]) -> None:
        """A page; the first is shown. What a button raises is said."""
        self._pages.append((widget, title, buttons))
        self.stack.addWidget(widget)
        if len(self._pages) == 1:
            self.show_page(widget)

    def show_page(self, widget: QWidget) -> None:
        """Go to a page."""
        title, buttons = next((t, b) for page, t, b in self._pages if page is widget)
        self.setWindowTitle(title)
        self.stack.setCurrentWidget(widget)
        self.tell("")
        self._asking = False
        self._set_buttons(buttons)

    def _page(self) -> QWidget:
        page = self.stack.currentWidget()
        assert page is not None, "there is a page"
        return page

    def _set_buttons(self, buttons: Sequence[Button]) -> None:
        while self._buttons.count():
            item = self._buttons.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for number, (text, act) in enumerate(buttons):
            button = QPushButton(text)
            button.setAutoDefault(False)
            if 0 < number == len(buttons) - 1 and not self._asking:
                button.setToolTip("Ctrl+Enter")
                button.setProperty("role", "main")
            button.clicked.connect(lambda checked=False, act=act: self.attempt(act))
            self._buttons.addWidget(button)
            button.show()  # not only when the layout gets round to it
        self._do = buttons[-1][1] if buttons else self.accept

    def button(self, text: str) -> QPushButton:
        """The button that says so."""
        for place in range(self._buttons.count()):
            item = self._buttons.itemAt(place)
            widget = item.widget() if item is not None else None
            if isinstance(widget, QPushButton) and widget.text() == text:
                return widget
        raise LookupError(text)

    # --- saying ---------------------------------------------------------------------------------

    def tell(self, text: str, role: str = "error") -> None:
        """Say something beside the buttons."""
        say(self.said, text, role)

    def attempt(self, work: Callable[[], Any]) -> None:
        """Do something; say why if it cannot be done."""
        try:
            work()
        except Exception as error:
            text = faults.sentence(error)
            self.tell(text[:1].upper() + text[1:])

    # --- closing --------------------------------------------------------------------------------

    def has_unsaved(self) -> bool:
        """Whether closing would lose something."""
        return False

    def state(self) -> dict[str, Any] | None:
        """All that was written, in case of a crash, with `what` it is; None: it is not kept."""
        return None

    def touched(self) -> None:
        """Something was typed: it is kept shortly."""
        if self._asking:
            self.show_page(self._page())
        self._keep.start()

    def ask_first(self, then: Callable[[], Any], answer: str = "Discard it") -> None:
        """Do what would lose what was written: at once if nothing was, else when asked to."""
        if not self.has_unsaved():
            then()
            return
        self._asking = True
        page = self._page()
        self._set_buttons(((answer, then), ("Go on writing", lambda: self.show_page(page))))
        self.tell("What you wrote is not saved.", "warning")
        self.button("Go on writing").setFocus()

    def reject(self) -> None:
        if self._asking:
            self.show_page(self._page())  # Escape goes back, it does not discard
            return
        self.ask_first(self._leave)

    def closeEvent(self, event: QCloseEvent) -> None:
        # QDialog would close even where `reject` stays.
        event.ignore()
        self.reject()

    def _leave(self) -> None:
        self._keep.stop()
        super().reject()

    def done(self, result: int) -> None:
        self._keep.stop()
        super().done(result)
