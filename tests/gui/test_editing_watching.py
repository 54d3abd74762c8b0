"""The base on disk: changes are noticed, faults are listed, and lead to their line."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QPushButton

from briefgen.gui.editing import base_menu_of
from briefgen.gui.editing.base_menu import BaseMenu
from briefgen.gui.window import MainWindow

REREAD = "The base changed on disk and was read again."
FACT = """
- id: later
  date: 2011-05
  topics: [trade]
  kind: event
  statement: Something more happened.
  cites: [{source: s1}]
"""


def swap(path: Path, text: str) -> None:
    """Write as editors do: beside, then in its place."""
    beside = path.with_name(f".{path.name}.swp")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


def add(path: Path, text: str) -> None:
    path.write_text(path.read_text("utf-8") + text, encoding="utf-8")


def says(window: MainWindow, text: str) -> Callable[[], bool]:
    return lambda: text in window.messages.message


# --- noticing --------------------------------------------------------------------------------


def test_a_file_that_is_written_to_is_read_again(
    qtbot: Any, window: MainWindow, base: Path
) -> None:
    with qtbot.waitSignal(window.session.base_opened):
        add(base / "facts/trade.yaml", FACT)

    assert window.messages.message == REREAD
    assert window.session.index.facts(["later"])


def test_a_file_that_is_swapped_is_noticed_every_time(
    qtbot: Any, window: MainWindow, base: Path
) -> None:
    path = base / "facts/trade.yaml"
    text = path.read_text("utf-8")
    for statement in ("Something new happened.", "Something newer happened."):
        with qtbot.waitSignal(window.session.base_opened):
            swap(path, text + FACT.replace("Something more happened.", statement))
        assert window.session.index.facts(["later"])["later"].statement == statement


def test_a_new_file_in_a_new_folder_is_noticed(qtbot: Any, window: MainWindow, base: Path) -> None:
    (base / "facts/deep").mkdir()
    qtbot.waitUntil(
        lambda: str(base / "facts/deep") in base_menu_of(window).watcher._watcher.directories()
    )
    with qtbot.waitSignal(window.session.base_opened):
        (base / "facts/deep/new.yaml").write_text(FACT, encoding="utf-8")

    assert window.session.index.facts(["later"])


def test_what_is_no_part_of_the_base_is_passed_over(
    qtbot: Any, window: MainWindow, menu: BaseMenu, base: Path
) -> None:
    (base / "notes.txt").write_text("mine", encoding="utf-8")
    qtbot.waitUntil(lambda: menu.watcher._soon.isActive())
    with qtbot.assertNotEmitted(window.session.base_opened):
        qtbot.waitUntil(lambda: not menu.watcher._soon.isActive())
    assert window.messages.message == ""


def test_our_own_writing_is_not_told_as_somebody_elses(
    qtbot: Any, window: MainWindow, menu: BaseMenu
) -> None:
    window.session.point_at("trade-draft")
    menu.check_chosen()
    qtbot.waitUntil(lambda: menu.watcher._soon.isActive())
    qtbot.waitUntil(lambda: not menu.watcher._soon.isActive())

    assert window.messages.message == "The fact is marked as checked today."


def test_coming_back_to_the_window_looks_again(
    qtbot: Any, window: MainWindow, menu: BaseMenu, base: Path
) -> None:
    watcher = menu.watcher
    watcher._watcher.removePaths([*watcher._watcher.files(), *watcher._watcher.directories()])
    add(base / "facts/trade.yaml", FACT)
    with qtbot.waitSignal(window.session.base_opened):
        watcher._application(Qt.ApplicationState.ApplicationActive)

    assert window.messages.message == REREAD


def test_one_can_ask_for_it(window: MainWindow, menu: BaseMenu, base: Path) -> None:
    menu.watcher.reread_now()
    assert window.messages.message == "The base has not changed."

    add(base / "facts/trade.yaml", FACT)
    menu.watcher.reread_now()
    assert window.messages.message == REREAD


def test_a_large_base_is_read_in_the_background(
    qtbot: Any, window: MainWindow, base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefgen.gui.editing.watching._LARGE", 0)
    with qtbot.waitSignal(window.session.base_opened):
        add(base / "facts/trade.yaml", FACT)

    assert window.session.index.facts(["later"])


# --- faulty changes --------------------------------------------------------------------------


def test_a_file_that_cannot_be_parsed_leaves_the_old_base_in_use(
    qtbot: Any, window: MainWindow, base: Path
) -> None:
    path = base / "facts/trade.yaml"
    good = path.read_text("utf-8")
    swap(path, good + "- [")
    qtbot.waitUntil(says(window, "What was read before is still in use."))

    assert "trade.yaml" in window.messages.message
    assert window.session.index.facts(["trade-2013"])

    with qtbot.waitSignal(window.session.base_opened):
        swap(path, good + FACT)
    assert window.messages.message == REREAD


def test_one_can_go_on_without_a_broken_file(qtbot: Any, window: MainWindow, base: Path) -> None:
    swap(base / "facts/trade.yaml", "- [")
    qtbot.waitUntil(says(window, "What was read before is still in use."))
    (button,) = (
        one for one in window.messages.findChildren(QPushButton) if one.text() == "Go on without it"
    )
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    assert not window.session.index.facts(["trade-2013"])
    assert window.session.index.facts(["oil-talks"])
    assert (
        window.messages.message == "The base changed on disk and was read again; it has a problem."
    )


def test_a_base_yaml_that_is_broken_leaves_the_old_base_in_use(
    qtbot: Any, window: MainWindow, base: Path
) -> None:
    swap(base / "base.yaml", "format: 1\n")
    qtbot.waitUntil(says(window, "What was read before is still in use."))

    assert window.session.base.title == "Test relations"


def test_a_folder_that_is_gone_leaves_the_old_base_in_use(
    qtbot: Any, window: MainWindow, base: Path
) -> None:
    shutil.rmtree(base)
    qtbot.waitUntil(says(window, "What was read before is still in use."))

    assert "does not exist" in window.messages.message
    assert window.session.index.facts(["trade-2013"])


def test_a_form_that_is_open_goes_on_with_the_new_base(
    qtbot: Any, window: MainWindow, menu: BaseMenu, base: Path
) -> None:
    menu.new_fact()
    form: Any = menu.dialog.form  # type: ignore[union-attr]
    form.topics.tick("trade")
    path = base / "base.yaml"
    with qtbot.waitSignal(window.session.base_opened):
        swap(path, path.read_text("utf-8").replace("trade: Trade,", "trade: Trade, law: Law,"))

    assert form.topics.data() == ["trade"]
    form.topics.tick("law")
    assert form.topics.data() == ["trade", "law"]


# --- problems --------------------------------------------------------------------------------

FAULTY = """
- id: nowhere
  topics: [nothing]
  kind: event
  statement: It stands under no topic.
  cites: [{source: s1}]

- id: twice-told
  topics: [trade]
  kind: event
  statement: One topic stands twice.
  disputes: [exercise, exercise]
  cites: [{source: s1}]
"""


@pytest.fixture
def faulty(base: Path) -> Path:
    add(base / "facts/trade.yaml", FAULTY)
    return base


def test_a_base_with_problems_opens_with_the_good_facts_and_says_so(
    qtbot: Any,
    faulty: Path,
    open_window: Callable[..., MainWindow],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window = open_window()
    menu = base_menu_of(window)
    assert window.messages.message == "The base has 2 problems. Faulty facts are left out."
    assert window.session.index.facts(["oil-talks"])
    assert [a.text() for a in window.menus["Base"].actions() if "Problems" in a.text()] == [
        "&Problems (2)…"
    ]

    (button,) = (one for one in window.messages.findChildren(QPushButton) if one.text() == "Show")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    problems = menu.problems
    assert problems is not None
    QAbstractItemModelTester(problems.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    rows = [[problems.model.index(row, column).data() for column in range(3)] for row in range(2)]
    assert [row[:2] for row in rows] == [["✕", "facts/trade.yaml:34"], ["▲", "facts/trade.yaml:43"]]
    assert "unknown topic 'nothing'" in rows[0][2]
    assert problems.count.text() == "1 error, 1 warning"

    opened = []
    monkeypatch.setattr(
        "briefgen.gui.editing.problem_list.open_in_editor",
        lambda path, line, column: opened.append((path.name, line)),
    )
    problems.view.setCurrentIndex(problems.model.index(1, 0))
    with qtbot.waitSignal(window.session.pointed_at) as pointed:
        QTest.keyClick(problems.view, Qt.Key.Key_Return)
    assert opened == [("trade.yaml", 43)]
    assert pointed.args[0] == "twice-told"

    swap(faulty / "facts/trade.yaml", "")
    qtbot.waitUntil(lambda: problems.count.text() == "The base has no problems.")


def test_a_file_that_cannot_be_parsed_does_not_keep_the_base_from_opening(
    qtbot: Any, base: Path, open_window: Callable[..., MainWindow]
) -> None:
    (base / "facts/broken.yaml").write_text("- [", encoding="utf-8")
    window = open_window()

    assert window.session.index.facts(["oil-talks"])
    assert window.messages.message == (
        "The base has one problem. No pages can be made before broken.yaml is mended."
    )
