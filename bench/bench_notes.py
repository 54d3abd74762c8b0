"""What notes at the foot of the page cost: the same brief with them there and at the end.

    python bench/bench_notes.py [--facts 50 500 5000] [--runs 15] [--style CSL]

For each size one invented base is made, and a chronology of all its facts is cited in a note
style. Then its PDF is made with notes at the foot, with the same notes at the end, and without
notes (their marks and texts taken out), in turns in one process. Printed are medians of processor
time, the ratio of the first to the second, and pages.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from make_base import make_base

from briefgen.brief.model import Brief
from briefgen.brief.spec.model import BriefSpec
from briefgen.pipeline.draft import draft_brief
from briefgen.pipeline.places import template_folders
from briefgen.render.pdf import render_pdf
from briefgen.select.model import Selection


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--facts", type=int, nargs="+", default=[50, 500, 5000])
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--style", default="chicago-notes-bibliography")
    arguments = parser.parse_args()
    print(f"{'facts':>6} {'notes':>6} {'foot, s':>9} {'end, s':>9} {'ratio':>6}  pages")
    for facts in arguments.facts:
        brief = _cited(facts, arguments.style)
        runs = arguments.runs if facts <= 1000 else max(3, arguments.runs // 5)
        _measure(facts, brief, runs)


def _cited(facts: int, style: str) -> Brief:
    spec = BriefSpec(
        template="chronology",
        style=style,
        select=Selection(status=("current", "draft", "superseded", "retracted"), undated=True),
    )
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        make_base(base, facts)
        return draft_brief(
            spec,
            base,
            template_folders(),
            created=datetime(2026, 11, 21, tzinfo=UTC),
            today=date(2026, 11, 21),
        ).brief


def _measure(facts: int, brief: Brief, runs: int) -> None:
    variants = {
        "foot": replace(brief, notes_at="foot"),
        "end": replace(brief, notes_at="end"),
    }
    taken: dict[str, list[float]] = {name: [] for name in variants}
    pages: dict[str, int] = {}
    for number in range(runs + 1):
        for name, made in variants.items():
            started = time.process_time()
            pages[name] = render_pdf(made).pages
            if number:
                # The first run of each loads fonts and meets the words.
                taken[name].append(time.process_time() - started)
    foot, end = statistics.median(taken["foot"]), statistics.median(taken["end"])
    print(
        f"{facts:>6} {len(brief.notes):>6} {foot:>9.3f} {end:>9.3f} {foot / end:>6.2f}  "
        f"{pages['foot']}, {pages['end']}"
    )


if __name__ == "__main__":
    main()
