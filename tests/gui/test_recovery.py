"""Nothing is lost but the last second: apps that are killed, and what the next one finds."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from briefgen.brief.spec.model import BriefSpec
from briefgen.errors import OutputError
from briefgen.files import write_whole
from briefgen.folders import recovery_folder
from briefgen.gui.files import autosave, files_of
from briefgen.gui.files.question import Question
from briefgen.gui.view_models import keeper
from briefgen.gui.view_models.brief.recovery import Unsaved, from_bytes, to_bytes
from briefgen.gui.view_models.brief.switching import Aside
from briefgen.gui.view_models.keeper import leftovers
from briefgen.gui.window import MainWindow
from gui.driving import press

Open = Callable[..., MainWindow]


def kept() -> list[Unsaved]:
    """What lies in the recovery folder now."""
    found = []
    for path in sorted(recovery_folder().glob("*.json")):
        with contextlib.suppress(FileNotFoundError):  # the app may take it away meanwhile
            found.append(from_bytes(path.read_bytes()))
    return found


def left_behind(number: int, spec: BriefSpec, at: float, path: Path | None = None) -> None:
    """What an app left that is not there any more."""
    folder = recovery_folder()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{number}-0.json").write_bytes(to_bytes(Unsaved(spec, path, None, at)))
    (folder / f"{number}-0.lock").touch()


def take_way(qtbot: Any, window: MainWindow, name: str) -> None:
    for button in window.messages.findChildren(QPushButton):
        if button.text() == name:
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
            return
    raise LookupError(name)


def test_a_change_is_kept_until_it_is_saved(qtbot: Any, window: MainWindow, tmp_path: Path) -> None:
    session = window.session
    session.edit("Title", replace(session.spec, title="Energy"))
    qtbot.waitUntil(lambda: [each.spec.title for each in kept()] == ["Energy"])
    assert kept()[0].path is None

    window.attempt(lambda: files_of(window)._write(tmp_path / "x.brief.yaml", None))
    qtbot.waitUntil(lambda: kept() == [])
    session.edit("Title", replace(session.spec, title="Energy ties"))
    qtbot.waitUntil(lambda: len(kept()) == 1)
    assert kept()[0].path == tmp_path / "x.brief.yaml"
    session.undo_stack.undo()
    qtbot.waitUntil(lambda: kept() == [])


def test_a_clean_end_leaves_nothing(qtbot: Any, window: MainWindow) -> None:
    session = window.session
    session.edit("Title", replace(session.spec, title="Energy"))
    qtbot.waitUntil(lambda: len(kept()) == 1)
    session.undo_stack.setClean()
    window.close()

    assert list(recovery_folder().iterdir()) == []


def test_who_types_without_a_pause_is_kept_too(qtbot: Any, window: MainWindow) -> None:
    session = window.session
    letters = iter(range(100_000))

    def typing_on() -> bool:
        session.edit("Title", replace(session.spec, title=f"E{next(letters)}"), merge="title")
        return bool(kept())

    qtbot.waitUntil(typing_on)


def test_what_was_left_is_opened_and_can_be_saved_or_discarded(
    qtbot: Any, open_window: Open, tmp_path: Path
) -> None:
    file = tmp_path / "x.brief.yaml"
    file.write_text("format: 1\ntitle: Saved\n")
    left_behind(1, BriefSpec(title="Not saved"), time.time(), file)
    window = open_window()

    assert window.session.spec.title == "Not saved"
    assert window.isWindowModified()
    assert window.messages.message.startswith("Recovered what was not saved: Not saved, as of ")
    # It is this window's own now, and would be found again after another crash.
    qtbot.waitUntil(lambda: not (recovery_folder() / "1-0.json").exists())
    assert [each.path for each in kept()] == [file]

    take_way(qtbot, window, "Discard")
    assert window.session.spec.title == "Saved"
    assert not window.isWindowModified()
    qtbot.waitUntil(lambda: kept() == [])


def test_discarding_what_had_no_file_gives_a_new_brief(qtbot: Any, open_window: Open) -> None:
    left_behind(1, BriefSpec(title="Not saved"), time.time())
    window = open_window()
    take_way(qtbot, window, "Discard")

    assert (window.session.spec, window.session.path) == (BriefSpec(), None)


def test_of_several_the_newest_is_opened_and_the_others_are_offered(
    qtbot: Any, open_window: Open
) -> None:
    left_behind(1, BriefSpec(title="old"), 1_000_000)
    left_behind(2, BriefSpec(title="newest"), time.time())
    window = open_window()
    assert window.session.spec.title == "newest"

    recent = files_of(window).recent
    recent.aboutToShow.emit()
    (entry,) = [each for each in recent.actions() if each.text().startswith("Not saved: old")]
    assert leftovers(recovery_folder(), from_bytes) == []  # no other window takes it meanwhile
    window.session.undo_stack.setClean()
    entry.trigger()
    assert window.session.spec.title == "old"


def test_others_that_are_not_opened_stay_for_the_next_start(open_window: Open) -> None:
    left_behind(1, BriefSpec(title="old"), 1_000_000)
    left_behind(2, BriefSpec(title="newest"), time.time())
    window = open_window()
    window.session.undo_stack.setClean()
    window.close()

    assert open_window().session.spec.title == "old"


def test_a_brief_that_was_asked_for_comes_first(
    qtbot: Any, open_window: Open, tmp_path: Path
) -> None:
    file = tmp_path / "x.brief.yaml"
    file.write_text("format: 1\ntitle: Asked for\n")
    left_behind(1, BriefSpec(title="Other"), time.time())
    window = open_window(BriefSpec(title="Asked for"), file)
    assert window.session.spec.title == "Asked for"
    assert window.messages.message.startswith("There are changes that were not saved: Other, as of")

    take_way(qtbot, window, "Open them")
    assert window.session.spec.title == "Other"


def test_what_was_not_saved_of_the_very_file_is_newer(open_window: Open, tmp_path: Path) -> None:
    file = tmp_path / "x.brief.yaml"
    file.write_text("format: 1\ntitle: Saved\n")
    left_behind(1, BriefSpec(title="Newer"), time.time(), file)

    assert open_window(BriefSpec(title="Saved"), file).session.spec.title == "Newer"


@pytest.mark.parametrize(
    "said",
    [
        b'{"format": 1, "path": null, "seen": null, "at": 1, "spec": {"=": "BriefSpec", "select": null}}',
        b'{"format": 1, "path": null, "seen": null, "at": 1, "spec": {"=": "BriefSpec", "max_pages": %s}}'
        % (b"9" * 400),
        b'{"format": 1, "path": "a\\u0000b", "seen": null, "at": 1, "spec": {"=": "BriefSpec"}}',
        b'{"format": 1, "path": null, "seen": null, "at": 1, "spec": {"=": "BriefSpec", "base": "/\\ud800"}}',
        b"[" * 100_000,
        b'{"format": 1',
        b"\xff\xfe",
    ],
    ids=["select", "number", "path", "base", "deep", "cut", "bytes"],
)
def test_what_cannot_be_read_is_set_aside_and_the_app_opens(said: bytes, open_window: Open) -> None:
    recovery_folder().mkdir(parents=True, exist_ok=True)
    (recovery_folder() / "1-0.json").write_bytes(said)
    window = open_window()
    assert window.messages.message.startswith("What was kept of a brief that was not saved cannot")
    assert not (recovery_folder() / "1-0.json").exists()
    assert open_window().messages.message == ""


def test_a_time_without_measure_is_no_time(open_window: Open) -> None:
    left_behind(1, BriefSpec(title="Old"), 1.0)
    file = recovery_folder() / "1-0.json"
    file.write_bytes(file.read_bytes().replace(b'"at": 1.0', b'"at": 1' + b"0" * 400))
    assert open_window().session.spec.title == "Old"


def test_what_was_left_on_a_base_that_is_gone_waits_in_the_menu(
    open_window: Open, tmp_path: Path
) -> None:
    left_behind(1, BriefSpec(title="Lost base", base=str(tmp_path / "gone")), time.time())
    window = open_window(base=None)

    assert window.session.spec.title is None
    assert window.messages.message.startswith("There are changes that were not saved: Lost base")


def test_on_a_full_disk_what_was_left_is_not_given_up(
    qtbot: Any, open_window: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    left_behind(1, BriefSpec(title="Only here"), time.time())
    room = False

    def write(path: Path, data: bytes, **how: Any) -> None:
        if not room:
            raise OutputError(f"cannot write {path}: no space left on device")
        write_whole(path, data, **how)

    monkeypatch.setattr(keeper, "write_whole", write)
    monkeypatch.setattr(autosave, "AGAIN", 50)
    window = open_window()
    assert window.session.spec.title == "Only here"
    qtbot.waitUntil(lambda: "is not kept against a crash" in window.messages.message)
    assert [each.spec.title for each in kept()] == ["Only here"]

    room = True  # tried again, though nothing was typed
    qtbot.waitUntil(lambda: not (recovery_folder() / "1-0.json").exists())
    assert [each.spec.title for each in kept()] == ["Only here"]


def test_what_was_typed_for_another_template_is_recovered(
    qtbot: Any, window: MainWindow, open_window: Open
) -> None:
    session = window.session
    session.aside = Aside({"own_words": "Get gas."})
    session.edit("Title", replace(session.spec, title="Energy"))
    files_of(window).leave()

    assert open_window().session.aside.text == {"own_words": "Get gas."}


def test_a_polite_kill_asks_nobody_and_loses_nothing(open_window: Open) -> None:
    window = open_window()
    session = window.session
    session.edit("Title", replace(session.spec, title="Energy"))
    files_of(window).leave()  # what the app does on SIGTERM

    assert not window.isVisible()
    assert open_window().session.spec.title == "Energy"


ENDING = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QPushButton
from briefgen.gui.app import make_window
from briefgen.gui.files import files_of
from briefgen.gui.files.question import Question
from dataclasses import replace

app = QApplication([])
window = make_window(base=sys.argv[1])
window.show()
window.session.edit("Title", replace(window.session.spec, title="Energy"))

def end():
    if sys.argv[2] == "leave":
        files_of(window).leave()
        return
    window.close()
    buttons = window.findChildren(Question)[0].findChildren(QPushButton)
    next(each for each in buttons if each.text() == "Discard").click()

QTimer.singleShot(300, end)
app.exec()
"""


@pytest.mark.parametrize(("how", "left"), [("leave", 1), ("Discard", 0)])
def test_ending_with_changes_says_nothing_on_the_way_out(base: Path, how: str, left: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ENDING, str(base), how],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    said = done.stderr.replace("This plugin does not support propagateSizeHints()\n", "")
    assert (done.returncode, said) == (0, "")
    assert len(kept()) == left


TYPING = """
import os, sys
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from briefgen.gui.app import make_window
from briefgen.gui.widgets.fields import LineField

app = QApplication([])
window = make_window(base=sys.argv[1])
window.show()
field = window.findChild(LineField, "title")
typed = []

def type_a_letter():
    QTest.keyClick(field, Qt.Key.Key_A)
    typed.append("a")
    print(len(typed), flush=True)

timer = QTimer(interval=20)
timer.timeout.connect(type_a_letter)
timer.start()
app.exec()
"""


@pytest.mark.skipif(os.name != "posix", reason="kills as POSIX does")
def test_a_kill_while_typing_loses_the_last_second_at_most(open_window: Open, base: Path) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(
        [sys.executable, "-c", TYPING, str(base)],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    ) as app:
        assert app.stdout is not None
        times = []
        for line in app.stdout:
            times.append(time.monotonic())
            if int(line) >= 80 and times[-1] - times[0] >= 2.5:
                break
        app.kill()
        times += [times[-1]] * len(app.stdout.readlines())

    title = open_window().session.spec.title or ""
    assert set(title) == {"a"}
    lost = times[len(title) :]
    assert not lost or lost[-1] - lost[0] < 1.0


# --- discarding is no end ----------------------------------------------------------------------


def discarded() -> list[Unsaved]:
    """What was discarded and can be brought back."""
    files = sorted((recovery_folder() / "discarded").glob("*.json"))
    return [from_bytes(file.read_bytes()) for file in files]


def bring_back(window: MainWindow) -> None:
    action = next(
        each for each in window.menus["File"].actions() if each.text().startswith("&Bring back")
    )
    action.trigger()


def test_discarding_what_was_recovered_can_be_undone(
    qtbot: Any, open_window: Open, tmp_path: Path
) -> None:
    file = tmp_path / "x.brief.yaml"
    file.write_text("format: 1\ntitle: Saved\n")
    left_behind(1, BriefSpec(title="Not saved"), time.time(), file)
    window = open_window()
    window.session.edit("Title", replace(window.session.spec, title="Not saved, and more"))
    take_way(qtbot, window, "Discard")
    assert window.session.spec.title == "Saved"
    assert window.messages.message.startswith("Discarded what was not saved: Not saved, and more")

    take_way(qtbot, window, "Undo")
    assert (window.session.spec.title, window.session.path) == ("Not saved, and more", file)
    assert window.isWindowModified()
    # It is kept as before, and nowhere else.
    qtbot.waitUntil(lambda: discarded() == [])
    assert [each.spec.title for each in kept()] == ["Not saved, and more"]
    assert file.read_text() == "format: 1\ntitle: Saved\n"
    take_way(qtbot, window, "Save")
    assert "Not saved, and more" in file.read_text()


def test_the_menu_brings_back_what_was_discarded_in_an_earlier_run(
    qtbot: Any, open_window: Open
) -> None:
    left_behind(1, BriefSpec(title="Not saved"), time.time())
    window = open_window()
    take_way(qtbot, window, "Discard")
    files_of(window).leave()
    again = open_window()
    assert again.session.spec.title is None

    again.session.edit("Title", replace(again.session.spec, title="Something else"))
    bring_back(again)
    press(qtbot, again.findChildren(Question)[0], "Discard")
    assert again.session.spec.title == "Not saved"
    bring_back(again)  # what the question discarded
    question = next(each for each in again.findChildren(Question) if each.isVisible())
    press(qtbot, question, "Discard")
    assert again.session.spec.title == "Something else"


def test_where_nothing_was_discarded_it_is_said(window: MainWindow) -> None:
    bring_back(window)

    assert window.messages.message == "Nothing was discarded in the last 7 days."


def test_what_cannot_be_kept_is_not_discarded(
    qtbot: Any, open_window: Open, tmp_path: Path
) -> None:
    left_behind(1, BriefSpec(title="Not saved"), time.time())
    (recovery_folder() / "discarded").write_text("a file, not a folder")
    window = open_window()
    take_way(qtbot, window, "Discard")

    assert window.session.spec.title == "Not saved"
    assert window.messages.property("kind") == "error"
