"""New, open, save, recent briefs: driven from the menus, answers to dialogs put in their place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton

from briefgen.gui.files import choosing, files_of
from briefgen.gui.files.question import Question
from briefgen.gui.window import MainWindow


def action(window: MainWindow, menu: str, text: str) -> QAction:
    """An entry of a menu, by the start of its text."""
    window.menus[menu].aboutToShow.emit()
    for entry in window.menus[menu].actions():
        if entry.text().replace("&", "").startswith(text):
            return entry
    raise LookupError(text)


def choose(window: MainWindow, text: str, menu: str = "File") -> None:
    action(window, menu, text).trigger()


def recent(window: MainWindow) -> list[str]:
    files_of(window).recent.aboutToShow.emit()
    return [each.text() for each in files_of(window).recent.actions() if not each.isSeparator()]


def retitle(window: MainWindow, title: str) -> None:
    session = window.session
    session.edit("Title", replace(session.spec, title=title))


def answer(qtbot: Any, window: MainWindow, button: str) -> None:
    """Click an answer of the question that is open."""
    question = next(each for each in window.findChildren(Question) if each.isVisible())
    for each in question.findChildren(QPushButton):
        if each.text() == button:
            qtbot.mouseClick(each, Qt.MouseButton.LeftButton)
            return
    raise LookupError(button)


def asking(window: MainWindow) -> bool:
    return any(each.isVisible() for each in window.findChildren(Question))


def take_way(qtbot: Any, window: MainWindow, name: str) -> None:
    """Click one of the ways out beside a message."""
    for button in window.messages.findChildren(QPushButton):
        if button.text() == name:
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
            return
    raise LookupError(name)


@pytest.fixture
def chosen(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the person chooses in dialogs for files; `asked` is what these suggest."""
    said: dict[str, Any] = {"asked": []}

    def answered(name: str) -> Callable[..., None]:
        def ask(parent: Any, title: str, start: Path, *more: Any) -> None:
            said["asked"].append(start)
            if name in said:
                more[-1](said[name])

        return ask

    for name in ("ask_open", "ask_save", "ask_folder"):
        monkeypatch.setattr(choosing, name, answered(name))
    return said


@pytest.fixture
def brief(tmp_path: Path) -> Path:
    path = tmp_path / "briefs" / "energy.brief.yaml"
    path.parent.mkdir()
    path.write_text("# mine\nformat: 1\ntitle: Energy   # ties\nselect: {topics: [energy]}\n")
    return path


def test_open_change_save(window: MainWindow, brief: Path, chosen: dict[str, Any]) -> None:
    chosen["ask_open"] = brief
    choose(window, "Open…")
    assert window.windowTitle() == "Energy[*] – briefgen"
    assert window.session.spec.select.topics == ("energy",)

    retitle(window, "Energy ties")
    assert window.isWindowModified()
    choose(window, "Save")

    assert not window.isWindowModified()
    assert brief.read_text() == (
        "# mine\nformat: 1\ntitle: Energy ties   # ties\nselect: {topics: [energy]}\n"
    )


def test_a_new_brief_is_saved_under_a_name(
    window: MainWindow, tmp_path: Path, chosen: dict[str, Any]
) -> None:
    chosen["ask_save"] = tmp_path / "new" / "trade"
    retitle(window, "Trade & more")
    choose(window, "Save")

    assert chosen["asked"][0].name == "trade-more.brief.yaml"
    assert (tmp_path / "new/trade.brief.yaml").read_text() == "format: 1\ntitle: Trade & more\n"
    assert window.session.path == tmp_path / "new/trade.brief.yaml"
    assert not window.isWindowModified()


def test_a_suffix_that_was_added_does_not_overwrite_unasked(
    qtbot: Any, window: MainWindow, brief: Path, chosen: dict[str, Any]
) -> None:
    chosen["ask_save"] = brief.with_name("energy")
    before = brief.read_text()
    retitle(window, "Other")
    choose(window, "Save as…")

    assert asking(window)
    answer(qtbot, window, "Cancel")
    assert brief.read_text() == before

    choose(window, "Save as…")
    answer(qtbot, window, "Replace it")
    assert brief.read_text() == "format: 1\ntitle: Other\n"


def test_a_file_that_others_changed_is_not_overwritten_unasked(
    qtbot: Any, window: MainWindow, brief: Path
) -> None:
    files_of(window).open_path(brief)
    theirs = brief.read_text().replace("Energy ", "Theirs ")
    brief.write_text(theirs)
    retitle(window, "Mine")
    choose(window, "Save")

    assert window.messages.message.startswith("energy.brief.yaml was changed by another program")
    assert brief.read_text() == theirs
    take_way(qtbot, window, "Save anyway")
    assert "title: Mine   # ties" in brief.read_text()
    assert not window.isWindowModified()

    brief.write_text(theirs)
    retitle(window, "Mine again")
    choose(window, "Save")
    take_way(qtbot, window, "Open it anew")
    assert window.session.spec.title == "Theirs"
    assert not window.isWindowModified()
    choose(window, "Bring back what was discarded")
    assert window.session.spec.title == "Mine again"
    assert window.isWindowModified()


def test_what_cannot_be_saved_is_said(
    window: MainWindow, tmp_path: Path, chosen: dict[str, Any]
) -> None:
    (tmp_path / "file").touch()
    chosen["ask_save"] = tmp_path / "file" / "x"
    retitle(window, "A")
    choose(window, "Save")

    assert window.messages.message.startswith("Not saved: cannot write ")
    assert window.isWindowModified()


@pytest.mark.parametrize("button", ["Save", "Discard", "Cancel"])
def test_changes_are_asked_about_before_another_brief(
    qtbot: Any, window: MainWindow, brief: Path, button: str
) -> None:
    files_of(window).open_path(brief)
    retitle(window, "Changed")
    choose(window, "New")
    assert asking(window)
    answer(qtbot, window, button)

    assert ("Changed" in brief.read_text()) == (button == "Save")
    assert window.session.spec.title == ("Changed" if button == "Cancel" else None)
    assert (window.session.path is None) == (button != "Cancel")


def test_nothing_is_asked_where_nothing_was_changed(window: MainWindow, brief: Path) -> None:
    files_of(window).open_path(brief)
    retitle(window, "Changed")
    window.session.undo_stack.undo()
    choose(window, "New")

    assert not asking(window)
    assert window.session.path is None


def test_closing_asks_once_and_cancel_keeps_the_window(qtbot: Any, window: MainWindow) -> None:
    retitle(window, "Changed")
    window.close()
    window.close()

    assert window.isVisible()
    assert len([each for each in window.findChildren(Question) if each.isVisible()]) == 1
    answer(qtbot, window, "Cancel")
    assert window.isVisible()

    window.close()
    answer(qtbot, window, "Discard")
    assert not window.isVisible()


def test_closing_with_save_asks_for_a_name_and_closes(
    qtbot: Any, window: MainWindow, tmp_path: Path, chosen: dict[str, Any]
) -> None:
    chosen["ask_save"] = tmp_path / "x.brief.yaml"
    retitle(window, "Changed")
    window.close()
    answer(qtbot, window, "Save")

    assert not window.isVisible()
    assert (tmp_path / "x.brief.yaml").read_text() == "format: 1\ntitle: Changed\n"


def test_recent_briefs(open_window: Callable[..., MainWindow], brief: Path, tmp_path: Path) -> None:
    other = tmp_path / "R&D.brief.yaml"
    other.write_text("format: 1\n")
    first = open_window()
    assert recent(first) == ["No briefs yet"]
    files_of(first).open_path(brief)
    files_of(first).open_path(other)
    first.close()

    window = open_window()
    assert recent(window) == [
        f"R&&D.brief.yaml   {other.parent}", f"energy.brief.yaml   {brief.parent}",
        "Clear this list",
    ]  # fmt: skip
    files_of(window).recent.actions()[1].trigger()
    assert window.session.path == brief
    assert recent(window)[0].startswith("R&&D")  # the one that is open is not offered

    other.unlink()
    files_of(window).recent.actions()[0].trigger()
    assert window.messages.message.endswith("R&D.brief.yaml: no such file; check the path")
    assert recent(window) == ["Clear this list"] or not recent(window)[0].startswith("R&&D")


def test_the_list_can_be_cleared(window: MainWindow, brief: Path) -> None:
    files_of(window).open_path(brief)
    choose(window, "New")
    recent(window)
    files_of(window).recent.actions()[-1].trigger()

    assert recent(window) == ["No briefs yet"]


def test_a_faulty_brief_leaves_the_open_one(window: MainWindow, brief: Path) -> None:
    retitle(window, "Mine")
    window.session.undo_stack.setClean()
    brief.write_text("format: 1\ntilte: x\n")
    window.attempt(lambda: files_of(window).open_path(brief))

    assert "unknown key 'tilte'" in window.messages.message
    assert window.session.spec.title == "Mine"


def drop(window: MainWindow, path: Path) -> bool:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    how = (data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(QPoint(20, 20), Qt.DropAction.CopyAction, *how)
    QApplication.sendEvent(window, enter)
    if enter.isAccepted():
        QApplication.sendEvent(window, QDropEvent(QPointF(20, 20), Qt.DropAction.CopyAction, *how))
    return enter.isAccepted()


def test_a_brief_dropped_on_the_window_is_opened(
    window: MainWindow, brief: Path, tmp_path: Path
) -> None:
    assert drop(window, brief)
    assert window.session.path == brief

    (tmp_path / "picture.png").touch()
    assert not drop(window, tmp_path / "picture.png")
    assert window.session.path == brief


def test_undo_says_what_it_undoes(window: MainWindow) -> None:
    retitle(window, "A")

    entry = action(window, "Edit", "Undo")
    assert entry.text() == "Undo Title"
    entry.trigger()
    assert window.session.spec.title is None
    choose(window, "Redo Title", "Edit")
    assert window.session.spec.title == "A"


def test_new_briefs_start_with_the_settings_defaults(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings = tmp_path / "settings.yaml"
    settings.write_text("defaults: {template: chronology, prepared_by: Desk}\n")
    monkeypatch.setenv("BRIEFGEN_SETTINGS", str(settings))
    choose(window, "New")
    assert (window.session.spec.template, window.session.spec.prepared_by) == (
        "chronology", "Desk"
    )  # fmt: skip
    assert not window.isWindowModified()

    settings.write_text("defaults: {templat: x}\n")
    choose(window, "New")
    assert window.messages.message.startswith("The settings are not used: ")
    assert window.session.spec.template == "country-brief"


def test_a_settings_base_that_is_gone_does_not_keep_the_app_shut(
    open_window: Callable[..., MainWindow], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings = tmp_path / "settings.yaml"
    settings.write_text("base: gone\n")
    monkeypatch.setenv("BRIEFGEN_SETTINGS", str(settings))
    window = open_window(base=None)

    assert window.messages.message.startswith("This is the shipped base: the fact base ")
    assert window.session.base.title == "Pakistan–Russia relations"


def test_the_real_dialogs_open(qtbot: Any, window: MainWindow, tmp_path: Path) -> None:
    kept: list[Path] = []
    choosing.ask_open(window, "Open", tmp_path, choosing.BRIEFS, kept.append)
    choosing.ask_save(window, "Save", tmp_path / "x.brief.yaml", choosing.BRIEFS, kept.append)
    choosing.ask_folder(window, "Folder", tmp_path, kept.append)
    dialogs = window.findChildren(QFileDialog)
    assert [each.isVisible() for each in dialogs] == [True, True, True]
    assert Path(dialogs[1].selectedFiles()[0]) == tmp_path / "x.brief.yaml"
    for dialog in dialogs:
        dialog.reject()
    assert kept == []
