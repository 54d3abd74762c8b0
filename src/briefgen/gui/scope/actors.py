"""Who and what: actors, words, kinds of facts, grades; and rarely used filters behind a word."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget

from briefgen.brief.words import words_in
from briefgen.facts.model import FACT_KINDS, FACT_STATUSES, RELIABILITIES, FactKind, FactStatus
from briefgen.gui.scope.counted_selection import CountedSelection, number, of_facts
from briefgen.gui.scope.filter_button import Entry, FilterButton
from briefgen.gui.scope.sources import MarkingFilter, SourcesGroup
from briefgen.gui.scope.word_button import word_button
from briefgen.gui.scope.words import WordsGroup
from briefgen.gui.widgets.building import STRETCH, column, heading, row
from briefgen.gui.widgets.chips import Chip, RemovableChips
from briefgen.gui.widgets.suggesting import Suggestion, first_few
from briefgen.gui.widgets.type_ahead import TypeAhead
from briefgen.select.actor_search import MOST, find_actors
from briefgen.select.query import JUDGED_CREDIBILITIES

_WORDS = words_in("en")
STATUS_WORDS: dict[FactStatus, str] = {
    "current": "Current", "draft": "Drafts", "superseded": "Superseded",
    "retracted": "Retracted",
}  # fmt: skip
_CREDIBILITIES = {
    1: "confirmed", 2: "probably true", 3: "possibly true", 4: "doubtful", 5: "improbable",
}  # fmt: skip
"""NATO Admiralty grades of information."""
_MEMORY = "scope/more"


def kind_in_words(kind: FactKind) -> str:
    """A kind of facts as a heading has it: `Events`."""
    return _WORDS[f"kind_{kind}"]


class ActorsGroup(QWidget):
    """Filters on what facts are about and how good they are."""

    def __init__(self, selection: CountedSelection, memory: QSettings) -> None:
        super().__init__()
        self._selection = selection
        self._memory = memory
        self.actor = TypeAhead(self._search, "Actor", "Actor: name or alias", width=260)
        self.actor.chosen.connect(self._add_actor)
        self.actors = RemovableChips()
        self.actors.removed.connect(self._remove_actor)
        self.words = WordsGroup(selection)
        self.kinds = FilterButton("Kinds", self._kinds)
        self.reliability = FilterButton("Least reliability of the source", self._reliabilities)
        self.credibility = FilterButton("Least credibility of the fact", self._credibilities)
        self.status = FilterButton("Status", self._statuses)
        self.more = word_button("More filters", self._show_more, edge="start")
        self.sources = SourcesGroup(selection)
        self.marking = MarkingFilter(selection)
        self.rare = QWidget()
        column(
            self.sources, row((self.credibility, 5), (self.status, 4), spacing=8), self.marking,
            parent=self.rare, spacing=6,
        )  # fmt: skip
        often = row((self.kinds, 1), (self.reliability, 1), spacing=8)
        whole = column(
            heading("WHO AND WHAT"), self.actor, self.actors, self.words, often,
            self.rare,
            parent=self, spacing=6,
        )  # fmt: skip
        self.foot = row(self.more, STRETCH)
        """Below all filters."""
        whole.addLayout(self.foot)
        self.rare.setVisible(bool(memory.value(_MEMORY, False, type=bool)))

    # --- showing --------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Everything as the brief has it now."""
        asked = self._selection.asked
        self._show_actors(asked.actors)
        self.words.refresh()
        self.sources.refresh()
        self.marking.refresh()
        names = [kind_in_words(kind) for kind in FACT_KINDS if kind in asked.kinds]
        self.kinds.set_value(_several(names, "kinds") or "All kinds")
        also = ", or ungraded" if asked.ungraded else ""
        least = asked.min_reliability
        self.reliability.set_value(f"{_least_source(least)}{also}" if least else "Any grade")
        credibility = asked.min_credibility
        self.credibility.set_value(
            f"{_least_credibility(credibility)}{also}" if credibility else "Any credibility"
        )
        statuses = [STATUS_WORDS[each] for each in FACT_STATUSES if each in asked.status]
        self.status.set_value(_several(statuses, "statuses") or STATUS_WORDS["current"])
        self._say_more()

    def _say_more(self) -> None:
        """What is hidden and yet at work is told."""
        asked = self._selection.asked
        at_work = sum((
            asked.min_credibility is not None,
            asked.status not in ((), ("current",)),
            bool(asked.sources),
            bool(asked.markings),
        ))  # fmt: skip
        hidden = self.rare.isHidden()
        told = f" ({at_work} set)" if hidden and at_work else ""
        self.more.setText(f"More filters{told}" if hidden else "Fewer filters")

    def _show_more(self) -> None:
        on = self.rare.isHidden()
        self.rare.setVisible(on)
        self._memory.setValue(_MEMORY, on)
        self._say_more()

    # --- actors ---------------------------------------------------------------------------------

    def _counts_of(self, actors: Sequence[str]) -> Mapping[str, int]:
        return self._selection.facets.by_actor(self._selection.counted, actors)

    def _show_actors(self, ids: Sequence[str]) -> None:
        counts, known = self._counts_of(ids), self._selection.session.base.actors
        chips = []
        for id_ in ids:
            if id_ in known:
                count = counts[id_]
                name = known[id_].name
                chips.append(Chip(id_, name, count=number(count), counted=of_facts(count)))
            else:
                chips.append(Chip(id_, id_, "This base has no such actor", known=False))
        self.actors.set_chips(chips)

    def _search(self, typed: str) -> Sequence[Suggestion]:
        without = self._selection.asked.actors
        found = find_actors(self._selection.index, typed, without=without, most=MOST + 1)
        if not found and typed:
            return [Suggestion("", "No actor has a name like that", enabled=False)]
        counts = self._counts_of([one.actor.id for one in found])
        return first_few(
            [
                Suggestion(
                    one.actor.id,
                    one.actor.name,
                    " · ".join(filter(None, (one.alias, of_facts(counts[one.actor.id])))),
                )
                for one in found
            ],
            MOST,
        )

    def _add_actor(self, id_: str) -> None:
        self.actor.clear()
        chosen = self._selection.asked.actors
        if id_ not in chosen:
            self._selection.choose("Choose an actor", actors=(*chosen, id_))

    def _remove_actor(self, id_: str) -> None:
        left = tuple(each for each in self._selection.asked.actors if each != id_)
        self._selection.choose("Take away an actor", actors=left)
        if not left:
            self.actor.setFocus()

    # --- menus ----------------------------------------------------------------------------------

    def _kinds(self) -> list[Entry]:
        chosen = self._selection.asked.kinds
        counts = self._selection.facets.by_kind(self._selection.counted)
        choose = self._selection.choose

        def toggle(kind: FactKind) -> None:
            now = set(self._selection.asked.kinds) ^ {kind}
            kinds = tuple(each for each in FACT_KINDS if each in now)
            # All of them is no filter, and neither is none.
            choose("Choose kinds", kinds=() if len(kinds) == len(FACT_KINDS) else kinds)

        every = partial(choose, "Choose all kinds", kinds=())
        entries = [
            Entry(kind_in_words(kind), counts[kind], kind in chosen, partial(toggle, kind))
            for kind in FACT_KINDS
        ]
        entries[0] = replace(entries[0], apart=True)
        return [Entry("All kinds", sum(counts.values()), not chosen, every, stays=False), *entries]

    def _statuses(self) -> list[Entry]:
        chosen = self._selection.asked.status or ("current",)
        counts = self._selection.facets.by_status(self._selection.counted)

        def toggle(status: FactStatus) -> None:
            now = set(self._selection.asked.status or ("current",)) ^ {status}
            statuses = tuple(each for each in FACT_STATUSES if each in now) or ("current",)
            self._selection.choose("Choose by status", status=statuses)

        return [
            Entry(STATUS_WORDS[each], counts[each], each in chosen, partial(toggle, each))
            for each in FACT_STATUSES
        ]

    def _reliabilities(self) -> list[Entry]:
        return self._least_grades(
            "min_reliability",
            ("Choose sources by grade", "Any grade"),
            self._selection.facets.by_reliability(self._selection.counted),
            RELIABILITIES[:-1],
            lambda grade: f"{_least_source(grade)}: {_WORDS[f'reliability_{grade}']}",
        )

    def _credibilities(self) -> list[Entry]:
        return self._least_grades(
            "min_credibility",
            ("Choose facts by grade", "Any credibility"),
            self._selection.facets.by_credibility(self._selection.counted),
            JUDGED_CREDIBILITIES,
            lambda grade: f"{_least_credibility(grade)}: {_CREDIBILITIES[grade]}",
        )

    def _least_grades(
        self,
        field: str,
        labels: tuple[str, str],
        counts: Mapping[Any, int],
        grades: Iterable[Any],
        in_words: Callable[[Any], str],
    ) -> list[Entry]:
        """A menu for one field of the selection that holds a least grade, or None.

        `labels` say what undoing a choice undoes, and what choosing no grade is.
        """
        label, anything = labels
        asked = self._selection.counted
        every = self._selection.facets.count(replace(asked, **{field: None}))  # type: ignore[arg-type]
        offered = [(None, anything, every), *((one, in_words(one), counts[one]) for one in grades)]
        entries = [
            Entry(
                text,
                count,
                getattr(asked, field) == grade,
                partial(self._selection.choose, label, **{field: grade}),
                stays=False,
            )
            for grade, text, count in offered
        ]
        return [*entries, self._ungraded()]

    def _ungraded(self) -> Entry:
        asked = self._selection.counted

        def toggle() -> None:
            ungraded = not self._selection.asked.ungraded
            label = "Take ungraded facts" if ungraded else "Leave out ungraded facts"
            self._selection.choose(label, ungraded=ungraded)

        bounded = asked.min_reliability is not None or asked.min_credibility is not None
        more = self._selection.facets.ungraded(asked) if bounded else None
        return Entry("With a least grade: ungraded too", more, asked.ungraded, toggle, apart=True)


def _least_source(grade: str) -> str:
    return "Source A" if grade == "A" else f"Source {grade} or better"


def _least_credibility(grade: int) -> str:
    return "Credibility 1" if grade == 1 else f"Credibility {grade} or better"


def _several(names: Sequence[str], what: str) -> str:
    return ", ".join(names) if len(names) < 3 else f"{len(names)} {what}"
