"""Ctrl-C at any moment: exit status 130, at most a line that says so, and never a traceback."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from batch.conftest import BASE, JOBS
from briefgen.cli.interrupts import ctrl_c_heard
from in_this_process import settled_in
from written_files import write_files

SEED = int(os.environ.get("GATE_SEED", "13"))
INSTANTS = int(os.environ.get("GATE_INSTANTS", "16"))
SPAN = 0.5
"""Seconds from our first line of code on."""
PROGRAM = "import sys; from briefgen.cli import main; print('up', flush=True); sys.exit(main(sys.argv[1:]))"


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals to a group are POSIX's")
def test_at_any_instant_of_a_batch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settled_in(tmp_path, tmp_path / "cache", monkeypatch)
    write_files(tmp_path, {f"base/{name}": text for name, text in BASE.items()})
    write_files(tmp_path, {"jobs.yaml": JOBS})
    chance = random.Random(SEED)

    def interrupted(number: int, after: float) -> tuple[float, int, str]:
        """As a terminal does it: every process of the run hears it."""
        command = [sys.executable, "-c", PROGRAM, "batch", "jobs.yaml", "--jobs", "2"]
        run = subprocess.Popen(
            [*command, "--out", f"out{number}"], cwd=tmp_path, text=True, start_new_session=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )  # fmt: skip
        assert run.stdout is not None
        assert run.stdout.readline() == "up\n"
        time.sleep(after)
        os.killpg(run.pid, signal.SIGINT)
        return after, run.wait(60), run.communicate()[1]

    with ThreadPoolExecutor(2) as two:
        instants = [chance.random() * SPAN for _ in range(INSTANTS)]
        ended = [*two.map(interrupted, range(INSTANTS), instants)]
    for after, status, said in ended:
        told = [line for line in said.splitlines() if ": written, " not in line]
        assert status in (0, 130), (SEED, after, said)
        if status == 130:
            assert told in ([], [INTERRUPTED]), (SEED, after, said)


INTERRUPTED = "interrupted; what was done is kept, and the next run does the rest"


IN_MACHINERY_OF_IMPORTS = compile(
    "import signal; signal.raise_signal(signal.SIGINT)", "<frozen importlib._bootstrap>", "exec"
)


class Named:
    def __set_name__(self, owner: type, name: str) -> None:
        interrupt()


class Deleted:
    def __del__(self) -> None:
        interrupt()


def interrupt() -> None:
    signal.raise_signal(signal.SIGINT)


@pytest.mark.parametrize(
    "interrupted",
    [
        pytest.param(lambda: exec(IN_MACHINERY_OF_IMPORTS, {}), id="import"),
        pytest.param(lambda: type("Owner", (), {"field": Named()}), id="name-of-a-field"),
        pytest.param(Deleted, id="finalizer"),
    ],
)
def test_where_it_would_be_swallowed_it_is_raised_a_moment_later(
    interrupted: Callable[[], object],
) -> None:
    raised = []
    with ctrl_c_heard():
        try:
            interrupted()
            raised.append("not there")
            for _ in range(1_000):
                time.sleep(0.01)
        except KeyboardInterrupt:
            raised.append("later")
    assert raised == ["not there", "later"]


def test_where_it_is_ignored_it_stays_so() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with ctrl_c_heard():
            signal.raise_signal(signal.SIGINT)
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)
