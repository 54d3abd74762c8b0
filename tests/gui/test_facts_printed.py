"""Rows say where their facts are printed; a click, a key or the menu shows the place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from briefgen.brief.spec.model import BriefSpec
from briefgen.gui.facts import FactsTab
from briefgen.gui.sections import SectionsTab
from briefgen.gui.strip import RemarkButton, RemarkRow
from briefgen.gui.view_models.pages.preview import Preview
from briefgen.gui.view_models.pages.printed import LEFT_OUT, Printed
from briefgen.gui.view_models.pages.warned import warned
from briefgen.gui.window import MainWindow
from briefgen.select.model import Selection
from gui.conftest import shared_window

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
PRINTED = {
    "oil-talks": Printed("Key points", 1, "key-points"),
    "gas-agreed": Printed("Energy", 2, "topics"),
    "gas-not-agreed": Printed("Energy", 2, "topics"),
    "trade-2013": Printed("annex only", 4, "chronology"),
    "trade-old": Printed("not printed: limit of 5", 0, "key-points", on_pages=False),
    "exercise": Printed("not printed: no section takes it", on_pages=False),
}


@pytest.fixture(scope="module")
def only_window(qapp: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    """One window for all tests in here, without those parts that start processes."""
    parts = ("files", "scope", "facts", "sections")
    with shared_window(tmp_path_factory.mktemp("printed"), parts) as window:
        yield window


@pytest.fixture
def part(only_window: MainWindow) -> FactsTab:
    """The list of a new brief, with pages made of it."""
    only_window.session.set_brief(BriefSpec())
    found = only_window.facts_part
    assert isinstance(found, FactsTab)
    only_window.tabs.setCurrentWidget(found)
    choose(found, "All")
    come(found)
    return found


def come(part: FactsTab, printed: Mapping[str, Printed] = PRINTED) -> None:
    """Pages come that print facts so."""
    session = part.session
    session.preview = Preview(
        b"", "T", 4, 4, None, (), (), (), (), "", "", printed=dict(printed)
    )  # fmt: skip
    session.pages_made.emit(session.preview)


def choose(part: FactsTab, text: str) -> None:
    """Choose what is shown, as with the mouse."""
    (number,) = (
        n for n in range(part.printed.count()) if part.printed.itemText(n).startswith(text)
    )
    part.printed.setCurrentIndex(number)
    part.printed.activated.emit(number)


def rows(part: FactsTab) -> list[str]:
    return part.model.ids(part.model.shown_places())


def place(part: FactsTab, id_: str) -> int:
    found = part.model.place_of(id_)
    assert found is not None
    return found


def words(part: FactsTab, id_: str) -> str:
    where = part.model.printed_of(part.model.row_for(place(part, id_)))
    return where.words if where is not None else ""


def click_words(part: FactsTab, id_: str) -> None:
    at = part.view.printed_rect(place(part, id_)).center()
    QTest.mouseClick(part.view.viewport(), LEFT, NONE, at)


def asked_of(part: FactsTab) -> list[tuple[str, str]]:
    """What the pages and the sections are asked to show from now on."""
    asked: list[tuple[str, str]] = []
    part.session.place_asked.connect(lambda id_: asked.append(("place", id_)))
    part.session.section_asked.connect(lambda id_: asked.append(("section", id_)))
    return asked


def test_each_row_says_where_its_fact_is_printed(part: FactsTab) -> None:
    assert words(part, "oil-talks") == "Key points · p. 1"
    assert words(part, "trade-2013") == "annex only · p. 4"
    assert words(part, "trade-old") == "not printed: limit of 5"
    heard = part.model.index(part.model.row_of(place(part, "gas-agreed")))
    said = heard.data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.endswith("B3. Energy · p. 2")


def test_rows_are_as_high_with_the_words_as_without(part: FactsTab) -> None:
    header = part.view.verticalHeader()
    heights = [header.sectionSize(row) for row in range(part.model.rowCount())]
    come(part, {})
    assert words(part, "oil-talks") == ""
    part.view.measure_anew()
    assert [header.sectionSize(row) for row in range(part.model.rowCount())] == heights


def test_what_is_left_out_says_so_before_pages_come(part: FactsTab) -> None:
    QTest.mouseClick(
        part.view.viewport(), LEFT, NONE, part.view.box_rect(place(part, "oil-talks")).center()
    )
    assert words(part, "oil-talks") == "left out"
    assert part.view.printed_rect(place(part, "oil-talks")).isEmpty(), "it leads nowhere"
    part.session.undo_stack.undo()
    assert words(part, "oil-talks") == "Key points · p. 1", "old words stay until pages come"


def test_a_click_on_the_words_shows_the_place(part: FactsTab) -> None:
    asked = asked_of(part)
    click_words(part, "gas-agreed")
    assert asked == [("place", "gas-agreed")]
    assert part.current_fact() == "gas-agreed"
    assert part.session.spec.edits == BriefSpec().edits, "nothing of the brief is changed"


def test_pressed_on_the_words_and_let_go_elsewhere_shows_nothing(part: FactsTab) -> None:
    asked = asked_of(part)
    rect = part.view.printed_rect(place(part, "gas-agreed"))
    QTest.mousePress(part.view.viewport(), LEFT, NONE, rect.center())
    QTest.mouseRelease(part.view.viewport(), LEFT, NONE, rect.center() - QPoint(300, 0))
    assert asked == []


def test_the_pointer_tells_what_can_be_clicked(part: FactsTab) -> None:
    viewport = part.view.viewport()
    rect = part.view.printed_rect(place(part, "oil-talks"))
    QTest.mouseMove(viewport, rect.center())
    part.view._hover(rect.center())
    assert viewport.cursor().shape() == Qt.CursorShape.PointingHandCursor
    part.view._hover(rect.center() - QPoint(300, 0))
    assert viewport.cursor().shape() == Qt.CursorShape.ArrowCursor


def test_the_key_and_the_menu_do_the_same(part: FactsTab) -> None:
    asked = asked_of(part)
    part.show_fact("oil-talks")
    part.view.setFocus()
    QTest.keyClick(part.view, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    entry = part.menu.actions["printed"]
    assert entry.text().replace("&", "") == "Show on the pages"
    entry.trigger()
    assert asked == [("place", "oil-talks")] * 2

    part.show_fact("trade-old")
    assert entry.text().replace("&", "") == "Show why it is not printed"


def test_what_keeps_a_fact_from_the_pages_is_opened(part: FactsTab) -> None:
    window = part.window_
    click_words(part, "trade-old")
    tab = window.findChild(SectionsTab)
    assert isinstance(tab, SectionsTab)
    assert window.tabs.currentWidget() is tab
    box = tab.rows["key-points"].box
    assert QGuiApplication.focusObject() is box
    assert tab.viewport().rect().contains(box.mapTo(tab.viewport(), box.rect().center()))

    window.tabs.setCurrentWidget(part)
    click_words(part, "exercise")
    assert window.tabs.currentWidget() is tab, "no section is to blame: all of them are shown"


def test_those_on_the_pages_and_those_that_are_not(part: FactsTab) -> None:
    texts = [part.printed.itemText(number) for number in range(3)]
    assert texts == ["All · 6", "On the pages · 4", "Not on the pages · 2"]
    choose(part, "Not")
    assert rows(part) == ["trade-old", "exercise"]
    choose(part, "On")
    assert rows(part) == ["oil-talks", "gas-agreed", "gas-not-agreed", "trade-2013"]
    assert part.session.undo_stack.count() == 0, "it is a view, and no part of the brief"
    assert part.window_.tabs.tabText(part.window_.tabs.indexOf(part)) == "Facts 6"


def test_nothing_goes_from_under_the_pointer(part: FactsTab) -> None:
    choose(part, "On")
    QTest.mouseClick(
        part.view.viewport(), LEFT, NONE, part.view.box_rect(place(part, "oil-talks")).center()
    )
    come(part, {**PRINTED, "oil-talks": LEFT_OUT})
    assert rows(part)[0] == "oil-talks", "it stays while one works on it"
    assert part.printed.itemText(1) == "On the pages · 3"
    choose(part, "On")
    assert "oil-talks" not in rows(part)


def test_another_scope_begins_anew_when_its_pages_come(part: FactsTab) -> None:
    choose(part, "Not")
    session = part.session
    session.edit("Draft", replace(session.spec, select=Selection(status=("current", "draft"))))
    assert "trade-draft" in rows(part), "the pages that print it have not come yet"
    come(part, {**PRINTED, "trade-draft": Printed("Trade", 1, "topics")})
    assert rows(part) == ["trade-old", "exercise"]


def test_an_empty_choice_says_so_and_leads_back(part: FactsTab) -> None:
    everywhere = dict.fromkeys(PRINTED, Printed("Energy", 1, "topics"))
    come(part, everywhere)
    choose(part, "Not")
    assert part.stack.currentWidget() is part.nothing
    assert part.nothing.reason.text() == "Every fact of the list is on the pages."
    QTest.mouseClick(part.nothing.way_out, LEFT)
    assert len(rows(part)) == 6


def test_hidden_facts_keep_their_order_when_others_are_moved(part: FactsTab) -> None:
    choose(part, "On")
    part.show_fact("gas-not-agreed")
    part.view.setFocus()
    QTest.keyClick(part.view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert rows(part)[:3] == ["oil-talks", "gas-not-agreed", "gas-agreed"]
    choose(part, "All")
    assert rows(part)[3:] == ["trade-2013", "trade-old", "exercise"]


def test_a_new_brief_has_no_words_of_the_old_one(part: FactsTab) -> None:
    part.session.set_brief(BriefSpec(title="Another"))
    assert words(part, "oil-talks") == ""
    assert part.printed.itemText(1) == "On the pages"
    assert not part.menu.actions["printed"].isEnabled()


def test_what_the_list_does_not_show_is_in_the_scope_all_the_same(part: FactsTab) -> None:
    part.show_fact("oil-talks")
    choose(part, "Not on the pages")

    assert part.details.text.toPlainText().startswith("17 May 2011")
    assert "scope" not in part.details.text.toPlainText()


def test_a_remark_on_what_is_not_on_the_pages_leads_to_it_in_the_list(
    qtbot: Any, part: FactsTab
) -> None:
    window = part.window_
    remarks = RemarkRow(part.session)
    qtbot.addWidget(remarks)
    remarks.resize(900, 30)
    remarks.show()
    warning = "3 of 7 facts are printed nowhere: trade-old, exercise; select fewer"
    remarks.set_remarks((warned(warning, ("trade-old", "exercise")),))
    window.tabs.setCurrentIndex(1)
    (button,) = remarks.findChildren(RemarkButton)
    assert button.text() == "3 of 7 facts are not on the pages"

    qtbot.mouseClick(button, LEFT)

    assert window.tabs.currentWidget() is part
    assert part.printed.shown == "off"
    assert set(rows(part)) >= {"trade-old", "exercise"}
    assert "oil-talks" not in rows(part)
