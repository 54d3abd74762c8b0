"""A card over the pages that says what is going on, or why there are none."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPaintEvent

from briefgen.gui.pages.view import PagesView
from briefgen.gui.view_models.words import as_sentence
from briefgen.gui.widgets.building import PlainLabel, button, button_text, paint_card, restyle, wait


class Notice(PlainLabel):
    """A card over the pages: quietly in a corner, or in the middle with a reason."""

    def __init__(self, view: PagesView) -> None:
        super().__init__(parent=view.viewport())
        self.view = view
        self._is_reason = False
        self.setWordWrap(True)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._while = wait(self, 2500, self.say_nothing)
        self._way: Callable[[], object] = lambda: None
        self.way = button("", lambda: self._way())
        self.way.setParent(view.viewport())
        self.way.setCursor(Qt.CursorShape.ArrowCursor)
        self.way.hide()
        self.hide()
        view.viewport().installEventFilter(self)

    def whisper(self, text: str, *, for_a_while: bool = False) -> None:
        """Say in a corner what is going on, unless there is more to say."""
        if not (self._is_reason and self.isVisible()):
            self._show(text, is_reason=False)
            if for_a_while:
                self._while.start()

    def explain(self, why: str, do: str = "", way: Callable[[], object] = lambda: None) -> None:
        """Say in the middle why there are no pages; a button says `do` and does `way`."""
        self._way = way
        self.way.setText(button_text(do))
        self._show(as_sentence(why.removeprefix("error: ")), is_reason=True)

    def say_nothing(self) -> None:
        """Go away."""
        self._while.stop()
        self._is_reason = False
        self.way.hide()
        self.hide()

    def _show(self, text: str, *, is_reason: bool) -> None:
        self._while.stop()
        self._is_reason = is_reason
        self.setText(text)
        self.setAccessibleName(text)
        restyle(self, "role", "" if is_reason else "hint")
        self.way.setVisible(is_reason and bool(self.way.text()))
        self._settle()
        self.show()
        self.raise_()
        self.way.raise_()

    def _settle(self) -> None:
        room = self.view.viewport().size()
        if self._is_reason:
            self.setWordWrap(True)
            has_way = not self.way.isHidden()
            size = self.way.sizeHint()
            self.setContentsMargins(20, 16, 20, 16 + (size.height() + 10 if has_way else 0))
            width = max(120, min(440, room.width() - 32))
            height = self.heightForWidth(width)
            left, top = (room.width() - width) // 2, max(16, room.height() // 5)
            below = top + height - 16 - size.height()
            self.way.setGeometry(left + 20, below, min(size.width(), width - 40), size.height())
            self.setGeometry(left, top, width, height)
        else:
            self.setWordWrap(False)
            self.setContentsMargins(10, 4, 10, 4)
            size = self.sizeHint()
            self.setGeometry(room.width() - size.width() - 10, room.height() - size.height() - 10,
                             size.width(), size.height())  # fmt: skip

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._settle()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_card(self)
        super().paintEvent(event)
