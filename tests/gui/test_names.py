"""Topics and measures in forms, driven as a person would."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from briefgen.brief.spec.reader import read_spec
from briefgen.folders import config_folder
from briefgen.gui.library import library_of
from briefgen.gui.library.names_dialog import MeasuresDialog, NamesDialog, TopicsDialog
from briefgen.gui.window import MainWindow
from gui.driving import press


@pytest.fixture
def brief(base: Path) -> Path:
    path = base.parent / "gas.brief.yaml"
    path.write_text(f"format: 1\nbase: {base}\nselect: {{topics: [energy.gas]}}  # gas\n", "utf-8")
    return path


@pytest.fixture
def topics(brief: Path, window: MainWindow) -> TopicsDialog:
    trigger(window, "&Topics…")
    dialog = library_of(window).menu.dialog
    assert isinstance(dialog, TopicsDialog)
    return dialog


def trigger(window: MainWindow, text: str) -> None:
    (action,) = (one for one in window.menus["Base"].actions() if one.text() == text)
    action.trigger()


def click(dialog: NamesDialog, id_: str) -> None:
    at = dialog.list.visualItemRect(dialog._items[id_]).center()
    QTest.mouseClick(dialog.list.viewport(), Qt.MouseButton.LeftButton, pos=at)


def write(field: Any, text: str) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)


def choose_parent(dialog: TopicsDialog, id_: str) -> None:
    dialog.parent_choice.set_data(id_)
    dialog.parent_choice.changed.emit()


def test_a_new_topic_has_an_id_made_of_its_label_and_parent(
    qtbot: Any, window: MainWindow, base: Path, topics: TopicsDialog
) -> None:
    before = (base / "base.yaml").read_text("utf-8")
    press(qtbot, topics, "New topic")
    choose_parent(topics, "energy")
    write(topics.label, "Coal & coke")
    assert topics.id.data() == "energy.coal-coke"
    press(qtbot, topics, "Save")
    assert window.session.base.topics["energy.coal-coke"].label == "Coal & coke"
    assert topics.own_id == "energy.coal-coke"
    assert topics.said.text() == "“Coal & coke” is in the base."
    press(qtbot, window.messages, "Undo")
    assert (base / "base.yaml").read_text("utf-8") == before
    assert topics.own_id == "energy"
    topics._leave()


def test_another_id_goes_through_facts_and_the_briefs_that_are_ticked(
    qtbot: Any, window: MainWindow, base: Path, brief: Path, topics: TopicsDialog
) -> None:
    click(topics, "energy.gas")
    assert topics.uses.text() == "2 facts name it."
    assert not topics.naming_box.isVisible()
    write(topics.id, "energy.lng")
    assert topics.naming_box.isVisible()
    assert topics.naming.ticked == [brief]
    press(qtbot, topics, "Save")
    assert window.session.index.facts(["gas-agreed"])["gas-agreed"].topics == ("energy.lng",)
    assert brief.read_text("utf-8").endswith("select: {topics: [energy.lng]}  # gas\n")
    assert not window.session.index.problems
    assert topics.said.text() == "“Gas” is in the base, in 2 facts."
    topics._leave()


def test_saved_scopes_of_the_base_follow(
    qtbot: Any, window: MainWindow, base: Path, brief: Path
) -> None:
    folder = config_folder() / "scopes"
    folder.mkdir(parents=True)
    text = "format: 1\nbase: {}\nscopes:\n- name: energy.gas\n  select: {{topics: energy.gas}}\n"
    (folder / "own.yaml").write_text(text.format(base), "utf-8")
    (folder / "other.yaml").write_text(text.format(base / "other"), "utf-8")
    library_of(window).show_topics()
    dialog = library_of(window).menu.dialog
    assert isinstance(dialog, TopicsDialog)
    click(dialog, "energy.gas")
    write(dialog.id, "energy.lng")
    listed = [dialog.naming.files.item(n).text() for n in range(dialog.naming.files.count())]
    assert listed == ["gas.brief.yaml", "Saved scopes of this base"]
    press(qtbot, dialog, "Save")
    after = text.replace("topics: energy.gas", "topics: energy.lng").format(base)
    assert (folder / "own.yaml").read_text("utf-8") == after
    assert (folder / "other.yaml").read_text("utf-8") == text.format(base / "other")
    dialog._leave()


def test_a_topic_moves_with_its_facts(qtbot: Any, window: MainWindow, topics: TopicsDialog) -> None:
    click(topics, "energy.oil")
    assert topics.parent_choice.data() == "energy"
    choose_parent(topics, "trade")
    assert topics.id.data() == "trade.oil"
    press(qtbot, topics, "Save")
    assert window.session.index.facts(["oil-talks"])["oil-talks"].topics == ("trade.oil",)
    topics._leave()


def test_the_brief_in_hand_follows(
    qtbot: Any, open_window: Callable[..., MainWindow], brief: Path
) -> None:
    window = open_window(read_spec(brief), brief)
    library_of(window).show_topics()
    dialog = library_of(window).menu.dialog
    assert isinstance(dialog, TopicsDialog)
    click(dialog, "energy.gas")
    write(dialog.id, "energy.lng")
    press(qtbot, dialog, "Save")
    assert window.session.spec.select.topics == ("energy.lng",)
    assert "energy.gas" in brief.read_text("utf-8")  # it is saved by the person
    dialog._leave()


def test_what_is_used_stays_and_faults_are_said(
    qtbot: Any, window: MainWindow, topics: TopicsDialog
) -> None:
    click(topics, "trade")
    press(qtbot, topics, "Remove")
    assert "is used" in topics.said.text()
    write(topics.id, "Trade!")
    press(qtbot, topics, "Save")
    assert "is no id" in topics.said.text()
    assert "trade" in window.session.base.topics
    click(topics, "defence")  # what was typed is not lost by a click
    assert topics.said.text() == "What you wrote is not saved."
    press(qtbot, topics, "Go on writing")
    assert topics.id.data() == "Trade!"
    click(topics, "defence")
    press(qtbot, topics, "Discard it")
    assert topics.own_id == "defence"
    topics._leave()


def test_measures_keep_their_unit_while_figures_are_in_it(qtbot: Any, window: MainWindow) -> None:
    trigger(window, "&Measures…")
    dialog = library_of(window).menu.dialog
    assert isinstance(dialog, MeasuresDialog)
    write(dialog.unit, "EUR")
    press(qtbot, dialog, "Save")
    assert "1 fact gives figures in USD million" in dialog.said.text()
    write(dialog.unit, "USD million")
    write(dialog.id, "goods")
    press(qtbot, dialog, "Save")
    assert window.session.index.facts(["trade-2013"])["trade-2013"].figures[0].measure == "goods"
    press(qtbot, dialog, "New measure")
    write(dialog.label, "Gas imports")
    write(dialog.unit, "bcm")
    press(qtbot, dialog, "Save")
    assert window.session.base.measures["gas-imports"].unit == "bcm"
    press(qtbot, dialog, "Remove")
    assert list(window.session.base.measures) == ["goods"]
    assert not window.session.index.problems
    dialog._leave()
