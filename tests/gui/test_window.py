"""The window itself: its title, its parts alone, its messages, undoing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from briefgen.gui.facts import FactsTab
from briefgen.gui.window import MainWindow


def test_the_title_ends_in_the_programs_name_and_tells_of_unsaved_changes(
    window: MainWindow,
) -> None:
    session = window.session
    session.edit("Title", replace(session.spec, title="Energy ties"))

    assert window.windowTitle() == "Energy ties[*] – briefgen"
    assert window.isWindowModified()


def test_every_edit_can_be_undone_and_redone(window: MainWindow) -> None:
    session = window.session
    before = session.spec
    session.edit("Title", replace(before, title="One"))
    session.edit("Marking", replace(session.spec, version="2"))

    session.undo_stack.undo()
    assert (session.spec.title, session.spec.version) == ("One", "")
    session.undo_stack.undo()
    assert session.spec == before
    session.undo_stack.redo()
    assert session.spec.title == "One"


def test_letters_typed_in_one_go_are_undone_as_one(window: MainWindow) -> None:
    session = window.session
    for text in ("E", "En", "Ene"):
        session.edit("Title", replace(session.spec, title=text), merge="title")

    session.undo_stack.undo()

    assert session.spec.title is None


def test_one_part_can_be_shown_alone(window: MainWindow) -> None:
    window.show_alone("pages")
    assert [name for name, room in window.parts.items() if room.isVisible()] == ["pages"]

    window.show_alone(None)
    assert all(room.isVisible() for room in window.parts.values())


def test_what_a_person_asked_for_and_cannot_be_done_is_said(window: MainWindow) -> None:
    def fail() -> None:
        raise OSError(28, "No space left on device", "/somewhere")

    assert not window.attempt(fail)
    assert window.messages.message == (
        "/somewhere: No space left on device; check the disk and try again"
    )


def test_slow_work_says_what_it_is_at_and_can_be_cancelled(qtbot: Any, window: MainWindow) -> None:
    kept = []

    def work(say: Any) -> str:
        while True:
            say("still at it")

    task = window.run("Counting", work, kept.append)
    qtbot.waitUntil(lambda: window.messages.message == "Counting: still at it …")
    with qtbot.waitSignal(task.ended):
        task.cancel()

    assert window.messages.message == ""
    assert kept == []


def test_menus_have_room_on_a_small_screen(window: MainWindow) -> None:
    for name, menu in window.menus.items():
        menu.aboutToShow.emit()
        assert menu.sizeHint().height() <= 720 - 64, name  # below the title and the menu bar


def test_facts_alone_have_the_keyboard_in_their_list_or_on_the_tabs(
    qtbot: Any, window: MainWindow
) -> None:
    part = window.facts_part
    assert isinstance(part, FactsTab)
    window.activateWindow()
    window.show_alone("facts")
    qtbot.waitUntil(part.view.hasFocus)

    window.show_alone(None)
    window.tabs.setCurrentIndex(1)
    window.show_alone("facts")
    qtbot.waitUntil(window.tabs.tabBar().hasFocus)
