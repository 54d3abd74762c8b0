"""One sentence for several facts, written in a window as a person would."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QApplication, QLabel

from briefgen.brief.spec.model import Passages
from briefgen.facts.staleness import checked_against
from briefgen.gui.editing import base_menu_of
from briefgen.gui.editing.base_menu import BaseMenu
from briefgen.gui.editing.passage_dialog import PassageDialog
from briefgen.gui.view_models.unsaved_form import UnsavedForm
from briefgen.gui.window import MainWindow
from gui.driving import press

TALKS, TRADE, EXERCISE = "oil-talks", "trade-old", "exercise"
TEXT = "In 2011 talks on oil were opened [@oil-talks]; trade is an old subject [@trade-old]."


def choose(window: MainWindow, *ids: str) -> None:
    """Select these facts in the list."""
    tab = window.facts_part
    view, model = tab.view, tab.model
    view.clearSelection()
    for id_ in ids:
        row = model.row_of(model.place_of(id_))
        assert row is not None
        view.selectionModel().setCurrentIndex(
            model.index(row), QItemSelectionModel.SelectionFlag.Select
        )


def action(window: MainWindow, text: str) -> Any:
    (found,) = (one for one in window.menus["Facts"].actions() if one.text() == text)
    return found


def opened(menu: BaseMenu) -> PassageDialog:
    dialog = menu.dialog
    assert isinstance(dialog, PassageDialog)
    return dialog


def write(window: MainWindow, menu: BaseMenu, text: str = TEXT) -> PassageDialog:
    choose(window, TALKS, TRADE)
    action(window, "&Write one sentence for these…").trigger()
    dialog = opened(menu)
    dialog.text.change_text(text, 0)
    dialog.notes.check()
    return dialog


def test_several_facts_become_a_sentence_of_the_brief(
    qtbot: Any, window: MainWindow, menu: BaseMenu
) -> None:
    choose(window, TALKS, TRADE)
    action(window, "&Write one sentence for these…").trigger()
    dialog = opened(menu)
    assert dialog.text.value() == (
        "Russia and Pakistan opened talks on oil [@oil-talks]. Trade is an old subject between the "
        "two [@trade-old]."
    )
    assert [note.text for note in dialog.notes.said] == [
        "it does not say when: none of its years is that of a fact; put it in"
    ]
    assert (
        "oil-talks (17\u00a0May\u00a02011): Russia and Pakistan opened talks on oil."
        in dialog.facts.text()
    )
    dialog.text.change_text(TEXT, 0)
    press(qtbot, dialog, "Use in this brief")

    assert menu.dialog is None
    (made,) = window.session.spec.passages.add
    assert (made.id, made.text, made.facts) == ("oil-talks-2011", TEXT, (TALKS, TRADE))
    assert made.checked == checked_against(made.facts, window.session.index.facts(made.facts))
    tab = window.facts_part
    rows = [tab.model.row_for(tab.model.place_of(id_)) for id_ in (TALKS, TRADE, EXERCISE)]
    assert [row.in_sentence for row in rows] == [True, True, False]
    window.session.undo_stack.undo()
    assert window.session.spec.passages == Passages()


def test_the_words_of_many_facts_are_scrolled_and_not_beyond_the_screen(
    window: MainWindow, menu: BaseMenu
) -> None:
    dialog = write(window, menu)
    dialog.facts.setText("What a fact says, in its own words, and in many of them. " * 200)
    QApplication.processEvents()

    assert dialog.height() <= 600
    assert dialog.facts.height() > dialog.height()


def test_warnings_follow_the_typing_and_an_error_keeps_it_open(
    qtbot: Any, window: MainWindow, menu: BaseMenu
) -> None:
    dialog = write(
        window, menu, "In 2011 talks on oil were signed [@oil-talks]; trade is old [@trade-old]."
    )
    assert [note.severity for note in dialog.notes.said] == ["warning"]
    dialog.text.change_text("Talks [@oil-talks].", 0)
    press(qtbot, dialog, "Use in this brief")
    assert menu.dialog is dialog
    assert "cites 'oil-talks' alone" in dialog.said.text()
    assert window.session.spec.passages == Passages()
    dialog.text.change_text(TEXT, 0)
    dialog.name.set_data("Not a name")
    press(qtbot, dialog, "Use in this brief")
    assert menu.dialog is dialog
    dialog.name.set_data("talks")
    press(qtbot, dialog, "Use in this brief")
    assert [one.id for one in window.session.spec.passages.add] == ["talks"]


def test_it_is_written_into_the_base_and_taken_back(
    qtbot: Any, window: MainWindow, menu: BaseMenu, base: Path
) -> None:
    dialog = write(window, menu)
    dialog.key.click()
    with qtbot.waitSignal(window.session.base_opened):
        press(qtbot, dialog, "Save in the base")
    said = (base / "passages.yaml").read_text("utf-8")
    assert said.startswith("- id: oil-talks-2011\n  text: ")
    made = window.session.base.passages["oil-talks-2011"]
    assert (made.text, made.key, set(made.checked)) == (TEXT, True, {TALKS, TRADE})
    assert window.session.spec.passages == Passages()
    with qtbot.waitSignal(window.session.base_opened):
        press(qtbot, window.messages, "Undo")
    assert not (base / "passages.yaml").exists()


def test_facts_of_several_sources_stay_in_the_brief(
    qtbot: Any, window: MainWindow, menu: BaseMenu, base: Path
) -> None:
    text = "In 2011 talks on oil were opened [@oil-talks]; trade stood at 542 million dollars [@trade-2013]."
    dialog = write(window, menu, text)
    press(qtbot, dialog, "Save in the base")
    assert menu.dialog is dialog
    assert "none in common" in dialog.said.text()
    assert not (base / "passages.yaml").exists()
    press(qtbot, dialog, "Use in this brief")
    assert len(window.session.spec.passages.add) == 1


def test_one_that_there_is_is_edited_and_printed_fact_by_fact(
    qtbot: Any, open_window: Any, base: Path
) -> None:
    (base / "passages.yaml").write_text(f"- {{id: talks, text: '{TEXT}'}}\n", "utf-8")
    window = open_window()
    menu, session = base_menu_of(window), window.session
    choose(window, TALKS)
    action(window, "Edit their &sentence…").trigger()
    dialog = opened(menu)
    assert (dialog.text.value(), dialog.name.value(), dialog.name.isEnabled()) == (
        TEXT,
        "talks",
        False,
    )
    changed = TEXT.replace("an old", "a very old")
    dialog.text.change_text(changed, 0)
    with qtbot.waitSignal(session.base_opened):
        press(qtbot, dialog, "Save in the base")
    assert session.base.passages["talks"].text == changed
    assert set(session.base.passages["talks"].checked) == {TALKS, TRADE}

    choose(window, TALKS)
    action(window, "Print fact &by fact").trigger()
    assert session.spec.passages == Passages(split=("talks",))
    choose(window, TALKS)
    action(window, "Print as one senten&ce").trigger()
    assert session.spec.passages == Passages()
    session.undo_stack.undo()
    assert session.spec.passages == Passages(split=("talks",))


def test_what_is_half_written_is_asked_about_and_offered_again(
    qtbot: Any, window: MainWindow, menu: BaseMenu
) -> None:
    dialog = write(window, menu)
    state = dialog.state()
    dialog.reject()
    assert menu.dialog is dialog
    press(qtbot, dialog, "Discard it")
    assert menu.dialog is None
    menu._open_left(UnsavedForm("passage", "", state))
    again = opened(menu)
    assert again.text.value() == TEXT
    press(qtbot, again, "Use in this brief")
    assert [one.text for one in window.session.spec.passages.add] == [TEXT]


def test_one_fact_alone_has_no_sentence(window: MainWindow) -> None:
    choose(window, TALKS)
    assert not action(window, "&Write one sentence for these…").isEnabled()
    assert not action(window, "Print fact &by fact").isEnabled()
    choose(window, TALKS, EXERCISE)
    assert action(window, "&Write one sentence for these…").isEnabled()


def test_a_stale_one_is_told_and_made_good_by_saving_it(
    qtbot: Any, open_window: Any, base: Path
) -> None:
    (base / "passages.yaml").write_text(
        f"- {{id: talks, text: '{TEXT}', checked: {{{TALKS}: {'0a' * 32}}}}}\n", "utf-8"
    )
    window = open_window()
    menu, session = base_menu_of(window), window.session
    assert "The base has one problem." in [
        shown.text() for shown in window.messages.findChildren(QLabel)
    ]
    menu.show_problems()
    assert menu.problems is not None
    (problem,) = menu.problems.model.rows
    assert "passage 'talks' is stale" in problem.message
    choose(window, TALKS)
    action(window, "Edit their &sentence…").trigger()
    dialog = opened(menu)
    assert dialog.said.text().startswith("Stale: fact 'oil-talks' says something else by now.")
    with qtbot.waitSignal(session.base_opened):
        press(qtbot, dialog, "Save in the base")
    assert list(menu.problems.model.rows) == []
    menu.problems.close()
