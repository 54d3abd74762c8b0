"""The wheel carries all that briefgen needs, and works from any folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ("templates", "scales", "markings", "fonts", "data")
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, as the build backend makes it."""
    pytest.importorskip("hatchling", reason="hatchling is not installed; make test brings it")
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which pip has installed the wheel, without what it depends on."""
    folder = tmp_path_factory.mktemp("installed copy")
    command = [sys.executable, "-m", "pip", "install", "--no-deps", "--no-index", "--quiet"]
    subprocess.run([*command, "--target", str(folder), str(wheel)], check=True, capture_output=True)
    return folder


def run(installed: Path, elsewhere: Path, *arguments: str) -> str:
    """Run the installed copy in another folder, with a home of its own."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=elsewhere,
        # Before everything else on the path, so also before the checkout itself.
        env={**kept, "PYTHONPATH": str(installed), "HOME": str(elsewhere / "home")},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_templates_and_data_travel_inside(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for top in SHIPPED:
        ours = {p.relative_to(ROOT).as_posix() for p in (ROOT / top).rglob("*") if p.is_file()}
        assert ours, f"{top}/ is not empty"
        assert {f"briefgen/shipped_files/{name}" for name in ours} <= names
    assert "briefgen/py.typed" in names
    for licence in ("LICENSE", "fonts/roboto/LICENSE.txt", "fonts/source-sans-pro/LICENSE.txt"):
        assert any(name.endswith(f".dist-info/licenses/{licence}") for name in names)


def test_nothing_else_travels_inside(wheel: Path) -> None:
    for name in zipfile.ZipFile(wheel).namelist():
        assert name.startswith(("briefgen/", "briefgen-")), name
        assert "__pycache__" not in name


def test_an_installed_copy_uses_its_own_files(installed: Path, tmp_path: Path) -> None:
    code = (
        "from briefgen.shipped import *; print(shipped_templates()); print(shipped_scales());"
        "print(shipped_markings()); print(shipped_fonts()); print(shipped_base())"
    )
    folders = run(installed, tmp_path, "-c", code).splitlines()
    shipped = installed / "briefgen" / "shipped_files"
    assert folders == [str(shipped / name) for name in SHIPPED]


def test_an_installed_copy_exports_from_any_folder(installed: Path, tmp_path: Path) -> None:
    listed = json.loads(run(installed, tmp_path, "-m", "briefgen", "templates", "--json"))
    assert "country-brief" in json.dumps(listed)
    made = run(installed, tmp_path, "-m", "briefgen", "export", "--topic", "energy",
               "--format", "docx,pdf,md")  # fmt: skip
    paths = [tmp_path / line for line in made.splitlines()]
    assert [path.suffix for path in paths] == [".docx", ".pdf", ".md"]
    assert all(path.stat().st_size > 1000 for path in paths)


def test_an_installed_copy_starts_a_new_base(installed: Path, tmp_path: Path) -> None:
    made = run(installed, tmp_path, "-m", "briefgen", "init", "ours").splitlines()
    assert [Path(line).name for line in made] == [
        "base.yaml", "actors.yaml", "sources.yaml", "first.yaml", "passages.yaml"
    ]  # fmt: skip
    assert run(installed, tmp_path, "-m", "briefgen", "check", "--base", "ours") == ""


def test_an_installed_copy_tells_of_licences(installed: Path, tmp_path: Path) -> None:
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in run(
        installed, tmp_path, "-m", "briefgen", "licences", "qt"
    )
    (ours,) = json.loads(run(installed, tmp_path, "-m", "briefgen", "licences", "roboto", "--json"))
    assert [Path(text).is_relative_to(installed) for text in ours["texts"]] == [True]


def test_pip_makes_the_command(installed: Path) -> None:
    names = {path.stem for path in (installed / "bin").iterdir()}
    assert {"briefgen", "briefgen-gui"} <= names
