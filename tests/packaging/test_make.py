"""`make` and the scripts behind it."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NEEDED = {"brief", "test", "gui", "lint", "golden", "bench", "sbom", "audit"}

pytestmark = pytest.mark.skipif(os.name == "nt", reason="make and sh are not at home on Windows")


def run(
    *command: str, path: str | None = None, cwd: Path = ROOT
) -> subprocess.CompletedProcess[str]:
    """A command's output, with `path` as its PATH."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHON"}
    environment["PATH"] = path or environment["PATH"]
    return subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )


def stand_in(folder: Path, name: str, script: str) -> None:
    """A program made of a shell script."""
    program = folder / name
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)


@pytest.fixture
def make() -> str:
    found = shutil.which("make")
    if found is None:
        pytest.skip("make is not installed")
    return found


def test_make_alone_lists_the_targets(make: str) -> None:
    done = run(make)
    listed = {line.split()[1] for line in done.stdout.splitlines()}
    assert done.returncode == 0
    assert listed >= NEEDED


def test_make_works_in_a_folder_with_blanks(make: str, tmp_path: Path) -> None:
    checkout = tmp_path / "a check out"
    (checkout / "tools").mkdir(parents=True)
    for name in ("Makefile", "pyproject.toml", "tools/requirements.py", "tools/find-python"):
        shutil.copy(ROOT / name, checkout / name)
    planned = run(make, "--dry-run", "brief", cwd=checkout)
    assert planned.returncode == 0, planned.stderr
    assert "-m venv" in planned.stdout
    assert "-m briefgen export" in planned.stdout


def test_ci_runs_make_test(tmp_path: Path) -> None:
    stand_in(tmp_path, "make", 'echo "make $* CI=$CI in $PWD"')
    done = run("bash", str(ROOT / ".ci" / "run"), path=f"{tmp_path}:{os.environ['PATH']}")
    assert done.stdout.startswith("make test CI=")
    assert done.stdout.endswith(f" in {ROOT}\n")


def test_a_python_that_fits_is_found(tmp_path: Path) -> None:
    stand_in(tmp_path, "python3", f'exec "{sys.executable}" "$@"')
    done = run("/bin/sh", "tools/find-python", path=str(tmp_path))
    assert done.stdout == f"{tmp_path}/python3\n"


def test_an_old_python_is_named_in_one_line(tmp_path: Path) -> None:
    stand_in(tmp_path, "python3", 'case "$2" in *version_info*) exit 1;; esac; echo 3.9.2')
    done = run("/bin/sh", "tools/find-python", path=str(tmp_path))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "error: no Python 3.11 or newer with venv and pip (python3 is 3.9.2); "
        "install one, or say make PYTHON=/path/to/python3\n"
    )


def test_requirements_of_groups() -> None:
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    done = run(sys.executable, "tools/requirements.py", "bench", "test")
    assert done.stdout.splitlines() == [
        *groups["dependency-groups"]["bench"],
        *groups["dependency-groups"]["test"],
    ]


def test_requirements_left_out() -> None:
    needs = run(sys.executable, "tools/requirements.py", "project").stdout.splitlines()
    lean = run(
        sys.executable, "tools/requirements.py", "project", "--without", "pyside6_essentials"
    )
    assert set(needs) - set(lean.stdout.splitlines()) == {
        need for need in needs if need.startswith("PySide6")
    }


def test_an_unknown_group_is_refused() -> None:
    done = run(sys.executable, "tools/requirements.py", "nope")
    assert done.returncode == 2
    assert "no group 'nope'; choose from" in done.stderr
