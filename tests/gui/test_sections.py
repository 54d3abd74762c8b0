"""The tab of sections."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QPushButton, QWidget

from briefgen.brief.assemble.placements import SectionCount
from briefgen.brief.spec.model import BriefSpec, Edits, OwnSection, Passages, SectionEdits
from briefgen.brief.spec.reader import read_spec
from briefgen.brief.spec.writer import write_spec
from briefgen.facts.model import Passage
from briefgen.gui.sections import SectionsTab
from briefgen.gui.sections.placing import DropLine
from briefgen.gui.view_models.pages.preview import Preview
from briefgen.gui.view_models.pages.printed import Printed
from briefgen.gui.window import MainWindow

OpenWindow = Callable[..., MainWindow]


@pytest.fixture(autouse=True)
def few_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the parts in which one writes, and no pages: a window opens in a moment."""
    parts = ("files", "header", "sections", "own_text", "judgements")
    monkeypatch.setattr("briefgen.gui.parts.PARTS", parts)


def tab_of(window: MainWindow) -> SectionsTab:
    found = window.findChild(SectionsTab)
    assert isinstance(found, SectionsTab)
    window.tabs.setCurrentWidget(found)
    return found


@pytest.fixture
def tab(window: MainWindow) -> SectionsTab:
    return tab_of(window)


def title(tab: SectionsTab) -> str:
    return tab.window_.tabs.tabText(tab.window_.tabs.indexOf(tab))


def test_the_sections_stand_in_the_templates_order(tab: SectionsTab) -> None:
    assert list(tab.rows)[:4] == ["bottom-line", "key-points", "judgements", "topics"]
    assert title(tab) == "Sections 12"
    assert tab.rows["key-points"].told.text() == ("Key facts as bullets, most important first")
    assert "order of Country brief" in tab.intro.text()


def test_a_section_is_left_out_and_taken_in_again(qtbot: Any, tab: SectionsTab) -> None:
    session = tab.session
    for id_ in ("figures", "key-points"):
        box = tab.rows[id_].box
        box.setFocus()
        qtbot.keyClick(box, Qt.Key.Key_Space)

    assert session.spec.sections.leave_out == ("key-points", "figures"), "in the template's order"
    assert title(tab) == "Sections 10"
    assert session.undo_stack.undoText() == "Leave out “Key points”"

    session.undo_stack.undo()
    assert tab.rows["key-points"].box.isChecked()
    assert session.spec.sections.leave_out == ("figures",)


def test_another_template_has_other_sections(tab: SectionsTab) -> None:
    session = tab.session
    session.edit("Template", replace(session.spec, template="fact-sheet"))

    assert list(tab.rows) == ["at-a-glance", "figures", "agreements", "posts", "sources"]
    assert title(tab) == "Sections 5"


def test_what_came_out_empty_is_told(tab: SectionsTab) -> None:
    shown = tuple(id_ for id_ in tab.rows if id_ != "figures")
    made = Preview(b"", "T", 1, 1, None, (), (), (), (), "", "", sections=shown)
    tab.session.pages_made.emit(made)

    assert [id_ for id_, row in tab.rows.items() if row.empty.isVisible()] == ["figures"]

    tab.rows["figures"].box.click()
    assert not tab.rows["figures"].empty.isVisible()


def test_sections_that_the_template_does_not_have_can_be_set_aside(
    open_window: OpenWindow, qtbot: Any
) -> None:
    tab = tab_of(open_window(BriefSpec(sections=SectionEdits(leave_out=("unknown", "of-old")))))
    assert "of-old" in tab.stranger_words.text()

    qtbot.mouseClick(tab.strangers, Qt.MouseButton.LeftButton)

    assert tab.session.spec.sections.leave_out == ("unknown",)
    assert tab.session.aside.leave_out == ("of-old",)
    assert not tab.strangers.isVisible()


def test_a_template_that_cannot_be_read_is_told(open_window: OpenWindow) -> None:
    tab = tab_of(open_window(BriefSpec(template="nowhere")))

    assert tab.intro.text() == "The template cannot be read: choose another one above."
    assert title(tab) == "Sections"
    assert not any(button.isVisible() for button in tab.findChildren(QPushButton))


# --- limits -----------------------------------------------------------------------------------


def test_a_limit_is_typed_or_chosen_and_undone(qtbot: Any, tab: SectionsTab) -> None:
    box = tab.rows["key-points"].limit
    assert box is not None
    assert box.line.text() == "5"
    box.line.setFocus()
    box.line.selectAll()
    qtbot.keyClicks(box.line, "3")
    qtbot.keyClick(box.line, Qt.Key.Key_Return)

    session = tab.session
    assert session.spec.sections.limits == {"key-points": 3}
    assert session.undo_stack.undoText() == "Most of “Key points”: 3"
    assert tab.rows["key-points"].told.text().endswith("most important first (the template: 5)")

    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Down)  # the first entry: as the template
    assert session.spec.sections.limits == {}
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert session.spec.sections.limits == {"key-points": 10_000}
    assert box.line.text() == "no limit"

    session.undo_stack.setIndex(0)
    assert session.spec.sections.limits == {}
    assert box.line.text() == "5"


def test_what_is_no_limit_is_not_taken(qtbot: Any, tab: SectionsTab) -> None:
    box = tab.rows["key-points"].limit
    assert box is not None
    box.line.setFocus()
    box.line.selectAll()
    qtbot.keyClicks(box.line, "0")
    qtbot.keyClick(box.line, Qt.Key.Key_Tab)

    assert box.line.text() == "5"
    assert tab.session.spec.sections.limits == {}
    assert not tab.session.undo_stack.canUndo()


def test_what_is_not_counted_has_no_limit(tab: SectionsTab) -> None:
    assert tab.rows["judgements"].limit is None
    assert tab.rows["annex"].limit is None


def test_how_many_facts_a_section_prints(tab: SectionsTab) -> None:
    counts = {"key-points": SectionCount(5, 12), "chronology": SectionCount(7, 7)}
    made = Preview(
        b"", "T", 1, 1, None, (), (), (), (), "", "",
        sections=tuple(tab.rows), section_counts=counts,
    )  # fmt: skip
    tab.session.pages_made.emit(made)

    assert tab.rows["key-points"].count.text() == "5 of 12 facts"
    assert tab.rows["chronology"].count.text() == "all 7 facts"
    assert "Prints 5 of 12 facts" in tab.rows["key-points"].box.accessibleDescription()


# --- order ------------------------------------------------------------------------------------


def shown(tab: SectionsTab) -> list[str]:
    """The ids of the rows as they stand on the screen."""
    everything = {**tab.rows, **tab.own_rows}
    return sorted(everything, key=lambda id_: everything[id_].mapTo(tab.inside, QPoint()).y())


def test_a_section_moves_by_its_button_and_keeps_the_focus(qtbot: Any, tab: SectionsTab) -> None:
    first = tab.rows["key-points"]
    first.down.setFocus()
    qtbot.keyClick(first.down, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: shown(tab)[1:3] == ["judgements", "key-points"])

    assert tab.session.spec.sections.order == ("judgements", "key-points")
    assert first.down.hasFocus()
    assert tab.session.undo_stack.undoText() == "Move “Key points”"
    assert "order of your own" in tab.intro.text()

    tab.session.undo_stack.undo()
    qtbot.waitUntil(lambda: shown(tab) == list(tab.rows))


def test_a_section_moves_by_alt_and_arrows(qtbot: Any, tab: SectionsTab) -> None:
    box = tab.rows["judgements"].box
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(box, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(box, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)  # it is the first by now

    qtbot.waitUntil(lambda: shown(tab)[:3] == ["judgements", "bottom-line", "key-points"])
    assert box.hasFocus()
    qtbot.mouseClick(tab.unorder_button, Qt.MouseButton.LeftButton)
    assert tab.session.spec.sections.order == ()


def test_a_section_is_dragged(qtbot: Any, tab: SectionsTab) -> None:
    moved, target = tab.rows["judgements"], tab.rows["bottom-line"]
    handle = moved.handle
    up = handle.mapFromGlobal(target.mapToGlobal(QPoint(10, 2)))
    qtbot.mousePress(handle, Qt.MouseButton.LeftButton)
    qtbot.mouseMove(handle, up)
    assert tab.findChild(DropLine).isVisible()
    qtbot.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=up)

    assert not tab.findChild(DropLine).isVisible()
    assert tab.session.spec.sections.order == ("judgements", "bottom-line", "key-points")


def test_a_drag_is_given_up_with_escape(qtbot: Any, tab: SectionsTab) -> None:
    handle = tab.rows["judgements"].handle
    qtbot.mousePress(handle, Qt.MouseButton.LeftButton)
    qtbot.mouseMove(handle, QPoint(5, -200))
    qtbot.keyClick(handle, Qt.Key.Key_Escape)
    qtbot.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=QPoint(5, -200))

    assert tab.session.spec.sections.order == ()
    assert QWidget.keyboardGrabber() is None


# --- sections of one's own ---------------------------------------------------------------------


def test_a_section_of_ones_own(qtbot: Any, tab: SectionsTab) -> None:
    session = tab.session
    qtbot.mouseClick(tab.add_button, Qt.MouseButton.LeftButton)
    made = tab.draft
    assert made is not None
    assert made.heading.hasFocus()
    qtbot.keyClicks(made.heading, "Outlook")
    assert session.spec.sections.add == (), "it says nothing yet"
    made.text.setFocus()
    qtbot.keyClicks(made.text, "Talks go on [@oil")
    qtbot.keyClick(made.text.suggesting.popup, Qt.Key.Key_Return)

    assert session.spec.sections.add == (
        OwnSection("outlook", "Outlook", "Talks go on [@oil-talks]"),
    )
    assert made.text.hasFocus()
    assert tab.draft is None
    assert made.count.text() == "3 words"
    assert title(tab) == "Sections 13"
    assert shown(tab)[8:10] == ["outlook", "annex"]

    made.after.setCurrentIndex(made.after.findData("key-points"))
    made.after.activated.emit(made.after.currentIndex())
    qtbot.waitUntil(lambda: shown(tab)[2] == "outlook")
    assert session.spec.sections.add[0].after == "key-points"

    session.undo_stack.undo()
    session.undo_stack.undo()
    assert session.spec.sections.add == ()
    assert tab.own_rows == {}
    session.undo_stack.redo()
    assert tab.own_rows["outlook"].text.value() == "Talks go on [@oil-talks]"


def test_a_section_of_ones_own_is_removed_and_comes_back(
    open_window: OpenWindow, qtbot: Any
) -> None:
    own = OwnSection("outlook", "Outlook", "So.", "key-points")
    tab = tab_of(open_window(BriefSpec(sections=SectionEdits(add=(own,)))))
    qtbot.mouseClick(tab.own_rows["outlook"].away, Qt.MouseButton.LeftButton)

    assert tab.session.spec.sections.add == ()
    assert tab.session.undo_stack.undoText() == "Remove the section “Outlook”"
    tab.session.undo_stack.undo()
    assert tab.session.spec.sections.add == (own,)
    qtbot.waitUntil(lambda: shown(tab)[2] == "outlook")


def test_a_brief_with_edits_on_sections_reads_back(open_window: OpenWindow, tmp_path: Path) -> None:
    edits = SectionEdits(
        order=("judgements", "key-points"),
        limits={"key-points": 3},
        add=(OwnSection("outlook", "Outlook", "So.", "key-points"),),
    )
    spec = tab_of(open_window(BriefSpec(sections=edits))).session.spec
    file = tmp_path / "a.brief.yaml"
    file.write_bytes(write_spec(spec, tmp_path))
    assert read_spec(file).sections == edits


# --- first words on topics ---------------------------------------------------------------------


def test_first_words_on_a_topic(qtbot: Any, tab: SectionsTab) -> None:
    leads = tab.rows["topics"].leads
    assert leads is not None
    assert leads.fields == {}, "folded until somebody wants to write one"
    qtbot.mouseClick(leads.opener, Qt.MouseButton.LeftButton)
    assert list(leads.fields) == ["energy", "trade", "defence"]
    field = leads.fields["energy"].field
    field.setFocus()
    qtbot.keyClicks(field, "Energy first.")

    session = tab.session
    assert session.spec.sections.leads == {"energy": "Energy first."}
    assert leads.opener.text() == "First words on each topic (1 written)"
    assert field.hasFocus()
    session.undo_stack.undo()
    assert session.spec.sections.leads == {}
    assert field.value() == ""


# --- key points, and sentences for several facts -----------------------------------------------


def test_a_key_point_of_the_base_is_none_here_and_one_again(tab: SectionsTab) -> None:
    session = tab.session
    made = Preview(
        b"", "T", 1, 1, None, (), ("oil-talks",), (), (), "", "",
        printed={"oil-talks": Printed("Key points", 1, "key-points")},
    )  # fmt: skip
    session.preview = made
    session.pages_made.emit(made)
    box = tab.key_points.boxes["oil-talks"]
    assert box.isVisible()
    assert box.isChecked()

    box.click()
    assert session.spec.edits.unkey == ("oil-talks",)
    assert not box.isChecked()
    box.click()
    assert session.spec.edits == Edits()
    session.undo_stack.undo()
    assert session.spec.edits.unkey == ("oil-talks",)


def test_sentences_are_printed_singly_joined_again_and_removed(
    open_window: OpenWindow, qtbot: Any
) -> None:
    own = Passage("both", "Talks opened [@oil-talks] and gas came [@gas-agreed].",
                  ("oil-talks", "gas-agreed"))  # fmt: skip
    tab = tab_of(open_window(BriefSpec(passages=Passages(add=(own,)))))
    session, shown = tab.session, tab.sentences.rows["both"]
    assert shown.text.text() == "Talks opened and gas came."
    with qtbot.waitSignal(session.passage_asked) as asked:
        qtbot.mouseClick(shown.edit, Qt.MouseButton.LeftButton)
    assert asked.args == ["both"]

    qtbot.mouseClick(shown.split, Qt.MouseButton.LeftButton)
    assert session.spec.passages.split == ("both",)
    assert shown.split.text() == "Print as one sentence again"
    qtbot.mouseClick(shown.split, Qt.MouseButton.LeftButton)
    assert session.spec.passages.split == ()

    qtbot.mouseClick(shown.away, Qt.MouseButton.LeftButton)
    assert session.spec.passages == Passages()
    assert tab.sentences.rows == {}
    session.undo_stack.undo()
    assert session.spec.passages == Passages(add=(own,))
