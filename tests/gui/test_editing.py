"""Facts and sources written into the base from forms, driven as a person would."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from difflib import unified_diff
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget

from briefgen.editing import base as core
from briefgen.errors import UsageError
from briefgen.gui.editing import base_menu_of
from briefgen.gui.editing.base_menu import BaseMenu
from briefgen.gui.editing.copy_dialog import CopyBaseDialog
from briefgen.gui.editing.entry_dialog import SimpleDialog
from briefgen.gui.editing.fact_dialog import FactDialog
from briefgen.gui.editing.quick_add import QuickAddDialog
from briefgen.gui.editing.retract_dialog import RetractDialog
from briefgen.gui.facts import FactsTab
from briefgen.gui.widgets.type_ahead import TypeAhead
from briefgen.gui.window import MainWindow
from briefgen.pipeline.clock import moment
from briefgen.shipped import shipped_base
from gui.driving import press

TODAY = moment()[1].isoformat()


@pytest.fixture
def before(base: Path) -> dict[str, str]:
    """What the base's files say at first."""
    return {str(path.relative_to(base)): path.read_text("utf-8") for path in base.rglob("*.yaml")}


def diff(before: dict[str, str], base: Path) -> list[str]:
    """The lines that are different now, in all files, blank ones aside."""
    lines = []
    for path in sorted(base.rglob("*.yaml")):
        old = before.get(str(path.relative_to(base)), "").splitlines()
        for line in unified_diff(old, path.read_text("utf-8").splitlines(), n=0, lineterm=""):
            if line[:1] in "+-" and line[:3] not in ("+++", "---") and line[1:].strip():
                lines.append(line)
    return lines


def fact_dialog(menu: BaseMenu) -> FactDialog:
    dialog = menu.dialog
    assert isinstance(dialog, FactDialog)
    return dialog


def type_into(field: QWidget, text: str) -> None:
    field.setFocus()
    QTest.keyClicks(field, text)


def choose(field: TypeAhead) -> None:
    """Take the entry of the open list that is marked."""
    assert field.suggesting.is_open
    QTest.keyClick(field.suggesting._completer.popup(), Qt.Key.Key_Return)


def trigger(window: MainWindow, text: str) -> None:
    (action,) = (one for one in window.menus["Base"].actions() if one.text() == text)
    action.trigger()


def take_way(qtbot: Any, window: MainWindow, text: str) -> None:
    press(qtbot, window.messages, text)


# --- a new fact ------------------------------------------------------------------------------


def test_a_new_fact_is_written_where_facts_of_its_topic_stand(
    qtbot: Any, window: MainWindow, menu: BaseMenu, base: Path, before: dict[str, str]
) -> None:
    trigger(window, "&New fact…")
    dialog = fact_dialog(menu)
    form = dialog.form
    type_into(form.statement, "The first cargo of crude arrived.")
    type_into(form.date, "11 May 2011")
    form.fact_kind.setCurrentText("event – something that happened")
    form.fact_kind.activated.emit(form.fact_kind.currentIndex())
    form.topics.tick("energy.oil")
    row = form.cites.rows[0]
    type_into(row.source, "oil talks")
    choose(row.source)
    type_into(row.places[0].number, "7")
    type_into(form.actors.field, "mosc")
    choose(form.actors.field)

    assert form.date.reading() == ("→ 2011-05-11", "hint")
    assert form.id.text() == "first-cargo-crude-arrived-2011"
    assert form.file_name() == "facts/energy.yaml"
    with qtbot.waitSignal(window.session.pointed_at) as pointed:
        press(qtbot, dialog, "Save")

    assert pointed.args[0] == "first-cargo-crude-arrived-2011"
    assert menu.dialog is None
    assert diff(before, base) == [
        "+- id: first-cargo-crude-arrived-2011",
        "+  date: 2011-05-11",
        "+  topics: [energy.oil]",
        "+  kind: event",
        "+  actors: [russia]",
        "+  statement: The first cargo of crude arrived.",
        "+  cites:",
        "+    - source: s1",
        "+      locator: {page: 7}",
        f"+  recorded: {TODAY}",
    ]
    assert "first-cargo-crude-arrived-2011" in window.session.index.facts(
        ["first-cargo-crude-arrived-2011"]
    )
    assert window.messages.message == "The fact is in the base."

    take_way(qtbot, window, "Undo")
    assert diff(before, base) == []
    assert window.session.index.facts(["first-cargo-crude-arrived-2011"]) == {}


def test_what_is_missing_is_said_beside_its_field_and_gone_to(
    qtbot: Any, menu: BaseMenu, base: Path, before: dict[str, str]
) -> None:
    menu.new_fact()
    dialog = fact_dialog(menu)
    type_into(dialog.form.statement, "Something happened here.")
    press(qtbot, dialog, "Save")

    said = {key: named.said[0] for key, named in dialog.form.named.items() if named.said[0]}
    assert said == {
        "kind": "Choose what sort of fact it is",
        "topics": "Choose at least one topic",
        "cites": "Name a source: without one it is no fact",
    }
    assert dialog.said.text() == "Choose at least one topic (2 more)"
    assert dialog.focusWidget() is dialog.form.topics
    assert diff(before, base) == []


def test_faults_are_shown_while_one_types_and_not_before(qtbot: Any, menu: BaseMenu) -> None:
    menu.new_fact()
    form = fact_dialog(menu).form
    assert not any(named.said[0] for named in form.named.values())

    type_into(form.date, "11/06/2023")
    told = "11 June 2023 (2023-06-11) or 6 November 2023"
    qtbot.waitUntil(lambda: told in form.named["date"].said[0])
    form.date.selectAll()
    type_into(form.date, "summer 2011")
    qtbot.waitUntil(lambda: form.named["date"].note.text() == "→ 2011-22")
    type_into(form.statement, "It rained. The talks ended.")
    qtbot.waitUntil(lambda: "more than one sentence" in form.named["statement"].said[0])
    assert form.named["statement"].said[1] == "warning"


def test_a_near_duplicate_is_told_and_can_be_opened_instead(qtbot: Any, menu: BaseMenu) -> None:
    menu.new_fact()
    dialog = fact_dialog(menu)
    type_into(dialog.form.statement, "Russia and Pakistan opened talks on oil")
    qtbot.waitUntil(lambda: dialog.form.near.id == "oil-talks")
    assert "17 May 2011" in dialog.form.near.text.text()

    qtbot.mouseClick(dialog.form.near.button, Qt.MouseButton.LeftButton)
    assert dialog.said.text() == "What you wrote is not saved."
    press(qtbot, dialog, "Discard it and open the other")

    assert fact_dialog(menu).form.own_id == "oil-talks"


def test_a_position_needs_to_say_whose(qtbot: Any, menu: BaseMenu) -> None:
    menu.new_fact()
    form = fact_dialog(menu).form
    form.fact_kind.set_data("position")
    form.fact_kind.changed.emit()

    assert form.named["attribution"].note.text() == "Needed for a position"
    assert any("say whose position" in fault.sentence for fault in form.errors())


def test_the_form_says_what_holds_of_dates_while_nobody_does(
    qtbot: Any, window: MainWindow, menu: BaseMenu, base: Path, before: dict[str, str]
) -> None:
    menu.new_fact()
    form = fact_dialog(menu).form
    assert form.date_is.itemText(0) == "As its kind has it"
    type_into(form.statement, "Deliveries are to begin.")
    type_into(form.date, "August 2012")
    form.topics.tick("energy.oil")
    for kind, taken in (
        ("event", "As for any event: it happened then"),
        ("figure", "As for any figure: it held then, as far as reported"),
        ("plan", "As for any plan: it was said then"),
    ):
        form.fact_kind.set_data(kind)
        form.fact_kind.changed.emit()
        assert form.date_is.itemText(0) == taken
    type_into(form.cites.rows[0].source, "oil talks")
    choose(form.cites.rows[0].source)
    assert form.said.placeholderText() == "as its source: 18 May 2011"
    assert form.date_is.itemText(0) == "As for any plan: it was due then"
    type_into(form.said, "September 2012")
    assert form.date_is.itemText(0) == "As for any plan: it was said then"
    form.date_is.set_data("expected")
    press(qtbot, menu.dialog, "Save")
    assert [line for line in diff(before, base) if "date_is" in line or "said" in line] == [
        "+  date_is: expected",
        "+  said: 2012-09",
    ]


def test_only_a_fact_that_is_gone_is_asked_why(menu: BaseMenu) -> None:
    menu.new_fact()
    form = fact_dialog(menu).form
    asked = form.named["status_note"]
    shown = []
    for status in ("current", "draft", "superseded", "retracted"):
        form.status.set_data(status)
        form.status.changed.emit()
        shown.append(asked.isVisibleTo(form))
    assert shown == [False, False, True, True]
    type_into(form.status_note, "told twice")
    form.status.set_data("current")
    form.status.changed.emit()
    assert asked.isVisibleTo(form)


def test_a_new_source_is_written_together_with_its_fact(
    qtbot: Any, window: MainWindow, menu: BaseMenu, base: Path, before: dict[str, str]
) -> None:
    menu.new_fact()
    dialog = fact_dialog(menu)
    form = dialog.form
    type_into(form.statement, "The port of Karachi took the cargo.")
    form.fact_kind.set_data("event")
    form.topics.tick("trade")
    row = form.cites.rows[0]
    type_into(row.source, "nothing like it")
    assert [one.title for one in row.source.suggesting.model.entries] == ["New source…"]
    choose(row.source)
    assert dialog.windowTitle() == "New source"
    assert len(window.findChildren(FactDialog)) == 1  # a page, not a second dialog

    source = dialog.source_form
    type_into(source.title, "Port records")
    source.type.set_data("report")
    source.type.changed.emit()
    type_into(source.author, "Karachi Port Trust")
    type_into(source.issued, "June 2023")
    source.reliability.set_data("B")
    press(qtbot, dialog, "Use this source")
    assert dialog.windowTitle() == "New fact"
    assert row.source.text() == "Port records"
    assert diff(before, base) == []
    press(qtbot, dialog, "Save")

    lines = diff(before, base)
    assert "+    - source: karachi-port-2023-port" in lines
    assert lines[-8:] == [
        "+- id: karachi-port-2023-port",
        "+  type: report",
        "+  title: Port records",
        "+  author:",
        "+  - literal: Karachi Port Trust",
        "+  issued: 2023-06",
        "+  custom:",
        "+    reliability: B",
    ]
    assert not window.session.index.problems


# --- a fact corrected ------------------------------------------------------------------------


def test_editing_changes_the_lines_of_what_was_changed_and_nothing_else(
    qtbot: Any, window: MainWindow, menu: BaseMenu, base: Path, before: dict[str, str]
) -> None:
    window.session.point_at("oil-talks")
    trigger(window, "&Edit fact…")
    dialog = fact_dialog(menu)
    dialog.form.statement.setFocus()
    QTest.keyClick(dialog.form.statement, Qt.Key.Key_End)
    QTest.keyClick(dialog.form.statement, Qt.Key.Key_Backspace)
    QTest.keyClicks(dialog.form.statement, " again.")
    press(qtbot, dialog, "Save")

    assert diff(before, base) == [
        "-  statement: Russia and Pakistan opened talks on oil.  # as the paper had it",
        "+  statement: Russia and Pakistan opened talks on oil again.  # as the paper had it",
    ]
    take_way(qtbot, window, "Undo")
    assert diff(before, base) == []


def test_every_fact_of_the_shipped_base_goes_through_the_form_unchanged(
    menu: BaseMenu, window: MainWindow, open_window: Callable[..., MainWindow], tmp_path: Path
) -> None:
    shutil.copytree(shipped_base(), tmp_path / "own")
    writer = base_menu_of(open_window(base=str(tmp_path / "own"))).writer
    ids = [id_ for (id_,) in writer.index.rows("SELECT id FROM facts ORDER BY row")]
    form = FactDialog.edit(writer, ids[0]).form
    for id_ in ids[::20]:
        seen = core.fact_entry_of(writer.index, id_)
        form.fill(seen, own_id=id_, seen=seen)
        assert core.what_changed(seen, form.entry()) == {}
        assert form.faults == ()
        assert not form.is_changed


def test_keys_that_the_form_does_not_show_are_kept(
    qtbot: Any, menu: BaseMenu, base: Path, window: MainWindow
) -> None:
    path = base / "facts/energy.yaml"
    text = path.read_text("utf-8").replace(
        "cites: [{source: s1, locator: {page: 3}}]",
        "cites: [{source: s1, locator: {page: 3, chapter: 2, line: 5}}]",
    )
    path.write_text(text, encoding="utf-8")
    window.session.reload_base()
    menu.edit_fact("oil-talks")
    dialog = fact_dialog(menu)
    form = dialog.form
    assert len(form.cites.rows[0].places) == 3
    type_into(form.cites.rows[0].quote, "They talked.")
    press(qtbot, dialog, "Save")

    assert "{page: 3, chapter: 2, line: 5}" in path.read_text("utf-8")
    assert "quote: They talked." in path.read_text("utf-8")


def test_what_somebody_else_wrote_meanwhile_is_not_overwritten(
    qtbot: Any, window: MainWindow, menu: BaseMenu, base: Path
) -> None:
    menu.edit_fact("oil-talks")
    dialog = fact_dialog(menu)
    path = base / "facts/energy.yaml"
    theirs = path.read_text("utf-8").replace("opened talks on oil", "spoke of oil")
    path.write_text(theirs, encoding="utf-8")
    type_into(dialog.form.statement, "Once ")
    press(qtbot, dialog, "Save")

    assert "has been changed in" in dialog.said.text()
    assert dialog.isVisible()
    assert path.read_text("utf-8") == theirs


def test_undoing_does_not_take_back_what_came_after(
    qtbot: Any, window: MainWindow, menu: BaseMenu, base: Path
) -> None:
    menu.edit_fact("oil-talks")
    type_into(fact_dialog(menu).form.statement, "Once ")
    press(qtbot, fact_dialog(menu), "Save")
    path = base / "facts/energy.yaml"
    theirs = path.read_text("utf-8") + "# theirs\n"
    path.write_text(theirs, encoding="utf-8")
    take_way(qtbot, window, "Undo")

    assert "has changed since, nothing was taken back" in window.messages.message
    assert path.read_text("utf-8") == theirs


def test_the_last_change_can_be_undone_later(
    qtbot: Any, window: MainWindow, menu: BaseMenu, base: Path, before: dict[str, str]
) -> None:
    undo = "U&ndo the last change of the base"
    trigger(window, undo)
    assert window.messages.message == "Nothing was written into the base yet."

    window.session.point_at("trade-draft")
    trigger(window, "Mark as &checked")
    window.messages.clear()
    trigger(window, undo)
    assert diff(before, base) == []


def test_a_large_base_is_read_in_the_background_after_writing(
    qtbot: Any, window: MainWindow, menu: BaseMenu, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefgen.gui.editing.watching._LARGE", 0)
    window.session.point_at("trade-draft")
    with qtbot.waitSignal(window.session.base_opened):
        trigger(window, "Mark as &checked")

    qtbot.waitUntil(lambda: window.messages.message == "The fact is marked as checked today.")


# --- instead of deleting ---------------------------------------------------------------------


def test_superseding_writes_the_new_fact_and_the_old_ones_status_in_one_go(
    qtbot: Any, window: MainWindow, menu: BaseMenu, base: Path, before: dict[str, str]
) -> None:
    window.session.point_at("trade-2013")
    trigger(window, "S&upersede…")
    dialog = fact_dialog(menu)
    assert dialog.form.supersedes.ids == ("trade-2013",)
    assert dialog.form.figures.rows[0].value.text() == "542"
    dialog.form.statement.setFocus()
    dialog.form.statement.selectAll()
    QTest.keyClicks(dialog.form.statement, "Trade came to 540 million dollars in 2013.")
    figure = dialog.form.figures.rows[0]
    figure.value.selectAll()
    type_into(figure.value, "540")
    press(qtbot, dialog, "Save")

    lines = diff(before, base)
    assert lines[0] == "+  status: superseded"
    assert "+  supersedes: [trade-2013]" in lines
    assert "+- id: trade-came-540-million-dollars-2013" in lines
    assert any("value: 540" in line for line in lines)
    assert not window.session.index.problems
    take_way(qtbot, window, "Undo")
    assert diff(before, base) == []


def test_a_retracted_fact_stays_and_says_why(
    qtbot: Any, window: MainWindow, menu: BaseMenu, base: Path, before: dict[str, str]
) -> None:
    window.session.point_at("exercise")
    trigger(window, "Re&tract…")
    dialog = menu.dialog
    assert isinstance(dialog, RetractDialog)
    press(qtbot, dialog, "Retract")
    assert dialog.named.said[0] == "Say in a few words why it no longer holds."
    type_into(dialog.reason, "it was another one")
    press(qtbot, dialog, "Retract")

    lines = diff(before, base)
    assert lines[-2] == "+  status: retracted"
    assert lines[-1].startswith("+  status_note: it was another one (")


def test_several_chosen_facts_are_retracted_in_one_go(
    qtbot: Any, window: MainWindow, menu: BaseMenu, base: Path, before: dict[str, str]
) -> None:
    part = window.facts_part
    assert isinstance(part, FactsTab)
    window.tabs.setCurrentWidget(part)
    choose_rows(part, "gas-agreed", "exercise")
    on_the_list(part, "gas-agreed", "Retract…")
    dialog = menu.dialog
    assert isinstance(dialog, RetractDialog)
    assert dialog.windowTitle() == "Retract 2 facts"
    type_into(dialog.reason, "both were rumours")
    press(qtbot, dialog, "Retract")

    lines = diff(before, base)
    assert lines.count("+  status: retracted") == 2
    assert sum(line.startswith("+  status_note: both were rumours (") for line in lines) == 2
    take_way(qtbot, window, "Undo")
    assert diff(before, base) == []


def test_a_duplicate_is_a_new_fact_and_leaves_the_old_one_alone(
    qtbot: Any, window: MainWindow, menu: BaseMenu, base: Path, before: dict[str, str]
) -> None:
    part = window.facts_part
    assert isinstance(part, FactsTab)
    window.tabs.setCurrentWidget(part)
    choose_rows(part, "trade-2013")
    on_the_list(part, "trade-2013", "Duplicate…")
    dialog = fact_dialog(menu)
    assert dialog.form.own_id is None
    assert dialog.form.supersedes.ids == ()
    assert dialog.form.figures.rows[0].value.text() == "542"
    dialog.form.statement.setFocus()
    dialog.form.statement.selectAll()
    QTest.keyClicks(dialog.form.statement, "Trade was told again in another year.")
    press(qtbot, dialog, "Save")

    lines = diff(before, base)
    assert not any(line.startswith("-") or "status" in line for line in lines)
    assert any(line.startswith("+- id: trade-told-again") for line in lines), lines


def test_the_list_offers_what_is_done_to_facts_of_the_base(
    window: MainWindow, menu: BaseMenu
) -> None:
    part = window.facts_part
    assert isinstance(part, FactsTab)
    window.tabs.setCurrentWidget(part)
    choose_rows(part, "oil-talks")
    on_the_list(part, "oil-talks", "Edit fact…")
    assert fact_dialog(menu).form.own_id == "oil-talks"
    menu.dialog.reject()
    on_the_list(part, "oil-talks", "Supersede…")
    assert fact_dialog(menu).form.supersedes.ids == ("oil-talks",)
    menu.dialog.reject()


def choose_rows(part: FactsTab, *ids: str) -> None:
    """Select these rows of the list with the mouse."""
    for number, id_ in enumerate(ids):
        place = part.model.place_of(id_)
        at = part.view.rect_of(place).topLeft() + QPoint(120, 12)
        key = Qt.KeyboardModifier.ControlModifier if number else Qt.KeyboardModifier.NoModifier
        QTest.mouseClick(part.view.viewport(), Qt.MouseButton.LeftButton, key, at)


def on_the_list(part: FactsTab, id_: str, text: str) -> None:
    """Take an entry of the menu that the list shows on a fact."""
    at = part.view.rect_of(part.model.place_of(id_)).topLeft() + QPoint(120, 12)
    part.view.customContextMenuRequested.emit(at)
    (shown,) = (one for one in part.view.findChildren(QMenu) if one.isVisible())
    (action,) = (one for one in shown.actions() if one.text().replace("&", "") == text)
    shown.close()
    action.trigger()


def test_a_draft_that_was_checked_is_current(
    qtbot: Any, window: MainWindow, menu: BaseMenu, base: Path, before: dict[str, str]
) -> None:
    window.session.point_at("trade-draft")
    trigger(window, "Mark as &checked")

    assert diff(before, base) == ["-  status: draft", f"+  checked: {TODAY}"]
    assert window.session.index.facts(["trade-draft"])["trade-draft"].status == "current"


# --- quick add -------------------------------------------------------------------------------


def test_a_passage_and_an_address_become_a_draft(
    qtbot: Any, window: MainWindow, menu: BaseMenu, base: Path, before: dict[str, str]
) -> None:
    trigger(window, "&Quick add…")
    dialog = menu.dialog
    assert isinstance(dialog, QuickAddDialog)
    page = dialog.page
    page.passage.setPlainText(
        "“The first cargo arrived in Karachi on Sunday. It was paid for in yuan.”"
    )
    type_into(page.address, "https://www.post.example/2023/first-cargo-arrives")
    qtbot.waitUntil(
        lambda: page.statement.data() == "The first cargo arrived in Karachi on Sunday."
    )
    qtbot.waitUntil(lambda: page.title.data() == "First cargo arrives")
    assert page.named["statement"].said == (
        "These are the source’s words: say it in your own.",
        "warning",
    )
    page.statement.setFocus()
    page.statement.selectAll()
    QTest.keyClicks(page.statement, "Karachi received the first cargo.")
    type_into(page.date, "11 June 2023")
    page.date_is.set_data("statement")
    page.topics.tick("energy.oil")
    press(qtbot, dialog, "Add as a draft")

    lines = diff(before, base)
    assert (
        lines[:9]
        == [
            "+- id: karachi-received-first-cargo-2023",
            "+  date: 2023-06-11",
            "+  date_is: statement",
            "+  topics: [energy.oil]",
            "+  kind: event",
            "+  statement: Karachi received the first cargo.",
            "+  cites:",
            "+    - source: source-first",
            "+      quote: The first cargo arrived in Karachi on Sunday. It was paid for in yuan.",
        ]
        or lines
    )
    assert "+  status: draft" in lines
    assert f"+  accessed: {TODAY}" in lines
    assert "drafts out until someone has checked" in window.messages.message

    take_way(qtbot, window, "Pin it in this brief")
    assert window.session.spec.edits.include == ("karachi-received-first-cargo-2023",)
    assert not window.session.index.problems


def test_a_source_that_is_there_is_used_again(
    qtbot: Any, window: MainWindow, menu: BaseMenu, base: Path
) -> None:
    menu.quick_add()
    dialog = menu.dialog
    assert isinstance(dialog, QuickAddDialog)
    page = dialog.page
    page.passage.setPlainText("Trade grew in that year.")
    type_into(page.address, "Trade yearbook")
    page.check()
    assert page.source_words.text() == "The base has it already: Trade yearbook"
    page.topics.tick("trade")
    press(qtbot, dialog, "Add as a draft")

    (fact,) = (
        fact
        for fact in window.session.index.facts(["trade-grew-that-year", "trade-grew-year"]).values()
    )
    assert fact.cites[0].source == "s2"
    take_way(qtbot, window, "Show all drafts")
    assert window.session.spec.select.status == ("current", "draft")


def test_quick_add_says_what_is_missing(qtbot: Any, menu: BaseMenu) -> None:
    menu.quick_add()
    dialog = menu.dialog
    assert isinstance(dialog, QuickAddDialog)
    press(qtbot, dialog, "Add as a draft")
    assert dialog.said.text() == "Paste a passage and say where it stands."
    dialog.page.passage.setPlainText("Trade grew in that year.")
    press(qtbot, dialog, "Add as a draft")
    assert "Say where the passage stands" in dialog.said.text()
    type_into(dialog.page.address, "Trade yearbook")
    press(qtbot, dialog, "Add as a draft")
    assert dialog.said.text() == "Choose at least one topic"


def test_faults_of_quick_add_are_told_at_once_and_go_when_they_are_mended(
    qtbot: Any, menu: BaseMenu
) -> None:
    menu.quick_add()
    dialog = menu.dialog
    assert isinstance(dialog, QuickAddDialog)
    page = dialog.page
    page.passage.setPlainText("Trade grew in that year.")
    type_into(page.address, "Trade yearbook")
    type_into(page.date, "the day before")
    page.kind.set_data("position")
    press(qtbot, dialog, "Add as a draft")

    def told() -> list[str]:
        return [key for key, named in page.named.items() if named.said[1] == "error"]

    assert told() == ["date", "attribution", "topics"]
    assert dialog.said.text().endswith("(2 more)")
    page.topics.tick("trade")
    type_into(page.attribution, "The ministry")
    qtbot.waitUntil(lambda: told() == ["date"])
    page.date.clear()
    type_into(page.date, "2013")
    qtbot.waitUntil(lambda: dialog.said.text() == "")
    assert told() == []


def test_quick_add_proposes_the_date_of_the_passage(
    qtbot: Any, window: MainWindow, menu: BaseMenu
) -> None:
    menu.quick_add()
    dialog = menu.dialog
    assert isinstance(dialog, QuickAddDialog)
    page = dialog.page
    page.passage.setPlainText("The talks went on on Tuesday.")
    type_into(page.address, "Oil talks open")  # issued on Wednesday, 18 May 2011
    page.check()
    assert page.date.value() == "2011-05-17"
    assert page.named["date"].note.text().endswith("‘On Tuesday’ in an article of 18 May 2011.")
    page.topics.tick("energy.oil")
    press(qtbot, dialog, "Add as a draft")
    (fact,) = window.session.index.facts(["talks-went-tuesday-2011"]).values()
    assert fact.date_note == "‘On Tuesday’ in an article of 18 May 2011."

    menu.quick_add()
    dialog = menu.dialog
    assert isinstance(dialog, QuickAddDialog)
    page = dialog.page
    type_into(page.date, "2010")
    page.passage.setPlainText("They met on 3 May 2012.")
    page.check()
    assert page.date.value() == "2010"  # what a person wrote stays


# --- sources and actors ----------------------------------------------------------------------


def test_a_source_is_corrected(
    qtbot: Any, window: MainWindow, menu: BaseMenu, base: Path, before: dict[str, str]
) -> None:
    window.session.point_at("trade-2013")
    trigger(window, "E&dit source…")
    picking = menu.dialog
    assert picking is not None
    press(qtbot, picking, "Trade yearbook")
    dialog = menu.dialog
    assert isinstance(dialog, SimpleDialog)
    form: Any = dialog.form
    assert form.reliability.data() == "D"
    form.reliability.set_data("C")
    type_into(form.reliability_note, "checked against customs figures")
    press(qtbot, dialog, "Save")

    assert diff(before, base) == [
        "-  custom: {reliability: D}",
        "+  custom: {reliability: C, reliability_note: checked against customs figures}",
    ]


def test_a_source_that_the_base_has_is_told(qtbot: Any, menu: BaseMenu) -> None:
    menu.new_source()
    dialog = menu.dialog
    assert isinstance(dialog, SimpleDialog)
    form: Any = dialog.form
    type_into(form.title, "trade YEARBOOK")
    type_into(form.issued, "2013")
    assert form.same.id == "s2"
    press(qtbot, dialog, "Use that one")
    press(qtbot, dialog, "Discard it and open that one")
    assert isinstance(menu.dialog, SimpleDialog)
    assert menu.dialog.form.own_id == "s2"


def test_an_actor_is_added(qtbot: Any, menu: BaseMenu, base: Path, before: dict[str, str]) -> None:
    menu.new_actor()
    dialog = menu.dialog
    assert isinstance(dialog, SimpleDialog)
    form: Any = dialog.form
    type_into(form.name, "Gazprom")
    form.actor_kind.set_data("organisation")
    form.actor_kind.changed.emit()
    type_into(form.aliases, "GAZP; Gasprom")
    press(qtbot, dialog, "Save")

    assert diff(before, base) == [
        "+- id: gazprom",
        "+  name: Gazprom",
        "+  kind: organisation",
        "+  aliases: [GAZP, Gasprom]",
    ]


# --- nothing lost ----------------------------------------------------------------------------


def test_closing_a_form_asks_inside_it(qtbot: Any, menu: BaseMenu) -> None:
    menu.new_fact()
    dialog = fact_dialog(menu)
    type_into(dialog.form.statement, "Half a sen")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert dialog.said.text() == "What you wrote is not saved."
    QTest.keyClick(dialog, Qt.Key.Key_Escape)  # Escape again goes back to writing
    assert dialog.isVisible()
    assert dialog.said.text() == ""

    dialog.close()
    assert dialog.isVisible()
    with qtbot.waitSignal(dialog.finished):
        press(qtbot, dialog, "Discard it")
    assert menu.dialog is None


def test_a_form_without_input_just_closes(qtbot: Any, menu: BaseMenu) -> None:
    menu.edit_fact("oil-talks")
    dialog = fact_dialog(menu)
    with qtbot.waitSignal(dialog.finished):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)


# --- whose base it is ------------------------------------------------------------------------


def copy_dialog(window: MainWindow) -> CopyBaseDialog:
    (dialog,) = (each for each in window.findChildren(CopyBaseDialog) if each.isVisible())
    return dialog


@pytest.mark.parametrize("flag", [None, str(shipped_base())])
def test_the_shipped_base_is_copied_before_it_is_written_into(
    flag: str | None,
    qtbot: Any,
    open_window: Callable[..., MainWindow],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = {path: path.read_bytes() for path in shipped_base().rglob("*.yaml")}
    monkeypatch.setattr("briefgen.gui.editing.base_writer.documents_folder", lambda: tmp_path)
    window = open_window(base=flag)
    menu = base_menu_of(window)
    menu.new_fact()
    assert menu.dialog is None
    assert "comes with briefgen" in window.messages.message

    take_way(qtbot, window, "Make a copy and edit that…")
    dialog = copy_dialog(window)
    mine = tmp_path / "Pakistan–Russia relations"
    assert dialog.folder.folder() == mine
    assert dialog.archive.isHidden()
    press(qtbot, dialog, "Make the copy")
    qtbot.waitUntil(lambda: window.session.folder == mine)
    assert isinstance(menu.dialog, FactDialog)  # what was asked for goes on
    menu.dialog.reject()
    assert window.session.spec.base == str(mine)
    assert menu.writer.may_write()
    assert {path: path.read_bytes() for path in shipped_base().rglob("*.yaml")} == before


@pytest.mark.parametrize("along", [True, False])
def test_copying_asks_about_saved_copies_and_leaves_the_register(
    along: bool,
    qtbot: Any,
    window: MainWindow,
    menu: BaseMenu,
    base: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("archive/page.txt", "issued/energy@1.yaml"):
        (base / name).parent.mkdir()
        (base / name).write_text("# kept")
    monkeypatch.setattr(core, "why_read_only", lambda folder: "You may not write here.")
    menu.new_source()
    assert window.messages.message.startswith("You may not write here. Edit a copy of your own")
    take_way(qtbot, window, "Make a copy and edit that…")
    dialog = copy_dialog(window)
    assert dialog.archive.isVisible()
    dialog.archive.setChecked(along)
    dialog.folder.line.selectAll()
    qtbot.keyClicks(dialog.folder.line, str(base))
    press(qtbot, dialog, "Make the copy")
    assert "is not empty" in dialog.fault.text()
    monkeypatch.undo()

    dialog.folder.line.selectAll()
    qtbot.keyClicks(dialog.folder.line, str(tmp_path / "mine"))
    press(qtbot, dialog, "Make the copy")
    qtbot.waitUntil(lambda: window.session.folder == tmp_path / "mine")
    assert (tmp_path / "mine/archive/page.txt").exists() == along
    assert not (tmp_path / "mine/issued").exists()
    assert menu.dialog is not None
    menu.dialog.reject()


def test_nothing_is_written_where_nobody_asked_whether_one_may(
    window: MainWindow, menu: BaseMenu, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = core.plan_new_actor(menu.index, {"id": "x", "name": "X", "kind": "state"})
    monkeypatch.setattr(core, "why_read_only", lambda folder: "You may not write here.")
    with pytest.raises(UsageError, match="You may not write here; copy the base"):
        menu.writer.write(plan, "Written.")
    assert "x" not in menu.index.base.actors


def test_without_a_fact_in_hand_one_is_told_to_choose(window: MainWindow, menu: BaseMenu) -> None:
    trigger(window, "&Edit fact…")

    assert menu.dialog is None
    assert window.messages.message == "Choose a fact first: click it in the list."
