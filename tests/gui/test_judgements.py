"""The tab of judgements."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from briefgen.brief.spec.model import BriefSpec, Judgement, SectionEdits
from briefgen.gui.files.question import Question
from briefgen.gui.judgements import JudgementsTab
from briefgen.gui.window import MainWindow

OpenWindow = Callable[..., MainWindow]


@pytest.fixture(autouse=True)
def few_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the parts in which one writes, and no pages: a window opens in a moment."""
    parts = ("files", "header", "sections", "own_text", "judgements")
    monkeypatch.setattr("briefgen.gui.parts.PARTS", parts)


TWO = (
    Judgement("More oil will come.", "likely", "moderate", ("oil-talks",)),
    Judgement("No pipeline will be built.", "very unlikely"),
)


def tab_of(window: MainWindow) -> JudgementsTab:
    found = window.findChild(JudgementsTab)
    assert isinstance(found, JudgementsTab)
    window.tabs.setCurrentWidget(found)
    return found


@pytest.fixture
def tab(window: MainWindow) -> JudgementsTab:
    return tab_of(window)


@pytest.fixture
def two(open_window: OpenWindow) -> JudgementsTab:
    return tab_of(open_window(BriefSpec(judgements=TWO)))


def title(tab: JudgementsTab) -> str:
    return tab.window_.tabs.tabText(tab.window_.tabs.indexOf(tab))


def test_a_judgement_is_written_with_the_keyboard(qtbot: Any, tab: JudgementsTab) -> None:
    qtbot.mouseClick(tab.add_button, Qt.MouseButton.LeftButton)
    (card,) = tab.cards
    assert tab.session.spec.judgements == (), "an empty card is no judgement"
    assert not tab.session.undo_stack.canUndo()

    qtbot.keyClicks(card.text, "Oil will flow.")
    card.likelihood.setFocus()
    qtbot.keyClicks(card.likelihood, "l")
    card.confidence.setFocus()
    qtbot.keyClicks(card.confidence, "h")
    qtbot.keyClicks(card.basis.field, "talks")
    qtbot.keyClick(card.basis.field.suggesting.popup, Qt.Key.Key_Return)

    assert tab.session.spec.judgements == (
        Judgement("Oil will flow.", "likely", "high", ("oil-talks",)),
    )
    assert title(tab) == "Judgements 1"


def test_either_term_of_each_band_can_be_chosen(two: JudgementsTab) -> None:
    box = two.cards[0].likelihood
    entries = [box.itemText(row) for row in range(box.count())]

    assert len(entries) == 15
    assert "almost no chance · 1–5 %" in entries
    assert "nearly certain · 95–99 %" in entries
    assert box.currentText() == "likely · 55–80 %"


def test_the_terms_are_those_of_the_briefs_scale(two: JudgementsTab) -> None:
    session = two.session
    session.edit("Scale", replace(session.spec, scale="phia"))
    first, second = two.cards
    entries = [first.likelihood.itemText(row) for row in range(first.likelihood.count())]
    assert entries[1] == "remote chance · 0–5 %"
    assert "PHIA" in two.intro.text()
    assert first.likelihood.currentText() == "likely · 55–75 %"
    assert second.likelihood.currentText() == "very unlikely (not of this scale)"
    assert next(note.severity for note in second.notes.said) == "error"
    assert "here that is among: highly unlikely (10–20%)" in second.notes.said[0].text
    assert session.spec.judgements == TWO, "nothing is taken for something else"

    session.edit("Scale", replace(session.spec, scale="gone.yaml"))
    assert two.intro.property("role") == "warning"
    assert two.intro.text().startswith("Cannot read the scale")


def test_why_and_what_would_change_it(qtbot: Any, two: JudgementsTab) -> None:
    fields = two.cards[1].reasons
    qtbot.keyClicks(fields["because"], "we have no contract")
    qtbot.keyClicks(fields["assumes"], "nothing changes")
    qtbot.keyClicks(fields["would_change"], "A contract")
    assert two.session.spec.judgements[1] == replace(
        TWO[1], because="we have no contract", assumes="nothing changes", would_change="A contract"
    )
    two.session.undo_stack.undo()
    assert fields["would_change"].value() == ""
    assert two.session.spec.judgements[1].assumes == "nothing changes"


def test_words_that_contradict_the_likelihood_are_told_while_one_types(
    qtbot: Any, two: JudgementsTab
) -> None:
    card = two.cards[0]
    card.text.setFocus()
    card.text.selectAll()
    qtbot.keyClicks(card.text, "Oil is unlikely to come.")
    qtbot.waitUntil(lambda: len(card.notes.said) == 1)
    (note,) = card.notes.said
    assert (note.severity, "says 'unlikely' (20–45%)" in note.text) == ("error", True)


def test_likelihood_and_confidence_in_one_sentence_wait_outside_the_brief(
    qtbot: Any, two: JudgementsTab
) -> None:
    card = two.cards[1]
    card.text.setFocus()
    card.text.selectAll()
    qtbot.keyClicks(card.text, "We have high confidence that it is likely.")

    assert two.session.spec.judgements == TWO[:1]
    assert card.text.value() == "We have high confidence that it is likely."
    qtbot.waitUntil(lambda: "ICD 203" in card.notes.said[0].text)
    assert title(two) == "Judgements 1"

    card.text.selectAll()
    qtbot.keyClicks(card.text, "It is likely.")
    assert [one.text for one in two.session.spec.judgements] == [TWO[0].text, "It is likely."]
    assert two.session.spec.judgements[1].likelihood == "very unlikely"


def test_unfinished_cards_survive_undo_and_redo_of_others(qtbot: Any, two: JudgementsTab) -> None:
    two.add()
    two.cards[0].text.setFocus()
    qtbot.keyClicks(two.cards[0].text, "!")
    two.session.undo_stack.undo()
    two.session.undo_stack.redo()

    assert [card.judgement.text for card in two.cards] == [
        "More oil will come.!", "No pipeline will be built.", "",
    ]  # fmt: skip
    assert len(two.session.spec.judgements) == 2


def test_removing_and_bringing_back(qtbot: Any, two: JudgementsTab) -> None:
    qtbot.mouseClick(two.cards[0].away, Qt.MouseButton.LeftButton)
    assert two.session.spec.judgements == TWO[1:]
    assert len(two.cards) == 1

    two.session.undo_stack.undo()
    assert two.session.spec.judgements == TWO
    assert [card.text.value() for card in two.cards] == [one.text for one in TWO]


def test_changing_places(qtbot: Any, two: JudgementsTab) -> None:
    qtbot.mouseClick(two.cards[1].up, Qt.MouseButton.LeftButton)
    assert two.session.spec.judgements == TWO[::-1]

    two.cards[0].text.setFocus()
    qtbot.keyClick(two.cards[0].text, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert two.session.spec.judgements == TWO
    assert two.session.undo_stack.undoText() == "Move a judgement"


def test_a_facts_chip_points_at_it_and_can_be_removed(qtbot: Any, two: JudgementsTab) -> None:
    from PySide6.QtWidgets import QToolButton

    name, away = two.cards[0].basis.findChildren(QToolButton)
    assert name.accessibleName() == "Russia and Pakistan opened talks on oil."
    with qtbot.waitSignal(two.session.pointed_at) as pointed:
        qtbot.mouseClick(name, Qt.MouseButton.LeftButton)
    assert pointed.args[0] == "oil-talks"

    qtbot.mouseClick(away, Qt.MouseButton.LeftButton)
    assert two.session.spec.judgements[0].basis == ()


def test_a_judgement_without_facts_is_told(two: JudgementsTab) -> None:
    assert two.cards[0].notes.said == ()
    assert [note.text for note in two.cards[1].notes.said] == [
        "Rests on no fact yet: add some under Basis, or cite with [@"
    ]


def test_a_template_without_judgements_says_that_none_is_printed(two: JudgementsTab) -> None:
    session = two.session
    session.edit("Template", replace(session.spec, template="fact-sheet"))
    assert two.intro.text() == "Fact sheet has no section for judgements: none is printed."

    session.edit("Template", replace(session.spec, template="country-brief"))
    session.edit(
        "Leave out", replace(session.spec, sections=SectionEdits(leave_out=("judgements",)))
    )
    assert two.intro.text() == "Left out: the section of judgements is off."


def test_another_brief_leaves_no_cards_behind(two: JudgementsTab) -> None:
    two.add()
    two.session.set_brief(BriefSpec())
    assert two.cards == []
    assert title(two) == "Judgements"


def test_an_unfinished_judgement_is_not_closed_away(
    qtbot: Any, open_window: Callable[..., MainWindow]
) -> None:
    window = open_window()
    tab = tab_of(window)
    tab.add_button.click()
    tab.cards[0].text.setFocus()
    QTest.keyClicks(tab.cards[0].text, "It is likely, with high confidence.")

    assert window.session.spec.judgements == ()
    assert [one.text for one in window.session.aside.judgements] == [
        "It is likely, with high confidence."
    ]
    assert not window.close()
    (question,) = window.findChildren(Question)
    assert question.accessibleName() == "A judgement is not finished."
    question.reject()
    assert window.isVisible()

    tab.cards[0].text.clear()
    assert window.session.aside.judgements == ()
    assert window.close()
