"""Worker processes: one that dies costs its own job, and is replaced."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import wait

import pytest

from batch import poison
from briefgen.batch.pool import TooSlowError, WorkerDiedError, WorkerPool
from briefgen.errors import UsageError

pytestmark = pytest.mark.slow


@pytest.fixture
def pool() -> Iterator[WorkerPool]:
    pool = WorkerPool(2, memory=600 * 2**20, timeout=20)
    pool.start()
    yield pool
    pool.kill()


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def gone(process: int) -> bool:
    """Whether a process ends within some seconds."""
    end = time.monotonic() + 10
    while alive(process) and time.monotonic() < end:
        time.sleep(0.05)
    return not alive(process)


def test_processes_stay_for_all_jobs(pool: WorkerPool) -> None:
    seen = {future.result() for future in [pool.submit(poison.where) for _ in range(20)]}
    assert len(seen) <= 2
    assert os.getpid() not in seen


def test_jobs_run_side_by_side(pool: WorkerPool) -> None:
    pool.submit(poison.where).result()
    both = [pool.submit(poison.slow_where, 0.5) for _ in range(2)]
    assert len({future.result() for future in both}) == 2


@pytest.mark.parametrize(
    ("poisoned", "said"), [(poison.die, "killed by SIGKILL"), (poison.leave, "exit status 3")]
)
def test_a_worker_that_dies_is_replaced_and_the_others_go_on(
    pool: WorkerPool, poisoned: object, said: str
) -> None:
    bad = [pool.submit(poisoned) for _ in range(3)]  # type: ignore[arg-type]
    good = [pool.submit(poison.where) for _ in range(10)]
    for future in bad:
        with pytest.raises(WorkerDiedError, match=said):
            future.result()
    assert all(isinstance(future.result(), int) for future in good)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits a process's data")
def test_memory_is_limited_and_the_machine_stays_up(pool: WorkerPool) -> None:
    with pytest.raises(MemoryError):
        pool.submit(poison.eat_memory).result()
    assert isinstance(pool.submit(poison.where).result(), int)


def test_a_job_that_takes_too_long_is_stopped() -> None:
    pool = WorkerPool(1, timeout=0.5)
    try:
        slow = pool.submit(poison.sleep, 60.0)
        after = pool.submit(poison.where)
        with pytest.raises(TooSlowError, match=r"longer than 0\.5 s"):
            slow.result()
        assert isinstance(after.result(), int)
    finally:
        pool.kill()


def test_errors_travel_and_those_that_cannot_are_told_in_words(pool: WorkerPool) -> None:
    with pytest.raises(UsageError, match="no such thing; do this"):
        pool.submit(poison.refuse, "no such thing").result()
    with pytest.raises(RuntimeError, match="Unsendable: stuck"):
        pool.submit(poison.stick).result()


def test_a_worker_that_is_worn_out_is_replaced() -> None:
    pool = WorkerPool(1)
    try:
        first = int(pool.submit(poison.worn_out).result().error)
        assert pool.submit(poison.where).result() != first
    finally:
        pool.kill()


def test_nobody_stays_when_the_pool_ends() -> None:
    pool = WorkerPool(2)
    wait([pool.submit(poison.where) for _ in range(4)])
    running = pool.process_ids
    assert running
    pool.shutdown()
    assert all(gone(process) for process in running)
    with pytest.raises(RuntimeError):
        pool.submit(poison.where)


def test_a_kill_is_at_once() -> None:
    pool = WorkerPool(1)
    running = pool.submit(poison.where).result()
    slow, waiting = pool.submit(poison.sleep, 60.0), pool.submit(poison.where)
    while not slow.running():
        time.sleep(0.01)
    started = time.monotonic()
    pool.kill()
    assert time.monotonic() - started < 10
    assert gone(running)
    assert waiting.cancelled()
    with pytest.raises(WorkerDiedError):
        slow.result()


ORPHANS = """\
import os, signal
from briefgen.batch.pool import WorkerPool
import briefgen.batch.warm, subprocess
from batch import poison
if __name__ == "__main__":
    pool = WorkerPool(2)
    pids = {pool.submit(poison.slow_where, 0.3).result() for _ in range(2)}
    print(*pool.process_ids, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_workers_and_their_pandoc_end_with_the_one_who_asked() -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run(
        [sys.executable, "-c", ORPHANS], capture_output=True, env=environment, check=False
    )
    workers = [int(word) for word in done.stdout.split()]
    assert len(workers) == 2, done.stderr
    assert all(gone(process) for process in workers)
