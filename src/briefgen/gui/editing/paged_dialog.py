"""The window that a form stands in: pages, buttons, what is said; nothing is lost on closing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QPushButton, QStackedWidget, QWidget

from briefgen.gui.editing.saying_dialog import SayingDialog
from briefgen.gui.widgets.building import button, column, row, wait
from briefgen.gui.widgets.removing import remove, widgets_in

Button = tuple[str, Callable[[], Any]]
_KEPT_AFTER = 400
"""Milliseconds at most between a key and its being on its way to the disk."""


class PagedDialog(SayingDialog):
    """Pages in one window, each with its buttons. Closing with something unsaved asks inside.

    The last button of a page is what Enter with Ctrl does.
    """

    written = Signal()
    """Something was typed a moment ago: time to keep it."""
    open_asked = Signal(str)
    """The id of another entry, which the person wants instead; this dialog is closed by then."""

    def __init__(self, parent: QWidget, title: str, size: QSize) -> None:
        super().__init__(parent, "What keeps it from being saved")
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setSizeGripEnabled(True)
        room = parent.window().size()
        self.resize(min(size.width(), room.width() - 40), min(size.height(), room.height() - 40))
        self.stack = QStackedWidget()
        self._buttons = row(spacing=8)
        foot = QFrame()
        foot.setObjectName("foot")
        row((self.said, 1), self._buttons, parent=foot, margins=(22, 10, 22, 12))
        column((self.stack, 1), foot, parent=self, spacing=0)
        self._pages: list[tuple[QWidget, str, Sequence[Button]]] = []
        self._asking = False
        self._do: Callable[[], Any] = self.accept
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(lambda: self.attempt(self._do))
        self._keep = wait(self, _KEPT_AFTER, self.written.emit)

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
        remove(self._buttons, *widgets_in(self._buttons))
        for number, (text, act) in enumerate(buttons):
            made = button(text, partial(self.attempt, act))
            made.setAutoDefault(False)
            if 0 < number == len(buttons) - 1 and not self._asking:
                made.setToolTip("Ctrl+Enter")
                made.setProperty("role", "main")
            self._buttons.addWidget(made)
            made.show()  # not only when the layout gets round to it
        self._do = buttons[-1][1] if buttons else self.accept

    @property
    def main_button(self) -> QPushButton:
        """The last one, which Enter with Ctrl stands for."""
        found = widgets_in(self._buttons)[-1]
        assert isinstance(found, QPushButton)
        return found

    def button(self, text: str) -> QPushButton:
        """The button that says so."""
        for shown in widgets_in(self._buttons):
            if isinstance(shown, QPushButton) and shown.text() == text:
                return shown
        raise LookupError(text)

    # --- closing --------------------------------------------------------------------------------

    def has_unsaved(self) -> bool:
        """Whether closing would lose something."""
        return False

    def state(self) -> dict[str, Any] | None:
        """All that was written, in case of a crash, with `what` it is; None: it is not kept."""
        return None

    def take_up(self, state: Mapping[str, Any]) -> None:
        """Show again what `state` gave before a crash."""

    def touched(self) -> None:
        """Something was typed: it is kept shortly."""
        if self._asking:
            self.show_page(self._page())
        if not self._keep.isActive():  # who types without a pause is kept, too
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

    def leave_for(self, id_: str, answer: str) -> None:
        """Close this and ask for another entry; what is not saved is asked about first."""

        def leave() -> None:
            self._leave()
            self.open_asked.emit(id_)

        self.ask_first(leave, answer)

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
