"""One's own base is not lost: new briefs, restarts, the start page, bases made and opened.

A restart is a window made anew with the same memory.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QSettings, Qt
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from briefgen.brief.spec.reader import read_spec
from briefgen.gui.editing import base_menu_of
from briefgen.gui.facts import FactsTab
from briefgen.gui.files import choosing, files_of
from briefgen.gui.files.question import Question
from briefgen.gui.home import home_of
from briefgen.gui.home.new_base_dialog import NewBaseDialog
from briefgen.gui.home.start_page import StartPage
from briefgen.gui.pages.panel import PagesPanel
from briefgen.gui.widgets.fields import LineField
from briefgen.gui.window import MainWindow
from briefgen.shipped import shipped_base
from gui.driving import press

Open = Callable[..., MainWindow]


@pytest.fixture
def start(open_window: Open, tmp_path: Path) -> Open:
    """Starts the app: nothing is said on the command line, and it remembers what was before."""

    def start_(**options: Any) -> MainWindow:
        memory = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
        return open_window(**{"base": None, "memory": memory, **options})

    return start_


@pytest.fixture
def brief(tmp_path: Path, base: Path) -> Path:
    path = tmp_path / "briefs" / "energy.brief.yaml"
    path.parent.mkdir()
    path.write_text("format: 1\ntitle: Energy\nbase: ../base\nselect: {topics: [energy]}\n")
    return path


def new(window: MainWindow) -> None:
    window.menus["File"].actions()[0].trigger()


# --- a new brief and a restart -----------------------------------------------------------------


def test_a_new_brief_stays_on_the_base_that_is_open(start: Open, brief: Path, base: Path) -> None:
    window = start()
    files_of(window).open_path(brief)
    new(window)

    assert window.session.path is None
    assert window.session.folder.resolve() == base
    assert window.session.base.title == "Test relations"


def test_a_new_brief_on_ones_own_base_names_it_in_its_file(
    start: Open, brief: Path, base: Path
) -> None:
    window = start()
    files_of(window).open_path(brief)
    new(window)
    saved = brief.with_name("new.brief.yaml")
    files_of(window)._write(saved, None)

    assert "base: ../base" in saved.read_text()
    assert Path(str(read_spec(saved).base)).resolve() == base


def test_the_last_brief_and_its_base_reopen(start: Open, brief: Path, base: Path) -> None:
    first = start()
    files_of(first).open_path(brief)
    first.close()

    window = start()
    assert window.session.path == brief
    assert window.session.spec.title == "Energy"
    assert window.session.folder.resolve() == base
    assert window.messages.message == ""


def test_ones_own_base_reopens_without_a_brief(start: Open, brief: Path, base: Path) -> None:
    first = start()
    files_of(first).open_path(brief)
    new(first)
    first.close()

    window = start()
    assert window.session.path is None
    assert window.session.folder.resolve() == base


def test_a_base_of_the_command_line_is_gone_on_with(start: Open, base: Path) -> None:
    start(base=str(base)).close()

    window = start()
    assert window.session.folder.resolve() == base
    assert window.session.base_flag is None


def test_a_brief_saved_under_a_base_of_the_command_line_finds_it_again(
    start: Open, base: Path, tmp_path: Path
) -> None:
    first = start(base=str(base))
    files_of(first)._write(tmp_path / "a.brief.yaml", None)
    first.close()

    window = start()
    assert window.session.path == tmp_path / "a.brief.yaml"
    assert window.session.folder.resolve() == base


@pytest.mark.parametrize("by", ["flag", "variable"])
def test_a_base_that_is_named_wins_over_what_was_open(
    by: str, start: Open, brief: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = start()
    files_of(first).open_path(brief)
    first.close()

    if by == "variable":
        monkeypatch.setenv("BRIEFGEN_BASE", str(shipped_base()))
    window = start(base=str(shipped_base()) if by == "flag" else None)
    assert window.session.path is None
    assert window.session.folder == shipped_base()


@pytest.mark.parametrize("gone", ["brief", "base", "faulty"])
def test_what_is_gone_is_said_and_the_app_starts(
    gone: str, start: Open, brief: Path, base: Path
) -> None:
    first = start()
    files_of(first).open_path(brief)
    first.close()
    if gone == "brief":
        brief.unlink()
    elif gone == "base":
        base.rename(base.with_name("elsewhere"))
    else:
        brief.write_text("format: 1\ntilte: x\n")

    window = start()
    assert window.messages.message.startswith("What was open last cannot be opened: ")
    assert window.session.folder == shipped_base()
    assert window.session.path is None


def test_what_was_not_saved_comes_before_what_was_open(start: Open, brief: Path) -> None:
    first = start()
    files_of(first).open_path(brief)
    first.session.edit("Title", replace(first.session.spec, title="Mine"))
    files_of(first).leave()

    window = start()
    assert window.session.spec.title == "Mine"
    assert window.messages.message.startswith("Recovered")


def test_a_memory_that_cannot_be_read_counts_as_none(start: Open, tmp_path: Path) -> None:
    for said in ("{", "[]", '{"last": 3, "briefs": [{"path": 1}, null], "bases": "x"}'):
        (tmp_path / "window.recent.json").write_text(said)
        window = start()
        assert window.session.folder == shipped_base()
        window.close()


# --- the name of the base in the head ----------------------------------------------------------


def entries(menu: QMenu) -> list[str]:
    menu.aboutToShow.emit()
    return [each.text() for each in menu.actions() if not each.isSeparator()]


def choose(menu: QMenu, text: str) -> None:
    menu.aboutToShow.emit()
    (entry,) = (each for each in menu.actions() if each.text().startswith(text))
    entry.trigger()


def page_of(window: MainWindow) -> StartPage:
    page = window.covered_by
    assert isinstance(page, StartPage)
    assert page.isVisible()
    assert not window.splitter.isVisible()
    return page


def take_way(qtbot: Any, window: MainWindow, name: str) -> None:
    # What an earlier message offered is on its way out, and what this one offers on its way in.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()
    press(qtbot, window.messages, name)


def test_the_head_says_which_base_is_open(qtbot: Any, start: Open, base: Path, brief: Path) -> None:
    window = start()
    files_of(window).open_path(brief)
    button = home_of(window).button

    assert button.isVisible()
    qtbot.waitUntil(lambda: button.text() == "Test relations  ▾")
    assert button.accessibleName() == "Fact base: Test relations"
    said = entries(button.menu())
    assert said[0] == f"7 facts · {base}"
    assert "The example base" in said

    choose(button.menu(), "The example base")
    assert window.session.folder == shipped_base()
    said = entries(button.menu())
    count = sum(
        file.read_text(encoding="utf-8").count("\n- id: ")
        for file in (shipped_base() / "facts").rglob("*.yaml")
    )
    assert said[0] == f"{count} facts · comes with briefgen"
    assert f"Test relations   {base}" in said
    assert "The example base" not in said
    choose(button.menu(), "Test relations")
    assert window.session.folder == base


@pytest.mark.parametrize("width", [860, 1280, 1600])
def test_a_long_name_takes_no_room_from_the_title(
    width: int, qtbot: Any, start: Open, base: Path
) -> None:
    text = (base / "base.yaml").read_text()
    long = "Relations & ties " * 30
    (base / "base.yaml").write_text(text.replace("Test relations", f'"{long}"'))
    window = start(base=str(base))
    window.resize(width, 720)
    qtbot.waitUntil(lambda: window.width() == width)
    button, title = home_of(window).button, window.findChild(LineField, "title")

    assert button.text().endswith("…  ▾")
    assert button.geometry().right() <= title.geometry().right()
    assert button.mapTo(window, QPoint(0, 0)).x() >= 0


def test_tab_comes_to_the_base_before_the_title(qtbot: Any, start: Open, base: Path) -> None:
    window = start(base=str(base))
    title = window.findChild(LineField, "title")
    title.setFocus()
    qtbot.keyClick(title, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)

    assert window.focusWidget() is home_of(window).button


# --- bases made and opened ---------------------------------------------------------------------


def dialog_of(window: MainWindow) -> NewBaseDialog:
    (dialog,) = (each for each in window.findChildren(NewBaseDialog) if each.isVisible())
    return dialog


def test_a_base_of_ones_own_is_made_and_open(
    qtbot: Any, start: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choosing, "documents_folder", lambda: tmp_path)
    window = start()
    press(qtbot, page_of(window), "New base…")
    dialog = dialog_of(window)
    qtbot.keyClicks(dialog.name, "Our: neighbours")
    assert dialog.folder.folder() == tmp_path / "Our neighbours"
    qtbot.keyClicks(dialog.topics, "Energy, Trade")
    press(qtbot, dialog, "Create the base")

    assert not dialog.isVisible()
    assert window.covered_by is None
    assert window.session.folder == tmp_path / "Our neighbours"
    assert [topic.label for topic in window.session.base.topics.values()] == ["Energy", "Trade"]
    assert window.messages.message.startswith("“Our: neighbours” is yours, and has no facts yet.")
    take_way(qtbot, window, "New fact…")
    menu = base_menu_of(window)
    assert menu.dialog is not None
    menu.dialog.reject()

    panel = window.findChild(PagesPanel)
    assert panel is not None
    why = "This base has no facts yet."
    qtbot.waitUntil(lambda: panel.notice.text() == why, timeout=20_000)
    assert panel.notice.way.text() == "New fact…"
    part = window.facts_part
    assert isinstance(part, FactsTab)
    assert part.nothing.way_out.text() == "New fact…"
    for way in (panel.notice.way, part.nothing.way_out):
        qtbot.mouseClick(way, Qt.MouseButton.LeftButton)
        assert menu.dialog is not None
        menu.dialog.reject()

    window.close()
    assert start().session.folder == tmp_path / "Our neighbours"


def test_what_a_new_base_lacks_is_said_and_what_was_typed_stays(
    qtbot: Any, start: Open, tmp_path: Path
) -> None:
    window = start()
    home_of(window).ask_new()
    dialog = dialog_of(window)
    press(qtbot, dialog, "Create the base")
    assert dialog.fault.text() == "The base has no name; give it one."
    assert dialog.focusWidget() is dialog.name

    qtbot.keyClicks(dialog.name, "Own")
    press(qtbot, dialog, "Create the base")
    assert dialog.fault.text().startswith("There is no topic")
    qtbot.keyClicks(dialog.topics, "Energy")
    (tmp_path / "letter.txt").touch()
    dialog.folder.line.selectAll()
    qtbot.keyClicks(dialog.folder.line, str(tmp_path))
    press(qtbot, dialog, "Create the base")
    assert "is not empty" in dialog.fault.text()
    assert dialog.isVisible()
    dialog.reject()


def test_a_folder_that_is_no_base_is_said_and_one_can_be_made_there(
    qtbot: Any, start: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty, full = tmp_path / "empty", tmp_path / "full"
    empty.mkdir()
    full.mkdir()
    (full / "letter.txt").touch()
    answers = [empty, full]

    def ask(parent: Any, title: str, start: Path, then: Callable[[Path], None]) -> None:
        then(answers.pop(0))

    monkeypatch.setattr(choosing, "ask_folder", ask)
    window = start()
    press(qtbot, page_of(window), "Open base…")
    assert window.messages.message == f"{empty} is no fact base: there is no base.yaml in it."
    take_way(qtbot, window, "Make one there…")
    dialog = dialog_of(window)
    qtbot.keyClicks(dialog.name, "Own")
    assert dialog.folder.folder() == empty
    dialog.reject()

    press(qtbot, page_of(window), "Open base…")
    take_way(qtbot, window, "Make one there…")
    (dialog,) = (each for each in window.findChildren(NewBaseDialog) if each.isVisible())
    qtbot.keyClicks(dialog.name, "Own")
    assert dialog.folder.folder() == full / "Own"
    dialog.reject()


def test_another_base_asks_about_what_is_not_saved(qtbot: Any, start: Open, base: Path) -> None:
    window = start(base=str(base))
    session = window.session
    session.edit("Title", replace(session.spec, title="Mine"))
    home_of(window).try_example()
    assert session.folder == base
    question = next(each for each in window.findChildren(Question) if each.isVisible())
    press(qtbot, question, "Cancel")
    assert (session.spec.title, session.base_flag) == ("Mine", str(base))

    home_of(window).try_example()
    question = next(each for each in window.findChildren(Question) if each.isVisible())
    press(qtbot, question, "Discard")
    assert session.folder == shipped_base()
    assert session.spec.base is None


# --- the start page ----------------------------------------------------------------------------


def test_a_first_start_asks_what_to_work_on(qtbot: Any, start: Open) -> None:
    window = start()
    page = page_of(window)

    assert window.messages.message == ""
    assert not page.briefs.isVisible()
    assert not page.back.isVisible()
    assert window.focusWidget() is page.example
    assert page.example.property("role") == "main"
    seen: list[QWidget] = []
    for _ in range(4):
        focused = window.focusWidget()
        assert focused is not None
        seen.append(focused)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    assert seen == [page.example, page.new_base, page.open_base, page.open_brief]
    assert page.example.accessibleDescription()


def test_a_first_pdf_takes_three_clicks(
    qtbot: Any, start: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clicks = 0

    def ask(parent: Any, title: str, start: Path, then: Callable[[Path], None]) -> None:
        nonlocal clicks
        clicks += 1
        then(tmp_path)

    monkeypatch.setattr(choosing, "ask_folder", ask)
    window = start()
    window.activateWindow()
    page_of(window).example.setFocus()
    press(qtbot, page_of(window), "Try the example")
    assert window.covered_by is None
    part = window.facts_part
    assert isinstance(part, FactsTab)
    qtbot.waitUntil(part.view.hasFocus)  # and no choice of the scope
    (button,) = (
        each
        for each in window.header.findChildren(QToolButton)
        if each.accessibleName() == "Export"
    )
    # The arrow's half has the menu; the rest of it exports.
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton, pos=QPoint(12, button.height() // 2))
    qtbot.waitUntil(lambda: window.messages.message.startswith("Written"), timeout=30_000)

    assert 2 + clicks == 3
    assert list(tmp_path.glob("*.pdf"))


def test_menus_of_what_is_not_in_sight_have_no_effect(qtbot: Any, start: Open) -> None:
    window = start()
    page_of(window)
    title = window.findChild(LineField, "title")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert not title.hasFocus()
    enabled = {
        each.text().replace("&", "") for each in window.menus["File"].actions() if each.isEnabled()
    }
    assert {"New", "Open…", "Open recent", "Start page", "Quit"} <= enabled
    assert not {"Save", "Save as…", "Print…"} & enabled

    home_of(window).leave_start_page()
    assert window.splitter.isVisible()
    qtbot.keyClick(
        window.focusWidget() or window, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier
    )
    assert title.hasFocus()
    save = next(each for each in window.menus["File"].actions() if each.text() == "&Save")
    assert save.isEnabled()


def test_recent_briefs_and_bases_lead_back(
    qtbot: Any, start: Open, brief: Path, base: Path
) -> None:
    window = start()
    files_of(window).open_path(brief)
    home_of(window).start_action.trigger()
    page = page_of(window)

    assert [(one.title, one.is_there) for one in page.briefs.rows] == [("Energy", True)]
    assert page.briefs.rows[0].details.startswith("Country brief · Test relations · ")
    assert [one.title for one in page.bases.rows] == ["Test relations"]
    assert page.bases.rows[0].details.startswith(f"7 facts · {base} · ")
    said = page.briefs.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("Energy, Country brief")
    qtbot.keyClick(page.briefs, Qt.Key.Key_Escape)
    assert window.covered_by is None
    assert window.session.path == brief

    home_of(window).start_action.trigger()
    index = page.bases.model().index(0, 0)
    place = page.bases.visualRect(index).center()
    qtbot.mouseClick(page.bases.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.covered_by is None
    assert (window.session.path, window.session.folder) == (None, base)

    home_of(window).start_action.trigger()
    qtbot.keyClick(page.briefs, Qt.Key.Key_Return)
    assert window.covered_by is None
    assert window.session.path == brief


def test_what_is_not_there_any_more_is_greyed_and_can_go(
    qtbot: Any, start: Open, brief: Path, base: Path
) -> None:
    first = start()
    files_of(first).open_path(brief)
    first.close()
    brief.unlink()
    window = start()
    page = page_of(window)
    assert window.messages.message.startswith("What was open last cannot be opened: ")

    assert [one.is_there for one in page.briefs.rows] == [False]
    assert page.briefs.rows[0].details.startswith("not there any more · ")
    assert [one.is_there for one in page.bases.rows] == [True]
    qtbot.keyClick(page.briefs, Qt.Key.Key_Return)
    assert window.messages.message == f"{brief} is not there any more."
    press(qtbot, page, "Remove what is not there any more")
    assert page.briefs.rows == []
    assert not page.tidy.isVisible()

    base.rename(base.with_name("elsewhere"))
    qtbot.keyClick(page.bases, Qt.Key.Key_Return)
    assert window.messages.message.startswith("There is no folder ")
    take_way(qtbot, window, "Remove it from the list")
    assert page.bases.rows == []


def test_delete_takes_out_of_a_list(qtbot: Any, start: Open, brief: Path) -> None:
    window = start()
    files_of(window).open_path(brief)
    home_of(window).start_action.trigger()
    page = page_of(window)
    qtbot.keyClick(page.briefs, Qt.Key.Key_Delete)

    assert page.briefs.rows == []
    assert brief.is_file()
