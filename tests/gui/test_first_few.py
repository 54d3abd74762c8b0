"""Lists of the window that show the first few say how many there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from briefgen.editing.entry_faults import Fault
from briefgen.gui.editing.row_list import EntryRow
from briefgen.gui.facts.notices import UnknownFacts
from briefgen.gui.pages import fitting
from briefgen.gui.sections import said
from briefgen.gui.view_models.brief.own_text_check import Note
from briefgen.gui.widgets.building import label
from briefgen.gui.widgets.notes import Notes
from briefgen.gui.widgets.suggesting import MOST, Suggestion, first_few


def test_suggestions_that_are_all_there_say_nothing_more() -> None:
    entries = [Suggestion(n, str(n)) for n in range(MOST)]
    assert first_few(entries) == entries


def test_suggestions_say_that_there_are_others() -> None:
    entries = [Suggestion(n, str(n)) for n in range(MOST + 1)]
    *shown, last = first_few(entries)
    assert shown == entries[:MOST]
    assert (last.title, last.enabled) == (f"The first {MOST} of more", False)


def test_ways_to_fit_are_counted() -> None:
    assert fitting._of_many(3, 3).startswith("Each was tried.")
    assert fitting._of_many(8, 14).startswith("The best 8 of 14 that were tried.")


def test_notes_under_a_field_are_counted(qtbot: Any) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    found = [Note("hint", f"Hint {n}.") for n in range(6)] + [Note("error", "Wrong.")]
    notes = Notes(field, lambda: found)
    qtbot.addWidget(notes)
    notes.check()
    assert [note.text for note in notes.said][-1] == "And 3 more."
    assert notes.said[-1].severity == "error"


def test_key_points_and_sentences_are_counted(qtbot: Any) -> None:
    where = label()
    qtbot.addWidget(where)
    said.tell_of_more(where, said._MOST)
    assert not where.isVisibleTo(None)
    said.tell_of_more(where, said._MOST + 17)
    assert where.text() == "40 of 57 shown; the list of facts has them all."


def test_facts_that_the_base_lacks_are_counted(qtbot: Any) -> None:
    notice = UnknownFacts()
    qtbot.addWidget(notice)
    notice.show_ids([f"f{n}" for n in range(8)])
    assert "8 facts" in notice.text.text()
    assert notice.text.text().endswith("does not have: f0, f1, f2, f3, f4 and 3 more.")


class _Row(EntryRow):
    def field_at(self, place: Sequence[str | int]) -> QWidget | None:
        return None


def test_faults_of_a_row_are_counted(qtbot: Any) -> None:
    row = _Row()
    qtbot.addWidget(row)
    row.show_faults([Fault(("figures", 0), "error", f"fault {n}") for n in range(5)])
    assert row.fault.text() == "Fault 0. Fault 1. Fault 2. And 2 more."
