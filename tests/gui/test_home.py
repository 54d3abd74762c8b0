"""One's own base is not lost: new briefs, restarts, the start page, bases made and opened.

A restart is a window made anew with the same memory.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings

from briefgen.brief.spec.reader import read_spec
from briefgen.gui.files import files_of
from briefgen.gui.window import MainWindow
from briefgen.shipped import shipped_base

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
