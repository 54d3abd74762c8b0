"""The rows of the list: headings and facts, decoded when they come into view."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from briefgen.brief.assemble.single_facts import material_for
from briefgen.direction import for_people, on_a_line_of_its_own
from briefgen.gui.view_models.facts.fact_cards import FactCard, ListedFact, fact_card
from briefgen.gui.view_models.facts.fact_list import Catalogue, Group, ListedFacts
from briefgen.gui.view_models.pages.printed import LEFT_OUT, Printed
from briefgen.index.text import Phrase, parse_text_query

AnyIndex = QModelIndex | QPersistentModelIndex

_CARDS = 4_000
"""Facts that are kept decoded."""

_FEW = 50
"""Facts whose ids are found sooner in the facts than in a list of all ids."""

_NOWHERE = QModelIndex()


class FactModel(QAbstractListModel):
    """Facts as rows: each group's heading, then its facts."""

    tick_asked = Signal(int, bool)
    """A place and whether it is to be in the brief."""
    wording_asked = Signal(int, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.listed = ListedFacts()
        self.printed: Mapping[str, Printed] = {}
        """By id, where facts are printed, as the last pages had it."""
        self.phrases: tuple[Phrase, ...] = ()
        """What was searched for, to be lit up."""
        self._entries: list[int] = []  # a place, or -1 - the number of a group
        self.catalogue: Catalogue | None = None
        self._language = ""
        self._cards: dict[int, FactCard] = {}

    # --- what the part calls ---------------------------------------------------------------------

    def set_catalogue(self, catalogue: Catalogue, language: str) -> None:
        """Another base, or the same with other contents, or cards in another language."""
        if catalogue is not self.catalogue or language != self._language:
            if catalogue is not self.catalogue and self._entries:
                self.beginResetModel()
                self.listed, self._entries = ListedFacts(), []
                self.endResetModel()
            self.catalogue, self._language = catalogue, language
            self._cards.clear()

    def entries_of(self, listed: ListedFacts) -> list[int]:
        """The rows that facts make, as `set_listed` takes them."""
        if listed.groups is self.listed.groups:
            return self._entries
        entries: list[int] = []
        for number, group in enumerate(listed.groups):
            entries.append(-1 - number)
            entries.extend(group.places)
        return entries

    def is_shown_by(self, listed: ListedFacts) -> bool:
        """Whether `listed` makes the very rows that there are."""
        return self.entries_of(listed) == self._entries

    def set_listed(self, listed: ListedFacts, entries: list[int], text: str) -> bool:
        """Show `listed`. Whether rows came or went: else only what they say has changed."""
        self.phrases = parse_text_query(text)
        same = (entries is self._entries or entries == self._entries) and len(listed.groups) == len(
            self.listed.groups
        )
        if same:
            self.listed = listed
            if entries:
                self.dataChanged.emit(self.index(0), self.index(len(entries) - 1))
            return False
        self.beginResetModel()
        self.listed, self._entries = listed, entries
        self.endResetModel()
        return True

    def light(self, text: str) -> None:
        """Light up other words in the same rows."""
        self.phrases = parse_text_query(text)
        if self._entries:
            self.dataChanged.emit(self.index(0), self.index(len(self._entries) - 1))

    def group_at(self, row: int) -> Group | None:
        """The group whose heading stands in this row."""
        entry = self._entries[row]
        return self.listed.groups[-1 - entry] if entry < 0 else None

    def place_at(self, row: int) -> int | None:
        """The place of the fact in this row; None for a heading."""
        entry = self._entries[row] if 0 <= row < len(self._entries) else -1
        return entry if entry >= 0 else None

    def shown_places(self) -> list[int]:
        """The facts that have rows, from top to bottom."""
        return [entry for entry in self._entries if entry >= 0]

    def first_fact(self) -> int | None:
        """The first row that is no heading."""
        return next((row for row, entry in enumerate(self._entries) if entry >= 0), None)

    def last_fact(self) -> int | None:
        """The last row that is no heading."""
        rows = range(len(self._entries) - 1, -1, -1)
        return next((row for row in rows if self._entries[row] >= 0), None)

    def row_of(self, place: int) -> int | None:
        """The row that shows this fact."""
        try:
            return self._entries.index(place)
        except ValueError:
            return None

    def rows_of(self, places: Iterable[int]) -> list[int]:
        """The rows that show these facts, from top to bottom; what is not listed is left out."""
        wanted = set(places)
        if len(wanted) < 10:
            rows = [row for place in wanted if (row := self.row_of(place)) is not None]
            return sorted(rows)
        return [row for row, entry in enumerate(self._entries) if entry in wanted]

    def group_rows(self, row: int) -> tuple[int, int]:
        """First and last row of the facts that stand in one group with the fact in `row`."""
        first = row
        while first > 0 and self._entries[first - 1] >= 0:
            first -= 1
        last = row
        while last + 1 < len(self._entries) and self._entries[last + 1] >= 0:
            last += 1
        return first, last

    def heading_rows(self) -> list[int]:
        """The rows of headings."""
        rows, row = [], 0
        for group in self.listed.groups:
            rows.append(row)
            row += 1 + len(group.places)
        return rows

    def fact_row(self, row: int) -> ListedFact | None:
        """What a row shows; None for a heading."""
        place = self.place_at(row)
        return None if place is None else self.row_for(place)

    def row_for(self, place: int) -> ListedFact:
        """What the row of this fact shows."""
        card = self._cards.get(place)
        if card is None:
            self.load([place])
            card = self._cards[place]
        listed = self.listed
        return ListedFact(
            place=place,
            card=card,
            wording=listed.reworded.get(place, card.statement),
            left_out=place in listed.left_out,
            pinned=place in listed.pinned,
            starred=(card.key and place not in listed.unkeyed) or place in listed.starred,
            in_sentence=place in listed.in_sentence,
        )

    def set_printed(self, printed: Mapping[str, Printed]) -> None:
        """Other pages have come: say of each fact where it is on them."""
        self.printed = printed
        if self._entries:
            self.dataChanged.emit(self.index(0), self.index(len(self._entries) - 1))

    def printed_of(self, row: ListedFact) -> Printed | None:
        """Where a row's fact is printed; None while no pages were made that tell."""
        return LEFT_OUT if row.left_out else self.printed.get(row.card.id)

    def load(self, places: Iterable[int]) -> None:
        """Decode these facts in one go, as far as they are not yet."""
        assert self.catalogue is not None
        wanted = [place for place in places if place not in self._cards]
        if not wanted:
            return
        if len(self._cards) + len(wanted) > _CARDS:
            for place in list(islice(self._cards, len(self._cards) // 2)):  # the oldest
                del self._cards[place]
        facts = self.catalogue.facts(wanted)
        draft = material_for(
            facts.values(),
            self.catalogue.index.base,
            self.catalogue.open_disputes(fact.id for fact in facts.values()),
            self._language,
        )
        for place, fact in facts.items():
            self._cards[place] = fact_card(fact, draft)

    def id_at_hand(self, place: int) -> str:
        """The id of a fact that is decoded, whether or not its base is still open; else empty."""
        card = self._cards.get(place)
        return card.id if card is not None else ""

    def place_of(self, id_: str) -> int | None:
        """The place of a fact, be it listed or not; None if the base has no such fact."""
        return self.catalogue.places([id_]).get(id_) if self.catalogue is not None else None

    def ids(self, places: Sequence[int]) -> list[str]:
        """The ids of the facts at these places."""
        assert self.catalogue is not None
        if len(places) < _FEW:
            return [fact.id for fact in self.catalogue.facts(places).values()]
        return [self.catalogue.ids[place] for place in places]

    # --- what Qt calls ---------------------------------------------------------------------------

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._entries)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if self._entries[index.row()] < 0:
            return Qt.ItemFlag.ItemNeverHasChildren
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsUserCheckable
            | Qt.ItemFlag.ItemIsEditable
            | Qt.ItemFlag.ItemNeverHasChildren
        )

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        text = role in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.EditRole,
            Qt.ItemDataRole.AccessibleTextRole,
        )
        if not text and role != Qt.ItemDataRole.CheckStateRole:
            return None
        row = self.fact_row(index.row())
        if row is None:
            group = self.group_at(index.row())
            return for_people(group.label) if text and group is not None else None
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Unchecked if row.left_out else Qt.CheckState.Checked
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = [words for _, words in row.flags]
            left_out = ["left out"] if row.left_out else []
            where = self.printed_of(row)
            printed = where.words if where is not None and not row.left_out else ""
            parts = [row.card.date, *left_out, *said, row.wording, row.card.sourced, printed]
            return ". ".join(part.rstrip(".") for part in parts if part)
        return (
            row.wording if role == Qt.ItemDataRole.EditRole else on_a_line_of_its_own(row.wording)
        )

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        place = self.place_at(index.row()) if index.isValid() else None
        if place is None:
            return False
        if role == Qt.ItemDataRole.CheckStateRole:
            self.tick_asked.emit(place, Qt.CheckState(value) == Qt.CheckState.Checked)
            return True
        if role == Qt.ItemDataRole.EditRole:
            self.wording_asked.emit(place, str(value))
            return True
        return False
