"""What fitting a brief into a budget of pages takes, beside making it.

    python bench/bench_fit.py [--runs 5]

Briefs on the shipped base, some topics and all of it, DOCX and PDF: exported as asked, over budget
with advice, and with --fit; with the caches filled and, told apart, with the wordings of citations
emptied before. Every run is a process of its own; what is printed are medians of seconds.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
SELECTIONS = {
    "energy and defence": ["--topic", "energy", "--topic", "defence"],
    "everything": ["--undated"],
}
WAYS = {"as asked": [], "advice": ["--max-pages", "1"], "--fit": ["--max-pages", "1", "--fit"]}


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory(prefix="briefgen-bench-") as place:
        for name, selection in SELECTIONS.items():
            for cold in (False, True):
                compare(Path(place), name, selection, runs, cold=cold)


def compare(place: Path, name: str, selection: list[str], runs: int, *, cold: bool) -> None:
    """Run every way in turn and print a table."""
    cache = place / "cache"
    environment = {**os.environ, "BRIEFGEN_CACHE": str(cache)}
    environment.pop("BRIEFGEN_BASE", None)
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    seconds: dict[str, list[float]] = {way: [] for way in WAYS}
    said: dict[str, str] = {}
    for turn in range(runs + 1):  # the first turn fills caches, ours and the system's
        for way, flags in WAYS.items():
            if cold:
                for kept in ("asked", "citations"):
                    shutil.rmtree(cache / kept, ignore_errors=True)
            command = [
                sys.executable, "-m", "briefgen", "export", "--base", str(ROOT / "data"),
                *selection, *flags, "--out", f"{place / 'out'}{os.sep}",
            ]  # fmt: skip
            started = time.perf_counter()
            done = subprocess.run(command, env=environment, capture_output=True, text=True)
            if turn:
                seconds[way].append(time.perf_counter() - started)
            if done.returncode > 1:
                sys.exit(done.stderr)
            lines = done.stderr.splitlines()
            said[way] = next((line for line in lines if not line.startswith("warning")), "")
    print(f"\n{name}, {'wordings emptied' if cold else 'caches filled'}")
    plain = statistics.median(seconds["as asked"])
    for way, taken in seconds.items():
        median = statistics.median(taken)
        print(f"{way:10}{median:7.2f} s   {median / plain:5.2f} of an export   {said[way][:90]}")


if __name__ == "__main__":
    main()
