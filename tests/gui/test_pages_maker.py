"""Having pages made: the newest brief wins, and a process that dies or lingers costs nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from briefgen.brief.spec.model import BriefSpec, Edits
from briefgen.folders import cache_folder
from briefgen.gui.pages import maker, page_maker_of, page_process
from briefgen.gui.window import MainWindow
from gui import lingering

SETTLES = 20_000
"""Milliseconds within which pages come on the slowest machine."""


@pytest.fixture
def shown(qtbot: Any, window: MainWindow) -> MainWindow:
    """A window with its first pages made."""
    qtbot.waitUntil(lambda: window.session.preview is not None, timeout=SETTLES)
    return window


def edit(window: MainWindow, **changes: Any) -> None:
    window.session.edit("An edit", replace(window.session.spec, **changes))


def gone(process: int) -> bool:
    """Whether a process ends within some seconds."""
    end = time.monotonic() + 10
    while time.monotonic() < end:
        try:
            os.kill(process, 0)
            if Path(f"/proc/{process}/stat").read_text().split()[2] == "Z":
                return True
        except (ProcessLookupError, FileNotFoundError):
            return True
        time.sleep(0.02)
    return False


def test_an_edit_brings_its_pages(qtbot: Any, shown: MainWindow) -> None:
    session = shown.session
    assert session.preview.fact_ids == (
        "oil-talks", "gas-agreed", "gas-not-agreed", "trade-2013", "exercise", "trade-old",
    )  # fmt: skip

    with qtbot.waitSignals(
        [session.pages_awaited, session.pages_made], timeout=SETTLES, order="strict"
    ):
        edit(shown, edits=Edits(exclude=("exercise",)))

    assert "exercise" not in session.preview.fact_ids
    assert session.preview.data.startswith(b"%PDF-")


def test_the_process_never_loads_qt(qtbot: Any, shown: MainWindow) -> None:
    (process,) = page_maker_of(shown).process_ids
    loaded = Path(f"/proc/{process}/maps")
    if not loaded.exists():
        pytest.skip("what a process has loaded is told on Linux only")

    assert "libQt6" not in loaded.read_text()
    assert "libQt6" in Path("/proc/self/maps").read_text()


def test_of_many_edits_only_the_last_one_s_pages_are_told(qtbot: Any, shown: MainWindow) -> None:
    told: list[str] = []
    shown.session.pages_made.connect(lambda preview: told.append(preview.title))
    for number in range(6):
        edit(shown, title=f"Title {number}")

    qtbot.waitUntil(lambda: "Title 5" in told, timeout=SETTLES)

    assert told == ["Title 5"]


def test_what_came_too_late_is_told_as_passing(qtbot: Any, shown: MainWindow) -> None:
    passing: list[str] = []
    page_maker_of(shown).passing.connect(lambda preview: passing.append(preview.title))
    edit(shown, title="First")
    page_maker_of(shown).ask()
    edit(shown, title="Second")

    qtbot.waitUntil(lambda: shown.session.preview.title == "Second", timeout=SETTLES)

    assert passing in ([], ["First"])  # unless the process was quicker than the second edit


def test_what_says_nothing_about_pages_asks_for_none(qtbot: Any, shown: MainWindow) -> None:
    with qtbot.assertNotEmitted(shown.session.pages_awaited, wait=100):
        edit(shown, outputs=("docx",))


def test_why_there_are_no_pages_is_told(qtbot: Any, shown: MainWindow) -> None:
    before = shown.session.preview
    with qtbot.waitSignal(shown.session.pages_failed, timeout=SETTLES) as failed:
        edit(shown, select=replace(shown.session.spec.select, text="zebrafish"))

    assert failed.args == ["the selection finds no fact; widen the dates or choose more topics"]
    assert shown.session.preview is before


def test_a_process_that_dies_is_replaced_and_said_once(qtbot: Any, shown: MainWindow) -> None:
    (process,) = page_maker_of(shown).process_ids
    os.kill(process, signal.SIGKILL)

    edit(shown, title="After it died")
    qtbot.waitUntil(lambda: shown.session.preview.title == "After it died", timeout=SETTLES)

    assert shown.messages.message.startswith("The worker that was at it ended: killed by SIGKILL")
    assert page_maker_of(shown).process_ids not in ((), (process,))


def test_what_takes_long_is_given_up_for_something_newer(
    qtbot: Any, shown: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(maker, "make_pages", lingering.linger)
    monkeypatch.setattr(maker, "PATIENCE", 0.3)
    monkeypatch.setattr(page_maker_of(shown), "_took", 0.0)
    edit(shown, title="slow")
    page_maker_of(shown).ask()
    assert page_maker_of(shown).busy

    edit(shown, title="quick")
    qtbot.waitUntil(lambda: shown.session.preview.title == "quick", timeout=SETTLES)

    assert shown.messages.message == ""  # nobody need know


def test_what_is_not_wanted_any_more_stops_where_it_can(
    qtbot: Any, shown: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    processes = page_maker_of(shown).process_ids
    monkeypatch.setattr(maker, "make_pages", lingering.linger)
    monkeypatch.setattr(maker, "WELCOME", 0.1)
    edit(shown, title="long")
    page_maker_of(shown).ask()

    edit(shown, title="quick")
    qtbot.waitUntil(lambda: shown.session.preview.title == "quick", timeout=SETTLES)

    assert page_maker_of(shown).process_ids == processes  # and what it has opened is still open
    assert list(cache_folder().glob(".not-wanted*")) == []


def test_a_base_that_changed_is_read_again(qtbot: Any, shown: MainWindow, base: Path) -> None:
    facts = base / "facts" / "trade.yaml"
    said = facts.read_text(encoding="utf-8")
    facts.write_text(said.replace("id: exercise", "id: manoeuvre"), encoding="utf-8")

    with qtbot.waitSignal(shown.session.pages_made, timeout=SETTLES):
        shown.session.reload_base()

    assert "manoeuvre" in shown.session.preview.fact_ids


def test_pages_begun_before_the_window_are_taken_over(
    qtbot: Any, base: Path, open_window: Callable[..., MainWindow]
) -> None:
    page_process.begin(BriefSpec(), str(base))
    window = open_window()
    asked = []
    submit = page_maker_of(window)._pool.submit
    page_maker_of(window)._pool.submit = lambda *args: asked.append(args) or submit(*args)  # type: ignore[func-returns-value, method-assign, assignment]

    qtbot.waitUntil(lambda: window.session.preview is not None, timeout=SETTLES)

    assert asked == []


def test_on_a_large_base_what_is_begun_makes_way(
    qtbot: Any, base: Path, open_window: Callable[..., MainWindow], monkeypatch: pytest.MonkeyPatch
) -> None:
    facts = "".join(
        f"- {{id: many-{number}, date: {2000 + number % 20}, topics: [trade], kind: event, "
        f"statement: A meeting was held., cites: [{{source: s1}}]}}\n"
        for number in range(400)
    )
    (base / "facts" / "many.yaml").write_text(facts, encoding="utf-8")
    page_process.begin(None, str(base))
    window = open_window()
    assert window.session.spec.select.start is not None

    qtbot.waitUntil(lambda: window.session.preview is not None, timeout=SETTLES)

    assert len(window.session.preview.fact_ids) < 400


def test_requests_are_the_same_but_for_the_time_of_day(tmp_path: Path) -> None:
    day = date(2026, 11, 21)
    one = page_process.Request(BriefSpec(), tmp_path, (), datetime(2026, 11, 21, tzinfo=UTC), day)
    later = replace(one, created=datetime(2026, 11, 21, 9, tzinfo=UTC), content_key="abc")

    assert one.asks_the_same(later)
    assert not one.asks_the_same(replace(later, fresh=True))
    assert not one.asks_the_same(replace(later, spec=BriefSpec(title="T")))
    assert not later.asks_the_same(replace(later, content_key="def"))


APP = """
import os, sys
if __name__ == "__main__":
    from briefgen.gui.pages import page_process
    page_process.begin(None, sys.argv[1])
    from PySide6.QtWidgets import QApplication
    from briefgen.gui.session import Session
    from briefgen.gui.pages.maker import PageMaker
    app = QApplication([])
    session = Session(base=sys.argv[1])
    maker = PageMaker(session)
    session.pages_made.connect(lambda preview: print(*maker.process_ids, flush=True))
    from briefgen.brief.spec.model import BriefSpec
    session.set_brief(BriefSpec())
    app.exec()
"""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc").exists(), reason="asks the system for processes")
def test_nothing_outlives_an_app_that_was_killed(base: Path, tmp_path: Path) -> None:
    script = tmp_path / "app.py"
    script.write_text(APP, encoding="utf-8")
    with subprocess.Popen([sys.executable, str(script), str(base)], stdout=subprocess.PIPE) as app:
        assert app.stdout is not None
        worker = int(app.stdout.readline())
        pandoc = [
            int(stat.parent.name)
            for stat in Path("/proc").glob("[0-9]*/stat")
            if (said := _read(stat)) and int(said.rpartition(")")[2].split()[1]) == worker
        ]
        assert pandoc
        app.kill()

    assert gone(worker)
    assert all(gone(process) for process in pandoc)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
