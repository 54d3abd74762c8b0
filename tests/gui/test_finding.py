"""Finding in the list leaves the brief alone; limiting it to words is the scope's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from briefgen.brief.spec.model import BriefSpec, Edits
from briefgen.gui.facts import FactsTab
from briefgen.gui.scope.panel import ScopePanel
from briefgen.gui.scope.words import WordsLine
from briefgen.gui.window import MainWindow
from briefgen.select.model import Selection
from gui.conftest import shared_window

SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
ALL = ["oil-talks", "gas-agreed", "gas-not-agreed", "trade-2013", "trade-old", "exercise"]


@pytest.fixture(scope="module")
def only_window(qapp: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    """One window for all tests in here, without those parts that start processes."""
    parts = ("files", "scope", "facts", "sections")
    with shared_window(tmp_path_factory.mktemp("finding"), parts) as window:
        yield window


@pytest.fixture
def part(only_window: MainWindow) -> FactsTab:
    """The list of a new brief, nothing looked for."""
    found = only_window.facts_part
    assert isinstance(found, FactsTab)
    found.search.clear()
    found.search.look()
    only_window.session.set_brief(BriefSpec())
    only_window.tabs.setCurrentWidget(found)
    found.view.clearSelection()
    found.view.setCurrentIndex(found.model.index(-1))
    return found


@pytest.fixture
def line(part: FactsTab) -> WordsLine:
    """Where the scope is limited to words."""
    panel = part.window_.findChild(ScopePanel)
    assert isinstance(panel, ScopePanel)
    return panel.actors.words.line


def rows(part: FactsTab) -> list[str]:
    return part.model.ids(part.model.shown_places())


def find(qtbot: Any, part: FactsTab, text: str) -> None:
    """Type into the line, and wait until it was looked for."""
    part.search.take_focus()
    if text.isascii():
        QTest.keyClicks(part.search, text)
    else:  # for which QTest has no keys
        part.search.insert(text)
    qtbot.waitUntil(lambda: part.finding.text == text)


def here(part: FactsTab) -> str:
    place = part.view.current_place()
    assert place is not None
    return part.model.ids([place])[0]


# --- finding -----------------------------------------------------------------------------------


def test_what_is_found_is_lit_and_gone_to_and_the_brief_stays(qtbot: Any, part: FactsTab) -> None:
    find(qtbot, part, "pipeline")

    assert rows(part) == ALL, "nothing goes"
    assert part.session.undo_stack.count() == 0
    assert part.session.spec == BriefSpec()
    assert [phrase.words for phrase in part.model.phrases] == [("pipeline",)]
    assert here(part) == "gas-agreed"
    assert part.search.count.text() == "1 of 2"
    assert part.search.hasFocus(), "one goes on typing"


def test_enter_goes_round_the_facts_found_and_back(qtbot: Any, part: FactsTab) -> None:
    find(qtbot, part, "russia")
    assert (here(part), part.search.count.text()) == ("oil-talks", "1 of 3")
    for key, modifier, then in (
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "gas-agreed"),
        (Qt.Key.Key_F3, Qt.KeyboardModifier.NoModifier, "exercise"),
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "oil-talks"),
        (Qt.Key.Key_F3, SHIFT, "exercise"),
        (Qt.Key.Key_Return, SHIFT, "gas-agreed"),
    ):
        QTest.keyClick(part.search, key, modifier)
        assert here(part) == then
    assert part.search.count.text() == "2 of 3"
    QTest.mouseClick(part.search.next, Qt.MouseButton.LeftButton)
    assert here(part) == "exercise"
    QTest.mouseClick(part.search.previous, Qt.MouseButton.LeftButton)
    assert here(part) == "gas-agreed"
    QTest.keyClick(part.view, Qt.Key.Key_G, CONTROL)
    assert here(part) == "exercise", "by key from the list"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("talk*", 1), ('"gas pipeline"', 2), ('"pipeline gas"', 0), ("МОСКВА", 0), ("россия", 3),
        ("islamabad", 2), ("north south", 1), ("whale", 0),
    ],
)  # fmt: skip
def test_words_are_those_of_the_index(qtbot: Any, part: FactsTab, text: str, count: int) -> None:
    find(qtbot, part, text)
    assert len(part.finding.rows) == count
    assert part.search.count.text() == (f"1 of {count}" if count else "none")
    assert part.search.next.isEnabled() == (count > 0)


def test_the_count_follows_the_row_in_hand_and_the_scope(qtbot: Any, part: FactsTab) -> None:
    find(qtbot, part, "russia")
    part.show_fact("trade-2013")
    assert part.search.count.text() == "3", "the row in hand has not those words"
    session = part.session
    session.edit("Topics", replace(session.spec, select=Selection(topics=("energy",))))
    assert part.finding.rows == part.model.rows_of(
        [part.model.place_of("oil-talks"), part.model.place_of("gas-agreed")]
    )
    session.undo_stack.undo()
    assert part.search.count.text() == "3"


def test_a_button_that_leads_nowhere_hands_the_keyboard_back(qtbot: Any, part: FactsTab) -> None:
    find(qtbot, part, "trade")
    part.search.next.setFocus()
    session = part.session
    session.edit("Topics", replace(session.spec, select=Selection(topics=("defence",))))
    assert part.search.count.text() == "none"
    assert part.search.hasFocus()


def test_words_of_the_brief_itself_are_found(qtbot: Any, part: FactsTab) -> None:
    session = part.session
    told = Edits(reword={"trade-2013": "Commerce was small."})
    session.edit("Reword", replace(session.spec, edits=told))
    find(qtbot, part, "commerce")
    assert here(part) == "trade-2013"


def test_words_that_cannot_be_looked_for_are_told(qtbot: Any, part: FactsTab) -> None:
    part.search.take_focus()
    QTest.keyClicks(part.search, "?!")
    qtbot.waitUntil(lambda: part.search.count.text() == "no words")
    assert "othing to look for" in part.search.toolTip()
    assert rows(part) == ALL


def test_escape_ends_it_and_then_leads_to_the_list(qtbot: Any, part: FactsTab) -> None:
    find(qtbot, part, "gas")
    QTest.keyClick(part.search, Qt.Key.Key_Escape)
    assert (part.search.text(), part.model.phrases) == ("", ())
    assert part.search.count.isHidden() or not part.search.count.isVisible()
    QTest.keyClick(part.search, Qt.Key.Key_Escape)
    assert part.view.hasFocus()


def test_control_f_goes_to_find(part: FactsTab) -> None:
    part.view.setFocus()
    part.menu.actions["search"].trigger()
    assert part.search.hasFocus()
    assert part.menu.actions["search"].shortcut().toString() == "Ctrl+F"


# --- limiting ----------------------------------------------------------------------------------


def limit(qtbot: Any, part: FactsTab, line: WordsLine, text: str) -> None:
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, text)
    qtbot.waitUntil(lambda: part.session.spec.select.text == text)


def test_the_scope_is_limited_to_words_and_says_to_how_many(
    qtbot: Any, part: FactsTab, line: WordsLine
) -> None:
    limit(qtbot, part, line, "pipeline")
    assert rows(part) == ["gas-agreed", "gas-not-agreed"]
    assert line.count.text() == "only 2 facts"
    assert [phrase.words for phrase in part.model.phrases] == [("pipeline",)], "lit in the list"
    assert part.search.text() == "", "finding is another thing"
    assert part.session.undo_stack.undoText() == "Limit to words"

    find(qtbot, part, "north")
    assert [phrase.words for phrase in part.model.phrases] == [("north",)]
    assert part.session.spec.select.text == "pipeline"

    part.session.undo_stack.undo()
    assert rows(part) == ALL
    assert line.text() == ""


def test_words_that_say_nothing_are_told_and_the_last_good_ones_stay(
    qtbot: Any, part: FactsTab, line: WordsLine
) -> None:
    limit(qtbot, part, line, "oil")
    line.selectAll()
    QTest.keyClicks(line, "?!")
    qtbot.waitUntil(line.wrong.isVisible)
    assert "nothing to look for" in line.wrong.text()
    assert part.session.spec.select.text == "oil"
    assert line.text() == "?!"

    line.clear()
    QTest.keyClicks(line, "gas")
    qtbot.waitUntil(lambda: part.session.spec.select.text == "gas")
    assert line.wrong.isHidden()


def test_the_limit_is_cleared_in_one_step(qtbot: Any, part: FactsTab, line: WordsLine) -> None:
    limit(qtbot, part, line, "gas")
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert part.session.spec.select.text == ""
    assert not line.count.isVisible()
    assert rows(part) == ALL


def test_an_empty_list_says_why_and_offers_a_way_out(
    qtbot: Any, part: FactsTab, line: WordsLine
) -> None:
    limit(qtbot, part, line, "whale")
    assert part.nothing.isVisible()
    assert part.nothing.reason.text() == "No fact in this scope has all of “whale” in it."
    assert part.nothing.way_out.text() == "Do without these words"
    QTest.mouseClick(part.nothing.way_out, Qt.MouseButton.LeftButton)
    assert rows(part) == ALL
    assert line.text() == ""
