"""A sheet that lies over the left of the window, so that the pages stay in sight."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLayout, QPushButton, QScrollArea, QWidget

from briefgen.gui.widgets.building import button, column, label, row
from briefgen.gui.widgets.tab_order import go_on
from briefgen.gui.window import MainWindow

_WIDTH = 800


class Sheet(QFrame):
    """Opened and closed by a button that stays down as long as it is open. Escape closes it."""

    def __init__(self, window: MainWindow, opener: QPushButton, title: str) -> None:
        room = window.centralWidget()
        assert room is not None
        super().__init__(room)
        self._room = room
        self._header = window.header
        self._opener = opener
        self._inside = QWidget()
        self.setObjectName("sheet")
        self.setAccessibleName(title)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        close = button("Close", self.close_sheet, role="quiet", name="Close this sheet")
        head = row((label(title, "name"), 1), close, margins=(18, 10, 12, 0))
        column(head, (self._scroll, 1), parent=self, spacing=0)
        room.installEventFilter(self)
        self.hide()

    def fill(self, content: QLayout) -> None:
        """What lies on the sheet."""
        self._inside.setLayout(content)
        self._scroll.setWidget(self._inside)

    @property
    def first_field(self) -> QWidget:
        """Where one starts to type."""
        raise NotImplementedError

    def open_at(self, field: QWidget | None) -> None:
        """Open the sheet with the caret in one of its fields, or in the first."""
        self._opener.setChecked(True)
        target = field or self.first_field
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._scroll.ensureWidgetVisible(target)

    def close_sheet(self) -> None:
        """Close it and go back to the button."""
        self._opener.setChecked(False)

    def show_sheet(self, open_: bool) -> None:
        """Open it, or close it, as the button says."""
        if open_:
            self._place()
            self.show()
            self.raise_()
            self.first_field.setFocus(Qt.FocusReason.PopupFocusReason)
        else:
            had_focus = self.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
            self.hide()
            if had_focus:
                self._opener.setFocus(Qt.FocusReason.PopupFocusReason)

    def _place(self) -> None:
        room = self._room
        top = self._header.geometry().bottom() + 1
        wanted = self._inside.sizeHint().height() + 52
        self.setGeometry(0, top, min(_WIDTH, room.width() - 40), min(wanted, room.height() - top))

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab stays on the sheet: what it lies over cannot be seen."""
        return go_on(self, next)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_sheet()
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False
