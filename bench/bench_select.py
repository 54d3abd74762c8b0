"""How long picking facts takes, as whole processes, on an invented base of 20,000 facts.

    python bench/bench_select.py [--facts 20000 | --base DIR] [--repeat 7]

Prints milliseconds, the median of the repeats, and the most memory that a process took: for a
first run (reading all YAML), for runs on a warm index, and for a run after one file has changed
(of an invented base alone); then for the parts of a warm run. `BRIEFGEN_CACHE`, if it is set, is
where the index is kept from one run of this to the next.
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
from functools import partial
from pathlib import Path

from make_base import make_base

SELECTIONS = {
    "a topic": ["--topic", "energy.gas"],
    "a topic in one year": ["--topic", "space", "--from", "2011", "--to", "2011"],
    "a topic and eight years": ["--topic", "energy", "--from", "2011", "--to", "2018-06"],
    "a phrase, graded": ["--text", '"crude oil" moscow', "--min-reliability", "B"],
    "everything": [],
}


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--facts", type=int, default=20_000)
    parser.add_argument("--base", type=Path, help="a base that is there, not an invented one")
    parser.add_argument("--repeat", type=int, default=7)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        base = arguments.base or Path(place, "base")
        cache = Path(os.environ.setdefault("BRIEFGEN_CACHE", str(Path(place, "cache"))))
        if arguments.base is None:
            make_base(base, arguments.facts)
        size = sum(path.stat().st_size for path in base.rglob("*.yaml"))
        print(f"{size / 1e6:.1f} MB of YAML, Python {sys.version[:6]}")
        _show("python -c pass", _pass, arguments.repeat)
        _show("first run, reading all YAML", lambda: _facts(base, SELECTIONS["a topic"]), 1)
        kept = next(cache.glob("*.sqlite"))
        print(f"{'':44}index {kept.stat().st_size / 1e6:.1f} MB")
        for name, flags in SELECTIONS.items():
            _show(f"warm: {name}", partial(_facts, base, flags), arguments.repeat)
        if arguments.base is None:
            changed = sorted((base / "facts").glob("*.yaml"))[3]
            with changed.open("a", encoding="utf-8") as file:
                file.write("# a change\n")
            _show("after one file changed", lambda: _facts(base, SELECTIONS["a topic"]), 1)
        _parts(base, cache, arguments.repeat)


def _parts(base: Path, cache: Path, repeat: int) -> None:
    from briefgen.index import open_index, store
    from briefgen.select.model import Selection
    from briefgen.select.pick import count_by_topic, select_facts

    asked = Selection(topics=("energy.gas",))
    kept = next(cache.glob("*.sqlite"))
    _show("part: list the files, hash what may be new", lambda: _held(base, kept), repeat)
    _show("part: load the index", lambda: str(store.load(kept) is not None), repeat)
    with open_index(base) as index:
        tasks: dict[str, Callable[[], str]] = {
            "select a topic": lambda: f"{len(select_facts(index, asked))} facts",
            "count by topic": lambda: f"{len(count_by_topic(index, asked))} topics",
        }
        for name, task in tasks.items():
            _show(f"part: {name}", task, repeat)
        _show("part: base, actors, sources", lambda: f"{len(index.base.sources)} sources", 1)


def _held(base: Path, kept: Path) -> str:
    from briefgen.facts.files import list_base_files
    from briefgen.index import files

    listed, _ = list_base_files(base)
    stamps = kept.with_name(f"{kept.name.split('.')[0]}.stamps")
    return files.content_key(files.hold_all(listed, stamps))[:8]


def _facts(base: Path, flags: list[str]) -> str:
    printed = _run(["-m", "briefgen", "facts", "--base", str(base), "--json", *flags])
    return f"{printed[0]} facts, {printed[1] / 1e6:.1f} MB printed"


def _pass() -> str:
    _run(["-c", "pass"])
    return ""


def _run(arguments: list[str]) -> tuple[int, int]:
    """How many facts a program printed as JSON, one a line, and how many bytes.

    They are not kept: a new process counts as using what the one that starts it uses.
    """
    facts = size = 0
    process = subprocess.Popen([sys.executable, *arguments], stdout=subprocess.PIPE)
    assert process.stdout is not None
    for line in process.stdout:
        facts += line.startswith(b"{")
        size += len(line)
    process.stdout.close()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    _peak[0] = used.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    return facts, size


_peak = [0.0]
"""Megabytes that the last process took at most."""


def _show(name: str, task: Callable[[], str], repeat: int) -> None:
    taken, used = [], []
    result = ""
    for _ in range(repeat):
        start, cpu, _peak[0] = time.perf_counter(), _cpu_seconds(), 0.0
        result = task()
        taken.append((time.perf_counter() - start) * 1000)
        used.append((_cpu_seconds() - cpu) * 1000)
    times = f"{statistics.median(taken):9.1f} ms {statistics.median(used):9.1f} ms CPU"
    print(f"{name:44}{times} {f'{_peak[0]:.0f} MB' if _peak[0] else '':>8}   {result}")


def _cpu_seconds() -> float:
    """Of this process and those that it started: steady even where others keep a machine busy."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


if __name__ == "__main__":
    main()
