"""The details of a fact: all that the base says of it, as text; others a click away."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest

from briefgen.brief.spec.model import Edits
from briefgen.gui.facts import FactsTab
from briefgen.gui.window import MainWindow


@pytest.fixture
def part(window: MainWindow) -> FactsTab:
    window.tabs.setCurrentWidget(window.facts_part)
    return window.facts_part


def told(part: FactsTab) -> str:
    return part.details.text.toPlainText().replace("\u00a0", " ")


def test_nothing_is_chosen_at_first(part: FactsTab) -> None:
    assert told(part) == "Choose a fact to see it whole."


def test_the_fact_whole(part: FactsTab, base: Path) -> None:
    part.show_fact("gas-agreed")
    said = told(part)

    for piece in (
        "about 2012", "▲ disputed", "A gas pipeline was agreed on.",
        "It was to run from north to south.", "Daily Post, 18 May 2011, p. 4",
        "“Oil talks open”", "Reliability B, usually reliable: a paper of record",
        "Credibility of the information: 3, possibly true", "No gas pipeline was agreed on.",
        "agreement", "Gas", "Russia", "Checked", "not noted", "gas-agreed",
        f"{base / 'facts' / 'energy.yaml'}:12",
    ):  # fmt: skip
        assert piece in said


def test_figures_stand_in_a_table(part: FactsTab) -> None:
    part.show_fact("trade-2013")

    assert "Bilateral trade" in told(part)
    assert "542" in told(part)
    assert "reported" in told(part)


def test_the_other_side_of_a_dispute_is_a_click_away(part: FactsTab) -> None:
    part.show_fact("gas-agreed")
    part.details.text.anchorClicked.emit(QUrl("fact:gas-not-agreed"))

    assert part.current_fact() == "gas-not-agreed"
    assert "According to the ministry" in told(part)
    assert part.selected_facts() == ["gas-not-agreed"]


def test_a_rewording_is_shown_beside_the_original(part: FactsTab) -> None:
    session = part.session
    spec = replace(session.spec, edits=Edits(reword={"gas-agreed": "A pipeline was agreed on."}))
    session.edit("Reword", spec)
    part.show_fact("gas-agreed")

    assert "A pipeline was agreed on." in told(part)
    assert "In the base: A gas pipeline was agreed on." in told(part)
    assert "reworded" in told(part)


def test_what_a_base_says_is_never_markup(part: FactsTab, base: Path) -> None:
    path = base / "facts" / "energy.yaml"
    text = path.read_text()
    path.write_text(
        text.replace("It was to run from north to south.", "'<img src=x> & <b>bold</b> {{ x }}'")
    )
    part.session.reload_base()
    part.show_fact("gas-agreed")

    assert "<img src=x> & <b>bold</b> {{ x }}" in told(part)


def test_details_can_be_hidden_and_that_is_remembered(part: FactsTab) -> None:
    QTest.mouseClick(part.details.close_button, Qt.MouseButton.LeftButton)
    assert part.details.isHidden()
    assert not part.menu.actions["details"].isChecked()
    assert part.window_.memory.value("facts/details") == "false"

    part.show_fact("trade-2013")
    part.menu.actions["details"].trigger()
    assert part.details.isVisible()
    assert "542" in told(part)


def test_others_add_buttons_that_wait_for_a_fact(qtbot: Any, part: FactsTab) -> None:
    asked = []
    button = part.add_details_button("Edit fact…", lambda: asked.append(part.current_fact()))
    assert not button.isEnabled()

    part.show_fact("trade-2013")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked == ["trade-2013"]
