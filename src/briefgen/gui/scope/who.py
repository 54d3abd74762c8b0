"""Who and what: actors, kinds of facts, how reliable; and rarely used filters behind a word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from briefgen.brief.words import words_in
from briefgen.facts.model import FACT_KINDS, FACT_STATUSES, RELIABILITIES, FactKind, FactStatus
from briefgen.gui.scope.asking import Asking, number, of_facts
from briefgen.gui.scope.choices import Entry, Filter, row_of
from briefgen.gui.scope.parts import heading, quiet_button
from briefgen.gui.widgets.chips import Chip, RemovableChips
from briefgen.gui.widgets.suggesting import Suggestion
from briefgen.gui.widgets.type_ahead import TypeAhead
from briefgen.select.actor_search import find_actors
from briefgen.select.query import JUDGED_CREDIBILITIES

_WORDS = words_in("en")
STATUS_WORDS: dict[FactStatus, str] = {
    "current": "Current", "draft": "Drafts", "superseded": "Superseded",
    "retracted": "Retracted",
}  # fmt: skip
_MEMORY = "scope/more"


def kind_in_words(kind: FactKind) -> str:
    """A kind of facts as a heading has it: `Events`."""
    return _WORDS[f"kind_{kind}"]


class WhoGroup(QWidget):
    """Filters on what facts are about and how good they are."""

    def __init__(self, asking: Asking, memory: QSettings) -> None:
        super().__init__()
        self._asking = asking
        self._memory = memory
        self.actor = TypeAhead(self._search, "Actor", "Actor: name or alias", width=260)
        self.actor.chosen.connect(self._add_actor)
        self.actors = RemovableChips()
        self.actors.removed.connect(self._remove_actor)
        self.kinds = Filter("Kinds", self._kinds)
        self.reliability = Filter("Least reliability of the source", self._reliabilities)
        self.credibility = Filter("Least credibility of the fact", self._credibilities)
        self.status = Filter("Status", self._statuses)
        self.more = quiet_button("More filters", edge="start")
        self.more.clicked.connect(lambda checked=False: self._show_more())
        self.rare = row_of((self.credibility, 5), (self.status, 4))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(heading("WHO AND WHAT"))
        column.addWidget(self.actor)
        column.addWidget(self.actors)
        column.addWidget(row_of((self.kinds, 1), (self.reliability, 1)))
        column.addWidget(self.rare)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.rare.setVisible(bool(memory.value(_MEMORY, False, type=bool)))

    # --- showing --------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Everything as the brief has it now."""
        asked = self._asking.selection
        counts = self._asking.facets.by_actor(self._asking.counted, asked.actors)
        known = self._asking.session.base.actors
        self.actors.set_chips(
            [
                Chip(
                    id_,
                    known[id_].name,
                    count=number(counts[id_]),
                    counted=of_facts(counts[id_]),
                )
                if id_ in known
                else Chip(id_, id_, "This base has no such actor", known=False)
                for id_ in asked.actors
            ]
        )
        names = [kind_in_words(kind) for kind in FACT_KINDS if kind in asked.kinds]
        self.kinds.set_value(_several(names, "kinds") or "All kinds")
        also = ", or ungraded" if asked.ungraded else ""
        least = asked.min_reliability
        self.reliability.set_value(f"{_least_source(least)}{also}" if least else "Any source")
        credibility = asked.min_credibility
        self.credibility.set_value(
            f"{_least_credibility(credibility)}{also}" if credibility else "Any credibility"
        )
        statuses = [STATUS_WORDS[each] for each in FACT_STATUSES if each in asked.status]
        self.status.set_value(_several(statuses, "statuses") or STATUS_WORDS["current"])
        self._say_more()

    def _say_more(self) -> None:
        """What is hidden and yet at work is told."""
        asked = self._asking.selection
        at_work = (asked.min_credibility is not None) + (asked.status not in ((), ("current",)))
        hidden = self.rare.isHidden()
        told = f" ({at_work} set)" if hidden and at_work else ""
        self.more.setText(f"More filters{told}" if hidden else "Fewer filters")

    def _show_more(self) -> None:
        on = self.rare.isHidden()
        self.rare.setVisible(on)
        self._memory.setValue(_MEMORY, on)
        self._say_more()

    # --- actors ---------------------------------------------------------------------------------

    def _search(self, typed: str) -> Sequence[Suggestion]:
        chosen = self._asking.selection.actors
        found = find_actors(self._asking.index, typed, without=chosen)
        counts = self._asking.facets.by_actor(self._asking.counted, [one.actor.id for one in found])
        entries = [
            Suggestion(
                one.actor.id,
                one.actor.name,
                " · ".join(filter(None, (one.alias, of_facts(counts[one.actor.id])))),
            )
            for one in found
        ]
        if not entries and typed:
            return [Suggestion("", "No actor has a name like that", enabled=False)]
        return entries

    def _add_actor(self, id_: str) -> None:
        self.actor.clear()
        chosen = self._asking.selection.actors
        if id_ not in chosen:
            self._asking.choose("Choose an actor", actors=(*chosen, id_))

    def _remove_actor(self, id_: str) -> None:
        left = tuple(each for each in self._asking.selection.actors if each != id_)
        self._asking.choose("Take away an actor", actors=left)
        if not left:
            self.actor.setFocus()

    # --- menus ----------------------------------------------------------------------------------

    def _kinds(self) -> list[Entry]:
        chosen = self._asking.selection.kinds
        counts = self._asking.facets.by_kind(self._asking.counted)

        def toggle(kind: FactKind) -> None:
            now = set(self._asking.selection.kinds) ^ {kind}
            kinds = tuple(each for each in FACT_KINDS if each in now)
            # All of them is no filter, and neither is none.
            self._asking.choose(
                "Choose kinds", kinds=() if len(kinds) == len(FACT_KINDS) else kinds
            )

        every = Entry(
            "All kinds",
            sum(counts.values()),
            not chosen,
            lambda: self._asking.choose("Choose all kinds", kinds=()),
            stays=False,
        )
        return [
            every,
            *(
                Entry(
                    kind_in_words(kind),
                    counts[kind],
                    kind in chosen,
                    partial(toggle, kind),
                    apart=place == 0,
                )
                for place, kind in enumerate(FACT_KINDS)
            ),
        ]

    def _statuses(self) -> list[Entry]:
        chosen = self._asking.selection.status or ("current",)
        counts = self._asking.facets.by_status(self._asking.counted)

        def toggle(status: FactStatus) -> None:
            now = set(self._asking.selection.status or ("current",)) ^ {status}
            statuses = tuple(each for each in FACT_STATUSES if each in now) or ("current",)
            self._asking.choose("Choose by status", status=statuses)

        return [
            Entry(STATUS_WORDS[each], counts[each], each in chosen, partial(toggle, each))
            for each in FACT_STATUSES
        ]

    def _reliabilities(self) -> list[Entry]:
        asked, facets = self._asking.counted, self._asking.facets
        counts = facets.by_reliability(asked)

        def choose(least: str | None) -> None:
            self._asking.choose("Choose sources by grade", min_reliability=least)

        entries = [
            Entry(
                "Any source",
                facets.count(replace(asked, min_reliability=None)),
                asked.min_reliability is None,
                partial(choose, None),
                stays=False,
            )
        ]
        for grade in RELIABILITIES[:-1]:
            text = f"{_least_source(grade)}: {_WORDS[f'reliability_{grade}']}"
            on = asked.min_reliability == grade
            entries.append(Entry(text, counts[grade], on, partial(choose, grade), stays=False))
        return [*entries, self._ungraded()]

    def _credibilities(self) -> list[Entry]:
        asked, facets = self._asking.counted, self._asking.facets
        counts = facets.by_credibility(asked)

        def choose(least: int | None) -> None:
            self._asking.choose("Choose facts by grade", min_credibility=least)

        entries = [
            Entry(
                "Any credibility",
                facets.count(replace(asked, min_credibility=None)),
                asked.min_credibility is None,
                partial(choose, None),
                stays=False,
            )
        ]
        for grade in JUDGED_CREDIBILITIES:
            on = asked.min_credibility == grade
            text = f"{_least_credibility(grade)}: {_CREDIBILITIES[grade]}"
            entries.append(Entry(text, counts[grade], on, partial(choose, grade), stays=False))
        return [*entries, self._ungraded()]

    def _ungraded(self) -> Entry:
        asked = self._asking.counted
        on = asked.ungraded

        def toggle() -> None:
            ungraded = not self._asking.selection.ungraded
            label = "Take ungraded facts" if ungraded else "Leave out ungraded facts"
            self._asking.choose(label, ungraded=ungraded)

        bounded = asked.min_reliability is not None or asked.min_credibility is not None
        more = self._asking.facets.ungraded(asked) if bounded else None
        return Entry("With a least grade: ungraded too", more, on, toggle, apart=True)


_CREDIBILITIES = {
    1: "confirmed", 2: "probably true", 3: "possibly true", 4: "doubtful", 5: "improbable",
}  # fmt: skip
"""NATO Admiralty grades of information."""


def _least_source(grade: str) -> str:
    return "Source A" if grade == "A" else f"Source {grade} or better"


def _least_credibility(grade: int) -> str:
    return "Credibility 1" if grade == 1 else f"Credibility {grade} or better"


def _several(names: Sequence[str], what: str) -> str:
    return ", ".join(names) if len(names) < 3 else f"{len(names)} {what}"
