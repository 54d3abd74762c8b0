"""What a very long brief takes: each export is a process of its own, measured from outside.

    python bench/bench_history.py [--facts 8133] [--style ieee ...] [--format pdf docx] [--runs 1]
                                  [--against FOLDER]

All facts of an invented history (see `make_history.py`) become a chronology. Printed are, with the
citations worded anew ("new") and kept from the run before ("kept"): seconds of the clock and of
processors, the most memory that briefgen held and that Pandoc held, the size of the file and the
beginning of its SHA-256. With `--against` a second checkout's `src` takes turns with this one, for
figures from before and after a change on the same machine; the sums tell whether bytes changed.
Memory is read from `/proc`: this runs on Linux.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from make_history import FACTS, make_history

HERE = Path(__file__).resolve().parents[1]


class Taken(NamedTuple):
    """What one process took, and what it made."""

    seconds: float
    processor: float
    own_megabytes: float
    pandoc_megabytes: float
    size: int
    digest: str


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--facts", type=int, default=FACTS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--style", nargs="+", default=["ieee"])
    parser.add_argument("--format", nargs="+", default=["pdf", "docx"])
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--against", type=Path)
    arguments = parser.parse_args()
    if not Path("/proc/self/status").is_file():
        sys.exit("error: this benchmark reads memory from /proc, which this system lacks")
    checkouts = [HERE, *([arguments.against.resolve()] if arguments.against else [])]
    print(
        f"{'style':<12} {'file':<5} {'words':<5} {'clock, s':>9} {'CPU, s':>8} "
        f"{'briefgen, MB':>13} {'Pandoc, MB':>11} {'file, kB':>9}  SHA-256   of"
    )
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        make_history(place / "base", arguments.facts, arguments.seed)
        for style in arguments.style:
            for format_ in arguments.format:
                for run in range(2 * arguments.runs):
                    for number, checkout in enumerate(checkouts):
                        cache = place / f"cache-{number}"
                        words = "kept" if run % 2 else "new"
                        if words == "new":
                            _forget(cache)
                        taken = measure(checkout, place, cache, style, format_)
                        _tell(style, format_, words, taken, checkout)


def measure(checkout: Path, place: Path, cache: Path, style: str, format_: str) -> Taken:
    """Export the base in `place` by the code of `checkout`; its caches go into `cache`."""
    made = place / f"history.{format_}"
    made.unlink(missing_ok=True)
    command = (
        "-m", "briefgen", "export", "--base", str(place / "base"), "--template", "chronology",
        "--style", style, "--format", format_, "--out", str(made), "--force",
    )  # fmt: skip
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *command],
        env=_environment(checkout, cache),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    peaks: dict[int, float] = {}
    while True:
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            break
        for each in (process.pid, *_pandocs(process.pid)):
            peaks[each] = max(peaks.get(each, 0.0), _peak(each))
        time.sleep(0.01)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - started
    assert process.stderr is not None
    said = process.stderr.read().decode("utf-8", "replace")
    process.stderr.close()
    if process.returncode or not made.is_file():
        sys.exit(f"error: the export ended with {process.returncode}: {said.strip()[-500:]}")
    data = made.read_bytes()
    own = peaks.pop(process.pid, 0.0)
    return Taken(
        seconds,
        usage.ru_utime + usage.ru_stime,
        own,
        max(peaks.values(), default=0.0),
        len(data),
        hashlib.sha256(data).hexdigest(),
    )


def _environment(checkout: Path, cache: Path) -> Mapping[str, str]:
    """Ours, but for the code, the caches and the moment that stands in the file."""
    return {
        **os.environ,
        "PYTHONPATH": str(checkout / "src"),
        "XDG_CACHE_HOME": str(cache),
        "XDG_STATE_HOME": str(cache / "state"),
        "SOURCE_DATE_EPOCH": "1795996800",
    }


def _forget(cache: Path) -> None:
    """Take away the wordings that are kept in `cache`, and no more: the index stays."""
    for kind in ("citations", "asked"):
        for folder in cache.rglob(kind):
            shutil.rmtree(folder)


def _pandocs(pid: int) -> list[int]:
    """Those of its children that run Pandoc: one that is just begun is still a copy of ours."""
    found: list[int] = []
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            found += map(int, (task / "children").read_text().split())
    except (OSError, ValueError):
        pass  # it ended meanwhile
    return [each for each in found if _name(each) == "pandoc"]


def _name(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return ""


def _peak(pid: int) -> float:
    """The most memory that a process held so far, in megabytes; 0 where it is gone."""
    try:
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    except (OSError, ValueError):
        pass
    return 0.0


def _tell(style: str, format_: str, words: str, taken: Taken, checkout: Path) -> None:
    print(
        f"{style:<12} {format_:<5} {words:<5} {taken.seconds:>9.2f} {taken.processor:>8.2f} "
        f"{taken.own_megabytes:>13.0f} {taken.pandoc_megabytes:>11.0f} {taken.size / 1024:>9.0f}  "
        f"{taken.digest[:8]}  {checkout.name}",
        flush=True,
    )


if __name__ == "__main__":
    main()
