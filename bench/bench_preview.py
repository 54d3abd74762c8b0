"""How long after a tick the page in view is painted: a brief of 50 facts, everything warm.

    nice python bench/bench_preview.py [BASE] [--facts 50] [--ticks 40]

Opens the app's window (offscreen), waits for its first pages, and then leaves facts out and takes
them in again, one edit at a time; for each it measures from the edit until the pages in view are
painted anew. Prints the median and the 95th percentile, and the median of each part: in the process
that makes the pages (putting together, citing, setting, looking at it with care), on the way there
and back, and drawing. Says first how long the start took, up to the first page painted.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

STYLES = ("chicago-notes-bibliography", "ieee")


def main(arguments: list[str]) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="from a tick to the painted page")
    parser.add_argument("base", nargs="?", help="a fact base's folder; the shipped one if left out")
    parser.add_argument("--facts", type=int, default=50)
    parser.add_argument("--ticks", type=int, default=40)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as home:
        for variable in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
            os.environ[variable] = home
        for style in STYLES:
            _measure(style, options.base, options.facts, options.ticks)


def _measure(style: str, base: str | None, facts: int, ticks: int) -> None:
    begun = time.perf_counter()
    from briefgen.brief.spec.model import BriefSpec, Edits
    from briefgen.gui.pages import page_process
    from briefgen.index import open_index
    from briefgen.pipeline.places import find_base
    from briefgen.select.model import Selection
    from briefgen.select.pick import select_facts

    folder = find_base(base)
    with open_index(folder) as index:
        ids = [fact.id for fact in select_facts(index, Selection(undated=True))]
    # So many facts are in the brief: all others are left out by hand.
    spec = BriefSpec(style=style, edits=Edits(exclude=tuple(ids[facts:])))
    page_process.begin(spec, base)
    from PySide6.QtCore import QEventLoop, QSettings
    from PySide6.QtWidgets import QApplication

    from briefgen.gui import look
    from briefgen.gui.app import make_window
    from briefgen.gui.pages import page_maker_of
    from briefgen.gui.pages.panel import PagesPanel

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    look.dress(app)
    memory = QSettings(f"{os.environ['XDG_CONFIG_HOME']}/bench.ini", QSettings.Format.IniFormat)
    window = make_window(spec, base=base, memory=memory)
    window.show()
    panel = window.findChild(PagesPanel)
    assert isinstance(panel, PagesPanel)
    view = panel.view

    def wait(condition: Callable[[], bool]) -> None:
        while not condition():
            app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def painted() -> bool:
        return (
            not page_maker_of(window).busy
            and view.preview is window.session.preview
            and view.is_settled()
        )

    wait(painted)
    print(f"{style}, {len(ids[:facts])} facts, {window.session.preview.pages} pages")
    print(f"  first page painted after {time.perf_counter() - begun:5.2f} s")
    taken: list[float] = []
    made: list[float] = []
    session = window.session
    session.pages_made.connect(lambda preview: made.append(time.perf_counter()))
    drawing: list[float] = []
    ticked = list(_ticked(spec, ids[:facts], ticks))
    for one in ticked:
        start = time.perf_counter()
        session.edit("Leave out", one)
        wait(painted)
        view.viewport().repaint()
        end = time.perf_counter()
        taken.append(end - start)
        drawing.append(end - made[-1])
    _print("tick to painted page", taken)
    print(f"  {'slowest of twenty':<28}{_late(taken) * 1000:7.0f} ms")
    with tempfile.TemporaryDirectory() as cache:  # in which no wording is kept
        os.environ["BRIEFGEN_CACHE"] = cache
        parts = _parts([spec, *ticked], folder)
        del os.environ["BRIEFGEN_CACHE"]
    for name, seconds in parts.items():
        _print(f"  {name}", seconds)
    inside = statistics.median(map(sum, zip(*parts.values(), strict=True)))
    rest = statistics.median(taken) - inside - statistics.median(drawing)
    print(f"  {'  asking, way there and back':<28}{rest * 1000:7.0f} ms")
    _print("  drawing and painting", drawing)
    session.undo_stack.setClean()
    window.close()
    window.deleteLater()
    app.processEvents()


def _ticked(spec: Any, ids: list[str], ticks: int) -> Iterator[Any]:
    """`spec` after each of so many ticks, never twice the same: no wording is kept for it."""
    from dataclasses import replace

    out = dict.fromkeys(spec.edits.exclude)
    for tick in range(ticks):
        fact = ids[(tick * 7) % len(ids)]
        if fact in out:
            del out[fact]
        else:
            out[fact] = None
        yield replace(spec, edits=replace(spec.edits, exclude=tuple(out)))


def _parts(specs: list[Any], folder: Path) -> dict[str, list[float]]:
    """The same briefs in this process, step by step; the first is not counted."""
    from briefgen.gui.view_models.pages.preview import make_preview
    from briefgen.pipeline.resources import Resources
    from briefgen.shipped import shipped_templates

    names = {
        "drafting": "putting together",
        "citing": "citing",
        "laying out pages": "setting the PDF",
        "looking at it with care": "looking at it with care",
    }
    parts: dict[str, list[float]] = {name: [] for name in names.values()}
    with Resources() as resources:
        for number, one in enumerate(specs):
            steps: list[tuple[str, float]] = []
            make_preview(
                one,
                folder,
                (shipped_templates(),),
                resources,
                datetime(2026, 11, 21, tzinfo=UTC),
                date(2026, 11, 21),
                lambda step, steps=steps: steps.append((step, time.perf_counter())),
            )
            steps.append(("", time.perf_counter()))
            if number:
                for (name, start), (_, end) in pairwise(steps):
                    if name in names:
                        parts[names[name]].append(end - start)
    return parts


def _print(name: str, seconds: list[float]) -> None:
    print(f"  {name:<28}{statistics.median(seconds) * 1000:7.0f} ms")


def _late(seconds: list[float]) -> float:
    """The 95th percentile."""
    return sorted(seconds)[min(len(seconds) - 1, round(len(seconds) * 0.95))]


if __name__ == "__main__":
    main(sys.argv[1:])
