"""Killed at any instant: the old file or the new one, and the next run puts everything right."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from in_this_process import settled_in

SEED = int(os.environ.get("GATE_SEED", "13"))
KILLS = int(os.environ.get("GATE_KILLS", "25"))
"""For each of the four that are tried."""


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="its children are forked")
def test_at_random_instants(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settled_in(tmp_path, tmp_path / "cache", monkeypatch)
    program = Path(__file__).with_name("killing.py")
    done = subprocess.run(
        [sys.executable, str(program), str(SEED), str(KILLS), str(tmp_path / "kills")],
        capture_output=True, text=True, timeout=300, check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )  # fmt: skip
    *wrong, count = done.stdout.splitlines() or [""]
    assert done.returncode == 0, done.stderr[-2000:]
    assert wrong == []
    assert int(count.removeprefix("killed ")) >= KILLS  # the others had ended before
