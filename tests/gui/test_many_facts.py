"""Many facts changed at once from the list, as a person would."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QAction

from briefgen.editing.many_facts import ChangedFact
from briefgen.facts.model import Topic
from briefgen.gui.editing.base_menu import BaseMenu
from briefgen.gui.editing.many_dialog import ManyDialog
from briefgen.gui.view_models.facts.many_words import in_words, summed_up
from briefgen.gui.window import MainWindow
from briefgen.pipeline.clock import moment
from gui.driving import press

TODAY = moment()[1].isoformat()


def many_action(window: MainWindow) -> QAction:
    (action,) = (one for one in window.menus["Facts"].actions() if "hange the" in one.text())
    return action


@pytest.fixture
def dialog(window: MainWindow, menu: BaseMenu) -> ManyDialog:
    part: Any = window.facts_part
    part.view.setFocus()
    part.view.selectAll()
    part.menu.update()
    action = many_action(window)
    assert action.text() == "C&hange these 6 facts…"
    action.trigger()
    assert isinstance(menu.dialog, ManyDialog)
    return menu.dialog


def choose(field: Any, value: str) -> None:
    field.set_data(value)
    field.changed.emit()


def test_all_chosen_facts_change_in_one_writing(
    qtbot: Any, window: MainWindow, base: Path, dialog: ManyDialog
) -> None:
    before = {path: path.read_text("utf-8") for path in base.rglob("*.yaml")}
    choose(dialog.fields.credibility, "2")
    dialog.fields.more.tick("trade")
    dialog.fields.checked.click()
    press(qtbot, dialog, "See what changes")
    assert dialog.summary.text() == "6 facts change."
    lines = [dialog.lines.topLevelItem(n) for n in range(dialog.lines.topLevelItemCount())]
    (oil,) = (line for line in lines if "opened talks" in line.text(1))
    assert oil.text(0) == f"Topics: + Trade; checked: nothing → {TODAY}"
    assert before == {path: path.read_text("utf-8") for path in before}
    press(qtbot, dialog, "Change them")
    facts = window.session.index.facts(["oil-talks", "trade-old", "exercise"])
    assert {fact.credibility for fact in facts.values()} == {2}
    assert {fact.checked for fact in facts.values()} == {TODAY}
    assert facts["oil-talks"].topics == ("energy.oil", "trade")
    assert facts["trade-old"].topics == ("trade",)
    assert window.messages.message == "6 facts were changed in the base."
    press(qtbot, window.messages, "Undo")
    assert before == {path: path.read_text("utf-8") for path in before}


def test_many_are_worked_out_while_the_window_goes_on(
    qtbot: Any, window: MainWindow, dialog: ManyDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefgen.gui.editing.many_dialog.MANY", 5)
    choose(dialog.fields.credibility, "2")
    press(qtbot, dialog, "See what changes")
    assert dialog.planned is None
    assert dialog.said.text() == "Working out what becomes of each fact…"
    choose(dialog.fields.credibility, "3")  # what is chosen last counts
    qtbot.waitUntil(lambda: dialog.planned is not None)
    assert dialog.said.text() == ""
    press(qtbot, dialog, "Change them")
    facts = window.session.index.facts(["oil-talks", "trade-old"])
    assert {fact.credibility for fact in facts.values()} == {3}


def test_many_are_marked_as_checked_while_the_window_goes_on(
    qtbot: Any, window: MainWindow, menu: BaseMenu, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefgen.gui.editing.base_menu.MANY", 5)
    part: Any = window.facts_part
    part.view.selectAll()
    menu.check_chosen()
    before = window.session.index.facts(["trade-old"])["trade-old"]
    assert before.checked != TODAY
    said = "6 facts are marked as checked today."
    qtbot.waitUntil(lambda: window.messages.message == said)
    assert window.session.index.facts(["trade-old"])["trade-old"].checked == TODAY


def test_facts_that_cannot_change_are_named_first_and_stay(
    qtbot: Any, window: MainWindow, dialog: ManyDialog
) -> None:
    choose(dialog.fields.kind, "assessment")
    press(qtbot, dialog, "See what changes")
    assert dialog.summary.text() == "1 fact changes, 5 facts stay as they are for a fault."
    first = dialog.lines.topLevelItem(0)
    assert first is not None
    assert first.text(0) == "Stays as it is: say whose assessment it is"
    press(qtbot, dialog, "Back")
    choose(dialog.fields.kind, "event")
    press(qtbot, dialog, "See what changes")
    assert dialog.summary.text() == "4 facts change, 2 facts say so already."
    press(qtbot, dialog, "Back")
    press(qtbot, dialog, "Cancel")
    press(qtbot, dialog, "Discard it")
    assert window.session.index.facts(["trade-old"])["trade-old"].kind == "background"


def test_retracting_asks_why_and_nothing_chosen_is_said(qtbot: Any, dialog: ManyDialog) -> None:
    press(qtbot, dialog, "See what changes")
    assert dialog.said.text() == "Choose what is to change."
    choose(dialog.fields.status, "retracted")
    assert dialog.fields.why.isVisible()
    press(qtbot, dialog, "See what changes")
    assert dialog.said.text() == "Say in a few words why they no longer hold."
    dialog._leave()


def test_one_fact_is_too_few(window: MainWindow, menu: BaseMenu) -> None:
    part: Any = window.facts_part
    part.show_fact("oil-talks")
    part.menu.update()
    assert not many_action(window).isEnabled()
    menu.change_many()
    assert menu.dialog is None
    assert window.messages.message.startswith("Choose two facts or more first")


def test_changes_are_told_in_words() -> None:
    topics = {"oil": Topic("oil", "Oil"), "gas": Topic("gas", "Gas")}
    changes = {"topics": (["oil"], ["gas"]), "status": ("draft", None), "marking": (None, "S")}
    fact = ChangedFact("a", "A.", changes)
    assert in_words(fact, topics) == (
        "topics: + Gas, − Oil; status: draft → current; marking: nothing → S"
    )
    same = ChangedFact("b", "B.", {})
    assert in_words(same, topics) == "says so already"
    faulty = ChangedFact("c", "C.", changes, "no")
    assert summed_up([fact, same, faulty]) == (
        "1 fact changes, 1 fact says so already, 1 fact stays as it is for a fault."
    )
