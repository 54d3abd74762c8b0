"""A text in which `[@` offers facts and sources to cite."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QRect
from PySide6.QtGui import QFocusEvent, QKeyEvent

from briefgen.gui.view_models.brief.completing import Citing, Completion, citing_at, with_citation
from briefgen.gui.widgets.fields import TextField
from briefgen.gui.widgets.spelling import SpelledText
from briefgen.gui.widgets.suggesting import Suggesting, Suggestion, first_few


def as_suggestion(entry: Completion) -> Suggestion:
    """A fact, source or actor as an entry of a list."""
    kind = "" if entry.kind == "actor" else f" · {entry.kind}"
    told = " · ".join(filter(None, (entry.told, entry.id))) + kind
    return Suggestion(entry.id, entry.text, told)


class CitingText(TextField, SpelledText):
    """CommonMark with citations. `complete(typed)` gives what may be cited.

    Enter or Tab takes the entry and closes its bracket; typing goes on searching; Escape leaves
    the text as it is.
    """

    def __init__(
        self,
        complete: Callable[[str], Sequence[Completion]],
        label: str,
        placeholder: str = "",
        *,
        lines: int = 2,
    ) -> None:
        super().__init__(label, placeholder, lines=lines)
        self.setAccessibleDescription("Type [@ to cite a fact or a source.")
        self.mark_spelling()
        self._complete = complete
        self._citing: Citing | None = None
        self.suggesting = Suggesting(self, "Facts and sources to cite", self._take)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.suggesting.takes_key(event):
            event.ignore()
            return
        super().keyPressEvent(event)
        if event.text() or self.suggesting.is_open:
            self._suggest()

    def focusNextPrevChild(self, next: bool) -> bool:
        # Tab takes the entry while the list is open.
        return False if self.suggesting.is_open else super().focusNextPrevChild(next)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if not self.hasFocus() and not self.suggesting.is_open:
            self._citing = None

    def _suggest(self) -> None:
        text, position = self.raw(), self.caret()
        self._citing = citing_at(text, position)
        if self._citing is None:
            self.suggesting.close()
            return
        entries = first_few(list(map(as_suggestion, self._complete(self._citing.typed.strip()))))
        caret = self.cursorRect()
        left = self.viewport().x() + caret.left()
        width = 420
        # Under the caret, but never out of the field's side where there is room to its left.
        left = max(0, min(left, self.width() - width))
        self.suggesting.show(
            entries, QRect(left, self.viewport().y() + caret.top(), width, caret.height() + 4)
        )

    def _take(self, value: Any) -> None:
        if self._citing is None:
            return
        text, caret = with_citation(self.raw(), self._citing, str(value))
        self._citing = None
        self.change_text(text, caret)
