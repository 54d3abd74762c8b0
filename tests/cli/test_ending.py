"""How a command's process lives and ends: without walking what it holds, or leaves behind."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from pathlib import Path

import pytest

from briefgen.cli import edge, main

_RUN = """
import atexit, gc, sys, types
{before}
atexit.register(lambda: print("kept", gc.get_freeze_count() > 1000))  # the last to be asked
from briefgen.cli import main
for _ in range(2):
    assert main(["facts", "--base", "data", "--topic", "energy"]) == 0
"""


@pytest.mark.parametrize(
    ("before", "kept"),
    [("", True), ("sys.modules['PySide6'] = types.ModuleType('PySide6')", False)],
    ids=["a command", "the app"],
)
def test_only_where_qt_is_not_loaded_are_cycles_left_alone_at_the_end(
    before: str, kept: bool
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _RUN.format(before=before)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )

    assert done.stdout.splitlines()[-1] == f"kept {kept}"


def test_no_cycles_are_looked_for_from_the_first_import_on(monkeypatch: pytest.MonkeyPatch) -> None:
    enabled = []
    monkeypatch.setattr(edge, "run", lambda argv: enabled.append(gc.isenabled()) or 0)

    assert main(["x"]) == 0
    assert enabled == [False]
    assert gc.isenabled()


_STAY = """
import gc
import os
from PySide6.QtWidgets import QApplication
QApplication.exec = lambda *_: print("collects", gc.isenabled()) or 0
from briefgen.cli import main
assert main(["gui", "--base", "data"]) == 0
assert gc.isenabled()
"""


@pytest.mark.window
def test_the_app_looks_for_cycles_as_long_as_it_is_open(tmp_path: Path) -> None:
    folders = {"HOME": str(tmp_path), "BRIEFGEN_CACHE": str(tmp_path / "cache")}
    done = subprocess.run(
        [sys.executable, "-c", _STAY],
        env={**os.environ, **folders, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )

    assert "collects True" in done.stdout.splitlines(), done.stderr
