"""The fact in hand, whole: everything that the base says of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton, QTextBrowser, QWidget

from briefgen.gui import look
from briefgen.gui.view_models.facts.details_html import FACT_ADDRESS, SOURCE_ADDRESS, details_html
from briefgen.gui.view_models.facts.fact_cards import ListedFact
from briefgen.gui.view_models.facts.fact_details import FactDetails
from briefgen.gui.widgets.building import STRETCH, button, column, heading, row
from briefgen.index.text import Phrase

_ABOVE = 2
"""Pixels between the heading and the words."""


class DetailsPane(QWidget):
    """Shows one fact; other facts that it names are links."""

    fact_asked = Signal(str)
    """The id of a fact that was clicked."""
    source_asked = Signal(str)
    """The id of a source that was clicked."""
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown: FactDetails | None = None
        self._listed: ListedFact | None = None
        self._phrases: tuple[Phrase, ...] = ()
        self.text = _Text()
        self.text.setAccessibleName("Details of the fact")
        self.text.anchorClicked.connect(self._follow)
        above = heading("DETAILS")
        above.setBuddy(self.text)
        self.buttons: list[QPushButton] = []
        self._button_row = row(spacing=2)
        self.close_button = button("Hide", self.closed.emit, role="quiet", name="Hide the details")
        top = row(above, STRETCH, self._button_row, self.close_button, margins=(14, 6, 8, 0))
        column(top, (self.text, 1), parent=self, spacing=2)
        self._write()

    def add_button(self, text: str, slot: Callable[[], Any]) -> QPushButton:
        """A quiet button above the details, such as for editing the fact."""
        made = button(text, slot, role="quiet")
        made.setEnabled(self.shown is not None)
        self.buttons.append(made)
        self._button_row.addWidget(made)
        return made

    def show_fact(
        self, details: FactDetails | None, listed: ListedFact | None, phrases: tuple[Phrase, ...]
    ) -> None:
        """Show this fact. `listed` is what the brief makes of it, where it is listed."""
        same = self.shown is not None and details is not None and (
            details.fact.id == self.shown.fact.id
        )  # fmt: skip
        self.shown, self._listed, self._phrases = details, listed, phrases
        bar = self.text.verticalScrollBar()
        at = bar.value() if same else 0
        self._write()
        bar.setValue(at)
        for made in self.buttons:
            made.setEnabled(details is not None)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._write()

    def _follow(self, address: QUrl) -> None:
        if address.scheme() == "fact":
            self.fact_asked.emit(address.toString().removeprefix(FACT_ADDRESS))
        elif address.scheme() == "source":
            self.source_asked.emit(address.toString().removeprefix(SOURCE_ADDRESS))
        elif address.scheme() in ("http", "https"):
            QDesktopServices.openUrl(address)

    def _write(self) -> None:
        document = self.text.document()
        document.setDefaultStyleSheet(_style())
        if self.shown is None:
            self.text.setHtml('<p class="muted">Choose a fact to see it whole.</p>')
        else:
            self.text.setHtml(details_html(self.shown, self._listed, self._phrases))
        # The words begin right below the heading: room is for them.
        frame = document.rootFrame()
        shape = frame.frameFormat()
        shape.setTopMargin(_ABOVE)
        frame.setFrameFormat(shape)


class _Text(QTextBrowser):
    """Text to read, select and copy; it loads nothing from anywhere."""

    def __init__(self) -> None:
        super().__init__()
        self.setOpenLinks(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setObjectName("details")
        self.document().setDocumentMargin(14)
        self.setTabChangesFocus(True)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        return None


def _style() -> str:
    worn = look.colours()
    return (
        f"body, p, td {{ color: {worn.text}; font-size: {look.TEXT_SIZE}px; }}"
        f"p {{ margin: 0 0 6px 0; }}"
        f"p.head {{ color: {worn.muted}; font-size: {look.SMALL_SIZE}px; font-weight: 600;"
        " margin: 10px 0 3px 0; }"
        f".muted, .small, th {{ color: {worn.muted}; }}"
        f".small, td.small, th {{ font-size: {look.SMALL_SIZE}px; }}"
        f".warning, p.warning {{ color: {worn.warning}; }}"
        f".accent {{ color: {worn.accent}; }}"
        f".found {{ background-color: {worn.mark}; color: {worn.text}; }}"
        f".out {{ color: {worn.muted}; text-decoration: line-through; }}"
        f".in {{ color: {worn.accent}; font-weight: 600; }}"
        f"a {{ color: {worn.accent}; }}"
        "th { text-align: left; font-weight: 400; }"
    )
