"""A half-written form is kept while one types, and offered again by the next start."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from briefgen.brief.spec.model import BriefSpec
from briefgen.errors import OutputError
from briefgen.folders import recovery_folder
from briefgen.gui.editing import base_menu_of
from briefgen.gui.editing.base_menu import BaseMenu
from briefgen.gui.editing.entry_dialog import SimpleDialog
from briefgen.gui.editing.fact_dialog import FactDialog
from briefgen.gui.editing.passage_dialog import PassageDialog
from briefgen.gui.editing.quick_add import QuickAddDialog
from briefgen.gui.editing.retract_dialog import RetractDialog
from briefgen.gui.editing.unsaved_forms import NotAFormError
from briefgen.gui.files import files_of
from briefgen.gui.view_models import keeper
from briefgen.gui.view_models.unsaved_form import UnsavedForm, from_bytes
from briefgen.gui.window import MainWindow
from gui.driving import press

Open = Callable[..., MainWindow]


def kept() -> list[UnsavedForm]:
    """What is kept of forms now."""
    found = []
    for path in forms_folder().glob("*.json"):
        with contextlib.suppress(FileNotFoundError):  # the app may take it away meanwhile
            found.append(from_bytes(path.read_bytes()))
    return found


def forms_folder() -> Path:
    return recovery_folder() / "forms"


def type_into(field: QWidget, text: str) -> None:
    field.setFocus()
    QTest.keyClicks(field, text)


def offered(qtbot: Any, window: MainWindow, start: str) -> str:
    qtbot.waitUntil(lambda: window.messages.message.startswith(start))
    return window.messages.message


def next_start(window: MainWindow, open_window: Open, **how: Any) -> MainWindow:
    """The machine goes down, asking nobody; the app is started again."""
    files_of(window).leave()
    return open_window(**how)


def continued(qtbot: Any, window: MainWindow, name: str, kind: type) -> Any:
    """The dialog that comes of taking what is offered."""
    article = "An" if name == "actor" else "A"
    offered(qtbot, window, f"{article} {name} was being written when the program ended")
    press(qtbot, window.messages, f"Continue the {name}")
    dialog = base_menu_of(window).dialog
    assert isinstance(dialog, kind)
    assert dialog.has_unsaved()
    return dialog


def nothing_is_left(qtbot: Any) -> None:
    qtbot.waitUntil(lambda: kept() == [])


# --- each form ---------------------------------------------------------------------------------


def test_a_fact(qtbot: Any, window: MainWindow, menu: BaseMenu, open_window: Open) -> None:
    menu.new_fact()
    dialog = menu.dialog
    assert isinstance(dialog, FactDialog)
    type_into(dialog.form.statement, "Half a sentence was typed")
    dialog.form.topics.tick("trade")
    again = next_start(window, open_window)

    assert offered(qtbot, again, "A fact was being").endswith(": “Half a sentence was typed”")
    taken = continued(qtbot, again, "fact", FactDialog)
    assert taken.form.statement.data() == "Half a sentence was typed"
    assert taken.form.topics.data() == ["trade"]
    taken._leave()
    nothing_is_left(qtbot)


def test_a_fact_that_is_changed(
    qtbot: Any, window: MainWindow, menu: BaseMenu, open_window: Open, base: Path
) -> None:
    menu.edit_fact("oil-talks")
    dialog = menu.dialog
    assert isinstance(dialog, FactDialog)
    type_into(dialog.form.statement, "Now: ")
    again = next_start(window, open_window)

    taken = continued(qtbot, again, "fact", FactDialog)
    assert taken.form.own_id == "oil-talks"
    press(qtbot, taken, "Save")
    text = (base / "facts/energy.yaml").read_text("utf-8")
    assert "Now: " in text
    assert text.count("oil-talks") == 1
    nothing_is_left(qtbot)


def test_a_source_within_a_fact(
    qtbot: Any, window: MainWindow, menu: BaseMenu, open_window: Open
) -> None:
    menu.new_fact()
    dialog = menu.dialog
    assert isinstance(dialog, FactDialog)
    type_into(dialog.form.statement, "They met")
    dialog._ask_source(dialog.form.cites.rows[0])
    type_into(dialog.source_form.title, "Yearbook of pipes")
    again = next_start(window, open_window)

    taken = continued(qtbot, again, "fact", FactDialog)
    assert taken.stack.currentWidget() is taken.source_form
    assert taken.source_form.entry()["title"] == "Yearbook of pipes"
    taken.source_form.named["type"].field.set_data("report")
    press(qtbot, taken, "Use this source")
    assert taken.said.text() == ""
    assert taken.stack.currentWidget() is taken.form
    (cite,) = taken.form.entry()["cites"]
    assert cite["source"] in taken.form.search.new_sources
    taken._leave()
    nothing_is_left(qtbot)


@pytest.mark.parametrize(("what", "field"), [("source", "title"), ("actor", "name")])
def test_sources_and_actors(
    qtbot: Any, window: MainWindow, menu: BaseMenu, open_window: Open, what: str, field: str
) -> None:
    getattr(menu, f"new_{what}")()
    dialog = menu.dialog
    assert isinstance(dialog, SimpleDialog)
    type_into(dialog.form.named[field].field, "Pipes")
    again = next_start(window, open_window)

    taken = continued(qtbot, again, what, SimpleDialog)
    assert taken.form.entry()[field] == "Pipes"
    taken._leave()
    nothing_is_left(qtbot)


def test_a_quick_draft(qtbot: Any, window: MainWindow, menu: BaseMenu, open_window: Open) -> None:
    menu.quick_add()
    dialog = menu.dialog
    assert isinstance(dialog, QuickAddDialog)
    type_into(dialog.page.address, "Some yearbook")
    dialog.page.passage.setPlainText("Trade grew in that year.")
    again = next_start(window, open_window)

    taken = continued(qtbot, again, "quick add", QuickAddDialog)
    assert taken.page.passage.value() == "Trade grew in that year."
    assert taken.page.address.value() == "Some yearbook"
    taken._leave()
    nothing_is_left(qtbot)


def test_the_reason_of_a_retraction(
    qtbot: Any, window: MainWindow, menu: BaseMenu, open_window: Open
) -> None:
    fact = menu.index.facts(["oil-talks"])["oil-talks"]
    menu._open(lambda: RetractDialog(menu.writer, [fact]))
    dialog = menu.dialog
    assert isinstance(dialog, RetractDialog)
    type_into(dialog.reason, "The newspaper withdrew it")
    again = next_start(window, open_window)

    taken = continued(qtbot, again, "retraction", RetractDialog)
    assert taken.reason.data() == "The newspaper withdrew it"
    assert [each.id for each in taken.facts] == ["oil-talks"]
    taken._leave()
    nothing_is_left(qtbot)


@pytest.mark.parametrize("ids", [["oil-talks", "nobody"], [], "oil-talks", [3], None])
def test_a_retraction_of_what_is_not_there_is_not_taken_up(menu: BaseMenu, ids: object) -> None:
    with pytest.raises(NotAFormError, match="the retraction cannot be shown"):
        menu._resumed(UnsavedForm("retract", "/b", {"ids": ids, "reason": "It fell."}))


def test_a_sentence_for_several_facts(
    qtbot: Any, window: MainWindow, menu: BaseMenu, open_window: Open
) -> None:
    dialog = PassageDialog.new(menu.writer, ["oil-talks", "gas-agreed"])
    menu._open_anyway(lambda: dialog, None)
    type_into(dialog.text, "Then: ")
    written = dialog.text.value()
    assert "Then: " in written
    again = next_start(window, open_window)

    taken = continued(qtbot, again, "sentence", PassageDialog)
    assert taken.text.value() == written.strip()
    taken._leave()
    nothing_is_left(qtbot)


# --- when it is kept, and when not -------------------------------------------------------------


def test_it_is_kept_while_one_types_without_a_pause(qtbot: Any, menu: BaseMenu) -> None:
    menu.new_fact()
    dialog = menu.dialog
    assert isinstance(dialog, FactDialog)
    dialog.form.statement.setFocus()

    def typing_on() -> bool:
        QTest.keyClick(dialog.form.statement, "a")  # type: ignore[call-overload]
        return bool(kept())

    qtbot.waitUntil(typing_on)
    dialog._leave()


@pytest.mark.parametrize("how", ["Discard it", "Save"])
def test_a_form_that_was_closed_leaves_nothing(
    qtbot: Any, window: MainWindow, menu: BaseMenu, open_window: Open, how: str
) -> None:
    menu.new_actor()
    dialog = menu.dialog
    assert isinstance(dialog, SimpleDialog)
    type_into(dialog.form.named["name"].field, "Jo Doe")
    qtbot.waitUntil(lambda: len(kept()) == 1)
    if how == "Save":
        type_into(dialog.form.named["kind"].field, "person")
        press(qtbot, dialog, how)
    else:
        dialog.close()
        press(qtbot, dialog, how)
    assert menu.dialog is None
    nothing_is_left(qtbot)

    again = next_start(window, open_window)
    assert not base_menu_of(again).unsaved.action.isVisible()
    assert again.messages.message == ""


def test_an_untouched_form_is_not_kept(
    qtbot: Any, window: MainWindow, menu: BaseMenu, open_window: Open
) -> None:
    menu.edit_fact("oil-talks")
    files_of(window).leave()

    assert kept() == []


def test_a_full_disk_is_told_in_the_form(
    qtbot: Any, menu: BaseMenu, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, data: bytes, **how: Any) -> None:
        raise OutputError(f"cannot write {path}: no space left on device")

    monkeypatch.setattr(keeper, "write_whole", full)
    monkeypatch.setattr(menu.unsaved._look, "start", lambda: None)
    menu.new_fact()
    dialog = menu.dialog
    assert isinstance(dialog, FactDialog)

    def typing_on() -> bool:
        QTest.keyClick(dialog.form.statement, "a")  # type: ignore[call-overload]
        return "is not kept against a crash" in dialog.said.text()

    qtbot.waitUntil(typing_on)
    dialog._leave()


# --- how it is offered -------------------------------------------------------------------------


def leave_a_fact(window: MainWindow) -> None:
    menu = base_menu_of(window)
    menu.new_fact()
    assert isinstance(menu.dialog, FactDialog)
    type_into(menu.dialog.form.statement, "Half a sentence")
    files_of(window).leave()


def test_it_waits_while_something_else_is_told_and_stands_in_the_menu(
    qtbot: Any, window: MainWindow, open_window: Open
) -> None:
    window.session.edit("Title", replace(window.session.spec, title="Not saved"))
    leave_a_fact(window)
    again = open_window()
    action = base_menu_of(again).unsaved.action

    assert offered(qtbot, again, "Recovered what was not saved: Not saved")
    assert action in again.menus["Base"].actions()
    assert (action.isVisible(), action.text()) == (
        True,
        "Continue the fact that was being written",
    )
    again.messages.close_button.click()
    offered(qtbot, again, "A fact was being written")
    again.tell("Something was done.")
    again.messages.clear()
    offered(qtbot, again, "A fact was being written")
    again.messages.close_button.click()
    assert again.messages.message == ""  # answered

    action.trigger()
    dialog = base_menu_of(again).dialog
    assert isinstance(dialog, FactDialog)
    assert dialog.form.statement.data() == "Half a sentence"
    assert not action.isVisible()
    dialog._leave()
    nothing_is_left(qtbot)


def test_what_is_not_taken_up_stays_for_the_next_start(
    qtbot: Any, window: MainWindow, open_window: Open
) -> None:
    leave_a_fact(window)
    again = open_window()
    offered(qtbot, again, "A fact was being written")
    third = next_start(again, open_window)

    continued(qtbot, third, "fact", FactDialog)._leave()
    nothing_is_left(qtbot)


def test_discarding_it_can_be_taken_back(qtbot: Any, window: MainWindow, open_window: Open) -> None:
    leave_a_fact(window)
    again = open_window()
    offered(qtbot, again, "A fact was being written")
    press(qtbot, again.messages, "Discard")
    assert again.messages.message == "What was left of the fact was discarded"
    assert not base_menu_of(again).unsaved.action.isVisible()

    press(qtbot, again.messages, "Undo")
    offered(qtbot, again, "A fact was being written")
    press(qtbot, again.messages, "Discard")
    files_of(again).leave()
    assert kept() == []


def test_a_form_of_another_base_is_continued_there(
    qtbot: Any, window: MainWindow, open_window: Open, base: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    shutil.copytree(base, other)
    leave_a_fact(window)
    again = open_window(base=None, spec=BriefSpec(base=str(other)))

    assert f", for the base in {base}: " in offered(qtbot, again, "A fact was being written")
    press(qtbot, again.messages, "Continue the fact")
    menu = base_menu_of(again)
    qtbot.waitUntil(lambda: menu.dialog is not None)
    assert again.session.folder.resolve() == base.resolve()
    assert isinstance(menu.dialog, FactDialog)
    assert menu.dialog.form.statement.data() == "Half a sentence"
    menu.dialog._leave()
    nothing_is_left(qtbot)


def test_a_form_whose_base_is_gone_waits_for_it(
    qtbot: Any, window: MainWindow, open_window: Open, base: Path, tmp_path: Path
) -> None:
    leave_a_fact(window)
    gone = base.rename(tmp_path / "gone")
    other = shutil.copytree(gone, tmp_path / "other")
    again = open_window(base=str(other))
    assert not base_menu_of(again).unsaved.action.isVisible()
    files_of(again).leave()

    gone.rename(base)
    continued(qtbot, open_window(), "fact", FactDialog)._leave()


def test_a_damaged_file_is_set_aside_and_the_app_starts(qtbot: Any, open_window: Open) -> None:
    forms_folder().mkdir(parents=True)
    (forms_folder() / "1-0.json").write_text("{")
    (forms_folder() / "2-0.json").write_text(
        '{"format": 1, "what": "new", "base": "BASE", "at": 1, "state": {"entry": 3}}'.replace(
            "BASE", str(Path("base").resolve())
        )
    )
    window = open_window()

    said = offered(qtbot, window, "A form that was being written cannot be read any more")
    assert str(forms_folder() / "1-0.damaged") in said
    window.messages.close_button.click()
    offered(qtbot, window, "A fact was being written")
    press(qtbot, window.messages, "Continue the fact")
    said = offered(qtbot, window, "The fact cannot be shown as it was kept; it lies in ")
    assert said.endswith("2-0.damaged")
    assert base_menu_of(window).dialog is None
    base_menu_of(window).new_fact()
    assert base_menu_of(window).dialog is not None


# --- a real process, killed --------------------------------------------------------------------

TYPING = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from briefgen.folders import recovery_folder
from briefgen.gui.app import make_window
from briefgen.gui.editing import base_menu_of

app = QApplication([])
window = make_window(base=sys.argv[1])
window.show()
menu = base_menu_of(window)
menu.new_fact()
field = menu.dialog.form.statement

def type_on():
    QTest.keyClicks(field, "word ")
    if list((recovery_folder() / "forms").glob("*.json")):
        print("kept", flush=True)

timer = QTimer(interval=30)
timer.timeout.connect(type_on)
timer.start()
app.exec()
"""


@pytest.mark.skipif(os.name != "posix", reason="kills as POSIX does")
def test_a_form_survives_a_kill(qtbot: Any, open_window: Open, base: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", TYPING, str(base)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        text=True,
    ) as app:
        assert app.stdout is not None
        assert app.stdout.readline() == "kept\n"
        app.kill()

    window = open_window()
    taken = continued(qtbot, window, "fact", FactDialog)
    assert set(str(taken.form.statement.data()).split()) == {"word"}
    taken._leave()
    nothing_is_left(qtbot)
