"""Choosing a citation style: a few letters of its name find it among ten thousand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent

from briefgen.gui import background
from briefgen.gui.files.choosing import ask_open
from briefgen.gui.session import Session
from briefgen.gui.widgets.fields import set_state
from briefgen.gui.widgets.suggesting import Suggestion, first_few
from briefgen.gui.widgets.type_ahead import PickingField
from briefgen.pipeline.listings.choices import StyleFinder, style_title

_KINDS = {
    "note": "notes", "numeric": "numbers", "author-date": "author and date", "author": "author",
    "label": "labels", "other": "other",
}  # fmt: skip
_FROM_FILE = object()


class StyleField(PickingField):
    """The brief's citation style. The catalogue is read when the field is first gone to."""

    def __init__(self, session: Session) -> None:
        super().__init__(self._entries, "Citation style", "A style’s name", width=440)
        self._session = session
        self._finder: StyleFinder | None = None
        self._task: background.Task | None = None
        self._failed = ""
        self._title = ""
        self.setAccessibleDescription("Type some letters of a style’s name, or press Down.")
        self.chosen.connect(self._chosen)

    def show_style(self) -> None:
        """Show what the brief says."""
        name = self._session.spec.style
        self._title = style_title(name)
        is_path = name.lower().endswith(".csl")
        set_state(self, "wrong" if self._title == name and not is_path else "")
        self.show_choice(Path(name).name if is_path and self._title == name else self._title)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._read_catalogue()

    def _read_catalogue(self) -> None:
        if self._finder is None and self._task is None:
            self._task = background.start(
                self, lambda say: StyleFinder(), self._take_finder, self._no_finder
            )

    def _take_finder(self, finder: Any) -> None:
        self._finder, self._task, self._failed = finder, None, ""
        if self.suggesting.is_open:
            self.suggest()

    def _no_finder(self, error: BaseException) -> None:
        self._task, self._failed = None, str(error)
        if self.suggesting.is_open:
            self.suggest()

    def _entries(self, typed: str) -> Sequence[Suggestion]:
        last = Suggestion(_FROM_FILE, "A .csl file…", "a style of your own", apart=True)
        if self._finder is None:
            said = self._failed or "Reading the styles…"
            self._read_catalogue()
            return [Suggestion(None, said, enabled=False), last]
        found = first_few(
            [
                Suggestion(style.id, style.title, f"{_KINDS[style.kind]} · {style.id}")
                for style in self._finder.find(typed)
            ]
        )
        if not found:
            said = f"None of {len(self._finder):,} styles has these words"
            found = [Suggestion(None, said, "Try fewer letters.", enabled=False)]
        return [*found, last]

    def _chosen(self, value: Any) -> None:
        if value is _FROM_FILE:
            ask_open(
                self,
                "Choose a citation style",
                None,
                "Citation styles (*.csl)",
                lambda path: self._take(str(path)),
            )
        elif value is not None:
            self._take(str(value))

    def _take(self, style: str) -> None:
        session = self._session
        session.edit("Citation style", replace(session.spec, style=style))
        self.show_style()
