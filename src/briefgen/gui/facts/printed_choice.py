"""The choice of facts on the pages, those that are not on them, or all, each with its count."""

from __future__ import annotations

from collections.abc import Mapping

from briefgen.gui.view_models.facts.on_pages import Shown
from briefgen.gui.widgets.choice_box import ChoiceBox

_CHOICES: tuple[tuple[Shown, str], ...] = (
    ("all", "All"), ("on", "On the pages"), ("off", "Not on the pages"),
)  # fmt: skip


class PrintedChoice(ChoiceBox):
    """A view of the list: the brief knows nothing of it."""

    def __init__(self) -> None:
        super().__init__("Facts shown", least=15)
        for shown, text in _CHOICES:
            self.addItem(text, shown)

    @property
    def shown(self) -> Shown:
        """What is chosen."""
        found: Shown = self.currentData()
        return found

    def show_counts(self, counts: Mapping[Shown, int]) -> None:
        """Say how many facts there are for each choice, as far as that is known."""
        for number, (shown, text) in enumerate(_CHOICES):
            said = f" · {counts[shown]:,}" if shown in counts else ""
            self.setItemText(number, f"{text}{said}")
