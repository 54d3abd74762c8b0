"""Starting the app as people do: a process of its own, and a window on a real display."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import judges

SECONDS = 60


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("BRIEFGEN")}
    folders = ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR", "HOME")
    for name in folders:
        place = tmp_path / name.lower()
        place.mkdir(mode=0o700, exist_ok=True)
        kept[name] = str(place)
    return kept


@pytest.fixture
def display() -> Iterator[str]:
    """A screen of 1280 by 720 points."""
    with judges.screen(1280, 720) as name:
        yield name


def start(environment: dict[str, str], *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "briefgen", "gui", *arguments],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.slow
def test_a_window_opens_and_nothing_is_said(environment: dict[str, str], display: str) -> None:
    environment |= {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    with start(environment) as app:
        try:
            deadline = time.monotonic() + SECONDS
            while "briefgen" not in judges.window_titles(display):
                assert app.poll() is None, app.communicate()
                assert time.monotonic() < deadline, judges.window_titles(display)
                time.sleep(0.1)
            app.send_signal(signal.SIGTERM)
            out, err = app.communicate(timeout=SECONDS)
        finally:
            app.kill()

    assert (app.returncode, out, err) == (0, "", "")


def test_a_base_that_is_not_there_is_said_before_any_window(environment: dict[str, str]) -> None:
    environment |= {"QT_QPA_PLATFORM": "offscreen"}
    with start(environment, "--base", "nowhere") as app:
        out, err = app.communicate(timeout=SECONDS)

    assert (app.returncode, out) == (2, "")
    assert err == (
        "error: the fact base nowhere (--base) does not exist; name the folder that holds "
        "base.yaml, or start one with 'briefgen init DIR'\n"
    )


@pytest.mark.parametrize("line", ["topics", "export --topic energy --out brief.pdf", "--help"])
def test_the_command_line_never_loads_qt(
    line: str, environment: dict[str, str], tmp_path: Path
) -> None:
    script = (
        "import sys; from briefgen.cli import main; status = main(sys.argv[1:]);"
        "print([m for m in sys.modules if m.startswith(('PySide6', 'shiboken6', 'briefgen.gui',"
        " 'pypdfium2'))], file=sys.stderr); raise SystemExit(status)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *line.split()],
        env=environment, cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert done.stderr.splitlines()[-1] == "[]"
