"""How long the window takes on a large base: to open, and to follow a topic being ticked.

    python bench/bench_window.py [--facts 100000 | --base DIR] [--repeat 15] [--parts files facts]

Opening is a process of its own each time: from before the (kept) index is opened to the window
shown and its rows painted. A tick goes through the widgets: from `Session.edit` to the list's
rows changed and its viewport painted, with every part of the window that was asked for at work;
in turns with it the bare SQL that names the same facts in the same order. All offscreen; printed
are medians in milliseconds, by the clock and of this process's own time.

    python bench/bench_window.py --first [--facts 100000 | --base DIR]

reads the base as if never before: when the window stands there, when its brief does, and the
longest that the window's event loop kept anybody waiting in between.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from make_base import make_base

TOPICS = ("energy", "trade", "politics", "defence", "transport", "security")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--facts", type=int, default=100_000)
    parser.add_argument(
        "--base", type=Path, help="a base that is there, instead of an invented one"
    )
    parser.add_argument("--repeat", type=int, default=15)
    parser.add_argument("--parts", nargs="+", help="parts of the window; all if not said")
    parser.add_argument("--first", action="store_true", help="a base that was never read")
    parser.add_argument("--only", choices=["open", "tick"], help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if arguments.only == "open":
        _opened(arguments.base, arguments.parts)
        return
    with tempfile.TemporaryDirectory() as place:
        os.environ.setdefault("BRIEFGEN_CACHE", str(Path(place, "cache")))
        for variable in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"):
            os.environ[variable] = str(Path(place, variable))
        base = arguments.base
        if base is None:
            base = Path(place, "base")
            make_base(base, arguments.facts)
        if arguments.first:
            os.environ["BRIEFGEN_CACHE"] = str(Path(place, "empty-cache"))
            _first(base, arguments.parts)
            return
        _index(base)
        _openings(base, arguments.parts, max(3, arguments.repeat // 3))
        _ticks(base, arguments.parts, arguments.repeat)


def _index(base: Path) -> None:
    from briefgen.index import open_index

    started = time.perf_counter()
    with open_index(base) as index:
        ((count,),) = index.rows("SELECT count(*) FROM facts")
    seconds = time.perf_counter() - started
    print(f"{count:,} facts, Python {sys.version[:6]}, index opened in {seconds:.1f} s")


# --- the first reading -------------------------------------------------------------------------


def _first(base: Path, parts: list[str] | None) -> None:
    from briefgen.gui.files import files_of

    app = _app()
    started = last = time.perf_counter()
    window = _window(base, parts)
    window.show()
    app.processEvents()
    print(f"{'first reading: window shown':44}{(time.perf_counter() - started) * 1000:9.1f} ms")
    longest, last = 0.0, time.perf_counter()
    while files_of(window).reader.is_reading:
        app.processEvents()
        now = time.perf_counter()
        longest, last = max(longest, now - last), now
        time.sleep(0.002)
    print(f"{'first reading: brief shown':44}{(time.perf_counter() - started) * 1000:9.1f} ms")
    print(f"{'first reading: longest wait of the window':44}{longest * 1000:9.1f} ms")
    window.close()


# --- opening -----------------------------------------------------------------------------------


def _openings(base: Path, parts: list[str] | None, repeat: int) -> None:
    command = [sys.executable, __file__, "--only", "open", "--base", str(base)]
    if parts:
        command += ["--parts", *parts]
    taken = []
    for _ in range(repeat):
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        taken.append([float(number) for number in done.stdout.split()])
    clock, own = (statistics.median(column) for column in zip(*taken, strict=True))
    print(f"{'open: index, window, rows painted':44}{clock:9.1f} ms {own:9.1f} ms CPU")


def _opened(base: Path, parts: list[str] | None) -> None:
    app = _app()
    started, spent = time.perf_counter(), time.process_time()
    window = _window(base, parts)
    window.show()
    app.processEvents()
    window.facts_part.view.viewport().repaint()
    print((time.perf_counter() - started) * 1000, (time.process_time() - spent) * 1000)
    sys.stdout.flush()
    os._exit(0)


# --- ticking -----------------------------------------------------------------------------------


def _ticks(base: Path, parts: list[str] | None, repeat: int) -> None:
    from dataclasses import replace

    from briefgen.index.schema import ORDER
    from briefgen.select.model import Selection
    from briefgen.select.query import conditions

    app = _app()
    window = _window(base, parts)
    window.show()
    app.processEvents()
    session, part = window.session, window.facts_part
    chosen = [name for name in TOPICS if name in session.base.topics]

    def tick(topics: tuple[str, ...]) -> None:
        session.edit("Topics", replace(session.spec, select=Selection(topics=topics)))
        part.view.viewport().repaint()

    def bare(topics: tuple[str, ...]) -> list[Any]:
        where = conditions(session.index, Selection(topics=topics))
        return session.index.rows(
            f"SELECT row, id FROM facts WHERE {where.sql} ORDER BY {ORDER}", where.parameters
        )

    for by in ("topic", "date"):
        part.grouping.setCurrentIndex(part.grouping.findData(by))
        for label, sets in (
            ("one topic more or less", [(*chosen[:1],), (*chosen[:2],)]),
            ("many topics, one more or less", [(*chosen[:5],), (*chosen,)]),
            ("all topics or one", [(), (*chosen[:1],)]),
        ):
            window_times: list[tuple[float, float]] = []
            sql_times: list[tuple[float, float]] = []
            listed = []
            for number in range(repeat + 1):
                topics = sets[number % len(sets)]
                ticked = _timed(lambda topics=topics: tick(topics))  # type: ignore[misc]
                queried = _timed(lambda topics=topics: bare(topics))  # type: ignore[misc]
                listed.append(part.model.listed.count)
                app.processEvents()
                if number:  # the first one finds nothing prepared
                    window_times.append(ticked)
                    sql_times.append(queried)
            _show(f"tick, by {by}: {label}", window_times, sql_times, max(listed))
    _leaving_out(window, repeat)
    session.undo_stack.setClean()
    window.close()


def _leaving_out(window: Any, repeat: int) -> None:
    """A fact left out of all of them, by its tick box's key: no row comes or goes."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    view = window.facts_part.view
    row = view.facts.rowCount() // 2
    view.setCurrentIndex(view.facts.index(row if view.facts.place_at(row) else row + 1))
    view.setFocus()
    taken = []
    for _ in range(repeat):
        taken.append(_timed(lambda: QTest.keyClick(view, Qt.Key.Key_Space)))
        view.viewport().repaint()
    clock, own = (statistics.median(column) for column in zip(*taken, strict=True))
    print(f"{'leave one fact out, or take it back':44}{clock:9.1f} ms {own:9.1f} ms CPU")


def _show(
    name: str, ticked: list[tuple[float, float]], queried: list[tuple[float, float]], facts: int
) -> None:
    clock, own = (statistics.median(column) for column in zip(*ticked, strict=True))
    sql, sql_own = (statistics.median(column) for column in zip(*queried, strict=True))
    print(
        f"{name:44}{clock:9.1f} ms {own:9.1f} ms CPU   bare SQL {sql:7.1f} ms {sql_own:7.1f} ms CPU"
        f"   ratio {clock / sql:.2f}   up to {facts:,} facts"
    )


def _timed(work: Callable[[], Any]) -> tuple[float, float]:
    started, spent = time.perf_counter(), time.process_time()
    work()
    return (time.perf_counter() - started) * 1000, (time.process_time() - spent) * 1000


def _app() -> Any:
    from PySide6.QtWidgets import QApplication

    from briefgen.gui import look

    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(["bench"])
        look.dress(app)
    return app


def _window(base: Path, parts: list[str] | None) -> Any:
    from PySide6.QtCore import QSettings

    from briefgen.brief.spec.model import BriefSpec
    from briefgen.gui import parts as all_parts
    from briefgen.gui.app import make_window

    if parts:
        all_parts.PARTS = tuple(parts)
    memory = QSettings(str(Path(tempfile.mkdtemp(), "w.ini")), QSettings.Format.IniFormat)
    return make_window(BriefSpec(), base=str(base), memory=memory)


if __name__ == "__main__":
    main()
