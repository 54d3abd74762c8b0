"""Which sources the facts must cite, and which handling marking they may have."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from briefgen.gui.scope.counted_selection import CountedSelection, number, of_facts
from briefgen.gui.scope.filter_button import Entry, FilterButton
from briefgen.gui.view_models.brief.completing import Completer
from briefgen.gui.widgets.building import column
from briefgen.gui.widgets.chips import Chip, RemovableChips
from briefgen.gui.widgets.suggesting import Suggestion, first_few
from briefgen.gui.widgets.type_ahead import TypeAhead
from briefgen.index import Index
from briefgen.select.marked import markings_of


class SourcesGroup(QWidget):
    """A line to find sources with, and those that were chosen."""

    def __init__(self, selection: CountedSelection) -> None:
        super().__init__()
        self._selection = selection
        self._completed: tuple[Index, Completer] | None = None
        self.source = TypeAhead(self._search, "Source", "Source: title, author or year", width=260)
        self.source.chosen.connect(self._add)
        self.sources = RemovableChips()
        self.sources.removed.connect(self._remove)
        column(self.source, self.sources, parent=self, spacing=6)

    def refresh(self) -> None:
        """The sources as the brief has them now."""
        ids, known = self._selection.asked.sources, self._selection.session.base.sources
        counts = self._selection.facets.by_source(self._selection.counted, ids)
        chips = []
        for id_ in ids:
            if id_ in known:
                title = str(known[id_].csl.get("title") or id_)
                count = counts[id_]
                chips.append(Chip(id_, title, count=number(count), counted=of_facts(count)))
            else:
                chips.append(Chip(id_, id_, "This base has no such source", known=False))
        self.sources.set_chips(chips)

    @property
    def _completer(self) -> Completer:
        index = self._selection.index
        if self._completed is None or self._completed[0] is not index:
            self._completed = index, Completer(index)
        return self._completed[1]

    def _search(self, typed: str) -> Sequence[Suggestion]:
        chosen = self._selection.asked.sources
        found = [one for one in self._completer.sources(typed) if one.id not in chosen]
        if not found and typed:
            return [Suggestion("", "No source has these words", enabled=False)]
        counts = self._selection.facets.by_source(
            self._selection.counted, [one.id for one in found]
        )
        return first_few(
            [
                Suggestion(
                    one.id, one.text, " · ".join(filter(None, (one.told, of_facts(counts[one.id]))))
                )
                for one in found
            ]
        )

    def _add(self, id_: str) -> None:
        self.source.clear()
        chosen = self._selection.asked.sources
        if id_ not in chosen:
            self._selection.choose("Choose a source", sources=(*chosen, id_))

    def _remove(self, id_: str) -> None:
        left = tuple(each for each in self._selection.asked.sources if each != id_)
        self._selection.choose("Take away a source", sources=left)
        if not left:
            self.source.setFocus()


class MarkingFilter(FilterButton):
    """The markings that facts may have. Of no use, and not there, where nothing is marked."""

    def __init__(self, selection: CountedSelection) -> None:
        self._selection = selection
        self._levels: tuple[Index, tuple[str, ...]] | None = None
        super().__init__("Marking of the fact", self._choices)

    @property
    def levels(self) -> tuple[str, ...]:
        """What can be chosen; none where nothing in the base is marked."""
        index = self._selection.index
        if self._levels is None or self._levels[0] is not index:
            self._levels = index, markings_of(index)
        return self._levels[1]

    def refresh(self) -> None:
        """The markings as the brief has them now."""
        asked = self._selection.asked.markings
        self.setVisible(bool(self.levels or asked))
        names = ", ".join(asked) if len(asked) < 3 else f"{len(asked)} markings"
        self.set_value(names or "Any marking")

    def _choices(self) -> list[Entry]:
        asked, choose = self._selection.asked.markings, self._selection.choose
        levels = [*self.levels, *(one for one in asked if one not in self.levels)]
        counts = self._selection.facets.by_marking(self._selection.counted, levels)

        def toggle(level: str) -> None:
            now = set(self._selection.asked.markings) ^ {level}
            choose("Choose markings", markings=tuple(each for each in levels if each in now))

        every = partial(choose, "Choose any marking", markings=())
        entries = [
            Entry(
                f"{level}, or none" if number_ == 0 else level,
                counts[level],
                level in asked,
                partial(toggle, level),
                apart=number_ == 0,
            )
            for number_, level in enumerate(levels)
        ]
        return [Entry("Any marking", sum(counts.values()), not asked, every, stays=False), *entries]
