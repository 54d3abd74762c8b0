"""The same jobs on a Dask cluster: a scheduler and two workers, each a process on this machine."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from batch.conftest import BASE, JOBS
from briefgen.batch import cluster as cluster_module
from briefgen.batch.cluster import Cluster, check_address
from briefgen.batch.pool import TooSlowError, WorkerDiedError, WorkersGoneError
from briefgen.batch.run import BatchRequest, Watcher, run_batch
from briefgen.cli import main
from briefgen.errors import UsageError
from written_files import write_files


@pytest.mark.parametrize("address", ["tcp://host:8786", "tls://10.0.0.1:1", "tcp://[::1]:8786"])
def test_addresses(address: str) -> None:
    check_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "host:8786",
        "tcp://host",
        "tcp://:8786",
        "http://host:8786",
        "tcp://h:x",
        "tcp://h:99999",
    ],
)
def test_what_is_no_address(address: str) -> None:
    with pytest.raises(
        UsageError, match="is not a scheduler's address; write it as tcp://host:8786"
    ):
        check_address(address)


# --- the executor, with a stand-in for a client ----------------------------------------------------


class KilledWorker(Exception):
    """Dask's own error of this name: every worker that was at a task ended."""


class Client(Executor):
    """Answers like a Dask client whose jobs never end by themselves."""

    status = "running"

    def __init__(self) -> None:
        self.futures: list[Future[Any]] = []

    def get_executor(self, **_: object) -> Client:
        return self

    def nthreads(self) -> dict[str, int]:
        return {"a": 2, "b": 1}

    def submit(self, *_: Any, **__: Any) -> Future[Any]:
        self.futures.append(Future())
        return self.futures[-1]


def test_a_job_beyond_its_time_is_given_up() -> None:
    client = Client()
    cluster = Cluster(client, 0.05)
    future = cluster.submit(print)
    with pytest.raises(TooSlowError, match=r"longer than 0\.05 s"):
        future.result(timeout=5)
    assert client.futures[0].cancelled()
    assert cluster.abreast == 3
    assert Cluster(client, None).abreast == 6


def test_what_the_cluster_says_becomes_a_reason() -> None:
    client = Client()
    cluster = Cluster(client, None)
    killed, odd, cancelled, good = (cluster.submit(print) for _ in range(4))
    client.futures[0].set_exception(KilledWorker("x"))
    client.futures[1].set_exception(ValueError("odd"))
    client.futures[2].cancel()
    client.futures[2].set_running_or_notify_cancel()
    client.futures[3].set_result(7)
    with pytest.raises(WorkerDiedError, match="every worker that was at it ended"):
        killed.result()
    with pytest.raises(WorkerDiedError, match="ValueError: odd|odd"):
        odd.result()
    with pytest.raises(WorkerDiedError, match="cancelled"):
        cancelled.result()
    assert good.result() == 7


def test_of_a_scheduler_that_went_nothing_is_taken_and_nothing_comes_back() -> None:
    client = Client()
    cluster = Cluster(client, None)
    future = cluster.submit(print)
    client.status = "closed"
    client.futures[0].cancel()
    client.futures[0].set_running_or_notify_cancel()
    with pytest.raises(WorkersGoneError, match="the Dask scheduler does not answer any more; see"):
        future.result()
    client.submit = client.nthreads = refused  # type: ignore[method-assign]
    with pytest.raises(WorkersGoneError, match=r"any more \(Client is closed\)"):
        cluster.submit(print)
    with pytest.raises(WorkersGoneError):
        assert cluster.abreast


def refused(*_: Any, **__: Any) -> Any:
    raise RuntimeError("Client is closed")


# --- a real one ------------------------------------------------------------------------------------


class Running(NamedTuple):
    """A scheduler with two workers."""

    address: str
    scheduler: subprocess.Popen[bytes]


@pytest.fixture(scope="module")
def cluster(running: Running) -> str:
    """Its address."""
    return running.address


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One on this machine."""
    if importlib.util.find_spec("distributed") is None:
        if os.environ.get("CI"):
            pytest.fail("distributed is not installed")
        pytest.skip("distributed is not installed; pip install 'briefgen[cluster]'")
    place = tmp_path_factory.mktemp("cluster")
    file = place / "scheduler.json"
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        "BRIEFGEN_CACHE": str(place / "cache"),
        "DASK_TEMPORARY_DIRECTORY": str(place),
    }
    python = [sys.executable, "-m"]
    scheduler = [*python, "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0",
                 "--no-dashboard", "--scheduler-file", str(file)]  # fmt: skip
    worker = [*python, "distributed.cli.dask_worker", "--scheduler-file", str(file),
              "--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1", "--no-nanny"]  # fmt: skip
    options: dict[str, Any] = {
        "env": environment, "cwd": place, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL,
    }  # fmt: skip
    processes = [subprocess.Popen(scheduler, **options)]
    try:
        end = time.monotonic() + 60
        while not (written := file.read_text() if file.exists() else "").endswith("}"):
            assert time.monotonic() < end, "the scheduler does not start"
            time.sleep(0.1)
        processes += [subprocess.Popen(worker, **options) for _ in range(2)]
        yield Running(json.loads(written)["address"], processes[0])
    finally:
        for process in reversed(processes):
            process.kill()
            process.wait(timeout=30)


@pytest.fixture
def jobs_there(tmp_path: Path) -> Path:
    """Jobs on a base that the workers see at the same path: they run on this machine."""
    write_files(tmp_path / "base", BASE)
    write_files(tmp_path, {"jobs.yaml": JOBS})
    return Path("jobs.yaml")


def batch(*arguments: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "briefgen", "batch", *arguments],
        capture_output=True, text=True, timeout=120, check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


@pytest.mark.slow
def test_a_cluster_makes_the_same_bytes(cluster: str, jobs_there: Path) -> None:
    end = time.monotonic() + 60
    while True:  # workers take a moment to join
        status, out, err = batch("jobs.yaml", "--out", "there", "--scheduler", cluster)
        if status == 0 or time.monotonic() > end:
            break
        assert "has no workers" in err
    assert status == 0, err
    assert len(out.splitlines()) == 4
    assert batch("jobs.yaml", "--out", "here")[0] == 0
    for path in Path("here").glob("*.[tm]*"):
        assert (Path("there") / path.name).read_bytes() == path.read_bytes()
    status, out, err = batch("jobs.yaml", "--out", "there", "--scheduler", cluster)
    assert (status, out) == (0, "")
    assert "2 briefs: 2 unchanged" in err


@pytest.mark.slow
def test_a_job_that_fails_there_is_told_here(cluster: str, jobs_there: Path) -> None:
    jobs_there.write_text(JOBS.replace("[energy]", "[enrgy]"), "utf-8")
    status, out, err = batch("jobs.yaml", "--out", "there", "--scheduler", cluster)
    assert status == 1, err
    assert "error: energy: jobs.yaml:4:36: the base has no topic 'enrgy'" in err
    assert len(out.splitlines()) == 2


@pytest.mark.slow
def test_a_worker_without_the_base_is_told_before_anything_is_made(
    cluster: str, jobs_there: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What this machine says of its base is not what the workers find.
    from dataclasses import replace

    import briefgen.batch.run as run_module

    real = run_module.read_bases

    def elsewhere(jobs: Any, read: Any) -> Any:
        bases = real(jobs, read)
        gone = {Path("/nowhere/base"): content for content in bases.contents.values()}
        return replace(
            bases, contents=gone, of_job=dict.fromkeys(bases.of_job, Path("/nowhere/base"))
        )

    pytest.importorskip("distributed")
    monkeypatch.setattr(run_module, "read_bases", elsewhere)
    import io
    import warnings

    screen = io.StringIO()
    monkeypatch.setattr(sys, "stderr", screen)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert main(["batch", "jobs.yaml", "--out", "there", "--scheduler", cluster]) == 2
    assert "does not have the fact base /nowhere/base; workers need the same" in screen.getvalue()
    assert not Path("there/manifest.json").exists()


@pytest.mark.slow
def test_a_scheduler_that_does_not_answer_is_one_line(
    jobs_there: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if importlib.util.find_spec("distributed") is None:
        pytest.skip("distributed is not installed")
    status, out, err = batch("jobs.yaml", "--out", "there", "--scheduler", "tcp://127.0.0.1:9")
    assert (status, out) == (2, "")
    assert err.startswith("error: no Dask scheduler answers at tcp://127.0.0.1:9")
    assert err.count("\n") == 1, err


def test_without_dask_it_is_told_what_to_install(
    jobs_there: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert main(["batch", "jobs.yaml", "--out", "there", "--scheduler", "tcp://127.0.0.1:9"]) == 2
    told = capsys.readouterr().err
    assert told == (
        "error: --scheduler needs Dask, which is not installed; install it with: "
        "pip install 'briefgen[cluster]'\n"
    )


@pytest.mark.slow
def test_a_scheduler_that_ends_in_between_ends_the_run_in_one_line(
    running: Running, jobs_there: Path, monkeypatch: pytest.MonkeyPatch, capfd: Any
) -> None:
    """The last one here: nobody can ask it anything after that."""
    monkeypatch.setattr(cluster_module, "CONNECT_SECONDS", 1.0)
    several = "matrix: {values: {n: [%s]}, job: {name: 'n{n}', select: {topics: [trade]}}}\n"
    jobs_there.write_text(JOBS + several % ", ".join(map(str, range(20))))

    class Killing(Watcher):
        def done(self, *_: Any) -> None:
            running.scheduler.kill()

    ran = run_batch(BatchRequest(jobs_there, Path("there"), scheduler=running.address), Killing())
    assert ran.stopped.startswith("the Dask scheduler does not answer any more")
    assert {entry.status for entry in ran.entries} == {"written"}
    assert len(ran.entries) < 22
    assert capfd.readouterr() == ("", "")
    again = run_batch(BatchRequest(jobs_there, Path("there"), workers=2))
    assert (again.stopped, len(again.entries)) == ("", 22)
    statuses = [entry.status for entry in again.entries]
    assert statuses.count("unchanged") == len(ran.entries)
