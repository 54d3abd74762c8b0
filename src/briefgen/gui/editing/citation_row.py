"""One citation of a fact: the source, places in it, and its words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from briefgen.facts.model import CSL_LOCATOR_LABELS
from briefgen.gui.editing.base_search import NEW, BaseSearch
from briefgen.gui.editing.fields import FormChoice, FormLine, FormText, note, say
from briefgen.gui.editing.row_list import EntryRow, quiet_button, remove_button
from briefgen.gui.widgets.building import STRETCH, column, row
from briefgen.gui.widgets.removing import remove
from briefgen.gui.widgets.type_ahead import PickingField

_OFTEN = ("page", "paragraph", "chapter", "section", "timestamp", "line", "table", "figure")
_LABELS = (*_OFTEN, *(label for label in CSL_LOCATOR_LABELS if label not in _OFTEN))
_MOST_PLACES = 2
"""Places in a source that can be added here; a file may have more."""


class _Place(QWidget):
    """What a locator says: its label and its number."""

    changed = Signal()
    gone = Signal()

    def __init__(self, label: str, number: str) -> None:
        super().__init__()
        self.label = FormChoice("What kind of place", [(one, one) for one in _LABELS], 9)
        self.label.set_data(label)
        self.number = FormLine("Where in the source", "3–4")
        self.number.set_data(number)
        self.number.setMaximumWidth(110)
        away = remove_button("Remove this place")
        row(self.label, self.number, away, parent=self, spacing=4)
        self.label.changed.connect(self.changed)
        self.number.changed.connect(self.changed)
        away.clicked.connect(lambda: self.gone.emit())


class CitationRow(EntryRow):
    """A source, places in it, and its words."""

    new_source_asked = Signal()

    def __init__(self, search: BaseSearch) -> None:
        super().__init__()
        self.search = search
        self.source_id = ""
        self.source = PickingField(
            search.sources, "Source", "Source: title, author, year or id", width=520
        )
        self.source.chosen.connect(self._choose)
        self.told = note()
        self.quote = FormText(
            "The words of the source", "The words of the source, if they matter", single=False
        )
        self.quote.changed.connect(self.changed)
        self.places: list[_Place] = []
        self.more = quiet_button("Add a place", "Add a place in the source")
        self.more.clicked.connect(lambda: self._add_place("page", "").label.setFocus())
        self._place_row = row(self.more, STRETCH, spacing=10)
        away = remove_button("Remove this source")
        away.clicked.connect(lambda: self.gone.emit())
        column(
            row((self.source, 1), away), self.told, self._place_row, self.quote, self.fault,
            parent=self, margins=(10, 8, 8, 10), spacing=5,
        )  # fmt: skip
        self.values.bind("source", lambda: self.source_id or None, self._show_source)
        self.values.bind("locator", self._locator, self._show_locator)
        self.values.bind_field("quote", self.quote)

    def fill(self, entry: Mapping[str, Any]) -> None:
        super().fill(entry)
        if not entry:
            self._add_place("page", "")

    def first_field(self) -> QWidget:
        return self.source

    def take_source(self, id_: str) -> None:
        """Cite this source."""
        self._show_source(id_)
        self.changed.emit()

    def _choose(self, value: Any) -> None:
        if value == NEW:
            self._show_source(self.source_id)
            self.new_source_asked.emit()
        else:
            self.take_source(str(value))

    def _show_source(self, id_: Any) -> None:
        self.source_id = str(id_ or "")
        title, told = self.search.source_words(self.source_id)
        self.source.show_choice(title if self.source_id else "")
        say(self.told, told, "hint")
        self.told.setVisible(bool(told))

    def _add_place(self, label: str, number: str) -> _Place:
        place = _Place(label, number)
        place.changed.connect(self.changed)
        place.gone.connect(lambda: self._remove_place(place))
        self.places.append(place)
        self._place_row.insertWidget(len(self.places) - 1, place)
        self._show_more()
        return place

    def _remove_place(self, place: _Place) -> None:
        self.places.remove(place)
        remove(self._place_row, place)
        self._show_more()
        self.changed.emit()

    def _show_more(self) -> None:
        self.more.setVisible(len(self.places) < _MOST_PLACES)

    def _locator(self) -> dict[str, str] | None:
        found = ((str(place.label.data()), place.number.data()) for place in self.places)
        return {label: number for label, number in found if number} or None

    def _show_locator(self, value: Any) -> None:
        remove(self._place_row, *self.places)
        self.places = []
        for label, number in (value or {}).items():
            self._add_place(str(label), str(number))
        self._show_more()

    def field_at(self, place: Sequence[str | int]) -> QWidget | None:
        if place[:1] == ("source",):
            return self.source
        if place[:1] == ("locator",) and self.places:
            label = place[1] if len(place) > 1 else ""
            return next(
                (one.number for one in self.places if one.label.data() == label),
                self.places[0].number,
            )
        return None
