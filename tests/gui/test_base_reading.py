"""A large base read for the first time: a window at once, how far it is, and a way out."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings, QThreadPool

from briefgen.facts.files import list_base_files
from briefgen.gui.background import CancelledError
from briefgen.gui.files import files_of, first_reading
from briefgen.gui.files.reading_page import ReadingPage
from briefgen.gui.home import home_of
from briefgen.gui.home.start_page import StartPage
from briefgen.gui.window import MainWindow
from briefgen.index import files, open_index
from briefgen.index.files import HeldFile
from briefgen.index.rows import file_rows
from briefgen.shipped import shipped_base
from gui.driving import press

Open = Callable[..., MainWindow]


class Gate:
    """Files of a base are read once it is opened, and told here."""

    def __init__(self) -> None:
        self.opened = threading.Event()
        self.read: list[str] = []

    def read_files(self, files: Sequence[HeldFile], say: Callable[[str], None]) -> Any:
        for held in files:
            while not self.opened.wait(0.01):
                say("50")
            say("60")
            self.read.append(held.file.name)
            yield file_rows(held)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    """The small base counts as large, and reading it waits."""
    with open_index(shipped_base()):
        pass  # what stands in is read already
    monkeypatch.setattr(files, "LARGE", 100)
    gate = Gate()
    monkeypatch.setattr(first_reading, "read_files", gate.read_files)
    yield gate
    gate.opened.set()
    QThreadPool.globalInstance().waitForDone(10_000)


def page_of(window: MainWindow) -> ReadingPage:
    page = window.covered_by
    assert isinstance(page, ReadingPage)
    assert page.isVisible()
    return page


def test_the_window_is_there_at_once_and_the_brief_when_its_base_is_read(
    qtbot: Any, open_window: Open, base: Path, gate: Gate
) -> None:
    window = open_window()
    page = page_of(window)
    assert page.what.text() == "Reading the base “base” for the first time"
    assert not gate.read
    assert not window.header.isVisible()
    assert window.focusWidget() is page.stop
    ticks = 0

    def tick() -> bool:
        nonlocal ticks
        ticks += 1
        return ticks > 3

    qtbot.waitUntil(tick)  # its loop lives
    gate.opened.set()
    qtbot.waitUntil(lambda: window.covered_by is None)
    assert window.session.folder == base
    assert window.session.base_flag == str(base)
    assert window.header.isVisible()
    assert window.menus["File"].menuAction().isEnabled()
    assert len(gate.read) == 5

    window.close()
    again = open_window()  # it is kept, and nothing need be read
    assert again.covered_by is None
    assert again.session.folder == base


def test_who_will_not_wait_comes_to_the_start_page(
    qtbot: Any, open_window: Open, base: Path, gate: Gate, tmp_path: Path
) -> None:
    memory = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    said = {"format": 1, "last": {"brief": None, "base": str(base)}, "briefs": [], "bases": []}
    (tmp_path / "window.recent.json").write_text(json.dumps(said))
    window = open_window(base=None, memory=memory)
    press(qtbot, page_of(window), "Cancel")

    page = window.covered_by
    assert isinstance(page, StartPage)
    assert json.loads((tmp_path / "window.recent.json").read_text())["last"] == said["last"]
    press(qtbot, page, "Try the example")
    assert window.covered_by is None
    assert window.session.folder == shipped_base()
    gate.opened.set()
    QThreadPool.globalInstance().waitForDone(10_000)
    qtbot.wait(1)
    assert window.session.folder == shipped_base()


def test_another_base_can_be_stopped_and_the_brief_is_still_there(
    qtbot: Any, open_window: Open, base: Path, gate: Gate
) -> None:
    window = open_window(base=str(shipped_base()))
    spec = window.session.spec
    home_of(window).open_base(base)
    press(qtbot, page_of(window), "Cancel")
    assert window.covered_by is None
    assert window.header.isVisible()
    assert (window.session.spec, window.session.folder) == (spec, shipped_base())

    home_of(window).show_start_page()
    home_of(window).open_base(base)
    press(qtbot, page_of(window), "Cancel")
    assert isinstance(window.covered_by, StartPage)
    home_of(window).open_base(base)
    gate.opened.set()
    qtbot.waitUntil(lambda: window.session.folder == base)
    assert window.covered_by is None
    save = next(each for each in window.menus["File"].actions() if each.text() == "&Save")
    assert save.isEnabled()


@pytest.mark.parametrize("first", [True, False])
def test_a_base_that_is_none_after_all_is_said(
    first: bool, qtbot: Any, open_window: Open, base: Path, gate: Gate
) -> None:
    (base / "base.yaml").write_text("format: 1\ntitle: x\ntopics: 3\n")
    gate.opened.set()
    if first:
        window = open_window()
    else:
        window = open_window(base=str(shipped_base()))
        home_of(window).open_base(base)
    qtbot.waitUntil(lambda: not files_of(window).reader.is_reading)
    assert "base.yaml:1:1: a fact base needs the key" in window.messages.message
    assert window.session.folder == shipped_base()
    assert isinstance(window.covered_by, StartPage) == first
    assert not files_of(window).reader.is_reading


def test_files_are_read_in_processes_as_they_are_here(base: Path) -> None:
    with open_index(base) as index:
        held = [files.hold(one) for one in list_base_files(base)[0]]
        said: list[str] = []
        rows = list(first_reading.read_files(held, said.append))
        assert rows == [file_rows(one) for one in held]
        assert said[-1] == "100"
        assert index.rows("SELECT count(*) FROM files") == [(len(held),)]


def test_a_reading_that_is_stopped_ends_its_processes(base: Path) -> None:
    held = [files.hold(one) for one in list_base_files(base)[0]]

    def say(percent: str) -> None:
        raise CancelledError("stopped")

    with pytest.raises(CancelledError):
        list(first_reading.read_files(held, say))
