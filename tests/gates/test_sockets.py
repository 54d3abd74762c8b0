"""Nothing opens a connection to anywhere: every socket of every command, seen by the kernel."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from briefgen.facts.scaffold import init_base
from in_this_process import settled_in

STRACE = shutil.which("strace")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="strace is Linux's"),
    pytest.mark.skipif(not STRACE and not os.environ.get("CI"), reason="strace is not installed"),
]

SEVERAL = (
    "import json, sys; from briefgen.cli import main; "
    "sys.exit(max(main(each) for each in json.loads(sys.argv[1])))"
)
LOCAL = ("AF_UNIX", "AF_LOCAL")
"""Of the same machine: displays, and the bus of the desktop."""


def families(trace: Path) -> set[str]:
    """The kinds of sockets that were asked for."""
    return set(re.findall(r"\bsocket\((AF_\w+|[^,]+)", trace.read_text()))


def traced(trace: Path, *command: str) -> list[str]:
    assert STRACE, "strace is not installed"
    return [STRACE, "-f", "-qq", "-e", "trace=socket,connect", "-o", str(trace), *command]


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    settled_in(tmp_path, tmp_path / "cache", monkeypatch)
    path = os.pathsep.join(filter(None, sys.path))
    return {**os.environ, "PYTHONPATH": path, "QT_QPA_PLATFORM": "offscreen"}


def test_no_command_connects(tmp_path: Path, environment: dict[str, str]) -> None:
    init_base(tmp_path / "base")
    base = ["--base", str(tmp_path / "base")]
    entry = {"id": "w", "type": "book", "title": "T", "URL": "http://x.org"}
    (tmp_path / "s.json").write_text(json.dumps([entry]))
    row = "A road was opened.,trade,event,gazette,2013-09-09"
    (tmp_path / "f.csv").write_text(f"statement,topics,kind,cites,date\n{row}\n")
    (tmp_path / "copy.html").write_text('<title>T</title><img src="http://x.org/a.png"><p>So.</p>')
    (tmp_path / "s.bib").write_text("@book{b, title={Title}, year=2001}")
    job = {"name": "j", "title": "J", "base": "base", "outputs": ["txt"]}
    (tmp_path / "jobs.yaml").write_text(json.dumps({"format": 1, "jobs": [job]}))
    (tmp_path / "b.brief.yaml").write_text(
        json.dumps({"format": 1, "title": "B", "base": "base", "email": {"to": ["a@x.org"]}})
    )
    formats = "docx,pdf,html,md,txt,json"
    commands = [
        ["check", *base], ["facts", *base, "--json"],
        ["import", "sources", f"{tmp_path}/s.json", *base],
        ["import", "sources", f"{tmp_path}/s.bib", *base],
        ["import", "facts", f"{tmp_path}/f.csv", *base],
        ["capture", f"{tmp_path}/copy.html", *base],
        ["export", *base, "--title", "B", "--format", formats, "--out", f"{tmp_path}/out"],
        ["batch", f"{tmp_path}/jobs.yaml", "--out", f"{tmp_path}/out"],
        ["email", f"{tmp_path}/b.brief.yaml", "--draft", f"{tmp_path}/b.eml"],
    ]  # fmt: skip
    program = [sys.executable, "-c", SEVERAL, json.dumps(commands)]
    done = subprocess.run(
        traced(tmp_path / "trace", *program), cwd=tmp_path, env=environment, text=True,
        capture_output=True, timeout=200, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert families(tmp_path / "trace") <= {*LOCAL}


@pytest.mark.window
def test_the_app_starts_without_connecting(tmp_path: Path, environment: dict[str, str]) -> None:
    program = [sys.executable, "-c", "from briefgen.cli import main; main(['gui', 'b.brief.yaml'])"]
    init_base(tmp_path / "base")
    brief = {"format": 1, "title": "B", "base": "base"}
    (tmp_path / "b.brief.yaml").write_text(json.dumps(brief))
    app = subprocess.Popen(
        traced(tmp_path / "trace", *program), cwd=tmp_path, env=environment,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    until = time.monotonic() + 90
    # The answers to its citations are in the cache when the first pages are made.
    while not list((tmp_path / "cache").glob("citations/*.json")) and time.monotonic() < until:
        assert app.poll() is None, app.communicate()[1]
        time.sleep(0.2)
    os.killpg(app.pid, signal.SIGTERM)
    _, said = app.communicate(timeout=60)
    assert list((tmp_path / "cache").glob("citations/*.json")), said
    assert families(tmp_path / "trace") <= {*LOCAL}


def test_a_connection_would_be_seen(tmp_path: Path, environment: dict[str, str]) -> None:
    program = [sys.executable, "-c", "import socket; socket.socket().close()"]
    subprocess.run(traced(tmp_path / "trace", *program), env=environment, check=True, timeout=60)
    assert families(tmp_path / "trace") == {"AF_INET"}
