"""A robot does 200 things at random on a window, and nothing is lost by them.

`make robot` has it do 2,000, with another seed each time. When it fails it prints its seed and its
last actions; `make robot SEED=…` does the same again.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from briefgen.gui import look
from briefgen.gui.app import make_window
from briefgen.gui.files import choosing
from briefgen.gui.header.header import Header
from briefgen.gui.view_models.brief.saving import open_brief, save_brief
from briefgen.gui.widgets.type_ahead import TypeAhead
from briefgen.gui.window import MainWindow
from gui.conftest import put_away
from gui.robot import Robot, named

SEED = int(os.environ.get("ROBOT_SEED", "12"))
ACTIONS = int(os.environ.get("ROBOT_ACTIONS", "200"))
LOOKED_AT_EVERY = 25
"""Actions after which what the window shows is held against the brief."""
OF_THE_WINDOW = (
    "Fit width", "Document", "More filters", "First words on each topic", "Facts shown", "Find on the pages", "Group the facts", "Find in the facts",
)  # fmt: skip
"""Controls that say how one looks at a brief, not what it is."""


@pytest.fixture
def robot(
    qtbot: Any,
    open_window: Callable[..., MainWindow],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Robot]:
    """At a window on the small base; it answers the system's dialogs itself."""
    folder = tmp_path / "robot"
    folder.mkdir()
    window = open_window()
    window.activateWindow()
    robot = Robot(qtbot, window, Random(SEED))

    def ask_open(
        parent: Any, title: str, start: Any, kinds: str, then: Callable[[Path], Any]
    ) -> None:
        found = sorted(folder.glob("*.brief.yaml"))
        if found:
            then(robot.random.choice(found))

    def ask_save(
        parent: Any, title: str, start: Path, kinds: str, then: Callable[[Path], Any]
    ) -> None:
        then(folder / f"{robot.random.choice('abc')}{''.join(start.suffixes[-2:])}")

    monkeypatch.setattr(choosing, "ask_open", ask_open)
    monkeypatch.setattr(choosing, "ask_save", ask_save)
    monkeypatch.setattr(choosing, "ask_folder", lambda parent, title, start, then: then(folder))
    # For parts that have these by name: a dialog of Qt's own would wait for somebody.
    monkeypatch.setattr(choosing, "_open", lambda dialog, then: dialog.deleteLater())
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: True)
    yield robot
    # This platform lets go of it when Python is gone already.
    QApplication.clipboard().clear()
    look.wear(None)


def test_a_robot_loses_nothing(qtbot: Any, qtlog: Any, robot: Robot, tmp_path: Path) -> None:
    def step(act: Callable[[], object]) -> None:
        with qtbot.capture_exceptions() as raised:
            act()
        if raised:
            raise raised[0][1]
        assert not complaints(qtlog)

    try:
        for number in range(1, ACTIONS + 1):
            step(robot.act)
            if number % LOOKED_AT_EVERY == 0:
                step(lambda: wait_until_shown(qtbot, robot.window))
        step(robot.leave_everything)
        step(lambda: undo_and_redo_everything(robot))
        step(lambda: wait_until_shown(qtbot, robot.window))
        save_and_open(robot, tmp_path / "last.brief.yaml")
    except BaseException:
        print(f"\nROBOT_SEED={SEED} ROBOT_ACTIONS={ACTIONS}: failed after {len(robot.done)}")
        print("\n".join(robot.done[-30:]))
        raise


def complaints(qtlog: Any) -> list[str]:
    """What Qt had to say."""
    return [record.message for record in qtlog.records if not record.ignored]


def undo_and_redo_everything(robot: Robot) -> None:
    """The brief goes back to what it was, and comes again."""
    stack, last = robot.session.undo_stack, robot.session.spec
    steps = stack.index()
    while stack.canUndo():
        stack.undo()
    assert robot.session.spec == robot.first
    for _ in range(steps):
        stack.redo()
    assert robot.session.spec == last


def save_and_open(robot: Robot, path: Path) -> None:
    """The file holds what the window has."""
    save_brief(robot.session.spec, path, None)
    spec = robot.session.spec
    opened = open_brief(path).spec
    if spec.base and opened.base:  # told from another folder
        assert Path(opened.base).resolve() == Path(spec.base).resolve()
        opened = replace(opened, base=spec.base)
    assert opened == spec


# --- what the window shows -----------------------------------------------------------------------


def wait_until_shown(qtbot: Any, window: MainWindow) -> None:
    """The window shows what one shows that is opened anew on the brief.

    A moment after the last key: some fields wait for the next one.
    """

    def compare() -> None:
        worn, fresh = shown(window), shown_by_another(window.session.spec, window.session.folder)
        assert len(worn.keys() & fresh.keys()) > 20
        assert {key: worn[key] for key in worn.keys() & fresh.keys()} == {
            key: fresh[key] for key in worn.keys() & fresh.keys()
        }

    qtbot.waitUntil(compare, timeout=3000)


def shown_by_another(spec: Any, base: Path) -> dict[str, str]:
    """What a window shows that was opened on this brief alone."""
    fresh = make_window(spec, base=str(base))
    try:
        return shown(fresh)
    finally:
        put_away(fresh)


def shown(window: MainWindow) -> dict[str, str]:
    """What the controls of the window show, by their names and those around them."""
    header = window.findChild(Header)
    assert header is not None
    _ = header.sheet  # made when it is first wanted
    found = {}
    for one in window.findChildren(QWidget):
        value = value_of(one)
        if value is None or one.window() is not window:
            continue
        names = [named(one), *(each.accessibleName() for each in around(one))]
        if not any(name in names[0] for name in OF_THE_WINDOW):
            found[" in ".join(filter(None, names))] = value
    return found


def around(widget: QWidget) -> Iterator[QWidget]:
    """What it lies in, from the inside out."""
    while (above := widget.parentWidget()) is not None:
        yield above
        widget = above


def value_of(one: QWidget) -> str | None:
    """What a control shows; None if it shows nothing of the brief, or what is half typed."""
    half_typed = isinstance(one, QLineEdit) and one.hasFocus()
    if one.isHidden() or half_typed or one.property("state") == "wrong":
        return None
    match one:
        case TypeAhead():  # what is looked for in a list
            return None
        case QLineEdit() if not one.isReadOnly():
            return one.text().strip()
        case QPlainTextEdit() if not one.isReadOnly():
            return one.toPlainText().strip()
        case QComboBox():
            return one.currentText()
        case QAbstractButton() if one.isCheckable():
            return "on" if one.isChecked() else "off"
    return None
