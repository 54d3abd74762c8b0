"""What is kept for one person is closed and what is written for others is as the umask says."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from briefgen.facts.scaffold import init_base
from in_this_process import settled_in

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="a umask is POSIX's"),
]

PROGRAM = """
import json, os, sys
os.umask(int(sys.argv[1], 8))
from briefgen.cli import main
from briefgen.folders import recovery_folder, write_to_log
from briefgen.gui.view_models.keeper import Keeper
from briefgen.pipeline.settings import read_settings, save_settings
from dataclasses import replace
write_to_log("x")
kept = Keeper(recovery_folder(), lambda unsaved: b"{}")
kept.keep(None)
kept.close(leave=True)
save_settings(replace(read_settings(), base="base"))
sys.exit(max(main(each) for each in json.loads(sys.argv[2])))
"""
APP = "import os, sys; os.umask(int(sys.argv[1], 8)); from briefgen.cli import main; main(sys.argv[2:])"


def modes(*folders: Path) -> dict[str, int]:
    """The permissions of every file and folder below these."""
    there = [folder for folder in folders if folder.exists()]
    found = [path for folder in there for path in (folder, *folder.rglob("*"))]
    return {
        str(path): stat.S_IMODE(path.lstat().st_mode) for path in found if not path.is_symlink()
    }


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    settled_in(tmp_path, tmp_path / "cache" / "briefgen", monkeypatch)
    init_base(tmp_path / "base")
    (tmp_path / "s.json").write_text('[{"id": "w", "type": "book", "title": "T"}]')
    brief = {"format": 1, "title": "B", "base": "base", "email": {"to": ["a@x.org"]}}
    (tmp_path / "b.brief.yaml").write_text(json.dumps(brief))
    job = {"name": "j", "title": "J", "base": "base", "outputs": ["txt"]}
    (tmp_path / "jobs.yaml").write_text(json.dumps({"format": 1, "jobs": [job]}))
    path = os.pathsep.join(filter(None, sys.path))
    return {**os.environ, "PYTHONPATH": path, "QT_QPA_PLATFORM": "offscreen"}


@pytest.mark.parametrize("mask", [0o000, 0o077], ids=oct)
def test_commands(mask: int, tmp_path: Path, environment: dict[str, str]) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "b.txt").write_text("Written by hand.")
    (out / "b.txt").chmod(0o640)
    (tmp_path / "base" / "sources.yaml").chmod(0o600)
    base = ["--base", f"{tmp_path}/base"]
    commands = [
        ["export", *base, "--title", "B", "--format", "docx,pdf,txt", "--out", f"{out}/"],
        ["batch", f"{tmp_path}/jobs.yaml", "--out", f"{out}/many"],
        ["import", "sources", f"{tmp_path}/s.json", *base],
        ["email", f"{tmp_path}/b.brief.yaml", "--draft", f"{out}/b.eml"],
        ["facts", *base, "--xlsx", f"{out}/f.xlsx"],
    ]
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, oct(mask)[2:], json.dumps(commands)],
        cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    own = modes(tmp_path / "config", tmp_path / "cache", tmp_path / "state")
    names = {Path(path).name for path in own}
    assert {"settings.yaml", "faults.log", "written", "recovery", "citations"} <= names
    assert [path for path in own if own[path] & 0o077 and Path(path).parent != tmp_path] == []
    written = modes(out)
    replaced = written.pop(f"{out}/b.txt")
    assert replaced == 0o640
    copies = {path for path in written if "(kept " in path}
    assert [written.pop(path) for path in copies] == [0o640]
    files = {mode for path, mode in written.items() if Path(path).is_file()}
    assert files == {0o666 & ~mask}
    assert modes(tmp_path / "base")[f"{tmp_path}/base/sources.yaml"] == 0o600


@pytest.mark.window
def test_the_app(tmp_path: Path, environment: dict[str, str]) -> None:
    app = subprocess.Popen(
        [sys.executable, "-c", APP, "0", "gui", "b.brief.yaml"], cwd=tmp_path, env=environment,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    cache = tmp_path / "cache"
    until = time.monotonic() + 90
    while not list(cache.glob("*/citations/*.json")) and time.monotonic() < until:
        assert app.poll() is None, app.communicate()[1]
        time.sleep(0.2)
    app.send_signal(signal.SIGTERM)
    _, said = app.communicate(timeout=60)
    own = modes(tmp_path / "config", cache, tmp_path / "state")
    assert "window.ini" in {Path(path).name for path in own}, said
    assert [path for path in own if own[path] & 0o077 and Path(path).parent != tmp_path] == []
