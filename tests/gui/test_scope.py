"""The scope, driven as a person does: ticks, drags, keys and typing; each one can be undone."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from briefgen.brief.spec.model import BriefSpec
from briefgen.dates import parse_edtf
from briefgen.gui.scope.filter_button import FilterButton
from briefgen.gui.scope.panel import ScopePanel
from briefgen.gui.widgets.tick_rows import COUNT
from briefgen.gui.window import MainWindow
from briefgen.select.model import Selection

LEFT = Qt.MouseButton.LeftButton
NO_KEYS = Qt.KeyboardModifier.NoModifier


def panel_of(window: MainWindow) -> ScopePanel:
    (panel,) = window.parts["scope"].findChildren(ScopePanel)
    return panel


def asked(window: MainWindow) -> Selection:
    return window.session.spec.select


def select(window: MainWindow, **changes: Any) -> None:
    """Change the brief as another part of the window would."""
    spec = window.session.spec
    window.session.edit("Select", replace(spec, select=replace(spec.select, **changes)))


def range_of(window: MainWindow) -> tuple[str | None, str | None]:
    start, end = asked(window).start, asked(window).end
    return start and start.text, end and end.text


# --- topics ---------------------------------------------------------------------------------------


def topic(panel: ScopePanel, label: str) -> QModelIndex:
    """Where a topic stands in the tree."""

    def search(above: QModelIndex) -> QModelIndex | None:
        for row in range(model.rowCount(above)):
            index = model.index(row, 0, above)
            if index.data() == label:
                return index
            found = search(index)
            if found is not None:
                return found
        return None

    model: QAbstractItemModel = panel.topics.model
    found = search(QModelIndex())
    assert found is not None
    return found


def click(panel: ScopePanel, label: str) -> None:
    view = panel.topics.view
    index = topic(panel, label)
    view.scrollTo(index)
    QTest.mouseClick(view.viewport(), LEFT, NO_KEYS, view.visualRect(index).center())


def boxes(panel: ScopePanel) -> dict[str, str]:
    """Each topic's box, `x`, `-` or a dot, and its count."""
    marks = {
        Qt.CheckState.Checked: "x", Qt.CheckState.PartiallyChecked: "-",
        Qt.CheckState.Unchecked: ".",
    }  # fmt: skip
    found = {}
    for label in ("Energy", "Oil", "Gas", "Trade", "Defence"):
        index = topic(panel, label)
        state = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole))
        found[label] = f"{marks[state]}{index.data(COUNT)}"
    return found


def test_topics_are_ticked_and_counted(window: MainWindow) -> None:
    panel = panel_of(window)
    assert boxes(panel) == {
        "Energy": "x3", "Oil": "x1", "Gas": "x2", "Trade": "x2", "Defence": "x1",
    }  # fmt: skip

    click(panel, "Gas")

    assert asked(window).topics == ("energy.oil", "trade", "defence")
    assert boxes(panel)["Energy"] == "-3"
    click(panel, "Trade")
    click(panel, "Gas")
    assert asked(window).topics == ("energy", "defence")
    click(panel, "Trade")
    assert asked(window).topics == ()


def test_a_topic_is_ticked_by_the_space_bar(window: MainWindow) -> None:
    panel = panel_of(window)
    view = panel.topics.view
    view.setFocus()
    view.setCurrentIndex(topic(panel, "Defence"))

    QTest.keyClick(view, Qt.Key.Key_Space)

    assert asked(window).topics == ("energy", "trade")
    assert topic(panel, "Defence").data(Qt.ItemDataRole.AccessibleTextRole) == "Defence, 1 fact"


def test_the_last_topic_stays_and_it_is_said_why(window: MainWindow) -> None:
    panel = panel_of(window)
    select(window, topics=("trade",))

    click(panel, "Trade")

    assert asked(window).topics == ("trade",)
    assert "at least one topic" in window.messages.message
    panel.topics.all_button.click()
    assert asked(window).topics == ()
    assert panel.topics.all_button.isHidden()


def test_one_topic_can_be_chosen_alone(qtbot: Any, window: MainWindow) -> None:
    panel = panel_of(window)
    panel.topics.view.menu_asked.emit("energy.gas", QPoint(0, 0))
    (menu,) = panel.topics.findChildren(QMenu)
    only = menu.actions()[0]
    assert only.text() == "Only this topic"
    only.trigger()
    menu.close()

    assert asked(window).topics == ("energy.gas",)


def test_counts_follow_all_other_filters(window: MainWindow) -> None:
    panel = panel_of(window)
    select(window, start=parse_edtf("2012"), topics=("defence",), actors=("russia",))

    assert boxes(panel) == {
        "Energy": ".1", "Oil": ".0", "Gas": ".1", "Trade": ".0", "Defence": "x1",
    }  # fmt: skip


def test_topics_that_the_base_does_not_know_can_be_taken_away(
    open_window: Callable[..., MainWindow],
) -> None:
    window = open_window(BriefSpec(select=Selection(topics=("energy.coal", "trade"))))
    panel = panel_of(window)
    (chip,) = panel.topics.unknown.chips
    assert chip.accessibleName() == "Remove energy.coal"
    assert chip.accessibleDescription() == "This base has no such topic"

    QTest.mouseClick(chip, LEFT)

    assert asked(window).topics == ("trade",)
    assert panel.topics.unknown.isHidden()


def test_the_tree_is_a_sound_model(window: MainWindow) -> None:
    panel = panel_of(window)
    tester = QAbstractItemModelTester(
        panel.topics.model, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    click(panel, "Gas")
    panel.topics.base_opened()
    panel.topics.refresh()
    assert tester.model() is panel.topics.model


def test_what_was_closed_stays_closed_when_the_base_is_read_anew(
    window: MainWindow, base: Path
) -> None:
    panel = panel_of(window)
    panel.topics.view.collapse(topic(panel, "Energy"))
    file = base / "base.yaml"
    text = file.read_text(encoding="utf-8")
    more = text.replace("defence: Defence", "defence: Defence, transport: Transport")
    file.write_text(more, encoding="utf-8")

    window.session.reload_base()

    assert topic(panel, "Transport").data(COUNT) == 0
    assert not panel.topics.view.isExpanded(topic(panel, "Energy"))


# --- dates ----------------------------------------------------------------------------------------


def drag(picker: QWidget, *places: float) -> None:
    """Press at the first place, move over the others, let go at the last."""
    points = [QPoint(round(place), 20) for place in places]
    QTest.mousePress(picker, LEFT, NO_KEYS, points[0])
    for point in points[1:]:
        QTest.mouseMove(picker, point)
    QTest.mouseRelease(picker, LEFT, NO_KEYS, points[-1])


def test_a_handle_is_dragged_in_one_step_that_can_be_undone(window: MainWindow) -> None:
    picker = panel_of(window).dates.picker  # 2011 to 2016, by year
    before = window.session.undo_stack.count()

    drag(picker, picker.x_of(0), picker.x_of(1) + 2, picker.x_of(3) + 1, picker.x_of(2))

    assert range_of(window) == ("2013", None)
    assert panel_of(window).dates.start.text() == "2013"
    assert window.session.undo_stack.count() == before + 1
    window.session.undo_stack.undo()
    assert range_of(window) == (None, None)
    assert panel_of(window).dates.start.text() == ""


def test_the_whole_range_is_dragged(window: MainWindow) -> None:
    picker = panel_of(window).dates.picker
    select(window, start=parse_edtf("2012-03"), end=parse_edtf("2013"))

    drag(picker, picker.x_of(2), picker.x_of(2) + 5, picker.x_of(4))

    assert range_of(window) == ("2014", "2015")
    drag(picker, picker.x_of(4), picker.x_of(0) - 50)  # as far as the base goes
    assert range_of(window) == (None, "2012")


def test_an_end_that_is_not_dragged_keeps_what_was_written(window: MainWindow) -> None:
    picker = panel_of(window).dates.picker
    select(window, start=parse_edtf("2012-03-15"))

    drag(picker, picker.x_of(6), picker.x_of(4))

    assert range_of(window) == ("2012-03-15", "2014")


def test_a_new_range_is_drawn_over_the_columns(window: MainWindow) -> None:
    picker = panel_of(window).dates.picker

    drag(picker, picker.x_of(1) + 12, picker.x_of(2) + 4)

    assert range_of(window) == ("2012", "2013")
    drag(picker, picker.x_of(3) + 12, picker.x_of(6) + 40)
    assert range_of(window) == ("2014", None)


def test_a_drag_is_given_up_with_escape(window: MainWindow) -> None:
    picker = panel_of(window).dates.picker
    before = window.session.undo_stack.count()
    QTest.mousePress(picker, LEFT, NO_KEYS, QPoint(round(picker.x_of(0)), 20))
    QTest.mouseMove(picker, QPoint(round(picker.x_of(2)), 20))
    assert range_of(window) == ("2013", None)

    QTest.keyClick(picker.start, Qt.Key.Key_Escape)

    QTest.mouseMove(picker, QPoint(round(picker.x_of(3)), 20))
    QTest.mouseRelease(picker, LEFT, NO_KEYS, QPoint(round(picker.x_of(3)), 20))
    assert range_of(window) == (None, None)
    assert window.session.undo_stack.count() == before


def test_handles_are_moved_by_keys_and_say_where_they_are(window: MainWindow) -> None:
    picker = panel_of(window).dates.picker
    assert picker.start.accessibleName() == "From the earliest fact"
    picker.start.setFocus()

    QTest.keyClick(picker.start, Qt.Key.Key_Right)
    QTest.keyClick(picker.start, Qt.Key.Key_Right)
    QTest.keyClick(picker.end, Qt.Key.Key_Left)

    assert range_of(window) == ("2013", "2015")
    assert picker.start.accessibleName() == "From 2013"
    assert picker.end.accessibleName() == "To 2015"
    QTest.keyClick(picker.start, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert range_of(window) == ("2012", "2014")
    for _ in range(9):  # they cannot cross
        QTest.keyClick(picker.start, Qt.Key.Key_Right)
    assert range_of(window) == ("2014", "2014")
    QTest.keyClick(picker.start, Qt.Key.Key_Home)
    assert range_of(window) == (None, "2014")


def test_columns_tell_what_they_hold(window: MainWindow) -> None:
    picker = panel_of(window).dates.picker
    assert picker.accessibleDescription() == "2011: 1; 2012: 2; 2013: 1; 2016: 1"
    assert picker.tip_at(picker.x_of(1) + 3) == "2012: 2 facts"


def test_dates_are_typed_and_an_empty_field_is_open(window: MainWindow) -> None:
    dates = panel_of(window).dates

    QTest.keyClicks(dates.start, "2011-05")
    assert range_of(window) == ("2011-05", None)
    QTest.keyClicks(dates.end, "Sept 2016")
    QTest.keyClick(dates.end, Qt.Key.Key_Return)
    assert range_of(window) == ("2011-05", "2016-09")
    dates.start.selectAll()
    QTest.keyClick(dates.start, Qt.Key.Key_Backspace)
    assert range_of(window) == (None, "2016-09")


def test_wrong_dates_are_said_and_stay_as_they_were_typed(window: MainWindow) -> None:
    dates = panel_of(window).dates
    dates.start.setFocus()
    QTest.keyClicks(dates.start, "2011-0")
    assert not dates.start.property("state")  # not finished is not wrong
    assert dates.fault.isHidden()

    QTest.keyClicks(dates.start, "0")

    assert dates.start.property("state") == "wrong"
    assert "no month 00" in dates.fault.text()
    select(window, kinds=("event",))  # whatever happens elsewhere
    assert dates.start.text() == "2011-00"
    QTest.keyClick(dates.start, Qt.Key.Key_Backspace)
    QTest.keyClicks(dates.start, "5")
    assert range_of(window) == ("2011-05", None)
    assert not dates.start.property("state")
    assert dates.fault.isHidden()


def test_a_date_left_unfinished_is_wrong(window: MainWindow) -> None:
    dates = panel_of(window).dates
    QTest.keyClicks(dates.start, "201")
    QTest.keyClick(dates.start, Qt.Key.Key_Return)

    assert dates.start.property("state") == "wrong"
    assert "four digits" in dates.fault.text()
    assert range_of(window) == (None, None)


def test_dates_in_the_wrong_order_are_said_and_can_be_swapped(window: MainWindow) -> None:
    dates = panel_of(window).dates
    select(window, end=parse_edtf("2012"))

    QTest.keyClicks(dates.start, "2014")

    assert dates.fault.text() == "The range ends before it starts."
    assert range_of(window)[1] == "2012"
    QTest.mouseClick(dates.swap, LEFT)
    assert range_of(window) == ("2012", "2014")
    assert dates.fault.isHidden()


def test_both_dates_can_be_moved_on_one_after_the_other(window: MainWindow) -> None:
    dates = panel_of(window).dates
    select(window, start=parse_edtf("2011"), end=parse_edtf("2012"))
    for field, text in ((dates.start, "2014"), (dates.end, "2016")):
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)

    assert range_of(window) == ("2014", "2016")


def test_presets(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1466640000")  # 23 June 2016
    dates = panel_of(window).dates
    window.session.base_opened.emit()
    assert dates.presets["all"].isChecked()

    dates.presets["this year"].click()
    assert range_of(window) == ("2016", "2016")
    dates.presets["last 12 months"].click()
    assert range_of(window) == ("2012-02", "2013-01")  # 2016-09 had not come yet
    assert dates.presets["last 12 months"].isChecked()
    assert dates.presets["last 12 months"].toolTip() == "2012-02 to 2013-01: 3 facts"
    dates.presets["all"].click()
    assert range_of(window) == (None, None)
    assert not dates.presets["this year"].isChecked()


def test_undated_facts_are_taken_along_when_asked(window: MainWindow) -> None:
    dates = panel_of(window).dates
    assert not dates.undated.isEnabled()  # without dates they are taken in any case
    assert dates.undated.isChecked()
    select(window, start=parse_edtf("2011"))
    assert dates.undated.text() == "and 1 undated fact"
    assert not dates.undated.isChecked()

    QTest.mouseClick(dates.undated, LEFT, NO_KEYS, QPoint(8, 8))

    assert asked(window).undated
    select(window, topics=("energy",))
    assert dates.undated.text() == "and undated facts (none)"


def test_a_range_beyond_the_base_can_be_shown_and_taken_back(window: MainWindow) -> None:
    picker = panel_of(window).dates.picker
    select(window, start=parse_edtf("2050"))
    window.parts["scope"].grab()

    QTest.keyClick(picker.start, Qt.Key.Key_Home)

    assert range_of(window) == (None, None)


@pytest.mark.parametrize("dates", [[], ["-2500", "Y17000", "../2011"], ["2011-05/2011-06"]])
def test_bases_of_any_time_are_drawn(
    open_window: Callable[..., MainWindow], base: Path, dates: list[str]
) -> None:
    facts = [
        {"id": f"f{number}", "topics": ["trade"], "kind": "event", "statement": "One.",
         "cites": [{"source": "s1"}]} | ({"date": date} if date else {})
        for number, date in enumerate(dates or [""])
    ]  # fmt: skip
    (base / "facts" / "energy.yaml").unlink()
    (base / "facts" / "trade.yaml").write_text(json.dumps(facts), encoding="utf-8")
    window = open_window()
    picker = panel_of(window).dates.picker

    assert not window.parts["scope"].grab().isNull()
    assert picker.start.isHidden() == (not dates)
    if dates:
        QTest.keyClick(picker.end, Qt.Key.Key_Left)
        assert picker.end.accessibleName().startswith("To ")


# --- who and what ---------------------------------------------------------------------------------


def test_an_actor_is_found_by_an_alias_and_taken_away_again(qtbot: Any, window: MainWindow) -> None:
    actors = panel_of(window).actors
    actors.actor.setFocus()
    for letter in "росс":  # QTest knows the keys of Latin letters alone
        pressed = QKeyEvent(QEvent.Type.KeyPress, 0, NO_KEYS, letter)
        QApplication.sendEvent(actors.actor, pressed)
    qtbot.waitUntil(lambda: actors.actor.suggesting.is_open)
    (entry,) = actors.actor.suggesting.model.entries
    assert (entry.title, entry.told) == ("Russia", "Россия · 3 facts")

    QTest.keyClick(actors.actor.suggesting.popup, Qt.Key.Key_Return)

    assert asked(window).actors == ("russia",)
    assert actors.actor.text() == ""
    (chip,) = actors.actors.chips
    assert chip.accessibleName() == "Remove Russia, 3 facts"
    QTest.keyClick(chip, Qt.Key.Key_Space)
    assert asked(window).actors == ()
    assert actors.actors.isHidden()


def test_an_actor_that_nobody_is_called_is_said(qtbot: Any, window: MainWindow) -> None:
    actors = panel_of(window).actors
    QTest.keyClicks(actors.actor, "xyz")
    qtbot.waitUntil(lambda: actors.actor.suggesting.is_open)
    (entry,) = actors.actor.suggesting.model.entries
    assert (entry.title, entry.enabled) == ("No actor has a name like that", False)
    actors.actor.suggesting.close()


def menu_of(choice: FilterButton) -> dict[str, Any]:
    """The entries of a menu by their words."""
    choice.fill()
    menu = choice.menu()
    assert isinstance(menu, QMenu)
    return {action.text().partition("\t")[0]: action for action in menu.actions() if action.text()}


def test_several_kinds_are_chosen_in_a_menu_that_stays_open(qtbot: Any, window: MainWindow) -> None:
    actors = panel_of(window).actors
    menu = cast(QMenu, actors.kinds.menu())
    menu.popup(window.mapToGlobal(QPoint(0, 0)))
    qtbot.waitUntil(menu.isVisible)
    entries = menu_of(actors.kinds)
    assert [entries[name].text() for name in ("All kinds", "Events", "Figures")] == [
        "All kinds\t6", "Events\t2", "Figures\t1",
    ]  # fmt: skip

    for name in ("Events", "Figures"):
        place: QRect = menu.actionGeometry(entries[name])
        QTest.mouseClick(menu, LEFT, NO_KEYS, place.center())

    assert menu.isVisible()
    assert asked(window).kinds == ("event", "figure")
    assert actors.kinds.value == "Events, Figures"
    assert entries["Events"].isChecked()
    assert not entries["All kinds"].isChecked()
    QTest.mouseClick(menu, LEFT, NO_KEYS, menu.actionGeometry(entries["All kinds"]).center())
    assert asked(window).kinds == ()
    menu.close()


def test_least_grades_are_chosen_with_what_they_would_leave(window: MainWindow) -> None:
    actors = panel_of(window).actors
    entries = menu_of(actors.reliability)
    assert entries["Any grade"].text() == "Any grade\t6"
    assert entries["Source B or better: usually reliable"].text().endswith("\t4")

    entries["Source B or better: usually reliable"].trigger()
    menu_of(actors.credibility)["Credibility 2 or better: probably true"].trigger()
    menu_of(actors.credibility)["With a least grade: ungraded too"].trigger()

    assert asked(window).min_reliability == "B"
    assert asked(window).min_credibility == 2
    assert asked(window).ungraded
    assert actors.reliability.value == "Source B or better, or ungraded"
    assert actors.reliability.accessibleName().endswith(": Source B or better, or ungraded")
    menu_of(actors.reliability)["Any grade"].trigger()
    assert asked(window).min_reliability is None


def test_drafts_are_added_and_one_status_stays(window: MainWindow) -> None:
    actors = panel_of(window).actors
    menu_of(actors.status)["Drafts"].trigger()
    assert asked(window).status == ("current", "draft")
    menu_of(actors.status)["Current"].trigger()
    assert asked(window).status == ("draft",)
    menu_of(actors.status)["Drafts"].trigger()
    assert asked(window).status == ("current",)


def test_filters_behind_more_are_told_of_when_they_are_at_work(window: MainWindow) -> None:
    actors = panel_of(window).actors
    assert actors.rare.isHidden()
    select(window, min_credibility=3, status=("current", "draft"))
    assert actors.more.text() == "More filters (2 set)"

    QTest.mouseClick(actors.more, LEFT)

    assert actors.rare.isVisible()
    assert actors.more.text() == "Fewer filters"
    assert window.memory.value("scope/more", type=bool)


# --- as a whole -----------------------------------------------------------------------------------


def test_a_source_is_found_by_its_title_and_taken_away_again(
    qtbot: Any, window: MainWindow
) -> None:
    group = panel_of(window).actors
    QTest.mouseClick(group.more, LEFT)
    sources = group.sources
    sources.source.setFocus()
    QTest.keyClicks(sources.source, "yearb")
    qtbot.waitUntil(lambda: sources.source.suggesting.is_open)
    (entry,) = sources.source.suggesting.model.entries
    assert (entry.title, entry.told) == ("Trade yearbook", "2013 · 3 facts")
    QTest.keyClick(sources.source.suggesting.popup, Qt.Key.Key_Return)

    assert asked(window).sources == ("s2",)
    assert window.facts_part.model.ids(window.facts_part.model.shown_places()) == [
        "gas-agreed", "gas-not-agreed", "trade-2013",
    ]  # fmt: skip
    (chip,) = sources.sources.chips
    assert "Trade yearbook" in chip.accessibleName()
    window.session.undo_stack.undo()
    assert asked(window).sources == ()
    assert sources.sources.isHidden()


def test_a_base_without_markings_has_no_filter_for_them(window: MainWindow) -> None:
    group = panel_of(window).actors
    QTest.mouseClick(group.more, LEFT)
    assert group.rare.isVisible()
    assert not group.marking.isVisible()


def test_markings_are_chosen_with_their_counts(
    open_window: Callable[..., MainWindow], base: Path
) -> None:
    head = base / "base.yaml"
    head.write_text(head.read_text("utf-8") + "markings: [OFFICIAL, SECRET]\n", "utf-8")
    facts = base / "facts" / "energy.yaml"
    text = facts.read_text("utf-8").replace("  key: true\n", "  key: true\n  marking: SECRET\n")
    facts.write_text(text, "utf-8")
    window = open_window()
    group = panel_of(window).actors
    QTest.mouseClick(group.more, LEFT)
    assert group.marking.isVisible()
    group.marking.fill()
    told = [action.text() for action in group.marking._actions]
    assert told == ["Any marking\t6", "OFFICIAL, or none\t5", "SECRET\t1"]
    group.marking._actions[1].trigger()
    assert asked(window).markings == ("OFFICIAL",)
    assert group.marking.value == "OFFICIAL"
    assert "oil-talks" not in window.facts_part.model.ids(window.facts_part.model.shown_places())
    QTest.mouseClick(group.more, LEFT)
    assert group.more.text() == "More filters (1 set)"
    window.session.undo_stack.undo()
    assert asked(window).markings == ()


def test_words_without_letters_do_not_stop_the_counting(window: MainWindow) -> None:
    select(window, text="!!")
    assert boxes(panel_of(window))["Energy"] == "x3"


def test_all_fits_without_scrolling_in_a_small_window(window: MainWindow) -> None:
    window.resize(1280, 720)
    QApplication.processEvents()
    panel = panel_of(window)
    assert panel.verticalScrollBar().maximum() == 0
    assert panel.topics.view.viewport().height() >= 100


def test_every_control_can_be_reached_and_has_a_name(window: MainWindow) -> None:
    panel = panel_of(window)
    select(window, actors=("russia",), start=parse_edtf("2012"), topics=("energy",))
    for widget in panel.findChildren(QWidget):
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            named = widget.accessibleName() or getattr(widget, "text", str)()
            assert named, widget
