"""The tab of own text: typing, counting, citing, what is kept for other templates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from briefgen.brief.spec.model import BriefSpec, SectionEdits, Sides
from briefgen.gui.own_text import Answer, OwnTextTab
from briefgen.gui.window import MainWindow

OpenWindow = Callable[..., MainWindow]


@pytest.fixture(autouse=True)
def few_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the parts in which one writes, and no pages: a window opens in a moment."""
    parts = ("files", "header", "sections", "own_text", "judgements")
    monkeypatch.setattr("briefgen.gui.parts.PARTS", parts)


def tab_of(window: MainWindow) -> OwnTextTab:
    found = window.findChild(OwnTextTab)
    assert isinstance(found, OwnTextTab)
    window.tabs.setCurrentWidget(found)
    return found


@pytest.fixture
def tab(window: MainWindow) -> OwnTextTab:
    return tab_of(window)


@pytest.fixture
def answer(tab: OwnTextTab) -> Answer:
    found = tab.rows["bottom_line"]
    found.field.setFocus()
    return found


def test_what_is_typed_is_the_briefs_and_counted(
    qtbot: Any, tab: OwnTextTab, answer: Answer
) -> None:
    qtbot.keyClicks(answer.field, "Talks go on.")

    assert tab.session.spec.text == {"bottom_line": "Talks go on."}
    assert answer.count.text() == "3 of 60 words"
    assert tab.window_.tabs.tabText(tab.window_.tabs.indexOf(tab)) == "Own text 1"
    assert tab.session.undo_stack.undoText() == "Bottom line"

    tab.session.undo_stack.undo()
    assert answer.field.value() == ""
    assert tab.session.spec.text == {}
    assert answer.count.text() == "0 of 60 words"


def test_the_caret_stays_where_one_types(qtbot: Any, tab: OwnTextTab, answer: Answer) -> None:
    qtbot.keyClicks(answer.field, "Oil flows.")
    cursor = answer.field.textCursor()
    cursor.setPosition(3)
    answer.field.setTextCursor(cursor)
    qtbot.keyClicks(answer.field, " and gas")

    assert tab.session.spec.text["bottom_line"] == "Oil and gas flows."
    assert answer.field.textCursor().position() == 11


def test_undo_puts_the_caret_behind_what_came_back(tab: OwnTextTab, answer: Answer) -> None:
    session = tab.session
    for text in ("One three.", "One two three."):
        session.edit("Bottom line", replace(session.spec, text={"bottom_line": text}))
    session.undo_stack.undo()
    assert answer.field.textCursor().position() == len("One t")  # both begin with "One t"

    session.undo_stack.redo()
    assert answer.field.value() == "One two three."
    assert answer.field.textCursor().position() == len("One two t")


def test_too_many_words_are_marked_in_more_than_colour(
    qtbot: Any, tab: OwnTextTab, answer: Answer
) -> None:
    answer.field.insertPlainText("word " * 61)

    assert answer.count.text() == "▲ 61 of 60 words"
    assert answer.count.property("role") == "warning"


def test_no_break_spaces_and_emoji_stay_what_they_are(qtbot: Any, open_window: OpenWindow) -> None:
    text = "US$500\u00a0million 🛢 flows.\n\nИ ещё."
    tab = tab_of(open_window(BriefSpec(text={"bottom_line": text})))
    field = tab.rows["bottom_line"].field
    assert field.value() == text

    field.setFocus()
    field.moveCursor(field.textCursor().MoveOperation.End)
    qtbot.keyClicks(field, " Da [@oil")
    qtbot.keyClick(field.suggesting.popup, Qt.Key.Key_Return)

    assert tab.session.spec.text["bottom_line"] == f"{text} Da [@oil-talks]"
    assert field.caret() == len(f"{text} Da [@oil-talks]")


def test_pasted_text_is_plain_and_holds_nothing_that_cannot_be_stored(
    tab: OwnTextTab, answer: Answer
) -> None:
    pasted = QMimeData()
    pasted.setHtml("<b>One</b>")
    pasted.setText("One\r\ntwo\x0b\x00")
    answer.field.insertFromMimeData(pasted)

    assert tab.session.spec.text == {"bottom_line": "One\ntwo"}


def test_brackets_and_at_offer_facts_and_sources(
    qtbot: Any, tab: OwnTextTab, answer: Answer
) -> None:
    field = answer.field
    qtbot.keyClicks(field, "Talks opened [@")
    entries = field.suggesting.model.entries
    assert {one.value for one in entries} >= {"oil-talks", "s1"}

    qtbot.keyClicks(field, "oil t")
    assert [one.value for one in field.suggesting.model.entries] == ["oil-talks", "s1"]
    first = field.suggesting.model.entries[0]
    assert first.title == "Russia and Pakistan opened talks on oil."
    assert first.told == "17\u00a0May\u00a02011 · oil-talks · fact"
    qtbot.keyClick(field.suggesting.popup, Qt.Key.Key_Return)
    qtbot.keyClicks(field, ".")

    assert not field.suggesting.is_open
    assert tab.session.spec.text == {"bottom_line": "Talks opened [@oil-talks]."}


def test_escape_leaves_what_was_typed(qtbot: Any, tab: OwnTextTab, answer: Answer) -> None:
    qtbot.keyClicks(answer.field, "See [@oi")
    qtbot.keyClick(answer.field.suggesting.popup, Qt.Key.Key_Escape)

    assert not answer.field.suggesting.is_open
    assert tab.session.spec.text == {"bottom_line": "See [@oi"}


def test_an_entry_further_down_is_taken_with_arrow_and_tab(
    qtbot: Any, tab: OwnTextTab, answer: Answer
) -> None:
    qtbot.keyClicks(answer.field, "[@oil t")
    popup = answer.field.suggesting.popup
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Tab)

    assert tab.session.spec.text == {"bottom_line": "[@s1]"}
    assert answer.field.hasFocus()


def test_an_unknown_id_is_told_beside_its_field(open_window: OpenWindow) -> None:
    spec = BriefSpec(text={"bottom_line": "One.\n\nTwo [@nobody]."})
    answer = tab_of(open_window(spec)).rows["bottom_line"]

    assert answer.field.property("state") == "wrong"
    assert [note.text for note in answer.notes.said if note.severity == "error"] == [
        "Line 3: [@nobody] names no fact and no source of the base; correct the id"
    ]


def test_a_mistake_is_told_when_the_person_pauses(
    qtbot: Any, tab: OwnTextTab, answer: Answer
) -> None:
    qtbot.keyClicks(answer.field, "Two [@nobody].")
    assert answer.field.property("state") != "wrong"
    qtbot.waitUntil(lambda: answer.field.property("state") == "wrong")


def test_a_text_whose_section_is_off_says_so(tab: OwnTextTab, answer: Answer) -> None:
    session = tab.session
    session.edit(
        "Leave out", replace(session.spec, sections=SectionEdits(leave_out=("bottom-line",)))
    )
    assert answer.left_out.isVisible()


def test_a_template_without_inputs_says_so(open_window: OpenWindow) -> None:
    tab = tab_of(open_window(BriefSpec(template="fact-sheet")))
    assert tab.rows == {}
    assert tab.intro.text() == "Fact sheet asks for no text of yours."


def test_answers_that_the_template_does_not_ask_for_are_set_aside_and_can_be_copied(
    qtbot: Any, open_window: OpenWindow
) -> None:
    tab = tab_of(open_window(BriefSpec(text={"objective": "Agree on oil."})))
    buttons = {button.text(): button for button in tab.findChildren(QPushButton)}
    qtbot.mouseClick(buttons["Set aside"], Qt.MouseButton.LeftButton)

    assert tab.session.spec.text == {}
    assert tab.session.aside.text == {"objective": "Agree on oil."}
    copy = next(b for b in tab.findChildren(QPushButton) if b.text() == "Copy")
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "Agree on oil."

    session = tab.session
    session.undo_stack.undo()
    assert session.spec.text == {"objective": "Agree on oil."}


def test_the_field_grows_with_its_text(qtbot: Any, tab: OwnTextTab, answer: Answer) -> None:
    before = answer.field.height()
    answer.field.insertPlainText("line\n" * 8)
    qtbot.waitUntil(lambda: answer.field.height() > before)


def test_another_brief_forgets_what_was_set_aside(tab: OwnTextTab) -> None:
    session = tab.session
    session.aside = replace(session.aside, text={"objective": "x"})
    session.set_brief(BriefSpec(template="talking-points"))

    assert session.aside.text == {}
    assert list(tab.rows) == ["lines", "objective", "if_raised", "do_not_say", "weak_points"]


# --- what the template requires ----------------------------------------------------------------


def points(qtbot: Any, open_window: OpenWindow, **said: Any) -> OwnTextTab:
    window = open_window(BriefSpec(template="talking-points", **said))
    found = tab_of(window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return found


def test_what_is_required_stands_first_and_says_so_in_words(
    qtbot: Any, open_window: OpenWindow
) -> None:
    tab = points(qtbot, open_window)
    assert next(iter(tab.rows)) == "lines"
    lines, objective = tab.rows["lines"], tab.rows["objective"]
    assert (
        tab.people._marks["sides"].text() == "required, not said yet"
    )  # its sections are for sides
    assert lines.required.text() == "required, not said yet"
    assert lines.required.isVisible()
    assert not objective.required.isVisible()

    lines.field.setFocus()
    qtbot.keyClicks(lines.field, "- We want gas.")
    assert lines.required.text() == "required"
    assert lines.field.hasFocus()


def test_the_sides_are_named_beside_the_text(qtbot: Any, open_window: OpenWindow) -> None:
    tab = points(qtbot, open_window)
    session, field = tab.session, tab.people.ours.field
    assert field.isVisible()
    assert field.mapTo(tab.inside, QPoint()).y() < (
        tab.rows["lines"].field.mapTo(tab.inside, QPoint()).y()
    )
    field.setFocus()
    qtbot.keyClicks(field, "Islam")
    qtbot.keyClick(field.suggesting.popup, Qt.Key.Key_Return)

    assert session.spec.sides == Sides(ours=("pakistan",))
    assert session.undo_stack.undoText() == "Our side"
    session.undo_stack.undo()
    assert tab.people.ours.ids == ()


def test_who_attends_may_be_in_the_base_or_not(qtbot: Any, open_window: OpenWindow) -> None:
    tab = tab_of(open_window(BriefSpec(template="visit-brief")))
    field = tab.people.attendees.field
    for typed in ("Lavr", "Deputy Minister"):
        field.setFocus()
        qtbot.keyClicks(field, typed)
        qtbot.keyClick(field.suggesting.popup, Qt.Key.Key_Return)

    assert tab.session.spec.attendees == ("lavrov", "Deputy Minister")


def test_posts_are_ticked(open_window: OpenWindow) -> None:
    tab = tab_of(open_window(BriefSpec(template="fact-sheet")))
    assert not tab.people.attendees.isVisible()
    tab.people.posts["foreign-minister"].click()
    assert tab.session.spec.posts == ("foreign-minister",)


def test_a_template_that_speaks_of_nobody_has_no_such_fields(tab: OwnTextTab) -> None:
    assert not tab.people.isVisible()


def test_one_is_led_to_what_is_wanted(qtbot: Any, open_window: OpenWindow) -> None:
    led = points(qtbot, open_window)
    led.window_.tabs.setCurrentIndex(0)
    led.session.field_asked.emit("sides")
    assert led.people.ours.field.hasFocus()
    led.session.field_asked.emit("text.objective")
    assert led.rows["objective"].field.hasFocus()
