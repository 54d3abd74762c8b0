"""The small editor that opens on a statement to say it in other words."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from briefgen.gui import look
from briefgen.gui.facts.row_layout import original_words
from briefgen.gui.widgets.building import column, label
from briefgen.gui.widgets.spelling import SpelledText


class RewordEditor(QWidget):
    """A statement to be typed over, the base's own words below it. Enter keeps, Esc drops."""

    kept = Signal()
    dropped = Signal()
    height_changed = Signal(int)
    """How many pixels it needs now."""

    def __init__(self, wording: str, original: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = _Line(self)
        self.text.setPlainText(wording)
        self.text.setAccessibleName("Wording for this brief")
        self.text.setAccessibleDescription(f"{original_words(original)} Enter keeps, Escape drops.")
        self.original = label(original_words(original), "hint", wrap=True)
        keys = "Enter keeps it for this brief, Esc drops it; no words: as in the base"
        column(self.text, self.original, label(keys, "hint", wrap=True), parent=self, spacing=2)
        self.setFocusProxy(self.text)
        self.text.selectAll()
        self.text.kept.connect(self.kept)
        self.text.dropped.connect(self.dropped)
        self.text.textChanged.connect(self.fit)

    def paintEvent(self, event: QPaintEvent) -> None:
        # It covers the row's own text, which is selected while one types.
        QPainter(self).fillRect(self.rect(), look.colour("chosen"))

    @property
    def wording(self) -> str:
        """What stands in it, on one line."""
        return " ".join(self.text.toPlainText().split())

    def fit(self) -> None:
        """Make the field as high as its text, and tell how high all is."""
        self.text.fit()
        layout = self.layout()
        assert layout is not None
        layout.activate()
        self.height_changed.emit(layout.totalHeightForWidth(self.width()))


class _Line(SpelledText):
    """One line of text, broken where the width asks for it."""

    kept = Signal()
    dropped = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._done = False
        self.mark_spelling()

    def fit(self) -> None:
        """As high as the text."""
        lines = 0
        block = self.document().firstBlock()
        while block.isValid():
            lines += max(1, block.layout().lineCount())
            block = block.next()
        around = self.height() - self.viewport().height()
        margin = round(2 * self.document().documentMargin())
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + margin + max(around, 10))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._end(self.kept)
        elif event.key() == Qt.Key.Key_Escape:
            self._end(self.dropped)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        passing = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
        if event.reason() not in passing:
            self._end(self.kept)

    def event(self, event: QEvent) -> bool:
        # Keys that are shortcuts of the window belong to the text while one types.
        ours = (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in ours
        ):
            event.accept()
            return True
        return super().event(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        # A statement is one line: what is pasted becomes one.
        self.insertPlainText(" ".join(source.text().split()))

    def _end(self, signal: object) -> None:
        if not self._done:
            self._done = True
            signal.emit()  # type: ignore[attr-defined]
