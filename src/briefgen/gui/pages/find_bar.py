"""The bar with which words are found on the pages. It lies over them, so that nothing moves."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from briefgen.gui.pages.view import PagesView
from briefgen.gui.widgets.building import label, paint_card, row, tool_button, wait


class FindBar(QWidget):
    """A field, how often its words stand on the pages, and ways to the next and previous."""

    def __init__(self, view: PagesView) -> None:
        super().__init__(view)
        self.view = view
        self.words = QLineEdit()
        self.words.setPlaceholderText("Find on the pages")
        self.words.setAccessibleName("Find on the pages")
        self.words.setClearButtonEnabled(True)
        self.words.setMinimumWidth(90)
        self.count = label(role="hint")
        self.count.setMinimumWidth(72)
        self.count.setAlignment(Qt.AlignmentFlag.AlignCenter)
        previous, next_, end = "Previous place", "Next place", "Close"
        self.previous = tool_button("↑", partial(self.step, -1), name=previous, tip=previous)
        self.next = tool_button("↓", partial(self.step, 1), name=next_, tip=next_)
        close = tool_button("✕", self.close_bar, name=end, tip=end)
        row(
            (self.words, 1), self.count, self.previous, self.next, close,
            parent=self, margins=(8, 6, 6, 6), spacing=2,
        )  # fmt: skip
        self._typing = wait(self, 90, lambda: view.words.search(self.words.text()))
        self.words.textChanged.connect(lambda text: self._typing.start())
        self.words.installEventFilter(self)
        view.words.changed.connect(self._tell)
        view.installEventFilter(self)
        # A click on its buttons, which take no focus from clicks, would else go on to the pages.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(self.words)
        self.hide()

    def open(self) -> None:
        """Show it, its words ready to be replaced."""
        self._settle()
        self.show()
        self.raise_()
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.words.selectAll()
        if self.words.text():
            self.view.words.search(self.words.text())

    def close_bar(self) -> None:
        """Hide it, and what it marked."""
        self._typing.stop()
        self.hide()
        self.view.words.search("")
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def step(self, step: int) -> None:
        """To the next hit, or the previous."""
        if self._typing.isActive():
            self._typing.stop()
            self.view.words.search(self.words.text())
        else:
            self.view.words.go_to(self.view.words.current + step)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.view and event.type() == QEvent.Type.Resize:
            self._settle()
        if watched is self.words and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
                event.accept()
            elif event.type() == QEvent.Type.KeyPress:
                back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                    self.step(-1 if back else 1)
                    return True
                if event.key() == Qt.Key.Key_Escape:
                    self.close_bar()
                    return True
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_card(self)

    def _settle(self) -> None:
        """Stand in the upper right corner of the pages."""
        room = self.view.viewport().width()
        width = min(360, room - 16)
        self.setGeometry(room - width - 8, 8, width, self.sizeHint().height())

    def _tell(self) -> None:
        found = self.view.words
        if not self.words.text().strip():
            said = ""
        elif not found.hits:
            said = "…" if found.searching else "not found"
        else:
            more = "+" if found.searching else ""
            said = f"{found.current + 1:,} of {len(found.hits):,}{more}"
        self.count.setText(said)
        self.words.setAccessibleDescription(said)
