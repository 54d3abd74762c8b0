"""A window on a small base, driven as a person would; nothing of the tester's own is touched."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from written_files import write_files

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

if TYPE_CHECKING:
    from briefgen.gui.editing.base_menu import BaseMenu
    from briefgen.gui.window import MainWindow

BASE = {
    "base.yaml": """\
format: 1
title: Test relations
language: en
topics: {energy: Energy, energy.oil: Oil, energy.gas: Gas, trade: Trade, defence: Defence}
measures:
  trade: {label: Bilateral trade, unit: USD million}
""",
    "actors.yaml": """\
- {id: russia, name: Russia, kind: state, aliases: [Moscow, Россия]}
- {id: pakistan, name: Pakistan, kind: state, aliases: [Islamabad]}
- {id: lavrov, name: Sergey Lavrov, kind: person}
""",
    "sources.yaml": """\
references:
- id: s1
  type: article-newspaper
  title: Oil talks open
  container-title: Daily Post
  issued: 2011-05-18
  custom: {reliability: B, reliability_note: a paper of record}
- id: s2
  type: report
  title: Trade yearbook
  issued: 2013
  custom: {reliability: D}
""",
    "facts/energy.yaml": """\
# Energy, oldest first.
- id: oil-talks
  date: 2011-05-17
  topics: [energy.oil]
  kind: event
  actors: [russia, pakistan]
  statement: Russia and Pakistan opened talks on oil.  # as the paper had it
  cites: [{source: s1, locator: {page: 3}}]
  credibility: 2
  key: true

- id: gas-agreed
  date: 2012~
  topics: [energy.gas]
  kind: agreement
  actors: [russia]
  statement: A gas pipeline was agreed on.
  detail: It was to run from north to south.
  cites: [{source: s1, locator: {page: 4}}, {source: s2}]
  credibility: 3
  disputes: [gas-not-agreed]
  said: 2012

- id: gas-not-agreed
  date: 2012
  topics: [energy.gas]
  kind: position
  attribution: the ministry
  statement: No gas pipeline was agreed on.
  cites: [{source: s2}]
  credibility: 4
""",
    "facts/trade.yaml": """\
- id: trade-2013
  date: 2013
  topics: [trade]
  kind: figure
  statement: Trade stood at 542 million dollars.
  figures: [{measure: trade, value: 542, unit: USD million, period: 2013, basis: reported}]
  cites: [{source: s2}]

- id: trade-old
  topics: [trade]
  kind: background
  statement: Trade is an old subject between the two.
  cites: [{source: s1}]

- id: trade-draft
  date: 2014-02
  topics: [trade]
  kind: event
  statement: A trade fair was held.
  cites: [{source: s2}]
  status: draft
  said: 2014-03

- id: exercise
  date: 2016-09/2016-10
  topics: [defence]
  kind: event
  actors: [russia, pakistan, lavrov]
  statement: A joint exercise was held.
  cites: [{source: s1}]
  said: 2016-11
""",
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test here opens windows, those of the view models aside: one can leave them out."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents and here / "view_models" not in item.path.parents:
            item.add_marker(pytest.mark.window)


@pytest.fixture(scope="session", autouse=True)
def starts_in_qt_are_recorded() -> None:
    """Before any window opens."""
    from gui.left_in_qt import record_starts_in_qt

    record_starts_in_qt()


@pytest.fixture(scope="session", autouse=True)
def nothing_is_left_on_the_clipboard() -> Iterator[None]:
    """What Python put there must not outlive Python: without a display nobody takes it over."""
    yield
    from PySide6.QtGui import QGuiApplication

    if QGuiApplication.instance() is not None:
        QGuiApplication.clipboard().clear()


@pytest.fixture(autouse=True)
def nothing_left_running_in_qt() -> Iterator[None]:
    """Fails where a window stays open, a timer ticks on or work in a thread goes on, and says which."""
    from gui.left_in_qt import left_in_qt_since, running_in_qt

    before = running_in_qt()
    yield
    left = left_in_qt_since(before)
    if left:
        pytest.fail("\n".join(["left running in Qt:", *left]), pytrace=False)


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings, caches and logs of the app under test lie in the test's own folder."""
    for variable in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(variable, str(tmp_path / "home" / variable.lower()))
    for variable in ("BRIEFGEN_BASE", "BRIEFGEN_CACHE", "BRIEFGEN_SETTINGS"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A small fact base that a test may change."""
    return write_files(tmp_path / "base", BASE)


@pytest.fixture
def open_window(qtbot: Any, base: Path) -> Iterator[Callable[..., MainWindow]]:
    """Opens a window, shown, on the small base; `open_window(spec, path, base=...)`."""
    from PySide6.QtWidgets import QApplication

    from briefgen.gui import look
    from briefgen.gui.app import make_window

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    if app.style().objectName() != "fusion":
        look.dress(app)
    opened: list[MainWindow] = []

    def open_(spec: Any = None, path: Path | None = None, **options: Any) -> MainWindow:
        window = make_window(spec, path, **{"base": str(base), **options})
        opened.append(window)
        window.show()
        qtbot.waitExposed(window)
        return window

    yield open_
    put_away(*opened)


@contextmanager
def shared_window(folder: Path, parts: Sequence[str], **options: Any) -> Iterator[MainWindow]:
    """One window on the small base for all tests of a module, with these parts alone."""
    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QApplication

    from briefgen.gui import look
    from briefgen.gui.app import make_window
    from left_running import held

    write_files(folder / "base", BASE)
    with pytest.MonkeyPatch.context() as patch:
        for variable in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"):
            patch.setenv(variable, str(folder / "home"))
        patch.setattr("briefgen.gui.parts.PARTS", tuple(parts))
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        look.dress(app)
        memory = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
        window = make_window(base=str(folder / "base"), memory=memory, **options)
        window.show()
        with held("keeping what is not saved"):
            yield window
        put_away(window)


def put_away(*windows: MainWindow) -> None:
    """Close windows for good, asking nobody."""
    from PySide6.QtCore import QCoreApplication, QEvent

    for window in windows:
        window.session.undo_stack.setClean()
        window.may_close.clear()
        window.close()
        window.deleteLater()
    # `processEvents` leaves what is to be deleted; windows would pile up from test to test.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()


@pytest.fixture
def window(open_window: Callable[..., MainWindow]) -> MainWindow:
    """A window on the small base, as a first start shows it."""
    return open_window()


@pytest.fixture
def menu(window: MainWindow) -> BaseMenu:
    """What writes into its base."""
    from briefgen.gui.editing import base_menu_of

    return base_menu_of(window)
