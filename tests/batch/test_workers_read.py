"""A base that workers read is indexed as one that is read here, whatever happens to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from batch.conftest import BASE
from briefgen.batch import workers_read
from briefgen.batch.pool import TooSlowError, WorkerDiedError
from briefgen.batch.workers_read import read_with
from briefgen.index import open_index
from briefgen.index.build import ReadFiles
from briefgen.index.files import HeldFile
from briefgen.index.parts import read_here
from briefgen.index.rows import FileRows
from written_files import write_files

FAULTY = """\
- id: faulty
  topics: [nowhere]
  kind: event
  statement: It cites what is not there.
  cites: [{source: s9}]
- id: later
  topics: [trade]
  kind: event
  statement: It supersedes one of another file.
  cites: [{source: s1}]
  disputes: [trade-2013]
"""


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A base of several files, one with faults; small as it is, it is worth sending."""
    monkeypatch.setattr(workers_read, "WORTH_BYTES", 0)
    return write_files(tmp_path / "base", {**BASE, "facts/faulty.yaml": FAULTY})


def indexed(base: Path, cache: Path, read: ReadFiles | None) -> bytes:
    """The index of a base, as it is kept."""
    with open_index(base, cache_folder=cache, read=read) as index:
        assert len(index.problems) == 2
    (kept,) = cache.glob("*.sqlite")
    return kept.read_bytes()


class Failing(Executor):
    """Does every other thing that it is asked for."""

    def __init__(self, error: BaseException) -> None:
        self.error = error
        self.asked = 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self.asked += 1
        if self.asked % 2:
            future.set_result(fn(*args, **kwargs))
        else:
            future.set_exception(self.error)
        return future


@pytest.mark.parametrize(
    "executor",
    [
        lambda: ThreadPoolExecutor(2),
        lambda: Failing(WorkerDiedError("killed")),
        lambda: Failing(TooSlowError("slow")),
        lambda: Failing(MemoryError()),
        lambda: Failing(RuntimeError("did not travel")),
        pytest.param(
            lambda: ProcessPoolExecutor(2, get_context("spawn")), marks=pytest.mark.slow
        ),
    ],
    ids=["threads", "died", "slow", "memory", "travel", "processes"],
)  # fmt: skip
def test_the_index_is_the_same(
    executor: Callable[[], Executor], base: Path, tmp_path: Path
) -> None:
    with executor() as workers:
        theirs = indexed(base, tmp_path / "theirs", read_with(workers))
        if isinstance(workers, Failing):
            assert workers.asked == 6
    assert theirs == indexed(base, tmp_path / "ours", None)


def test_workers_get_only_what_changed_and_nothing_small(
    base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[list[str]] = []

    def spy(files: Sequence[HeldFile]) -> Iterator[FileRows]:
        read.append([held.file.name for held in files])
        return read_here(files)

    cache = tmp_path / "cache"
    open_index(base, cache_folder=cache, read=spy).close()
    open_index(base, cache_folder=cache, read=spy).close()
    assert [len(names) for names in read] == [6]
    (base / "facts/faulty.yaml").write_text("[]\n", "utf-8")
    open_index(base, cache_folder=cache, read=spy).close()
    assert read[1:] == [["facts/faulty.yaml"]]

    monkeypatch.setattr(workers_read, "WORTH_BYTES", 10**6)
    idle = Failing(RuntimeError())
    open_index(base, cache_folder=tmp_path / "other", read=read_with(idle)).close()
    assert idle.asked == 0
