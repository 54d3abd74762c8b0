"""The list of facts: tick, pin, star, reword, move, search, copy; all of it undone again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest

from briefgen.brief.spec.model import BriefSpec, Edits
from briefgen.direction import begins_right_to_left
from briefgen.gui import look
from briefgen.gui.facts import FactsTab
from briefgen.gui.facts.row_layout import laid_out
from briefgen.gui.window import MainWindow
from briefgen.select.model import Selection

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier

ALL = [
    "# Energy", "oil-talks", "gas-agreed", "gas-not-agreed",
    "# Trade", "trade-2013", "trade-old",
    "# Defence", "exercise",
]  # fmt: skip


@pytest.fixture
def part(window: MainWindow) -> FactsTab:
    window.tabs.setCurrentWidget(window.facts_part)
    return window.facts_part


def rows(part: FactsTab) -> list[str]:
    """The list as one reads it: headings with a hash, facts by their ids."""
    model, told = part.model, []
    for number in range(model.rowCount()):
        group, row = model.group_at(number), model.fact_row(number)
        told.append(f"# {group.label}" if group else row.card.id)  # type: ignore[union-attr]
    return told


def place(part: FactsTab, id_: str) -> int:
    for number in range(part.model.rowCount()):
        row = part.model.fact_row(number)
        if row is not None and row.card.id == id_:
            return row.place
    raise AssertionError(f"{id_} is not listed")


def shown(part: FactsTab, id_: str) -> Any:
    return part.model.row_for(place(part, id_))


def click(part: FactsTab, id_: str, modifier: Qt.KeyboardModifier = NONE) -> None:
    view = part.view
    at = view.rect_of(place(part, id_)).topLeft() + QPoint(120, 12)
    QTest.mouseClick(view.viewport(), LEFT, modifier, at)


def click_box(part: FactsTab, id_: str) -> None:
    QTest.mouseClick(
        part.view.viewport(), LEFT, NONE, part.view.box_rect(place(part, id_)).center()
    )


def drag(part: FactsTab, id_: str, to: str, *, lower: bool) -> None:
    """Press on one fact, drag it to the upper or lower half of another, let go."""
    view = part.view
    start = view.rect_of(place(part, id_)).topLeft() + QPoint(120, 12)
    area = view.rect_of(place(part, to))
    end = QPoint(120, area.bottom() - 3 if lower else area.top() + 3)
    QTest.mousePress(view.viewport(), LEFT, NONE, start)
    for at in (start + QPoint(0, 6), start + QPoint(0, 12), end):
        QTest.mouseMove(view.viewport(), at)
        event_at(view, at)
    QTest.mouseRelease(view.viewport(), LEFT, NONE, end)


def event_at(view: Any, at: QPoint) -> None:
    """A move with the button held: QTest's own moves hold none."""
    from PySide6.QtCore import QEvent, QPointF
    from PySide6.QtGui import QMouseEvent
    from PySide6.QtWidgets import QApplication

    where = QPointF(at)
    around = QPointF(view.viewport().mapToGlobal(at))
    QApplication.sendEvent(
        view.viewport(), QMouseEvent(QEvent.Type.MouseMove, where, around, LEFT, LEFT, NONE)
    )


def keys(part: FactsTab, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(part.view, key, modifier)


def edits(part: FactsTab) -> Edits:
    return part.session.spec.edits


# --- what is listed ----------------------------------------------------------------------------


def test_facts_stand_under_their_topics_and_the_tab_counts_them(part: FactsTab) -> None:
    assert rows(part) == ALL
    assert part.window_.tabs.tabText(part.window_.tabs.indexOf(part)) == "Facts 6"
    row = shown(part, "gas-agreed")
    assert row.card.date.replace("\u00a0", " ") == "about 2012"
    assert (
        row.card.sourced.replace("\u00a0", " ")
        == "Daily Post, 18 May 2011, p. 4; Trade yearbook, 2013 · B3"
    )
    assert row.flags == [("warning", "▲ disputed")]


def test_grouped_by_date_and_remembered(
    part: FactsTab, open_window: Callable[..., MainWindow]
) -> None:
    part.grouping.setCurrentIndex(part.grouping.findText("By date"))

    assert rows(part) == [
        "# 2011", "oil-talks", "# 2012", "gas-agreed", "gas-not-agreed",
        "# 2013", "trade-2013", "# 2016", "exercise", "# Undated", "trade-old",
    ]  # fmt: skip
    assert open_window(memory=part.window_.memory).facts_part.by == "date"


def test_the_model_keeps_qts_rules(part: FactsTab) -> None:
    tester = QAbstractItemModelTester(
        part.model, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    session = part.session
    session.edit("Topics", replace(session.spec, select=Selection(topics=("energy",))))
    part.grouping.setCurrentIndex(1)
    session.edit("None", replace(session.spec, select=Selection(topics=("energy",), text="fair")))
    session.undo_stack.undo()

    assert tester.model() is part.model
    assert part.model.rowCount() == 5


def test_a_screen_reader_hears_all_that_is_shown(part: FactsTab) -> None:
    index = part.model.index(rows(part).index("oil-talks"))

    assert index.data(Qt.ItemDataRole.AccessibleTextRole).replace("\u00a0", " ") == (
        "17 May 2011. ★ key point. Russia and Pakistan opened talks on oil. "
        "Daily Post, 18 May 2011, p. 3 · B2"
    )


def test_rows_are_as_high_as_what_they_say(part: FactsTab) -> None:
    view = part.view
    session = part.session
    text = "Russia and Pakistan opened talks on oil. " * 8
    session.edit("Reword", replace(session.spec, edits=Edits(reword={"oil-talks": text.strip()})))

    row = view.rect_of(place(part, "oil-talks")).height()
    assert row > view.rect_of(place(part, "gas-agreed")).height() + 50
    layout = view.rows.layout_of(shown(part, "oil-talks"), view.viewport().width())
    assert layout.height == row
    assert layout.original is not None


@pytest.mark.parametrize(
    ("text", "right_to_left"),
    [("Oil.", False), ("شراكة", True), ("«שלום»", True), ("2012: Oil", False), ("…", False)],
)
def test_which_way_a_text_runs(text: str, right_to_left: bool) -> None:
    assert begins_right_to_left(text) is right_to_left


@pytest.mark.usefixtures("qapp")  # without it Qt has no fonts, and ends the process
def test_a_text_from_the_right_ends_on_the_left() -> None:
    text = "وزارت نفت."
    layout = laid_out(text, look.text_font(), 400)

    def left(place: int) -> float:
        # PySide hands the place back beside the coordinate.
        told: Any = layout.lineAt(0).cursorToX(place)
        return float(told[0])

    assert left(len(text)) < left(len(text) - 1) < left(0) <= 400


# --- ticking, pinning, starring ----------------------------------------------------------------


def test_a_click_on_the_box_leaves_a_fact_out_in_place(part: FactsTab) -> None:
    click_box(part, "gas-agreed")

    assert edits(part).exclude == ("gas-agreed",)
    assert rows(part) == ALL
    assert shown(part, "gas-agreed").left_out
    assert part.window_.tabs.tabText(part.window_.tabs.indexOf(part)) == "Facts 5"
    assert part.session.undo_stack.undoText() == "Leave out a fact"

    click_box(part, "gas-agreed")
    assert edits(part) == Edits()


def test_space_ticks_all_that_is_selected(part: FactsTab) -> None:
    click(part, "oil-talks")
    click(part, "gas-agreed", Qt.KeyboardModifier.ControlModifier)
    keys(part, Qt.Key.Key_Space)

    assert edits(part).exclude == ("oil-talks", "gas-agreed")
    part.session.undo_stack.undo()
    assert edits(part) == Edits()


def test_arrows_pass_over_headings(part: FactsTab) -> None:
    click(part, "gas-not-agreed")
    keys(part, Qt.Key.Key_Down)

    assert part.current_fact() == "trade-2013"
    keys(part, Qt.Key.Key_Up)
    assert part.current_fact() == "gas-not-agreed"


def test_what_is_pinned_stays_whatever_the_scope_says(part: FactsTab) -> None:
    click(part, "exercise")
    part.menu.actions["pin"].trigger()
    session = part.session
    session.edit("Topics", replace(session.spec, select=Selection(topics=("trade",))))

    assert rows(part) == ["# Trade", "trade-2013", "trade-old", "# Other", "exercise"]
    assert ("mark", "pinned") in shown(part, "exercise").flags

    click_box(part, "exercise")  # leaves it out, so it is not pinned; but nothing moves
    assert edits(part) == Edits(exclude=("exercise",))
    assert rows(part)[-1] == "exercise"
    assert shown(part, "exercise").left_out

    click_box(part, "exercise")  # the scope does not pick it: taking it back pins it
    assert edits(part) == Edits(include=("exercise",))

    part.menu.actions["pin"].trigger()
    assert part.menu.actions["pin"].text() == "&Pin"
    session.edit("Topics", replace(session.spec, select=Selection(topics=("trade", "defence"))))
    assert rows(part) == ["# Trade", "trade-2013", "trade-old", "# Defence", "exercise"]


def test_a_fact_becomes_a_key_point_and_one_of_the_base_can_be_none_here(part: FactsTab) -> None:
    click(part, "gas-agreed")
    part.menu.actions["star"].trigger()
    assert edits(part).key == ("gas-agreed",)
    assert ("key", "★ key point") in shown(part, "gas-agreed").flags

    part.menu.actions["star"].trigger()
    assert edits(part).key == ()

    click(part, "oil-talks")
    assert part.menu.actions["star"].text() == "&No key point"
    part.menu.actions["star"].trigger()
    assert (edits(part).key, edits(part).unkey) == ((), ("oil-talks",))
    assert shown(part, "oil-talks").flags == []
    part.menu.actions["star"].trigger()
    assert edits(part) == Edits(), "it is as the base has it again"
    assert ("key", "★ key point") in shown(part, "oil-talks").flags


def test_stars_of_the_base_and_of_the_brief_are_taken_away_together(part: FactsTab) -> None:
    click(part, "gas-agreed")
    part.menu.actions["star"].trigger()
    click(part, "oil-talks", Qt.KeyboardModifier.ControlModifier)
    part.menu.actions["star"].trigger()
    assert (edits(part).key, edits(part).unkey) == ((), ("oil-talks",))
    part.session.undo_stack.undo()
    assert (edits(part).key, edits(part).unkey) == (("gas-agreed",), ())


# --- rewording ---------------------------------------------------------------------------------


def test_a_double_click_rewords_and_the_original_stays_in_sight(part: FactsTab) -> None:
    view = part.view
    at = view.rect_of(place(part, "gas-agreed")).topLeft() + QPoint(120, 30)
    QTest.mouseClick(view.viewport(), LEFT, NONE, at)
    QTest.mouseDClick(view.viewport(), LEFT, NONE, at)
    editor = view.editor
    assert editor is not None
    assert editor.original.text() == "In the base: A gas pipeline was agreed on."

    QTest.keyClicks(editor.text, "They agreed on a pipeline.")
    QTest.keyClick(editor.text, Qt.Key.Key_Return)

    assert edits(part).reword == {"gas-agreed": "They agreed on a pipeline."}
    assert view.editor is None
    row = shown(part, "gas-agreed")
    assert (row.wording, row.card.statement) == (
        "They agreed on a pipeline.", "A gas pipeline was agreed on.",
    )  # fmt: skip
    assert ("mark", "reworded") in row.flags

    part.menu.actions["restore"].trigger()
    assert edits(part).reword == {}


def test_escape_drops_what_was_typed(part: FactsTab) -> None:
    click(part, "gas-agreed")
    keys(part, Qt.Key.Key_Return)
    editor = part.view.editor
    assert editor is not None
    height = part.view.rect_of(place(part, "gas-agreed")).height()
    QTest.keyClicks(editor.text, "Nonsense")
    QTest.keyClick(editor.text, Qt.Key.Key_Escape)

    assert edits(part) == Edits()
    assert part.view.editor is None
    assert part.view.rect_of(place(part, "gas-agreed")).height() < height


def test_what_is_being_typed_survives_a_change_of_the_scope(qtbot: Any, part: FactsTab) -> None:
    click(part, "gas-agreed")
    keys(part, Qt.Key.Key_Return)
    editor = part.view.editor
    assert editor is not None
    QTest.keyClicks(editor.text, "Half a")
    session = part.session
    session.edit("Topics", replace(session.spec, select=Selection(topics=("energy",))))

    qtbot.waitUntil(lambda: edits(part).reword == {"gas-agreed": "Half a"})
    assert part.view.editor is None


# --- another order -----------------------------------------------------------------------------


def test_dragging_puts_a_fact_elsewhere_in_its_group(part: FactsTab) -> None:
    drag(part, "gas-not-agreed", "oil-talks", lower=False)

    assert rows(part)[:4] == ["# Energy", "gas-not-agreed", "oil-talks", "gas-agreed"]
    assert edits(part).order[0] == "gas-not-agreed"
    assert part.current_fact() == "gas-not-agreed"
    part.session.undo_stack.undo()
    assert rows(part) == ALL


def test_a_drag_beyond_the_group_ends_at_its_edge(part: FactsTab) -> None:
    drag(part, "oil-talks", "trade-2013", lower=True)

    assert rows(part)[:4] == ["# Energy", "gas-agreed", "gas-not-agreed", "oil-talks"]


def test_several_selected_facts_are_dragged_together(part: FactsTab) -> None:
    click(part, "oil-talks")
    click(part, "gas-agreed", Qt.KeyboardModifier.ControlModifier)
    drag(part, "gas-agreed", "gas-not-agreed", lower=True)

    assert rows(part)[:4] == ["# Energy", "gas-not-agreed", "oil-talks", "gas-agreed"]
    assert part.selected_facts() == ["oil-talks", "gas-agreed"]


def test_facts_of_two_groups_are_not_dragged(part: FactsTab) -> None:
    click(part, "oil-talks")
    click(part, "trade-old", Qt.KeyboardModifier.ControlModifier)
    drag(part, "oil-talks", "gas-not-agreed", lower=True)

    assert edits(part) == Edits()


def test_a_click_among_several_selected_chooses_that_one(part: FactsTab) -> None:
    click(part, "oil-talks")
    click(part, "gas-agreed", Qt.KeyboardModifier.ControlModifier)
    click(part, "oil-talks")

    assert part.selected_facts() == ["oil-talks"]


def test_escape_ends_a_drag(part: FactsTab) -> None:
    view = part.view
    start = view.rect_of(place(part, "gas-agreed")).center()
    QTest.mousePress(view.viewport(), LEFT, NONE, start)
    event_at(view, start + QPoint(0, 40))
    keys(part, Qt.Key.Key_Escape)
    QTest.mouseRelease(view.viewport(), LEFT, NONE, start + QPoint(0, 40))

    assert edits(part) == Edits()


def test_alt_and_arrows_move_what_is_selected_and_back(part: FactsTab) -> None:
    click(part, "oil-talks")
    first = rows(part)[2]
    keys(part, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert rows(part)[1:3] == [first, "oil-talks"]

    keys(part, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert rows(part) == ALL
    assert edits(part).order == ()

    part.menu.actions["up"].trigger()  # it is the first of its group
    assert rows(part) == ALL


def test_back_to_the_order_of_dates(part: FactsTab) -> None:
    drag(part, "gas-not-agreed", "oil-talks", lower=False)
    part.menu.actions["unorder"].trigger()

    assert rows(part) == ALL
    assert not part.menu.actions["unorder"].isEnabled()


# --- nothing to list ---------------------------------------------------------------------------


def test_an_impossible_scope_says_why(part: FactsTab) -> None:
    session = part.session
    session.edit("Topics", replace(session.spec, select=Selection(topics=("sport",))))

    assert "the base has no topic 'sport'" in part.nothing.reason.text()
    QTest.mouseClick(part.nothing.way_out, LEFT)
    assert rows(part) == ALL


# --- with the rest of the window ---------------------------------------------------------------


def test_choosing_a_row_points_at_its_fact(qtbot: Any, part: FactsTab) -> None:
    with qtbot.waitSignal(part.session.pointed_at) as pointed:
        click(part, "trade-2013")

    assert pointed.args == ["trade-2013", part]
    assert part.current_fact() == "trade-2013"
    assert part.selected_facts() == ["trade-2013"]


def test_a_fact_pointed_at_elsewhere_is_selected_or_at_least_told(
    qtbot: Any, part: FactsTab
) -> None:
    with qtbot.waitSignal(part.fact_chosen):
        part.session.point_at("exercise")
    assert part.selected_facts() == ["exercise"]
    assert part.view.rect_of(place(part, "exercise")).top() >= 0

    part.session.point_at("trade-draft")  # a draft: not listed
    assert part.current_fact() == "trade-draft"
    assert part.view.chosen_places() == []
    assert part.details.shown is not None
    assert part.details.shown.fact.id == "trade-draft"
    assert rows(part) == ALL


def test_the_selection_stays_when_rows_come_and_go(part: FactsTab) -> None:
    click(part, "trade-2013")
    session = part.session
    session.edit("Topics", replace(session.spec, select=Selection(topics=("trade",))))
    assert part.selected_facts() == ["trade-2013"]

    session.edit("Topics", replace(session.spec, select=Selection(topics=("energy",))))
    assert part.view.chosen_places() == []
    assert part.current_fact() == "trade-2013"  # still in hand


def test_facts_that_the_base_lost_are_told_and_forgotten(
    open_window: Callable[..., MainWindow],
) -> None:
    part = open_window(BriefSpec(edits=Edits(exclude=("gone",), key=("oil-talks",)))).facts_part

    assert part.unknown.text.text() == "This brief names a fact that the base does not have: gone."
    QTest.mouseClick(part.unknown.forget_button, LEFT)
    assert edits(part) == Edits(key=("oil-talks",))
    assert not part.unknown.isVisible()


def test_a_base_that_changed_is_listed_anew(part: FactsTab, base: Path) -> None:
    click(part, "trade-2013")
    path = base / "facts" / "trade.yaml"
    path.write_text(path.read_text().replace("542 million", "543 million"))
    part.session.reload_base()

    assert shown(part, "trade-2013").wording == "Trade stood at 543 million dollars."
    assert part.selected_facts() == ["trade-2013"]


def test_selected_facts_are_copied_with_their_citations(qtbot: Any, part: FactsTab) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    click(part, "oil-talks")
    keys(part, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "opened talks" in clipboard.text(), timeout=20_000)

    assert (
        clipboard.text()
        .replace("\u00a0", " ")
        .startswith(
            "Russia and Pakistan opened talks on oil (17 May 2011).[1]\n\n[1] ‘Oil Talks Open’, Daily Post"
        )
    )
    assert "<em>Daily Post</em>" in clipboard.mimeData().html()
    assert part.window_.messages.message == "One fact copied with citations."
