"""The rows of the list: each as high as it must be, whatever stood there before; its ends; a base
that is read anew."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from briefgen.gui.facts import FactsTab, list_view
from briefgen.gui.facts.row_layout import short_height
from briefgen.gui.window import MainWindow


@pytest.fixture
def part(window: MainWindow) -> FactsTab:
    assert isinstance(window.facts_part, FactsTab)
    window.tabs.setCurrentWidget(window.facts_part)
    window.activateWindow()
    return window.facts_part


def amiss(part: FactsTab) -> list[tuple[int, int, int]]:
    """Rows that are not as high as they must be: the row, its height, the right one."""
    view, header = part.view, part.view.verticalHeader()
    found = []
    for row in range(part.model.rowCount()):
        fact = part.model.fact_row(row)
        usual = view.rows.short and fact is not None and not fact.reworded
        right = short_height() if usual else view.rows.height(row, view.viewport().width())
        if header.sectionSize(row) != right:
            found.append((row, header.sectionSize(row), right))
    assert header.length() == sum(header.sectionSize(row) for row in range(header.count()))
    return found


def choose(part: FactsTab, **changes: Any) -> None:
    session = part.session
    select = replace(session.spec.select, **changes)
    session.edit("Scope", replace(session.spec, select=select))
    QApplication.processEvents()


def test_rows_have_their_heights_after_few_and_many_in_turn(
    qtbot: Any, monkeypatch: pytest.MonkeyPatch, part: FactsTab
) -> None:
    monkeypatch.setattr(list_view, "MOST_MEASURED", 6)
    window = part.window_
    part.view.measure_anew()
    assert part.view.rows.short
    assert amiss(part) == []

    for topics in (("energy",), (), ("trade", "defence"), ("energy", "trade"), ()):
        choose(part, topics=topics)
        assert amiss(part) == [], topics
    assert part.view.rows.short

    part.grouping.setCurrentIndex(1)  # headings stand in other rows
    assert amiss(part) == []
    choose(part, topics=("energy.gas",))
    assert not part.view.rows.short
    window.tabs.setCurrentIndex(1)
    choose(part, topics=())
    window.tabs.setCurrentWidget(part)
    assert amiss(part) == []
    window.resize(1000, 700)
    qtbot.waitUntil(lambda: part.view.viewport().width() == part.view._measured_width)
    assert amiss(part) == []


def test_rows_have_their_heights_when_another_base_is_read(
    monkeypatch: pytest.MonkeyPatch, part: FactsTab, base: Path
) -> None:
    monkeypatch.setattr(list_view, "MOST_MEASURED", 6)
    part.view.measure_anew()
    file = base / "facts" / "energy.yaml"
    file.write_text(file.read_text().partition("- id: gas-agreed")[0])

    part.session.reload_base()

    assert part.model.rowCount() == 7
    assert amiss(part) == []


def test_a_row_grows_when_what_it_says_needs_another_line(qtbot: Any, part: FactsTab) -> None:
    window, session = part.window_, part.session
    window.splitter.setSizes([200, 300, 800])
    qtbot.waitUntil(lambda: part.view.viewport().width() == part.view._measured_width)
    before = part.view.verticalHeader().length()
    ids = ("trade-2013", "exercise", "trade-old")

    longer = {"trade-2013": "Said at length. " * 20}
    edits = replace(session.spec.edits, include=ids, key=ids, reword=longer)
    session.edit("Edits", replace(session.spec, edits=edits))

    assert amiss(part) == []
    assert part.view.verticalHeader().length() > before


def test_home_and_end_lead_to_the_first_and_last_fact(part: FactsTab) -> None:
    view = part.view
    view.show_place(part.model.shown_places()[3])
    view.setFocus()

    QTest.keyClick(view, Qt.Key.Key_End)
    assert part.current_fact() == "exercise"
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert part.current_fact() == "oil-talks"
    QTest.keyClick(view, Qt.Key.Key_End, Qt.KeyboardModifier.ShiftModifier)
    assert len(part.selected_facts()) == 6


def test_home_and_end_work_in_the_tree_of_topics(window: MainWindow) -> None:
    from briefgen.gui.scope.topics import TopicView

    view = window.findChild(TopicView)
    assert isinstance(view, TopicView)
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_End)
    assert view.topics.id_at(view.currentIndex()) == "defence"
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert view.topics.id_at(view.currentIndex()) == "energy"


def test_a_base_that_is_read_anew_leaves_the_person_where_they_are(
    qtbot: Any, part: FactsTab, base: Path
) -> None:
    view, window = part.view, part.window_
    window.resize(1000, 520)
    qtbot.waitUntil(lambda: window.height() == 520)
    places = part.model.shown_places()
    view.show_place(places[4])
    index = part.model.index(part.model.row_of(places[5]) or 0)
    view.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Select)
    view.setFocus()
    chosen, current = part.selected_facts(), part.current_fact()
    at = view.rect_of(places[4]).top()
    assert len(chosen) == 2

    file = base / "facts" / "energy.yaml"
    text = file.read_text()
    file.write_text(text + text.partition("\n")[2].partition("\n\n")[0].replace(
        "oil-talks", "oil-first").replace("2011-05-17", "2009") + "\n")  # fmt: skip
    part.session.reload_base()

    assert part.model.place_of("oil-first") is not None
    assert QApplication.focusWidget() is view
    assert (part.selected_facts(), part.current_fact()) == (chosen, current)
    now = view.current_place()
    assert now is not None
    assert part.model.ids([now]) == [current]
    assert view.rect_of(now).top() == at
