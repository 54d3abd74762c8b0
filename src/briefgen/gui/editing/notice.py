"""What the base has already, told while one types, with a button that leads to it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from briefgen.gui.editing.fields import note, say
from briefgen.gui.editing.row_list import quiet_button
from briefgen.gui.widgets.building import row


class Notice(QWidget):
    """A warning about one entry of the base; hidden while there is nothing to tell."""

    chosen = Signal(str)
    """The id of that entry: the person wants it instead."""

    def __init__(self, button: str) -> None:
        super().__init__()
        self.id = ""
        self.text = note(role="warning")
        self.button = quiet_button(button)
        self.button.clicked.connect(lambda: self.chosen.emit(self.id))
        row((self.text, 1), self.button, parent=self)
        # Fields below it do not move when it comes and goes: it keeps the room of two lines.
        self.text.setMinimumHeight(2 * self.text.fontMetrics().lineSpacing())
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        self.hide()

    def show_entry(self, id_: str, text: str) -> None:
        """Tell of this entry."""
        self.id = id_
        say(self.text, text, "warning")
        self.show()

    def clear(self) -> None:
        """Tell nothing."""
        self.id = ""
        self.hide()


class NearNotice(Notice):
    """Says which facts say nearly the same already, and leads to one of them."""

    def __init__(self) -> None:
        super().__init__("Open that one instead")

    def show_fact(self, id_: str, statement: str, known: str, more: int) -> None:
        """Tell of a fact: `known` says when it was or what its status is; `more` are like it."""
        others = f" There {'is one more' if more == 1 else f'are {more} more'}." if more else ""
        self.show_entry(
            id_, f"The base says nearly the same already ({known}): “{statement}”{others}"
        )
