"""The same brief gives the same bytes, whatever the process, the folder and the caches."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from briefgen.shipped import shipped_base
from whole.conftest import FORMATS, GOLDEN_BRIEFS, TEMPLATES

PROGRAM = """
import sys
from briefgen.cli import main
base, formats, *briefs = sys.argv[1:]
for brief in briefs:
    status = main(["export", brief, "--base", base, "--format", formats, "--out", "out"])
    assert status == 0, brief
"""


def test_bytes_repeat(tmp_path: Path) -> None:
    """Once from the checkout with empty caches; again from another folder with empty caches and
    another hash seed, in the other order; and a third time with the first one's caches.
    """
    moved = shutil.copytree(GOLDEN_BRIEFS, tmp_path / "moved" / "briefs")
    base = shutil.copytree(shipped_base(), tmp_path / "moved" / "data")
    cold = export(GOLDEN_BRIEFS, shipped_base(), tmp_path / "cold", seed=1, cache=tmp_path / "a")
    other = export(moved, base, tmp_path / "moved", seed=2, cache=tmp_path / "b", backwards=True)
    finish(cold)
    finish(other)
    finish(export(GOLDEN_BRIEFS, base, tmp_path / "warm", seed=3, cache=tmp_path / "a"))
    for name in (f"{template}.{kind}" for template in TEMPLATES for kind in FORMATS):
        first = (tmp_path / "cold" / "out" / name).read_bytes()
        for run in ("moved", "warm"):
            assert (tmp_path / run / "out" / name).read_bytes() == first, f"{name}, {run}"


def export(
    briefs: Path, base: Path, here: Path, *, seed: int, cache: Path, backwards: bool = False
) -> subprocess.Popen[str]:
    """Starts a process in `here` that exports every brief in every format into `out`."""
    here.mkdir(exist_ok=True)
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("BRIEFGEN")},
        "BRIEFGEN_CACHE": str(cache),
        "XDG_CONFIG_HOME": str(here / "config"),
        "SOURCE_DATE_EPOCH": "1795219200",
        "PYTHONHASHSEED": str(seed),
    }
    paths = sorted(map(str, briefs.glob("*.brief.yaml")), reverse=backwards)
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(base), ",".join(FORMATS), *paths],
        cwd=here,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def finish(process: subprocess.Popen[str]) -> None:
    """Wait for a process that should end well."""
    _, told = process.communicate(timeout=120)
    assert process.returncode == 0, told
